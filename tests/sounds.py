"""Sound made by hand: silence that any player understands, and a few bells to listen to."""

import io
import math
import wave
from array import array
from collections.abc import Iterable
from typing import Any

from mutagen import id3


def silent_mp3(frames: int) -> bytes:
    """MPEG-1 layer III frames of silence, 128 kbit/s at 44.1 kHz: 417 bytes and 26.12 ms each.

    ISO 11172-3, 2.4.1.3: the header; side information and data of nothing but zeros.
    """
    frame = bytes.fromhex("fffb9000") + bytes(413)
    return frame * frames


def silent_wav(seconds: int) -> bytes:
    """PCM, one channel of 8 bits at 2,000 Hz."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(2000)
        file.writeframes(b"\x80" * 2000 * seconds)
    return stream.getvalue()


WATCH = (1, 2, 3, 4)
"""Strokes in each quarter of the recording of `tests/sites/listening`."""

QUARTER = 12
"""Seconds of a quarter."""

_PARTIALS = ((523.0, 1.0, 1.6), (1046.5, 0.6, 2.4), (1253.0, 0.4, 3.2), (1570.0, 0.25, 4.0))
"""A bell is a few tones that do not quite agree: Hz, loudness, how fast it fades."""


def ships_bells(rate: int = 8000) -> bytes:
    """PCM, one channel of 16 bits: one stroke, then two, three and four, in pairs as at sea.

    `static/bells.mp3` of that site is this at 8 kbit/s, encoded by LAME, with the chapters of
    `with_chapters`.
    """
    track = [0.0] * (rate * QUARTER * len(WATCH))
    for quarter, strokes in enumerate(WATCH):
        for stroke in range(strokes):
            at = 1 + stroke // 2 * 2.4 + stroke % 2 * 0.8
            _strike(track, rate, quarter * QUARTER + at)
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(array("h", (int(9000 * value) for value in track)).tobytes())
    return stream.getvalue()


def _strike(track: list[float], rate: int, at: float) -> None:
    first = int(at * rate)
    for place in range(first, min(len(track), first + 3 * rate)):
        time = (place - first) / rate
        track[place] += sum(
            loud * math.exp(-fade * time) * math.sin(math.tau * hertz * time)
            for hertz, loud, fade in _PARTIALS
        )


def with_chapters(sound: bytes, marks: Iterable[tuple[float, str, str]]) -> bytes:
    """An MP3 with chapter frames (ID3v2 Chapter Frame Addendum 1.0): seconds, title, address."""
    given = list(marks)
    frames: Any = id3  # without annotations of its own
    tags = frames.ID3()
    names = [f"ch{number}" for number in range(len(given))]
    flags = frames.CTOCFlags.TOP_LEVEL | frames.CTOCFlags.ORDERED
    tags.add(frames.CTOC(element_id="toc", flags=flags, child_element_ids=names))
    for name, (start, title, url) in zip(names, given, strict=True):
        said = [frames.TIT2(text=[title]), *([frames.WXXX(url=url)] if url else [])]
        begin, end = round(start * 1000), round(start * 1000) + 1000
        tags.add(frames.CHAP(element_id=name, start_time=begin, end_time=end, sub_frames=said))
    stream = io.BytesIO(sound)
    tags.save(stream)
    return stream.getvalue()
