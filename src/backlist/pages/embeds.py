"""Visualizations on pages: placeholder, frame, picture, and what belongs to each."""

from collections.abc import Iterable, Iterator

from backlist import urls
from backlist.extras.visualizations import passive
from backlist.pages import formatting, parts
from backlist.pages.context import PageContext
from backlist.pages.tables import tables
from backlist.pages.views import Link, VisualizationView
from backlist.parse.features import identity
from backlist.relate.archive import VisualizationEntry, VisualizationLink

FRAME = "frame.html"
"""The published name of the copy of a visualization that goes into frames."""

PICTURE = "picture.svg"
"""The published name of a chart's picture."""

SCRIPT = "embed.js"
"""The theme's module that starts, fits and closes frames."""


def shown(ctx: PageContext, one: VisualizationLink) -> VisualizationView:
    """A visualization an episode refers to."""
    held = ctx.archive.visualization(one.id)
    return interactive(ctx, held) if held else _elsewhere(ctx, one)


def interactive(ctx: PageContext, held: VisualizationEntry) -> VisualizationView:
    """A visualization the archive holds or knows, with the frame it may run in."""
    here = bool(held.index)
    place = urls.host(held.url) if held.url else ""
    frame = held.url if held.allowed else ""
    poster = held.poster or (PICTURE if held.chart else "")
    original = passive.name(held.index)
    return VisualizationView(
        title=held.title,
        description=held.description or "",
        url=ctx.to(urls.visualization(held.id)),
        address=held.url or "",
        place=place,
        open_at=ctx.labels.open_at.format(place=place) if place else "",
        not_here="",
        frame=ctx.to(urls.visualization_file(held.id, FRAME)) if here else frame or "",
        height=held.height,
        autostart=held.autostart and here,
        background=held.background,
        original=ctx.to(urls.visualization_file(held.id, original)) if here else "",
        saved=f"{held.id}.html" if held.page else held.index,
        size=formatting.size(len(held.page), ctx.labels),
        poster=ctx.to(urls.visualization_file(held.id, passive.name(poster))) if poster else "",
        episodes=tuple(_episodes(ctx, held.episodes)),
        works=tuple(_works(ctx, held)),
        tables=tables(ctx, held),
    )


def framed(views: Iterable[VisualizationView]) -> tuple[str, ...]:
    """The sources frames of a page may have (CSP 3, section 6.1.5); none where it has no frame."""
    found = [urls.origin(one.frame) if one.address else "'self'" for one in views if one.frame]
    return tuple(dict.fromkeys(found))


def _elsewhere(ctx: PageContext, one: VisualizationLink) -> VisualizationView:
    """A visualization that only an address, or not even that, is known of."""
    place = urls.host(one.url) if one.url else ""
    return VisualizationView(
        title=one.title,
        description="",
        url=one.url or "",
        address=one.url or "",
        place=place,
        open_at=ctx.labels.open_at.format(place=place) if place else "",
        not_here="" if one.url else ctx.labels.not_here.format(title=one.title),
        frame="",
        height=0,
        autostart=False,
        background="",
        original="",
        saved="",
        size="",
        poster="",
        episodes=(),
        works=(),
        tables=(),
    )


def _episodes(ctx: PageContext, slugs: Iterable[str]) -> Iterator[Link]:
    for slug in slugs:
        yield ctx.episode_link(slug)


def _works(ctx: PageContext, held: VisualizationEntry) -> Iterator[Link]:
    for ident in held.works:
        work = ctx.archive.work(ident)
        yield ctx.page_link(parts.work_title(work), ctx.archive.work_path(work))
    for ident in held.elsewhere:
        address = parts.public_address(ident)
        yield Link(identity.name_of(address, identity.ids(address)), address)
