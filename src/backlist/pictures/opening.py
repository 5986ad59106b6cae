"""Files and bytes to pictures: the one place where Pillow opens what others made."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps
from PIL.Image import Image as Pixels

from backlist.pictures import LARGEST, SUFFIXES, Picture

warnings.filterwarnings("ignore", module=r"PIL\.")
"""Of sizes, which are judged here, and of odd metadata, which is left behind."""

_CHANNELS = {"RGB": 3, "P": 3, "RGBA": 4, "CMYK": 4, "YCbCr": 3}
_TURNED = (5, 6, 7, 8)
"""Orientations (Exif 2.32, 4.6.4) that lay a picture on its side."""
_ORIENTATION = 0x0112


class UnreadableError(Exception):
    """Bytes that are no picture, with the reason as its text."""


def header(data: bytes, digest: str = "") -> Picture:
    """What the first bytes of a picture say; without a kind where it cannot be shown."""
    try:
        with opened(data) as found:
            width, height = found.size
            if found.getexif().get(_ORIENTATION) in _TURNED:
                width, height = height, width
            channels = _CHANNELS.get(found.mode, 1)
            return Picture(digest, str(found.format), width, height, channels)
    except UnreadableError:
        return Picture(digest)


@contextmanager
def opened(data: bytes) -> Iterator[Pixels]:
    """A picture of a format that is shown, not unpacked yet. Raises `UnreadableError`.

    Whatever goes wrong inside Pillow while the picture is in use is said to be the picture's fault:
    its readers raise what they like on bytes that were made to break them.
    """
    try:
        with Image.open(io.BytesIO(data), formats=tuple(SUFFIXES)) as found:
            if found.width * found.height > LARGEST:
                size = f"{found.width} × {found.height} pixels"
                raise UnreadableError(f"it is too large to be unpacked ({size})")
            yield found
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError("it is not a JPEG, PNG, WebP or GIF that can be read") from error


def judged(data: bytes) -> Picture:
    """A picture that is really unpacked, to know that it can be. Raises `UnreadableError`."""
    with opened(data) as found:
        found.load()
    return header(data)


def squared(data: bytes, side: int) -> Pixels:
    """The first picture of a file as a square in sRGB, about twice `side` large or larger.

    It stands upright, on a plain ground where it is transparent, and is cropped to its middle; one
    that is more than twice as wide as high, or the other way round, is shown whole.
    """
    with opened(data) as found:
        found.draft("RGB", (side * 2, side * 2))  # a JPEG is unpacked no larger than needed
        upright = ImageOps.exif_transpose(found)
        if max(upright.size) <= 2 * min(upright.size):
            upright = ImageOps.fit(upright, (min(upright.size),) * 2)
        whole = _on_ground(_in_srgb(upright))
        if whole.width != whole.height:
            longest = min(max(whole.size), 2 * side)
            whole = ImageOps.pad(whole, (longest, longest), color=_edge(whole))
        return whole


def _in_srgb(found: Pixels) -> Pixels:
    """In the colours of the web, by the profile that the file carries (ICC.1); RGB or RGBA."""
    from PIL import ImageCms

    profile = found.info.get("icc_profile")
    clear = "A" in found.getbands() or "transparency" in found.info
    if profile and found.mode in ("RGB", "CMYK", "L"):
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(
                found, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB"
            ) or found.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile nobody understands says nothing
    return found.convert("RGBA" if clear else "RGB")


def _on_ground(found: Pixels) -> Pixels:
    """Without transparency: on white, or on black where what is drawn is light."""
    if found.mode != "RGBA":
        return found
    seen = found.getchannel("A")
    light = found.convert("L").resize((32, 32), Image.Resampling.BOX)
    weights = list(seen.resize((32, 32), Image.Resampling.BOX).tobytes())
    total = sum(map(int.__mul__, light.tobytes(), weights))
    ground = "black" if total > 200 * max(1, sum(weights)) else "white"
    return Image.composite(found.convert("RGB"), Image.new("RGB", found.size, ground), seen)


def _edge(found: Pixels) -> tuple[int, ...]:
    """The colour along the edge, on which a long picture stands."""
    small = found.resize((16, 16), Image.Resampling.BOX)
    rim = [
        small.getpixel((x, y)) for x in range(16) for y in range(16) if x in (0, 15) or y in (0, 15)
    ]
    return tuple(sum(one[band] for one in rim) // len(rim) for band in range(3))  # type: ignore[index, misc]
