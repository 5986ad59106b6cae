"""The parts pages share: the site's frame, cards, sources, visualizations.

A `Desk` is where one page is made: it knows the archive, the theme, and the page's own path,
from which every address is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from backlist import urls
from backlist.extras import cover_art
from backlist.model import Labels, Status
from backlist.model.scalars import TYPES
from backlist.pages import formatting, open_graph, share_image
from backlist.pages.views import Card, CoverView, Head, Link, SiteView, SourceView
from backlist.parse import markdown
from backlist.relate import identity
from backlist.relate.archive import Archive, Citation, Entry, Work, once
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
        *,
        frames: Iterable[str] = (),
        indexed: bool = True,
    ) -> Head:
        """The page's own particulars.

        `scripts` names modules of the theme that it needs, `frames` the sources of its frames.
        A shared link shows the picture of the show.
        """
        show, base = self.archive.show.title, self.archive.site.base_url
        beside = urls.markdown(self.path)
        return Head(
            title=title if title == show else f"{title} · {show}",
            description=formatting.cut(description, 160),
            canonical=urls.absolute(self.path, base),
            kind=kind,
            markdown=self.to(beside) if beside else "",
            properties=tuple(open_graph.locale(self.archive.show)),
            image=share_image.of_show(self.archive),
            indexed=indexed,
            scripts=tuple(address for name in scripts if (address := self.asset(name))),
            frames=" ".join(frames),
        )

    def html(self, text: str) -> Markup:
        """Markdown as HTML of this page."""
        return Markup(markdown.to_html(text, self.root))  # markdown-it escaped it: `html` is off

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
            (labels.map, urls.MAP, archive.connected),
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


def summary(entry: Entry) -> str:
    """An episode's summary as plain text: written out, or the body's first paragraph."""
    return entry.episode.summary or markdown.lead(entry.episode.body)


def mark(entry: Entry, labels: Labels = formatting.ENGLISH) -> str:
    """A word for an episode that is not simply published; empty for the rest."""
    words = {Status.DRAFT: labels.draft, Status.STUB: labels.mentioned_only}
    return words.get(entry.episode.status, "")


def card(desk: Desk, slug: str, *, covered: bool = False) -> Card:
    """An episode as it stands in a list, `covered` where the list shows covers."""
    entry = desk.archive.entry(slug)
    episode = entry.episode
    cited = sum(not one.is_mention for one in entry.citations)
    return Card(
        title=episode.title,
        url=desk.to(urls.episode(slug)),
        summary=formatting.cut(summary(entry), SUMMARY),
        date=formatting.day(episode.date, desk.labels, approximate=episode.date_approximate),
        duration=formatting.duration(
            episode.audio.duration if episode.audio else None, desk.labels
        ),
        topics=tuple(topics(desk, episode.topics)),
        sources=formatting.counted(cited, desk.labels.n_sources) if cited else "",
        mark=mark(entry, desk.labels),
        listenable=episode.audio is not None,
        interactive=any(one.id for one in entry.visualizations),
        stub=episode.status is Status.STUB,
        cover=cover(desk, entry) if covered else None,
    )


def cards(desk: Desk, slugs: Iterable[str], *, covered: bool = False) -> tuple[Card, ...]:
    """Episodes as they stand in a list."""
    return tuple(card(desk, slug, covered=covered) for slug in slugs)


def cover(desk: Desk, entry: Entry) -> CoverView:
    """An episode's own picture or the show's, where it is in `static/`; else a drawing."""
    path = next(own_images(desk, entry), None)
    if path:
        return CoverView(desk.to(path), Markup())
    drawn = _drawn(desk.archive)
    if entry.slug not in drawn:
        drawn[entry.slug] = Markup(cover_art.cover(desk.archive, entry))  # shapes, and no text
    return CoverView("", drawn[entry.slug])


@once
def _drawn(_: Archive) -> dict[str, Markup]:
    """The covers drawn so far: an episode is shown on the pages of its topics and year as well."""
    return {}


def own_images(desk: Desk, entry: Entry) -> Iterator[str]:
    """The output paths of the pictures in `static/` that an episode and its show name.

    One at another host is left out: no page may ask that host for it.
    """
    for named in (entry.episode.image, desk.archive.show.image):
        path = desk.theme.published.get(urls.static_name(named)) if named else None
        if named and path and "://" not in named:
            yield path


def source_count(entry: Entry, labels: Labels) -> str:
    """How many of the numbered entries are sources, and how many other episodes."""
    episodes = sum(one.is_mention for one in entry.citations)
    counts = ((len(entry.citations) - episodes, labels.n_sources), (episodes, labels.n_episodes))
    return ", ".join(formatting.counted(number, label) for number, label in counts if number)


def topics(desk: Desk, names: Iterable[str]) -> Iterable[Link]:
    """Links to topic pages."""
    return (desk.page_link(name, urls.topic(name)) for name in names if urls.slug_of(name))


def source(desk: Desk, entry: Entry, citation: Citation) -> SourceView:
    """One entry of the numbered list, ready to print."""
    given = citation.source
    kind = _kind(citation)
    url, search = given.url or "", ""
    if url and identity.is_search(url) and not citation.is_mention:
        url, search = "", url
    if kind == "episode" and citation.mention:
        url = desk.to(urls.episode(citation.mention))
    elif kind == "absent":
        url = ""
    named = given.authors if kind not in ("episode", "absent") else None
    return SourceView(
        number=citation.number,
        kind=kind,
        label=_kind_in_words(kind, desk.labels),
        title=source_title(citation, desk.labels),
        url=url,
        search=search,
        authors=authors(named, desk.labels),
        year=(given.year or "") if kind not in ("episode", "absent") else "",
        place=urls.host(url) if url and kind in ("subject", "work") else "",
        note=given.note or "",
        also=tuple(_also(desk, entry, citation)),
        work=_work(desk, citation),
    )


def _kind_in_words(kind: str, labels: Labels) -> str:
    """The kind of a source where it must be said; a work needs no word."""
    words = {"subject": labels.subject, "episode": labels.episode, "absent": labels.absent}
    return words.get(kind, "")


def _kind(citation: Citation) -> str:
    if citation.is_mention:
        return "episode" if citation.mention else "absent"
    if citation.source.role == "subject":
        return "subject"
    found = citation.source.url and not identity.is_search(citation.source.url)
    return "work" if found else "search"


def source_title(citation: Citation, labels: Labels = formatting.ENGLISH) -> str:
    """A source's title; one without is called by its public identifier, or where it lies."""
    return citation.display_title or name_of(citation.source.url, labels)


def name_of(url: str | None, labels: Labels = formatting.ENGLISH) -> str:
    """What an address without a title is called: its public identifier, or where it lies."""
    if url is None:
        return labels.untitled_source
    ids = identity.ids(url)
    known = next((f"{kind}:{ids[kind]}" for kind in ("arxiv", "doi") if kind in ids), None)
    return known.replace("arxiv", "arXiv") if known else urls.readable(url)


def authors(text: str | None, labels: Labels = formatting.ENGLISH) -> str:
    """An authors text as it is shown; one that names nobody says so."""
    if text is None:
        return ""
    return labels.unknown_author if identity.is_placeholder(text) else text


def _work(desk: Desk, citation: Citation) -> str:
    """The address of the page of the work an entry points at; empty where there is none."""
    work = desk.archive.work(citation.work) if citation.work else None
    return desk.to(urls.work(work.slug)) if work and work.has_page else ""


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


def work_title(work: Work) -> str:
    """What a work is called: its title, else its identifier or where it lies."""
    return work.title or name_of(work.url)


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
