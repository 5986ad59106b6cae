"""A feed's bytes read for judging, and how a fault in it is said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from backlist.problems import Level

NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "fh": "http://purl.org/syndication/history/1.0",
}
_OTHER_SPELLINGS = {
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": NAMES["podcast"],
    **{address.lower(): address for address in NAMES.values()},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken rule: what it is about, what is wrong, what to do.

    `guid` names the item, where there is one; `rule` is the name of the function that told it.
    """

    level: Level
    about: str
    what: str
    remedy: str
    guid: str | None = None
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.level}: {self.about} {self.what}"


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS feed: its bytes, `rss` element, channel and items."""

    data: bytes
    root: Any
    channel: Any
    items: tuple[Any, ...]

    @property
    def blocked(self) -> bool:
        """Whether directories are asked to leave it out, so that their wishes do not matter."""
        return "yes" in (text(self.channel, "itunes:block") or "").lower()


Rule = Callable[[Feed], Iterator[Fault]]
PlaceRule = Callable[[Any], Iterator[Fault]]
"""A rule for one element: an item, or the channel."""


def read(data: bytes) -> Feed | Fault:
    """The feed, or the one fault that hides all others. Nothing outside the bytes is read."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        return _unreadable(f"is not well-formed XML: {error.msg}", "mend it; no app can read it")
    _spell_namespaces_alike(root)
    channel = root.find("channel")
    if channel is None:
        return _unreadable("has no channel", "name an RSS 2.0 feed")
    return Feed(data, root, channel, tuple(channel.findall("item")))


def _unreadable(what: str, remedy: str) -> Fault:
    return Fault(Level.ERROR, "the feed", what, remedy, rule="is_readable")


def _spell_namespaces_alike(root: Any) -> None:
    """Other spellings of a namespace become the one in `NAMES`, so that rules need know one."""
    for element in root.iter(etree.Element):
        space, mark, local = element.tag[1:].partition("}")
        if mark and space not in NAMES.values():
            known = _OTHER_SPELLINGS.get(space.lower())
            element.tag = f"{{{known}}}{local}" if known else element.tag


def text(place: Any, tag: str) -> str | None:
    """The stripped text of the first element called `tag` (`itunes:author`); None without one."""
    found = place.find(tag, NAMES)
    return None if found is None else (found.text or "").strip()


def every(place: Any, tag: str) -> list[Any]:
    """The elements called `tag` right inside a place."""
    return list(place.findall(tag, NAMES))


def error(place: Any, what: str, remedy: str) -> Fault:
    """A fault that breaks the feed for everybody."""
    return _fault(Level.ERROR, place, what, remedy)


def warning(place: Any, what: str, remedy: str) -> Fault:
    """A fault that some app or directory will punish."""
    return _fault(Level.WARNING, place, what, remedy)


def notice(place: Any, what: str, remedy: str) -> Fault:
    """Something recommended that is not there."""
    return _fault(Level.NOTICE, place, what, remedy)


def _fault(level: Level, place: Any, what: str, remedy: str) -> Fault:
    if place.tag != "item":
        return Fault(level, "the channel", what, remedy)
    guid = place.find("guid")
    return Fault(
        level,
        f"item “{text(place, 'title') or 'without a title'}”",
        what,
        remedy,
        None if guid is None else guid.text,
    )
