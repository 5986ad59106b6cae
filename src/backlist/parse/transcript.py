"""What is said in an episode: the cues of a transcript file.

WebVTT, SRT, JSON of the podcast namespace, HTML and plain text (the namespace's `transcript`
document lists them). Times, headers, notes, markup and marked speakers are no words; plain text
and SRT do not mark who speaks, so there a `Name:` stays in the text. Nothing here raises: what
cannot be read is a fault with its line, and words that stand outside a cue are kept all the same.
"""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class Cue:
    """A piece of what is said; times in seconds, where the file gives them."""

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None


@dataclass(frozen=True)
class Fault:
    """What cannot be read; line 0 is the file itself."""

    line: int
    message: str


@dataclass(frozen=True)
class Transcript:
    """A transcript file understood as far as it can be; its name says what format it is.

    `count` is how many words are said, names of speakers aside; `digest` stands for the file.
    """

    name: str
    cues: tuple[Cue, ...] = ()
    faults: tuple[Fault, ...] = ()
    count: int = 0
    digest: bytes = b""

    @property
    def words(self) -> str:
        """What is said, and nothing else."""
        return "\n".join(cue.text for cue in self.cues)


def read(name: str, text: str) -> Transcript:
    """The cues of a transcript file, and what of it cannot be read."""
    book = _Book([], [])
    reader = _READERS.get(posixpath.splitext(name)[1].lower(), _read_plain)
    reader(re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff").replace("\0", "")), book)
    if not book.cues and not book.faults:
        book.fault(0, "has no words")
    count = sum(len(cue.text.split()) for cue in attributed(book.cues))
    return Transcript(name, tuple(book.cues), tuple(book.faults), count)


@dataclass(frozen=True, slots=True)
class _Book:
    """Cues and faults as they are found."""

    cues: list[Cue]
    faults: list[Fault]

    def add(
        self,
        text: str,
        start: float | None = None,
        end: float | None = None,
        speaker: str | None = None,
    ) -> None:
        """A cue, unless nothing is said in it."""
        text = " ".join(text.replace("\0", "").split())
        if text:
            self.cues.append(Cue(text, start, end, " ".join((speaker or "").split()) or None))

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, message))


_NAME = re.compile(
    r"(?:>>+\s*)?(?P<name>[^\W\d_][\w.'’&-]*(?: [\w.'’&()-]+){0,3}):\s+(?P<said>\S.*)", re.DOTALL
)


