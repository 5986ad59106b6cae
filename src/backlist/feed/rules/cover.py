"""The show's cover, where it lies in `static/`: Apple's rules need its bytes.

PNG: RFC 2083, section 4.1.1 (IHDR). JPEG: ITU T.81, B.2.2 (frame header).
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

SMALLEST, LARGEST = 1400, 3000
"""Pixels a side may have (Apple, itunes:image)."""

_FRAME = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(..)(..)(.)", re.DOTALL)
_PNG_COLOURS = {2: 3, 3: 3, 6: 4}


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture's first bytes say; 3 `channels` are RGB, 4 RGB with transparency or CMYK."""

    kind: str
    width: int
    height: int
    channels: int


def picture(data: bytes) -> Picture | None:
    """The picture's facts; None when it is neither PNG nor JPEG."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 26:
        width, height = struct.unpack(">II", data[16:24])
        return Picture("png", width, height, _PNG_COLOURS.get(data[25], 1))
    frame = _FRAME.search(data) if data.startswith(b"\xff\xd8") else None
    if frame is None:
        return None
    (height,), (width,) = struct.unpack(">H", frame[1]), struct.unpack(">H", frame[2])
    return Picture("jpg", width, height, frame[3][0])


def cover_violations(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """What is wrong with a cover, and the hint."""
    found = picture(data)
    if found is None:
        yield "is neither JPEG nor PNG", "save it as JPEG or PNG"
        return
    extension = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if extension != found.kind:
        yield f"is a {found.kind} by its bytes", f"give it the extension .{found.kind}"
    if found.width != found.height:
        yield f"is {found.width} × {found.height} pixels and not square", "crop it"
    if not SMALLEST <= found.width <= LARGEST:
        yield (
            f"is {found.width} pixels wide",
            f"make it {SMALLEST} to {LARGEST} pixels wide and high, under a new file name",
        )
    if found.channels != 3:
        yield "is not in plain RGB colours", "save it as RGB, without transparency"
