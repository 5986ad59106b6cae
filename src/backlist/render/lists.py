"""Lists of episodes: all on one page, by topic, by year."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from backlist import urls
from backlist.archive import Archive, Entry
from backlist.model import Status
from backlist.outputs import Output
from backlist.render import feeds, phrases
from backlist.render.fragments import Desk, cards
from backlist.render.paper import printed
from backlist.render.views import ArchivePage, Group, IndexPage, Link, ListPage
from backlist.theme import Theme

ELSEWHERE = 40
"""Other topics or years named below a list; the index has them all."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The archive page; a page and an index of topics; a page and an index of years."""
    yield _archive(Desk(archive, theme, urls.ARCHIVE))
    topics, years = archive.topics, archive.years
    fed = feeds.topics(archive)
    for topic in topics:
        desk = Desk(archive, theme, urls.topic(topic.slug))
        feed = desk.to(urls.topic_feed(topic.slug)) if topic.slug in fed else ""
        yield _list(desk, topic.title, "topic", topic.episodes, feed)
    for year in years:
        desk = Desk(archive, theme, urls.year(year.number))
        yield _list(desk, year.title, "year", year.episodes)
    if topics:
        desk = Desk(archive, theme, urls.TOPICS)
        yield _index(desk, desk.labels.topics, topic_links(desk))
    if years:
        desk = Desk(archive, theme, urls.YEARS)
        yield _index(desk, desk.labels.years, year_links(desk))


def topic_links(desk: Desk) -> Iterator[Link]:
    """A link to every topic, with the number of its episodes."""
    for topic in desk.archive.topics:
        count = phrases.counted(len(topic.episodes), desk.labels.n_episodes)
        yield desk.page_link(topic.title, urls.topic(topic.slug), count)


def year_links(desk: Desk) -> Iterator[Link]:
    """A link to every year, with the number of its episodes."""
    for year in desk.archive.years:
        count = phrases.counted(len(year.episodes), desk.labels.n_episodes)
        yield desk.page_link(year.title, urls.year(year.number), count)


def _archive(desk: Desk) -> Output:
    whole = list(desk.archive.full)
    stubs = [e.slug for e in desk.archive.entries if e.episode.status is Status.STUB]
    count = phrases.counted(len(whole), desk.labels.n_episodes)
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
            count=phrases.counted(len(slugs), desk.labels.n_episodes),
            cards=cards(desk, slugs),
        )


def _list(desk: Desk, name: str, kind: str, slugs: Sequence[str], feed: str = "") -> Output:
    topic = kind == "topic"
    others = topic_links(desk) if topic else year_links(desk)
    count = phrases.counted(len(slugs), desk.labels.n_episodes)
    labels, show = desk.labels, desk.archive.show.title
    view = ListPage(
        head=desk.head(name, f"{name}: {count}. {show}."),
        title=name,
        kind=labels.topic if topic else labels.year,
        count=count,
        cards=cards(desk, slugs),
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
