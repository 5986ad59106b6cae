"""WebVTT and SRT: the times of a cue above what is said in it.

The rules are those of the WebVTT specification, section 6, made forgiving: hours and the header may
be missing, blank lines as well, and a comma does for a point. Captions that roll, as YouTube's do,
repeat what is on the screen; what they repeat is not said again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from backlist.parse.transcript.records import Book

TIME = r"(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
_TIMES = re.compile(rf"\s*({TIME})\s*-{{1,3}}>(?:\s*({TIME}))?")
_ABOVE = re.compile(rf"\s*{TIME}\s*-{{1,3}}>\s*{TIME}(?:\s+[a-zA-Z]\w{{0,20}}:\S{{1,40}})*\s*")
_ASIDE = re.compile(r"(WEBVTT|NOTE|STYLE|REGION|X-TIMESTAMP-MAP)([\s=]|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
_TAG = re.compile(
    r"</?(?:c|v|i|b|u|s|em|strong|lang|ruby|rt|font|span|p|br|div)(?:[.\s/][^<>]*)?>"
    r"|<[\d:.]{1,20}>|\{\\[^{}]*\}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Timed:
    """A cue as it lies in the file: line and text of its times, these, the rows below them."""

    line: int
    head: str
    start: float | None
    end: float | None
    rows: tuple[str, ...]


def is_timed(text: str) -> bool:
    """Whether a text is WebVTT or SRT, whatever its file is called."""
    head = text[:2000].lstrip()
    return head.startswith("WEBVTT") or any(map(_ABOVE.fullmatch, head.split("\n")[:4]))


def read(text: str, book: Book) -> None:
    """The cues of a file, in its order, and words that stand outside one."""
    rows = text.split("\n")
    marks = [number for number, row in enumerate(rows) if _is_mark(row)]
    spans = [(at, _end(rows, at, to), to) for at, to in pairwise([*marks, len(rows)])]
    cues = [_cue(rows, at, end) for at, end, _ in spans]
    rolling = _is_rolling(cues)
    _keep_outside(1, _without_name(rows, 0, marks[0] if marks else len(rows), bool(marks)), book)
    shown: tuple[str, ...] = ()
    for cue, (_, end, after) in zip(cues, spans, strict=True):
        _add(cue, shown if rolling else (), book)
        shown = _lines(cue.rows) or shown
        loose = _without_name(rows, end, after, after < len(rows))
        _keep_outside(end + 1, loose, book)


def _is_mark(row: str) -> bool:
    """Whether a row gives times, or tries to."""
    return bool(_TIMES.match(row)) or ("-->" in row and row.lstrip()[:1].isdigit())


def _end(rows: Sequence[str], at: int, after: int) -> int:
    """Where the rows of a cue end: at a blank row, or before the name of the next cue.

    A row of white space alone is part of a cue (YouTube writes them), unless the next cue follows.
    """
    for number in range(at + 1, after):
        if not rows[number].strip() and (not rows[number] or not _goes_on(rows, number, after)):
            return number
    numbered = after < len(rows) and after > at + 1 and rows[after - 1].strip().isdigit()
    return after - numbered


def _goes_on(rows: Sequence[str], number: int, after: int) -> bool:
    """Whether more of a cue follows a row of white space: not only the next cue's number."""
    return (
        number + 1 < after
        and bool(rows[number + 1].strip())
        and not (rows[number + 1].strip().isdigit() and number + 2 == after)
    )


def _without_name(rows: Sequence[str], start: int, end: int, named: bool) -> Sequence[str]:
    """The rows between two cues without the row directly above the second, which names it."""
    alone = named and end > start and rows[end - 1].strip() != ""
    return rows[start : end - 1] if alone else rows[start:end]


def _cue(rows: Sequence[str], at: int, end: int) -> _Timed:
    found = _TIMES.match(rows[at])
    start = seconds(found[1]) if found else None
    stop = seconds(found[2]) if found and found[2] else None
    return _Timed(at + 1, rows[at].strip(), start, stop, tuple(rows[at + 1 : end]))


def _keep_outside(first: int, rows: Sequence[str], book: Book) -> None:
    """Words without times are still said; headers, notes and lone numbers are not."""
    for line, block in _blocks(rows):
        if _ASIDE.match(block[0]) or all(row.strip().isdigit() for row in block):
            continue
        book.fault(first + line, "is outside any cue: there are no times above it")
        _add_voices(block, None, None, book)


def _blocks(rows: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows between blank rows, with the place of the first of them."""
    block: list[str] = []
    for number, row in enumerate([*rows, ""]):
        if row.strip():
            block.append(row)
        elif block:
            yield number - len(block), block
            block = []


def _add(cue: _Timed, shown: tuple[str, ...], book: Book) -> None:
    """What is said in a cue, by voice, without what was `shown` before it."""
    if cue.start is None:
        book.fault(cue.line, f"has times that cannot be read: {cue.head[:60]}")
    if shown:
        fresh = _fresh(shown, _lines(cue.rows))
        if fresh is not None:
            book.add(fresh, cue.start, cue.end)
            return
    _add_voices(cue.rows, cue.start, cue.end, book)


def _add_voices(rows: Sequence[str], start: float | None, end: float | None, book: Book) -> None:
    first, *voices = _VOICE.split("\n".join(rows))
    book.add(_plain(first), start, end)
    for speaker, text in zip(voices[::2], voices[1::2], strict=True):
        book.add(_plain(text), start, end, unescape(speaker))


def _lines(rows: Sequence[str]) -> tuple[str, ...]:
    plain = (" ".join(_plain(row).split()) for row in rows)
    return tuple(row for row in plain if row)


def _is_rolling(cues: Sequence[_Timed]) -> bool:
    """Whether captions roll: half of them or more begin with what the one before showed.

    And at least one of these goes on in other words: "Yes." said twice is said twice.
    """
    repeats, goes_on = 0, False
    shown: tuple[str, ...] = ()
    before: _Timed | None = None
    for cue in cues:
        now = _lines(cue.rows)
        fresh = _fresh(shown, now) if before and _follows(before, cue) else None
        repeats += fresh is not None
        goes_on = goes_on or bool(fresh)
        shown, before = now or shown, cue
    return goes_on and repeats > 1 and 2 * repeats >= len(cues) - 1


def _follows(before: _Timed, cue: _Timed) -> bool:
    ends = before.end if before.end is not None else before.start
    return ends is not None and cue.start is not None and cue.start - ends < 0.5


_SCREEN = 4
"""Lines a caption has at most; more are not compared."""


def _fresh(shown: Sequence[str], now: Sequence[str]) -> str | None:
    """What is new in a caption that begins with the last lines of the one before; else None."""
    words = " ".join(now).split()
    for first in range(max(0, len(shown) - _SCREEN), len(shown)):
        repeated = " ".join(shown[first:]).split()
        if words[: len(repeated)] == repeated:
            return " ".join(words[len(repeated) :])
    return None


def _plain(text: str) -> str:
    return unescape(_TAG.sub("", text))


def seconds(time: str) -> float:
    """Seconds of `1:02:03.5`, `02:03,500` and the like."""
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
