"""Pictures that cannot be SVG: shared links' cards, PNG in Source Serif 4, and posters, WebP.

The typeface comes with the package `fontpkg-source-serif-4` (SIL Open Font License 1.1). What it
cannot write is never shown as boxes: a symbol is left out, and a text with a letter it lacks
gives way to the drawing.
"""

import io
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from backlist.extras.cover_art import Book, Cloth, banner
from backlist.extras.cover_art.shelf import CREAM, HIGH, WIDE, Drawing
from backlist.memo import remembered_bytes

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FAMILY = "Source Serif 4"
EDGE = 72
TITLE = 132
"""The line below which the title stands, and below it the books from line `SHELF` on."""
SHELF = 396
LINES = 3
LARGEST, SMALLEST = 92, 46
FINER = 2
"""Shapes are drawn so many times larger and made smaller, which smooths their edges."""

COLOURS = 64
QUALITIES = (85, 75, 65, 50, 35)


@dataclass(frozen=True, slots=True)
class Words:
    """What a card says: whose it is, what it is about, and two notes."""

    show: str
    title: str
    date: str = ""
    note: str = ""


def card(words: Words, stock: tuple[Book, ...], bound: Cloth) -> bytes:
    """A PNG of 1200 by 630 pixels: words over the books, on the cloth.

    The same words and books give the same bytes, as long as Pillow and the typeface stay.
    """
    tools = tuple(version(name) for name in ("pillow", "fontpkg-source-serif-4"))
    return _card(words, stock, bound, tools)


@remembered_bytes
def _card(words: Words, stock: tuple[Book, ...], bound: Cloth, tools: tuple[str, ...]) -> bytes:
    from PIL import ImageDraw

    title = writable(words.title)
    picture = _painted(banner(stock, bound, SHELF if title else TITLE))
    pen = ImageDraw.Draw(picture)
    _line(pen, words.show, (EDGE, 58), 34, 650, bound.foil)
    _line(pen, words.date, (WIDE - EDGE, 58), 30, 400, CREAM)
    _line(pen, words.note, (EDGE, HIGH - 62), 30, 400, CREAM)
    if title:
        _title(pen, title)
    return _png(picture)


def poster(shot: bytes, most: int) -> bytes | None:
    """A picture as WebP of at most `most` bytes if any quality allows it; None for one colour.

    Exact if that is small enough, else as good as the size lets it be.
    """
    from PIL import Image

    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    if picture.getcolors(1):
        return None
    file = io.BytesIO()
    picture.save(file, "WEBP", method=6, lossless=True)
    for quality in QUALITIES:
        if file.tell() <= most:
            break
        file = io.BytesIO()
        picture.save(file, "WEBP", method=6, quality=quality)
    return file.getvalue()


def writable(text: str) -> str | None:
    """The text as the typeface can write it; None when it lacks a letter of it."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
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
    wanted = {b"Weight": weight, b"Optical Size": min(60, size)}
    font.set_variation_by_axes([wanted[axis["name"]] for axis in font.get_variation_axes()])
    return font


def _painted(drawing: Drawing) -> "Image":
    from PIL import Image, ImageDraw

    size = (drawing.width * FINER, drawing.height * FINER)
    picture = Image.new("RGB", size, drawing.ground)
    pen = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        pen.polygon([(x * FINER, y * FINER) for x, y in shape.points], fill=shape.colour)
    return picture.reduce(FINER)


def _line(
    pen: "ImageDraw", text: str, at: tuple[int, int], size: int, weight: int, colour: str
) -> None:
    """One line, from `at` to the right, or from the right edge to the left."""
    font = _font(size, weight)
    room = WIDE - 2 * EDGE if at[1] > SHELF else (WIDE - 2 * EDGE) * 2 // 3
    fitting = _cut(writable(text) or "", font, room)
    anchor = "ls" if at[0] == EDGE else "rs"
    pen.text((at[0], at[1] + size // 2), fitting, font=font, fill=colour, anchor=anchor)


def _title(pen: "ImageDraw", title: str) -> None:
    """The title as large as three lines let it be; one that is too long is cut."""
    size = LARGEST
    while size > SMALLEST and not _fits(title, size):
        size -= 2
    lines = _lines(title, _font(size, 500), WIDE - 2 * EDGE)
    if len(lines) > LINES:
        rest = " ".join(lines[LINES - 1 :])
        lines = [*lines[: LINES - 1], _cut(rest, _font(size, 500), WIDE - 2 * EDGE, force=True)]
    for place, line in enumerate(_even(lines, size)):
        at = (EDGE - size // 24, TITLE + size + round(place * size * 1.08))
        pen.text(at, line, font=_font(size, 500), fill=CREAM, anchor="ls")


def _fits(title: str, size: int) -> bool:
    lines = _lines(title, _font(size, 500), WIDE - 2 * EDGE)
    high = size * (0.3 + 1.08 * len(lines))
    return len(lines) <= LINES and high <= SHELF - TITLE


def _even(lines: list[str], size: int) -> list[str]:
    """The same words on as many lines, the lines of about one length."""
    title, font = " ".join(lines), _font(size, 500)
    for width in range((WIDE - 2 * EDGE) // 2, WIDE - 2 * EDGE, 24):
        tried = _lines(title, font, width)
        if len(tried) <= len(lines) and all(font.getlength(line) <= width for line in tried):
            return tried
    return lines


def _lines(text: str, font: "FreeTypeFont", width: int) -> list[str]:
    """A text broken at its spaces; a word longer than a line is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, width))
    return lines


def _cut(text: str, font: "FreeTypeFont", width: int, *, force: bool = False) -> str:
    """A text shortened until it fits; `force` says by an ellipsis that there was more."""
    if font.getlength(text) <= width and not force:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' ,;:.–—-')}…"


def _png(picture: "Image") -> bytes:
    """A small PNG (ISO/IEC 15948) of few colours, without a date or any other text in it."""
    from PIL import Image

    few = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", compress_level=6)
    return file.getvalue()
