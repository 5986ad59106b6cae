"""The search page and what a browser searches with; without script the page is the archive list."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from backlist import urls
from backlist.files.output import Output
from backlist.model.labels_text import SearchLabels
from backlist.outputs import search
from backlist.pages import formatting, rows, transcripts
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.groups import season_title
from backlist.pages.lists import topic_links
from backlist.pages.parts import mark
from backlist.pages.views import SearchPage
from backlist.relate.archive import Entry

SCRIPT = "search.js"
_HELPERS = {"ask": "search-ask.js", "facets": "search-facets.js"}
"""What the script loads when it is needed, by the name it asks for it."""

WORDS = (
    *SearchLabels.model_fields,
    *("all_episodes", "close", "comma", "n_episodes", "play_title", "source_number", "transcript"),
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
    records = _records(site.page(urls.HOME))
    bundle = search.index(records, archive.show.language, site.cache)
    for name, made in site.parts(bundle):
        yield Output(urls.search_file(name), made, "search")
    yield Output(urls.search_file("words.json"), _words(site.page(urls.HOME)), "search")


def _words(ctx: PageContext) -> bytes:
    """What `search.js` says and where it finds its helpers, as JSON."""
    labels = ctx.labels
    told: dict[str, Any] = {name: str(getattr(labels, name)) for name in WORDS}
    titles = (labels.topics, labels.people, labels.years, labels.seasons, labels.with_parts)
    told["facets"] = dict(zip(search.FACETS, titles, strict=True))
    told["values"] = {
        "year": {str(one.number): formatting.year(one.number, labels) for one in ctx.archive.years},
        "season": {str(one.number): season_title(ctx, one.number) for one in ctx.archive.seasons},
        "has": {
            "transcript": labels.transcript,
            "visualization": labels.visualizations,
            "chapters": labels.chapters,
        },
    }
    published = ctx.theme.published
    told["scripts"] = {name: published[script] for name, script in _HELPERS.items()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _records(ctx: PageContext) -> list[search.Record]:
    return list(search.gather(ctx.archive, partial(_shown, ctx), ctx.labels))


def _shown(ctx: PageContext, entry: Entry) -> search.Shown:
    labels = ctx.labels
    day = formatting.day(entry.episode.date, labels, approximate=entry.episode.date_approximate)
    spoken = transcripts.language(ctx.archive, entry)
    return search.Shown(day.text if day else "", mark(entry, labels), _sound(ctx, entry), spoken)


def _sound(ctx: PageContext, entry: Entry) -> search.Sound | None:
    address = rows.plays(ctx, entry)
    if not address:
        return None
    audio = entry.episode.audio
    address = address.removeprefix(urls.ROOT)  # as seen from the home page
    return search.Sound(address, rows.place_key(entry), audio.duration if audio else None)


def _page(ctx: PageContext) -> Output:
    show = ctx.archive.show.title
    title = ctx.labels.searching
    head = ctx.head(title, f"{show} · {title}", scripts=(SCRIPT,), rows=True)
    view = SearchPage(
        head=head,
        title=title,
        count=formatting.counted(len(ctx.archive.full), ctx.labels.n_episodes),
        archive=ctx.page_link(ctx.labels.all_episodes, urls.ARCHIVE),
        topics=tuple(islice(topic_links(ctx), TOPICS)),
    )
    return render_page(ctx, "search.html", view, "search")
