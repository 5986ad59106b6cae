"""HTML of unknown origin: its lines with every link's address, and the words alone.

Addresses are read from the parsed tree, never from text whose tags were stripped.
"""

import re
from dataclasses import dataclass
from typing import Any

from backlist.importers.links import make_absolute
from backlist.importers.markup_clean import BLOCKS, NEVER, SHOWN_AS_WORDS, TAGS, read_tree
from backlist.importers.markup_lists import number_items
from backlist.importers.markup_media import NO_MEDIA, Media, settle_media
from backlist.urls import decode_entities

Element = Any
Range = tuple[int, int]

_LINES = {"li", "tr"}
_ALONE = re.compile(
    r"<(?:br|hr|p|li|div|ul|ol)\s*/?>|<(?:img|p|div|iframe|embed)\s+[\w-]+\s*=|<a\s+href\s*=",
    re.IGNORECASE,
)
_OPENED = re.compile(
    rf"<({'|'.join(sorted(TAGS | NEVER | SHOWN_AS_WORDS))})(?:\s+[\w:-]+\s*=[^<>]*)?>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</([a-z0-9]+)", re.IGNORECASE)
_CODE = ("code", "kbd", "samp", "tt")


def has_tags(text: str) -> bool:
    """Whether text is HTML: it holds real tags, not just `a<b` or `Vec<T>`."""
    if _ALONE.search(text):
        return True
    closed = {tag.lower() for tag in _CLOSED.findall(text)}
    return any(tag.lower() in closed for tag in _OPENED.findall(text))


@dataclass(frozen=True, slots=True)
class _Run:
    """A text node's place in the linear text: `slot` is `text` or `tail` of `element`."""

    start: int
    element: Element
    slot: str
    text: str


@dataclass(frozen=True, slots=True)
class Linear:
    """An HTML tree and its text in lines, addresses written after the words that link to them.

    `odd` are the links that were no whole addresses, `twice` words that were encoded twice,
    `media` what frames, players and lazy pictures became.
    """

    tree: Element
    text: str
    runs: tuple[_Run, ...]
    odd: tuple[str, ...] = ()
    twice: str = ""
    media: Media = NO_MEDIA


def linearise(html: str, base: str | None = None) -> Linear:
    """Clean HTML (scripts and tracking pixels gone, frames as links) and its lines.

    Relative links start from `base`; without it they lose their address.
    """
    tree = read_tree(html)
    media = settle_media(tree)
    odd = make_absolute(tree, base)
    twice = _settle_words(tree)
    number_items(tree)
    spell_addresses(tree)
    writer = _LineWriter()
    writer.write(tree)
    return Linear(tree, "".join(writer.parts), tuple(writer.runs), odd, twice, media)


def _settle_words(tree: Element) -> str:
    """Collapse white space, and decode what was encoded twice; the first such place as it was.

    Code stays as it stands: there an entity may be meant.
    """
    kept = {inside for element in tree.iter("pre") for inside in element.iter()}
    code = kept.union(inside for element in tree.iter(*_CODE) for inside in element.iter())
    twice = ""
    for element in tree.iter():
        for slot, owner in (("text", element), ("tail", element.getparent())):
            said = getattr(element, slot)
            if not said or owner in kept:
                continue
            said = re.sub(r"[ \t\n\r\f]+", " ", said)
            said = said.lstrip(" ") if slot == "tail" and element.tag == "br" else said
            words = said if owner in code else decode_entities(said)
            twice = twice or (said if words != said else "")
            setattr(element, slot, words)
    return twice


class _LineWriter:
    """Writes a tree as lines, noting where each text node went."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.runs: list[_Run] = []
        self.length = 0

    def write(self, element: Element) -> None:
        gap = _gap(element)
        self._break(gap)
        if element.tag == "li":
            self._add(_number_of(element))
        self._text(element, "text")
        for child in element:
            self.write(child)
            self._text(child, "tail")
        if element.tag == "a":
            self._add(_address_after(element))
        self._break("" if element.tag == "br" else gap)

    def _text(self, element: Element, slot: str) -> None:
        text = getattr(element, slot) or ""
        if text:
            self.runs.append(_Run(self.length, element, slot, text))
            self._add(text)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _break(self, gap: str) -> None:
        if gap and self.length:
            self._add(gap)


def _gap(element: Element) -> str:
    if element.tag in BLOCKS:
        return "\n\n"
    return "\n" if element.tag in _LINES or element.tag == "br" else ""


def _number_of(item: Element) -> str:
    number = item.get("value")
    return "" if not number or re.match(r"\s*\d+\.\s", item.text_content()) else f"{number}. "


def _address_after(anchor: Element) -> str:
    """What the words of a link leave out: its address, unless they spell addresses themselves."""
    href = (anchor.get("href") or "").strip()
    words = anchor.text_content()
    if not re.match(r"https?://", href) or re.search(r"https?://", words):
        return ""
    return f" {href} "


def spell_addresses(tree: Element) -> None:
    """Give links whose words are an address (often shortened) their whole address as words."""
    for anchor in tree.iter("a"):
        href = (anchor.get("href") or "").strip()
        words = (anchor.text or "").strip()
        if len(anchor) == 0 and re.fullmatch(r"https?://\S+", words) and href.startswith("http"):
            anchor.text = href


def cut(linear: Linear, ranges: list[Range]) -> None:
    """Take ranges of the linear text out of the tree, and the elements this leaves empty."""
    if not ranges:
        return
    gone = bytearray(len(linear.text))
    for start, end in ranges:
        gone[start:end] = b"\1" * (end - start)
    for run in linear.runs:
        end = run.start + len(run.text)
        if any(gone[run.start : end]):
            kept = (char for place, char in enumerate(run.text, run.start) if not gone[place])
            setattr(run.element, run.slot, "".join(kept))
    _drop_empty(linear.tree)


def _drop_empty(tree: Element) -> None:
    for element in reversed(list(tree.iterdescendants())):
        if element.tag in ("br", "hr", "img", "td", "th") or element.find(".//img") is not None:
            continue
        if not element.text_content().strip():
            element.drop_tree()


def plain(text: str) -> str:
    """The words of text that may be HTML, on one line."""
    if not has_tags(text):
        return " ".join(decode_entities(text).split())
    tree = linearise(text).tree
    for element in tree.iter():
        if _gap(element):
            element.tail = " " + (element.tail or "")
    return " ".join(tree.text_content().split())
