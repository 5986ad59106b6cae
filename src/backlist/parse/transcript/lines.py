"""Plain text, a cue a line: times and names in the places where tools write them.

whisper (`[00:00.000 --> 00:04.000]  words`), otter (`Ada Lind  0:09` above the words), Sonix
(`[0:09] - Ada Lind`), YouTube's panel (a line of a time above the words), tables with tabs
(whisper's `.tsv`, Audacity's labels), and `Ada Lind (0:09): words`. Blank lines part paragraphs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backlist.parse.transcript.records import Book
from backlist.parse.transcript.speakers import NAME, is_name
from backlist.parse.transcript.timed import TIME, seconds

_SPAN = rf"({TIME})(?:\s{{0,3}}(?:-{{1,2}}>?|→|–|—)\s{{0,3}}({TIME}))?"
_STAMP = re.compile(
    rf"\s*(?:\[\s?{_SPAN}\s?\]|\(\s?{_SPAN}\s?\)|{_SPAN}(?=[\s:–—-]|$))[ \t]*(?:[:–—-]+(?=\s))?"
)
_SECOND = r"(\d{1,7}(?:\.\d{1,6}s?|s))"
_SECONDS = re.compile(rf"\s*\[\s?{_SECOND}\s{{0,2}}(?:-{{1,2}}>?|→|–|—)\s{{0,2}}{_SECOND}\s?\]\s*")
"""`[0.00s -> 4.50s]`, as programs around faster-whisper write it."""
_HEAD = re.compile(
    rf"\s*(?P<open>\[)?(?P<name>{NAME})(?(open)\])(?P<gap>\s{{0,9}}[,:–—-]?\s{{0,9}})"
    rf"(?P<mark>[\[(]?)\s?(?<!\d)(?<!\d:)(?P<time>{TIME})\s?[\])]?\s?:?\s*"
)
_INLINE = re.compile(
    rf"\s*(?P<name>{NAME}):?\s{{0,3}}[\[(]\s?{_SPAN}\s?[\])]\s?[:–—-]?\s+(?P<said>\S.*)", re.DOTALL
)
_BELOW = re.compile(rf"(?P<dash>[-–—]\s{{1,3}})?(?P<name>{NAME}):?\s*")
_TITLES = {"start", "end", "text", "speaker", "name", "time", "begin", "label", "timestamp"}
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")


@dataclass(frozen=True, slots=True)
class _Head:
    """A line that tells of the words below it: when they are said, and by whom.

    `row` is what it says itself where no words follow. One that is not `sure` may be words: "[0:09]
    Thank You" is a name only if the next line has no time of its own.
    """

    row: str
    start: float
    speaker: str | None = None
    sure: bool = True


class Lines:
    """Takes lines one by one, and adds what they say to a book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.head: _Head | None = None
        self.milliseconds = False

    def add(
        self,
        row: str,
        *,
        start: float | None = None,
        speaker: str | None = None,
        opens: bool = False,
        heading: bool = False,
    ) -> None:
        """A line, with the time and speaker that its markup gives."""
        if not row.strip():
            return
        head = _head(row) if start is None and speaker is None else None
        if heading and not (head and head.speaker):
            self._end_head()
            self.book.add(row, heading=True)
        elif "\t" in row.strip() and self._add_cells(row.strip().split("\t"), opens=opens):
            return
        elif head:
            self._end_head()
            self.head = head
        else:
            self._add_words(row, start, speaker, opens=opens)

    def close(self) -> None:
        """The end of the text."""
        self._end_head()

    def _end_head(self) -> None:
        """A line that looked like a name above words, with none below it, is words itself."""
        if self.head:
            self.book.add(self.head.row, None if self.head.sure else self.head.start, opens=True)
        self.head = None

    def _add_words(
        self, row: str, start: float | None, speaker: str | None, *, opens: bool
    ) -> None:
        begins, ends, said = timed(row)
        if self.head and (
            (begins is not None and not self.head.sure) or (speaker and self.head.speaker)
        ):
            self._end_head()
        if self.head or (begins is not None and start is None):
            self.book.form = "text with times"
        if self.head:
            opens = opens or self.head.speaker is not None
            speaker, start = speaker or self.head.speaker, self.head.start
            self.head = None
        self.book.add(said, start if begins is None else begins, ends, speaker, opens=opens)

    def _add_cells(self, cells: Sequence[str], *, opens: bool) -> bool:
        """A row of a table; whether it is one."""
        cells = [cell.strip() for cell in cells if cell.strip()]
        if len(cells) > 1 and {cell.lower() for cell in cells} <= _TITLES:
            self.milliseconds = "start" in map(str.lower, cells)
            return True
        numbers = [cell for cell in cells[:3] if _NUMBER.fullmatch(cell)]
        clocks = [cell for cell in cells if re.fullmatch(TIME, cell)]
        found = clocks or (numbers if len(numbers) > 1 or self.milliseconds else [])
        rest = [cell for cell in cells if cell not in found]
        if not found or not rest:
            return False
        whole = self.milliseconds and all(cell.isdigit() for cell in found)
        times = [seconds(cell) / (1000 if whole else 1) for cell in found[:2]]
        named = len(rest) > 1 and is_name(rest[0])
        self._end_head()
        self.book.form = "text with times"
        self.book.add(
            " ".join(rest[named:]),
            times[0],
            times[1] if len(times) > 1 else None,
            rest[0] if named else None,
            opens=opens,
        )
        return True


def timed(row: str) -> tuple[float | None, float | None, str]:
    """When a line is said, if it tells at its beginning or after a name; and the line without."""
    if counted := _SECONDS.match(row):
        begins, ends = (float(one.rstrip("s")) for one in counted.groups())
        return begins, ends, row[counted.end() :]
    named = _INLINE.fullmatch(row)
    found = named or _STAMP.match(row)
    if found is None:
        return None, None, row
    times = [one for one in found.groups() if one and re.fullmatch(TIME, one)]
    end = seconds(times[1]) if len(times) > 1 else None
    said = f"{named['name']}: {named['said']}" if named else row[found.end() :]
    return seconds(times[0]), end, said


def _head(row: str) -> _Head | None:
    """A line of a time, or of a name and a time as otter and Sonix write them."""
    found = _HEAD.fullmatch(row)
    if found and is_name(found["name"]):
        apart = found["open"] or found["mark"] or re.search(r"\s\s|\t|[,:–—-]", found["gap"])
        if apart or (found["gap"] and re.search(r"\s|_?\d+$", found["name"])):
            return _Head(row, seconds(found["time"]), found["name"])
    start, _, said = timed(row)
    if start is None or not said.strip():
        return _Head("", start) if start is not None else None
    below = _BELOW.fullmatch(said.strip())
    if below is None or not is_name(below["name"]):
        return None
    likely = below["dash"] or len(below["name"].split()) > 1
    return _Head(said, start, below["name"], sure=False) if likely else None


def read(text: str, book: Book) -> None:
    """Plain text: a cue a line, a paragraph where a blank line is."""
    lines = Lines(book)
    blank = False
    for row in text.split("\n"):
        lines.add(row, opens=blank and bool(book.cues))
        blank = not row.strip() or (blank and lines.head is not None)
    lines.close()
