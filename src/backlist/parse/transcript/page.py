"""HTML, Markdown and TTML transcripts: paragraphs, headings, `<cite>` and `<time>`.

Markdown is read through the HTML it means. lxml reads all of it: its parsers take time that grows
with the text, whatever stands in it.
"""

import re
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt

from backlist.parse.transcript.clean_html import parsed
from backlist.parse.transcript.lines import Lines, timed
from backlist.parse.transcript.records import Book
from backlist.parse.transcript.timed import TIME, seconds

_SILENT = {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object"}
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b big code del em font i img ins kbd mark q s samp small span strike strong sub sup"
        " u var wbr",
    )
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class _Page:
    """An HTML transcript: `<cite>` is who speaks, `<time>` when, every block a paragraph."""

    def __init__(self, book: Book) -> None:
        self.lines = Lines(book)
        self.silent = 0
        self.opens = self.said = False
        self.heading = self.broken = False
        self.words: list[str] = []
        self.inside: str | None = None
        self.marked: list[str] = []
        self.speaker = ""
        self.time: float | None = None

    def start(self, tag: str) -> None:
        """An element begins."""
        self.silent += tag in _SILENT
        if tag in ("cite", "time"):
            self._end_mark()
            self.inside = tag
        elif tag not in _INLINE:
            self.end_cue()
            self.opens = self.opens or tag != "br" or self.broken  # two breaks are a blank line
            self.broken = tag == "br"
            self.heading = tag in _HEADINGS

    def end(self, tag: str) -> None:
        """An element ends."""
        self.silent -= tag in _SILENT
        if tag in ("cite", "time"):
            self._end_mark()
        elif tag not in _INLINE:
            self.end_cue()
            self.heading = False

    def close(self) -> None:
        """The end of the page."""
        self.end_cue()
        self._name("")
        self.lines.close()

    def text(self, text: str | None) -> None:
        """Text between two tags."""
        if text and not self.silent:
            (self.marked if self.inside else self.words).append(text)

    def _end_mark(self) -> None:
        """Who speaks now, or when; among words a work is cited and a time named."""
        marked, mark = "".join(self.marked), self.inside
        first = not "".join(self.words).strip()
        start = timed(marked.strip())[0] if first and mark == "time" else None
        self.inside, self.marked = None, []
        if mark == "cite" and (first or marked.rstrip().endswith(":")):
            self.end_cue()
            self._name(marked)
        elif start is not None:
            self.time, self.said = start, False
        else:
            self.words.append(marked)

    def _name(self, speaker: str) -> None:
        """The next speaker; one who said nothing is a line of the text."""
        if self.said:
            self.time = None  # the time of what is said already is not the next one's
        elif self.speaker:
            self.lines.add(self.speaker, opens=True)
        self.speaker, self.said = speaker.strip(), False

    def end_cue(self) -> None:
        """What was said since the last block, under the last speaker and time."""
        if self.inside:
            self._end_mark()
        text = " ".join("".join(self.words).split())
        self.words = []
        if not text:
            return
        speaker = self.speaker.rstrip(":") or None
        start, _, said = timed(text)
        if speaker and start is not None and not said.strip():  # a name, and below it the time
            self.time, self.said = start, False
            return
        self.said = self.said or not self.heading  # nobody says a heading
        self.lines.add(
            text, start=self.time, speaker=speaker, opens=self.opens, heading=self.heading
        )
        self.opens = self.broken = False


def read(text: str, book: Book) -> None:
    """The cues of an HTML page."""
    root, whole = parsed(text)
    page = _Page(book)
    if not whole:
        book.fault(0, "is nested too deeply; the end of it is not read")
    if root is not None:
        _report_media(root, book)
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            named = isinstance(element.tag, str)
            if event == "start" and named:
                page.start(element.tag)
                page.text(element.text)
            if event == "end" and named:
                page.end(element.tag)
            if event != "start" and element is not root:
                page.text(element.tail)
    page.close()


def _report_media(root: Any, book: Book) -> None:
    found = [element.sourceline or 0 for element in root.iter(*_MEDIA)]
    if found:
        many = "pictures or frames" if len(found) > 1 else "picture or frame"
        book.fault(found[0], f"has {len(found)} {many}, which a transcript is published without")


_MEDIA = ("img", "iframe", "video", "audio", "object", "embed", "svg")


def read_markdown(text: str, book: Book) -> None:
    """Markdown: paragraphs like `**Ada Lind:** words`, headings; front matter is not said."""
    body = re.sub(r"\A---\n(?s:.*?)\n(?:---|\.\.\.)(?:\n|\Z)", "", text)
    read(MarkdownIt("commonmark", {"html": True, "breaks": True}).render(body), book)
    book.form = "Markdown"


def read_ttml(text: str, book: Book) -> None:
    """TTML (W3C Timed Text), as Apple Podcasts gives it: `<p begin end ttm:agent>`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        book.fault(error.lineno or 0, f"is not XML: {error.msg}")
        return
    names = {_attribute(one, "id"): _name(one) for one in root.iter("{*}agent")}
    for element in root.iter("{*}p"):
        agent = _attribute(element, "agent")
        book.add(
            _said(element),
            _clock(element.get("begin")),
            _clock(element.get("end")),
            names.get(agent) or agent or None,
        )
    book.form = "TTML"


def _attribute(element: Any, name: str) -> str:
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _name(agent: Any) -> str:
    return " ".join("".join(agent.itertext()).split())


def _said(element: Any) -> str:
    """The words of a paragraph; Apple wraps each in a span, without space between them."""
    apart = any(_attribute(one, "unit") == "word" for one in element.iter("{*}span"))
    return (" " if apart else "").join(
        f" {text}" if apart else str(text) for text in element.itertext()
    )


def _clock(said: str | None) -> float | None:
    """Seconds of a time expression (TTML 2, 12.3.1): a clock, or a count of h, m, s or ms."""
    said = (said or "").strip()
    if re.fullmatch(TIME, said):
        return seconds(said)
    count = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)(h|m|s|ms)?", said)
    return float(count[1]) * {"h": 3600, "m": 60, "ms": 0.001}.get(count[2], 1) if count else None
