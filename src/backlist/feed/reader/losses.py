"""What one feed says and another, made from it, does not: items and elements, counted by name.

An element counts by its path in channel or item, `podcast:value/podcast:valueRecipient`, and once
where a place says the same twice. Elements without text, value and child say nothing, and what a
channel says of its own document (`vocabulary.OF_DOCUMENT`) is every feed's own: neither is counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from backlist.feed.apple import category_today
from backlist.feed.reader import xml
from backlist.feed.reader.carry import bare_words, is_of_show
from backlist.feed.reader.fields import find_categories
from backlist.feed.reader.text import shorten
from backlist.feed.vocabulary import ITUNES
from backlist.problems import Problems, Where

Element = Any

_OTHER_NAMES = {
    "author": "dc:creator",
    "managingEditor": "dc:creator",
    "webMaster": "dc:publisher",
    "enclosure": "podcast:alternateEnclosure",
    "itunes:season": "podcast:season",
    "itunes:episode": "podcast:episode",
}
"""What an element is published as where its own name would be wrong (`carry`)."""

_EXAMPLE = 160
_BEGINNINGS = (40, 20, 10)
"""Characters by which notes are known, where an item has nothing better."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Elements of one path in channel or item (`place`) that are not in the other feed.

    `example` is the XML of the first of them, at `where`; the feed has `of` of them in all.
    """

    path: str
    place: str
    count: int
    of: int
    example: str
    where: Where


@dataclass(frozen=True, slots=True)
class Losses:
    """How many items and elements a feed has, and what of them is lost.

    `lost` are those of the channel and of items that are not lost whole.
    """

    items: int
    elements: int
    lost_items: tuple[tuple[str, Where], ...]
    lost: tuple[Loss, ...]
    in_lost_items: int = 0

    @property
    def lost_elements(self) -> int:
        """How many elements are lost, those of lost items included."""
        return self.in_lost_items + sum(loss.count for loss in self.lost)


@dataclass(frozen=True, slots=True)
class _Feed:
    channel: Element
    items: Sequence[Element]


def report_losses(
    data: bytes, file: str, published: Iterable[bytes], problems: Problems
) -> str | None:
    """Report what a downloaded feed says and ours does not; the counts in a sentence.

    `published` are the documents of our feed. None when the download cannot be read, which
    whoever compares its items has reported.
    """
    source, skipped = xml.parse(data, file, Problems())
    if source is None:
        return None
    ours = [root for each in published if (root := xml.parse(each, "", Problems())[0]) is not None]
    found = find_losses(source, ours, file, skipped)
    for loss in found.lost:
        key, place = "`show.feed_elements`", "channel"
        if loss.place == "item":
            key, place = "the episode's `feed_elements`", "items"
        problems.warning(
            loss.where,
            f"`{loss.path}` is not in the published feed: {loss.count} of {loss.of} in the {place}"
            f", such as {loss.example}",
            f"write it under {key}, or import the feed again",
        )
    return (
        f"{file}: {found.items} items in, {found.items - len(found.lost_items)} out; "
        f"{found.elements} elements in, {found.elements - found.lost_elements} out"
    )


def find_losses(source: Element, published: Iterable[Element], file: str, skipped: int) -> Losses:
    """What the feed `source` says and the `published` documents of one feed do not.

    All are root elements; `file` and `skipped`, the lines before it, name places of the source.
    """
    documents = list(published)
    ours = _read(source)
    pairs = [("channel", ours.channel, _read(documents[0]).channel)]
    pairs += [("item", *pair) for pair in pair_items(source, documents)]
    whole = 0
    counted: Counter[tuple[str, str]] = Counter()
    lost: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Element] = {}
    for place, element, other in pairs:
        found = _elements(element)
        if other is None:
            whole += sum(map(len, found.values()))
            continue
        counted.update({(place, path): len(each) for path, each in found.items()})
        for path, number, example in _missing(found, _elements(other)):
            lost[place, path] += number
            first.setdefault((place, path), example)

    return Losses(
        items=len(ours.items),
        elements=whole + sum(counted.values()),
        lost_items=tuple(
            (_title(item), _where(item, file, skipped)) for _, item, other in pairs if other is None
        ),
        lost=tuple(
            Loss(
                path,
                place,
                count,
                counted[place, path],
                _example(element),
                _where(element, file, skipped),
            )
            for (place, path), count in lost.most_common()
            for element in [first[place, path]]
        ),
        in_lost_items=whole,
    )


def pair_items(
    source: Element, published: Iterable[Element]
) -> Iterator[tuple[Element, Element | None]]:
    """Each item of a feed with the same one of the `published` documents, by guid, sound, title."""
    index = _index(item for root in published for item in _read(root).items)
    return ((item, _find(item, index)) for item in _read(source).items)


def _where(element: Element, file: str, skipped: int) -> Where:
    return Where(file, (element.sourceline or 0) + skipped)


def _read(root: Element) -> _Feed:
    channel = next((each for each in root.iter() if xml.name_of(each) == ("", "channel")), root)
    return _Feed(channel, list(xml.find_items(root)))


_Elements = dict[str, dict[tuple[str, ...], Element]]


def _elements(place: Element) -> _Elements:
    """Every element of a channel or an item that counts, by its path and by what it says."""
    found: _Elements = {}
    for path, element in _walk(place):
        words = " ".join((element.text or "").split())
        said = (words, *(f"{key}={value.strip()}" for key, value in sorted(element.items())))
        found.setdefault(path, {}).setdefault(said, element)
    for name, element in find_categories(place):
        # Counted under today's names: an old subcategory may have become a category.
        today = category_today(name)
        for each in (today.partition(" > ")[0], today):
            found.setdefault("itunes:category", {}).setdefault((each,), element)
    return found


def _walk(place: Element) -> Iterator[tuple[str, Element]]:
    for element in place:
        name = xml.name_of(element)
        if is_of_show(element, name, place) and name != (ITUNES, "category"):
            yield from _inside(element, xml.label(element))


def _inside(element: Element, path: str) -> Iterator[tuple[str, Element]]:
    yield path, element
    if xml.is_markup(element) or xml.name_of(element) == ("", "image"):
        # An `image` repeats cover, title and page: every feed has its own.
        return
    for child in element:
        if isinstance(child.tag, str) and xml.name_of(child) != ("", "item"):
            yield from _inside(child, f"{path}/{xml.label(child)}")


def _missing(found: _Elements, others: _Elements) -> Iterator[tuple[str, int, Element]]:
    """Path, number and an example of what the others lack."""
    spare = {path: len(each) - len(found.get(path, ())) for path, each in others.items()}
    for path, each in found.items():
        number = len(each) - len(others.get(path, ()))
        other = _OTHER_NAMES.get(path, "")
        if number > 0 and spare.get(other, 0) > 0:
            taken = min(number, spare[other])
            spare[other] -= taken
            number -= taken
        if number > 0:
            known = others.get(path, {})
            lacking = (element for said, element in each.items() if said not in known)
            yield path, number, next(lacking, next(iter(each.values())))


def _keys(item: Element) -> list[tuple[str, str]]:
    """What an item is known by, the strongest first."""
    children = xml.children(item)
    guid = next((xml.text_of(each) for each in children.get(("", "guid"), ())), "")
    sounds = [xml.attributes(each).get("url", "") for each in children.get(("", "enclosure"), ())]
    notes = next((xml.text_of(each) for each in children.get(("", "description"), ())), "")
    keys = [("guid", guid or next(iter(sounds), "")), *(("sound", sound) for sound in sounds)]
    words = bare_words(notes)
    keys += [("title", _title(item))]
    keys += [("notes", words[:size]) for size in _BEGINNINGS if len(words) >= size]
    return [(kind, key.strip()) for kind, key in keys if key.strip()]


def _index(items: Iterable[Element]) -> dict[tuple[str, str], Element]:
    found: dict[tuple[str, str], Element] = {}
    for item in items:
        for key in _keys(item):
            found.setdefault(key, item)
    return found


def _find(item: Element, index: Mapping[tuple[str, str], Element]) -> Element | None:
    return next((index[key] for key in _keys(item) if key in index), None)


def _title(item: Element) -> str:
    found = xml.children(item).get(("", "title"), ())
    return " ".join(xml.text_of(found[0]).split()) if found else ""


def _example(element: Element) -> str:
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    text = re.sub(r' xmlns(:[\w.-]+)?="[^"]*"', "", text)
    return shorten(" ".join(text.split()), _EXAMPLE)
