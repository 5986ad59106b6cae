"""What the records know of each other: the archive after `relate`.

Plain frozen data. Episodes are named by slug, works by id, so that nothing here points in a
circle; `Archive.entry` and `Archive.work` look a name up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from backlist import urls
from backlist.model import Page, Person, Show, Site, Status
from backlist.parse.markdown import Notes
from backlist.pictures import Picture
from backlist.relate.entry import Entry
from backlist.relate.records import (
    Citation,
    Contributor,
    Kind,
    Reason,
    Related,
    Season,
    Topic,
    VisualizationEntry,
    VisualizationLink,
    Work,
    Year,
)
from backlist.relate.seasons import in_reading_order, season_name
from backlist.relate.slugs import slugs_of

NEARLY = 0.8
"""The part of all episodes that stands for all of them: a trailer often has no season."""

GLANCE = 12
"""Episodes that a reader takes in without a heading."""

MAPPED = 20
"""Mentions and shared works from which on a map says more than the lists do."""

__all__ = [
    "Archive",
    "Citation",
    "Contributor",
    "Entry",
    "Kind",
    "Reason",
    "Related",
    "Season",
    "Topic",
    "VisualizationEntry",
    "VisualizationLink",
    "Work",
    "Year",
]


@dataclass(frozen=True)
class Archive:
    """The finished archive, newest episode first; nothing private is in it.

    `transcripts` maps the files of `content/transcripts/` that episodes name to their paths;
    `withheld` are names in `static/` that only hidden episodes use; `distinct` are titles that look
    alike and are different works; `ranks` order names where the show is not in English. `pictures`
    are the covers in `static/`, by name, and `cover` is that of the show.
    """

    show: Show
    site: Site
    entries: tuple[Entry, ...] = ()
    works: tuple[Work, ...] = ()
    visualizations: tuple[VisualizationEntry, ...] = ()
    pages: tuple[Page, ...] = ()
    page_files: Mapping[str, str] = field(default_factory=dict)
    page_notes: Mapping[str, Notes] = field(default_factory=dict)
    transcripts: Mapping[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    distinct: tuple[frozenset[str], ...] = ()
    ranks: Mapping[str, int] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    cover: Picture | None = None

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

    def markdown_page(self, page: str) -> str | None:
        """The output path of the Markdown page beside a page; a stub has nothing to read in one."""
        return None if page in self._stubs else urls.markdown(page)

    @cached_property
    def _stubs(self) -> frozenset[str]:
        stubs = (one for one in self.entries if one.episode.status is Status.STUB)
        return frozenset(urls.episode(one.slug) for one in stubs)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topics, the fullest first; spellings of one name are one topic."""
        found: dict[str, Topic] = {one.slug: one for one in self._topics.values() if one}
        by_name = sorted(found.values(), key=lambda one: (self.ranks.get(one.title, 0), one.slug))
        return tuple(sorted(by_name, key=lambda one: -len(one.episodes)))

    def topic(self, name: str) -> Topic | None:
        """The topic of a name as episodes spell it; None for one without an address."""
        return self._topics.get(name)

    def topic_called(self, name: str) -> Topic | None:
        """The topic of a name, in whatever spelling; None where there is none."""
        plain = urls.slug_of(name, every_script=self.site.every_script)
        return self.topic(name) or next((one for one in self.topics if one.slug == plain), None)

    @cached_property
    def _topics(self) -> dict[str, Topic | None]:
        """The topic of every name, each name made a slug once."""
        slugs = self._slugs(entry.episode.topics for entry in reversed(self.entries))
        found: dict[str, dict[str, None]] = {}
        titles: dict[str, str] = {}
        for entry in self.entries:
            for name in entry.episode.topics:
                found.setdefault(slugs[name], {})[entry.slug] = None
                titles.setdefault(slugs[name], name)
        topics = {
            slug: Topic(slug, titles[slug], tuple(episodes)) if slug else None
            for slug, episodes in found.items()
        }
        return {name: topics[slug] for name, slug in slugs.items()}

    @cached_property
    def seasons(self) -> tuple[Season, ...]:
        """The seasons, newest first, those of a serial show in the order of hearing."""
        found: dict[int, list[Entry]] = {}
        for entry in self.in_order:
            if entry.episode.season:
                found.setdefault(entry.episode.season, []).append(entry)
        return tuple(
            Season(
                number,
                next(filter(None, (season_name(one.episode) for one in found[number])), ""),
                tuple(one.slug for one in found[number]),
            )
            for number in sorted(found, reverse=not self.is_serial)
        )

    @property
    def season_pages(self) -> tuple[Season, ...]:
        """The seasons that have a page: one alone would be the list of all."""
        return self.seasons if len(self.seasons) > 1 else ()

    def season(self, number: int | None) -> Season | None:
        """The season of a number; None for none."""
        return self._seasons.get(number) if number else None

    @cached_property
    def _seasons(self) -> dict[int, Season]:
        return {one.number: one for one in self.seasons}

    @cached_property
    def in_seasons(self) -> bool:
        """Whether its episodes are best listed by season: there are several, for nearly all."""
        numbered = sum(len(one.episodes) for one in self.seasons)
        return len(self.seasons) > 1 and numbered >= len(self.full) * NEARLY

    @cached_property
    def ways(self) -> frozenset[str]:
        """Which lists are ways to an episode: `topics`, `seasons`, `years`, `people`.

        A list is one where it divides the archive, into two groups at least that are not all of
        it. Years need more episodes than a reader takes in at a glance, who else is better served
        by the list of all.
        """
        lists: dict[str, Sequence[Topic | Season | Year | Contributor]] = {
            "topics": self.topics,
            "seasons": self.seasons,
            "years": self.years if len(self.full) > GLANCE else (),
            "people": self.contributors,
        }
        return frozenset(name for name, groups in lists.items() if self._divides(groups))

    def _divides(self, groups: Sequence[Topic | Season | Year | Contributor]) -> bool:
        return sum(len(one.episodes) < len(self.full) for one in groups) > 1

    @cached_property
    def is_heard(self) -> bool:
        """Whether there is an episode that a row can play: one with a sound."""
        sounds = (entry.episode.audio for entry in self.full)
        return any(sound and sound.kind == "audio" for sound in sounds)

    @property
    def is_serial(self) -> bool:
        """Whether its episodes are the parts of a story, to be heard from the first on."""
        return self.show.type == "serial"

    @cached_property
    def in_order(self) -> tuple[Entry, ...]:
        """The full episodes as lists show them: newest first, or from the first part on."""
        if not self.is_serial:
            return self.full
        episodes = [entry.episode for entry in self.full]
        return tuple(map(self.entry, in_reading_order(episodes)))

    @cached_property
    def lead(self) -> Entry | None:
        """The episode the home page leads with: the newest, or the first part of a serial show."""
        parts = (one for one in self.in_order if one.episode.type == "full")
        first = next(parts, None) if self.is_serial else None
        return first or next(iter(self.in_order), None)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """The years, newest first; stubs, whose day is a guess, are left out."""
        found: dict[int, list[str]] = {}
        for entry in self.full:
            if entry.episode.date:
                found.setdefault(entry.episode.date.instant.year, []).append(entry.slug)
        return tuple(Year(number, tuple(found[number])) for number in sorted(found, reverse=True))

    @cached_property
    def contributors(self) -> tuple[Contributor, ...]:
        """The people by whom episodes differ, those heard most first.

        Who is heard in every episode is left out: a list of them would be the archive again.
        Spellings of one name are one person, called as in the newest episode.
        """
        named: dict[str, Person] = {}
        parts: dict[str, dict[tuple[str, str], None]] = {}
        for entry in self.full:
            for person in entry.people:
                slug = self._person_slugs[person.name]
                if slug:
                    known = named.setdefault(slug, person)
                    named[slug] = (
                        known if known.url else person.model_copy(update={"name": known.name})
                    )
                    parts.setdefault(slug, {})[entry.slug, person.role] = None
        found = (
            Contributor(slug, named[slug].name, named[slug].url, tuple(parts[slug]))
            for slug in sorted(named, key=lambda one: (self.ranks.get(named[one].name, 0), one))
        )
        some = (one for one in found if len(one.episodes) < len(self.full))
        return tuple(sorted(some, key=lambda one: -len(one.episodes)))

    def contributor(self, name: str) -> Contributor | None:
        """The contributor of a name; None for those heard everywhere or nowhere."""
        return self._contributors.get(self._person_slugs.get(name, ""))

    @cached_property
    def _contributors(self) -> dict[str, Contributor]:
        return {one.slug: one for one in self.contributors}

    @cached_property
    def _person_slugs(self) -> dict[str, str]:
        return self._slugs([one.name for one in entry.people] for entry in reversed(self.full))

    def _slugs(self, groups: Iterable[Sequence[str]]) -> dict[str, str]:
        return slugs_of(groups, every_script=self.site.every_script)

    @cached_property
    def connected(self) -> bool:
        """Whether anything joins two episodes: a mention, a take, a work that both draw on."""
        return any(entry.mentions or entry.takes for entry in self.entries) or any(
            len(work.episodes) > 1 for work in self.works
        )

    @cached_property
    def has_map(self) -> bool:
        """Whether a map of it is published: as the site says, else where there is one to see."""
        if self.site.map is not None:
            return self.site.map and self.connected
        mentions = sum(len(entry.mentions) for entry in self.entries)
        return mentions + sum(len(work.episodes) > 1 for work in self.works) >= MAPPED

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def _works(self) -> dict[str, Work]:
        return {work.id: work for work in self.works}

    @cached_property
    def _visualizations(self) -> dict[str, VisualizationEntry]:
        return {held.id: held for held in self.visualizations}

    @cached_property
    def _first_sources(self) -> dict[str, tuple[str, int]]:
        """Work id → episode and number of the source that points at it, the newest of several."""
        found: dict[str, tuple[str, int]] = {}
        for entry in self.entries:
            for citation in entry.citations:
                if citation.work:
                    found.setdefault(citation.work, (entry.slug, citation.number))
        return found

    def entry(self, slug: str) -> Entry:
        """The entry of the episode called `slug`."""
        return self._entries[slug]

    def work(self, ident: str) -> Work:
        """The work called `ident`."""
        return self._works[ident]

    def work_path(self, work: Work) -> str:
        """The output path that stands for a work: its page, or its source in its one episode."""
        if work.has_page or work.id not in self._first_sources:
            return urls.work(work.slug)
        return urls.source(*self._first_sources[work.id])

    def visualization(self, ident: str | None) -> VisualizationEntry | None:
        """The visualization called `ident`; None for one that is not in this archive."""
        return self._visualizations.get(ident) if ident else None

    def visualizations_of(self, work: str) -> tuple[VisualizationEntry, ...]:
        """The visualizations of the work called `work`."""
        return self._by_work.get(work, ())

    @cached_property
    def _by_work(self) -> dict[str, tuple[VisualizationEntry, ...]]:
        found: dict[str, tuple[VisualizationEntry, ...]] = {}
        for held in self.visualizations:
            for work in dict.fromkeys(held.works):
                found[work] = (*found.get(work, ()), held)
        return found
