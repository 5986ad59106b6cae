"""`mirror`: what the records name at other hosts, brought home."""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backlist.cli.options import site_option
from backlist.cli.saying import finish
from backlist.problems import BacklistError, Level, Problems, Where, printable

if TYPE_CHECKING:
    from backlist.commands.mirror import Estimate, Options, Plan, Progress, Report

ASKED_FROM = 1_000_000_000
"""Bytes from which on a person is asked before they are downloaded."""

WHAT = ("transcripts", "chapters", "pictures", "sound")
"""As in `backlist.commands.mirror`, which is not loaded to show help."""

Watch = Callable[[str, int, int], None]


def _kinds(_: click.Context, option: click.Parameter, value: str) -> frozenset[str]:
    """The kinds of files in a list with commas."""
    chosen = frozenset(filter(None, (one.strip().lower() for one in value.split(","))))
    if wrong := sorted(chosen - set(WHAT)):
        raise click.BadParameter(f"{', '.join(wrong)}: choose from {', '.join(WHAT)}")
    if not chosen:
        raise click.BadParameter(f"name at least one of {', '.join(WHAT)}")
    return chosen


@click.command()
@site_option
@click.option(
    "--what",
    metavar="KINDS",
    default="transcripts,chapters,pictures",
    show_default=True,
    callback=_kinds,
    help="What to bring home, separated by commas; also: sound, which can be gigabytes.",
)
@click.option(
    "--to",
    metavar="PLACE",
    default="static",
    show_default=True,
    help="Where copies are put: static is the site's own folder; also s3://BUCKET/FOLDER and "
    "ia:ITEM.",
)
@click.option(
    "--endpoint", metavar="URL", default="", help="The server of an S3 storage other than Amazon's."
)
@click.option(
    "--public-url",
    metavar="URL",
    default="",
    help="Where the public gets the files of PLACE, if not at its own address.",
)
@click.option("--refresh", is_flag=True, help="Also ask for newer versions of those already here.")
@click.option("--yes", is_flag=True, help="Download gigabytes without asking.")
@click.option(
    "--trust",
    metavar="HOST",
    multiple=True,
    help="Also download from this host on a private network (HOST or HOST:PORT).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: report and problems.")
@click.option("--pictures", is_flag=True, hidden=True, help="The same as --what pictures.")
def mirror(
    root: Path,
    what: frozenset[str],
    to: str,
    endpoint: str,
    public_url: str,
    trust: Sequence[str],
    *,
    refresh: bool,
    yes: bool,
    as_json: bool,
    pictures: bool,
) -> None:
    """Download what your records name at other hosts into the site.

    Transcripts and chapters go into content/, where pages show and search them; pictures and sound
    into static/. Your records keep the addresses, except those of pictures, which pages never show
    from another host. content/mirror.yaml lists every copy; commit it with them.

    The feed goes on naming the original addresses until `copies:` under `site.feed` says otherwise.
    """
    from backlist.commands.mirror import Options

    kinds = frozenset({"pictures"}) if pictures else what
    options = Options(
        kinds,
        to,
        refresh,
        trusted=frozenset(one.lower() for one in trust),
        endpoint=endpoint,
        public_url=public_url,
    )
    problems = Problems()
    if as_json:
        _mirror_for_machine(root, options, problems, yes=yes)
        return
    report = _mirror(root, options, problems, yes=yes)
    for line in report.lines():
        click.echo(printable(line))
    if report.fetched:
        told = "it: commit both" if len(report.fetched) == 1 else "them: commit it with the files"
        click.echo(f"content/mirror.yaml lists {told}; next: `backlist build`")
    finish(problems, "what was fetched stays")


def _mirror(root: Path, options: "Options", problems: Problems, *, yes: bool) -> "Report":
    from backlist.build import clock
    from backlist.commands.mirror import Plan, bring, tell

    plan = Plan(root, options, clock())
    estimate = plan.estimate()
    _check_space(plan, estimate)
    if not yes:
        _ask(estimate)
    with _bar(estimate) as watch:
        report = bring(plan, problems, watch)
    tell(report, problems, Level.ERROR)
    return report


