"""The map: one picture of the archive, and beside it lists that say the same."""

import json
from collections.abc import Iterator

from markupsafe import Markup

from backlist import urls
from backlist.archive import Archive
from backlist.extras.map import drawing, key, lists
from backlist.extras.map.layout import layout
from backlist.extras.map.records import Grain, Layout
from backlist.extras.map.views import MapPage
from backlist.outputs import Output
from backlist.render import phrases
from backlist.render.fragments import Desk
from backlist.render.paper import printed
from backlist.render.views import Link
from backlist.theme import Theme

SCRIPT = "map.js"

TICK = 0.42
"""How much of its place in the row a tick fills."""

NUMBERED = 8
"""Columns up to which the lanes are numbered where their names do not fit."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """`map/index.html`; nothing where no episode is connected with another."""
    picture = layout(archive) if archive.has_map else None
    if picture is not None:
        desk = Desk(archive, theme, urls.MAP)
        yield printed(desk, "map.html", _view(desk, picture), "map")


def _view(desk: Desk, picture: Layout) -> MapPage:
    count = phrases.counted(len(picture.nodes), desk.labels.n_episodes)
    about = f"{desk.archive.show.title}: {count} {desk.labels.in_one_picture}."
    return MapPage(
        head=desk.head(desk.labels.the_map, about, scripts=(SCRIPT,)),
        title=desk.labels.the_map,
        count=count,
        grain=picture.grain.value,
        ticks=picture.grain is Grain.PERIODS,
        tick=drawing.number(picture.step * TICK),
        height=drawing.number(picture.height),
        span=drawing.number(picture.span),
        told=_told(desk, picture),
        row_key=key.row(picture),
        node_key=key.node(picture),
        stub_key=key.stub(desk.archive),
        arc_key=key.arc(picture),
        back_key=key.back(picture),
        lane_key=key.lane(picture),
        play_key=key.play(desk.archive, picture),
        left_out=tuple(key.left_out(picture)),
        marks=tuple(drawing.marks(picture)),
        arcs=tuple(drawing.arcs(picture)),
        nodes=tuple(drawing.nodes(desk, picture)),
        lanes=tuple(drawing.lanes(desk, picture)),
        ties=tuple(drawing.ties(picture)),
        numbered=picture.columns <= NUMBERED,
        topics=tuple(
            Link(f"{topic.title} ({len(topic.episodes)})", str(number))
            for number, topic in enumerate(desk.archive.topics)
        ),
        shared=tuple(
            Link(f"{drawing.called(desk, lane)} ({len(lane.episodes)})", str(number))
            for number, lane in enumerate(picture.lanes)
        ),
        rows=tuple(lists.rows(desk, picture)),
        works=tuple(lists.works(desk, picture)),
        data=_data(desk.archive, picture),
    )


def _told(desk: Desk, picture: Layout) -> str:
    """What the lists hold, in words."""
    works = len(picture.lanes)
    labels = desk.labels
    parts = [phrases.counted(len(picture.nodes), labels.n_episodes)]
    parts += [phrases.counted(works, labels.n_shared_works)] if works else []
    return phrases.listed(parts, labels)


def _data(archive: Archive, picture: Layout) -> Markup:
    """Who is connected with whom, for the script, by the place of each episode in the picture."""
    place = {node.slug: number for number, node in enumerate(picture.nodes)}
    told = {
        "mentions": [
            [place[slug] for slug in archive.entry(node.slug).mentions] for node in picture.nodes
        ],
        "works": [[place[slug] for slug in shared] for shared in picture.shared],
        "topics": [[place[slug] for slug in topic.episodes] for topic in archive.topics],
    }
    return Markup(json.dumps(told, separators=(",", ":")))  # names and numbers of ours, no text
