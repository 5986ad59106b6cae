"""Times as people and tools write them: `12:34`, `75:30`, `1:02:03`, `1h2m3s`, `#t=750`.

`read_line` takes a line of a list of chapters apart; `moment_of` finds the moment an address leads
to. Every pattern looks at a bounded number of characters around a time, so reading is linear.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import unquote

from backlist.model.scalars import timestamp
from backlist.parse.features import addresses

_TENS = "[0-5٠-٥۰-۵०-५]"
_AFTER_A_DIGIT = rf"(?:\d?[:：]{_TENS}?\d|\d{{0,2}})[:：]{_TENS}\d"
CLOCK = rf"\d{_AFTER_A_DIGIT}"
"""`12:34`, `1:02:03`, or minutes beyond 59 as recorders count them, `75:30`."""

_TO = r"\s{0,3}(?:-{1,2}>?|[–—→~]|to\b|bis\b)\s{0,3}"
_NO_DAYTIME = r"(?!\s?(?:[ap]\.?m\b|uhr\b|utc\b|gmt\b|ce?t\b|[ecmp][sd]?t\b))"
_PART = r"(?:\.\d{1,6}|,\d{3})"
_SPAN = rf"(?:{_TO}{CLOCK}{_PART}?)?"
_TIME = rf"(?P<clock>{CLOCK})(?P<part>{_PART})?{_SPAN}(?!:?\d|\.\d|,\d{{3}}\b){_NO_DAYTIME}"
_LEADING = re.compile(
    rf"(?:#\d{{1,3}}|\d{{1,3}}[.)])?[^\w\n]{{0,8}}{_TIME}[)\]】）]*(?![A-Za-z0-9_])[\s–—:|-]*(?:[~=>→/·•、.]+\s+)?"
    r"(?P<title>\S.*)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"[^\w\n]{{0,8}}{_TIME}[^\w\n]{{0,8}}", re.IGNORECASE)
_TRAILING = re.compile(rf"(?<![\w:.,/#]){_TIME}[^\w\n]{{0,4}}$", re.IGNORECASE)
_BEFORE_TIME = " \t\xa0–—:|-.…·([@"

BRACKETED = re.compile(rf"\[(?:@\s?)?((?:{CLOCK}){_SPAN})\](?!\()")
"""`[12:34]`, `[@0:39]` or `[1:00–2:30]`: a link to a moment wherever it stands in the notes."""

ANY = re.compile(rf"\d(?<![\d:]\d){_AFTER_A_DIGIT}(?!:?\d)")
"""A time anywhere in a text. It begins with its digit, which is quickly found in a long one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of chapters: `clock` as written, `start` in seconds."""

    line: int
    clock: str
    start: float
    title: str
    lines: int = 1


def rows(lines: Sequence[str]) -> list[Row]:
    """The chapters in lines of text, where there are enough of them to be a list; else none.

    At least three lines have a time and a title, and no more than as many have not. The time stands
    in front, after it, or on a line of its own above or below the title. Times after titles must go
    up and begin at 0:00 (or be five): tracks have lengths, and verses numbers, that look the same.
    """
    in_front = _in_front(lines)
    found = in_front if len(in_front) >= _FEWEST else _after(lines)
    if len(found) < _FEWEST or 2 * sum(row.lines for row in found) < len(lines):
        return next((row for row in map(_on_one_line, lines, range(len(lines))) if row), [])
    return _without_ends(found)


_FEWEST = 3


def _in_front(lines: Sequence[str]) -> list[Row]:
    found = []
    above = _has_titles_above(lines)
    for number, text in enumerate(lines):
        row = read_leading(text, number)
        if row is None and (found_alone := alone(text)):
            title = _words_of(lines, number - 1 if above else number + 1)
            row = Row(number, *found_alone, title, 2) if title else None
        found += [row] if row else []
    return found


def _after(lines: Sequence[str]) -> list[Row]:
    found = [row for number, text in enumerate(lines) if (row := read_trailing(text, number))]
    begins = found and (found[0].start == 0 or len(found) > 4)
    return found if begins and _is_rising(found) else []


def _on_one_line(text: str, number: int) -> list[Row]:
    """`0:00 Intro 3:10 Fairness 12:00 Letters`: a list whose line breaks were lost."""
    times = list(ANY.finditer(text))
    if len(times) < _FEWEST or not _HEAD.fullmatch(text, 0, times[0].start()):
        return []
    ends = [*(one.start() for one in times[1:]), len(text)]
    found = []
    for one, end in zip(times, ends, strict=True):
        row = read_leading(text[one.start() : end].rstrip(_BEFORE_TIME + ",;"), number)
        found += [row] if row else []
    whole = len(found) == len(times) and found[0].start == 0 and _is_rising(found)
    return found if whole else []


_HEAD = re.compile(r"(?:[^:]{0,40}[:：])?\W{0,8}")


def _is_rising(found: Sequence[Row]) -> bool:
    return all(one.start < after.start for one, after in pairwise(found))


def _without_ends(found: list[Row]) -> list[Row]:
    """Titles without the time the next chapter begins at, where every one of them ends in it."""
    ends = [read_trailing(row.title, row.line) for row in found]
    if any(
        end is None or end.start != after.start for end, after in zip(ends, found[1:], strict=False)
    ):
        return found
    return [
        replace(row, title=end.title if end else row.title)
        for row, end in zip(found, ends, strict=True)
    ]


def read_leading(text: str, number: int = 0) -> Row | None:
    """A line that begins with a time, or a span of time, and goes on in words."""
    match = _LEADING.fullmatch(text.strip())
    if match is None or not re.search(r"\w", match["title"]):
        return None
    return Row(number, match["clock"], _start(match), match["title"].strip())


def read_trailing(text: str, number: int = 0) -> Row | None:
    """A line of words that ends in a time."""
    match = _TRAILING.search(text)
    title = text[: match.start()].rstrip(_BEFORE_TIME).strip() if match else ""
    if match is None or not re.search(r"\w", title):
        return None
    return Row(number, match["clock"], _start(match), title)


def alone(text: str) -> tuple[str, float] | None:
    """The time a line consists of, as written and in seconds."""
    match = _ALONE.fullmatch(text)
    return (match["clock"], _start(match)) if match else None


def _has_titles_above(lines: Sequence[str]) -> bool:
    """Whether times stand below their titles: a line begins the list, and a time ends it."""
    said = [line for line in lines if line.strip()]
    return bool(said) and alone(said[0]) is None and alone(said[-1]) is not None


def _words_of(lines: Sequence[str], number: int) -> str:
    """A line that is a title; empty where there is none or it has a time of its own."""
    said = lines[number].strip() if 0 <= number < len(lines) else ""
    return "" if ANY.search(said) or not re.search(r"\w", said) else said


def _start(match: re.Match[str]) -> float:
    return timestamp(match["clock"] + (match["part"] or "").replace(",", "."))


_PARTS = re.compile(
    r"(?:(?P<h>\d{1,4})h)?(?:(?P<m>\d{1,6})m)?(?:(?P<s>\d{1,7}(?:\.\d{1,6})?)s?)?", re.IGNORECASE
)
_NAMES = r"(?:t|time|start|start_?time|at|ts|seek|timestamp|time_continue|begin|position)"
_ASKED = re.compile(rf"(?:^|&)({_NAMES})=([^&]*)", re.IGNORECASE)
_LAST = re.compile(rf"/({CLOCK})/?$")


def moment(value: str) -> float | None:
    """Seconds of a time in an address; None when it is none.

    `750`, `750.5s`, `1h15m30s`, `75:30`, `1:15:30`, and of a span (`npt:10,20`, W3C Media
    Fragments 1.0, 4.2.1) where it begins.
    """
    begins = unquote(value).strip().lower().removeprefix("npt:").partition(",")
    if not begins[0]:
        return 0.0 if begins[1] and begins[2] else None
    if re.fullmatch(rf"{CLOCK}(?:\.\d{{1,6}})?", begins[0]):
        return timestamp(begins[0])
    parts = _PARTS.fullmatch(begins[0])
    if parts is None:
        return None
    return int(parts["h"] or 0) * 3600 + int(parts["m"] or 0) * 60 + float(parts["s"] or 0)


def moment_of(address: str) -> tuple[str, float] | None:
    """An address without its time, and the time; None when it leads to no moment.

    Hosts write it as `?t=750`, `&start=750`, `#t=12:30`, `#12:30` or `/12:30` (Overcast).

    >>> moment_of("https://youtu.be/abc?t=12m30s")
    ('https://youtu.be/abc', 750.0)
    """
    rest, _, fragment = address.partition("#")
    path, _, query = rest.partition("?")
    named = _ASKED.search(fragment)
    bare = re.fullmatch(CLOCK, unquote(fragment))
    start = moment(named[2]) if named else timestamp(bare[0]) if bare else None
    if start is not None:
        return rest, start
    asked = _ASKED.search(query)
    start = moment(asked[2]) if asked else None
    if asked and start is not None:
        left = (query[: asked.start()] + query[asked.end() :]).lstrip("&")
        return f"{path}?{left}" if left else path, start
    last = _LAST.search(path)
    return (path[: last.start()], timestamp(last[1])) if last else None


_MAY_SAY_A_MOMENT = re.compile(r"[#?]|/\d{1,3}[:：]\d")


def own_moment(address: str, own: Collection[str], words: str) -> float | None:
    """The moment of this episode that a link leads to; None when it leads elsewhere.

    `own` are the keys (`features.addresses.key`) of its page and recording. A link to one of them
    whose words are a time leads to that time, even if the address does not say so.
    """
    found = moment_of(address) if _MAY_SAY_A_MOMENT.search(address) else None
    place = found[0] if found else address.partition("#")[0]
    time = found or (alone(words) if place else None)
    # Whose the address is takes longest to tell, and few links are about a time.
    if time is None or (place and addresses.key(place) not in own):
        return None
    return time[1]
