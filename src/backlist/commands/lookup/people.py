"""Whether the authors a source gives are those a service has.

Services give names whole or in parts, family name first or last, with initials, with and
without accents. A source gives all authors, some, the first and `et al.`, or nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from backlist.commands.lookup.records import Author
from backlist.pages.citations import names
from backlist.parse.features import identity


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many names a source gives and how many of them a service has.

    `others` says that the source gives only some, `first` that the first of both is the same.
    """

    given: int = 0
    matched: int = 0
    first: bool = False
    others: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the source names nobody."""
        return not self.given

    @property
    def agrees(self) -> bool:
        """Whether an author agrees: the first, or at least half of those given."""
        return self.matched > 0 and (self.first or 2 * self.matched >= self.given)

    @property
    def is_whole(self) -> bool:
        """Whether all the names given agree."""
        return self.given == self.matched

    @property
    def share(self) -> float:
        """The part of the names given that agree."""
        return self.matched / self.given if self.given else 0.0


def compare(given: str, authors: Sequence[Author]) -> Agreement:
    """How an authors text agrees with a service's list; a text that names nobody is open."""
    said = names.authors(given)
    if not said.people or not authors:
        return Agreement()
    people = [_tokens(_whole(one), one.last) for one in said.people]
    known = [_author_tokens(one) for one in authors]
    if any(one.literal for one in said.people):
        return _compare_text(given, known, others=said.others)
    if said.others and len(people) == 1:
        first = _is_same(people[0], known[0])
        return Agreement(1, int(first), first, others=True)
    matched = sum(any(_is_same(one, other) for other in known) for one in people)
    return Agreement(len(people), matched, _is_same(people[0], known[0]), said.others)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The words of a name, folded; those of the family name, empty where it is unknown."""

    all: tuple[str, ...]
    family: tuple[str, ...]


@lru_cache(maxsize=4096)
def _tokens(name: str, family: str) -> _Tokens:
    return _Tokens(_folded(name), _folded(family))


def _folded(name: str) -> tuple[str, ...]:
    return tuple(identity.title_words(re.sub("[-‐‑’'`´]", "", name.replace(",", " "))))


def _whole(name: names.Name) -> str:
    return name.literal or f"{name.given} {name.last}".strip()


def _is_same(one: _Tokens, other: _Tokens) -> bool:
    """Whether two names may be one person's: no word of either contradicts the other."""
    if not one.all or not other.all:
        return False
    if sorted(one.all) == sorted(other.all) or "".join(one.all) in _joined(other):
        return True
    families = (one.family or one.all[-1:], other.family or other.all[-1:])
    if families[0][-1] != families[1][-1]:
        return False
    mine, theirs = _given(one, families[0]), _given(other, families[1])
    return not mine or not theirs or _may_be_one(mine, theirs)


def _given(name: _Tokens, family: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in name.all if word not in family)


def _may_be_one(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether given names may be one person's: `J. E.` and `Joseph`, `M. Frans` and `Frans`."""
    if set(mine) & set(theirs) or mine[0].startswith(theirs[0]) or theirs[0].startswith(mine[0]):
        return True
    initials = "".join(word[0] for word in mine), "".join(word[0] for word in theirs)
    return "".join(theirs) == initials[0] or "".join(mine) == initials[1]


def _compare_text(given: str, known: Sequence[_Tokens], *, others: bool) -> Agreement:
    """Authors that are no list of names: an organisation, or `Owl, A., Wren, B.`."""
    text = _folded(given)
    if "".join(known[0].all) == "".join(text):
        return Agreement(1, 1, first=True)
    here = [_is_in(one, text) for one in known]
    matched = sum(here)
    # How many names the text gives is unknown; initials and `et al.` aside, one is two words.
    count = max(1, matched, sum(len(word) > 1 for word in text if word not in ("et", "al")) // 2)
    first = here[0] and bool({text[0]} & {*known[0].all, *_joined(known[0])})
    return Agreement(count, matched, first, others)


def _is_in(name: _Tokens, text: Sequence[str]) -> bool:
    """Whether a text has a name: its family name, or all of it without a space."""
    return bool(name.all) and bool({(name.family or name.all)[-1], *_joined(name)} & {*text})


def _joined(name: _Tokens) -> tuple[str, str]:
    """A name without spaces, in both orders: `山田太郎`."""
    return "".join(name.all), "".join(reversed(name.all))


def has(authors: Sequence[Author], author: Author) -> bool:
    """Whether a list of authors has one that may be the same person."""
    mine = _author_tokens(author)
    return any(_is_same(mine, _author_tokens(one)) for one in authors)


def _author_tokens(author: Author) -> _Tokens:
    return _tokens(author.name, author.family if author.given else "")
