"""A finding of a comparison, and how its count and examples are said."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from textwrap import shorten

from backlist.ledger.pairing import Pairing
from backlist.ledger.records import Item
from backlist.problems import Level

SHOWN = 3
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the table that applies.

    An error refuses to publish. `subjects` are the guids, or facts of the channel, it is about;
    `acceptable` is false for what is wrong with the new feed itself and can only be mended.
    """

    rule: str
    level: Level
    what: str
    examples: tuple[str, ...]
    remedy: str
    subjects: tuple[str, ...]
    acceptable: bool = True

    @property
    def refuses(self) -> bool:
        """Whether the feed must not be published as it is."""
        return self.level is Level.ERROR


def of_all(number: int, total: int, noun: str) -> str:
    """A count in words.

    >>> of_all(3, 120, "item"), of_all(1, 1, "audio address")
    ('3 of 120 items', '1 of 1 audio address')
    """
    return f"{number} of {total} {noun if total == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """A noun for several: `item` → `items`, `address` → `addresses`."""
    return f"{noun}es" if noun.endswith("s") else f"{noun}s"


def examples(lines: Iterable[str]) -> tuple[str, ...]:
    """The first three lines, and how many more there are."""
    rest = iter(lines)
    first = tuple(islice(rest, SHOWN))
    more = sum(1 for _ in rest)
    return (*first, f"and {more} more") if more else first


def named(old: Item, new: Item | None, pairing: Pairing) -> str:
    """An item as a person knows it: its title, and the record it comes from now."""
    title = shorten(old.title or old.audio, _TITLE, placeholder=" …")
    place = pairing.new.places.get(new.guid) if new else None
    return f"“{title}” ({place})" if place else f"“{title}”"
