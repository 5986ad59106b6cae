"""The card that a shared link shows: PNG, a title in Source Serif 4 over an episode's books.

A card has sixteen colours, so its picture is painted as indexes into them: the background,
steps from it to cream and to the accent for smooth edges, and the faint colour. The typeface comes
with the package `fontpkg-source-serif-4` (SIL Open Font License 1.1). What it cannot write is
never shown as boxes: a symbol is left out, and a text with a letter it lacks gives way to the
drawing.
"""

import io
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING

from backlist.extras.cover_art import Book, Palette
from backlist.extras.cover_art.shelf import CREAM, Drawing, Shape, banner
from backlist.pages.share_image import HEIGHT, WIDTH

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FAMILY = "Source Serif 4"
EDGE = 72
ROOM = WIDTH - 2 * EDGE
TITLE = 132
"""The line below which the title stands, and below it the books from line `SHELF` on."""
SHELF = 396
MARK = 200
"""Pixels of initials in place of books."""
LINES = 3
SIZES = tuple(range(92, 44, -2))
"""Sizes of a title in pixels, the largest first."""

MOST = 1000
"""Letters of a text of which no more could be seen; measuring costs time with each of them."""

OPTICAL = 60
"""The largest optical size of the typeface."""

STEPS = 7
"""Steps from the background to a full colour; with the faint one, two need sixteen."""

GROUND, FAINT = 0, 2 * STEPS + 1
CREAM_STEPS, ACCENT_STEPS = 0, STEPS
"""Indexes of the colours: step n of cream or accent comes n after its name."""

FINER = 4
"""A leaning book is drawn so many times larger and made smaller, which smooths its edges."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a card says: whose it is, what it is about, and two notes.

    `initials` stand large where there is no shelf.
    """

    show: str
    title: str
    date: str = ""
    note: str = ""
    initials: str = ""


def card(words: Words, books: tuple[Book, ...], palette: Palette) -> bytes:
    """A PNG of 1200 by 630 pixels: words over the books, in the palette's colours.

    The same words and books give the same bytes, as long as Pillow and the typeface stay.
    """
    title, mark = writable(words.title), writable(words.initials)
    top = SHELF if title else TITLE
    shelf = () if title and mark else books
    picture = _painted(banner(shelf, palette, top, WIDTH, HEIGHT, EDGE), palette)
    if title and mark:
        _write(picture, mark, (WIDTH - EDGE, HEIGHT - 96), _font(MARK, 600), "rs", ACCENT_STEPS)
    _line(picture, words.show, (EDGE, 58), 34, 650, ACCENT_STEPS)
    _line(picture, words.date, (WIDTH - EDGE, 58), 30, 400, CREAM_STEPS)
    _line(picture, words.note, (EDGE, HEIGHT - 62), 30, 400, CREAM_STEPS)
    if title:
        _title(picture, title)
    return _png(picture)


def writable(text: str) -> str | None:
    """The beginning of a text as the typeface can write it; None when it lacks a letter of it."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))[:MOST]
    lacking = {letter for letter in text if not _has(letter)}
    if any(unicodedata.category(letter)[0] in "LMN" for letter in lacking):
        return None
    return " ".join("".join(letter for letter in text if letter not in lacking).split())


@cache
def _has(letter: str) -> bool:
    """Whether the typeface has a sign of its own for a letter."""
    font = _font(40, 400)
    nothing = bytes(font.getmask("\U0010ffff"))
    return letter == " " or bytes(font.getmask(letter)) not in (nothing, b"")


@cache
def _font(size: int, weight: int) -> "FreeTypeFont":
    """The typeface in a size of pixels, with the optical size that belongs to it."""
    import fontpkg
    from PIL import ImageFont

    font = ImageFont.truetype(fontpkg.path(FAMILY), size)
    wanted = {b"Weight": weight, b"Optical Size": min(OPTICAL, size)}
    font.set_variation_by_axes([wanted[axis["name"]] for axis in font.get_variation_axes()])
    return font


# ---- the books


def _painted(drawing: Drawing, palette: Palette) -> "Image":
    """A drawing as indexes into the card's colours."""
    from PIL import Image, ImageDraw

    picture = Image.new("P", (drawing.width, drawing.height), GROUND)
    picture.putpalette(_colours(palette))
    pen = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        if not shape.is_upright:
            _tilted(picture, shape, is_background=shape.colour == palette.background)
        elif shape.colour == CREAM:
            _smooth_box(pen, shape)
        else:
            _box(pen, shape, FAINT if shape.colour == palette.faint else GROUND)
    return picture


def _colours(palette: Palette) -> list[int]:
    """Red, green and blue of the sixteen colours, in the order of their indexes."""
    background = _rgb(palette.background)
    steps = [
        round(low + (high - low) * step / STEPS)
        for end in (_rgb(CREAM), _rgb(palette.accent))
        for step in range(1, STEPS + 1)
        for low, high in zip(background, end, strict=True)
    ]
    return [*background, *steps, *_rgb(palette.faint)]


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _bounds(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    across, down = zip(*shape.points, strict=True)
    return min(across), min(down), max(across), max(down)


def _box(pen: "ImageDraw", shape: Shape, index: int) -> None:
    """An upright shape in whole pixels."""
    left, top, right, bottom = map(round, _bounds(shape))
    pen.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=index)


def _smooth_box(pen: "ImageDraw", shape: Shape) -> None:
    """An upright shape in cream, its sides at fractions of a pixel: books stand close together."""
    left, high, right, low = _bounds(shape)
    top, bottom = round(high), max(round(high), round(low) - 1)
    if ceil(left) < floor(right):
        pen.rectangle((ceil(left), top, floor(right) - 1, bottom), fill=CREAM_STEPS + STEPS)
    for x, part in ((floor(left), ceil(left) - left), (floor(right), right - floor(right))):
        step = round(part * STEPS)
        if step:
            pen.line((x, top, x, bottom), fill=CREAM_STEPS + step)


