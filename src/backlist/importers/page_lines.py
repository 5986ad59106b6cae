"""A saved directory page's HTML as the lines a person reads on it, links' addresses kept."""

import re
from dataclasses import dataclass
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError

from backlist.importers.markup import Linear, linearise

_SKIPPED = ("script", "style", "nav", "svg", "button", "noscript", "head", "template", "iframe")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: `words` as read, `full` with the addresses behind its links."""

    words: str
    full: str
    number: int = 0


def is_html(data: bytes) -> bool:
    """Whether the bytes begin as an HTML page does."""
    start = data[:20_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        start.startswith(b"<")
        and re.search(rb"<(?:!doctype html|html|body|main|h1)\b", start) is not None
    )


def read_lines(text: str) -> list[Line]:
    """The lines of an HTML page from its first `<h1>` on; `number` is the line in the source."""
    try:
        # As bytes: lxml refuses a text whose XML declaration names an encoding.
        parser = lxml_html.HTMLParser(encoding="utf-8")
        tree = lxml_html.document_fromstring(text.encode(), parser=parser)
    except ParserError:
        return []
    for element in list(tree.iter(*_SKIPPED)):
        element.drop_tree()
    _unlink_titles(tree)
    lines: list[Line] = []
    for block in _blocks(tree):
        lines += _lines_of(block)
    return lines


def _unlink_titles(tree: Any) -> None:
    """Drop the addresses of links around blocks and in headings: they lead about the directory."""
    for anchor in list(tree.iter("a")):
        inside_heading = any(True for _ in anchor.iterancestors("h1", "h2", "h3", "h4"))
        around = any(_is_block(child) for child in anchor.iterdescendants())
        if inside_heading or (around and anchor.find(".//br") is None):
            anchor.drop_tag()


_BLOCK_TAGS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "table", "tbody"),
        *("td", "th", "thead", "time", "tr", "ul"),
    )
)


def _is_block(element: Any) -> bool:
    return element.tag in _BLOCK_TAGS


def _blocks(tree: Any) -> list[Any]:
    """The innermost blocks with text, in reading order, from the first `<h1>` where there is one.

    Text that stands beside blocks is wrapped, so that nothing between them is lost.
    """
    body = tree.find("body")
    root = tree if body is None else body
    found: list[Any] = []
    _collect(root, found)
    heads = [place for place, block in enumerate(found) if block.tag == "h1"]
    return found[heads[0] :] if heads else found


def _collect(element: Any, found: list[Any]) -> None:
    if _is_prose(element):
        if element.text_content().strip():
            found.append(element)
        return
    _wrap_loose_text(element)
    for child in list(element):
        if isinstance(child.tag, str):
            _collect(child, found)


def _is_prose(element: Any) -> bool:
    """Whether an element is one text: no block inside it, or only the paragraphs of one text."""
    inside = [child for child in element.iterdescendants() if _is_block(child)]
    return not inside


def _wrap_loose_text(element: Any) -> None:
    """Put runs of text and inline elements that stand beside blocks into blocks of their own."""
    wrapped: Any = None
    if (element.text or "").strip():
        wrapped = element.makeelement("p")
        wrapped.text, element.text = element.text, None
        element.insert(0, wrapped)
    for child in list(element):
        if child is wrapped:
            continue
        if isinstance(child.tag, str) and not _holds_block(child):
            if wrapped is None:
                wrapped = element.makeelement("p")
                child.addprevious(wrapped)
            wrapped.append(child)
            continue
        wrapped = None
        if (child.tail or "").strip():
            wrapped = element.makeelement("p")
            wrapped.text, child.tail = child.tail, None
            child.addnext(wrapped)


def _holds_block(element: Any) -> bool:
    return _is_block(element) or any(_is_block(child) for child in element.iterdescendants())


def _lines_of(block: Any) -> list[Line]:
    """The lines of one block; a blank line after it parts it from the next."""
    number = block.sourceline or 0
    html = lxml_html.tostring(block, encoding="unicode", with_tail=False)
    full = linearise(html)
    words = _words(full)
    lines = [
        Line(" ".join(said.split()), " ".join(whole.split()), number)
        for said, whole in zip(words.split("\n"), full.text.split("\n"), strict=False)
    ]
    return [*lines, Line("", "", number)]


def _words(linear: Linear) -> str:
    """The linear text without the addresses written into it."""
    kept = [False] * len(linear.text)
    for run in linear.runs:
        kept[run.start : run.start + len(run.text)] = [True] * len(run.text)
    return "".join(
        char for char, keep in zip(linear.text, kept, strict=True) if keep or char == "\n"
    )
