"""Arguments in, sentences and an exit code out; the only room that prints.

Exit codes: 0 done, 1 problems, 2 wrong usage. Rooms are imported inside the commands, so that
`backlist --help` does not wait for libraries it never calls.
"""

import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from backlist import __version__
from backlist.problems import BacklistError, Level, Problems, tally

if TYPE_CHECKING:
    from backlist.build import Options
    from backlist.importers.run import Wishes

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTICE: "cyan"}

_site = click.option(
    "--site",
    "root",
    metavar="DIR",
    default=".",
    type=click.Path(path_type=Path, file_okay=False),
    help="The site's folder, the one with site.yaml (default: here).",
)


def _address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is None or value.startswith(("http://", "https://")):
        return value
    raise click.BadParameter("write the whole address: https://example.org/show/")


_base_url = click.option(
    "--base-url", metavar="URL", callback=_address, help="Publish at URL instead of site.base_url."
)
_drafts = click.option("--drafts", is_flag=True, help="Show drafts and episodes of the future.")
_strict = click.option("--strict", is_flag=True, help="Let warnings stop the run.")


class _Program(click.Group):
    """Shows a `BacklistError` of any command like every other problem."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BacklistError as error:
            problems = Problems([error.problem])
            _show(problems)
            sys.exit(1)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="backlist")
def main() -> None:
    """Turn a podcast's back catalogue into a site and a feed the show owns.

    Commands run in a site's folder, the one that holds site.yaml; --site names another.
    """


@main.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_site
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day a page was saved (YYYY-MM-DD); dates its relative ages.",
)
@click.option(
    "--stubs", is_flag=True, help="Write a stub record for each unseen mentioned episode."
)
@click.option("--keep-lists", is_flag=True, help="Keep a source list that miscounts as text.")
@click.option(
    "--insist",
    type=click.IntRange(min=1),
    metavar="N",
    help="Accept that N episodes of the last import are gone from the source.",
)
@click.option("--again", is_flag=True, help="Read a feed even if its server says it is unchanged.")
@click.option("--dry-run", is_flag=True, help="Report what would be done; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Report as one JSON object, faults included.")
def import_(
    sources: Sequence[str],
    root: Path,
    as_of: datetime | None = None,
    as_json: bool = False,
    **wishes: Any,
) -> None:
    """Read episodes from feeds and saved directory pages into content/.

    A SOURCE is an RSS feed (file, - for standard input, or address) or an Apple Podcasts page
    saved as text or HTML. In an empty folder the first source also founds the site.

    What nobody edited follows the source; what a person edited stays, and is told where the
    source changed it too. Nothing is ever deleted, and no guid or slug changed.
    """
    from backlist.importers.condense import condense
    from backlist.importers.run import Wishes, import_sources

    problems = Problems()
    wanted = Wishes(as_of=as_of.date() if as_of else None, **wishes)
    if as_json:
        _import_for_machine(root, sources, wanted, problems)
        return
    with _Counter() as counter:
        report = import_sources(root, sources, wanted, problems=problems, watch=counter.tell)
    for line in report.lines() if report else ():
        click.echo(line)
    _finish(problems, "content/ was left as it was", shown=condense(problems))


def _import_for_machine(
    root: Path, sources: Sequence[str], wishes: "Wishes", problems: Problems
) -> None:
    """The outcome of an import as one JSON object, also of one that could not go on."""
    from backlist.importers.report import as_data
    from backlist.importers.run import import_sources

    report = None
    try:
        report = import_sources(root, sources, wishes, problems=problems)
    except BacklistError as error:
        problems.extend([error.problem])
    click.echo(json.dumps(as_data(report, problems), ensure_ascii=False, indent=2))
    if problems.stop():
        sys.exit(1)


class _Counter:
    """One line on a terminal that counts as long work goes on; nothing elsewhere."""

    last = 0.0

    def wanted(self) -> bool:
        """Whether somebody watches."""
        return sys.stderr.isatty()

    def __enter__(self) -> "_Counter":
        return self

    def tell(self, what: str, done: int, of: int) -> None:
        """Show how far it is, at most ten times a second."""
        now = time.monotonic()
        if self.wanted() and now - self.last >= 0.1:
            self.last = now
            click.echo(f"\r\x1b[K{what} {done} of {of}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.last:
            click.echo("\r\x1b[K", nl=False, err=True)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--from", "source", metavar="SOURCE", help="A feed or saved page to import at once.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As for import.")
@click.pass_context
def init(ctx: click.Context, folder: Path, source: str | None, as_of: datetime | None) -> None:
    """Make a new site in DIR: a site.yaml to fill in, and a first page."""
    from backlist import scaffold

    if source is not None:
        folder.mkdir(parents=True, exist_ok=True)
        ctx.invoke(import_, sources=[source], root=folder, as_of=as_of)
        return
    for path in scaffold.found(folder):
        click.echo(f"wrote {path}")
    click.echo(f"fill in {folder / 'site.yaml'}, then run `backlist build --site {folder}`")


@main.command()
@_site
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Default: build/.")
@_base_url
@_drafts
@_strict
def build(root: Path, out: Path | None, base_url: str | None, drafts: bool, strict: bool) -> None:
    """Publish the site into build/; with an error nothing is written."""
    from backlist import build as chain
    from backlist import memo
    from backlist.load import LOCK

    problems = Problems()
    out = out or root / "build"
    options = chain.Options(base_url, drafts=drafts, strict=strict)
    with memo.remembering(root / ".cache"):
        written = chain.build(root, out, chain.clock(), options, problems)
    if written is not None:
        click.echo(
            f"{out}: {written.written} written, {written.kept} unchanged, {written.removed} removed"
        )
        if written.locked:
            items = "1 new item" if written.locked == 1 else f"{written.locked} new items"
            click.echo(f"{LOCK}: {items}; commit it with the episodes")
    _finish(problems, f"{out} was left as it was", strict=strict, quiet=True)


@main.command()
@_site
@_base_url
@_strict
@click.option(
    "--feed",
    type=click.File("rb"),
    metavar="FILE",
    help="Compare with a downloaded live feed (- for standard input) as with the feed lock.",
)
def check(root: Path, base_url: str | None, strict: bool, feed: BinaryIO | None) -> None:
    """Judge the site as `build` would make it; writes nothing."""
    from backlist import build as chain
    from backlist import ledger

    problems = Problems()
    options: Options = chain.Options(base_url, strict=strict)
    site = chain.make(root, chain.clock(), options, problems)
    if site is not None:
        entries = site.archive.entries
        click.echo(f"{len(entries)} episodes, {len(site.outputs)} files")
        ledger.remind(site.books, problems)
        if feed is not None:
            click.echo(ledger.hold_against(feed.read(), feed.name, site.books, problems))
    _finish(problems, "", strict=strict)


@main.command()
@click.argument("count", type=click.IntRange(min=0), metavar="N")
@_site
def accept(count: int, root: Path) -> None:
    """Take over N changes that the feed lock refuses.

    The lock then says what would be published now, and subscribers get it with the next build.
    Run `backlist check` first: it names the changes, what each does to subscribers, and N.
    """
    from backlist import build as chain
    from backlist.load import LOCK

    problems = Problems()
    items = chain.accept(root, count, chain.clock(), problems)
    if items is not None:
        changes = "1 change" if count == 1 else f"{count} changes"
        click.echo(f"{LOCK}: {changes} accepted, {items} items; build, look, and commit it")
    _finish(problems, "the feed lock was left as it was", quiet=True)


@main.command()
@_site
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(root: Path, port: int, host: str) -> None:
    """Preview the site with drafts; the browser follows every save. Ctrl-C ends it."""
    from backlist import preview

    preview.serve(root, host, port, say=click.echo)


@main.command()
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG...")
@_site
def adopt(slugs: Sequence[str], root: Path) -> None:
    """Put episodes into the feed: their audio address becomes their guid, for good.

    Apps that know the show from its live feed know each episode by the guid there. Import that
    feed if there is one; adopt only what no feed has carried, because a guid made here and
    another one there are two episodes to every app.
    """
    from backlist import adoption

    problems = Problems()
    for slug, guid in adoption.adopt(root, slugs, problems):
        click.echo(f"{slug}: guid {guid}")
    _finish(problems, "content/ was left as it was")


@main.command()
@click.argument("name", required=False, metavar="[SLUG|WORK]")
@_site
@click.option(
    "--format",
    "wanted",
    type=click.Choice(["text", "bibtex", "ris", "csl"]),
    default="bibtex",
    show_default=True,
)
@click.option("--sources", is_flag=True, help="What the episode cites, instead of the episode.")
@click.option("--at", metavar="12:34", help="A moment of the episode, for --format text.")
def cite(name: str | None, root: Path, wanted: str, sources: bool, at: str | None) -> None:
    """Print the citation of an episode, a work, or (without a name) of everything.

    A WORK is named by its slug or id, such as arxiv:2306.14048.
    """
    from backlist import build as chain
    from backlist.citing import desk

    problems = Problems()
    site = chain.make(root, chain.clock(), chain.Options(), problems)
    if site is None or problems.stop():
        _finish(problems, "")
        return
    text = desk.cite(site.archive, name, wanted, sources=sources, at=at)
    click.echo(text.removesuffix("\n"))


def _finish(
    problems: Problems,
    left: str,
    *,
    strict: bool = False,
    quiet: bool = False,
    shown: Problems | None = None,
) -> None:
    """Show the problems, or `shown` for them, and end with their exit code.

    `quiet` counts notices only.
    """
    stop = problems.stop(strict=strict)
    _show(problems if shown is None else shown, least=Level.WARNING if quiet else Level.NOTICE)
    total = tally(problems)
    if total:
        hint = (
            "; `backlist check` lists the notices" if quiet and problems.count(Level.NOTICE) else ""
        )
        click.echo(f"{total}{'; ' + left if stop and left else hint}", err=True)
    if stop:
        sys.exit(1)


def _show(problems: Problems, least: Level = Level.NOTICE) -> None:
    for problem in problems:
        if problem.level < least:
            continue
        level = click.style(f"{problem.level}:", fg=_COLOURS[problem.level], bold=True)
        click.echo(str(problem).replace(f"{problem.level}:", level, 1), err=True)
