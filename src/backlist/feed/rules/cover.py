"""The covers that lie in `static/`, by Apple's rules."""

from collections.abc import Iterator

from backlist.pictures import SUFFIXES, Picture

SMALLEST, LARGEST = 1400, 3000
"""Pixels a side may have (Apple, itunes:image)."""


def cover_violations(found: Picture) -> Iterator[tuple[str, str]]:
    """What is wrong with a cover, and the hint."""
    if not found.is_shown:
        hint = "open it in a browser; if that shows it, save it again as JPEG or PNG"
        yield "cannot be read as a picture, and is not shown", hint
        return
    if found.kind not in ("JPEG", "PNG"):
        yield "is neither JPEG nor PNG", "save it as JPEG or PNG"
        return
    suffix = SUFFIXES[found.kind]
    if not found.name.lower().replace(".jpeg", ".jpg").endswith(suffix):
        yield f"is a {suffix[1:]} by its bytes", f"give it the extension {suffix}"
    if found.width != found.height:
        yield f"is {found.width} × {found.height} pixels and not square", "crop it"
    if not SMALLEST <= found.width <= LARGEST:
        yield (
            f"is {found.width} pixels wide",
            f"make it {SMALLEST} to {LARGEST} pixels wide and high, under a new file name",
        )
    if found.channels != 3:
        yield "is not in plain RGB colours", "save it as RGB, without transparency"
