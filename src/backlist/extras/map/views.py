"""The map's page and what its picture is made of; coordinates are written numbers."""

from dataclasses import dataclass

from markupsafe import Markup

from backlist.pages.views.parts import DateView, Head, Link


@dataclass(frozen=True, slots=True)
class MapText:
    """A line of text at a height."""

    text: str
    y: str


@dataclass(frozen=True, slots=True)
class MapMark:
    """A name of time; a heading has a rule at `rule`, `note` says what was skipped before it."""

    text: str
    short: str
    y: str
    heading: bool
    rule: str
    note: MapText | None


@dataclass(frozen=True, slots=True)
class MapArc:
    """Mentions as a path in a space 100 wide; `back` when an older episode mentions a newer."""

    path: str
    width: str
    back: bool


@dataclass(frozen=True, slots=True)
class MapNode:
    """An episode in the picture; its title is cut for three widths, or not written at all.

    `language` is that of the title, where it is not the site's.
    """

    anchor: str
    url: str
    title: str
    language: str
    stub: bool
    x: str
    y: str
    size: str
    top: str
    end: str
    narrow: tuple[MapText, ...]
    middle: str
    wide: str
    baseline: str
    play: Link | None


@dataclass(frozen=True, slots=True)
class MapStop:
    """Where a lane meets a row."""

    y: str
    size: str
    about: bool


@dataclass(frozen=True, slots=True)
class MapLane:
    """A shared work in the picture; `name` is empty where there was no room for it."""

    number: str
    url: str
    title: str
    x: str
    top: str
    bottom: str
    stops: tuple[MapStop, ...]
    head: str
    name: str
    name_y: str
    lead: str
    baseline: str


@dataclass(frozen=True, slots=True)
class MapTie:
    """Dots from a title to the last of its episode's lanes, at `x`."""

    y: str
    x: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """An episode in the list that says the same; a link without address is a number in words."""

    episode: Link
    date: DateView | None
    mentions: tuple[Link, ...]
    mentioned_by: tuple[Link, ...]
    works: tuple[Link, ...]
    visualizations: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MapWork:
    """A lane in the list that says the same."""

    work: Link
    year: str
    about: tuple[Link, ...]
    cited_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """`map.html`: the archive as one picture, and the same facts as lists."""

    head: Head
    title: str
    count: str
    grain: str
    ticks: bool
    tick: str
    height: str
    span: str
    told: str
    row_key: str
    node_key: str
    stub_key: str
    arc_key: str
    back_key: str
    lane_key: str
    play_key: str
    left_out: tuple[str, ...]
    marks: tuple[MapMark, ...]
    arcs: tuple[MapArc, ...]
    nodes: tuple[MapNode, ...]
    lanes: tuple[MapLane, ...]
    ties: tuple[MapTie, ...]
    numbered: bool
    topics: tuple[Link, ...]
    shared: tuple[Link, ...]
    rows: tuple[MapRow, ...]
    works: tuple[MapWork, ...]
    data: Markup