def _tilted(picture: "Image", shape: Shape, *, is_background: bool) -> None:
    """A shape of the leaning book: the accent on the background, or the reverse."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = (floor(side) for side in _bounds(shape))
    size = (right - left + 2, bottom - top + 2)
    finer = Image.new("L", (size[0] * FINER, size[1] * FINER))
    points = [((x - left) * FINER, (y - top) * FINER) for x, y in shape.points]
    ImageDraw.Draw(finer).polygon(points, fill=255)
    _blend(picture, finer.reduce(FINER), (left, top), ACCENT_STEPS, is_background=is_background)


def _blend(
    picture: "Image", mask: "Image", at: tuple[int, int], steps: int, *, is_background: bool = False
) -> None:
    """Put a colour where a mask is, in steps; `is_background` puts the background on it."""
    levels = [round(value * STEPS / 255) for value in range(256)]
    if is_background:
        shades = [steps + STEPS - level if level < STEPS else GROUND for level in levels]
    else:
        shades = [steps + level for level in levels]
    shown = [255 if level else 0 for level in levels]
    picture.paste(mask.point(shades), at, mask.point(shown))


# ---- the words


def _line(
    picture: "Image", text: str, at: tuple[int, int], size: int, weight: int, steps: int
) -> None:
    """One line, from `at` to the right, or from the right edge to the left."""
    font = _font(size, weight)
    fitting = _cut(writable(text) or "", font, ROOM if at[1] > SHELF else ROOM * 2 // 3)
    anchor = "ls" if at[0] == EDGE else "rs"
    _write(picture, fitting, (at[0], at[1] + size // 2), font, anchor, steps)


def _title(picture: "Image", title: str) -> None:
    """The title as large as three lines let it be; one that is too long is cut."""
    size = next((size for size in SIZES[:-1] if _fits(title, size)), SIZES[-1])
    font = _font(size, 500)
    lines = _lines(title, _measure(title, size), ROOM, font)
    if len(lines) > LINES:
        rest = " ".join(lines[LINES - 1 :])
        lines = [*lines[: LINES - 1], _cut(rest, font, ROOM, force=True)]
    for number, line in enumerate(_even(lines, size)):
        at = (EDGE - size // 24, TITLE + size + round(number * size * 1.08))
        _write(picture, line, at, font, "ls", CREAM_STEPS)


def _write(
    picture: "Image", text: str, at: tuple[int, int], font: "FreeTypeFont", anchor: str, steps: int
) -> None:
    """A text in the steps of a colour, its baseline at `at`."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = map(round, font.getbbox(text, anchor=anchor))
    if not text:
        return
    mask = Image.new("L", (right - left + 2, bottom - top + 2))
    ImageDraw.Draw(mask).text((1 - left, 1 - top), text, font=font, fill=255, anchor=anchor)
    _blend(picture, mask, (at[0] + left - 1, at[1] + top - 1), steps)


def _fits(title: str, size: int) -> bool:
    lines = _lines(title, _measure(title, size), ROOM, _font(size, 500))
    high = size * (0.3 + 1.08 * len(lines))
    return len(lines) <= LINES and high <= SHELF - TITLE


Widths = Mapping[str, float]
"""Words of a text, and the space between them, in pixels."""


def _measure(text: str, size: int) -> Widths:
    """Above the largest optical size letters only grow, so they are measured in one size."""
    measured = size if size < OPTICAL else SIZES[0]
    return {word: _width(word, measured) * size / measured for word in {*text.split(), " "}}


@lru_cache(maxsize=1 << 14)
def _width(word: str, size: int) -> float:
    return _font(size, 500).getlength(word)


def _even(lines: list[str], size: int) -> list[str]:
    """The same words on as many lines, the lines of about one length."""
    title, font = " ".join(lines), _font(size, 500)
    widths = _measure(title, size)
    for width in range(ROOM // 2, ROOM, 24):
        tried = _lines(title, widths, width, font)
        if len(tried) <= len(lines) and all(widths.get(word, width) <= width for word in tried):
            return tried
    return lines


def _lines(text: str, widths: Widths, width: int, font: "FreeTypeFont") -> list[str]:
    """A text broken at its spaces; a word longer than a line is cut."""
    lines: list[str] = []
    used = 0.0
    for word in text.split():
        longer = used + widths[" "] + widths[word]
        if lines and longer <= width:
            lines[-1] += f" {word}"
            used = longer
        else:
            lines.append(_cut(word, font, width) if widths[word] > width else word)
            used = widths[word]
    return lines


def _cut(text: str, font: "FreeTypeFont", width: int, *, force: bool = False) -> str:
    """A text shortened until it fits; `force` says by an ellipsis that there was more."""
    if font.getlength(text) <= width and not force:
        return text
    ends = range(1, len(text))
    fitting = bisect_right(ends, float(width), key=lambda end: font.getlength(f"{text[:end]}…"))
    return f"{text[:fitting].rstrip(' ,;:.–—-')}…"


def _png(picture: "Image") -> bytes:
    """A small PNG (ISO/IEC 15948) of four bits a pixel, without a date or any other text in it.

    Run lengths suit large plain areas: half the time of a full search, and as small.
    """
    file = io.BytesIO()
    picture.save(file, "PNG", bits=4, compress_level=6, compress_type=zlib.Z_RLE)
    return file.getvalue()
