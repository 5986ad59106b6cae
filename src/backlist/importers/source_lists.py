"""The reader of numbered source lists: one text, in lines or run together, to `Source` entries.

Directories collapse line breaks, so the same list arrives both ways and must give the same
entries. What separates them is the next expected number; titles hold numbers too ("CXL 3.0",
"Part 2. Next"), so a number counts where an entry can end: after an address, or at the start
of a line.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backlist import urls
from backlist.model import Source
from backlist.problems import Problems, Where

_ANOTHER = r"(?<![/=])https?://"
URL = re.compile(rf"https?://(?:(?!{_ANOTHER})[^\s/?#\[\]])+(?:[/?#](?:(?!{_ANOTHER})\S)*)?")
"""An address in running text: up to white space, or to the next address that is no part of it.

Brackets around an address are not its host's (RFC 3986, section 3.2.2).
"""

_HINT = "number it 1, 2, 3 …, or import with `--lenient-lists` to keep it as text"

_NUMBER = re.compile(r"(?<!\S)(\d{1,3})\.(?=\s|\Z)")
_YEAR = re.compile(r"(?:\A|(?P<authors>.*),\s)(?P<year>\d{4}(?:[-–]\d{4})?)", re.DOTALL)
_COMPLETE = re.compile(r"\s—\s(?:.*,\s)?\d{4}(?:[-–]\d{4})?\s+\Z", re.DOTALL)
_SEPARATOR = " — "


@dataclass(frozen=True, slots=True)
class _Place:
    """A number in the text: `firm` where an entry must have ended before it."""

    number: int
    start: int
    end: int
    firm: bool


def read_list(text: str, where: Where, problems: Problems, *, lenient: bool) -> tuple[Source, ...]:
    """The entries of what follows `Sources:`, the first one the subject; empty when not a list.

    A list that does not count up from 1 gives nothing: an error, or with `lenient` a warning.
    """
    parts = split(text, where, problems, lenient=lenient)
    found = [read_entry(part, number, where, problems) for number, part in enumerate(parts, 1)]
    return number_roles([source for source in found if source is not None])


def number_roles(found: Sequence[Source]) -> tuple[Source, ...]:
    """The same entries, the first one marked as what the episode is about."""
    return tuple(
        source.model_copy(update={"role": "cited" if place else "subject"})
        for place, source in enumerate(found)
    )


def split(text: str, where: Where, problems: Problems, *, lenient: bool = False) -> list[str]:
    """The entries' texts without their numbers; see `read_list` for a list that cannot be split."""
    if not _NUMBER.match(text.lstrip()):
        return split_unnumbered(text)
    places = list(_find_places(text))
    try:
        chosen = _count_up(text, places)
    except _MiscountError as fault:
        message = f"the source list is not numbered in order: expected `{fault.expected}.`"
        message += f", found `{fault.found}.`"
        (problems.warning if lenient else problems.error)(where, message, "" if lenient else _HINT)
        return []
    _notice_doubt(text, places, chosen, where, problems)
    ends = [place.start for place in chosen[1:]] + [len(text)]
    return [text[place.end : end].strip() for place, end in zip(chosen, ends, strict=True)]


def split_unnumbered(text: str) -> list[str]:
    """Entries of a list without numbers: addresses run together, or lines that end in one."""
    flat = text.strip()
    if URL.match(flat):
        return [match[0] for match in URL.finditer(flat)]
    parts: list[str] = []
    waiting = ""
    for line in filter(None, (line.strip(" \t-*•") for line in flat.split("\n"))):
        waiting = f"{waiting} {line}".strip()
        if URL.search(line):
            parts.append(waiting)
            waiting = ""
    return [] if waiting else parts


class _MiscountError(Exception):
    def __init__(self, expected: int, found: int) -> None:
        self.expected, self.found = expected, found


