"""Lists of episodes: all on one page, by topic, by season, by year."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from backlist import urls
from backlist.feed.writer import topic_feeds
from backlist.files.output import Output
from backlist.model import Status
from backlist.pages import formatting, groups
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.parts import cards
from backlist.pages.views import ArchivePage, Group, IndexPage, Link, ListPage

ELSEWHERE = 40
"""Other topics or years named below a list; the index has them all."""


def make(site: SiteContext) -> Iterator[Output]:
    """The archive page; the pages and an index each of topics, seasons and years."""
    archive = site.archive
    yield _archive(site.page(urls.ARCHIVE))
    fed = topic_feeds(archive)
    for topic in archive.topics:
        path = urls.topic(topic.slug)
        feed = site.page(path).to(urls.topic_feed(topic.slug)) if topic.slug in fed else ""
        yield from _lists(site, path, topic.title, "topic", topic.episodes, feed)
    for season in archive.season_pages:
        title = groups.season_title(site.page(""), season.number)
        yield from _lists(site, urls.season(season.number), title, "season", season.episodes)
    for year in archive.years:
        title = formatting.year(year.number, archive.site.labels)
        yield from _lists(site, urls.year(year.number), title, "year", year.episodes)
    for path, (title, links) in site.share(_indexes).items():
        if links:
            yield _index(site.page(path), title, links, by_name=path == urls.TOPICS)


def _indexes(site: SiteContext) -> dict[str, tuple[str, tuple[Link, ...]]]:
    """Every index by its output path: what it is called, and all that it lists."""
    ctx = site.page("")
    labels = ctx.labels
    return {
        urls.TOPICS: (labels.topics, tuple(topic_links(ctx))),
        urls.SEASONS: (labels.seasons, tuple(season_links(ctx))),
        urls.YEARS: (labels.years, tuple(year_links(ctx))),
    }


def topic_links(ctx: PageContext) -> Iterator[Link]:
    """A link to every topic, with the number of its episodes."""
    for topic in ctx.archive.topics:
        yield ctx.page_link(topic.title, urls.topic(topic.slug), _count(ctx, topic.episodes))


def season_links(ctx: PageContext) -> Iterator[Link]:
    """A link to every season, with the number of its episodes."""
    for season in ctx.archive.season_pages:
        title = groups.season_title(ctx, season.number)
        yield ctx.page_link(title, urls.season(season.number), _count(ctx, season.episodes))


def year_links(ctx: PageContext) -> Iterator[Link]:
    """A link to every year, with the number of its episodes."""
    for year in ctx.archive.years:
        title = formatting.year(year.number, ctx.labels)
        yield ctx.page_link(title, urls.year(year.number), _count(ctx, year.episodes))


def _count(ctx: PageContext, episodes: Sequence[object]) -> str:
    return formatting.counted(len(episodes), ctx.labels.n_episodes)


def _archive(ctx: PageContext) -> Output:
    archive, labels = ctx.archive, ctx.labels
    stubs = [e.slug for e in archive.entries if e.episode.status is Status.STUB]
    count = _count(ctx, archive.full)
    heading = groups.season_of if archive.in_seasons else groups.year_of
    shown, rest = _whole_groups(groups.grouped(ctx, archive.in_order, heading))
    view = ArchivePage(
        head=ctx.head(labels.all_episodes, f"{archive.show.title} · {count}", rows=True),
        title=labels.all_episodes,
        count=count,
        groups=shown,
        rest=tuple(Link(one.title, one.url, note=one.count) for one in rest),
        stubs=cards(ctx, stubs),
    )
    return render_page(ctx, "archive.html", view, "lists")


def _whole_groups(every: Iterable[Group]) -> tuple[tuple[Group, ...], list[Group]]:
    """The groups that fit on one page, and those that only their own pages show.

    One without a page is shown in any case.
    """
    shown: list[Group] = []
    rest: list[Group] = []
    room = groups.PAGE
    for group in every:
        fits = not rest and (group.size <= room or not shown)
        if fits or not group.url:
            shown.append(group.cut(groups.PAGE))
            room -= group.size
        else:
            rest.append(group)
    return tuple(shown), rest


def _lists(
    site: SiteContext, path: str, name: str, kind: str, slugs: Sequence[str], feed: str = ""
) -> Iterator[Output]:
    ordered = groups.in_order(site.page(path), slugs)
    for ctx, some, pages in groups.paged(site, path, ordered):
        count = _count(ctx, slugs)
        labels, show = ctx.labels, ctx.archive.show.title
        title = groups.title_of(ctx, name, pages)
        index, kind_in_words, all_of_kind = {
            "topic": (urls.TOPICS, labels.topic, labels.all_topics),
            "season": (urls.SEASONS, labels.season, labels.all_seasons),
            "year": (urls.YEARS, labels.year, labels.all_years),
        }[kind]
        here = ctx.to(path)
        others = (one for one in site.share(_indexes)[index][1] if one.url != here)
        divided = groups.by_year if kind == "topic" else groups.undivided
        view = ListPage(
            head=ctx.head(title, f"{title} · {count} · {show}", rows=True),
            title=name,
            kind="" if kind_in_words in name else kind_in_words,
            count=count,
            groups=divided(ctx, some),
            pages=pages,
            filtered=len(some) > groups.GROUPED,
            others=tuple(islice(others, ELSEWHERE)),
            index=ctx.page_link(all_of_kind, index),
            feed=feed,
        )
        yield render_page(ctx, "list.html", view, "lists")


def _index(ctx: PageContext, title: str, links: tuple[Link, ...], *, by_name: bool) -> Output:
    head = ctx.head(title, f"{ctx.archive.show.title} · {title}")
    view = IndexPage(head, title, links, groups.index(ctx.archive, links) if by_name else ())
    return render_page(ctx, "index.html", view, "lists")
