"""The map: one picture of the archive, and beside it lists that say the same."""

import json
from collections.abc import Iterator

from markupsafe import Markup

from backlist import atlas, urls
from backlist.atlas import Atlas, Grain
from backlist.output import Output
from backlist.pages import formatting
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.views import Link, MapPage
from backlist.relate.archive import Archive
from backlist.render.atlas import drawing, key, lists

SCRIPT = "map.js"

TICK = 0.42
"""How much of its place in the row a tick fills."""

NUMBERED = 8
"""Lanes up to which the threads are numbered where their names do not fit."""


def make(site: SiteContext) -> Iterator[Output]:
    """`map/index.html`; nothing where no episode is connected with another."""
    archive = site.archive
    picture = atlas.draw(archive)
    if picture is not None:
        ctx = site.page(urls.MAP)
        yield render_page(ctx, "map.html", _view(ctx, picture), "map")


def _view(ctx: PageContext, picture: Atlas) -> MapPage:
    count = formatting.counted(len(picture.spots), ctx.labels.n_episodes)
    about = f"{ctx.archive.show.title}: {count} {ctx.labels.in_one_picture}."
    return MapPage(
        head=ctx.head(ctx.labels.the_map, about, scripts=(SCRIPT,)),
        title=ctx.labels.the_map,
        count=count,
        grain=picture.grain.value,
        ticks=picture.grain is Grain.PERIODS,
        tick=drawing.number(picture.step * TICK),
        height=drawing.number(picture.height),
        span=drawing.number(picture.span),
        told=_told(ctx, picture),
        row_key=key.row(picture),
        spot_key=key.spot(picture),
        stub_key=key.stub(ctx.archive),
        arc_key=key.arc(picture),
        back_key=key.back(picture),
        thread_key=key.thread(picture),
        play_key=key.play(ctx.archive, picture),
        left_out=tuple(key.left_out(picture)),
        marks=tuple(drawing.marks(picture)),
        arcs=tuple(drawing.arcs(picture)),
        spots=tuple(drawing.spots(ctx, picture)),
        threads=tuple(drawing.threads(ctx, picture)),
        ties=tuple(drawing.ties(picture)),
        numbered=picture.lanes <= NUMBERED,
        topics=tuple(
            Link(f"{name} ({len(slugs)})", str(number))
            for number, (name, slugs) in enumerate(ctx.archive.topics.items())
        ),
        shared=tuple(
            Link(f"{drawing.called(ctx, thread)} ({len(thread.episodes)})", str(number))
            for number, thread in enumerate(picture.threads)
        ),
        rows=tuple(lists.rows(ctx, picture)),
        works=tuple(lists.works(ctx, picture)),
        data=_data(ctx.archive, picture),
    )


def _told(ctx: PageContext, picture: Atlas) -> str:
    """What the lists hold, in words."""
    works = len(picture.threads)
    labels = ctx.labels
    parts = [formatting.counted(len(picture.spots), labels.n_episodes)]
    parts += [formatting.counted(works, labels.n_shared_works)] if works else []
    return formatting.listed(parts, labels)


def _data(archive: Archive, picture: Atlas) -> Markup:
    """Who is connected with whom, for the script, by the place of each episode in the picture."""
    place = {spot.slug: number for number, spot in enumerate(picture.spots)}
    told = {
        "mentions": [
            [place[slug] for slug in archive.entry(spot.slug).mentions] for spot in picture.spots
        ],
        "works": [[place[slug] for slug in shared] for shared in picture.shared],
        "topics": [[place[slug] for slug in slugs] for slugs in archive.topics.values()],
    }
    return Markup(json.dumps(told, separators=(",", ":")))  # names and numbers of ours, no text
