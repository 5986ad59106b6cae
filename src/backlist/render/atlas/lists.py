"""The map as text: every episode with what it is connected with, every thread with its episodes.

Where a row of the picture is a period, the list gives numbers; the episode's page has the names.
"""

from collections.abc import Iterator, Sequence

from backlist import urls
from backlist.atlas import Atlas, Grain, Thread
from backlist.pages import formatting, parts
from backlist.pages.context import PageContext
from backlist.pages.views import Link, MapRow, MapWork
from backlist.render.atlas import drawing


def rows(ctx: PageContext, picture: Atlas) -> Iterator[MapRow]:
    """The episodes in the order of the picture."""
    named = picture.grain is not Grain.PERIODS
    threads: dict[str, list[Thread]] = {}
    for thread in picture.threads:
        for slug in thread.episodes:
            threads.setdefault(slug, []).append(thread)
    for spot in picture.spots:
        entry = ctx.archive.entry(spot.slug)
        episode = entry.episode
        shared = [_thread(ctx, thread) for thread in threads.get(spot.slug, ())]
        yield MapRow(
            episode=Link(
                episode.title,
                ctx.to(urls.episode(spot.slug)),
                note=parts.mark(entry, ctx.labels),
            ),
            date=formatting.day(episode.date, ctx.labels, approximate=episode.date_approximate),
            mentions=_episodes(ctx, entry.mentions, named=named),
            mentioned_by=_episodes(ctx, entry.mentioned_by, named=named),
            works=tuple(shared) if named else _counted(len(shared), "work"),
            visualizations=tuple(
                Link(one.title, ctx.to(urls.visualization(one.id)))
                for one in entry.visualizations
                if one.id
            ),
        )


def works(ctx: PageContext, picture: Atlas) -> Iterator[MapWork]:
    """The threads in the order of their numbers."""
    named = picture.grain is not Grain.PERIODS
    for thread in picture.threads:
        year = ctx.archive.work(thread.work).year if thread.work else None
        yield MapWork(
            work=_thread(ctx, thread),
            year=year or "",
            about=_episodes(ctx, thread.about, named=named),
            cited_by=_episodes(ctx, thread.cited_by, named=named),
        )


def _thread(ctx: PageContext, thread: Thread) -> Link:
    note = "" if thread.work else "takes on one subject"
    return Link(drawing.called(ctx, thread), drawing.leads_to(ctx, thread), note=note)


def _episodes(ctx: PageContext, slugs: Sequence[str], *, named: bool) -> tuple[Link, ...]:
    if not named:
        return _counted(len(slugs), "episode")
    return tuple(
        Link(ctx.archive.entry(slug).episode.title, ctx.to(urls.episode(slug))) for slug in slugs
    )


def _counted(number: int, noun: str) -> tuple[Link, ...]:
    return (Link(formatting.count(number, noun), ""),) if number else ()
