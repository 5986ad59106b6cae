"""Elements that a record or the settings hold as XML (`feed_elements`), on their way into a feed.

An element of `ITEM_TEXTS` or `CHANNEL_TEXTS` that has no text of its own is filled from the keys.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from backlist.feed.reader.text import shorten
from backlist.feed.vocabulary import tag
from backlist.feed.writer.elements import parse_element
from backlist.feed.writer.facts import ItemFacts
from backlist.feed.writer.notes import ItemNotes
from backlist.feed.writer.truncate import parse_html
from backlist.model import Show

SUBTITLE, SUMMARY = 255, 4000
"""Characters an `itunes:subtitle` and an `itunes:summary` may have (Apple)."""


def _plain(notes: ItemNotes, most: int) -> str:
    tree = parse_html(notes.content.rpartition("<p>")[0])
    return shorten(" ".join(" ".join(tree.itertext()).split()), most)


ItemText = Callable[[ItemFacts, ItemNotes], str | None]

ITEM_TEXTS: Mapping[str, ItemText] = {
    tag("itunes:summary"): lambda facts, notes: (
        _plain(notes, SUMMARY) if facts.summary_in_notes else shorten(facts.summary, SUMMARY)
    ),
    tag("itunes:subtitle"): lambda facts, notes: (
        shorten(" ".join(facts.summary.split()), SUBTITLE) or _plain(notes, SUBTITLE)
    ),
    tag("itunes:title"): lambda facts, _: facts.episode.title,
    tag("itunes:author"): lambda facts, _: facts.author,
    tag("itunes:keywords"): lambda facts, _: shorten(", ".join(facts.episode.topics), SUBTITLE),
    tag("podcast:season"): lambda facts, _: _number(facts.episode.season),
    tag("podcast:episode"): lambda facts, _: _number(facts.episode.number),
}

CHANNEL_TEXTS: Mapping[str, Callable[[Show], str]] = {
    tag("itunes:summary"): lambda show: shorten(show.description, SUMMARY),
    tag("itunes:subtitle"): lambda show: shorten(show.description, SUBTITLE),
}


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def item_elements(facts: ItemFacts, notes: ItemNotes) -> list[Any]:
    """What an episode's `feed_elements` say."""
    return list(_filled(facts.episode.feed_elements, ITEM_TEXTS, facts, notes))


def channel_elements(show: Show) -> list[Any]:
    """What the show's `feed_elements` say."""
    return list(_filled(show.feed_elements, CHANNEL_TEXTS, show))


def _filled(
    texts: Iterable[str], fillers: Mapping[str, Callable[..., str | None]], *known: object
) -> Iterator[Any]:
    for text in texts:
        element = parse_element(text)
        fill = fillers.get(element.tag)
        if fill is not None and not len(element) and not (element.text or "").strip():
            words = fill(*known)
            if not words:
                continue
            element.text = words
        yield _without_tail(element)


def _without_tail(element: Any) -> Any:
    element.tail = None
    etree.cleanup_namespaces(element)
    return element
