"""Sound files that lie beside the site: what they are, how large, how long, their chapters.

mutagen reads them. `measure` reads one file and is called by `load` alone; `placed` completes a
record from what was measured, and tells where the two contradict each other.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen

from backlist import urls
from backlist.model import Audio
from backlist.model.scalars import clock, timestamp
from backlist.problems import Problems, Where, did_you_mean

TYPES = {
    "MP3": "audio/mpeg",
    "MP4": "audio/x-m4a",
    "AAC": "audio/aac",
    "OggVorbis": "audio/ogg",
    "OggOpus": "audio/ogg",
    "OggFLAC": "audio/ogg",
    "FLAC": "audio/flac",
    "WAVE": "audio/wav",
}
"""Media type by the kind of file mutagen found in the bytes."""

TOLERANCE = 1
"""Seconds a written playing time may differ from the measured one: people round."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A measured sound file: bytes, media type, whole seconds; None for what cannot be read.

    `chapters` are those written into the file: start in seconds, title, address or nothing.
    """

    length: int
    type: str | None = None
    duration: int | None = None
    chapters: tuple[tuple[float, str, str], ...] = ()


def measure(path: Path) -> Sound:
    """What the bytes of a file say; the name only tells video from sound in an MP4 container."""
    length = path.stat().st_size
    try:
        found: Any = mutagen.File(path)
    except (mutagen.MutagenError, OSError):
        found = None
    kind = TYPES.get(type(found).__name__)
    if kind is None or getattr(found.info, "sketchy", False):
        return Sound(length)
    named = urls.audio_type(path.name) or ""
    if kind == "audio/x-m4a" and named.startswith("video/"):
        kind = named
    return Sound(length, kind, round(found.info.length) or None, tuple(sorted(_chapters(found))))


def _chapters(found: Any) -> Iterator[tuple[float, str, str]]:
    """The chapters of an MP3 (ID3v2 Chapter Frame Addendum 1.0), an MP4, or a Vorbis comment."""
    tags = found.tags
    if hasattr(tags, "getall"):
        yield from _id3_chapters(tags)
    elif hasattr(found, "chapters"):
        yield from ((one.start, one.title, "") for one in found.chapters or ())
    elif tags is not None:
        yield from _comment_chapters(tags)


def _id3_chapters(tags: Any) -> Iterator[tuple[float, str, str]]:
    """The chapters the table of contents lists; all where there is none."""
    listed = {name for table in tags.getall("CTOC") for name in table.child_element_ids}
    for one in tags.getall("CHAP"):
        if not listed or one.element_id in listed:
            title = next((str(frame) for frame in one.sub_frames.getall("TIT2")), "")
            url = next((frame.url for frame in one.sub_frames.getall("WXXX")), "")
            yield one.start_time / 1000, title, url


def _comment_chapters(tags: Any) -> Iterator[tuple[float, str, str]]:
    """`CHAPTER001=00:00:10.000`, `CHAPTER001NAME=…`, `CHAPTER001URL=…` (Xiph)."""
    given = {key.upper(): values[0] for key, values in dict(tags).items() if values}
    for key, value in given.items():
        if re.fullmatch(r"CHAPTER\d{3}", key) and re.fullmatch(r"\d+:\d\d:\d\d(\.\d+)?", value):
            yield timestamp(value), given.get(f"{key}NAME", ""), given.get(f"{key}URL", "")


Places = Callable[..., Where]


def placed(
    audio: Audio, sounds: Mapping[str, Sound], base_url: str, where: Places, problems: Problems
) -> Audio:
    """The record with its address and what was measured; one that names an address stays as is.

    `where` gives the place of a key of the record. What was measured wins over what was written,
    because it is what an app will get; a contradiction is a warning, a missing file an error.
    """
    if audio.file is None:
        return audio
    name = urls.static_name(audio.file)
    address = urls.static_file(name, base_url)
    found = sounds.get(name)
    if found is None:
        problems.error(
            where("audio", "file"),
            f"there is no audio file static/{name}",
            did_you_mean(name, sounds) or f"put it there: static/{name}",
        )
        # Said once: what would come of the missing file on its page is not told as well.
        return audio.model_copy(update={"url": address, "file": None})
    _compare(audio, name, found, where, problems)
    measured = {"type": found.type, "length": found.length, "duration": found.duration}
    known = {key: value for key, value in measured.items() if value is not None}
    return audio.model_copy(update={"url": address, **known})


def _compare(audio: Audio, name: str, found: Sound, where: Places, problems: Problems) -> None:
    if found.type is None:
        problems.warning(
            where("audio", "file"),
            f"static/{name} cannot be read as an audio file",
            "save it as MP3 or M4A, or write `type:` and `duration:` yourself",
        )
        return
    if found.type != urls.audio_type(name):
        problems.warning(
            where("audio", "file"),
            f"static/{name} contains {found.type}, which does not match its extension",
            "use the extension for its content; servers go by the extension",
        )
    for key, told, measured in _contradictions(audio, found):
        problems.warning(
            where("audio", key),
            f"`audio.{key}` says {told}, the file has {measured}",
            "remove the line; the value is measured",
        )


def _contradictions(audio: Audio, found: Sound) -> list[tuple[str, str, str]]:
    """Key, what the record says, what the file has; for every key the two disagree on."""
    wrong = []
    if audio.type not in (None, found.type):
        wrong.append(("type", str(audio.type), str(found.type)))
    if audio.length not in (None, found.length):
        wrong.append(("length", f"{audio.length} bytes", f"{found.length} bytes"))
    told, measured = audio.duration, found.duration
    if told is not None and measured is not None and abs(told - measured) > TOLERANCE:
        wrong.append(("duration", clock(told), clock(measured)))
    return wrong
