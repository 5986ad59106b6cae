"""What an episode leads to, and what episodes are grouped by: works, reasons, topics, people.

Plain frozen data. Episodes are named by slug, works by id, so that nothing here points in a
circle.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from backlist import urls
from backlist.cache.keys import key_of_fields
from backlist.extras.visualizations.charts import Chart
from backlist.model import Source, Verdict, WorkStatus
from backlist.model.scalars import allows


@dataclass(frozen=True, slots=True)
class Work:
    """A paper, book, post or repository that sources of one or more episodes point at.

    `name` is what it is called: its title, else its public id or where it lies; None where
    nothing is known of it. `venue` is where it was published, and `status` what was found out
    about it, both as `content/works.yaml` says, like the keys of somebody's own, `extra`;
    `former` are slugs it would have without that.
    """

    id: str
    slug: str
    title: str | None
    authors: str | None
    year: str | None
    url: str | None
    ids: Mapping[str, str]
    subject_of: tuple[str, ...]
    cited_by: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    name: str | None = None
    venue: str | None = None
    status: WorkStatus | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    former: tuple[str, ...] = ()

    @property
    def episodes(self) -> tuple[str, ...]:
        """The episodes that draw on it, each once, those about it first."""
        return tuple(dict.fromkeys((*self.subject_of, *self.cited_by)))

    @property
    def is_retracted(self) -> bool:
        """Whether it was withdrawn."""
        return self.status is not None and self.status.verdict is Verdict.RETRACTED

    @property
    def has_page(self) -> bool:
        """Whether it has a page: an episode is about it, or several draw on it."""
        return bool(self.subject_of) or len(self.episodes) > 1


class Kind(StrEnum):
    """What an entry of a source list is."""

    SUBJECT = "subject"
    """What the episode is about."""
    WORK = "work"
    """Something with an address."""
    SEARCH = "search"
    """Something of which only a search is known, or not even that."""
    EPISODE = "episode"
    """Another episode of this show."""
    ABSENT = "absent"
    """An episode of this show that the archive does not have."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication says where a source says something else: its year, and more.

    `title` and `authors` are None where the source says the same.
    """

    year: str | None = None
    title: str | None = None
    authors: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One source of an episode with what it turned out to be.

    `title` is what it is called: `display_title`, the one given without the show's name or else
    that of its work, else its public id or where it lies; None where nothing is known. `authors`
    are those given where they name somebody, and `year` the one given; else those of its work.
    `url` is where it is: the address given, or if that is a search that of its work; `search` is
    the address that asks for it, where nothing better is known. `work` is the id of the work it
    points at, `mention` the slug of the episode; `published` says where the publication differs.
    """

    number: int
    source: Source
    kind: Kind = Kind.WORK
    title: str | None = None
    display_title: str | None = None
    authors: str | None = None
    year: str | None = None
    url: str | None = None
    search: str | None = None
    work: str | None = None
    mention: str | None = None
    published: Published | None = None

    @property
    def is_mention(self) -> bool:
        """Whether it names another episode of this show."""
        return self.kind in (Kind.EPISODE, Kind.ABSENT)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two episodes are related: a kind for machines, and a sentence.

    `text` is the sentence in English, whatever the language of the site; `words` is the same in
    the show's own labels.
    """

    kind: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Related:
    """An episode worth hearing next, with the reasons, strongest first."""

    slug: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class VisualizationLink:
    """A visualization as an episode refers to it; no `id` means it is not in this archive."""

    id: str | None
    title: str
    url: str | None = None


@dataclass(frozen=True)
class VisualizationEntry:
    """A visualization the archive holds, or knows at another address (`url`).

    `files` maps each file's name inside the visualization to its path in the site folder;
    `index` is the name of the HTML file to open, `page` its bytes; or that of a specification,
    with the `chart` made of it; empty for one elsewhere. `file` has its keys and `folder` the
    rest, both as a person names them. `works` are ids, `elsewhere` public ids and addresses of
    works that no episode draws on; `poster` names a file
    or is empty, `background` is the colour the page stands on, if it says so.
    """

    id: str
    title: str
    description: str | None
    height: int
    index: str
    page: bytes
    files: Mapping[str, str]
    episodes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    frame_src: tuple[str, ...] = ()
    chart: Chart | None = None
    file: str = ""
    folder: str = ""
    works: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    poster: str = ""
    background: str = ""
    autostart: bool = False
    url: str | None = None

    @cached_property
    def key(self) -> bytes:
        """Says what it is (see `keys`)."""
        return key_of_fields(self)

    @property
    def allowed(self) -> str:
        """The origin of its address elsewhere, if `frame_src` lets us frame it; else empty."""
        origin = urls.origin(self.url) if self.url else ""
        return origin if allows(self.frame_src, origin) else ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What some episodes are about, called as in the newest of them; newest episode first."""

    slug: str
    title: str
    episodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Season:
    """Episodes numbered as one season, newest first; in a serial show in the order of hearing.

    `name` is what the feed calls it, empty where it only has a number.
    """

    number: int
    name: str
    episodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """Episodes that came out in one year, newest first."""

    number: int
    episodes: tuple[str, ...]


@dataclass(frozen=True)
class Contributor:
    """Somebody heard in some episodes, and not in all: newest first, each with the role there."""

    slug: str
    name: str
    url: str | None
    parts: tuple[tuple[str, str], ...]

    @cached_property
    def episodes(self) -> tuple[str, ...]:
        """The episodes, each once."""
        return tuple(dict.fromkeys(slug for slug, _ in self.parts))

    @property
    def has_page(self) -> bool:
        """Whether there is a page about them: they are heard in several episodes."""
        return len(self.episodes) > 1

    @property
    def path(self) -> str:
        """The output path that stands for them: their page, or their one episode's."""
        return urls.person(self.slug) if self.has_page else urls.episode(self.episodes[0])
