"""Items as a line for people to read and copy, close to the APA style (7th edition, 9 and 10).

Plain text: the show's title is not in italics.
"""

import re
from collections.abc import Sequence
from datetime import date

from backlist import locale, urls
from backlist.model import Labels
from backlist.model.scalars import stamp
from backlist.pages.citations.items import GENRE, Item, at_moment
from backlist.pages.citations.names import Name

ENGLISH = Labels()

MOST = 20
"""Authors that are all named; of more, all but the last of these and the last one (APA 9.8)."""

_ANY = 45_296.0
"""A moment to be replaced."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def write(item: Item, at: float | None = None, labels: Labels = ENGLISH) -> str:
    """An item on one line; `at` is a place in an episode's recording, in seconds.

    Turing, H. & Shannon, A. (Hosts). (2026, March 18). A title [Podcast episode]. In A Show, at
    12:34. https://example.org/episodes/a-title/#t=754
    """
    said = _line(item, labels, "" if at is None else stamp(at))
    return f"{said} {urls.readable(address(item, at))}".strip()


def form(item: Item, labels: Labels = ENGLISH) -> str:
    """The line of an episode with `{clock}` and `{seconds}` where a moment is to be put."""
    there = urls.readable(address(item, _ANY)).replace(f"#t={_ANY:.0f}", "#t={seconds}")
    return f"{_line(item, labels, '{clock}')} {there}".strip()


def _line(item: Item, labels: Labels, clock: str) -> str:
    show = item.container_title
    where = labels.cite_at if clock else labels.cite_in
    parts = (
        _authors(item, labels),
        _date(item.issued, labels),
        _title(item, labels),
        where.format(show=show, clock=clock) if show else "",
        item.number if item.arxiv else "",
        "" if item.arxiv or not item.doi else f"doi:{item.doi}",
    )
    return " ".join(_closed(part) for part in parts if part)


def address(item: Item, at: float | None = None) -> str:
    """An item's address, at a place in its recording.

    Only an episode has places; the address of anything else stays what it is.
    """
    if at is None or item.type != "broadcast" or not item.url:
        return item.url
    return at_moment(item, at).url


def _closed(part: str) -> str:
    return part if part.endswith((".", "?", "!", "…")) else f"{part}."


def _title(item: Item, labels: Labels) -> str:
    genre = labels.cite_genre if item.genre == GENRE else item.genre
    genre = f"[{genre}]" if genre else ""
    return f"{item.title} {genre}".strip() if item.title else genre


def _date(issued: Sequence[int], labels: Labels) -> str:
    if len(issued) < 3:
        return f"({locale.digits(str(issued[0]), labels.language)})" if issued else ""
    year, month, day = issued
    if labels.language:
        shown = locale.digits(str(year), labels.language)
        return f"({shown}, {locale.day_and_month(date(year, month, day), labels.language)})"
    return f"({year}, {MONTHS[month - 1]} {day})"


def _authors(item: Item, labels: Labels) -> str:
    listed = [_name(name) for name in item.author.people]
    if not listed:
        return ""
    said = f"{', '.join(listed)} et al." if item.author.others else _joined(listed)
    role = labels.cite_hosts if len(listed) > 1 else labels.cite_host
    return f"{said} ({role})" if item.hosted else said


def _joined(listed: Sequence[str]) -> str:
    if len(listed) > MOST:
        return f"{', '.join(listed[: MOST - 1])}, … {listed[-1]}"
    comma = "," if len(listed) > 2 else ""
    first = ", ".join(listed[:-1])
    return f"{first}{comma} & {listed[-1]}" if first else listed[-1]


def _name(name: Name) -> str:
    parts = (name.last, _initials(name.given), name.suffix)
    return name.literal or ", ".join(part for part in parts if part)


def _initials(given: str) -> str:
    """Given names as initials: `Jean-Pierre Y.` is `J.-P. Y.`."""
    return re.sub(r"([^\W\d_])[^\s-]*", r"\1.", given)
