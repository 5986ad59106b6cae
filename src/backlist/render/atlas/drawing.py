"""Positions of the map as the numbers, words and addresses its template places."""

from collections.abc import Iterator

from backlist import urls
from backlist.atlas import Atlas, Grain, Label, Mark, Period, Spot, Thread, lettering
from backlist.model import Status
from backlist.pages import formatting, parts
from backlist.pages.context import PageContext
from backlist.pages.views import Link, MapArc, MapMark, MapSpot, MapStop, MapText, MapThread, MapTie
from backlist.relate.archive import Entry

_BASELINE = 4.5
"""Pixels from the middle of a line of small text to its baseline."""

_LINE = 16.0
"""Pixels from one line of a title to the next."""

_NAME = 19.5
"""The width of a thread's name in ems."""

_PLURALS = {
    Period.DAY: "days",
    Period.WEEK: "weeks",
    Period.MONTH: "months",
    Period.QUARTER: "quarters",
    Period.YEAR: "years",
}


def number(value: float) -> str:
    """A coordinate as it is written: no more digits than it has.

    >>> number(12.0), number(1234.56)
    ('12', '1234.6')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") if value < 100 else f"{round(value, 1):.10g}"


def marks(picture: Atlas) -> Iterator[MapMark]:
    """Names of time, each a long and a short one."""
    for mark in picture.marks:
        text, short = _named(mark)
        skipped = f"{mark.skipped} {_PLURALS[mark.period]} without an episode"
        yield MapMark(
            text=text,
            short=short,
            y=number(mark.y + (0 if mark.heading else _BASELINE)),
            heading=mark.heading,
            rule=number(mark.y + 9),
            note=MapText(skipped, number(mark.y - 18)) if mark.skipped else None,
        )


def arcs(picture: Atlas) -> Iterator[MapArc]:
    """Mentions, the longest first so that short ones lie over them."""
    for arc in picture.arcs:
        width = min(1.2 + 0.4 * (arc.down + arc.up - 1), 3)
        yield MapArc(arc.path, number(width), back=arc.down == 0)


def spots(ctx: PageContext, picture: Atlas) -> Iterator[MapSpot]:
    """Every episode, with its title where there is room for it."""
    for spot in picture.spots:
        entry = ctx.archive.entry(spot.slug)
        label = spot.label
        yield MapSpot(
            anchor=f"episode-{spot.slug}",
            url=ctx.to(urls.episode(spot.slug)),
            title=said(entry),
            stub=entry.episode.status is Status.STUB,
            x=number(spot.x),
            y=number(spot.y),
            size=number(spot.size),
            top=number(spot.y - spot.size / 2),
            end=number(spot.end),
            narrow=tuple(_narrow(label, spot)) if label else (),
            middle=label.middle if label else "",
            wide=label.wide if label else "",
            baseline=number(spot.y + _BASELINE),
            play=None if picture.grain is Grain.PERIODS else _play(ctx, entry),
        )


def said(entry: Entry) -> str:
    """An episode in two lines: its title; its day and what it is."""
    episode = entry.episode
    day = formatting.day(episode.date)
    about = f"{'around ' if episode.date_approximate else ''}{day.text}" if day else ""
    mark = "mentioned only" if episode.status is Status.STUB else ""
    told = ", ".join(part for part in (about, mark) if part)
    return "\n".join(part for part in (episode.title, told) if part)


def called(ctx: PageContext, thread: Thread) -> str:
    """What a thread is called: its work's title, or that of the newest episode about it."""
    work = ctx.archive.work(thread.work) if thread.work else None
    if thread.about and (work is None or work.title is None):
        return ctx.archive.entry(thread.about[0]).episode.title
    return parts.work_title(work) if work else ""


def leads_to(ctx: PageContext, thread: Thread) -> str:
    """The address a thread leads to: its work's page, or its newest episode's."""
    if thread.work is None:
        return ctx.to(urls.episode(thread.episodes[0]))
    return ctx.to(ctx.archive.work_path(ctx.archive.work(thread.work)))


def threads(ctx: PageContext, picture: Atlas) -> Iterator[MapThread]:
    """Every thread, numbered from the top."""
    for place, thread in enumerate(picture.threads, 1):
        top, bottom = thread.stops[0].y, thread.stops[-1].y
        name, name_y = called(ctx, thread), thread.name_y or 0.0
        count = formatting.count(len(thread.episodes), "episode")
        yield MapThread(
            number=str(place),
            url=leads_to(ctx, thread),
            title=f"{name}\n{count}",
            x=number(thread.x),
            top=number(top),
            bottom=number(bottom),
            stops=tuple(
                MapStop(number(stop.y), number(_stop_size(stop.count, stop.about)), stop.about)
                for stop in thread.stops
            ),
            head=number(top - 9),
            name=lettering.fit(name, _NAME) if thread.name_y is not None else "",
            name_y=number(name_y),
            lead=number(min(max(name_y, top), bottom)),
            baseline=number(name_y + _BASELINE),
        )


def ties(picture: Atlas) -> Iterator[MapTie]:
    """Dots that lead the eye from a title to the threads of its episode."""
    if picture.grain is not Grain.TITLES:
        return
    ends: dict[float, float] = {}
    for thread in picture.threads:
        for stop in thread.stops:
            ends[stop.y] = max(ends.get(stop.y, 0.0), thread.x)
    for y, x in sorted(ends.items()):
        yield MapTie(number(y), number(x))


def _stop_size(count: int, about: bool) -> float:
    return 4.2 if about else min(2.4 + 0.4 * (count - 1), 4)


def _named(mark: Mark) -> tuple[str, str]:
    if mark.day is None:
        return "No date", "No date"
    if mark.period is Period.YEAR:
        return str(mark.day.year), str(mark.day.year)
    if mark.period is Period.QUARTER:
        quarter = f"Q{(mark.day.month + 2) // 3}"
        return quarter, quarter
    month = formatting.month(mark.day.month)
    if mark.period is Period.MONTH:
        return month, month[:3]
    return f"{mark.day.day} {month}", f"{mark.day.day} {month[:3]}"


def _narrow(label: Label, spot: Spot) -> Iterator[MapText]:
    """The lines of a title on a phone, about the height of its episode."""
    first = spot.y + _BASELINE - _LINE / 2 * (len(label.narrow) - 1)
    for place, line in enumerate(label.narrow):
        yield MapText(line, number(first + place * _LINE))


def _play(ctx: PageContext, entry: Entry) -> Link | None:
    """The first visualization of an episode that the archive holds."""
    for one in entry.visualizations:
        if one.id:
            return Link(f"Interactive: {one.title}", ctx.to(urls.visualization(one.id)))
    return None
