"""What pages are made from: the site as all of them share it, and one page of it.

A `SiteContext` is made once a run: what several pages need whole is made in it once. A
`PageContext` knows the path of one page. Addresses inside the site stand behind `urls.ROOT`, which
is replaced when a page is done, so that a part is the same text on every page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote

from markupsafe import Markup

from backlist import urls
from backlist.cache.keys import key_of
from backlist.cache.store import NO_CACHE, Memory
from backlist.files.output import Bundle, Made, Output
from backlist.model import Labels, License
from backlist.pages import (
    citations,
    direction,
    follow,
    formatting,
    icons,
    open_graph,
    share_image,
    site_frame,
)
from backlist.pages.covers import Covers
from backlist.pages.follow import Way
from backlist.pages.views import Card, Head, IconLink, Link, SiteView
from backlist.parse import pictures
from backlist.parse.markdown import Notes
from backlist.pictures import Picture
from backlist.problems import BacklistError, Where
from backlist.relate.archive import Archive
from backlist.theme import Theme
from backlist.urls import schemes

T = TypeVar("T")

PLAYER = "player.js"
"""The module of the page's one player."""


@dataclass(frozen=True)
class SiteContext:
    """An archive and the theme it is shown in, for the length of one run.

    `cards` and `covered` are episodes as lists show them, without and with a cover, as they are
    made.
    """

    archive: Archive
    theme: Theme
    cards: dict[str, Card] = field(default_factory=dict)
    covered: dict[str, Card] = field(default_factory=dict)
    cache: Memory = NO_CACHE
    search_later: bool = False
    _shared: dict[object, Any] = field(default_factory=dict)

    def share(self, make: Callable[["SiteContext"], T]) -> T:
        """What `make` makes of this site, made once for all who ask."""
        if make not in self._shared:
            self._shared[make] = make(self)
        found: T = self._shared[make]
        return found

    def parts(self, bundle: Bundle) -> Iterator[tuple[str, Made]]:
        """The files of a bundle by name; made to name them, where they are not known.

        With `search_later` those of the last build's, which cannot be made again.
        """
        kept = self.cache.known("bundle", b"")
        known = isinstance(kept, tuple) and (kept[0] == bundle.key or self.search_later)
        key, names = kept if known else (bundle.key, tuple(bundle.files))
        self.cache.keep("bundle", b"", (key, names))
        last = bundle if key == bundle.key else Bundle(key, _no_longer)
        return ((name, last.part(name)) for name in names)

    def page(self, path: str, root: str = "") -> "PageContext":
        """The context of the page at an output path; one served at any depth needs a `root`."""
        return PageContext(self, path, root)

    @cached_property
    def covers(self) -> Covers:
        """The covers of the archive."""
        return Covers(self.archive, self.theme.published)

    @cached_property
    def library(self) -> citations.Library:
        """Everything that can be cited, each under the one key it has everywhere."""
        return citations.Library(self.archive)

    @cached_property
    def key(self) -> bytes:
        """What every page depends on: the frame, the settings, and the theme."""
        archive = self.archive
        several = len(archive.seasons) > 1
        flags = (
            archive.has_map,
            archive.is_searched,
            archive.feed_address,
            archive.is_heard,
            several,
            share_image.is_small(archive),
        )
        return key_of(self.frame, archive.show, archive.site, flags, self.theme.key)

    @cached_property
    def direction(self) -> str:
        """Which way the site runs: as its language, unless the show's own words say otherwise."""
        show = self.archive.show
        if direction.of_language(show.language) == direction.RIGHT:
            return direction.RIGHT
        return direction.of_text(f"{show.title} {show.description}") or direction.LEFT

    def turned(self, text: str) -> str:
        """The direction of a text that runs against the site; else empty."""
        way = direction.of_text(text)
        return way if way != self.direction else ""

    @cached_property
    def icons(self) -> icons.Sprite:
        """The icons that pages show."""
        return icons.sprite(follow.every(self.archive.show, self.archive.site))

    @property
    def wears_its_cover(self) -> bool:
        """Whether browsers show the show's picture beside the title: a site's own icon is first."""
        shown = self.archive.cover
        return bool(shown and shown.kind) and self.theme.is_shipped("favicon.svg")

    @cached_property
    def frame(self) -> SiteView:
        """What every page shows; no link is marked as the page a reader is on."""
        return site_frame.make(self)


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page in the making; `root` is the way home from a page served at any depth."""

    site: SiteContext
    path: str
    fixed_root: str = ""

    @property
    def archive(self) -> Archive:
        """The archive."""
        return self.site.archive

    @property
    def theme(self) -> Theme:
        """The theme."""
        return self.site.theme

    @property
    def labels(self) -> Labels:
        """The show's own words for what the theme says."""
        return self.site.archive.site.labels

    @property
    def root(self) -> str:
        """The way from this page to the home page."""
        return self.fixed_root or "../" * self.path.count("/") or "./"

    def to(self, target: str) -> str:
        """The address of an output path."""
        return urls.rooted(target)

    def frame(self) -> SiteView:
        """What every page shows, with the link to this one marked."""
        frame = self.site.frame
        search = frame.search and self._marked(frame.search)
        return replace(
            frame,
            search=search,
            navigation=self._all_marked(frame.navigation),
            leading=self._all_marked(frame.leading),
            folded=self._all_marked(frame.folded),
            more=self._all_marked(frame.more),
        )

    def _all_marked(self, links: Iterable[Link]) -> tuple[Link, ...]:
        return tuple(map(self._marked, links))

    def _marked(self, link: Link) -> Link:
        return replace(link, current=True) if link.url == self.to(self.path) else link

    def head(
        self,
        title: str,
        description: str,
        kind: str = "website",
        scripts: Iterable[str] = (),
        *,
        frames: Iterable[str] = (),
        indexed: bool = True,
        words: str = "",
        language: str = "",
        rows: bool = False,
    ) -> Head:
        """The page's own particulars; `words` are those of a text that may run another way.

        `language` is that of title and description, where it is not the site's.

        `scripts` names modules of the theme that it needs, `frames` the sources of its frames.
        A shared link shows the picture of the show. A page with `rows` of episodes plays them: in
        its own player, or in a bar.
        """
        named = tuple(scripts)
        bar = rows and self.archive.is_heard and PLAYER not in named
        named = (*named, PLAYER) if bar else named
        show, base = self.archive.show.title, self.archive.site.base_url
        beside = self.archive.markdown_page(self.path)
        return Head(
            title=title if title == show else f"{title} · {show}",
            description=formatting.cut(description, 160),
            canonical=urls.absolute(self.path, base),
            kind=kind,
            markdown=self.to(beside) if beside else "",
            properties=tuple(open_graph.locale(language or self.archive.show.language)),
            image=share_image.of_show(self.archive),
            indexed=indexed,
            scripts=tuple(address for name in named if (address := self.asset(name))),
            frames=" ".join(frames),
            direction=self.site.turned(words),
            language=language,
            bar=bar,
        )

    def html(self, notes: Notes, shown: Iterable[Picture] = (), language: str = "") -> Markup:
        """Notes as HTML of a page, which loads nothing from other hosts.

        `shown` are their pictures in `static/`, `language` is theirs, where it is not the site's.
        """
        ours = self.archive.show.language if language else ""
        sizes = {urls.asset(one.name): (one.width, one.height) for one in shown if one.kind}
        # markdown-it escaped them: `html` is off.
        return Markup(pictures.as_shown(notes.html, self.labels.picture_at, sizes, ours))

    def edit(self, file: str) -> str:
        """Where a file of the site can be edited; empty when `site.edit_url` is not given."""
        return (self.archive.site.edit_url or "").replace("{file}", quote(file))

    def asset(self, name: str) -> str:
        """The address of a static file; empty when the theme has none of that name."""
        path = self.theme.published.get(name)
        return self.to(path) if path else ""

    def link(self, text: str, url: str, note: str = "") -> Link:
        """A link to an address, or to a path of this site."""
        target, rest = place_of(url)
        if not target:
            return Link(text, url, note=note)
        link = self.page_link(text, target, note)
        return replace(link, url=link.url + rest, current=link.current and not rest)

    def way(self, way: Way) -> IconLink:
        """A link with its icon, to an address or to a path of this site."""
        url = self.link(way.text, way.url).url
        return IconLink(way.text, url, self.to(self.site.icons.place(way.icon)), way.own)

    def terms(self, given: License | None) -> Link | None:
        """The terms of use, with where they can be read."""
        if given is None:
            return None
        name, url = follow.terms(given.name, given.url)
        return Link(self.labels.license.format(name=name), url)

    def episode_link(self, slug: str, note: str = "") -> Link:
        """A link to an episode by its title."""
        entry = self.archive.entry(slug)
        link = self.page_link(entry.episode.title, urls.episode(slug), note)
        return replace(link, language=entry.language)

    def page_link(self, text: str, path: str, note: str = "") -> Link:
        """A link to an output path, marked when it is this page."""
        return Link(text, self.to(path), current=path == self.path, note=note)


