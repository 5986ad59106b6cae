"""Whether the sources of episodes are still where they were: each address asked once a month.

Servers are asked a few at a time, each with a pause between two requests, and left alone for the
rest of a run once they ask for it (RFC 6585, 4; RFC 9110, 15.6.4). A run asks so many addresses,
those asked longest ago first, and remembers the answers (`answers`), so that what is gone is
reported by every run. A refusal says nothing: many publishers refuse programs.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from backlist import urls
from backlist.feed.probe import answers
from backlist.feed.probe.answers import Answer, Said
from backlist.feed.probe.checks import GONE, PERMANENT
from backlist.feed.probe.request import Probe, ProbeResponse
from backlist.load import WORKS
from backlist.model import Verdict
from backlist.parse.features import addresses
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive, Work

AGAIN = timedelta(days=30)
"""How long an answer holds."""
SILENT = timedelta(days=7)
"""How long a server may be silent before it is reported; it is asked again the day after."""
MOST = 500
"""Addresses asked in one run."""
CONCURRENT = 4
"""Servers asked at a time."""
PAUSE = 1.0
"""Seconds between two requests to one server."""
_LATER = (429, 503)

Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is named: as a source of an episode, or in `content/works.yaml`."""

    where: Where
    name: str
    work: Work | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A work whose address is gone, which its record does not say, and since when it is known."""

    work: Work
    address: str
    since: date


def check_sources(
    archive: Archive, root: Path, today: date, problems: Problems, watch: Watch
) -> tuple[str, tuple[Gone, ...]]:
    """Ask the addresses of sources that are due; a sentence, and the works that are gone.

    `watch(what, done, of)` is called as answers come.
    """
    places = _places(archive)
    known = {address: one for address, one in answers.read(root).items() if address in places}
    due = sorted(
        (address for address in places if _is_due(known.get(address), today)),
        key=lambda address: (known[address].asked if address in known else date.min, address),
    )
    asked = _ask(due[:MOST], Probe(archive.feed_address), watch)
    for address, response in asked.items():
        known[address] = _judged(response, known.get(address), today)
    answers.write(root, known)
    gone = tuple(
        Gone(place.work, address, known[address].since)
        for address, place in places.items()
        if address in known and _report(known[address], place, today, problems) and place.work
    )
    said = Counter(one.said for one in known.values())
    return _sentence(len(places), len(asked), said), gone


def _sentence(of: int, asked: int, said: Mapping[Said, int]) -> str:
    missing = said.get(Said.GONE, 0) + said.get(Said.HOME, 0)
    known = sum(said.values())
    parts = [f"{said.get(Said.THERE, 0) + said.get(Said.MOVED, 0)} are there", f"{missing} gone"]
    parts += [f"{said[Said.MOVED]} moved"] if said.get(Said.MOVED) else []
    unclear = said.get(Said.REFUSED, 0) + said.get(Said.SILENT, 0)
    parts += [f"{unclear} did not say"] if unclear else []
    parts += [f"{of - known} are left for the next run"] if known < of else []
    addresses = "1 address" if of == 1 else f"{of} addresses"
    return f"sources: {addresses}, {asked} requested now; {', '.join(parts)}"


def _places(archive: Archive) -> dict[str, Place]:
    """Every address of a source outside this site, and where it is named first."""
    found: dict[str, Place] = {}
    own = archive.site.base_url
    for entry in archive.entries:
        for one in entry.citations:
            address = one.url
            if address is None or address.startswith(own) or urls.is_placeholder(address):
                continue
            work = archive.work(one.work) if one.work else None
            title = (work and work.name) or one.title or address
            given = one.source.url == address
            where = Where(entry.file) if given else Where(WORKS)
            name = f"source {one.number}" if given else f"“{title}”"
            found.setdefault(address, Place(where, name, work))
    return found


def _is_due(last: Answer | None, today: date) -> bool:
    if last is None:
        return True
    wait = timedelta(days=1) if last.said is Said.SILENT else AGAIN
    return today - last.asked >= wait


# ---- asking


def _ask(due: Sequence[str], probe: Probe, watch: Watch) -> dict[str, ProbeResponse]:
    """The answers of all servers that let themselves be asked."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in due:
        by_host[urls.host(address)].append(address)
    pool = ThreadPoolExecutor(CONCURRENT)
    found: dict[str, ProbeResponse] = {}
    try:
        hosts = {pool.submit(_ask_host, asked, probe): len(asked) for asked in by_host.values()}
        done = 0
        for future in as_completed(hosts):
            found |= future.result()
            done += hosts[future]
            watch("requesting sources,", done, len(due))
        return found
    finally:
        pool.shutdown(cancel_futures=True)


def _ask_host(asked: Iterable[str], probe: Probe) -> dict[str, ProbeResponse]:
    found: dict[str, ProbeResponse] = {}
    for address in asked:
        if found:
            time.sleep(PAUSE)
        response = probe.request(address)
        if response.status in _LATER:
            break
        found[address] = response
    return found


def _judged(response: ProbeResponse, last: Answer | None, today: date) -> Answer:
    answer = Answer(
        _said(response),
        asked=today,
        since=today,
        way=response.way,
        final=response.final,
        reason=str(response.status or response.error),
    )
    same = last is not None and last.said is answer.said
    return replace(answer, since=last.since) if last and same else answer


def _said(response: ProbeResponse) -> Said:
    if response.status in GONE:
        return Said.GONE
    if not response.status:
        return Said.REFUSED if response.private else Said.SILENT
    if not response.ok:
        return Said.REFUSED
    if addresses.plain(response.final) == addresses.plain(response.address):
        return Said.THERE
    if _is_home(response.final) and not _is_home(response.address):
        return Said.HOME
    lasting = all(step.code in PERMANENT for step in response.redirects)
    return Said.MOVED if lasting else Said.THERE


def _is_home(address: str) -> bool:
    parts = urls.split(address)
    return not parts.path.strip("/") and not parts.query


# ---- telling


def _report(answer: Answer, place: Place, today: date, problems: Problems) -> bool:
    """Tell what is wrong with an address; whether it is gone, and its record does not say so."""
    recorded = place.work.status if place.work else None
    marked = recorded is not None and recorded.verdict is Verdict.GONE
    match answer.said:
        case Said.GONE | Said.HOME if not marked:
            what = (
                f"is gone: its server answers {answer.reason}"
                if answer.said is Said.GONE
                else "is gone: it leads to a home page"
            )
            problems.warning(
                place.where,
                f"{place.name} {what}: {answer.way}",
                "write its new address; or let pages say that it is gone, in content/works.yaml: "
                f"`status: {{verdict: gone, date: {answer.since}}}` "
                "(`check --online --update` writes it)",
            )
            return True
        case Said.MOVED:
            message = f"{place.name} has moved permanently: {answer.way}"
            problems.info(place.where, message, f"write {answer.final}")
        case Said.SILENT if today - answer.since >= SILENT and not marked:
            message = f"{place.name} has not answered since {answer.since} ({answer.reason})"
            problems.warning(
                place.where, f"{message}: {answer.way}", "open it in a browser; write where it is"
            )
        case Said.THERE if marked:
            message = f"{place.name} answers again: {answer.way}"
            problems.info(place.where, message, "remove `verdict: gone` from its `status:`")
    return False