def attributed(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues with their speakers, where a file marks them only by a `Name:` in front.

    SRT and plain text do so (podcast namespace, `transcripts.md`, SRT). A single word that comes
    but once is taken for words.
    """
    if any(cue.speaker for cue in cues):
        return tuple(cues)
    named = [_NAME.fullmatch(cue.text) for cue in cues]
    often = Counter(one["name"] for one in named if one)
    names = {name for name, times in often.items() if _is_name(name, times)}
    return tuple(
        replace(cue, speaker=one["name"], text=one["said"]) if one and one["name"] in names else cue
        for cue, one in zip(cues, named, strict=True)
    )


def _is_name(text: str, times: int) -> bool:
    words = text.split()
    return all(not word[0].islower() for word in words) and (times > 1 or len(words) > 1)


_TIME = r"(?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"\s*({_TIME})\s*-->\s*({_TIME})")
_ASIDE = re.compile(r"(WEBVTT|NOTE|STYLE|REGION)(\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}")


def _read_timed(text: str, book: _Book) -> None:
    """WebVTT and SRT: blocks of lines, the times of a cue above what is said in it."""
    for line, block in _blocks(text):
        timed = [place for place, row in enumerate(block) if "-->" in row]
        if not timed:
            _keep_outside(line, block, book)
        for place, after in pairwise([*timed, len(block)]):
            # Where no blank line stands between them, the number of the next cue is in the way.
            numbered = after < len(block) and block[after - 1].strip().isdigit()
            rows = block[place + 1 : after - numbered]
            _add_cue(line + place, block[place], "\n".join(rows), book)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines between blank lines, with the number of the first of them."""
    block: list[str] = []
    for number, row in enumerate([*text.split("\n"), ""], 1):
        if row.strip():
            block.append(row)
        elif block:
            yield number - len(block), block
            block = []


def _keep_outside(line: int, block: Sequence[str], book: _Book) -> None:
    """Words without times are still said; headers, notes and lone numbers are not."""
    if _ASIDE.match(block[0]) or all(row.strip().isdigit() for row in block):
        return
    book.fault(line, "is outside any cue: there are no times above it")
    book.add(_plain("\n".join(block)))


def _add_cue(line: int, times: str, said: str, book: _Book) -> None:
    found = _TIMES.match(times)
    if not found:
        book.fault(line, f"has times that cannot be read: {times.strip()[:60]}")
    start, end = (_seconds(found[1]), _seconds(found[2])) if found else (None, None)
    first, *voices = _VOICE.split(said)
    book.add(_plain(first), start, end)
    for speaker, text in zip(voices[::2], voices[1::2], strict=True):
        book.add(_plain(text), start, end, unescape(speaker))


def _plain(text: str) -> str:
    return unescape(_TAG.sub("", text))


def _seconds(time: str) -> float:
    """Seconds of `1:02:03.5`, `02:03,500` and the like."""
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _read_json(text: str, book: _Book) -> None:
    """`{"segments": [{"startTime", "endTime", "speaker", "body"}, …]}`, or the list alone."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        book.fault(error.lineno, f"is not JSON: {error.msg}")
        return
    except (RecursionError, ValueError):
        book.fault(0, "is not valid JSON: it is nested too deeply or has infinite numbers")
        return
    segments = data.get("segments") if isinstance(data, dict) else data
    if not isinstance(segments, list):
        book.fault(1, "has no list of `segments`")
        return
    for number, segment in enumerate(segments, 1):
        _add_segment(number, segment, book)


def _add_segment(number: int, segment: Any, book: _Book) -> None:
    given = segment if isinstance(segment, dict) else {}
    said = given.get("body", given.get("text"))
    if not isinstance(said, str):
        book.fault(0, f"segment {number} has no text as its `body`")
        return
    speaker = given.get("speaker")
    book.add(
        said.encode("utf-8", "ignore").decode(),  # JSON can spell half a character
        _number(given.get("startTime", given.get("start"))),
        _number(given.get("endTime", given.get("end"))),
        speaker if isinstance(speaker, str) else None,
    )


def _number(given: Any) -> float | None:
    """Seconds as a number, however it is written; None where there is none."""
    known = isinstance(given, int | float | str) and re.fullmatch(r"\d{1,9}(\.\d+)?", str(given))
    return float(given) if known else None


_STAMP = re.compile(rf"\s*(?:\[({_TIME})\]|\(({_TIME})\)|({_TIME})(?=\s|$))")


def _read_plain(text: str, book: _Book) -> None:
    """Plain text: a cue a line; a time that a line begins with is when it is said."""
    for row in text.split("\n"):
        stamp = _STAMP.match(row)
        start = _seconds(next(filter(None, stamp.groups()))) if stamp else None
        book.add(row[stamp.end() :] if stamp else row, start)


_SILENT = {"head", "script", "style", "template", "noscript"}
_INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "u"}


class _Page(HTMLParser):
    """An HTML transcript: `<cite>` is who speaks, `<time>` when, every block a cue."""

    def __init__(self, book: _Book) -> None:
        super().__init__()
        self.book = book
        self.silent = 0
        self.said = False
        self.inside: str | None = None
        self.parts: dict[str | None, list[str]] = {None: [], "cite": [], "time": []}

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.silent += tag in _SILENT
        if tag in ("cite", "time"):
            self.end_cue()
            self.begin_mark(tag)
        elif tag not in _INLINE:
            self.end_cue()

    def begin_mark(self, tag: str) -> None:
        """Who speaks now, or when; the time of what is said already is not the next one's."""
        if self.said:
            self.parts["time"] = []
        self.said = False
        self.inside = tag
        self.parts[tag] = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("cite", "time"):
            self.inside = None
        elif tag not in _INLINE:
            self.end_cue()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts[self.inside].append(data)

    def end_cue(self) -> None:
        """What was said since the last block, under the last speaker and time."""
        speaker = "".join(self.parts["cite"]).strip().rstrip(":")
        stamp = _STAMP.match("".join(self.parts["time"]).strip())
        start = _seconds(next(filter(None, stamp.groups()))) if stamp else None
        text = "".join(self.parts[None])
        self.said = self.said or bool(text.strip())
        self.book.add(text, start, None, speaker)
        self.parts[None] = []


def _read_html(text: str, book: _Book) -> None:
    page = _Page(book)
    try:
        page.feed(text)
        page.close()
    except AssertionError:  # how the parser says that a declaration makes no sense
        book.fault(page.getpos()[0], "cannot be read as HTML from here on")
    page.end_cue()


_READERS: dict[str, Callable[[str, _Book], None]] = {
    ".vtt": _read_timed,
    ".srt": _read_timed,
    ".json": _read_json,
    ".html": _read_html,
    ".htm": _read_html,
}
