"""What another party's format says of a show and its episodes, before any of it is believed.

A draft holds only what the format shows: everything unknown stays None or empty, and nothing
here has been compared with the records a site keeps (that is `merge`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from backlist.model import (
    Audio,
    Chapter,
    Funding,
    License,
    Location,
    Owner,
    Person,
    Soundbite,
    Source,
    Transcript,
    Txt,
    Value,
    VisualizationRef,
)
from backlist.model.scalars import Moment
from backlist.problems import Problems


@dataclass(frozen=True, slots=True)
class ShowDraft:
    """The podcast as a format shows it.

    `feed` is the address the feed gives for itself, `raw` everything it says of the show as text.
    """

    title: str | None = None
    author: str | None = None
    description: str | None = None
    language: str | None = None
    link: str | None = None
    image: str | None = None
    categories: tuple[str, ...] = ()
    explicit: bool | None = None
    type: Literal["episodic", "serial"] | None = None
    owner: Owner | None = None
    copyright: str | None = None
    guid: str | None = None
    feed: str | None = None
    people: tuple[Person, ...] = ()
    funding: tuple[Funding, ...] = ()
    locked: bool | None = None
    medium: str | None = None
    license: License | None = None
    location: Location | None = None
    value: tuple[Value, ...] = ()
    txt: tuple[Txt, ...] = ()
    block: bool = False
    complete: bool = False
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """One episode as a format gives it.

    `age` is a date in the words of a page (`4D AGO`), `raw` the record as text with the raw
    description, `line` where it stood in the file (counted from 1).
    """

    title: str
    date: Moment | None = None
    age: str | None = None
    guid: str | None = None
    permalink: bool = False
    audio: Audio | None = None
    season: int | None = None
    number: int | None = None
    type: Literal["full", "trailer", "bonus"] = "full"
    explicit: bool | None = None
    image: str | None = None
    link: str | None = None
    summary: str | None = None
    people: tuple[Person, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    chapters_url: str | None = None
    soundbites: tuple[Soundbite, ...] = ()
    license: License | None = None
    location: Location | None = None
    body: str = ""
    sources: tuple[Source, ...] = ()
    visualizations: tuple[VisualizationRef, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One visualization as a catalogue gives it.

    `page` and `image` are paths as the catalogue writes them, decoded and known not to climb out
    of its folder; `url` is the address of one that is elsewhere, and `page` is then empty.
    `address` is where its page was published, if that is known. `episodes` are names of any kind
    (slug, address, file, title), `works` public ids and addresses, `raw` the whole entry.
    """

    id: str
    title: str
    description: str | None = None
    page: str = ""
    url: str | None = None
    address: str | None = None
    image: str = ""
    episodes: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The visualizations that a file lists; `left_out` counts entries that cannot be used."""

    exhibits: tuple[Exhibit, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one file said: the show, and its episodes in the order of the file.

    `unknown` counts by name what the raw records keep and no record shows. A file that lists
    visualizations has a `catalogue`, and says nothing of show and episodes.
    """

    show: ShowDraft
    drafts: tuple[Draft, ...]
    format: str
    name: str = ""
    unknown: tuple[tuple[str, int], ...] = ()
    catalogue: Catalogue | None = None


def no_progress(done: int, of: int) -> None:
    """For runs that nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may say about a source: the day it was saved, and to leave lists alone.

    `tick(done, of)` is called after each episode read.
    """

    as_of: date | None = None
    keep_lists: bool = False
    tick: Callable[[int, int], None] = no_progress


@dataclass(frozen=True, slots=True)
class Importer:
    """A format: its name in words, how it is told from others, and its reader.

    `recognises(data, name)` looks at the bytes only. `read(data, name, problems, options)` gives
    None when nothing could be read, with the fault told.
    """

    name: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, Problems, Options], Reading | None]
