"""JSON transcripts: of the podcast namespace, Podlove, WhisperX and whisper.cpp.

All are lists of segments with times, words and perhaps a speaker, under different names.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from backlist.parse.transcript.records import Book
from backlist.parse.transcript.timed import TIME, seconds

_LISTS = ("segments", "transcripts", "transcript", "transcription", "cues")
_FORMS = {
    "voice": "Podlove's JSON",
    "start_ms": "Podlove's JSON",
    "timestamps": "whisper.cpp's JSON",
    "words": "WhisperX's JSON",
}


def read(text: str, book: Book) -> None:
    """`{"segments": [{"startTime", "endTime", "speaker", "body"}, …]}`, or the list alone."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        book.fault(error.lineno, f"is not JSON: {error.msg}")
        return
    except (RecursionError, ValueError):
        book.fault(0, "is not valid JSON: it is nested too deeply or has infinite numbers")
        return
    found = _list_in(data)
    if found is None:
        book.fault(1, "has no list of `segments`")
        return
    for number, segment in enumerate(found, 1):
        _add(number, segment, book)
    keys = {key for segment in found if isinstance(segment, dict) for key in segment}
    if keys and "body" not in keys:
        known = (form for key, form in _FORMS.items() if key in keys)
        book.form = next(known, "JSON that is not the podcast namespace's")


def _list_in(data: Any) -> list[Any] | None:
    if isinstance(data, dict):
        data = next((data[name] for name in _LISTS if isinstance(data.get(name), list)), None)
    return data if isinstance(data, list) else None


def _add(number: int, segment: Any, book: Book) -> None:
    given: Mapping[str, Any] = segment if isinstance(segment, dict) else {}
    said = given.get("body", given.get("text"))
    if not isinstance(said, str):
        book.fault(0, f"segment {number} has no text as its `body`")
        return
    span = given.get("timestamps")
    span = span if isinstance(span, dict) else {}
    times = [
        next((given[name] for name in names if name in given), span.get(names[-1]))
        for names in (("startTime", "start", "from"), ("endTime", "end", "to"))
    ]
    for time in times:
        if time is not None and _time(time) is None:
            book.fault(0, f"segment {number} has a time that cannot be read: {str(time)[:40]}")
    book.add(_whole(said), _time(times[0]), _time(times[1]), _speaker(given))


def _whole(text: str) -> str:
    """A text without halves of characters, which JSON can spell."""
    return text.encode("utf-8", "ignore").decode()


def _speaker(given: Mapping[str, Any]) -> str | None:
    """The name of who speaks; a number alone becomes `Speaker 1`."""
    for said in (given.get("voice"), given.get("speaker")):
        name = said.get("name") if isinstance(said, dict) else said
        if isinstance(name, int) or (isinstance(name, str) and name.strip().isdigit()):
            return f"Speaker {str(name).strip()[:9]}"
        if isinstance(name, str) and name.strip():
            return _whole(name)
    return None


def _time(given: Any) -> float | None:
    """Seconds as a number or as a clock, however it is written; None where there is none."""
    said = str(given).strip() if isinstance(given, int | float | str) else ""
    if re.fullmatch(r"\d{1,9}(\.\d+)?", said):
        return float(said)
    return seconds(said) if re.fullmatch(TIME, said) else None
