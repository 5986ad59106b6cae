"""What the records know of each other: the archive after `relate`.

Plain frozen data. Episodes are named by slug, works by id, so that nothing here points in a
circle; `Archive.entry` and `Archive.work` look a name up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, wraps
from typing import TypeVar, cast

from backlist import urls
from backlist.keys import key_of, key_of_fields
from backlist.model import Chapter, Episode, Page, Person, Show, Site, Source, Status
from backlist.parse.markdown import NOTHING, Notes
from backlist.parse.transcript import Transcript
from backlist.visualizations.charts import Chart

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Work:
    """A paper, book, post or repository that sources of one or more episodes point at."""

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

    @property
    def episodes(self) -> tuple[str, ...]:
        """The episodes that draw on it, each once, those about it first."""
        return tuple(dict.fromkeys((*self.subject_of, *self.cited_by)))

    @property
    def has_page(self) -> bool:
        """Whether it has a page: an episode is about it, or several draw on it."""
        return bool(self.subject_of) or len(self.episodes) > 1


@dataclass(frozen=True, slots=True)
class Citation:
    """One source of an episode with what it turned out to be.

    `work` is the id of the work it points at. `is_mention` says that it names another episode
    of this show; `mention` is that episode's slug when the archive has it.
    """

    number: int
    source: Source
    work: str | None = None
    is_mention: bool = False
    mention: str | None = None
    display_title: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two episodes are related: a kind for machines, an English sentence for readers.

    `about` are the names in it and `more` how many it leaves out, for saying it in other words.
    """

    kind: str
    text: str
    about: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Related:
    """An episode worth hearing next, with the reasons, strongest first."""

    slug: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A visualization as an episode refers to it; no `id` means it is not in this archive."""

    id: str | None
    title: str
    url: str | None = None


@dataclass(frozen=True)
class Interactive:
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
    poster: str = ""
    background: str = ""
    start: bool = False
    url: str | None = None

    @cached_property
    def key(self) -> bytes:
        """Says what it is (see `keys`)."""
        return key_of_fields(self)

    @property
    def allowed(self) -> str:
        """The origin of its address elsewhere, if `frame_src` lets us frame it; else empty."""
        origin = urls.origin(self.url) if self.url else ""
        return origin if urls.allows(self.frame_src, origin) else ""


@dataclass(frozen=True)
class Entry:
    """An episode plus everything it knows about the others.

    `chapters` are those in force, wherever they were found; `transcript` the one to show.
    """

    episode: Episode
    file: str
    notes: Notes = NOTHING
    digest: bytes = b""
    chapters: tuple[Chapter, ...] = ()
    transcript: Transcript | None = None
    citations: tuple[Citation, ...] = ()
    mentions: tuple[str, ...] = ()
    mentioned_by: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    visualizations: tuple[Shown, ...] = ()
    newer: str | None = None
    older: str | None = None

    @property
    def slug(self) -> str:
        """The episode's slug."""
        return self.episode.slug

    @cached_property
    def key(self) -> bytes:
        """Says what it is (see `keys`): its file by a digest, and all it knows of the others."""
        read = {"episode", "notes", "transcript"}
        known = (getattr(self, one.name) for one in fields(self) if one.name not in read)
        spoken = self.transcript.digest if self.transcript else None
        return key_of(self.episode.status, self.episode.audio, spoken, *known)


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


