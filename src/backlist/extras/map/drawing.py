"""Positions of the map as the numbers, words and addresses its template places."""

from collections.abc import Iterator

from backlist import urls
from backlist.extras.map import key, text_width
from backlist.extras.map.records import Grain, Label, Lane, Layout, Mark, Node, Period
from backlist.extras.map.views import MapArc, MapLane, MapMark, MapNode, MapStop, MapText, MapTie
from backlist.model import Labels, Status
from backlist.pages import formatting, parts
from backlist.pages.context import PageContext
from backlist.pages.views import Link
from backlist.relate.archive import Entry

_BASELINE = 4.5
"""Pixels from the middle of a line of small text to its baseline."""

_LINE = 16.0
"""Pixels from one line of a title to the next."""

_NAME = 19.5
"""The width of a lane's name in ems."""


def number(value: float) -> str:
    """A coordinate as it is written: no more digits than it has.

    >>> number(12.0), number(1234.56)
    ('12', '1234.6')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") if value < 100 else f"{round(value, 1):.10g}"


def marks(ctx: PageContext, picture: Layout) -> Iterator[MapMark]:
    """Names of time, each a long and a short one."""
    for mark in picture.marks:
        text, short = _named(mark, ctx.labels)
        skipped = formatting.counted(mark.skipped, key.skipped(mark.period, ctx.labels))
        yield MapMark(
            text=text,
            short=short,
            y=number(mark.y + (0 if mark.heading else _BASELINE)),
            heading=mark.heading,
            rule=number(mark.y + 9),
            note=MapText(skipped, number(mark.y - 18)) if mark.skipped else None,
        )


def arcs(picture: Layout) -> Iterator[MapArc]:
    """Mentions, the longest first so that short ones lie over them."""
    for arc in picture.arcs:
        width = min(1.2 + 0.4 * (arc.down + arc.up - 1), 3)
        yield MapArc(arc.path, number(width), back=arc.down == 0)


def nodes(ctx: PageContext, picture: Layout) -> Iterator[MapNode]:
    """Every episode, with its title where there is room for it."""
    for node in picture.nodes:
        entry = ctx.archive.entry(node.slug)
        label = node.label
        yield MapNode(
            anchor=f"episode-{node.slug}",
            url=ctx.to(urls.episode(node.slug)),
            title=said(entry, ctx.labels),
            language=entry.language,
            stub=entry.episode.status is Status.STUB,
            x=number(node.x),
            y=number(node.y),
            size=number(node.size),
            top=number(node.y - node.size / 2),
            end=number(node.end),
            narrow=tuple(_narrow(label, node)) if label else (),
            middle=label.middle if label else "",
            wide=label.wide if label else "",
            baseline=number(node.y + _BASELINE),
            play=None if picture.grain is Grain.PERIODS else _play(ctx, entry),
        )


def said(entry: Entry, labels: Labels) -> str:
    """An episode in two lines: its title; its day and what it is."""
    episode = entry.episode
    day = formatting.day(episode.date, labels, approximate=episode.date_approximate)
    mark = labels.mentioned_only if episode.status is Status.STUB else ""
    told = labels.comma.join(part for part in (day.text if day else "", mark) if part)
    return "\n".join(part for part in (episode.title, told) if part)


def called(ctx: PageContext, lane: Lane) -> str:
    """What a lane is called: its work's title, or that of the newest episode about it."""
    work = ctx.archive.work(lane.work) if lane.work else None
    if lane.about and (work is None or work.title is None):
        return ctx.archive.entry(lane.about[0]).episode.title
    return parts.work_title(work) if work else ""


def leads_to(ctx: PageContext, lane: Lane) -> str:
    """The address a lane leads to: its work's page, or its newest episode's."""
    if lane.work is None:
        return ctx.to(urls.episode(lane.episodes[0]))
    return ctx.to(urls.work(ctx.archive.work(lane.work).slug))


def lanes(ctx: PageContext, picture: Layout) -> Iterator[MapLane]:
    """Every lane, numbered from the top."""
    for place, lane in enumerate(picture.lanes, 1):
        top, bottom = lane.stops[0].y, lane.stops[-1].y
        name, name_y = called(ctx, lane), lane.name_y or 0.0
        count = formatting.counted(len(lane.episodes), ctx.labels.n_episodes)
        yield MapLane(
            number=str(place),
            url=leads_to(ctx, lane),
            title=f"{name}\n{count}",
            x=number(lane.x),
            top=number(top),
            bottom=number(bottom),
            stops=tuple(
                MapStop(number(stop.y), number(_stop_size(stop.count, stop.about)), stop.about)
                for stop in lane.stops
            ),
            head=number(top - 9),
            name=text_width.fit(name, _NAME) if lane.name_y is not None else "",
            name_y=number(name_y),
            lead=number(min(max(name_y, top), bottom)),
            baseline=number(name_y + _BASELINE),
        )


def ties(picture: Layout) -> Iterator[MapTie]:
    """Dots that lead the eye from a title to the lanes of its episode."""
    if picture.grain is not Grain.TITLES:
        return
    ends: dict[float, float] = {}
    for lane in picture.lanes:
        for stop in lane.stops:
            ends[stop.y] = max(ends.get(stop.y, 0.0), lane.x)
    for y, x in sorted(ends.items()):
        yield MapTie(number(y), number(x))


def _stop_size(count: int, about: bool) -> float:
    return 4.2 if about else min(2.4 + 0.4 * (count - 1), 4)


def _named(mark: Mark, labels: Labels) -> tuple[str, str]:
    if mark.day is None:
        return labels.undated, labels.undated
    if mark.period is Period.YEAR:
        year = formatting.year(mark.day.year, labels)
        return year, year
    if mark.period is Period.QUARTER:
        number = formatting.figure((mark.day.month + 2) // 3, labels.language)
        quarter = labels.quarter.format(n=number)
        return quarter, quarter
    month = formatting.month(mark.day.month, labels)
    short = formatting.short_month(mark.day.month, labels)
    if mark.period is Period.MONTH:
        return month, short
    return formatting.day_and_month(mark.day, labels), formatting.day_and_month(
        mark.day, labels, "abbreviated"
    )


def _narrow(label: Label, node: Node) -> Iterator[MapText]:
    """The lines of a title on a phone, about the height of its episode."""
    first = node.y + _BASELINE - _LINE / 2 * (len(label.narrow) - 1)
    for place, line in enumerate(label.narrow):
        yield MapText(line, number(first + place * _LINE))


def _play(ctx: PageContext, entry: Entry) -> Link | None:
    """The first visualization of an episode that the archive holds."""
    for one in entry.visualizations:
        if one.id:
            return Link(
                f"{ctx.labels.interactive}{ctx.labels.colon}{one.title}",
                ctx.to(urls.visualization(one.id)),
            )
    return None
