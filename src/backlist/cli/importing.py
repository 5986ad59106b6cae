"""`import`: episodes from feeds and pages, into a site or a new one."""

import json
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backlist.cli.options import or_old, pictures_option, renamed_option, site_option
from backlist.cli.saying import Counter, finish
from backlist.problems import BacklistError, Problems, printable

if TYPE_CHECKING:
    from backlist.importers.report import Report
    from backlist.importers.run import ImportOptions


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@site_option
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day a page was saved (YYYY-MM-DD); turns `4d ago` into a date.",
)
@click.option(
    "--stubs", is_flag=True, help="Create a stub for each mentioned episode without a record."
)
@click.option(
    "--lenient-lists",
    is_flag=True,
    callback=or_old,
    help="Keep a source list with a numbering error as text instead of stopping.",
)
@click.option(
    "--allow-removed",
    type=click.IntRange(min=1),
    metavar="N",
    callback=or_old,
    help="Accept that N episodes of the last import are gone from the source.",
)
@click.option(
    "--keep-guids",
    type=click.IntRange(min=1),
    metavar="N",
    help="Accept that N items are records of the same title and day; the records keep their guids.",
)
@click.option(
    "--refresh",
    is_flag=True,
    callback=or_old,
    help="Download a feed even if its server says it has not changed.",
)
@pictures_option
@click.option("--dry-run", is_flag=True, help="Report what would change without writing anything.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: report and problems.")
@renamed_option("--keep-lists", "--lenient-lists", is_flag=True)
@renamed_option("--insist", "--allow-removed", type=click.IntRange(min=1))
@renamed_option("--again", "--refresh", is_flag=True)
def import_(
    sources: Sequence[str],
    root: Path,
    as_of: datetime | None = None,
    as_json: bool = False,
    pictures: bool | None = None,
    **options: Any,
) -> None:
    """Import episodes from feeds and saved pages into content/.

    A SOURCE is a podcast feed (RSS; a file, an address, or - for standard input) or an Apple
    Podcasts page saved as text or HTML. In an empty folder the first source also creates the
    site.

    Each field is a three-way merge: fields you did not edit follow the source, edited fields are
    kept, and conflicts are reported. Files are never deleted; guids and slugs never change.

    Covers are brought home where a SOURCE is an address: an import of files asks no server.
    """
    from backlist.cli.mirroring import bring_or_tell
    from backlist.importers.report import condense
    from backlist.importers.run import ImportOptions, import_sources

    problems = Problems()
    chosen = ImportOptions(as_of=as_of.date() if as_of else None, **options)
    if as_json:
        _import_for_machine(root, sources, chosen, problems, pictures=pictures)
        return
    with Counter() as counter:
        report = import_sources(root, sources, chosen, problems=problems, watch=counter.tell)
        brought = ""
        if report and not chosen.dry_run:
            brought = bring_or_tell(root, sources, problems, counter.tell, pictures=pictures)
    for line in report.lines() if report else ():
        click.echo(printable(line))
    if brought:
        click.echo(brought)
    finish(problems, "nothing was written to content/", shown=condense(problems))


_STEERING = re.compile(r"[\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]")
"""What steers a terminal, of all that JSON leaves as it is (RFC 8259, section 7)."""


def _import_for_machine(
    root: Path,
    sources: Sequence[str],
    options: "ImportOptions",
    problems: Problems,
    *,
    pictures: bool | None,
) -> None:
    """The outcome of an import as one JSON object, also of one that could not go on."""
    from backlist.cli.mirroring import bring_or_tell
    from backlist.importers.run import import_sources

    report = None
    try:
        report = import_sources(root, sources, options, problems=problems)
        if report and not options.dry_run:
            bring_or_tell(root, sources, problems, pictures=pictures)
    except BacklistError as error:
        problems.extend([error.problem])
    print_for_machine(report, problems)


def print_for_machine(report: "Report | None", problems: Problems) -> None:
    """The report of an import and every problem as one JSON object; ends with its exit code."""
    from backlist.importers.report import as_data

    text = json.dumps(as_data(report, problems), ensure_ascii=False, indent=2)
    click.echo(_STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))
    if problems.stop():
        sys.exit(1)
