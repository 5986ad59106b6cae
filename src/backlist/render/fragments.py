"""The parts pages share: the site's frame, cards, sources, visualizations.

A `Desk` is where one page is made: it knows the archive, the theme, and the page's own path,
from which every address is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from backlist import prose, urls
from backlist.archive import Archive, Citation, Entry, Kind, Work
from backlist.covers.shelf import HIGH, WIDE
from backlist.model import Labels, Status
from backlist.render import phrases, sharing
from backlist.render.views import (
    Card,
    Head,
    ImageView,
    Link,
    SiteView,
    SourceView,
)
from backlist.scalars import TYPES
from backlist.theme import Theme

SUMMARY = 280
"""Characters of an episode's summary on a card."""


COMMON = 12
"""A work that more episodes draw on is a commonplace: naming them all would drown the list."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One page in the making. `root` replaces relative addresses on pages served at any depth."""

    archive: Archive
    theme: Theme
    path: str
    fixed_root: str | None = None

    def to(self, target: str) -> str:
        """The address of an output path from this page."""
        if self.fixed_root is not None:
            return urls.absolute(target, self.fixed_root)
        return urls.relative(target, self.path)

    @property
    def labels(self) -> Labels:
        """The show's own words for what the theme says."""
        return self.archive.site.labels

    @property
    def root(self) -> str:
        """The way from this page to the home page; empty on the home page."""
        return self.to(urls.HOME).removeprefix("./")

    def head(
        self,
        title: str,
        description: str,
        kind: str = "website",
        scripts: Iterable[str] = (),
        card: str = urls.CARD,
        *,
        frames: Iterable[str] = (),
        indexed: bool = True,
    ) -> Head:
        """The page's own particulars.

        `scripts` names modules of the theme that it needs, `card` the output path of the picture
        that a shared link shows, `frames` the sources of its frames; a page that is not `indexed`
        has no Markdown twin either.
        """
        show, base = self.archive.show.title, self.archive.site.base_url
        twin = indexed and self.path.endswith(urls.HOME)
        named = f"{show}: {title}" if card != urls.CARD else show
        return Head(
            title=title if title == show else f"{title} · {show}",
            description=phrases.cut(description, 160),
            canonical=urls.absolute(self.path, base),
            kind=kind,
            markdown=self.to(urls.markdown(self.path)) if twin else "",
            properties=tuple(sharing.locale(self.archive.show)),
            image=ImageView(urls.absolute(card, base), WIDE, HIGH, named),
            indexed=indexed,
            scripts=tuple(address for name in scripts if (address := self.asset(name))),
            frames=" ".join(frames),
        )

    def html(self, markdown: str) -> Markup:
        """Markdown as HTML of this page."""
        return Markup(prose.to_html(markdown, self.root))  # markdown-it escaped it: `html` is off

    def edit(self, file: str) -> str:
        """Where a file of the site can be edited; empty when `site.edit_url` is not given."""
        return (self.archive.site.edit_url or "").replace("{file}", quote(file))

    def asset(self, name: str) -> str:
        """The address of a static file; empty when the theme has none of that name."""
        path = self.theme.published.get(name)
        return self.to(path) if path else ""

    def site(self) -> SiteView:
        """What every page shows, addressed from this one."""
        show, site = self.archive.show, self.archive.site
        return SiteView(
            title=show.title,
            tagline=site.tagline or "",
            author=show.author or "",
            language=show.language,
            disclosure=show.ai_generated or "",
            accent=site.accent or "",
            type=TYPES.get(site.type, site.type),
            home=self.to(urls.HOME),
            feed=self.to(urls.FEED),
            feed_json=self.to(urls.FEED_JSON),
            stylesheet=self.asset("site.css"),
            script=self.asset("site.js"),
            search_script=self.asset("search.js"),
            favicon=self.asset("favicon.svg"),
            search=self.page_link(self.labels.searching, urls.SEARCH)
            if self.archive.is_searched
            else None,
            navigation=tuple(self._navigation()),
            subscribe=tuple(self.link(one.label, one.url) for one in site.subscribe),
        )

    def link(self, text: str, url: str, note: str = "") -> Link:
        """A link to an address, or to a path of this site."""
        if "://" in url or url.startswith("mailto:"):
            return Link(text, url, note=note)
        path = url.strip("/")
        target = f"{path}/index.html" if path and "." not in path.rsplit("/", 1)[-1] else path
        return self.page_link(text, target or urls.HOME, note)

    def page_link(self, text: str, path: str, note: str = "") -> Link:
        """A link to an output path, marked when it is this page."""
        return Link(text, self.to(path), current=path == self.path, note=note)

    def _navigation(self) -> Iterable[Link]:
        archive, labels = self.archive, self.labels
        rooms = (
            (labels.episodes, urls.ARCHIVE, True),
            (labels.topics, urls.TOPICS, archive.topics),
            (labels.years, urls.YEARS, archive.years),
            (labels.works, urls.WORKS, archive.works),
            (labels.map, urls.MAP, archive.has_map),
            (labels.visualizations, urls.VISUALIZATIONS, archive.visualizations),
            (labels.people, urls.PEOPLE, archive.contributors),
        )
        for text, path, published in rooms:
            if published:
                yield self.page_link(text, path)
        for page in archive.pages:
            yield self.page_link(page.title, urls.page(page.slug))
        for one in archive.site.navigation:
            yield self.link(one.label, one.url)


