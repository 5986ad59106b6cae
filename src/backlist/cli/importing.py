"""`import` and `init`: other people's records into a site."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backlist.cli.options import site_option
from backlist.cli.saying import Counter, finish
from backlist.problems import BacklistError, Problems

if TYPE_CHECKING:
    from backlist.importers.run import Wishes


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@site_option
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
    """Read episodes and visualizations of feeds, saved pages and catalogues into content/.

    A SOURCE is an RSS feed (file, - for standard input, or address), an Apple Podcasts page
    saved as text or HTML, or a catalogue of visualizations (catalog.json, its files beside it).
    In an empty folder the first feed or page also founds the site.

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
    with Counter() as counter:
        report = import_sources(root, sources, wanted, problems=problems, watch=counter.tell)
    for line in report.lines() if report else ():
        click.echo(line)
    finish(problems, "content/ was left as it was", shown=condense(problems))


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


@click.command()
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
