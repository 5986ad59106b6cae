"""`lookup`: the papers behind sources that have no address."""

import json
import os
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backlist.cli.options import site_option
from backlist.cli.saying import Counter, finish
from backlist.problems import BacklistError, Problems, Where, printable

if TYPE_CHECKING:
    from backlist.commands.lookup import Finding, Report
    from backlist.commands.lookup.records import Judged
    from backlist.relate.archive import Archive

KEY = "OPENALEX_API_KEY"
"""The environment variable with a key of OpenAlex, which answers ten questions a day without."""

_WIDTH = 66


def _services(_: click.Context, __: click.Parameter, said: Sequence[str]) -> dict[str, str]:
    """Other addresses of services: a mirror, or a stand-in that tests run."""
    found = dict(one.partition("=")[::2] for one in said)
    if all(address.startswith(("http://", "https://")) for address in found.values()):
        return found
    raise click.BadParameter("write NAME=URL: crossref=https://mirror.example")


@click.command()
@click.argument("episodes", nargs=-1, metavar="[EPISODE]...")
@site_option
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--offline", is_flag=True, help="Use only what was asked before.")
@click.option("--refresh", is_flag=True, help="Ask again what was asked in the last month.")
@click.option(
    "--again", is_flag=True, help="Also ask whether papers with a DOI or arXiv id are retracted."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything found, as JSON.")
@click.option(
    "--mailto", metavar="ADDRESS", help="Who asks (default: `show.owner.email` in site.yaml)."
)
@click.option("--service", "services", multiple=True, callback=_services, hidden=True)
def lookup(
    episodes: Sequence[str],
    root: Path,
    *,
    dry_run: bool,
    offline: bool,
    refresh: bool,
    again: bool,
    as_json: bool,
    mailto: str | None,
    services: dict[str, str],
) -> None:
    """Find the papers behind sources without an address.

    Asks Crossref, DataCite, OpenAlex and arXiv for each title that published episodes give without
    an address, or with only a search. What is found is added to content/works.yaml with its
    evidence; nothing you wrote there changes. EPISODE is a slug or a file (default: all).
    """
    from backlist import build as chain
    from backlist.cache.store import Cache

    try:
        from backlist.commands.lookup import Options, look_up
    except ModuleNotFoundError as error:
        hint = "run `pip install 'backlist[lookup]'`"
        raise BacklistError(Where("lookup"), f"needs `{error.name}`", hint) from error
    problems = Problems()
    now = chain.clock()
    with Cache(root / ".cache") as cache:
        archive = chain.archive(root, now, problems, cache)
    if archive is None or problems.stop():
        finish(problems, "")
        return
    owner = archive.show.owner
    options = Options(
        episodes=tuple(episodes),
        again=again,
        offline=offline,
        refresh=refresh,
        dry_run=dry_run,
        mail=(owner.email if owner and owner.email else "") if mailto is None else mailto,
        services=services,
        keys={"openalex": os.environ.get(KEY, "")},
    )
    told = Problems()
    with Counter() as counter:
        report = look_up(root, archive, now, options, told, counter.tell)
    if as_json:
        click.echo(json.dumps(_as_json(report), ensure_ascii=False, indent=2))
    elif report.findings or not told.stop():
        for line in _lines(report, archive, dry_run=dry_run):
            click.echo(printable(line))
    finish(told, "content/ was not changed")


def _lines(report: "Report", archive: "Archive", *, dry_run: bool) -> Iterator[str]:
    """The report: a table by episode, what is open, counts, and what to do next."""
    files = {entry.slug: entry.file for entry in archive.entries}
    by_episode: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_episode.setdefault(finding.question.places[0][0], []).append(finding)
    for slug, findings in by_episode.items():
        findings.sort(key=lambda one: one.question.places[0][1])
        yield f"{files[slug]}: {_counted(findings)}"
        for finding in findings:
            yield from _rows(finding)
    yield from _summary(report, dry_run=dry_run)


def _counted(findings: Sequence["Finding"]) -> str:
    """How many there are of each verdict, `3 verified, 1 unknown`."""
    counts = Tally(str(one.verdict) for one in findings)
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())


def _rows(finding: "Finding") -> Iterator[str]:
    """What was found, or may be meant; of what is unknown altogether the count says enough."""
    number = finding.question.places[0][1]
    said = str(finding.verdict) if finding.match else "maybe"
    shown = [finding.match] if finding.match else list(finding.candidates)
    if shown:
        yield f"  {number:>4}  {said:<9}  {_cut(finding.question.title)}"
    for one in shown:
        yield f"{'':17}  {_described(one)}"


def _described(one: "Judged") -> str:
    """A work in one line: its title where it is another, first author, year, where it is, why."""
    from backlist.pages.citations.names import person

    found = one.found
    first = [person(one.name) for one in found.authors[:1]]
    names = [one.last or one.literal for one in first]
    names += ["et al."] if len(found.authors) > 1 else []
    said = ", ".join(filter(None, (" ".join(names), str(found.year or ""))))
    title = f"“{_cut(found.title)}”, " if "title" in one.differs else ""
    note = one.against or found.retracted or _differing(one.differs)
    return f"{title}{said}: {found.url}" + (f" ({note})" if note else "")


def _differing(names: Sequence[str]) -> str:
    verb = "differs" if len(names) == 1 and names[0] != "authors" else "differ"
    return f"{' and '.join(names)} {verb}" if names else ""


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1].rstrip()}…"


def _summary(report: "Report", *, dry_run: bool) -> Iterator[str]:
    if report.findings:
        yield ""
        yield f"{len(report.findings)} looked up: {_counted(report.findings)}"
    elif not report.checked:
        yield "nothing to look up: every source has an address, or a status in content/works.yaml"
    if report.checked:
        yield f"asked again about {report.checked} known papers"
    for name, count in report.silent.items():
        why = report.reasons.get(name, "")
        wants_key = name == "OpenAlex" and any(code in why for code in ("401", "403", "429"))
        hint = f"; set {KEY} to a free key" if wants_key else ""
        yield f"{name} left {count} unanswered: it {why}{hint}"
    if report.written:
        entries = "1 entry" if len(report.written) == 1 else f"{len(report.written)} entries"
        yield (
            f"would write {entries} into content/works.yaml: run it without --dry-run"
            if dry_run
            else f"wrote {entries} into content/works.yaml: review them, then run `backlist build`"
        )


def _as_json(report: "Report") -> dict[str, Any]:
    written = {id(one) for one in report.written}
    return {
        "findings": [
            {
                "sources": [{"episode": slug, "number": n} for slug, n in one.question.places],
                "given": {
                    "title": one.question.title,
                    "authors": one.question.authors,
                    "year": one.question.year,
                },
                "verdict": str(one.verdict),
                "match": _work(one.match) if one.match else None,
                "candidates": [_work(other) for other in one.candidates],
                "unanswered": list(one.unanswered),
                "written": id(one) in written,
            }
            for one in report.findings
        ],
        "unanswered": dict(report.silent),
        "checked": report.checked,
        "requests": report.requests,
    }


def _work(one: "Judged") -> dict[str, Any]:
    found = one.found
    return {
        "title": found.title,
        "authors": [author.name for author in found.authors],
        "year": found.year or None,
        "venue": found.venue,
        "url": found.url,
        "doi": found.doi,
        "arxiv": found.arxiv,
        "preprint": found.is_preprint,
        "retracted": found.retracted,
        "evidence": list(found.seen),
        "score": one.score,
        "differs": list(one.differs),
        "against": one.against,
    }
