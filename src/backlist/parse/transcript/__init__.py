"""What is said in an episode: the cues of a transcript file.

WebVTT, SRT, JSON, HTML, Markdown, TTML and plain text, in the forms tools write them. Times,
headers, notes, markup and marked speakers are no words. Nothing here raises: what cannot be read is
an error with its line, and words that stand outside a cue are kept all the same. The readers are
ours because webvtt-py and srt are less forgiving: the first drops what stands outside a cue, times
with a comma and a second voice without a word, the second raises at a bad time or at loose words,
and neither says at which line.
"""

import posixpath
import re
from collections.abc import Callable

from backlist.parse.transcript import lines, page, segments, timed
from backlist.parse.transcript.records import Book, Cue, Fault, Transcript
from backlist.parse.transcript.speakers import attributed

__all__ = ["Cue", "Fault", "Transcript", "attributed", "read"]


def read(name: str, text: str) -> Transcript:
    """The cues of a transcript file, and what of it cannot be read."""
    book = Book()
    text = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff").replace("\0", ""))
    reader = _READERS.get(posixpath.splitext(name)[1].lower(), lines.read)
    # Exports are often saved under another kind's name.
    reader(text, book) if not timed.is_timed(text) else timed.read(text, book)
    if not book.cues and not book.faults:
        book.fault(0, "has no words")
    count = sum(len(cue.text.split()) for cue in attributed(book.cues))
    return Transcript(name, tuple(book.cues), tuple(book.faults), count, form=book.form)


_READERS: dict[str, Callable[[str, Book], None]] = {
    ".vtt": timed.read,
    ".srt": timed.read,
    ".json": segments.read,
    ".html": page.read,
    ".htm": page.read,
    ".md": page.read_markdown,
    ".markdown": page.read_markdown,
    ".ttml": page.read_ttml,
    ".dfxp": page.read_ttml,
}