def _mirror_for_machine(root: Path, options: "Options", problems: Problems, *, yes: bool) -> None:
    """The outcome as one JSON object, also of a run that could not go on."""
    from backlist.commands.mirror import as_data

    report = None
    try:
        report = _mirror(root, options, problems, yes=yes)
    except BacklistError as error:
        problems.extend([error.problem])
    click.echo(json.dumps(as_data(report, problems), ensure_ascii=True, indent=2))
    if problems.stop():
        sys.exit(1)


def _check_space(plan: "Plan", estimate: "Estimate") -> None:
    from backlist.commands.mirror import free_space
    from backlist.files import in_words

    free = free_space(plan.root)
    if plan.store is None and estimate.bytes > free:
        message = (
            f"has no room: about {in_words(estimate.bytes)} are wanted, {in_words(free)} are free"
        )
        hint = "make room, or put sound elsewhere with `--to`"
        raise BacklistError(Where(str(plan.root)), message, hint)


def _ask(estimate: "Estimate") -> None:
    """Ask before gigabytes; where nobody can answer, do not begin."""
    from backlist.files import in_words

    if estimate.bytes < ASKED_FROM and estimate.unknown < 100:
        return
    unknown = f", and {estimate.unknown} recordings of unknown size" if estimate.unknown else ""
    said = f"about {in_words(estimate.bytes)} in {estimate.files} files{unknown}"
    if not sys.stdin.isatty():
        hint = "say `--yes` to download them"
        raise BacklistError(Where("mirror"), f"would download {said}", hint)
    click.confirm(f"Download {said}?", abort=True, err=True)


class _Bar(AbstractContextManager[Callable[["Progress"], None]]):
    """A progress bar on a terminal: of bytes where they are known, else of files."""

    def __init__(self, estimate: "Estimate") -> None:
        self.by_bytes = estimate.bytes > 0
        length = estimate.bytes if self.by_bytes else estimate.files
        self.bar = click.progressbar(
            length=length, label="bringing home", file=sys.stderr, item_show_func=self._label
        )
        self.done, self.told = "", 0

    def _label(self, _: object) -> str:
        return self.done

    def __enter__(self) -> Callable[["Progress"], None]:
        self.bar.__enter__()
        return self.show

    def show(self, progress: "Progress") -> None:
        """Move on to where the run is."""
        from backlist.files import in_words

        self.done = f"{progress.done} of {progress.of} files, {in_words(progress.bytes)}"
        now = progress.bytes if self.by_bytes else progress.done
        self.bar.update(max(0, now - self.told), progress)
        self.told = max(self.told, now)

    def __exit__(self, *error: Any) -> None:
        self.bar.__exit__(*error)


def _bar(estimate: "Estimate") -> AbstractContextManager[Callable[["Progress"], None]]:
    return _Bar(estimate) if sys.stderr.isatty() and estimate.files else nullcontext(_unseen)


def _unseen(progress: "Progress") -> None:
    """Nobody watches."""


def _unwatched(what: str, done: int, of: int) -> None:
    """Nobody watches."""


def bring_or_tell(
    root: Path,
    sources: Sequence[str],
    problems: Problems,
    watch: Watch = _unwatched,
    *,
    pictures: bool | None,
) -> str:
    """Bring covers home after an import, or say how that is done; what else could come home.

    An import of a file asks no server unless it is told to.
    """
    from backlist.build import clock
    from backlist.commands import mirror

    said = []
    if pictures or (pictures is None and any(":/" in source for source in sources)):
        report = mirror.bring_after_import(
            root, sources, problems, clock(), lambda one: watch("fetching,", one.done, one.of)
        )
        said = report.lines() if report.fetched or report.left else []
    left = mirror.count(root, mirror.USUAL, clock())
    if left:
        told = "at other hosts, and not shown"
        said.append(f"{told}: {mirror.listed(left)}; `backlist mirror` brings them home")
    return "\n".join(said)
