"""HTML cut to a number of bytes: at a word, outside any tag, everything opened also closed."""

from html import escape
from typing import Any

from lxml import html
from markupsafe import Markup

from backlist.memo import remembered

KEPT = {"p", "ol", "ul", "li", "a"}
"""Tags that directories show (PSP-1, item description; Apple shows no others)."""

BLOCKS = {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr", "dt", "dd", "figcaption"}
"""Tags that become paragraphs, because their words stand on lines of their own."""

_ELLIPSIS = "…"


@remembered
def cut(text: str, room: int) -> str:
    """HTML with the kept tags only, in at most `room` bytes."""
    brief = Brief(room)
    words_only(html.fragment_fromstring(text, create_parent="div"), brief)
    return brief.text()


class Brief:
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
        start = Markup('<{} href="{}">').format(tag, href) if href else Markup(f"<{tag}>")
        self._pending.append((tag, str(start)))
        self._part(tag)

    def end(self) -> None:
        """Close the tag opened last; one that got no word was never written."""
        if self._pending:
            self._part(self._pending.pop()[0])
        elif not self.full:
            tag = self._open.pop()
            self._parts.append(f"</{tag}>")
            self._part(tag)

    def words(self, text: str) -> None:
        """Write a text, its white space as single spaces, as far as it fits."""
        if text[:1].isspace():
            self._gap = " "
        for word in text.split():
            if not self.full:
                self._word(escape(word, quote=False))
                self._gap = " "
        if text.strip() and not text[-1:].isspace():
            self._gap = ""

    def _part(self, tag: str) -> None:
        """Around a block no space is wanted; a link stands among words."""
        if tag != "a":
            self._gap = ""

    def _word(self, word: str) -> None:
        """Write a word with the tags that wait for it, or mark the end."""
        gap = self._gap if self._parts else ""
        starts = "".join(start for _, start in self._pending)
        ends = sum(len(f"</{tag}>") for tag, _ in self._pending)
        cost = len((gap + starts + word).encode()) + ends
        if cost > self.left:
            self.full = True
            self._parts.append(_ELLIPSIS if self._open else "")
            return
        self.left -= cost
        self._open += [tag for tag, _ in self._pending]
        self._pending.clear()
        self._parts.append(gap + starts + word)

    def text(self) -> str:
        """What was written, every tag closed."""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open))


def words_only(element: Any, brief: Brief) -> None:
    """Write an element's content into a brief, with the kept tags only."""
    brief.words(element.text or "")
    for child in element:
        if brief.full:
            return
        if isinstance(child.tag, str):
            _write(child, brief)
        brief.words(child.tail or "")


def _write(child: Any, brief: Brief) -> None:
    tag = "p" if child.tag in BLOCKS else child.tag
    if tag == "br":
        brief.words(" ")
    elif tag in KEPT and (tag != "a" or child.get("href")):
        brief.begin(tag, child.get("href") if tag == "a" else None)
        words_only(child, brief)
        brief.end()
    elif tag in ("td", "th"):
        words_only(child, brief)
        brief.words(" ")
    else:
        words_only(child, brief)
