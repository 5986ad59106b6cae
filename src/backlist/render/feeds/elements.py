"""Elements feedgen has no method for, or refuses: itunes:explicit, the podcast namespace.

feedgen 1.0.0 takes them through its public `register_extension`; they are written in the order
in which they were added.
"""

import re
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Text without the characters XML 1.0 cannot hold (section 2.2)."""
    return _CONTROL.sub("", text)


def yes(value: bool) -> str:
    """`true` or `false`, the only spellings of itunes:explicit (Apple, "A Podcaster's Guide")."""
    return "true" if value else "false"


class _Extra:
    """Elements that wait to be written into a channel or an item."""

    def __init__(self) -> None:
        self.elements: list[Any] = []

    def add(self, tag: str, text: str | None = None, /, **attributes: str | None) -> Any:
        """Add an element; attributes that are None are left out. Gives it, to be put into."""
        given = {name: clean(value) for name, value in attributes.items() if value is not None}
        element = etree.Element(tag, given)
        element.text = None if text is None else clean(text)
        self.elements.append(element)
        return element

    def append_to(self, parent: Any) -> None:
        parent.extend(self.elements)


class _FeedExtra(_Extra, BaseExtension):  # type: ignore[misc]
    """Extra elements of the channel; `paged` declares the namespace of RFC 5005 as well."""

    paged = False

    def extend_ns(self) -> dict[str, str]:
        spaces = {"podcast": PODCAST.strip("{}")}
        return {**spaces, "fh": HISTORY.strip("{}")} if self.paged else spaces

    def extend_rss(self, rss: Any) -> Any:
        self.append_to(rss[0])
        return rss


class _EntryExtra(_Extra, BaseEntryExtension):  # type: ignore[misc]
    """Extra elements of an item, and the description as CDATA, which PSP-1 asks for with HTML."""

    def extend_rss(self, item: Any) -> Any:
        description = item.find("description")
        if description is not None and "]]>" not in (description.text or ""):
            description.text = etree.CDATA(description.text or "")
        self.append_to(item)
        return item


def empty_feed() -> FeedGenerator:
    """A feed of feedgen's with the itunes tags it knows and ours beside them as `extra`."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.register_extension("extra", _FeedExtra, _EntryExtra)
    return feed
