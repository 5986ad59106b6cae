"""One class a template: what it is given as `page`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from backlist.pages.views.media import (
    AudioView,
    ChapterView,
    TranscriptView,
    VisualizationView,
)
from backlist.pages.views.parts import (
    Card,
    CorrectionView,
    CoverView,
    DateView,
    ExportView,
    Group,
    Head,
    IconLink,
    Link,
    LinkGroup,
    RelatedView,
    SourceView,
    Step,
    WorkGroup,
    WorkRow,
)


@dataclass(frozen=True, slots=True)
class HomePage:
    """`home.html`: the way in.

    It leads with the newest episode; a serial show with its first part, goes on in the order of
    hearing, and has what is `newest` below. `begin` is empty where there is nothing to play.
    """

    head: Head
    description: str
    cover: CoverView
    begin: str
    lead_heading: str
    lead: Card | None
    audio: AudioView | None
    latest_heading: str
    latest: tuple[Card, ...]
    newest: tuple[Card, ...]
    seasons: tuple[Link, ...]
    topics: tuple[Link, ...]
    works: tuple[WorkRow, ...]
    people: tuple[Link, ...]
    years: tuple[Link, ...]
    visualizations: tuple[VisualizationView, ...]
    count: str
    all_episodes: str
    search: str
    archive: str
    all_topics: Link | None
    all_people: Link | None
    all_works: Link | None
    all_visualizations: Link | None
    feed: str
    map: Link | None


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """`episode.html`: one episode.

    `next` are the best of `related`, with covers; `long` says that its notes are worth folding.
    Of a long list of sources the first are `sources`, the others `more_sources`. `letters` is the
    width of the title in letters, by which it is sized. `license` is there if it is not the show's.
    `embed` is code to paste, `oembed` where readers of the page's address find it. `disclosure`
    says what machines made, for the episode or the whole show. `language` is that of the episode's
    own words, where it is not the site's, and `language_name` says it in words.
    """

    head: Head
    title: str
    language: str
    language_name: str
    letters: int
    date: DateView | None
    duration: str
    mark: str
    numbered: str
    stub: bool
    guess: str
    cover: CoverView
    disclosure: str
    corrections: tuple[CorrectionView, ...]
    long: bool
    topics: tuple[Link, ...]
    people: tuple[Link, ...]
    summary: str
    body: Markup
    audio: AudioView | None
    embed: str
    oembed: str
    chapters: tuple[ChapterView, ...]
    transcript: TranscriptView | None
    visualizations: tuple[VisualizationView, ...]
    subject: SourceView | None
    next: tuple[RelatedView, ...]
    sources: tuple[SourceView, ...]
    more_sources: tuple[SourceView, ...]
    more_sources_label: str
    source_count: str
    takes_title: str
    takes: tuple[Card, ...]
    related: tuple[RelatedView, ...]
    mentioned_by: tuple[Card, ...]
    citation: str
    citation_form: str
    exports: tuple[ExportView, ...]
    source_exports: tuple[ExportView, ...]
    newer: Link | None
    older: Link | None
    license: Link | None
    map: str
    edit: str
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """`embed.html`: an episode's player for frames on other sites."""

    head: Head
    stylesheet: str
    title: str
    language: str
    episode: str
    cover: CoverView
    audio: AudioView | None


@dataclass(frozen=True, slots=True)
class TranscriptPage:
    """`transcript.html`: a transcript that is too long for its episode's page."""

    head: Head
    title: str
    disclosure: str
    episode: Link
    audio: AudioView | None
    chapters: tuple[ChapterView, ...]
    transcript: TranscriptView | None
    edit: str


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """`archive.html`: every episode, or of very many the first; `rest` has the other groups."""

    head: Head
    title: str
    count: str
    groups: tuple[Group, ...]
    rest: tuple[Link, ...]
    stubs: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """`list.html`: the episodes of one topic, season or year, or a page of them.

    `kind` is empty where the title says it, as in "Season 2". `pages` are links to all pages of
    several; `filtered` says that there are rows enough for a filter. `feed` is empty where there
    is none.
    """

    head: Head
    title: str
    kind: str
    count: str
    groups: tuple[Group, ...]
    pages: tuple[Link, ...]
    filtered: bool
    others: tuple[Link, ...]
    index: Link
    feed: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`search.html`: where the archive is searched; without script it leads to the list of all."""

    head: Head
    title: str
    count: str
    archive: Link
    topics: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SubscribePage:
    """`subscribe.html`: every app that carries the show, and its feed for all the others.

    `opening` are links that an installed app opens the feed by; `steps` say where other apps take
    its address.
    """

    head: Head
    title: str
    intro: str
    apps: tuple[IconLink, ...]
    opening: tuple[IconLink, ...]
    feed: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """`accessibility.html`: what holds for everybody, and what is known to be missing."""

    head: Head
    title: str
    holds: tuple[str, ...]
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """`index.html`: the topics, or the years, each with its count; `groups` of many by letter."""

    head: Head
    title: str
    links: tuple[Link, ...]
    groups: tuple[LinkGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class WorksPage:
    """`works.html`: every work the archive's sources point at."""

    head: Head
    title: str
    count: str
    groups: tuple[WorkGroup, ...]
    letters: tuple[Link, ...]
    exports: tuple[ExportView, ...]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """`work.html`: one work, the episodes about it apart from those that cite it.

    `state` says that it is retracted or gone, `checked` that its details were looked up.
    """

    head: Head
    title: str
    authors: str
    year: str
    venue: str
    state: str
    checked: str
    url: str
    place: str
    ids: tuple[Link, ...]
    also_called: str
    about: tuple[Card, ...]
    cited_by: tuple[Card, ...]
    beside: tuple[WorkRow, ...]
    visualizations: tuple[VisualizationView, ...]
    citation: str
    exports: tuple[ExportView, ...]
    index: Link
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`person.html`: somebody heard in episodes, which are grouped by the role there."""

    head: Head
    title: str
    count: str
    url: str
    place: str
    groups: tuple[Group, ...]
    pages: tuple[Link, ...]
    index: Link


@dataclass(frozen=True, slots=True)
class TextPage:
    """`page.html`: a page of the site's own."""

    head: Head
    title: str
    body: Markup
    edit: str
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """`visualizations.html`: every visualization the archive holds."""

    head: Head
    title: str
    count: str
    visualizations: tuple[VisualizationView, ...]


@dataclass(frozen=True, slots=True)
class VisualizationPage:
    """`visualization.html`: one visualization, filling the window."""

    head: Head
    visualization: VisualizationView
    back: Link
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MissingPage:
    """`404.html`: what a wrong address gets; its links work from any depth."""

    head: Head
    archive: str
    home: str
    latest: tuple[Card, ...]
    shelf: bool
