"""Elements feedgen has no method for, or refuses: itunes:explicit, the podcast namespace.

feedgen 1.0.0 takes them through its public `register_extension`; they are written in the order
in which they were added.
"""

import re
from collections.abc import Iterable
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from backlist import urls
from backlist.feed.vocabulary import NAMESPACES, PODCAST, tag, without_control

_DECLARED = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
_ADDRESSES = frozenset({"url", "href", "img", "image"})
_PREFIX = re.compile(r"</?([\w.-]+):")


def true_or_false(value: bool) -> str:
    """`true` or `false`, the only spellings of itunes:explicit (Apple, "A Podcaster's Guide")."""
    return "true" if value else "false"


def make_element(name: str, text: str | None = None, /, **attributes: str | None) -> Any:
    """An element by its name (`podcast:person`); attributes that are None are left out.

    An address goes out in ASCII, as XML readers take it for a URI.
    """
    given = {key: without_control(value) for key, value in attributes.items() if value is not None}
    given |= {key: urls.escaped(given[key]) for key in _ADDRESSES & given.keys()}
    element = etree.Element(tag(name), given)
    element.text = None if text is None else without_control(text)
    return element


def parse_element(text: str) -> Any:
    """The element of a text in `feed_elements`, which `model` has found well-formed."""
    parser = etree.XMLParser(strip_cdata=False, resolve_entities=False, huge_tree=True)
    return etree.fromstring(f"<x{_DECLARED}>{without_control(text)}</x>", parser)[0]


def prefixes(elements: Iterable[str]) -> set[str]:
    """The prefixes of `vocabulary` in use among texts of `feed_elements`."""
    return {found for text in elements for found in _PREFIX.findall(text)} & NAMESPACES.keys()


class _Extra:
    """Elements that wait to be written into a channel or an item."""

    def __init__(self) -> None:
        self.elements: list[Any] = []

    def add(self, name: str, text: str | None = None, /, **attributes: str | None) -> Any:
        """Add an element made by `make_element`. Gives it, to be put into."""
        element = make_element(name, text, **attributes)
        self.elements.append(element)
        return element


class _ChannelExtra(_Extra, BaseExtension):  # type: ignore[misc]
    """Extra elements of the channel.

    `spaces` are the prefixes that the feed declares; `undated` leaves the build date out, which
    feedgen would otherwise take from the clock.
    """

    spaces: Iterable[str] = (PODCAST,)
    undated = False

    def extend_ns(self) -> dict[str, str]:
        return {name: NAMESPACES[name] for name in sorted({PODCAST, *self.spaces})}

    def extend_rss(self, rss: Any) -> Any:
        rss[0].extend(self.elements)
        if self.undated:
            rss[0].remove(rss[0].find("lastBuildDate"))
        return rss


class _ItemExtra(_Extra, BaseEntryExtension):  # type: ignore[misc]
    """Extra elements of an item, and the description as CDATA, which PSP-1 asks for with HTML."""

    def extend_rss(self, item: Any) -> Any:
        description = item.find("description")
        if description is not None and "]]>" not in (description.text or ""):
            description.text = etree.CDATA(description.text or "")
        item.extend(self.elements)
        return item


def empty_feed() -> FeedGenerator:
    """A feed of feedgen's with the itunes tags it knows and ours beside them as `extra`."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.register_extension("extra", _ChannelExtra, _ItemExtra)
    return feed
