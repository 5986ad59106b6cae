"""The names of a feed's elements: by namespace address and local name, never by prefix.

Feeds use `ns0:` for iTunes, write its address in capitals, and put a default namespace on
`<rss>`. What no reader here knows is named as the feed itself names it.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

Element = Any
Name = tuple[str, str]

ITUNES = "itunes"
PODCAST = "podcast"
CONTENT = "content"
ATOM = "atom"
PSC = "psc"

_SPACES = {
    "itunes.com/dtds/podcast-1.0.dtd": ITUNES,
    "podcastindex.org/namespace/1.0": PODCAST,
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": PODCAST,
    "purl.org/rss/1.0/modules/content": CONTENT,
    "w3.org/2005/atom": ATOM,
    "podlove.org/simple-chapters": PSC,
    "google.com/schemas/play-podcasts/1.0": "googleplay",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/rss/1.0/modules/slash": "slash",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "rssboard.org/media-rss": "media",
    "search.yahoo.com/mrss": "media",
    "wellformedweb.org/commentapi": "wfw",
}
_XHTML = "http://www.w3.org/1999/xhtml"

# What the readers make something of, and what only repeats it or keeps house.
_IN_BOTH: frozenset[Name] = frozenset(
    [
        *(("", name) for name in ("title", "link", "description", "item", "pubDate")),
        *((ITUNES, name) for name in ("title", "subtitle", "summary", "image", "explicit")),
        *((PODCAST, name) for name in ("person", "license", "location", "image")),
        (CONTENT, "encoded"),
        (ITUNES, "author"),
    ]
)
IN_ITEM: frozenset[Name] = _IN_BOTH | {
    *(("", name) for name in ("guid", "enclosure")),
    *((ITUNES, name) for name in ("duration", "season", "episode", "episodeType")),
    *((PODCAST, name) for name in ("transcript", "chapters", "soundbite", "season", "episode")),
    (PSC, "chapters"),
}
"""The children of an item that a record shows."""

IN_CHANNEL: frozenset[Name] = _IN_BOTH | {
    *(("", name) for name in ("language", "copyright", "image", "managingEditor")),
    *(("", name) for name in ("lastBuildDate", "generator", "docs", "ttl")),
    *((ITUNES, name) for name in ("owner", "category", "type", "block", "complete")),
    *((PODCAST, name) for name in ("guid", "locked", "funding", "medium", "value", "txt")),
    *((PODCAST, name) for name in ("block", "complete")),
    (ATOM, "link"),
}
"""The children of a channel that the settings show."""


def name_of(element: Element) -> Name:
    """An element's namespace, as a known short name or an address, and its local name."""
    if not isinstance(element.tag, str):
        return "", ""
    space, _, local = element.tag.rpartition("}")
    space = space.lstrip("{").strip()
    short = _SPACES.get(_bare(space), "") if space else ""
    if not short and space and space != _rss_space(element):
        return space, local
    if not space and ":" in local:
        # An undeclared prefix survives recovery as part of the name.
        prefix, _, local = local.partition(":")
        return prefix.lower(), local
    return short, local


def _bare(space: str) -> str:
    """A namespace's address in the one spelling looked for: no scheme, case, `www.` or `/`."""
    return re.sub(r"^https?://(?:www\.)?", "", space.lower()).rstrip("/")


def _rss_space(element: Element) -> str:
    root = element.getroottree().getroot()
    space: str = root.tag.rpartition("}")[0].lstrip("{") if isinstance(root.tag, str) else ""
    return space


def label(element: Element) -> str:
    """An element's name for people: `podcast:person`, an unknown one as the feed spells it."""
    space, local = name_of(element)
    if "/" in space or ":" in space:
        space = element.prefix or space
    return f"{space}:{local}" if space else local


def is_markup(element: Element) -> bool:
    """Whether the elements inside are HTML that the feed forgot to escape."""
    inside = [each for each in element.iterdescendants() if isinstance(each.tag, str)]
    return bool(inside) and all(name_of(each)[0] in ("", _XHTML) for each in inside)


def count_unknown(elements: Iterable[Element], known: frozenset[Name]) -> Counter[str]:
    """How often each child that is not `known` stands in the elements, by its label."""
    return Counter(
        label(child)
        for element in elements
        for child in element
        if isinstance(child.tag, str) and name_of(child) not in known
    )
