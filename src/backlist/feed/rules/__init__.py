"""The rules of the apps and directories that read a feed, as far as a record can break them.

To add a rule:

1. write a function that yields violations, with its source in the docstring: about the whole feed
   (`feed`), about one item, or about both alike (`items`);
2. name it in the list at the end of its module;
3. break it once in `tests/feed/rules/test_rules.py`.

An item is checked where it is made (`check_item`), and so the whole feed by its channel and the
outlines of its items (`check_feed`). What only an error of the writer could break is a test:
`tests/feed/rules/strict.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from backlist.feed.rules.feed import DIRECTORY_RULES, FEED_RULES
from backlist.feed.rules.items import ITEM_RULES, PLACE_RULES
from backlist.feed.rules.reading import ItemOutline, PlaceRule, RuleViolation, outline, read

__all__ = ["ItemOutline", "RuleViolation", "as_https", "check_feed", "check_item"]


def check_item(data: bytes) -> tuple[ItemOutline, tuple[RuleViolation, ...]]:
    """The outline of the one item of a feed, and what is wrong with it."""
    item = read(data).channel.find("item")
    return outline(item), tuple(_by((*PLACE_RULES, *ITEM_RULES), item))


def check_feed(channel: bytes, items: Sequence[ItemOutline], size: int) -> Iterator[RuleViolation]:
    """What is wrong with a feed that is not about one item alone.

    `channel` is the feed without its items; `size` is that of the whole, in bytes.
    """
    feed = replace(read(channel), items=tuple(items), size=size)
    directory = DIRECTORY_RULES if items and not feed.blocked else ()
    for rule in (*FEED_RULES, *directory):
        for found in rule(feed):
            yield replace(found, rule=rule.__name__)
    yield from _by(PLACE_RULES, feed.channel)


def as_https(data: bytes, base_url: str) -> bytes:
    """A feed as it would be on https: a base URL that is not is reported once, not at each link."""
    return data.replace(base_url.encode(), f"https://{base_url.partition('://')[2]}".encode())


def _by(rules: Sequence[PlaceRule], place: Any) -> Iterator[RuleViolation]:
    for rule in rules:
        for found in rule(place):
            yield replace(found, rule=rule.__name__)
