"""The passages of an episode's pages as a reader sees them, for sites without a corpus."""

import re
from collections.abc import Iterator

from lxml import etree, html

from backlist.pages import passages
from backlist.pages.passages import Passage, Turn

_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 pre td th dt dd figcaption summary".split())  # noqa: SIM905
_NOT_READ = frozenset(("script", "style", "template", "svg"))
_UNSEEN = "visually-hidden"
_NOTES = '//*[contains(concat(" ", @class, " "), " notes ")]//*[@class="prose"]'
_LEAD = '//*[@class="prose"]/p[@class="intro" or @class="notice"]'
"""The summary, and what is said of an episode without a recording: no part of the notes."""
_CHAPTERS = '//a[@class="chapter-link"][starts-with(@href, "#t=")]'
_SECOND = re.compile(r"t-(\d+)(?:-\d+)?")


def read(data: bytes, page: str) -> Iterator[Passage]:
    """Notes, chapters and transcript of the page at an output path; nothing of what is no page."""
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return
    for lead in root.xpath(_LEAD):
        lead.drop_tree()
    for notes in root.xpath(_NOTES):
        yield from passages.written(_blocks(notes), page)
    for link in root.xpath(_CHAPTERS):
        title = " ".join(_text(link.xpath("./span[last()]")[0]).split())
        fragment = link.get("href")
        if title and fragment[3:].isdecimal():
            yield Passage("chapter", title, page + fragment, float(fragment[3:]))
    for spoken in root.xpath('//*[@class="transcript-text"]'):
        yield from passages.said(_turns(spoken), page)


def has_transcript_page(data: bytes) -> bool:
    """Whether an episode's page leads to its transcript, which has a page of its own."""
    return re.search(rb'href="transcript/["#]', data) is not None


def _text(element: html.HtmlElement) -> str:
    """What can be read of an element."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append(" ")
        elif isinstance(child.tag, str) and child.tag not in _NOT_READ:
            parts.append("" if _UNSEEN in (child.get("class") or "") else _text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _blocks(element: html.HtmlElement) -> Iterator[str]:
    """The paragraphs, headings and list items within an element, in their order."""
    inline = element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _NOT_READ:
            inline += child.tail or ""
            continue
        if child.tag in _BLOCKS or any(one.tag in _BLOCKS for one in child.iterdescendants()):
            yield from filter(None, (inline.strip(),))
            yield from _blocks(child)
            inline = child.tail or ""
        else:
            inline += (" " if child.tag == "br" else _text(child)) + (child.tail or "")
    yield from filter(None, (inline.strip(),))


def _turns(spoken: html.HtmlElement) -> Iterator[Turn]:
    speaker = ""
    for paragraph in spoken:
        if paragraph.tag == "h3":
            speaker = ""
            yield _turn("", paragraph, opens=True)
            continue
        for named in paragraph.xpath('./b[@class="speaker"]'):
            speaker = _text(named)
        opens = True
        for cue in paragraph.xpath("./span[@id]"):
            yield _turn(speaker, cue, opens=opens)
            opens = False


def _turn(speaker: str, cue: html.HtmlElement, *, opens: bool) -> Turn:
    ident = cue.get("id", "")
    second = _SECOND.fullmatch(ident)
    start = float(second[1]) if second else None
    return Turn(speaker, " ".join(_text(cue).split()), ident, start, None, opens)
