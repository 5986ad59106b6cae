"""The rules that readers of feeds go by; `violations` judges anybody's feed.

To add a rule:

1. write a function that yields violations, with its source in the docstring: about the document
   (`document`), the channel (`channel`), one item, or both alike (`items`);
2. name it in the list at the end of its module;
3. break it once in `tests/feed/rules/test_rules.py`.

An item of ours is judged where it is made (`judge_item`), and so the whole feed by its channel
and the outlines of its items (`judge_channel`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from backlist.feed.rules.channel import CHANNEL_RULES, DIRECTORY_RULES
from backlist.feed.rules.document import DOCUMENT_RULES
from backlist.feed.rules.items import ITEM_RULES, PLACE_RULES
from backlist.feed.rules.reading import (
    Feed,
    ItemOutline,
    PlaceRule,
    RuleViolation,
    outline,
    read,
)

__all__ = ["ItemOutline", "RuleViolation", "as_https", "judge_channel", "judge_item", "violations"]


def violations(data: bytes) -> list[RuleViolation]:
    """What is wrong with an RSS podcast feed, anybody's: document, channel, then its items."""
    feed = read(data)
    if isinstance(feed, RuleViolation):
        return [feed]
    return [*_of_feed(feed), *(one for item in feed.channel.findall("item") for one in _of(item))]


def judge_item(data: bytes) -> tuple[ItemOutline, tuple[RuleViolation, ...]]:
    """The outline of the one item of a feed, and what is wrong with it."""
    feed = read(data)
    assert isinstance(feed, Feed), "feedgen wrote it"
    item = feed.channel.find("item")
    return outline(item), tuple(_of(item))


def judge_channel(data: bytes, items: Sequence[ItemOutline], size: int) -> list[RuleViolation]:
    """What is wrong with a feed of ours beside its items, which `data` lacks; `size` in bytes."""
    feed = read(data)
    assert isinstance(feed, Feed), "feedgen wrote it"
    return list(_of_feed(replace(feed, items=tuple(items), size=size)))


def as_https(data: bytes, base_url: str) -> bytes:
    """A feed as it would be on https: what the base URL lacks is told once, not at every link."""
    return data.replace(base_url.encode(), f"https://{base_url.partition('://')[2]}".encode())


def _of_feed(feed: Feed) -> Iterator[RuleViolation]:
    listed = feed.items and not feed.blocked
    directory = DIRECTORY_RULES if listed else ()
    for rule in (*DOCUMENT_RULES, *CHANNEL_RULES, *directory):
        for found in rule(feed):
            yield replace(found, rule=rule.__name__)
    yield from _by(PLACE_RULES, feed.channel)


def _of(item: Any) -> Iterator[RuleViolation]:
    return _by((*PLACE_RULES, *ITEM_RULES), item)


def _by(rules: Sequence[PlaceRule], place: Any) -> Iterator[RuleViolation]:
    for rule in rules:
        for found in rule(place):
            yield replace(found, rule=rule.__name__)
