"""The map as text: every episode with what it is connected with, every lane with its episodes.

Where a row of the picture is a period, the list gives numbers; the episode's page has the names.
"""

from collections.abc import Iterator, Sequence

from backlist import urls
from backlist.extras.map import drawing
from backlist.extras.map.records import Grain, Lane, Layout
from backlist.extras.map.views import MapRow, MapWork
from backlist.render import fragments, phrases
from backlist.render.fragments import Desk
from backlist.render.views import Link


def rows(desk: Desk, picture: Layout) -> Iterator[MapRow]:
    """The episodes in the order of the picture."""
    named = picture.grain is not Grain.PERIODS
    lanes: dict[str, list[Lane]] = {}
    for lane in picture.lanes:
        for slug in lane.episodes:
            lanes.setdefault(slug, []).append(lane)
    for node in picture.nodes:
        entry = desk.archive.entry(node.slug)
        episode = entry.episode
        shared = [_lane(desk, lane) for lane in lanes.get(node.slug, ())]
        yield MapRow(
            episode=Link(
                episode.title,
                desk.to(urls.episode(node.slug)),
                note=fragments.mark(entry, desk.labels),
            ),
            date=phrases.day(episode.date, desk.labels, approximate=episode.date_approximate),
            mentions=_episodes(desk, entry.mentions, named=named),
            mentioned_by=_episodes(desk, entry.mentioned_by, named=named),
            works=tuple(shared) if named else _counted(len(shared), "work"),
            visualizations=tuple(
                Link(one.title, desk.to(urls.visualization(one.id)))
                for one in entry.visualizations
                if one.id
            ),
        )


def works(desk: Desk, picture: Layout) -> Iterator[MapWork]:
    """The lanes in the order of their numbers."""
    named = picture.grain is not Grain.PERIODS
    for lane in picture.lanes:
        year = desk.archive.work(lane.work).year if lane.work else None
        yield MapWork(
            work=_lane(desk, lane),
            year=year or "",
            about=_episodes(desk, lane.about, named=named),
            cited_by=_episodes(desk, lane.cited_by, named=named),
        )


def _lane(desk: Desk, lane: Lane) -> Link:
    note = "" if lane.work else "takes on one subject"
    return Link(drawing.called(desk, lane), drawing.leads_to(desk, lane), note=note)


def _episodes(desk: Desk, slugs: Sequence[str], *, named: bool) -> tuple[Link, ...]:
    if not named:
        return _counted(len(slugs), "episode")
    return tuple(
        Link(desk.archive.entry(slug).episode.title, desk.to(urls.episode(slug))) for slug in slugs
    )


def _counted(number: int, noun: str) -> tuple[Link, ...]:
    return (Link(phrases.count(number, noun), ""),) if number else ()
