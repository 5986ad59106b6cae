"""What a run of `mirror` did: sentences for a person, or the same for a machine."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backlist import urls
from backlist.commands.mirror.faults import RefusedError
from backlist.commands.mirror.kinds import KINDS, SOUND
from backlist.commands.mirror.wanted import Wanted
from backlist.feed.rules.secrets import mask
from backlist.files import in_words
from backlist.http import Redirect
from backlist.model import Copy
from backlist.problems import Level, Problem, Problems, Where


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that came home, by way of these redirects, from the `final` address."""

    wanted: Wanted
    copy: Copy
    redirects: tuple[Redirect, ...]
    final: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """A host that was not asked for `count` files, `first` of all, and why."""

    host: str
    count: int
    first: Wanted
    reason: RefusedError


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it.

    `current` counts copies that are still what their servers have, `left` files not requested
    because the run had brought as much as it was allowed, `put` those put at a store.
    """

    fetched: tuple[Fetched, ...] = ()
    failed: tuple[tuple[Wanted, RefusedError], ...] = ()
    unasked: tuple[Unasked, ...] = ()
    current: int = 0
    left: int = 0
    put: int = 0
    bytes: int = 0

    def lines(self) -> list[str]:
        """The report, a line for each thing worth saying."""
        files = {(one.wanted.what, one.copy.file or one.copy.url) for one in self.fetched}
        found = Counter(what for what, _ in files)
        lines = [f"brought home {listed(found)} ({in_words(self.bytes)})"] if found else []
        if self.current:
            lines.append(f"{self.current} unchanged at their hosts")
        if self.put:
            lines.append(f"{self.put} put at the store")
        if self.left:
            lines.append(f"{self.left} more to bring: run it again")
        failed = self.failed or self.unasked
        return lines or ["nothing came home" if failed else "nothing new to bring home"]


def listed(counts: Mapping[str, int]) -> str:
    """Kinds of files with their numbers.

    >>> listed({"transcripts": 2, "pictures": 1})
    '2 transcripts, 1 picture'
    """
    return ", ".join(
        f"{count} {KINDS[what].one}{'' if count == 1 else 's'}"
        for what in KINDS
        if (count := counts.get(what, 0))
    )


def tell(report: Report, problems: Problems, level: Level, most: int | None = None) -> None:
    """Report each fault at the record that names the address; of many only `most`, by their number.

    Where all are told, so is what a person may want to know of files that came.
    """
    for one, error in report.failed[:most]:
        problems.extend([Problem(one.where, level, _sentence(one, error), error.hint)])
    rest = report.failed[len(report.failed[:most]) :]
    if rest:
        said, count = Counter(error.message for _, error in rest).most_common(1)[0]
        message = f"{len(rest)} more files are not brought home; of {count} of them {said}"
        hint = "run `backlist mirror` again later"
        problems.extend([Problem(Where("content/mirror.yaml"), level, message, hint)])
    for host in report.unasked:
        message = (
            f"{host.count} more at {host.host} "
            f"{'is' if host.count == 1 else 'are'} not asked for, this the first: "
            f"{host.reason.message}: {mask(host.first.address)}"
        )
        problems.extend([Problem(host.first.where, level, message, host.reason.hint)])
    if most is None:
        _tell_redirects(report.fetched, problems)
        _tell_lengths(report.fetched, problems)


def _sentence(one: Wanted, error: RefusedError) -> str:
    way = [mask(step.target) for step in error.redirects]
    address = " → ".join([mask(one.address), *way])
    return f"the {KINDS[one.what].one} is not brought home: {error.message}: {address}"


def _tell_redirects(fetched: Iterable[Fetched], problems: Problems) -> None:
    """Say which hosts send to which others, once a pair."""
    ways: dict[tuple[str, str], list[Fetched]] = defaultdict(list)
    for one in fetched:
        here, there = urls.host(one.wanted.address), urls.host(one.final)
        if here != there:
            ways[here, there].append(one)
    for (here, there), listed in ways.items():
        first, more = listed[0], len(listed) - 1
        way = " → ".join(mask(step.target) for step in first.redirects)
        others = f" and {more} more" if more else ""
        problems.info(
            first.wanted.where,
            f"{here} sends to another host, {there}: {mask(first.wanted.address)} → {way}{others}",
            "nothing is wrong; if the first host is to go, write the last address",
        )


def _tell_lengths(fetched: Iterable[Fetched], problems: Problems) -> None:
    for one in fetched:
        said, found = one.wanted.length, one.copy.size
        if one.wanted.what == SOUND and said and said != found:
            message = f"`audio.length` says {said} bytes, the file has {found}"
            hint = f"write `length: {found}`; hosts that insert advertising send another size a day"
            problems.info(one.wanted.where, message, hint)


def as_data(report: Report | None, problems: Problems) -> dict[str, Any]:
    """A report and every problem as mappings, lists, texts and numbers; None: it could not run."""
    return {"report": _data(report) if report else None, "problems": problems.as_data()}


def _data(report: Report) -> dict[str, Any]:
    return {
        "fetched": [
            {
                "what": one.wanted.what,
                **_place(one.wanted),
                "copy": one.copy.file,
                "at": list(one.copy.at),
                "size": one.copy.size,
                "sha256": one.copy.sha256,
                "type": one.copy.type,
                "redirects": _addresses(one.redirects),
            }
            for one in report.fetched
        ],
        "failed": [
            {
                "what": one.what,
                **_place(one),
                "fault": error.fault,
                "message": error.message,
                "hint": error.hint,
                "redirects": _addresses(error.redirects),
            }
            for one, error in report.failed
        ],
        "unasked": [
            {"host": one.host, "count": one.count, "fault": one.reason.fault}
            for one in report.unasked
        ],
        **{name: getattr(report, name) for name in ("current", "left", "put", "bytes")},
    }


def _place(one: Wanted) -> dict[str, Any]:
    return {"url": mask(one.address), "file": one.where.file, "line": one.where.line}


def _addresses(redirects: Sequence[Redirect]) -> list[str]:
    return [mask(step.target) for step in redirects]
