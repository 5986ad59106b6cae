"""Everything the site publishes, in memory: same archive in, same bytes out.

To add an output:

1. write a `make(site)` that yields `Output`s in a room of its own here;
2. name it in `MAKERS`;
3. run `make golden` and read what it adds to `tests/golden/`.

Pages are named in `pages/page_index.py` as well, for the sitemap and the Markdown pages.
"""

from collections.abc import Callable, Iterable

from backlist.cache.store import Memory
from backlist.extras import charts, share_cards
from backlist.extras import map as map_page
from backlist.files.output import Output, Outputs, collect
from backlist.model.scalars import TYPES
from backlist.outputs import (
    archive_json,
    assets,
    citations,
    corpus,
    feeds,
    markdown_pages,
    pictures,
    redirects,
    schemas,
    search_page,
    sitemap,
)
from backlist.outputs.imported_links import without_broken_links
from backlist.pages import (
    accessibility,
    embed_page,
    episodes,
    home,
    lists,
    people,
    subscribe,
    transcripts,
    visualizations,
    works,
)
from backlist.pages.context import SiteContext
from backlist.problems import BacklistError, Problems
from backlist.relate.archive import Archive
from backlist.theme import Theme

Maker = Callable[[SiteContext], Iterable[Output]]

MAKERS: tuple[Maker, ...] = (
    home.make,
    episodes.make,
    embed_page.make,
    transcripts.make,
    lists.make,
    works.make,
    people.make,
    subscribe.make,
    accessibility.make,
    map_page.make,
    citations.make,
    visualizations.make,
    charts.make,
    share_cards.make,
    archive_json.make,
    corpus.make,
    schemas.make,
    search_page.make,
    feeds.make,
    sitemap.make,
    markdown_pages.make,
    assets.make,
    pictures.make,
    redirects.make,
)


def render(
    archive: Archive,
    theme: Theme,
    cache: Memory,
    problems: Problems,
    *,
    search_later: bool = False,
) -> Outputs | None:
    """Every file of the site by path; None when a template cannot be filled in.

    `search_later` lets the search be what the cache knows of the last build. All paths are known
    before anything is filled in, so imported notes can lose the links that lead to none of them.
    """
    site = context(archive, theme, cache, search_later=search_later)
    outputs = _outputs(site, problems)
    if outputs is None:
        return None
    mended = without_broken_links(archive, outputs, problems)
    if mended is archive:
        return outputs
    again = SiteContext(mended, site.theme, cache=cache, search_later=search_later)
    return _outputs(again, problems)


def context(
    archive: Archive, theme: Theme, cache: Memory, *, search_later: bool = False
) -> SiteContext:
    """An archive in its own words and its own look of the theme."""
    settings = archive.site
    font = TYPES.get(settings.font, settings.font)
    said = theme.saying(settings.labels).dressed(settings.theme, font)
    return SiteContext(archive, said, cache=cache, search_later=search_later)


def _outputs(site: SiteContext, problems: Problems) -> Outputs | None:
    """Every output by path; after a template with an error the other makers are tried."""
    made: list[Output] = []
    whole = True
    for make in MAKERS:
        try:
            made += make(site)
        except BacklistError as error:
            problems.extend([error.problem])
            whole = False
    return collect(made, problems) if whole else None
