"""HTML of unknown origin: its lines with every link's address, and the way into Markdown.

Addresses are read from the parsed tree, never from text whose tags were stripped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nh3
from lxml import html as lxml_html
from lxml.etree import ParserError
from markdownify import ATX, BACKSLASH, MarkdownConverter

from backlist.content.markdown_text import escape_words, guard
from backlist.importers.links import make_absolute
from backlist.importers.markup_tidy import tidy

Element = Any
Range = tuple[int, int]

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li"),
    *("ol", "p", "pre", "q", "s", "section", "span", "strong", "sub", "sup", "table", "tbody"),
    *("td", "th", "thead", "tr", "tt", "u", "ul"),
}
_NEVER = {
    *("button", "form", "iframe", "noscript", "object", "script", "select", "style", "svg"),
    *("template", "textarea", "title", "video", "audio"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "width", "height", "style"}}
_BLOCKS = {
    *("blockquote", "div", "dd", "dl", "dt", "figure", "figcaption", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "ol", "p", "pre", "section", "table", "ul"),
}
_LINES = {"li", "tr"}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"<(?:br|hr|p|li|div|ul|ol)\s*/?>|<(?:img|p|div)\s+[\w-]+\s*=", re.IGNORECASE)
_OPENED = re.compile(
    r"<(?P<tag>a|abbr|b|blockquote|center|code|d[dlt]|del|div|em|figure|font|h[1-6]|i|kbd|li|ol|p"
    r"|pre|q|s|section|small|span|strong|sub|sup|table|t[dhr]|u|ul|script|style|iframe)(?:\s+[\w:-]+\s*=[^<>]*)?\s*>",
    re.IGNORECASE,
)


def has_tags(text: str) -> bool:
    """Whether text is HTML: it holds real tags, not just `a<b` or `Vec<T>`."""
    if _ALONE.search(text):
        return True
    lower = text.lower()
    return any(f"</{match['tag'].lower()}" in lower for match in _OPENED.finditer(text))


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

    `odd` are the links that were no whole addresses.
    """

    tree: Element
    text: str
    runs: tuple[_Run, ...]
    odd: tuple[str, ...] = ()


def linearise(html: str, base: str | None = None) -> Linear:
    """Clean HTML (scripts, frames and tracking pixels gone) and its lines.

    Relative links start from `base`; without it they lose their address.
    """
    safe = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_NEVER,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    try:
        tree = lxml_html.fragment_fromstring(safe, create_parent="div")
    except ParserError:
        tree = lxml_html.Element("div")
    for image in list(tree.iter("img")):
        if _is_pixel(image):
            image.drop_tree()
    odd = make_absolute(tree, base)
    _collapse_space(tree)
    spell_addresses(tree)
    writer = _LineWriter()
    writer.write(tree)
    return Linear(tree, "".join(writer.parts), tuple(writer.runs), odd)


def _is_pixel(image: Element) -> bool:
    sizes = [image.get("width", ""), image.get("height", "")]
    tiny = any(size.strip() in ("0", "1", "0px", "1px") for size in sizes)
    return tiny or not image.get("src") or _HIDDEN.search(image.get("style", "")) is not None


def _collapse_space(tree: Element) -> None:
    for element in tree.iter():
        if element.text and not _in_pre(element):
            element.text = re.sub(r"[ \t\n\r\f]+", " ", element.text)
        if element.tail and not _in_pre(element.getparent()):
            element.tail = re.sub(r"[ \t\n\r\f]+", " ", element.tail)


def _in_pre(element: Element) -> bool:
    return element is not None and (
        element.tag == "pre" or any(True for _ in element.iterancestors("pre"))
    )


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
    if element.tag in _BLOCKS:
        return "\n\n"
    return "\n" if element.tag in _LINES or element.tag == "br" else ""


def _number_of(item: Element) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or re.match(r"\s*\d+\.\s", item.text_content()):
        return ""
    return f"{1 + sum(1 for _ in item.itersiblings('li', preceding=True))}. "


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
    for run in linear.runs:
        kept = _without(run, ranges)
        if kept != run.text:
            setattr(run.element, run.slot, kept)
    if ranges:
        _drop_empty(linear.tree)


def _without(run: _Run, ranges: list[Range]) -> str:
    return "".join(
        char
        for place, char in enumerate(run.text, run.start)
        if not any(start <= place < end for start, end in ranges)
    )


def _drop_empty(tree: Element) -> None:
    for element in reversed(list(tree.iterdescendants())):
        if element.tag in ("br", "hr", "img", "td", "th") or element.find(".//img") is not None:
            continue
        if not element.text_content().strip():
            element.drop_tree()


class _Converter(MarkdownConverter):
    """Markdownify, with addresses in angle brackets where parentheses would end them early."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_words(text)

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        written = str(super().process_text(el, parent_tags))  # type: ignore[misc]
        following = getattr(el.next_sibling, "name", None)
        return guard(written) if following == "a" else written

    def convert_a(self, element: Any, text: str, parent_tags: set[str]) -> str:
        href = element.get("href") or ""
        if text.strip() and re.search(r"[()\s<>]", href):
            element["href"] = "<" + re.sub(r"[<>]", lambda m: f"\\{m[0]}", href.strip()) + ">"
        written: str = super().convert_a(element, text, parent_tags)  # type: ignore[misc]
        return written


def to_markdown(tree: Element) -> str:
    """Markdown of a cleaned tree, which is reshaped for it."""
    tidy(tree)
    html = lxml_html.tostring(tree, encoding="unicode", with_tail=False)
    converter = _Converter(heading_style=ATX, bullets="-", newline_style=BACKSLASH)
    lines = list(_tidy(str(converter.convert(html)).replace("\xa0", " ").split("\n")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _tidy(lines: list[str]) -> Iterator[str]:
    """Lines without trailing space, and without hard breaks that break nothing."""
    for place, line in enumerate(lines):
        following = lines[place + 1].strip() if place + 1 < len(lines) else ""
        line = line.rstrip()
        hard = re.search(r"(?<!\\)(?:\\\\)*\\$", line)
        if hard and (not following or following == "\\" or line.strip() == "\\"):
            line = line[:-1].rstrip()
        yield line


def plain(text: str) -> str:
    """The words of text that may be HTML, on one line."""
    if not has_tags(text):
        return " ".join(text.split())
    tree = linearise(text).tree
    for element in tree.iter():
        if _gap(element):
            element.tail = " " + (element.tail or "")
    return " ".join(tree.text_content().split())
