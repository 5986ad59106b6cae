"""A feed's bytes read for judging, and how a violation of a rule is said."""

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

    `guid` names the item, where there is one; `rule` is the name of the function that told it.
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
    """An RSS feed: its `rss` element, channel, items, size in bytes, and how it begins."""

    root: Any
    channel: Any
    items: tuple[ItemOutline, ...]
    size: int
    declared: bool

    @property
    def blocked(self) -> bool:
        """Whether directories are asked to leave it out, so that their wishes do not matter."""
        return "yes" in (text(self.channel, "itunes:block") or "").lower()


Rule = Callable[[Feed], Iterator[RuleViolation]]
PlaceRule = Callable[[Any], Iterator[RuleViolation]]
"""A rule for one element: an item, or the channel."""


def read(data: bytes) -> Feed | RuleViolation:
    """The feed, or the one violation that hides all others. Nothing outside the bytes is read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        return _unreadable(f"is not well-formed XML: {error.msg}", "fix it; no app can read it")
    _spell_namespaces_alike(root)
    channel = root.find("channel")
    if channel is None:
        return _unreadable("has no channel", "name an RSS 2.0 feed")
    outlines = tuple(map(outline, channel.findall("item")))
    return Feed(root, channel, outlines, len(data), declared=data.startswith(b"<?xml"))


def _unreadable(message: str, hint: str) -> RuleViolation:
    return RuleViolation(Level.ERROR, "the feed", message, hint, rule="is_readable")


def _spell_namespaces_alike(root: Any) -> None:
    """Other spellings of a namespace become the published one, so that rules need know one."""
    for element in root.iter(etree.Element):
        space, mark, local = element.tag[1:].partition("}")
        prefix = _prefix_of(space) if mark else ""
        if prefix and vocabulary.NAMESPACES[prefix] != space:
            element.tag = _tag(f"{prefix}:{local}")


_prefix_of = cache(vocabulary.prefix_of)


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


def notice(place: Any, message: str, hint: str) -> RuleViolation:
    """Something recommended that is not there."""
    return _violation(Level.NOTICE, place, message, hint)


def _violation(level: Level, place: Any, message: str, hint: str) -> RuleViolation:
    """A violation about the channel, an `<item>` element or the outline of one."""
    if not isinstance(place, ItemOutline):
        if place.tag != "item":
            return RuleViolation(level, "the channel", message, hint)
        place = outline(place)
    about = f"item “{place.title or 'without a title'}”"
    return RuleViolation(level, about, message, hint, place.guid)
