"""Lists of episodes: all on one page, by topic, by year."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from backlist import urls
from backlist.model import Status
from backlist.output import Output
from backlist.pages import formatting
from backlist.pages.context import Desk, cards
from backlist.pages.paper import printed
from backlist.pages.views import ArchivePage, Group, IndexPage, Link, ListPage
from backlist.relate.archive import Archive, Entry
from backlist.render import feeds
from backlist.theme import Theme

ELSEWHERE = 40
"""Other topics or years named below a list; the index has them all."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The archive page; a page and an index of topics; a page and an index of years."""
    yield _archive(Desk(archive, theme, urls.ARCHIVE))
    topics, years = archive.topics, archive.years
    fed = feeds.topics(archive)
    for name, slugs in topics.items():
        desk = Desk(archive, theme, urls.topic(name))
        feed = desk.to(urls.topic_feed(name)) if name in fed else ""
        yield _list(desk, name, "topic", slugs, feed)
    for year, slugs in years.items():
        yield _list(Desk(archive, theme, urls.year(year)), str(year), "year", slugs)
    if topics:
        desk = Desk(archive, theme, urls.TOPICS)
        yield _index(desk, desk.labels.topics, topic_links(desk))
    if years:
        desk = Desk(archive, theme, urls.YEARS)
        yield _index(desk, desk.labels.years, year_links(desk))


def topic_links(desk: Desk) -> Iterator[Link]:
    """A link to every topic, with the number of its episodes."""
    for name, slugs in desk.archive.topics.items():
        yield desk.page_link(
            name, urls.topic(name), formatting.counted(len(slugs), desk.labels.n_episodes)
        )


def year_links(desk: Desk) -> Iterator[Link]:
    """A link to every year, with the number of its episodes."""
    for year, slugs in desk.archive.years.items():
        yield desk.page_link(
            str(year), urls.year(year), formatting.counted(len(slugs), desk.labels.n_episodes)
        )


def _archive(desk: Desk) -> Output:
    whole = list(desk.archive.full)
    stubs = [e.slug for e in desk.archive.entries if e.episode.status is Status.STUB]
    count = formatting.counted(len(whole), desk.labels.n_episodes)
    view = ArchivePage(
        head=desk.head(desk.labels.all_episodes, f"{desk.archive.show.title}: {count}."),
        title=desk.labels.all_episodes,
        count=count,
        groups=tuple(_groups(desk, whole)),
        stubs=cards(desk, stubs),
    )
    return printed(desk, "archive.html", view, "lists")


def _groups(desk: Desk, entries: Iterable[Entry]) -> Iterator[Group]:
    def year(entry: Entry) -> int | None:
        return entry.episode.date.instant.year if entry.episode.date else None

    for number, group in groupby(entries, year):
        slugs = [entry.slug for entry in group]
        yield Group(
            title=str(number or desk.labels.undated),
            anchor=f"y{number}" if number else "undated",
            url=desk.to(urls.year(number)) if number else "",
            count=formatting.counted(len(slugs), desk.labels.n_episodes),
            cards=cards(desk, slugs),
        )


def _list(desk: Desk, name: str, kind: str, slugs: Sequence[str], feed: str = "") -> Output:
    topic = kind == "topic"
    others = topic_links(desk) if topic else year_links(desk)
    count = formatting.counted(len(slugs), desk.labels.n_episodes)
    labels, show = desk.labels, desk.archive.show.title
    view = ListPage(
        head=desk.head(name, f"{name}: {count}. {show}."),
        title=name,
        kind=labels.topic if topic else labels.year,
        count=count,
        cards=cards(desk, slugs, covered=True),
        others=tuple(islice((link for link in others if not link.current), ELSEWHERE)),
        index=desk.page_link(
            labels.all_topics if topic else labels.all_years, urls.TOPICS if topic else urls.YEARS
        ),
        feed=feed,
    )
    return printed(desk, "list.html", view, "lists")


def _index(desk: Desk, title: str, links: Iterable[Link]) -> Output:
    head = desk.head(title, f"{desk.archive.show.title}: {title}.")
    return printed(desk, "index.html", IndexPage(head, title, tuple(links)), "lists")
