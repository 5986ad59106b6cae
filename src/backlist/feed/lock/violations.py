"""A violation of the feed lock, and its count and examples in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from textwrap import shorten

from backlist.feed.lock.lockfile import LockedItem
from backlist.feed.lock.matching import ItemPair, Matches
from backlist.problems import Level

SHOWN = 3
_TITLE = 60


@dataclass(frozen=True, slots=True)
class LockViolation:
    """One row of the table that applies.

    An error blocks the build. `subjects` are the guids, or facts of the channel, it is about;
    `acceptable` is false for what is wrong with the new feed itself and can only be corrected.
    """

    rule: str
    level: Level
    message: str
    examples: tuple[str, ...]
    hint: str
    subjects: tuple[str, ...]
    acceptable: bool = True

    @property
    def blocks(self) -> bool:
        """Whether the feed must not be published as it is."""
        return self.level is Level.ERROR


def about_pairs(
    rule: str,
    level: Level,
    pairs: Sequence[ItemPair],
    matches: Matches,
    words: str,
    hint: str,
    change: Callable[[LockedItem, LockedItem], str],
    *,
    total: int | None = None,
    acceptable: bool = True,
) -> Iterator[LockViolation]:
    """The violation that all of these pairs make together; none if there are none.

    `words` begin with a noun in the singular and "|" (`item| would lose`); `change` puts into
    words what became of one item. `total` is how many there are, if not all that there were.
    """
    if pairs:
        noun, _, rest = words.partition("|")
        yield LockViolation(
            rule,
            level,
            f"{of_all(len(pairs), matches.total if total is None else total, noun)}{rest}",
            examples(f"{named(old, new, matches)}: {change(old, new)}" for old, new in pairs),
            hint,
            tuple(old.guid for old, _ in pairs),
            acceptable,
        )


def about_items(
    rule: str,
    level: Level,
    items: Sequence[LockedItem],
    matches: Matches,
    words: str,
    hint: str,
    *,
    acceptable: bool = True,
) -> Iterator[LockViolation]:
    """The violation that all of these items, now gone, make together; none if there are none.

    `{they}` and `{them}` in the words stand for the items.
    """
    if items:
        noun, _, rest = words.partition("|")
        few = len(items) == 1
        rest = rest.format(they="it is" if few else "they are", them="it" if few else "them")
        yield LockViolation(
            rule,
            level,
            f"{of_all(len(items), matches.total, noun)}{rest}",
            examples(f"{named(item, None, matches)}: `{item.guid}`" for item in items),
            hint,
            tuple(item.guid for item in items),
            acceptable,
        )


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


def named(old: LockedItem, new: LockedItem | None, matches: Matches) -> str:
    """An item as a person knows it: its title, and the record it comes from now."""
    title = shorten(old.title or old.audio, _TITLE, placeholder=" …")
    place = matches.new.places.get(new.guid) if new else None
    return f"“{title}” ({place})" if place else f"“{title}”"
