"""Sound files that lie beside the site: what they are, how large, how long, their chapters.

mutagen reads them. `measure` reads one file and is called by `load` alone; `placed` completes a
record from what was measured, and tells where the two contradict each other.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import mutagen
from mutagen.mp3 import BitrateMode

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
    `estimated` says that the playing time follows from a part of the file alone.
    """

    length: int
    type: str | None = None
    duration: int | None = None
    chapters: tuple[tuple[float, str, str], ...] = ()
    estimated: bool = False


def measure(path: Path, *, whole: bool = True) -> Sound:
    """What the bytes of a file say; the name only tells video from sound in an MP4 container.

    Of a file that is not `whole` the parts that say how long it plays have to be there.
    """
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
    exact, estimated = found.info.length, kind == "audio/aac"
    if getattr(found.info, "bitrate_mode", None) == BitrateMode.UNKNOWN:
        counted = _count_frames(path) if whole else None
        exact, estimated = counted or exact, counted is None
    return Sound(length, kind, round(exact) or None, tuple(sorted(_chapters(found))), estimated)


HEAD = 256 * 1024
"""Bytes at the beginning of a file that mostly say all of it."""

TAIL = 64 * 1024
"""Bytes at its end that say how long it plays, where nothing before does (RFC 3533, 6)."""


def missing_part(head: bytes, length: int) -> tuple[int, int] | None:
    """Where the rest lies (first byte, the one after the last) that `measure` needs of a file.

    `head` is its beginning, `length` its whole size. A picture in front of an MP3 may be large
    (ID3v2.4, 3.1), and an MP4 may have its index at its end (ISO 14496-12, 8.2).
    """
    if len(head) >= length:
        return None
    if head[:3] == b"ID3":
        end = 10 + _synchsafe(head[6:10]) + TAIL
        return (len(head), min(end, length)) if end > len(head) else None
    if head[4:8] == b"ftyp":
        return _index_of_mp4(head, length)
    return (max(len(head), length - TAIL), length) if head[:4] == b"OggS" else None


def _index_of_mp4(head: bytes, length: int) -> tuple[int, int] | None:
    at = 0
    while at + 16 <= len(head):
        size, kind = int.from_bytes(head[at : at + 4], "big"), head[at + 4 : at + 8]
        size = int.from_bytes(head[at + 8 : at + 16], "big") if size == 1 else size
        if size < 8:
            return None
        if kind == b"moov":
            return (len(head), at + size) if len(head) < at + size <= length else None
        at += size
    return (at, length) if len(head) < at < length else None


def measure_parts(parts: Mapping[int, bytes], length: int, name: str) -> Sound:
    """What parts of a file say, by their first byte: as `measure`, of a file with holes.

    How long it plays is not counted where all of it would have to be there for that.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sound{urls.extension(name)}"
        with path.open("wb") as stream:
            for at, data in parts.items():
                stream.seek(at)
                stream.write(data)
            stream.truncate(length)
        return measure(path, whole=sum(map(len, parts.values())) >= length)


_LOST = 2
"""Places in an MP3 without its frames beyond which their count says nothing."""


def _count_frames(path: Path) -> float | None:
    """The seconds that the frames of an MP3 play; None where they do not follow each other.

    A file of varying bit rate whose encoder wrote no header about it has no other measure: most
    programs take the rate of its first frame for that of all (ISO 11172-3, 2.4.1.3).
    """
    seconds, lost = 0.0, 0
    with path.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
        at = 10 + _synchsafe(data[6:10]) if data[:3] == b"ID3" else 0
        while at + 4 <= len(data) and data[at : at + 3] not in (b"TAG", b"APE"):
            size, plays = _read_frame(data[at : at + 4])
            if size:
                seconds, at = seconds + plays, at + size
                continue
            lost += 1
            at = data.find(b"\xff", at + 1)
            if lost > _LOST or at < 0:
                break
    return seconds if lost <= _LOST and seconds else None


def _synchsafe(four: bytes) -> int:
    """A number of ID3v2 (2.4, 6.2): four bytes of seven bits."""
    return sum(byte << shift for byte, shift in zip(four, (21, 14, 7, 0), strict=True))


_RATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = (44100, 48000, 32000)


def _read_frame(head: bytes) -> tuple[int, float]:
    """The bytes of a frame of layer III and the seconds it plays; no bytes where it is none."""
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    if head[0] != 0xFF or head[1] < 0xE0 or layer != 1 or version == 1:
        return 0, 0.0
    if rate in (0, 15) or sampling == 3:
        return 0, 0.0
    first = version == 3
    hertz = _SAMPLES[sampling] >> {3: 0, 2: 1, 0: 2}[version]
    bits = _RATES[1 if first else 2][rate] * 1000
    samples = 1152 if first else 576
    return samples // 8 * bits // hertz + (head[2] >> 1 & 1), samples / hertz


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
    if found.estimated and audio.duration is not None:
        known["duration"] = audio.duration
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
    if found.estimated or told is None or measured is None:
        return wrong
    if abs(told - measured) > TOLERANCE:
        wrong.append(("duration", clock(told), clock(measured)))
    return wrong
