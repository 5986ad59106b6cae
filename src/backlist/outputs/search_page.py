"""The search page and what a browser searches with; without script the page is the archive list."""

from collections.abc import Iterator
from itertools import islice

from backlist import urls
from backlist.model import Labels
from backlist.output import Output
from backlist.outputs import search
from backlist.pages import formatting
from backlist.pages.context import Desk, mark
from backlist.pages.lists import topic_links
from backlist.pages.paper import printed
from backlist.pages.views import SearchPage
from backlist.relate.archive import Archive, Entry
from backlist.theme import Theme

SCRIPT = "search.js"

TOPICS = 16
"""Topics offered beside the field; the index has them all."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """`search/`: the page, the engine with its index, and the texts that are found."""
    if not archive.is_searched:
        return
    yield _page(Desk(archive, theme, urls.SEARCH))
    for name, content in search.index(_records(archive), archive.show.language).items():
        yield Output(urls.search_file(name), content, "search")


def _records(archive: Archive) -> list[search.Record]:
    labels = archive.site.labels
    dates = [_date(entry, labels) for entry in archive.entries]
    marks = [mark(entry, labels) for entry in archive.entries]
    return list(search.gather(archive, dates, marks))


def _date(entry: Entry, labels: Labels) -> str:
    day = formatting.day(entry.episode.date, labels, approximate=entry.episode.date_approximate)
    if day is None:
        return ""
    return f"{labels.around} {day.text}" if day.approximate else day.text


def _page(desk: Desk) -> Output:
    show = desk.archive.show.title
    head = desk.head(desk.labels.searching, f"{show}: {desk.labels.searching}.", scripts=(SCRIPT,))
    view = SearchPage(
        head=head,
        title=desk.labels.searching,
        count=formatting.counted(len(desk.archive.full), desk.labels.n_episodes),
        archive=desk.page_link(desk.labels.all_episodes, urls.ARCHIVE),
        topics=tuple(islice(topic_links(desk), TOPICS)),
    )
    return printed(desk, "search.html", view, "search")
