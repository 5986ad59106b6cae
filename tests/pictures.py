"""Pictures for tests, made here."""

import io
from typing import Any

from PIL import Image, ImageDraw


def picture(
    size: tuple[int, int] = (1400, 1400),
    colour: Any = "#1e6fa8",
    kind: str = "PNG",
    mode: str = "RGB",
    **how: Any,
) -> bytes:
    """A picture in one colour, with a darker bar across its upper left quarter."""
    made = Image.new("RGB" if mode == "CMYK" else mode, size, colour)
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, 0, size[0] // 2, size[1] // 4), fill="#101010" if mode != "L" else 16)
    file = io.BytesIO()
    made.convert(mode).save(file, kind, **how)
    return file.getvalue()
