"""The map as text: every episode with what it is connected with, every lane with its episodes.

Where a row of the picture is a period, the list gives numbers; the episode's page has the names.
"""

from collections.abc import Iterator, Sequence

from backlist import urls
from backlist.extras.map import drawing
from backlist.extras.map.records import Grain, Lane, Layout
from backlist.extras.map.views import MapRow, MapWork
from backlist.pages import formatting, parts
from backlist.pages.context import PageContext
from backlist.pages.views import Link


def rows(ctx: PageContext, picture: Layout) -> Iterator[MapRow]:
    """The episodes in the order of the picture."""
    named = picture.grain is not Grain.PERIODS
    lanes: dict[str, list[Lane]] = {}
    for lane in picture.lanes:
        for slug in lane.episodes:
            lanes.setdefault(slug, []).append(lane)
    for node in picture.nodes:
        entry = ctx.archive.entry(node.slug)
        episode = entry.episode
        shared = [_lane(ctx, lane) for lane in lanes.get(node.slug, ())]
        yield MapRow(
            episode=ctx.episode_link(node.slug, parts.mark(entry, ctx.labels)),
            date=formatting.day(episode.date, ctx.labels, approximate=episode.date_approximate),
            mentions=_episodes(ctx, entry.mentions, named=named),
            mentioned_by=_episodes(ctx, entry.mentioned_by, named=named),
            works=tuple(shared) if named else _counted(len(shared), ctx.labels.n_works),
            visualizations=tuple(
                Link(one.title, ctx.to(urls.visualization(one.id)))
                for one in entry.visualizations
                if one.id
            ),
        )


def works(ctx: PageContext, picture: Layout) -> Iterator[MapWork]:
    """The lanes in the order of their numbers."""
    named = picture.grain is not Grain.PERIODS
    for lane in picture.lanes:
        year = ctx.archive.work(lane.work).year if lane.work else None
        yield MapWork(
            work=_lane(ctx, lane),
            year=year or "",
            about=_episodes(ctx, lane.about, named=named),
            cited_by=_episodes(ctx, lane.cited_by, named=named),
        )


def _lane(ctx: PageContext, lane: Lane) -> Link:
    note = "" if lane.work else ctx.labels.same_subject
    return Link(drawing.called(ctx, lane), drawing.leads_to(ctx, lane), note=note)


def _episodes(ctx: PageContext, slugs: Sequence[str], *, named: bool) -> tuple[Link, ...]:
    if not named:
        return _counted(len(slugs), ctx.labels.n_episodes)
    return tuple(map(ctx.episode_link, slugs))


def _counted(number: int, label: str) -> tuple[Link, ...]:
    return (Link(formatting.counted(number, label), ""),) if number else ()
