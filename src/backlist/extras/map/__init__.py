"""The map: one picture of the archive, and beside it lists that say the same."""

import json
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from backlist import urls
from backlist.cache.keys import key_of
from backlist.extras.map import drawing, key, lists
from backlist.extras.map.layout import layout
from backlist.extras.map.records import Grain, Layout
from backlist.extras.map.views import MapPage
from backlist.files.output import Output
from backlist.pages import formatting
from backlist.pages.context import PageContext, SiteContext, made_page
from backlist.pages.views import Link
from backlist.relate.archive import Archive

SCRIPT = "map.js"

TICK = 0.42
"""How much of its place in the row a tick fills."""

NUMBERED = 8
"""Columns up to which the lanes are numbered where their names do not fit."""


def make(site: SiteContext) -> Iterator[Output]:
    """`map/index.html`; nothing where too few episodes are connected with another."""
    archive = site.archive
    if archive.has_map:
        ctx = site.page(urls.MAP)
        entries = [entry.key for entry in archive.entries]
        key = key_of(ctx.path, entries, archive.works, archive.topics, site.key)
        yield made_page(ctx, "map.html", partial(_view, ctx), key, "map")


def _view(ctx: PageContext) -> MapPage:
    picture = layout(ctx.archive)
    assert picture is not None, "`has_map` sees to it"
    shown = formatting.counted(len(picture.nodes), ctx.labels.n_in_picture)
    about = f"{ctx.archive.show.title} · {shown}"
    return MapPage(
        head=ctx.head(ctx.labels.the_map, about, scripts=(SCRIPT,)),
        title=ctx.labels.the_map,
        count=formatting.counted(len(picture.nodes), ctx.labels.n_episodes),
        grain=picture.grain.value,
        ticks=picture.grain is Grain.PERIODS,
        tick=drawing.number(picture.step * TICK),
        height=drawing.number(picture.height),
        span=drawing.number(picture.span),
        told=_told(ctx, picture),
        row_key=key.row(picture, ctx.labels),
        node_key=key.node(picture, ctx.labels),
        stub_key=key.stub(ctx.archive, ctx.labels),
        arc_key=key.arc(picture, ctx.labels),
        back_key=key.back(picture, ctx.labels),
        lane_key=key.lane(picture, ctx.labels),
        play_key=key.play(ctx.archive, picture, ctx.labels),
        left_out=tuple(key.left_out(picture, ctx.labels)),
        marks=tuple(drawing.marks(ctx, picture)),
        arcs=tuple(drawing.arcs(picture)),
        nodes=tuple(drawing.nodes(ctx, picture)),
        lanes=tuple(drawing.lanes(ctx, picture)),
        ties=tuple(drawing.ties(picture)),
        numbered=picture.columns <= NUMBERED,
        topics=tuple(
            Link(_with_count(ctx, topic.title, len(topic.episodes)), str(number))
            for number, topic in enumerate(ctx.archive.topics)
        ),
        shared=tuple(
            Link(_with_count(ctx, drawing.called(ctx, lane), len(lane.episodes)), str(number))
            for number, lane in enumerate(picture.lanes)
        ),
        rows=tuple(lists.rows(ctx, picture)),
        works=tuple(lists.works(ctx, picture)),
        data=_data(ctx.archive, picture),
    )


def _with_count(ctx: PageContext, name: str, count: int) -> str:
    return f"{name} ({formatting.figure(count, ctx.labels.language)})"


def _told(ctx: PageContext, picture: Layout) -> str:
    """What the lists hold, in words."""
    works = len(picture.lanes)
    labels = ctx.labels
    parts = [formatting.counted(len(picture.nodes), labels.n_episodes)]
    parts += [formatting.counted(works, labels.n_shared_works)] if works else []
    return formatting.listed(parts, labels)


def _data(archive: Archive, picture: Layout) -> Markup:
    """Who is connected with whom, for the script, by the place of each episode in the picture."""
    place = {node.slug: number for number, node in enumerate(picture.nodes)}
    labels = archive.site.labels
    told = {
        "words": {
            "episodes": labels.episodes,
            "mentions": labels.mentions,
            "mentioned": labels.mentioned_by,
            "shares": labels.shares,
            "shown": labels.filtered,
            "comma": labels.comma,
            "more": labels.more_links,
        },
        "mentions": [
            [place[slug] for slug in archive.entry(node.slug).mentions] for node in picture.nodes
        ],
        "works": [[place[slug] for slug in shared] for shared in picture.shared],
        "topics": [[place[slug] for slug in topic.episodes] for topic in archive.topics],
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # a label could end the script it is in