def _no_longer() -> Mapping[str, bytes]:
    raise BacklistError(
        Where("search"), "the files of the last build have been changed", "they are made next"
    )


def place_of(url: str) -> tuple[str, str]:
    """The output path that an address in settings names, and its query and fragment.

    The path is empty for an address that leads out of the site.

    >>> place_of("about/#team"), place_of("/feed.xml"), place_of("mailto:hi@example.org")
    (('about/index.html', '#team'), ('feed.xml', ''), ('', ''))
    """
    if schemes.of(url):
        return "", ""
    place = re.split("[?#]", url, maxsplit=1)[0]
    path = place.strip("/")
    is_file = not path or "." in path.rsplit("/", 1)[-1]
    return (path if is_file else f"{path}/{urls.HOME}") or urls.HOME, url[len(place) :]


def render_page(
    ctx: PageContext, template: str, view: object, maker: str, source: str = ""
) -> Output:
    """The page at the context's path, filled in when it is wanted."""
    key = key_of(ctx.path, ctx.root, template, view, ctx.site.key)
    return made_page(ctx, template, lambda: view, key, maker, source)


def made_page(
    ctx: PageContext,
    template: str,
    view: Callable[[], object],
    key: bytes,
    maker: str,
    source: str = "",
) -> Output:
    """A page whose view is made when it is wanted, and whose key says all it depends on.

    Making it raises `BacklistError` when its template is at error.
    """

    def make() -> bytes:
        text = ctx.theme.render(template, page=view(), site=ctx.frame())
        return text.replace(urls.ROOT, ctx.root).encode()

    return Output(ctx.path, Made(key, make), maker, source)
