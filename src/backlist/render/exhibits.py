"""Visualizations on pages: the facade, the frame behind it, the picture, and what belongs to it."""

from collections.abc import Iterable, Iterator
from functools import cache

from markupsafe import Markup

from backlist import urls
from backlist.archive import Interactive, Shown
from backlist.memo import remembered
from backlist.relate import identity
from backlist.render import fragments, phrases
from backlist.render.drawing import drawn
from backlist.render.fragments import Desk
from backlist.render.tables import tables
from backlist.render.views import Link, VisualizationView

FRAME = "frame.html"
"""The published name of the copy of a visualization that goes into frames."""

PICTURE = "picture.svg"
"""The published name of a chart's picture."""

SCRIPT = "embed.js"
"""The theme's module that starts, fits and closes frames."""


def shown(desk: Desk, one: Shown) -> VisualizationView:
    """A visualization an episode refers to."""
    held = desk.archive.visualization(one.id)
    return interactive(desk, held) if held else _elsewhere(one)


def interactive(desk: Desk, held: Interactive) -> VisualizationView:
    """A visualization the archive holds or knows, with the frame it may run in."""
    here = bool(held.index)
    frame = held.url if held.allowed else ""
    poster = held.poster or (PICTURE if held.chart else "")
    original = text_name(held.index) if held.page else held.index
    return VisualizationView(
        title=held.title,
        description=held.description or "",
        url=desk.to(urls.visualization(held.id)),
        address=held.url or "",
        place=urls.host(held.url) if held.url else "",
        frame=desk.to(urls.visualization_file(held.id, FRAME)) if here else frame or "",
        height=held.height,
        start=held.start and here,
        ground=_ground(held.page) if held.page else "",
        original=desk.to(urls.visualization_file(held.id, original)) if here else "",
        saved=f"{held.id}.html" if held.page else held.index,
        size=phrases.size(len(held.page), desk.labels),
        poster=desk.to(urls.visualization_file(held.id, poster)) if poster else "",
        drawing=Markup(drawn(held.id)),
        episodes=tuple(_episodes(desk, held.episodes)),
        works=tuple(_works(desk, held)),
        tables=tables(desk, held),
    )


def framed(views: Iterable[VisualizationView]) -> tuple[str, ...]:
    """The sources frames of a page may have (CSP 3, section 6.1.5); none where it has no frame."""
    found = [urls.origin(one.frame) if one.address else "'self'" for one in views if one.frame]
    return tuple(dict.fromkeys(found))


def text_name(name: str) -> str:
    """The name a page of a visualization is published by.

    As text, to be read and saved: opened as a page it would run outside of its frame, as part of
    the site.
    """
    return f"{name}.txt"


def is_page(name: str) -> bool:
    """Whether a browser would run a file as a page."""
    return name.lower().endswith((".html", ".htm", ".xhtml", ".xht", ".shtml"))


@cache
def _ground(page: bytes) -> str:
    """The colour a page stands on, asked once a page and build."""
    return _remembered_ground(page.decode("utf-8", "surrogateescape"))


@remembered
def _remembered_ground(page: str) -> str:
    # The library it needs takes time to load, and a build without changes does not need it.
    from backlist.embedding.ground import ground

    return ground(page.encode("utf-8", "surrogateescape"))


def _elsewhere(one: Shown) -> VisualizationView:
    """A visualization that only an address, or not even that, is known of."""
    return VisualizationView(
        title=one.title,
        description="",
        url=one.url or "",
        address=one.url or "",
        place=urls.host(one.url) if one.url else "",
        frame="",
        height=0,
        start=False,
        ground="",
        original="",
        saved="",
        size="",
        poster="",
        drawing=Markup(drawn(one.title)),
        episodes=(),
        works=(),
        tables=(),
    )


def _episodes(desk: Desk, slugs: Iterable[str]) -> Iterator[Link]:
    for slug in slugs:
        yield desk.page_link(desk.archive.entry(slug).episode.title, urls.episode(slug))


def _works(desk: Desk, held: Interactive) -> Iterator[Link]:
    for ident in held.works:
        work = desk.archive.work(ident)
        yield desk.page_link(fragments.work_title(work), urls.work(work.slug))
    for ident in held.elsewhere:
        address = fragments.public_address(ident)
        yield Link(identity.name_of(address, identity.ids(address)), address)
