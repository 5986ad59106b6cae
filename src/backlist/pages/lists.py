"""Lists of episodes: all on one page, by topic, by year."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from backlist import urls
from backlist.feed.writer import topic_feeds
from backlist.model import Status
from backlist.output import Output
from backlist.pages import formatting
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.parts import cards
from backlist.pages.views import ArchivePage, Group, IndexPage, Link, ListPage
from backlist.relate.archive import Entry

COVERED = 48
"""Episodes of a list shown with cover and summary; what is older is a line each."""

ELSEWHERE = 40
"""Other topics or years named below a list; the index has them all."""


def make(site: SiteContext) -> Iterator[Output]:
    """The archive page; a page and an index of topics; a page and an index of years."""
    archive = site.archive
    yield _archive(site.page(urls.ARCHIVE))
    topics, years = archive.topics, archive.years
    fed = topic_feeds(archive)
    for topic in topics:
        ctx = site.page(urls.topic(topic.slug))
        feed = ctx.to(urls.topic_feed(topic.slug)) if topic.slug in fed else ""
        yield _list(ctx, topic.title, "topic", topic.episodes, feed)
    for year in years:
        yield _list(site.page(urls.year(year.number)), year.title, "year", year.episodes)
    if topics:
        ctx = site.page(urls.TOPICS)
        yield _index(ctx, ctx.labels.topics, topic_links(ctx))
    if years:
        ctx = site.page(urls.YEARS)
        yield _index(ctx, ctx.labels.years, year_links(ctx))


def topic_links(ctx: PageContext) -> Iterator[Link]:
    """A link to every topic, with the number of its episodes."""
    for topic in ctx.archive.topics:
        count = formatting.counted(len(topic.episodes), ctx.labels.n_episodes)
        yield ctx.page_link(topic.title, urls.topic(topic.slug), count)


def year_links(ctx: PageContext) -> Iterator[Link]:
    """A link to every year, with the number of its episodes."""
    for year in ctx.archive.years:
        count = formatting.counted(len(year.episodes), ctx.labels.n_episodes)
        yield ctx.page_link(year.title, urls.year(year.number), count)


def _all_topics(site: SiteContext) -> tuple[Link, ...]:
    return tuple(topic_links(site.page("")))


def _all_years(site: SiteContext) -> tuple[Link, ...]:
    return tuple(year_links(site.page("")))


def _archive(ctx: PageContext) -> Output:
    whole = list(ctx.archive.full)
    stubs = [e.slug for e in ctx.archive.entries if e.episode.status is Status.STUB]
    count = formatting.counted(len(whole), ctx.labels.n_episodes)
    view = ArchivePage(
        head=ctx.head(ctx.labels.all_episodes, f"{ctx.archive.show.title}: {count}."),
        title=ctx.labels.all_episodes,
        count=count,
        groups=tuple(_groups(ctx, whole)),
        stubs=cards(ctx, stubs),
    )
    return render_page(ctx, "archive.html", view, "lists")


def _groups(ctx: PageContext, entries: Iterable[Entry]) -> Iterator[Group]:
    # Episodes are in the order of their moments, years those of their offsets: around New Year
    # an episode of the old year can stand between two of the new.
    years: dict[int | None, list[str]] = {}
    for entry in entries:
        date = entry.episode.date
        years.setdefault(date.instant.year if date else None, []).append(entry.slug)
    for number, slugs in years.items():
        yield Group(
            title=str(number or ctx.labels.undated),
            anchor=f"y{number}" if number else "undated",
            url=ctx.to(urls.year(number)) if number else "",
            count=formatting.counted(len(slugs), ctx.labels.n_episodes),
            cards=cards(ctx, slugs),
        )


def _list(ctx: PageContext, name: str, kind: str, slugs: Sequence[str], feed: str = "") -> Output:
    topic = kind == "topic"
    others = ctx.site.share(_all_topics if topic else _all_years)
    count = formatting.counted(len(slugs), ctx.labels.n_episodes)
    labels, show, here = ctx.labels, ctx.archive.show.title, ctx.to(ctx.path)
    view = ListPage(
        head=ctx.head(name, f"{name}: {count}. {show}."),
        title=name,
        kind=labels.topic if topic else labels.year,
        count=count,
        cards=cards(ctx, slugs[:COVERED], covered=True),
        older=cards(ctx, slugs[COVERED:]),
        others=tuple(islice((link for link in others if link.url != here), ELSEWHERE)),
        index=ctx.page_link(
            labels.all_topics if topic else labels.all_years, urls.TOPICS if topic else urls.YEARS
        ),
        feed=feed,
    )
    return render_page(ctx, "list.html", view, "lists")


def _index(ctx: PageContext, title: str, links: Iterable[Link]) -> Output:
    head = ctx.head(title, f"{ctx.archive.show.title}: {title}.")
    return render_page(ctx, "index.html", IndexPage(head, title, tuple(links)), "lists")
