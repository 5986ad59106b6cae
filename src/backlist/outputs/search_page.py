"""The search page and what a browser searches with; without script the page is the archive list."""

import json
from collections.abc import Iterator
from itertools import islice

from backlist import urls
from backlist.model import Labels
from backlist.model.labels_text import SearchLabels
from backlist.output import Output
from backlist.outputs import search
from backlist.pages import formatting
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.lists import topic_links
from backlist.pages.parts import mark
from backlist.pages.views import SearchPage
from backlist.relate.archive import Archive, Entry

SCRIPT = "search.js"

WORDS = (
    *SearchLabels.model_fields,
    *("all_episodes", "close", "comma", "n_episodes", "source_number", "transcript"),
)
"""The labels that the script has need of."""

TOPICS = 16
"""Topics offered beside the field; the index has them all."""


def make(site: SiteContext) -> Iterator[Output]:
    """`search/`: the page, the engine with its index, and the texts that are found."""
    archive = site.archive
    if not archive.is_searched:
        return
    yield _page(site.page(urls.SEARCH))
    bundle = search.index(_records(archive), archive.show.language)
    for name, made in site.parts(bundle):
        yield Output(urls.search_file(name), made, "search")
    yield Output(urls.search_file("words.json"), _words(archive.site.labels), "search")


def _words(labels: Labels) -> bytes:
    """What `search.js` says, as JSON."""
    told = {name: str(getattr(labels, name)) for name in WORDS}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _records(archive: Archive) -> list[search.Record]:
    labels = archive.site.labels
    dates = [_date(entry, labels) for entry in archive.entries]
    marks = [mark(entry, labels) for entry in archive.entries]
    return list(search.gather(archive, dates, marks, labels))


def _date(entry: Entry, labels: Labels) -> str:
    day = formatting.day(entry.episode.date, labels, approximate=entry.episode.date_approximate)
    return day.text if day else ""


def _page(ctx: PageContext) -> Output:
    show = ctx.archive.show.title
    head = ctx.head(ctx.labels.searching, f"{show} · {ctx.labels.searching}", scripts=(SCRIPT,))
    view = SearchPage(
        head=head,
        title=ctx.labels.searching,
        count=formatting.counted(len(ctx.archive.full), ctx.labels.n_episodes),
        archive=ctx.page_link(ctx.labels.all_episodes, urls.ARCHIVE),
        topics=tuple(islice(topic_links(ctx), TOPICS)),
    )
    return render_page(ctx, "search.html", view, "search")
