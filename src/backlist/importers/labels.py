"""The labels of a feed's items, `category` (RSS 2.0) and `itunes:keywords`, as topics.

A label that most items carry tells none of them from another: it is left out and reported.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from backlist.feed.reader.fields import Fields
from backlist.feed.vocabulary import ITUNES
from backlist.problems import Problems, Where

_SAYS_NOTHING = frozenset(("podcast", "podcasts", "episode", "episodes", "show", "shows")) | {
    "audio",
    "blog",
    "uncategorized",
    "uncategorised",
}
_FEWEST = 3
_LONGEST, _MOST_WORDS = 60, 6
"""A keyword beyond these is a row of keywords without commas, or a sentence."""
_NAMED = 8


def read_labels(fields: Fields) -> tuple[str, ...]:
    """What an item is labelled with, each spelling once; keywords are parted by commas."""
    found = [words for words, _ in fields.each("category", "")]
    for words, _ in fields.each("keywords", ITUNES):
        found += [" ".join(word.split()) for word in words.split(",")]
    usable = (one for one in found if len(one) <= _LONGEST and len(one.split()) <= _MOST_WORDS)
    return tuple({one.casefold(): one for one in reversed([*filter(None, usable)])}.values())[::-1]


def find_boilerplate(items: Sequence[Any], where: Where, problems: Problems) -> frozenset[str]:
    """The labels that are no topics, in lower case; they are reported."""
    found = [read_labels(Fields(item, where, Problems())) for item in items]
    counts = Counter(one.casefold() for labels in found for one in labels)
    common = [
        (label, count)
        for label, count in counts.most_common()
        if label in _SAYS_NOTHING or (count >= _FEWEST and 2 * count > len(items))
    ]
    if common:
        named = ", ".join(f"`{label}` ({count})" for label, count in common[:_NAMED])
        more = f" and {len(common) - _NAMED} more" if len(common) > _NAMED else ""
        problems.info(
            where,
            f"labels that most items carry, or that name no subject, are no topics: {named}{more}",
            "they stay in `feed_elements` and go out with the feed; write `topics:` where they fit",
        )
    return frozenset(label for label, _ in common)


def choose_topics(labels: Iterable[str], boilerplate: frozenset[str]) -> tuple[str, ...]:
    """The labels that tell an item from the others, in their order."""
    return tuple(
        one for one in labels if one.casefold() not in boilerplate and any(map(str.isalnum, one))
    )
