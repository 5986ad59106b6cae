"""The parts that pages are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead; `current` marks the page the reader is on.

    `language` is that of the words, where it is not the site's.
    """

    text: str
    url: str
    current: bool = False
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class IconLink:
    """A link with an icon, whose address names a symbol of an SVG file.

    `own` says that it is the icon of what the link leads to, which readers know without words.
    """

    text: str
    url: str
    icon: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Where an app takes the address of a feed: the app's name, and what to choose in it."""

    app: str
    text: str


@dataclass(frozen=True, slots=True)
class DateView:
    """A date for machines (`iso`) and for people (`text`)."""

    iso: str
    text: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows of the show and the site, addressed from that page.

    `picture` is the show's own; without one `initials` stand for it, and where these are empty
    too, a bookshelf. `longest` is the longest word, `direction` is empty or `rtl`, `letters`
    the length of the title, by which it is sized. `navigation` is `leading`, and `folded`, which a
    phone has no room for and shows behind "More". `subscribe` are the first apps, `more_apps`
    leads to the page of all where there are more. `give` leads to `support`, or to its only way.
    `head` is the site's own HTML.
    """

    title: str
    letters: int
    longest: int
    tagline: str
    picture: str
    initials: str
    author: str
    language: str
    direction: str
    disclosure: str
    accent: str
    font: str
    home: str
    feed: str
    feed_json: str
    stylesheet: str
    preload: tuple[str, ...]
    script: str
    search_script: str
    favicon: str
    favicon_type: str
    touch_icon: str
    search: Link | None
    navigation: tuple[Link, ...]
    leading: tuple[Link, ...]
    folded: tuple[Link, ...]
    more: tuple[Link, ...]
    subscribe: tuple[IconLink, ...]
    subscribe_page: Link
    more_apps: Link | None
    rss: IconLink
    what_is_rss: Link
    support: tuple[IconLink, ...]
    give: Link | None
    social: tuple[IconLink, ...]
    newsletter: IconLink | None
    contact: IconLink | None
    license: Link | None
    rights: str
    accessibility: Link
    head: Markup
    extra: Mapping[str, Any]
    show_extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Meta:
    """A `meta` element of the head: what reference managers and scholars' search engines read."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class ImageView:
    """The picture that a shared link shows, at its public address.

    `width` and `height` are pixels, 0 where they are not known.
    """

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class FrameView:
    """The page of an episode that others show in a frame, at its public address; in pixels."""

    url: str
    width: int
    height: int


class Printable(Protocol):
    """What a template prints as it is, as `Markup`, or makes when it is printed."""

    def __html__(self) -> str:
        """HTML."""


@dataclass(frozen=True, slots=True)
class CoverView:
    """An episode's cover: the address of a picture in `static/`, else a drawing as inline SVG.

    `webp` and `jpeg` are copies in several sizes, as `srcset`; `small` is the address of the
    smallest that every browser shows, and `small_webp` that of the smallest as WebP. `monogram` is
    the drawing for rows. `is_own` says that other episodes have others: a page that shows the
    show's picture already need not repeat it.
    """

    url: str
    small: str
    webp: str
    jpeg: str
    small_webp: str
    drawing: Printable
    monogram: Printable
    is_own: bool


@dataclass(frozen=True, slots=True)
class ExportView:
    """A citation in one format, to copy or to save as a file called `name`.

    `url` holds the citation itself, as a `data:` address, or leads to a file of this site; `type`
    is its media type.
    """

    text: str
    url: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers and search engines; `scripts` are its own ones.

    `meta` are elements by name, `properties` by property (Open Graph); `structured` is JSON-LD,
    empty on a page that is no thing. A page whose rows play and that has no player of its own has
    a `bar`. `language` is that of title and description, where it is not the site's.
    """

    title: str
    description: str
    canonical: str
    kind: str
    indexed: bool = True
    image: ImageView | None = None
    framed: FrameView | None = None
    markdown: str = ""
    meta: tuple[Meta, ...] = ()
    properties: tuple[Meta, ...] = ()
    structured: Markup | str = ""
    scripts: tuple[str, ...] = ()
    frames: str = ""
    direction: str = ""
    language: str = ""
    bar: bool = False


@dataclass(frozen=True, slots=True)
class CardView:
    """An episode in a list; `cover` only where the list shows it.

    A row has its `picture`, where there is a file, its `number`, and `line`, a summary of one
    line. `plays` is the address of the sound that its button plays, remembered under `place`;
    empty for what has to be seen or read. `direction` is that of a title that runs against the
    site, else empty; `language` is that of title and summary, where it is not the site's.
    """

    title: str
    language: str
    direction: str
    url: str
    number: str
    summary: str
    line: str
    date: DateView | None
    duration: str
    topics: tuple[Link, ...]
    sources: str
    mark: str
    listenable: bool
    recording: str
    plays: str
    play: str
    place: str
    seconds: str
    interactive: bool
    transcript: bool
    stub: bool
    picture: CoverView | None
    cover: CoverView | None
    extra: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Card:
    """A `CardView` that is made where a page prints it: most lists are rarely made.

    `key` says what it is (see `keys`).
    """

    key: bytes
    make: Callable[[], CardView]

    @cached_property
    def _view(self) -> CardView:
        return self.make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over cards: a year or season, or the episodes without one.

    Without a title there is no heading. Of a `cut` group `url` has them all.
    """

    title: str
    anchor: str
    url: str
    count: str
    cards: tuple[Card, ...]
    is_cut: bool = False

    def cut(self, most: int) -> "Group":
        """The same with at most so many cards, where it has a page that shows the rest."""
        if not self.url or self.size <= most:
            return self
        return replace(self, cards=self.cards[:most], is_cut=True)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.cards)


@dataclass(frozen=True, slots=True)
class SourceView:
    """One entry of the numbered list; `kind` is `subject`, `episode`, `absent`, `search` or `work`.

    `label` says the kind in words where it must be said. `url` is empty when there is nothing to
    link to; where all there is is a search for the title, `search` has its address. `published`
    says how the publication differs, `state` that it is retracted or gone. `also` names other
    episodes that cite it.
    """

    number: int
    figure: str
    name: str
    kind: str
    label: str
    title: str
    url: str
    search: str
    authors: str
    year: str
    venue: str
    place: str
    note: str
    published: str
    state: str
    also: tuple[Link, ...]
    also_title: str
    work: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What an episode said wrong, put right on a day."""

    date: DateView | None
    text: str


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A related episode and the reasons, as sentences a reader understands."""

    card: Card
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in a list: `about` and `cited` count the episodes about it and citing it.

    `state` says that it is retracted or gone.
    """

    title: str
    url: str
    authors: str
    year: str
    about: str
    cited: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """A letter over names."""

    title: str
    anchor: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """A heading over works."""

    title: str
    anchor: str
    works: tuple[WorkRow, ...]

    @property
    def size(self) -> int:
        """How many rows there are: room is kept for them before they are laid out."""
        return len(self.works)
