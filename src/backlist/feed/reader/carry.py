"""What a feed says and no key of a record holds: kept as XML, and published again as it came.

A kept element is one text, `<podcast:chat server="irc.example"/>`. Prefixes of `vocabulary` need
no declaration, any other brings its `xmlns:` along. Where a text only repeats what a key says, the
element is kept without it, and the writer fills it from the key: an edit of the key changes both.
"""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from lxml import etree

from backlist.feed.reader import xml
from backlist.feed.reader.fields import Fields
from backlist.feed.reader.text import clean, shorten
from backlist.feed.vocabulary import (
    ITUNES,
    NAMESPACES,
    PODCAST,
    RSS,
    Name,
    is_of_document,
    tag,
)

Element = Any
Repeats = Callable[[Name, str], bool]
"""Whether the text of an element of that name says only what a key of the record says."""

_CONTACTS = {"author": "dc:creator", "managingEditor": "dc:creator", "webMaster": "dc:publisher"}
_NUMBERS = {(ITUNES, "season"): "podcast:season", (ITUNES, "episode"): "podcast:episode"}
_LONGEST = {(ITUNES, "subtitle"): 255, (ITUNES, "keywords"): 255, (ITUNES, "summary"): 4000}
"""Characters that Apple, and with it the W3C validator, lets a text have."""


def carry(fields: Fields, modelled: frozenset[Name], repeats: Repeats) -> tuple[str, ...]:
    """The children of a channel or an item that no key of a record holds, each as its XML.

    `modelled` are the names that keys hold; an element of such a name is kept where no key could
    take it (`fields.unread`).
    """
    found = (
        _as_published(element, name, fields, repeats)
        for element in fields.element
        for name in [xml.name_of(element)]
        if is_of_show(element, name, fields.element)
        and (name not in modelled or element in fields.unread)
    )
    return tuple(dict.fromkeys(text for text in map(_write, found) if text))


def is_of_show(element: Element, name: Name, place: Element) -> bool:
    """Whether an element says something of the show or episode: not empty, not of the document."""
    in_channel = xml.name_of(place) != (RSS, "item")
    values = (element.text or "", *element.values())
    says = len(element) or any(value.strip() for value in values)
    return bool(name[1] and says and name != (RSS, "item")) and not is_of_document(
        name, xml.attributes(element), in_channel=in_channel
    )


def _write(made: Element) -> str:
    """The XML of an element; none for one that says nothing besides what is published anyway."""
    if made.tag in _PUBLISHED_ANYWAY and not made.items() and not made.text:
        return ""
    start, end, rest = str(etree.tostring(made, encoding="unicode")).partition(">")
    for prefix, address in NAMESPACES.items():
        start = start.replace(f' xmlns:{prefix}="{address}"', "")
    return start + end + rest


_PUBLISHED_ANYWAY = frozenset(map(tag, [*_NUMBERS.values(), "category"]))


def _as_published(element: Element, name: Name, fields: Fields, repeats: Repeats) -> Element:
    """A copy in our prefixes; shapes that no validator takes are written as they are meant.

    RSS 2.0 wants an e-mail address in `author`, `managingEditor` and `webMaster`: a name alone
    goes into the element of Dublin Core that means the same. An item has one enclosure, so another
    is a `podcast:alternateEnclosure`; `itunes:block` is yes or no; only `podcast:episode` may be 0
    or 1.5.
    """
    if name == (RSS, "enclosure"):
        return _alternate(element)
    made = _copy(element, fields)
    words = fields.one_line(xml.text_of(element))
    if name[0] == RSS and name[1] in _CONTACTS and "@" not in words:
        made = _renamed(made, _CONTACTS[name[1]])
    elif name in _NUMBERS:
        made = _renamed(made, _NUMBERS[name])
    elif name == (ITUNES, "block"):
        made.text = "Yes" if words.lower() in ("yes", "true") else "no"
    is_label = name == (RSS, "category") and made.items()
    if not len(made) and words and not is_label and repeats(name, words):
        made.text = None
    elif len(words) > _LONGEST.get(name, len(words)):
        made.text = shorten(words, _LONGEST[name])
    return made


def _renamed(made: Element, name: str) -> Element:
    prefix = name.partition(":")[0]
    other = etree.Element(tag(name), dict(made.items()), nsmap={prefix: NAMESPACES[prefix]})
    other.text = made.text
    return other


def _alternate(enclosure: Element) -> Element:
    said = {key: value.strip() for key, value in xml.attributes(enclosure).items()}
    known = {key: said[key] for key in ("type", "length") if said.get(key)}
    spaces = {PODCAST: NAMESPACES[PODCAST]}
    made = etree.Element(tag("podcast:alternateEnclosure"), known, nsmap=spaces)
    etree.SubElement(made, tag("podcast:source"), uri=said.get("url", ""))
    etree.indent(made)
    return made


def _copy(element: Element, fields: Fields) -> Element:
    """An element with all that is in it, under canonical addresses and our prefixes."""
    made = etree.Element(
        _tag(element), _attributes(element, fields), nsmap=_spaces(element) or None
    )
    _fill(made, element, fields)
    if len(made):
        etree.indent(made)
    return made


def _fill(made: Element, element: Element, fields: Fields) -> None:
    if xml.is_markup(element) or not any(isinstance(each.tag, str) for each in element):
        words = clean(xml.text_of(element), fields.where, fields.problems).strip()
        # Markup is read more easily than its escapes.
        made.text = etree.CDATA(words) if "<" in words and "]]>" not in words else words or None
        return
    made.text = (element.text or "").strip() or None
    for child in element:
        if isinstance(child.tag, str):
            below = etree.SubElement(made, _tag(child), _attributes(child, fields))
            _fill(below, child, fields)
            below.tail = (child.tail or "").strip() or None


def _attributes(element: Element, fields: Fields) -> dict[str, str]:
    return {
        str(key): clean(str(value), fields.where, fields.problems).strip()
        for key, value in element.items()
    }


def _spaces(element: Element) -> dict[str, str]:
    """Prefix → address of every namespace inside, ours as `vocabulary` spells them."""
    used: dict[str, str] = {}
    for each in element.iter():
        if isinstance(each.tag, str) and (address := _address(each)):
            prefix = xml.name_of(each)[0]
            used[prefix if prefix in NAMESPACES else each.prefix or "ns"] = address
    return used


def _address(element: Element) -> str:
    prefix = xml.name_of(element)[0]
    if prefix in NAMESPACES:
        return NAMESPACES[prefix]
    space = str(element.tag).rpartition("}")[0]
    return space[1:].strip() if prefix else ""


def _tag(element: Element) -> str:
    address, local = _address(element), xml.name_of(element)[1]
    return f"{{{address}}}{local}" if address else local


def bare_words(text: str) -> str:
    """The letters and digits of a text that may be HTML, to compare what two texts say."""
    words = unescape(re.sub(r"<[^<>]*>", " ", text))
    return "".join(filter(str.isalnum, words.casefold()))