@dataclass(frozen=True)
class Archive:
    """The finished archive, newest episode first; nothing private is in it.

    `transcripts` maps the files of `content/transcripts/` that episodes name to their paths;
    `withheld` are names in `static/` that only hidden episodes use; `apart` are titles that look
    alike and are different works.
    """

    show: Show
    site: Site
    entries: tuple[Entry, ...] = ()
    works: tuple[Work, ...] = ()
    visualizations: tuple[Interactive, ...] = ()
    pages: tuple[Page, ...] = ()
    page_files: Mapping[str, str] = field(default_factory=dict)
    page_notes: Mapping[str, Notes] = field(default_factory=dict)
    transcripts: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    apart: tuple[frozenset[str], ...] = ()

    @property
    def feed_address(self) -> str:
        """The public address of the main feed."""
        return self.site.feed.url or urls.absolute(urls.FEED, self.site.base_url)

    @property
    def is_searched(self) -> bool:
        """Whether readers can search it: nobody said no, and there is something to find."""
        return self.site.search and bool(self.entries)

    @cached_property
    def full(self) -> tuple[Entry, ...]:
        """The episodes that are more than a mention, newest first."""
        return tuple(e for e in self.entries if e.episode.status is not Status.STUB)

    @cached_property
    def topics(self) -> Mapping[str, tuple[str, ...]]:
        """Topic → its episodes, the fullest topic first; spellings of one slug are one topic."""
        spelling: dict[str, str] = {}
        found: dict[str, dict[str, None]] = {}
        for entry in self.entries:
            for name in entry.episode.topics:
                slug = urls.slug_of(name)
                if slug:
                    spelling.setdefault(slug, name)
                    found.setdefault(slug, {})[entry.slug] = None
        ranked = sorted(found, key=lambda slug: (-len(found[slug]), slug))
        return {spelling[slug]: tuple(found[slug]) for slug in ranked}

    @cached_property
    def years(self) -> Mapping[int, tuple[str, ...]]:
        """Year → its episodes, newest first; stubs, whose day is a guess, are left out."""
        found: dict[int, list[str]] = {}
        for entry in self.full:
            if entry.episode.date:
                found.setdefault(entry.episode.date.instant.year, []).append(entry.slug)
        return {year: tuple(slugs) for year, slugs in sorted(found.items(), reverse=True)}

    def heard(self, entry: Entry) -> tuple[Person, ...]:
        """Who is heard in an episode: the people it names, else the hosts; unknown for a stub."""
        stub = entry.episode.status is Status.STUB
        return () if stub else entry.episode.people or self.show.people

    @cached_property
    def contributors(self) -> tuple[Contributor, ...]:
        """The people by whom episodes differ, those heard most first.

        Who is heard in every episode is left out: a list of them would be the archive again.
        Spellings of one slug are one person, called as in the newest episode.
        """
        named: dict[str, Person] = {}
        parts: dict[str, dict[tuple[str, str], None]] = {}
        for entry in self.full:
            for person in self.heard(entry):
                slug = urls.slug_of(person.name)
                if slug:
                    known = named.setdefault(slug, person)
                    named[slug] = (
                        known if known.url else person.model_copy(update={"name": known.name})
                    )
                    parts.setdefault(slug, {})[entry.slug, person.role] = None
        found = (
            Contributor(slug, named[slug].name, named[slug].url, tuple(parts[slug]))
            for slug in sorted(named)
        )
        some = (one for one in found if len(one.episodes) < len(self.full))
        return tuple(sorted(some, key=lambda one: -len(one.episodes)))

    def contributor(self, name: str) -> Contributor | None:
        """The contributor of a name; None for those heard everywhere or nowhere."""
        return self._contributors.get(urls.slug_of(name))

    @cached_property
    def _contributors(self) -> dict[str, Contributor]:
        return {one.slug: one for one in self.contributors}

    @cached_property
    def connected(self) -> bool:
        """Whether anything joins two episodes: a mention, a take, a work that both draw on."""
        return any(entry.mentions or entry.takes for entry in self.entries) or any(
            len(work.episodes) > 1 for work in self.works
        )

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def _works(self) -> dict[str, Work]:
        return {work.id: work for work in self.works}

    @cached_property
    def _visualizations(self) -> dict[str, Interactive]:
        return {held.id: held for held in self.visualizations}

    def entry(self, slug: str) -> Entry:
        """The entry of the episode called `slug`."""
        return self._entries[slug]

    def work(self, ident: str) -> Work:
        """The work called `ident`."""
        return self._works[ident]

    @cached_property
    def _first_sources(self) -> dict[str, tuple[str, int]]:
        """Work id → episode and number of the source that points at it, the newest of several."""
        found: dict[str, tuple[str, int]] = {}
        for entry in self.entries:
            for citation in entry.citations:
                if citation.work:
                    found.setdefault(citation.work, (entry.slug, citation.number))
        return found

    def work_path(self, work: Work) -> str:
        """The output path that stands for a work: its page, or its source in its one episode."""
        if work.has_page or work.id not in self._first_sources:
            return urls.work(work.slug)
        return urls.source(*self._first_sources[work.id])

    def visualization(self, ident: str | None) -> Interactive | None:
        """The visualization called `ident`; None for one that is not in this archive."""
        return self._visualizations.get(ident) if ident else None


def once(make: Callable[[Archive], Made]) -> Callable[[Archive], Made]:
    """Let an archive keep what a room makes of it, as `cached_property` keeps what is its own.

    For what several pages need whole and nobody alters; it goes when the archive goes.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def kept(archive: Archive) -> Made:
        known = vars(archive)
        if name not in known:
            known[name] = make(archive)
        return cast(Made, known[name])

    return kept
