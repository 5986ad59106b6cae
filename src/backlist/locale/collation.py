"""The order of names as readers look them up (UTS 10, the Unicode Collation Algorithm)."""

from collections.abc import Iterable

Names = tuple[str, ...]


def ranked(names: Names) -> dict[str, int]:
    """The place of each name among all: accents and capitals count only where letters are equal.

    Names in one script stand together, whichever the language of the show is. Loading the weights
    of all characters takes a quarter of a second, so a caller keeps the answer.

    >>> names = ("Zürich", "Öl", "apfel", "Äpfel", "Ofen")
    >>> sorted(names, key=ranked(names).get)
    ['apfel', 'Äpfel', 'Ofen', 'Öl', 'Zürich']
    """
    from pyuca import Collator

    weigh = Collator().sort_key
    ordered = sorted(set(names), key=lambda name: (weigh(name), name))
    return {name: place for place, name in enumerate(ordered)}


def distinct(names: Iterable[str]) -> Names:
    """Names to be ranked, each once and in an order that is always the same."""
    return tuple(sorted(set(names)))
