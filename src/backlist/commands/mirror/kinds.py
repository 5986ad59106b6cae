"""What is brought home: where each kind goes, how large it may be, and what is no such file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from backlist import files, urls
from backlist.commands.mirror.faults import BROWSER, RefusedError
from backlist.feed.vocabulary import (
    AUDIO_TYPES,
    DOCUMENT_TYPES,
    LINKED_TYPES,
    TRANSCRIPT_TYPES,
    registered_transcript_type,
)
from backlist.http.download import Downloaded, Limits
from backlist.parse import chapters, transcript
from backlist.pictures import SUFFIXES
from backlist.problems import Level, Problems

TRANSCRIPTS, CHAPTERS, PICTURES, SOUND = WHAT = ("transcripts", "chapters", "pictures", "sound")
USUAL = (TRANSCRIPTS, CHAPTERS, PICTURES)
"""What is brought without being asked for: sound takes gigabytes."""

_MIB = 1024 * 1024
_START = 8_000
"""Characters that are looked at first."""
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    `judge` gives the ending of its name, from what was downloaded, the address, and the type that
    the record gives; it raises `RefusedError` for what is no such file.
    """

    one: str
    accept: str
    limits: Limits
    judge: Callable[[Downloaded, str, str], str]


def _transcript(got: Downloaded, address: str, said: str) -> str:
    known = {**TRANSCRIPT_TYPES, **LINKED_TYPES}
    ending = _ending(known, address, registered_transcript_type(said), got.type) or ".txt"
    if ending in LINKED_TYPES:
        _refuse_page(_head(got), "transcript")
        return ending
    text = _text(got)
    if known[ending] not in _HTML:
        _refuse_page(text, "transcript")
    elif error := _ERROR_PAGE.search(text[:20_000]):
        title = " ".join(error[0].split())[:60]
        raise RefusedError(f"it is an error page, not a transcript: “{title}”", BROWSER)
    # A beginning is enough for most: all of it takes longer than the request.
    if not any(transcript.read(f"transcript{ending}", part).cues for part in (text[:_START], text)):
        raise RefusedError("there are no words in it", "export the transcript again at the host")
    return ending


def _chapters(got: Downloaded, address: str, said: str) -> str:
    text = _text(got)
    _refuse_page(text, "chapters file")
    ending = urls.extension(address)
    if ending not in (".json", ".psc", ".xml", ".vtt", ".srt", ".txt"):
        start = text.lstrip("\ufeff \r\n\t")[:6]
        ending = ".json" if start[:1] in ("{", "[") else ".psc" if start[:1] == "<" else ".txt"
        ending = ".vtt" if start == "WEBVTT" else ending
    problems = Problems()
    chapters.read(text, f"chapters{ending}", problems)
    for problem in problems:
        if problem.level is Level.ERROR:
            hint = "export the chapters again at the host"
            raise RefusedError(f"it is no chapters file: {problem.message}", hint)
    return ending


def _picture(got: Downloaded, address: str, said: str) -> str:
    if got.type.startswith("text/") or "svg" in got.type:
        raise RefusedError(f"it is not a picture but {got.type}", _NO_PICTURE)
    # Who brings nothing home does not load what reads pictures.
    from backlist.pictures.opening import UnreadableError, judged

    try:
        return SUFFIXES[judged(got.path.read_bytes()).kind]
    except UnreadableError as error:
        raise RefusedError(str(error), _NO_PICTURE) from error


_NO_PICTURE = "open the address in a browser; name the address of the picture, not of a page"


def _sound(got: Downloaded, address: str, said: str) -> str:
    if got.type.startswith("text/"):
        raise RefusedError(f"it is not a recording but {got.type}", BROWSER)
    head = _head(got)
    _refuse_page(head, "recording")
    if not head:
        raise RefusedError("it is empty", "publish the recording again at the host")
    known = {**AUDIO_TYPES, **DOCUMENT_TYPES}
    return _ending(known, address, said.lower(), got.type) or ".mp3"


def _ending(known: Mapping[str, str], address: str, *types: str) -> str:
    """How a name ends: as the address does, else by the first type that is known."""
    ending = urls.extension(address)
    if ending in known:
        return ending
    of_type = {kind: ending for ending, kind in reversed(list(known.items()))}
    return next((of_type[kind] for kind in types if kind in of_type), "")


def _head(got: Downloaded) -> str:
    with got.path.open("rb") as stream:
        return stream.read(1024).decode("utf-8", "replace")


def _text(got: Downloaded) -> str:
    try:
        return got.path.read_text("utf-8")
    except UnicodeDecodeError:
        kind = f" but {got.type}" if got.type else ""
        hint = "save it as UTF-8 text, put it into the site, and name it in the record"
        raise RefusedError(f"it is not UTF-8 text{kind}", hint) from None


def _refuse_page(text: str, what: str) -> None:
    """Refuse a page that says in words what a status should have said."""
    if _PAGE.match(text):
        raise RefusedError(f"it is a web page, not a {what}", BROWSER)


_PAGE = re.compile(
    r"[\ufeff\s]*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_ERROR_PAGE = re.compile(
    r"<(?:title|h1)[^>]*>[^<]*\b(?:404|403|not found|access denied|forbidden|no longer available|"
    r"(?:sign|log) ?in|server error)\b[^<]*",
    re.IGNORECASE,
)

KINDS: Mapping[str, Kind] = {
    TRANSCRIPTS: Kind(
        "transcript",
        "text/vtt, application/x-subrip, application/json, text/html, text/plain, */*;q=0.5",
        Limits(files.MOST_BYTES, 20, 120),
        _transcript,
    ),
    CHAPTERS: Kind(
        "chapters file",
        "application/json+chapters, application/json, */*;q=0.5",
        Limits(5 * _MIB, 20, 60),
        _chapters,
    ),
    # Apps ask for less than one of these 20 MiB.
    PICTURES: Kind(
        "picture", "image/jpeg, image/png, image/*;q=0.5", Limits(20 * _MIB, 20, 90), _picture
    ),
    SOUND: Kind("recording", "audio/*, video/*, */*;q=0.5", Limits(8192 * _MIB, 60, 7200), _sound),
}
