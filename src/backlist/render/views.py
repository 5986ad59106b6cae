"""What templates receive: finished words and links, one frozen class per template.

Nothing here is left to work out in a template: dates are written, lists cut and sorted,
addresses relative to the page. `docs/templates.md` documents every field; a test compares.
"""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead; `current` marks the page the reader is on."""

    text: str
    url: str
    current: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class DateView:
    """A date for machines (`iso`) and for people (`text`)."""

    iso: str
    text: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows of the show and the site, addressed from that page."""

    title: str
    tagline: str
    author: str
    language: str
    disclosure: str
    accent: str
    home: str
    feed: str
    feed_json: str
    stylesheet: str
    script: str
    favicon: str
    navigation: tuple[Link, ...]
    subscribe: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """A `meta` element of the head: what reference managers and scholars' search engines read."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers and search engines."""

    title: str
    description: str
    canonical: str
    kind: str
    indexed: bool = True
    meta: tuple[Meta, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """An episode in a list."""

    title: str
    url: str
    summary: str
    date: DateView | None
    duration: str
    topics: tuple[Link, ...]
    sources: str
    mark: str
    listenable: bool
    interactive: bool
    stub: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over cards: a year, or the episodes without a date."""

    title: str
    anchor: str
    url: str
    count: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One entry of the numbered list; `kind` is `subject`, `episode`, `absent`, `search` or `work`.

    `label` says the kind in words where it must be said. `url` is empty when there is nothing to
    link to; where all there is is a search for the title, `search` has its address. `also` names
    other episodes that cite it.
    """

    number: int
    kind: str
    label: str
    title: str
    url: str
    search: str
    authors: str
    year: str
    place: str
    note: str
    also: tuple[Link, ...]
    work: str


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A related episode and the reasons, as sentences a reader understands."""

    card: Card
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VisualizationView:
    """A visualization on a page: framed when it is here, a link when it is elsewhere.

    `frame` is empty for one that the archive does not hold, `url` for one nobody can open.
    """

    title: str
    description: str
    url: str
    frame: str
    height: int
    episodes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AudioView:
    """The sound of an episode."""

    url: str
    type: str
    duration: str
    size: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """`home.html`: the way in."""

    head: Head
    description: str
    lead: Card | None
    latest: tuple[Card, ...]
    topics: tuple[Link, ...]
    years: tuple[Link, ...]
    visualizations: tuple[VisualizationView, ...]
    count: str
    archive: str
    feed: str


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """`episode.html`: one episode."""

    head: Head
    title: str
    date: DateView | None
    duration: str
    mark: str
    stub: bool
    topics: tuple[Link, ...]
    people: tuple[Link, ...]
    summary: str
    body: Markup
    audio: AudioView | None
    visualizations: tuple[VisualizationView, ...]
    subject: SourceView | None
    sources: tuple[SourceView, ...]
    source_count: str
    takes: tuple[Card, ...]
    related: tuple[RelatedView, ...]
    mentioned_by: tuple[Card, ...]
    citation: str
    exports: tuple[Link, ...]
    source_exports: tuple[Link, ...]
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """`archive.html`: every episode on one page."""

    head: Head
    title: str
    count: str
    groups: tuple[Group, ...]
    stubs: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """`list.html`: the episodes of one topic or year; `feed` is empty where there is none."""

    head: Head
    title: str
    kind: str
    count: str
    cards: tuple[Card, ...]
    others: tuple[Link, ...]
    index: Link
    feed: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """`index.html`: the topics, or the years, each with its count."""

    head: Head
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in a list: `about` and `cited` count the episodes about it and citing it."""

    title: str
    url: str
    authors: str
    year: str
    about: str
    cited: str
    note: str


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """A heading over works."""

    title: str
    anchor: str
    works: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class WorksPage:
    """`works.html`: every work the archive's sources point at."""

    head: Head
    title: str
    count: str
    groups: tuple[WorkGroup, ...]
    exports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """`work.html`: one work, the episodes about it apart from those that cite it."""

    head: Head
    title: str
    authors: str
    year: str
    url: str
    place: str
    ids: tuple[Link, ...]
    aliases: tuple[str, ...]
    about: tuple[Card, ...]
    cited_by: tuple[Card, ...]
    beside: tuple[WorkRow, ...]
    visualizations: tuple[VisualizationView, ...]
    citation: str
    exports: tuple[Link, ...]
    index: Link


@dataclass(frozen=True, slots=True)
class TextPage:
    """`page.html`: a page of the site's own."""

    head: Head
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """`visualizations.html`: every visualization the archive holds."""

    head: Head
    title: str
    visualizations: tuple[VisualizationView, ...]


@dataclass(frozen=True, slots=True)
class VisualizationPage:
    """`visualization.html`: one visualization, filling the window."""

    head: Head
    visualization: VisualizationView
    back: Link


@dataclass(frozen=True, slots=True)
class MissingPage:
    """`404.html`: what a wrong address gets; its links work from any depth."""

    head: Head
    archive: str
    home: str
    latest: tuple[Card, ...]
