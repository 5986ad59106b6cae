"""The map: one picture of the archive, and beside it lists that say the same."""

import json
from collections.abc import Iterator

from markupsafe import Markup

from backlist import atlas, urls
from backlist.archive import Archive
from backlist.atlas import Atlas, Grain
from backlist.outputs import Output
from backlist.render import phrases
from backlist.render.atlas import drawing, key, lists
from backlist.render.fragments import Desk
from backlist.render.paper import printed
from backlist.render.views import Link, MapPage
from backlist.theme import Theme

SCRIPT = "map.js"

TICK = 0.42
"""How much of its place in the row a tick fills."""

NUMBERED = 8
"""Lanes up to which the threads are numbered where their names do not fit."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """`map/index.html`; nothing where no episode is connected with another."""
    picture = atlas.draw(archive) if archive.has_map else None
    if picture is not None:
        desk = Desk(archive, theme, urls.MAP)
        yield printed(desk, "map.html", _view(desk, picture), "map")


def _view(desk: Desk, picture: Atlas) -> MapPage:
    count = phrases.counted(len(picture.spots), desk.labels.n_episodes)
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
        spot_key=key.spot(picture),
        stub_key=key.stub(desk.archive),
        arc_key=key.arc(picture),
        back_key=key.back(picture),
        thread_key=key.thread(picture),
        play_key=key.play(desk.archive, picture),
        left_out=tuple(key.left_out(picture)),
        marks=tuple(drawing.marks(picture)),
        arcs=tuple(drawing.arcs(picture)),
        spots=tuple(drawing.spots(desk, picture)),
        threads=tuple(drawing.threads(desk, picture)),
        ties=tuple(drawing.ties(picture)),
        numbered=picture.lanes <= NUMBERED,
        topics=tuple(
            Link(f"{topic.title} ({len(topic.episodes)})", str(number))
            for number, topic in enumerate(desk.archive.topics)
        ),
        shared=tuple(
            Link(f"{drawing.called(desk, thread)} ({len(thread.episodes)})", str(number))
            for number, thread in enumerate(picture.threads)
        ),
        rows=tuple(lists.rows(desk, picture)),
        works=tuple(lists.works(desk, picture)),
        data=_data(desk.archive, picture),
    )


def _told(desk: Desk, picture: Atlas) -> str:
    """What the lists hold, in words."""
    works = len(picture.threads)
    labels = desk.labels
    parts = [phrases.counted(len(picture.spots), labels.n_episodes)]
    parts += [phrases.counted(works, labels.n_shared_works)] if works else []
    return phrases.listed(parts, labels)


def _data(archive: Archive, picture: Atlas) -> Markup:
    """Who is connected with whom, for the script, by the place of each episode in the picture."""
    place = {spot.slug: number for number, spot in enumerate(picture.spots)}
    told = {
        "mentions": [
            [place[slug] for slug in archive.entry(spot.slug).mentions] for spot in picture.spots
        ],
        "works": [[place[slug] for slug in shared] for shared in picture.shared],
        "topics": [[place[slug] for slug in topic.episodes] for topic in archive.topics],
    }
    return Markup(json.dumps(told, separators=(",", ":")))  # names and numbers of ours, no text
