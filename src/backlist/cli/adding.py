"""`new` and `add`: the next episode, by a person or by a program."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backlist.cli.importing import print_for_machine
from backlist.cli.options import site_option
from backlist.cli.saying import finish
from backlist.problems import BacklistError, Problems, Where, printable

if TYPE_CHECKING:
    from backlist.model.scalars import Moment


@click.command()
@click.argument("title")
@site_option
@click.option(
    "--audio",
    metavar="FILE|URL",
    help="The recording: its address at your host, or a file, which is copied into static/.",
)
@click.option("--date", metavar="DATE", help="YYYY-MM-DD, or with time and offset (default: now).")
@click.option("--slug", metavar="SLUG", help="Its name in addresses (default: from the title).")
@click.option("--published", is_flag=True, help="Do not begin with a draft.")
@click.option("--offline", is_flag=True, help="Do not ask the server how large and long it is.")
@click.option("--edit", is_flag=True, help="Open the record in your editor (VISUAL or EDITOR).")
def new(
    title: str,
    root: Path,
    audio: str | None,
    date: str | None,
    slug: str | None,
    published: bool,
    offline: bool,
    edit: bool,
) -> None:
    """Write the record of a new episode, for you to fill in.

    It has a slug, a date, and with --audio a guid, size and playing time. It begins as a draft, on
    no page and in no feed, until you remove the line `status: draft`.
    """
    from backlist.build import clock
    from backlist.commands.create_episode.new import Wish, create

    problems = Problems()
    wish = Wish(title.strip(), audio, _date(date), _slug(slug), published, offline)
    if not wish.title:
        raise click.UsageError("give the episode a title")
    made = create(root, wish, clock(), problems)
    if made is not None:
        path = root / made.file
        click.echo(f"wrote {path}")
        if made.sound:
            click.echo(f"  {made.sound}")
        here = "" if root == Path() else f" --site {root}"
        ready = (
            "write the notes there"
            if published
            else ("write the notes there, and remove the line `status: draft` when it is ready")
        )
        click.echo(f"next: {ready};")
        click.echo(
            f"`backlist serve{here}` shows it as you write, `backlist build{here}` publishes"
        )
        if edit:
            click.edit(filename=str(path))
    finish(problems, "nothing was written")


@click.command()
@click.argument("source", metavar="FILE.json|-")
@site_option
@click.option("--offline", is_flag=True, help="Do not ask servers how large and long audio is.")
@click.option("--dry-run", is_flag=True, help="Report what would change without writing anything.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: report and problems.")
def add(source: str, root: Path, offline: bool, dry_run: bool, as_json: bool) -> None:
    """Add episodes that a program made: one, or a list, as JSON (- for standard input).

    The keys are those of an episode's record, with the notes as `body`: `backlist schema add`
    prints their JSON Schema. An episode is known again by its guid, else its slug or its audio: the
    same input twice changes nothing, changed input changes the record where no person did.
    """
    from backlist.build import clock
    from backlist.commands.create_episode.add import AddOptions
    from backlist.commands.create_episode.add import add as add_episodes

    problems = Problems()
    report = None
    options = AddOptions(offline=offline, dry_run=dry_run)
    name = "standard input" if source == "-" else source
    try:
        text = _read(source, name, problems)
        if text is not None:
            report = add_episodes(root, text, name, clock(), problems, options)
    except BacklistError as error:
        if not as_json:
            raise
        problems.extend([error.problem])
    if as_json:
        print_for_machine(report, problems)
        return
    for line in report.lines() if report else ():
        click.echo(printable(line))
    finish(problems, "nothing was written to content/")


def _read(source: str, name: str, problems: Problems) -> str | None:
    """The text of a file, or of standard input."""
    from backlist import content

    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        problems.error(Where(name), f"cannot be read: {error.strerror}", "check the path")
        return None
    return content.decode(data, name, problems)


def _date(given: str | None) -> "Moment | None":
    from backlist.model.scalars import moment

    try:
        return moment(given) if given else None
    except ValueError as error:
        raise click.BadParameter(_said(error), param_hint="--date") from error


def _slug(given: str | None) -> str | None:
    from backlist.model.scalars import slug

    try:
        return str(slug(given)) if given else None
    except ValueError as error:
        raise click.BadParameter(_said(error), param_hint="--slug") from error


def _said(error: ValueError) -> str:
    context = getattr(error, "context", None) or {}
    return f"{context.get('message', error)}; {context.get('hint', '')}"
