"""HTML cut to a number of bytes: at a word, outside any tag, everything opened also closed."""

from collections.abc import Iterable
from html import escape
from typing import Any

from lxml import etree
from markupsafe import escape as escape_quotes

KEPT = {"p", "ol", "ul", "li", "a"}
"""Tags that directories show (PSP-1, item description; Apple shows no others)."""

BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr", "dt", "dd", "figcaption"}
"""Tags that become paragraphs, because their words stand on lines of their own."""

_ELLIPSIS = "…"


def parse_html(text: str) -> Any:
    """The tree of a piece of HTML, put into a `div`."""
    return etree.fromstring(f"<div>{text}</div>", etree.HTMLParser()).find("body/div")


def truncate(trees: Iterable[Any], room: int) -> str:
    """The content of parsed HTML (lxml) with the kept tags only, in at most `room` bytes."""
    short = Truncated(room)
    for tree in trees:
        write_inside(tree, short)
    return short.text()


class Truncated:
    """HTML being written into `room` bytes; once a word does not fit, nothing more is taken.

    A tag is written with the first word inside it, together with the room for its end, so that
    none stays empty or open.
    """

    def __init__(self, room: int) -> None:
        self.left = room - len(_ELLIPSIS.encode())
        self.full = False
        self._parts: list[str] = []
        self._open: list[str] = []
        self._pending: list[tuple[str, str]] = []
        self._gap = ""

    def begin(self, tag: str, href: str | None = None) -> None:
        """Open a tag, to be written before the next word."""
        link = f' href="{escape_quotes(href)}"' if href else ""
        self._pending.append((tag, f"<{tag}{link}>"))
        self._part(tag)

    def end(self) -> None:
        """Close the tag opened last; one that got no word was never written."""
        if self._pending:
            self._part(self._pending.pop()[0])
        elif not self.full:
            tag = self._open.pop()
            self._parts.append(f"</{tag}>")
            self._part(tag)

    def end_line(self) -> None:
        """Go on in a new paragraph, because `br` is not shown; inside a link or item, in a word."""
        if self._open[-1:] == ["p"] and not self._pending:
            self.end()
            self.begin("p")
        elif not self._pending:
            self.words(" ")

    def words(self, text: str) -> None:
        """Write a text, its white space as single spaces, as far as it fits."""
        if not text:
            return
        if text[0].isspace():
            self._gap = " "
        words = escape(text, quote=False).split()
        if not words:
            return
        if not self.full and not self._write(" ".join(words)):
            for word in words:
                if not self._write(word):
                    self.full = True
                    self._parts.append(_ELLIPSIS if self._open else "")
                    break
                self._gap = " "
        self._gap = " " if text[-1].isspace() else ""

    def _part(self, tag: str) -> None:
        """Around a block no space is wanted; a link stands among words."""
        if tag != "a":
            self._gap = ""

    def _write(self, words: str) -> bool:
        """Write words, with the tags that wait for them, if there is room for all of it."""
        written, ends = words, 0
        if self._pending:
            written = "".join([start for _, start in self._pending]) + words
            ends = sum([len(tag) + len("</>") for tag, _ in self._pending])
        if self._parts:
            written = self._gap + written
        cost = (len(written) if written.isascii() else len(written.encode())) + ends
        if cost > self.left:
            return False
        self.left -= cost
        self._parts.append(written)
        if self._pending:
            self._open += [tag for tag, _ in self._pending]
            self._pending.clear()
        return True

    def text(self) -> str:
        """What was written, every tag closed."""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))


def write_inside(element: Any, short: Truncated) -> None:
    """Write an element's content, with the kept tags only."""
    short.words(element.text or "")
    for child in element:
        if short.full:
            return
        if isinstance(child.tag, str):
            _write(child, short)
        short.words(child.tail or "")


def _write(child: Any, short: Truncated) -> None:
    tag = "p" if child.tag in BLOCKS else child.tag
    if tag == "br":
        short.end_line()
    elif tag in KEPT and (tag != "a" or child.get("href")):
        short.begin(tag, child.get("href") if tag == "a" else None)
        write_inside(child, short)
        short.end()
    elif tag in ("td", "th"):
        write_inside(child, short)
        short.words(" ")
    else:
        write_inside(child, short)
