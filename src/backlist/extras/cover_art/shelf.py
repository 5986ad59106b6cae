"""Books on shelves, as shapes: proportions in, polygons and SVG out.

Nothing here knows an episode; `cover_art` says what a book stands for.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

CREAM = "#f6efe2"

Box = tuple[float, float, float, float]
"""Left, top (of a row: its base), width and height."""


class Palette(NamedTuple):
    """The colours of a cover: the background, and the accent of the book that leans."""

    background: str
    accent: str

    @property
    def faint(self) -> str:
        """The colour of a source that was only searched for: cream, a third of it."""
        mixed = (
            round(int(self.background[at : at + 2], 16) * 0.62 + int(CREAM[at : at + 2], 16) * 0.38)
            for at in (1, 3, 5)
        )
        return "#" + "".join(f"{part:02x}" for part in mixed)


LEAN = math.radians(9)
SLIM, BROAD = 1.0, 2.2
ASPECT = 0.21
"""Breadth of a book in its height, about."""

STOUT = 0.34
"""No book is broader than this: a shelf with few books stays partly empty."""


@dataclass(frozen=True, slots=True)
class Book:
    """A source, as a book: `breadth` and `height` are proportions, `height` at most 1."""

    breadth: float
    height: float
    stripes: int = 0
    faint: bool = False
    labelled: bool = False
    leaning: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A four-sided polygon in one colour; an upright one begins with its left side."""

    points: tuple[tuple[float, float], ...]
    colour: str

    @property
    def is_upright(self) -> bool:
        """Whether its sides run along the axes."""
        one, two, three, four = self.points
        return one[0] == two[0] and two[1] == three[1] and three[0] == four[0] and four[1] == one[1]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a background, from the back to the front."""

    width: int
    height: int
    background: str
    shapes: tuple[Shape, ...]


def square(books: Sequence[Book], palette: Palette, size: int = 320) -> Drawing:
    """The books on the shelves of a square cover."""
    edge = size / 10
    box = (edge, edge, size - 2 * edge, size - 2 * edge)
    return Drawing(size, size, palette.background, tuple(shelved(books, box, palette)))


def banner(
    books: Sequence[Book], palette: Palette, top: int, width: int, height: int, edge: int
) -> Drawing:
    """The books below line `top` of a picture; the lowest shelf goes from edge to edge.

    Without books there is only that shelf.
    """
    box = (edge, top, width - 2 * edge, height - 92.0 - top)
    board = _box(0, height - 92, width, 4)
    return Drawing(
        width, height, palette.background, (*(shelved(books, box, palette) if books else ()), board)
    )


def svg(drawing: Drawing) -> str:
    """A drawing as an SVG element to stand in a page (SVG 2), without text, script or reference.

    A path a colour; what has the background's colour lies over the rest.
    """
    width, height, background = drawing.width, drawing.height, drawing.background
    paths: dict[str, list[str]] = {}
    for shape in drawing.shapes:
        paths.setdefault(shape.colour, []).append(_path(shape))
    over = paths.pop(background, [])
    coloured = [(background, [f"M0 0H{width}V{height}H0z"]), *paths.items(), (background, over)]
    body = "".join(f'<path fill="{fill}" d="{"".join(d)}"/>' for fill, d in coloured if d)
    return (
        f'<svg class="cover" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true" focusable="false">{body}</svg>'
    )


def shelved(books: Sequence[Book], box: Box, palette: Palette, most: int = 6) -> Iterator[Shape]:
    """Books set on shelves that fill a box (left, top, width, height)."""
    left, top, width, height = box
    count = _shelves(books, width, height, most)
    step = height / count
    # The tallest book reaches as high as its shelf allows, and a leaning one a little less.
    tall = step * 0.9 / max(book.height for book in books)
    stout = STOUT if count == 1 else math.inf
    for index, row in enumerate(_rows(books, count)):
        base = top + step * (index + 1)
        yield from _row(row, (left, base, width, tall), stout, palette)
        yield _box(left, base, width, max(1.5, height / 90))


def _shelves(books: Sequence[Book], width: float, height: float, most: int) -> int:
    """How many shelves let the books keep the proportions of books."""
    thick = sum(book.breadth for book in books)
    mean = thick / len(books)

    def unlike(rows: int) -> float:
        breadth, tall = width * rows / thick * mean, height / rows * 0.7
        return abs(math.log(breadth / tall / ASPECT))

    return min(range(1, most + 1), key=lambda rows: (round(unlike(rows), 6), rows))


def _rows(books: Sequence[Book], count: int) -> list[list[Book]]:
    """The books in their order, on so many shelves of about the same load."""
    rows: list[list[Book]] = [[] for _ in range(count)]
    thick, before = sum(book.breadth for book in books), 0.0
    for book in books:
        rows[min(count - 1, int((before + book.breadth / 2) / thick * count))].append(book)
        before += book.breadth
    return rows


def _row(row: Sequence[Book], box: Box, stout: float, palette: Palette) -> Iterator[Shape]:
    """The books of one shelf, pushed together from the left."""
    left, base, width, tall = box
    lost = sum(_slack(book, tall) for book in row)
    unit = (width - lost) / max(sum(book.breadth for book in row), SLIM)
    unit = min(unit, tall * stout / BROAD)
    for index, book in enumerate(row):
        room = book.breadth * unit + _slack(book, tall)
        against = -1 if 0 < index == len(row) - 1 else 1
        yield from _standing(book, (left, base, room, tall), against, palette)
        left += room


def _slack(book: Book, tall: float) -> float:
    """The room beside a leaning book."""
    return book.height * tall * math.sin(LEAN) if book.leaning else 0.0


def _standing(book: Book, box: Box, against: int, palette: Palette) -> Iterator[Shape]:
    """One book in its room; a leaning one leans to the right, or with -1 `against` the left."""
    left, base, room, tall = box
    height, breadth = book.height * tall, room - _slack(book, tall)
    gap = min(1.8, breadth * 0.14)
    lean = LEAN if book.leaning else 0.0

    def at(across: float, up: float) -> tuple[float, float]:
        x = gap / 2 + across * (breadth - gap)
        rise = (breadth - x) * math.sin(lean)
        x, y = (
            x * math.cos(lean) + up * height * math.sin(lean),
            rise + up * height * math.cos(lean),
        )
        return round(left + (x if against > 0 else room - x), 1), round(base - y, 1)

    def patch(low: float, high: float, inset: float = 0.0) -> tuple[tuple[float, float], ...]:
        return at(inset, low), at(inset, high), at(1 - inset, high), at(1 - inset, low)

    colour = palette.accent if book.leaning else palette.faint if book.faint else CREAM
    yield Shape(patch(0, 1), colour)
    for number in range(book.stripes):
        low = 0.82 - number * 0.09
        yield Shape(patch(low, low + 0.045), palette.background)
    if book.labelled:
        yield Shape(patch(0.1, 0.1 + min(0.16, 0.6 * breadth / height), 0.24), palette.background)


def _box(left: float, top: float, width: float, height: float) -> Shape:
    right, bottom = round(left + width, 1), round(top + height, 1)
    left, top = round(left, 1), round(top, 1)
    return Shape(((left, bottom), (left, top), (right, top), (right, bottom)), CREAM)


def _path(shape: Shape) -> str:
    """A polygon as path data; one that stands upright in the short form."""
    (left, low), (_, high), (right, _), _ = shape.points
    if shape.is_upright:
        return f"M{left:g} {low:g}V{high:g}H{right:g}V{low:g}z"
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in shape.points) + "z"
