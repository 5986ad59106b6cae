"""Sized copies of pictures, as bytes of a file: without what a camera wrote into it."""

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image
from PIL.Image import Image as Pixels

from backlist.pictures import SIDES, WEBP
from backlist.pictures.opening import squared


def copy(path: Path, digest: str, side: int, kind: str) -> bytes:
    """The picture in a file, of that digest, as a square of so many pixels."""
    small = _square(path, digest).resize((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    file = io.BytesIO()
    if kind == WEBP:
        small.save(file, "WEBP", quality=80, method=5)
    else:
        small.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()


@lru_cache(maxsize=1)
def _square(path: Path, digest: str) -> Pixels:
    """The square that all copies of a picture are made from: they are made one after the other."""
    return squared(path.read_bytes(), max(SIDES))
