"""An episode's texts in passages: pieces long enough to say something, and short enough to quote.

What searches by meaning, and what answers questions from an archive, reads texts piece by piece.
Each passage says where on the episode's pages it stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from backlist import urls
from backlist.parse import transcript_html
from backlist.relate.archive import Entry

LEAST, MOST = 400, 1000
"""Bytes of UTF-8 in a passage: it ends at the first break after the one, and before the other.

That is 70 to 170 English words. Bytes, because scripts that say more with a letter take more.
"""

OPENING = 8
"""Words by which a place in notes is found (URL Fragment Text Directives, `text=`)."""

Kind = Literal["summary", "notes", "chapter", "transcript"]

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an episode's texts.

    `page` is the output path of the page it is on, with what opens it there. `start` and `end` are
    its moments in the recording, in seconds, where they are known. Who speaks stands before what
    is said (`Ann: …`), each turn on a line of its own; `speakers` are all of them.
    """

    kind: Kind
    text: str
    page: str
    start: float | None = None
    end: float | None = None
    speakers: tuple[str, ...] = ()


def passages(entry: Entry) -> Iterator[Passage]:
    """Summary, notes, chapters and transcript of an episode, in this order, piece by piece.

    Nothing is left out and no word is cut: a paragraph, a cue or a sentence that is too long is
    divided at the next smaller break that it has, and where it has none, it stays whole.
    """
    page = urls.episode(entry.slug)
    if entry.episode.summary:
        yield Passage("summary", " ".join(entry.episode.summary.split()), page)
    yield from written(entry.notes.text.split("\n\n"), page)
    for chapter in entry.chapters:
        if chapter.title:
            start = float(chapter.start)
            yield Passage("chapter", chapter.title, f"{page}#t={int(start)}", start)
    yield from _spoken(entry)


def written(blocks: Iterable[str], page: str) -> Iterator[Passage]:
    """The passages of notes, given as paragraphs and headings in plain text, on a page."""
    for text in _joined(_split(block) for block in blocks):
        yield Passage("notes", text, to_words(page, text))


def _size(text: str) -> int:
    return len(text.encode())


def _split(text: str) -> list[str]:
    """A block of text as it is, or in sentences, or in groups of words, where it is too long."""
    text = " ".join(text.split())
    if _size(text) <= MOST:
        return [text] if text else []
    sentences = [one for one in _SENTENCE.split(text) if one]
    return [part for one in sentences for part in _words(one)]


def _words(sentence: str) -> Iterator[str]:
    """A sentence without end, as some machines write, in groups of words."""
    if _size(sentence) <= MOST:
        yield sentence
        return
    group: list[str] = []
    for word in sentence.split():
        group.append(word)
        if _size(" ".join(group)) >= LEAST:
            yield " ".join(group)
            group = []
    if group:
        yield " ".join(group)


def _joined(blocks: Iterable[Sequence[str]]) -> Iterator[str]:
    """Texts of parts in a row; those of one block are joined by a space, blocks by a blank line."""
    text = ""
    for block in blocks:
        between = "\n\n"
        for part in block:
            longer = f"{text}{between}{part}" if text else part
            if text and (_size(text) >= LEAST or _size(longer) > MOST):
                yield text
                longer = part
            text, between = longer, " "
    if text:
        yield text


def to_words(page: str, text: str) -> str:
    """An address that leads to the beginning of a passage, in browsers that know it.

    Scripts of the page see the address without it: `#t=754` is a moment to them as before.

    A heading or another short line may stand at several places: what follows it tells which.
    """
    first, *others = (block.split() for block in text.split("\n\n"))
    found = _quoted(first[:OPENING])
    if len(first) < OPENING and others:
        found += f",-{_quoted(others[0][: OPENING - len(first)])}"
    return f"{page}{'' if '#' in page else '#'}:~:text={found}"


def _quoted(words: Sequence[str]) -> str:
    # A dash has a meaning of its own there.
    return quote(" ".join(words), safe="").replace("-", "%2D")


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said without a break: `ident` is its address on the page.

    `start` and `end` are seconds, where they are known; `opens` says that a paragraph begins.
    """

    speaker: str
    text: str
    ident: str
    start: float | None
    end: float | None
    opens: bool


def _spoken(entry: Entry) -> Iterator[Passage]:
    spoken = entry.transcript
    if spoken is None:
        return
    own = urls.transcript_page(entry.slug) if spoken.is_long else urls.episode(entry.slug)
    yield from said(_turns(transcript_html.addressed(spoken)), own)


def said(turns: Iterable[Turn], page: str) -> Iterator[Passage]:
    """The passages of what is said, turn by turn, on a page."""
    group: list[Turn] = []
    size = 0
    for turn in turns:
        more = _size(turn.text)
        if group and ((turn.opens and size >= LEAST) or size + more > MOST):
            yield _said(group, page)
            group, size = [], 0
        group.append(turn)
        size += more
    if group:
        yield _said(group, page)


def _turns(addressed: Iterable[tuple[transcript_html.Paragraph, Sequence[str]]]) -> Iterator[Turn]:
    """Cue by cue; one that is too long, as a paragraph without times can be, in sentences."""
    speaker = ""
    for paragraph, idents in addressed:
        speaker = "" if paragraph.is_heading else paragraph.speaker or speaker
        opens = True
        for (_, cue), ident in zip(paragraph.cues, idents, strict=True):
            for part in _split(cue.text):
                yield Turn(speaker, part, ident, cue.start, cue.end, opens)
                opens = False


def _said(turns: Sequence[Turn], page: str) -> Passage:
    lines: list[str] = []
    last: str | None = None
    for turn in turns:
        if turn.speaker == last and not (turn.opens and not turn.speaker):
            lines[-1] += f" {turn.text}"
        else:
            lines.append(f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text)
        last = turn.speaker
    return Passage(
        "transcript",
        "\n".join(lines),
        f"{page}#{turns[0].ident}",
        turns[0].start,
        turns[-1].end,
        tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
    )