def mark(entry: Entry, labels: Labels = phrases.ENGLISH) -> str:
    """A word for an episode that is not simply published; empty for the rest."""
    words = {Status.DRAFT: labels.draft, Status.STUB: labels.mentioned_only}
    return words.get(entry.episode.status, "")


def card(desk: Desk, slug: str) -> Card:
    """An episode as it stands in a list."""
    entry = desk.archive.entry(slug)
    episode = entry.episode
    cited = sum(not one.is_mention for one in entry.citations)
    return Card(
        title=episode.title,
        url=desk.to(urls.episode(slug)),
        summary=phrases.cut(entry.summary, SUMMARY),
        date=phrases.day(episode.date, desk.labels, approximate=episode.date_approximate),
        duration=phrases.duration(episode.audio.duration if episode.audio else None, desk.labels),
        topics=tuple(topics(desk, episode.topics)),
        sources=phrases.counted(cited, desk.labels.n_sources) if cited else "",
        mark=mark(entry, desk.labels),
        listenable=episode.audio is not None,
        interactive=any(one.id for one in entry.visualizations),
        stub=episode.status is Status.STUB,
        cover=cover(desk, entry),
    )


def cards(desk: Desk, slugs: Iterable[str]) -> tuple[Card, ...]:
    """Episodes as they stand in a list."""
    return tuple(card(desk, slug) for slug in slugs)


def cover(desk: Desk, entry: Entry) -> str:
    """The address of an episode's picture: its own in `static/`, else the drawn one."""
    return desk.to(own_image(desk.theme, entry) or urls.cover(entry.slug))


def own_image(theme: Theme, entry: Entry) -> str | None:
    """The output path of the picture in `static/` that an episode names.

    None where it names none, or one at another host, which no page may ask.
    """
    named = entry.episode.image
    return theme.published.get(urls.static_name(named)) if named and "://" not in named else None


def source_count(entry: Entry, labels: Labels) -> str:
    """How many of the numbered entries are sources, and how many other episodes."""
    episodes = sum(one.is_mention for one in entry.citations)
    counts = ((len(entry.citations) - episodes, labels.n_sources), (episodes, labels.n_episodes))
    return ", ".join(phrases.counted(number, label) for number, label in counts if number)


def topics(desk: Desk, names: Iterable[str]) -> Iterable[Link]:
    """Links to topic pages."""
    known = ((name, desk.archive.topic(name)) for name in names)
    return (desk.page_link(name, urls.topic(topic.slug)) for name, topic in known if topic)


def source(desk: Desk, entry: Entry, citation: Citation) -> SourceView:
    """One entry of the numbered list, ready to print."""
    given = citation.source
    url = "" if citation.is_search or citation.is_mention else given.url or ""
    if citation.mention:
        url = desk.to(urls.episode(citation.mention))
    return SourceView(
        number=citation.number,
        kind=citation.kind.value,
        label=_kind_in_words(citation.kind, desk.labels),
        title=source_title(citation, desk.labels),
        url=url,
        search=(given.url or "") if citation.is_search else "",
        authors="" if citation.is_mention else authors(citation, desk.labels),
        year="" if citation.is_mention else given.year or "",
        place=urls.host(url) if url and not citation.is_mention else "",
        note=given.note or "",
        also=tuple(_also(desk, entry, citation)),
        work=_work(desk, citation),
    )


def _kind_in_words(kind: Kind, labels: Labels) -> str:
    """The kind of a source where it must be said; a work needs no word."""
    words = {
        Kind.SUBJECT: labels.subject,
        Kind.EPISODE: labels.episode,
        Kind.ABSENT: labels.absent,
    }
    return words.get(kind, "")


def source_title(citation: Citation, labels: Labels = phrases.ENGLISH) -> str:
    """What a source is called, where anything is known of it."""
    return citation.title or labels.untitled_source


def authors(citation: Citation, labels: Labels = phrases.ENGLISH) -> str:
    """A source's authors as they are shown; a text that names nobody says so."""
    if citation.source.authors is None:
        return ""
    return citation.authors or labels.unknown_author


def _work(desk: Desk, citation: Citation) -> str:
    """The address of the page of the work an entry points at; empty when it points at none."""
    if citation.work is None:
        return ""
    return desk.to(urls.work(desk.archive.work(citation.work).slug))


def _also(desk: Desk, entry: Entry, citation: Citation) -> Iterable[Link]:
    """The other episodes that draw on the same work."""
    if citation.work is None:
        return
    work = desk.archive.work(citation.work)
    others = work.episodes
    if len(others) > COMMON:
        return
    for slug in others:
        if slug != entry.slug:
            title = desk.archive.entry(slug).episode.title
            yield desk.page_link(title, urls.episode(slug))


def work_title(work: Work, labels: Labels = phrases.ENGLISH) -> str:
    """What a work is called, where anything is known of it."""
    return work.name or labels.untitled_source


PLACES = {
    "doi": "https://doi.org/{}",
    "arxiv": "https://arxiv.org/abs/{}",
    "openreview": "https://openreview.net/forum?id={}",
}
"""Where public identifiers of works lead."""


def public_address(ident: str) -> str:
    """The address of a work by its public id, `arxiv:2306.14048`; an address is its own."""
    kind, _, name = ident.partition(":")
    return PLACES[kind].format(name) if kind in PLACES else ident
