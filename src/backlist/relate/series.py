"""Which episodes are of one series: `The Marsh, Part 1`, `Owls (2/3)`, `AMA #4`, a named season.

A reason says so to a listener, so it needs a number that means a part. What is written at the end
of many titles and means none is not read: years, versions and Roman numerals (`World War II`).
The number of an episode in its show is no part of a series, either, nor is a word like `bonus`.
What three titles begin with (`Potluck — …`) is only kept apart: the first five shall differ.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backlist.model import Episode, Show
from backlist.parse.features import fold
from backlist.parse.features.terms import STOP
from backlist.relate.seasons import season_name
from backlist.relate.shared_topics import FORMATS

MOST, LEAST = 0.3, 10
"""What more of the episodes are of is the show itself; in a small archive ten may be."""

LEADS = 3
"""What so many titles begin with is a series of a format."""

_LEAD = re.compile(r"(.{3,30}?)\s*(?: [-–×|] |—|: )")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_EAST = {"上": 1, "中": 2, "下": 3, "前": 1, "後": 3, "后": 3}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_COUNT = rf"(?:\d{{1,3}}|[ivx]{{1,5}}|{'|'.join(_WORDS)})"
_LABEL = re.compile(
    r"(?:s\d{1,3}\s)?(?:(?:[\w'’.-]{1,20} ){0,3}?(?:episode|ep\.?|folge|show|chapter)\s?)?"
    r"#?\d{1,4}\s?[:.|)–—-]\s?",
    re.IGNORECASE,
)
"""What numbers an episode before its title: `Radio Episode 77: `, `#12 - `, `S02 Episode 8: `."""

_MARKS = (
    # `part` may have anything after its number: it means nothing else.
    re.compile(
        rf"\b(?:part|pt\.?|teil|parte|deel|część|часть)\s?({_COUNT})\b(?!\s?(?:%|[.,]\d))", re.I
    ),
    # The others end a title, or its main part.
    re.compile(
        rf"(?:\b(?:vol\.?|volume|ep\.?|episode|folge)\s?|#\s?)({_COUNT})\b(?=\s*(?:[)\]:|–—-]|$))",
        re.I,
    ),
    re.compile(r"\bs\d{1,2}\s?e(\d{1,3})\b(?=\s*(?:[)\]:|–—-]|$))", re.IGNORECASE),
    re.compile(r"[(\[](\d{1,2})\s?(?:/|of|von|de|sur)\s?\d{1,2}[)\]]", re.IGNORECASE),
    re.compile(r"[(（]?([上中下])[)）]?\s*$|[(（]?([前中後后])[編编篇][)）]?"),
)
_LABELS = FORMATS | {"chapter", "season", "trailer", "day", "year", "live"}
_NO_WORD = re.compile(r"s?\d+|\w")
_EDGES = " \t,:;.|·–—-/([（"


class Part(NamedTuple):
    """A place in a series: its name as the title writes it and for comparison, and the number."""

    name: str
    key: str
    number: int


class Series:
    """The series of an archive, and which two episodes share one."""

    def __init__(self, episodes: Sequence[Episode], show: Show) -> None:
        self.parts = {one.slug: part for one in episodes if (part := part_of(one.title))}
        numbers: dict[str, set[int]] = defaultdict(set)
        having: dict[str, int] = defaultdict(int)
        for part in self.parts.values():
            numbers[part.key].add(part.number)
            having[part.key] += 1
        own = frozenset(fold(show.title).split())
        most = max(MOST * len(episodes), LEAST)
        self.told = {
            key
            for key, found in numbers.items()
            if len(found) > 1 and having[key] <= most and _is_name(key, own)
        }
        self._add_first_parts(episodes)
        self.seasons = dict(_named_seasons(episodes)) if show.type == "serial" else {}
        self.apart = self._kept_apart(episodes)

    def _add_first_parts(self, episodes: Sequence[Episode]) -> None:
        """A title that others continue is their first part, where none is called that."""
        begun = {part.key for part in self.parts.values() if part.number <= 1}
        for one in episodes:
            title = _unlabelled(one.title)
            key = fold(title)
            if key in self.told and key not in begun and one.slug not in self.parts:
                self.parts[one.slug] = Part(title, key, 0)

    def _kept_apart(self, episodes: Sequence[Episode]) -> list[str | None]:
        """The series of each episode, or None: what the first of a list keep apart."""
        leads = [_lead(one.title) for one in episodes]
        counted = Counter(leads)
        parts = (self.parts.get(one.slug) for one in episodes)
        return [
            lead if lead and counted[lead] >= LEADS else part and part.key
            for lead, part in zip(leads, parts, strict=True)
        ]

    def shared(self, slug: str, other: str) -> str | None:
        """The name of the series that both are of, as the earlier part writes it."""
        mine, theirs = self.parts.get(slug), self.parts.get(other)
        is_told = mine and mine.key in self.told
        if is_told and mine and theirs and mine.key == theirs.key and mine.number != theirs.number:
            return min(mine, theirs, key=lambda part: part.number).name
        season = self.seasons.get(slug)
        return season if season and season == self.seasons.get(other) else None


def part_of(title: str) -> Part | None:
    """What a title says to be a part of.

    >>> part_of("Episode 77: Fault Tolerance Pt. 1, with a guest")
    Part(name='Fault Tolerance', key='fault tolerance', number=1)
    """
    text = _unlabelled(title)
    for mark in _MARKS:
        found = mark.search(text)
        if found:
            name = _named(text[: found.start()])
            key = fold(name)
            return Part(name, key, _number(found)) if key else None
    return None


def _lead(title: str) -> str | None:
    """What a title begins with, before a colon or a dash."""
    match = _LEAD.match(_unlabelled(title).casefold())
    return fold(re.sub(r"\d+", "", match[1])) or None if match else None


def _unlabelled(title: str) -> str:
    """A title without the number of its episode."""
    label = _LABEL.match(title)
    return title[label.end() :] if label else title


def _named(before: str) -> str:
    """What stands before the mark; in brackets only what these hold, if it is a name."""
    opened = max(before.rfind("("), before.rfind("["))
    inside = before[opened + 1 :].strip(_EDGES) if opened >= 0 else ""
    closed = ")" in before[opened + 1 :] or "]" in before[opened + 1 :]
    return inside if inside and not closed else before.strip(_EDGES)


def _number(found: re.Match[str]) -> int:
    given = next(group for group in found.groups() if group).casefold()
    if given.isdecimal():
        return int(given)
    return _WORDS.get(given) or _EAST.get(given) or _roman(given)


def _roman(given: str) -> int:
    values = [_ROMAN[letter] for letter in given]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _is_name(key: str, own: frozenset[str]) -> bool:
    """Whether a series has a name of its own: not the show's, nor a word for any episode."""
    words = [word for word in key.split() if word not in STOP and word not in _LABELS]
    return not own.issuperset(words) and not all(map(_NO_WORD.fullmatch, words))


def _named_seasons(episodes: Sequence[Episode]) -> Iterator[tuple[str, str]]:
    """The season of each episode, where seasons have names, and more than one."""
    named = [(one.slug, season_name(one)) for one in episodes]
    if len({name for _, name in named if name}) > 1:
        yield from ((slug, name) for slug, name in named if name)
