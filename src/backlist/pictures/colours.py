"""The colour of a show's cover, for its site: the strongest of those that fill much of it."""

import colorsys
from pathlib import Path

from PIL import Image

from backlist.pictures.opening import UnreadableError, squared

COLOURS = 12
"""Colours that a cover is reduced to."""

LEAST = 0.015
"""The share of a cover from which on a colour is not a detail."""

NEUTRAL = 0.22
"""Colours weaker than this are greys: a site keeps the theme's own accent beside them."""


def strongest(path: Path) -> str:
    """`#rrggbb`, or empty where the cover is grey, or cannot be read."""
    try:
        small = squared(path.read_bytes(), 96).resize((96, 96), Image.Resampling.BOX)
    except UnreadableError:
        return ""
    few = small.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    counted = few.getcolors() or []
    found = []
    for count, index in counted:
        rgb = tuple(palette[3 * int(index) : 3 * int(index) + 3])  # type: ignore[arg-type]
        share, strength = count / (96 * 96), _strength(rgb)
        if share >= LEAST and strength >= NEUTRAL:
            found.append((strength * share**0.5, rgb))
    if not found:
        return ""
    return "#{:02x}{:02x}{:02x}".format(*max(found)[1])


def _strength(rgb: tuple[int, ...]) -> float:
    """How much of a colour it is: saturated, and neither nearly black nor nearly white."""
    red, green, blue = (part / 255 for part in rgb)
    _, light, _ = colorsys.rgb_to_hls(red, green, blue)
    chroma = max(red, green, blue) - min(red, green, blue)
    return chroma * (1 - abs(light - 0.5) * 0.8)