def _find_places(text: str) -> Iterator[_Place]:
    for match in _NUMBER.finditer(text):
        start = match.start()
        firm = _begins_line(text, start) or _follows_address(text, start)
        yield _Place(int(match[1]), start, match.end(), firm)


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _follows_address(text: str, start: int) -> bool:
    before = text[:start].rsplit(None, 1)
    return bool(before) and URL.match(before[-1]) is not None


def _count_up(text: str, places: Sequence[_Place]) -> list[_Place]:
    """The places that number the entries; raises `_MiscountError` where they do not count up."""
    chosen: list[_Place] = []
    for firm in (place for place in places if place.firm):
        expected = len(chosen) + 1
        if firm.number > expected and chosen:
            loose = [place for place in places if chosen[-1].end <= place.start < firm.start]
            chosen += _fill(text, loose, expected, firm.number)
            expected = len(chosen) + 1
        if firm.number != expected:
            raise _MiscountError(expected, firm.number)
        chosen.append(firm)
    return chosen + _read_on(text, places, chosen[-1])


def _fill(text: str, loose: Sequence[_Place], first: int, stop: int) -> list[_Place]:
    """Loose places numbered `first` to below `stop` in order, as far as they go."""
    chosen: list[_Place] = []
    for number in range(first, stop):
        after = chosen[-1].end if chosen else 0
        fit = [place for place in loose if place.number == number and place.start >= after]
        if not fit:
            break
        complete = [place for place in fit if _COMPLETE.search(text[after : place.start])]
        chosen.append((complete or fit)[0])
    return chosen


def _read_on(text: str, places: Sequence[_Place], last: _Place) -> list[_Place]:
    """Entries after the last firm number, where one without an address can be seen to end."""
    bare = URL.search(text, last.end) is None
    chosen: list[_Place] = []
    for place in places:
        expected = last.number + len(chosen) + 1
        start = chosen[-1].end if chosen else last.end
        if place.start < start or place.number != expected:
            continue
        if bare or _COMPLETE.search(text[start : place.start]):
            chosen.append(place)
    return chosen


def _notice_doubt(
    text: str, places: Sequence[_Place], chosen: Sequence[_Place], where: Where, problems: Problems
) -> None:
    last = chosen[-1]
    if len(chosen) > 1 and all(_begins_line(text, place.start) for place in chosen):
        return
    if any(place.number == last.number + 1 and place.start > last.end for place in places):
        problems.info(
            where,
            f"source {last.number} holds the text `{last.number + 1}.`, read as part of it",
            "if it begins another source, put that source on its own line",
        )


def find_address(text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
    """The first address in a text whose host can be told."""
    return next((m for m in URL.finditer(text, start, end) if urls.is_address(m[0])), None)


def read_entry(text: str, number: int, where: Where, problems: Problems) -> Source | None:
    """One entry from `Title — Authors, Year URL note`, every part but one of them optional."""
    text = " ".join(text.split())
    match = find_address(text)
    head = text[: match.start()].strip() if match else text
    note = text[match.end() :].strip() if match else ""
    if note.startswith("— ") and _SEPARATOR not in head:
        # A linked title: `[Title](URL) — Authors, Year`.
        head, note = f"{head} {note}", ""
    title, authors, year = _read_head(head.removesuffix(" —"), number, where, problems)
    if not (title or match):
        return None
    return Source(
        title=title or None,
        authors=authors or None,
        year=year or None,
        url=match[0] if match else None,
        note=note or None,
    )


def _read_head(
    head: str, number: int, where: Where, problems: Problems
) -> tuple[str, str | None, str | None]:
    title, _, rest = head.partition(_SEPARATOR)
    if _SEPARATOR in rest:
        problems.info(
            where,
            f"source {number} holds ` — ` twice; the first ends the title",
            "check whether its title and authors came out right",
        )
    match = _YEAR.fullmatch(rest)
    if match is None:
        return title.strip(), rest.strip(), None
    return title.strip(), (match["authors"] or "").strip(), match["year"]
