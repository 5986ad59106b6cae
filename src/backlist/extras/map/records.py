"""What a drawn map consists of: positions, and how much was left out.

Down the page is time, newest on top, in pixels from the top of the picture. Across it are zones
whose widths belong to the style sheet; within a zone places are given in hundredths of its width.
All numbers are rounded, so that the same archive gives the same text.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Grain(StrEnum):
    """What a row of the map is."""

    TITLES = "titles"
    """An episode with its title."""
    LINES = "lines"
    """An episode; the most connected have their titles."""
    PERIODS = "periods"
    """A day, week, month, quarter or year: a tick an episode, one title a row."""


class Period(StrEnum):
    """What a row stands for, or a mark of time names."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Mark:
    """A name of time at a height: `day` is None for the episodes without a date.

    A `heading` has a rule across the picture; `skipped` counts the periods left out before it,
    because nothing came out in them.
    """

    y: float
    period: Period
    day: date | None
    heading: bool = False
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """A title cut for three widths of the page: lines on a phone, one line on wider ones."""

    narrow: tuple[str, ...]
    middle: str
    wide: str


@dataclass(frozen=True, slots=True)
class Node:
    """Where an episode is: its height, its place in the row from 0 to 100, its size in pixels.

    Its label, if it has one, begins where its row ends, at `end`.
    """

    slug: str
    x: float
    y: float
    size: float
    end: float
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Arc:
    """Mentions between two heights; `down` and `up` count those of the lower and the upper one.

    `path` is its SVG path in a space 100 wide, whose right edge is the axis of the episodes.
    """

    top: float
    bottom: float
    down: int
    up: int
    path: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a lane meets a row: `count` episodes, some of them `about` the work."""

    y: float
    count: int
    about: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A work that several episodes share, or takes on one subject that has no work here.

    `work` is the work's id. `name_y` is the height of its name, None where there is no room.
    """

    work: str | None
    about: tuple[str, ...]
    cited_by: tuple[str, ...]
    x: float
    stops: tuple[Stop, ...]
    name_y: float | None = None

    @property
    def episodes(self) -> tuple[str, ...]:
        """Everybody on the lane, those about the work first."""
        return (*self.about, *self.cited_by)


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many of all there are were drawn: those of `least` episodes or more.

    `every` is false where that would be too many, and only the newest of them were drawn.
    """

    count: int
    of: int
    least: int
    every: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """The map of an archive, newest on top."""

    grain: Grain
    period: Period
    height: float
    step: float
    """How far the episodes of a row stand apart, in hundredths of their zone."""
    span: float
    """The height of the highest arc."""
    marks: tuple[Mark, ...]
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    lanes: tuple[Lane, ...]
    columns: int
    shared: tuple[tuple[str, ...], ...]
    """The episodes of every shared work, those of `lanes` first and in their order."""
    mentions: Drawn
    works: Drawn
    boilerplate: int
    """Works that so many episodes share that a lane would tell nothing."""
    within: int
    """Mentions between episodes of one row, which have no arc."""
