"""A feed's bytes as the rules see them, and violations of rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from backlist.feed import vocabulary
from backlist.problems import Level

_tag = cache(vocabulary.tag)


@dataclass(frozen=True, slots=True)
class RuleViolation:
    """A broken rule: what it is about, what is wrong, what to do.

    `guid` names the item, where there is one; `rule` is the name of the function that found it.
    """

    level: Level
    about: str
    message: str
    hint: str
    guid: str | None = None
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.level}: {self.about} {self.message}"


@dataclass(frozen=True, slots=True)
class ItemOutline:
    """What the rules for a whole feed ask of each item; `date` is the text of its pubDate."""

    guid: str | None
    title: str
    audio: tuple[str, ...]
    date: str | None
    has_transcript: bool
    lacks_number: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS feed: its `channel` element, items, and size in bytes."""

    channel: Any
    items: tuple[ItemOutline, ...]
    size: int

    @property
    def blocked(self) -> bool:
        """Whether directories are asked to leave it out, so that their wishes do not matter."""
        return "yes" in (text(self.channel, "itunes:block") or "").lower()


Rule = Callable[[Feed], Iterator[RuleViolation]]
PlaceRule = Callable[[Any], Iterator[RuleViolation]]
"""A rule for one element: an item, or the channel."""


def read(data: bytes) -> Feed:
    """A feed of ours, which is well-formed; nothing outside the bytes is read."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    channel = root.find("channel")
    return Feed(channel, tuple(map(outline, channel.findall("item"))), len(data))


def outline(item: Any) -> ItemOutline:
    """The outline of an `<item>` element."""
    guid = next(item.iterchildren("guid"), None)
    full = text(item, "itunes:episodeType") in (None, "full")
    return ItemOutline(
        guid=None if guid is None else guid.text,
        title=text(item, "title") or "",
        audio=tuple(filter(None, (one.get("url") for one in every(item, "enclosure")))),
        date=text(item, "pubDate"),
        has_transcript=bool(every(item, "podcast:transcript")),
        lacks_number=full and not every(item, "itunes:episode"),
    )


def text(place: Any, name: str) -> str | None:
    """The stripped text of the first element called `name` (`itunes:author`); None without one."""
    found = next(place.iterchildren(_tag(name)), None)
    return None if found is None else (found.text or "").strip()


def every(place: Any, name: str) -> list[Any]:
    """The elements called `name` right inside a place."""
    return list(place.iterchildren(_tag(name)))


def error(place: Any, message: str, hint: str) -> RuleViolation:
    """A violation that breaks the feed for everybody."""
    return _violation(Level.ERROR, place, message, hint)


def warning(place: Any, message: str, hint: str) -> RuleViolation:
    """A violation that some app or directory will punish."""
    return _violation(Level.WARNING, place, message, hint)


def info(place: Any, message: str, hint: str) -> RuleViolation:
    """Something recommended that is not there."""
    return _violation(Level.INFO, place, message, hint)


def _violation(level: Level, place: Any, message: str, hint: str) -> RuleViolation:
    """A violation about the channel, an `<item>` element or the outline of one."""
    if not isinstance(place, ItemOutline):
        if place.tag != "item":
            return RuleViolation(level, "the channel", message, hint)
        place = outline(place)
    about = f"item “{place.title or 'without a title'}”"
    return RuleViolation(level, about, message, hint, place.guid)
