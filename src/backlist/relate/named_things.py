"""Which named things two episodes both treat: what a reason says where nothing explicit does.

A candidate is a name where the archive writes it as one: inside sentences, or in a shape only
names have, and rarely in lower case. It says something about a pair where few episodes have
it, it is more than a mention in passing, and no repeated block brings it. The show's own name
and its people never do, nor do hosts that no record declares: whom feed, notes or the show's own
pages credit, and part of a name that most episodes have. Where there is doubt, there is no reason.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from backlist import urls
from backlist.model import Show
from backlist.parse.features.terms import REPEATED
from backlist.parse.features.things import (
    CAPITAL,
    CREDIT,
    LINKED,
    SHAPED,
    TITLE,
    Things,
    writes_nouns_large,
)

MOST = 3
"""Things that a reason names."""

COMMON, COMMON_LEAST = 0.08, 4
"""A thing that more of the episodes name says nothing of two of them."""

RARE = 0.01
"""What so few episodes name need be named only once in each."""

LOWER = 0.2
"""How often, at most, a name stands in lower case; one with a shape of its own five times that."""


class _Told(NamedTuple):
    """What an episode says of one thing: how often, and whether its title does."""

    times: int
    in_title: bool


class NamedThings:
    """The named things of an archive, and who treats them.

    `languages` are those of episodes in another language than the show, by slug.
    """

    def __init__(
        self,
        found: Mapping[str, Things],
        show: Show,
        languages: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.size = len(found)
        self.told: dict[str, dict[str, _Told]] = {}
        self.written = Counter[str]()
        self.shaped, self.linked, self.trusted = Counter[str](), Counter[str](), Counter[str]()
        self.credited = Counter[str]()
        self.home = urls.host(show.link) if show.link else ""
        repeated = _repeated(found.values())
        for slug, candidates in found.items():
            is_evidence = not writes_nouns_large(languages.get(slug, show.language))
            self.told[slug] = self._read(candidates, repeated, capitals=is_evidence)
        self.having = Counter(chain.from_iterable(self.told.values()))
        self.names = self._names(found.values(), _own_words(show))
        self.forms = _forms(self.written, self.names)
        shaped = (name for name in self.names if self.shaped[name])
        self.letters = frozenset(name for name in shaped if _is_letters(self.forms[name]))

    def _read(
        self, candidates: Things, repeated: frozenset[str], *, capitals: bool
    ) -> dict[str, _Told]:
        """What one episode says of each candidate, repeated blocks left out."""
        counts: dict[str, int] = {}
        titled, credited = set[str](), set[str]()
        evidence: dict[str, set[str]] = {
            SHAPED: set(),
            LINKED: set(),
            CAPITAL: set(),
            TITLE: titled,
        }
        written = self.written
        for block, how, count, form in _entries(candidates):
            if block in repeated and how != CREDIT:
                continue
            name = form.casefold()
            if how == CREDIT:
                credited |= {name} if block in ("", self.home) else set()
                continue
            times = int(count)
            counts[name] = counts.get(name, 0) + times
            written[form] += times
            if how in evidence:
                evidence[how].add(name)
        self.credited.update(credited)
        self.shaped.update(evidence[SHAPED])
        self.linked.update(evidence[LINKED])
        trusted = evidence[SHAPED] | evidence[LINKED]
        self.trusted.update(trusted | evidence[CAPITAL] if capitals else trusted)
        return {name: _Told(count, name in titled) for name, count in counts.items()}

    def _names(self, found: Iterable[Things], own: "_Own") -> frozenset[str]:
        """The candidates that are names, few enough to say something."""
        most = max(COMMON * self.size, COMMON_LEAST)
        few = [n for n, c in self.having.items() if 2 <= c <= most and self.trusted[n]]
        wanted = {word for name in few for word in name.split(" ")}
        having = {n: there for n in self.having if (there := wanted.intersection(n.split(" ")))}
        upper = Counter(
            word
            for told in self.told.values()
            for word in set().union(*(having[name] for name in told if name in having))
        )
        lower = Counter(word for one in found for word in wanted.intersection(one.plain.split(" ")))
        common = [n for n, c in self.having.items() if c > most and self.trusted[n] and " " in n]
        hosts = _Hosts(self._hosts(), common)
        return frozenset(
            name
            for name in few
            if not own.has(name) and not hosts.has(name) and self._is_name(name, upper, lower)
        )

    def _hosts(self) -> Iterator[str]:
        """Whom several episodes credit, or half of those that have the name."""
        for name, count in self.credited.items():
            if count > 1 or 2 * count >= self.having[name]:
                yield name

    def _is_name(self, name: str, upper: Counter[str], lower: Counter[str]) -> bool:
        if self.shaped[name]:
            return all(lower[word] <= upper[word] for word in name.split(" "))
        if self.trusted[name] < 2 and not self.linked[name]:
            return False
        return any(lower[word] <= LOWER * upper[word] for word in name.split(" "))

    def shared(self, slug: str, other: str) -> tuple[str, ...]:
        """What both treat, as the notes write it most often; at most `MOST`, the rarest first."""
        mine, theirs = self.told[slug], self.told[other]
        both = self.names.intersection(mine, theirs)
        weighed = sorted(
            (-self._weight(name, mine[name], theirs[name]), -len(name.split(" ")), name)
            for name in both
        )
        chosen: list[str] = []
        for weight, _, name in weighed:
            is_one = not self._is_two(name, mine, theirs)
            if weight < 0 and is_one and not any(_covers(one, name) for one in chosen):
                chosen.append(name)
        return tuple(self.forms[name] for name in chosen[:MOST])

    def _is_two(self, name: str, mine: Iterable[str], theirs: Iterable[str]) -> bool:
        """Whether one word may be short for two names: `Jackie`, where one has a surname."""
        if " " in name or self.shaped[name] or self.linked[name]:
            return False
        longer = [
            {o for o in told if name in o.split(" ") and o != name} for told in (mine, theirs)
        ]
        return any(longer) and longer[0].isdisjoint(longer[1])

    def _weight(self, name: str, mine: _Told, theirs: _Told) -> float:
        """How much a thing says of a pair; 0 where it is a mention in passing."""
        titles = mine.in_title + theirs.in_title
        least = min(mine.times, theirs.times)
        is_rare = self.having[name] <= max(2, RARE * self.size)
        # Letters alone are often a word of the trade (API, IDE), which is treated or said.
        if not titles and least < 2 and (name in self.letters or not is_rare):
            return 0.0
        rarity = math.log((self.size + 1) / (self.having[name] + 1)) + 0.1
        return rarity * (1 + titles) * math.log1p(least)


def _forms(written: Mapping[str, int], names: Collection[str]) -> dict[str, str]:
    """How each name is written most often; the first in order, where two are as often."""
    chosen: dict[str, str] = {}
    for form in sorted(written, key=lambda form: (-written[form], form)):
        name = form.casefold()
        if name in names:
            chosen.setdefault(name, form)
    return chosen


def _is_letters(form: str) -> bool:
    letters = form.removesuffix("s")
    return letters.isalpha() and letters.isupper()


class _Hosts:
    """The people of a show that no record declares."""

    def __init__(self, credited: Iterable[str], common: Iterable[str]) -> None:
        self.credited = [frozenset(name.split(" ")) for name in credited]
        self.common = [frozenset(name.split(" ")) for name in common]

    def has(self, name: str) -> bool:
        """Whether a name is one of theirs, part of it, or more than it."""
        words = frozenset(name.split(" "))
        return any(words <= one or one <= words for one in self.credited) or any(
            words <= one for one in self.common
        )


class _Own(NamedTuple):
    """The words of the show's name and of its people, and its description."""

    title: frozenset[str]
    people: frozenset[str]
    description: str

    def has(self, name: str) -> bool:
        """Whether a name is the show's own, or what all of it is about."""
        words = _words(name)
        is_ours = self.title.issuperset(words) or not self.people.isdisjoint(words)
        return is_ours or f" {name} " in self.description


def _own_words(show: Show) -> _Own:
    people = (show.author or "", *(one.name for one in show.people))
    return _Own(
        frozenset(_words(show.title)),
        frozenset(word for one in people for word in _words(one)),
        f" {' '.join(_words(show.description))} ",
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _repeated(found: Iterable[Things]) -> frozenset[str]:
    """The keys of long lines that several episodes have."""
    blocks = Counter(block for one in found for block in set(_blocks(one)))
    return frozenset(block for block, count in blocks.items() if count >= REPEATED)


def _blocks(candidates: Things) -> Iterator[str]:
    for line in candidates.written.split("\n"):
        if line[:1] != "\t" and line:  # as most do that stand in no long line
            block, how, _ = line.split("\t", 2)
            if how != CREDIT:
                yield block


def _entries(candidates: Things) -> Iterator[list[str]]:
    return (line.split("\t") for line in candidates.written.split("\n") if line)


def _covers(one: str, other: str) -> bool:
    """Whether one thing's words contain the other's."""
    return f" {other} " in f" {one} " or f" {one} " in f" {other} "
