"""What plays, moves or is read along: recordings, chapters, transcripts, visualizations."""

from dataclasses import dataclass

from markupsafe import Markup

from backlist.feed.vocabulary import Kind
from backlist.pages.views.parts import Link


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table; one of a column of numbers is set in line with the others."""

    text: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """The data of a chart; `cut` says in words that rows are left out, `file` has all of it."""

    caption: str
    summary: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cut: str
    file: Link


@dataclass(frozen=True, slots=True)
class VisualizationView:
    """A visualization on a page: framed when it is here, a link when it is elsewhere.

    `url` is its full view, or where there is none its address elsewhere, and empty for one nobody
    can open. `frame` is what a frame shows, empty where nothing may be framed. One that is
    elsewhere has `address` and `place`, one that is here `original`, `saved` and `size`. It shows
    its `poster`, or without one its title.
    """

    title: str
    description: str
    url: str
    address: str
    place: str
    open_at: str
    not_here: str
    frame: str
    height: int
    autostart: bool
    background: str
    original: str
    saved: str
    size: str
    poster: str
    episodes: tuple[Link, ...]
    works: tuple[Link, ...]
    tables: tuple[TableView, ...]


@dataclass(frozen=True, slots=True)
class AudioView:
    """The recording of an episode; `kind` is `audio`, `video`, or what no player plays.

    `page` leads to the episode, `key` is what a browser remembers the listener's place under,
    `seconds` the playing time, or empty, `picture` what a lock screen shows. `language` is that of
    the episode's title, where it is not the site's.
    """

    url: str
    kind: Kind
    playable: bool
    is_video: bool
    heading: str
    type: str
    duration: str
    size: str
    page: str
    key: str
    seconds: str
    picture: str
    language: str


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter: `url` leads to its moment, `link` to a page about it at `place`.

    `picture` is a small one, empty where it has none in `static/`. `language` is that of the
    title, where it is not the site's.
    """

    title: str
    language: str
    time: str
    url: str
    link: str
    place: str
    picture: str


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """The transcripts of an episode.

    `html` is what is said; empty where it has a page of its own at `page`, and where there are
    only `files` elsewhere. `language` and its `direction` are given where it is not the show's.
    """

    html: Markup
    page: str
    words: str
    files: tuple[Link, ...]
    language: str = ""
    direction: str = ""
