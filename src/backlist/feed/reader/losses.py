"""What one feed says and another, made from it, does not: items and elements, counted by name.

An element counts by its path in channel or item, `podcast:value/podcast:valueRecipient`, and once
where a place says the same twice. Elements without text, value and child say nothing, and what a
channel says of its own document (`vocabulary.OF_DOCUMENT`) is every feed's own: neither is counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from backlist.feed.reader import xml
from backlist.feed.reader.carry import is_of_show
from backlist.feed.reader.text import shorten
from backlist.problems import Where

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
    """How many items and elements a feed has, and what of them is lost."""

    items: int
    elements: int
    lost_items: tuple[tuple[str, Where], ...]
    lost: tuple[Loss, ...]

    @property
    def lost_elements(self) -> int:
        """How many elements are lost, those of lost items included."""
        return sum(loss.count for loss in self.lost)


@dataclass(frozen=True, slots=True)
class _Feed:
    channel: Element
    items: Sequence[Element]


def find_losses(source: Element, published: Iterable[Element], file: str, skipped: int) -> Losses:
    """What the feed `source` says and the `published` documents of one feed do not.

    All are root elements; `file` and `skipped`, the lines before it, name places of the source.
    """
    ours, documents = _read(source), [_read(root) for root in published]
    index = _index(item for each in documents for item in each.items)
    pairs = [("channel", ours.channel, documents[0].channel)]
    pairs += [("item", item, _find(item, index)) for item in ours.items]
    counted: Counter[tuple[str, str]] = Counter()
    lost: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Element] = {}
    for place, element, other in pairs:
        found = _elements(element)
        counted.update({(place, path): len(each) for path, each in found.items()})
        for path, number in _missing(found, _elements(other) if other is not None else {}):
            lost[place, path] += number
            first.setdefault((place, path), found[path][0])

    return Losses(
        items=len(ours.items),
        elements=sum(counted.values()),
        lost_items=tuple(
            (_title(item), _where(item, file, skipped))
            for _, item, other in pairs
            if other is None
        ),
        lost=tuple(
            Loss(path, place, count, counted[place, path], _example(element), _where(element, file, skipped))
            for (place, path), count in lost.most_common()
            for element in [first[place, path]]
        ),
    )


def _where(element: Element, file: str, skipped: int) -> Where:
    return Where(file, (element.sourceline or 0) + skipped)


def _read(root: Element) -> _Feed:
    channel = next((each for each in root.iter() if xml.name_of(each) == ("", "channel")), root)
    return _Feed(channel, list(xml.find_items(root)))


def _elements(place: Element) -> dict[str, list[Element]]:
    """Every element of a channel or an item that counts, by its path."""
    found: dict[str, dict[tuple[str, ...], Element]] = {}
    for path, element in _walk(place):
        words = " ".join((element.text or "").split())
        said = (words, *(f"{key}={value.strip()}" for key, value in sorted(element.items())))
        found.setdefault(path, {}).setdefault(said, element)
    return {path: list(each.values()) for path, each in found.items()}


def _walk(place: Element) -> Iterator[tuple[str, Element]]:
    for element in place:
        name = xml.name_of(element)
        if is_of_show(element, name, place):
            yield from _inside(element, xml.label(element))


def _inside(element: Element, path: str) -> Iterator[tuple[str, Element]]:
    yield path, element
    if xml.is_markup(element):
        # Text, or RSS's own `image`, which every feed makes of its own cover and title.
        return
    for child in element:
        if isinstance(child.tag, str) and xml.name_of(child) != ("", "item"):
            yield from _inside(child, f"{path}/{xml.label(child)}")


def _missing(
    found: Mapping[str, list[Element]], others: Mapping[str, list[Element]]
) -> Iterator[tuple[str, int]]:
    spare = {path: len(each) - len(found.get(path, ())) for path, each in others.items()}
    for path, each in found.items():
        number = len(each) - len(others.get(path, ()))
        other = _OTHER_NAMES.get(path, "")
        if number > 0 and spare.get(other, 0) > 0:
            taken = min(number, spare[other])
            spare[other] -= taken
            number -= taken
        if number > 0:
            yield path, number


def _keys(item: Element) -> list[tuple[str, str]]:
    """What an item is known by, the strongest first."""
    children = xml.children(item)
    guid = next((xml.text_of(each) for each in children.get(("", "guid"), ())), "")
    sounds = [xml.attributes(each).get("url", "") for each in children.get(("", "enclosure"), ())]
    keys = [("guid", guid or next(iter(sounds), "")), *(("sound", sound) for sound in sounds)]
    return [(kind, key.strip()) for kind, key in keys if key.strip()]


def _index(items: Iterable[Element]) -> dict[tuple[str, str], Element]:
    found: dict[tuple[str, str], Element] = {}
    for item in items:
        for key in (*_keys(item), ("title", _title(item))):
            found.setdefault(key, item)
    return found


def _find(item: Element, index: Mapping[tuple[str, str], Element]) -> Element | None:
    keys = [*_keys(item), ("title", _title(item))]
    return next((index[key] for key in keys if key in index), None)


def _title(item: Element) -> str:
    found = xml.children(item).get(("", "title"), ())
    return " ".join(xml.text_of(found[0]).split()) if found else ""


def _example(element: Element) -> str:
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return shorten(" ".join(text.split()), _EXAMPLE)
