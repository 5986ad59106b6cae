"""How to cite what a page is about: citations to copy or save, and `meta` elements.

A citation stands in the page itself, as a `data:` address (RFC 2397), so that it costs no file
and can be saved without script.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from backlist import urls
from backlist.pages import citations
from backlist.pages.context import PageContext
from backlist.pages.views import ExportView, Meta

_KEPT = "!*()/:@$,;=?"
"""Characters an address may hold as they are (RFC 3986, 2.2) that HTML need not escape either."""


def exports(items: Iterable[citations.Item], name: str) -> Iterator[ExportView]:
    """The items in every format, to be saved as `name` with the format's extension."""
    chosen = tuple(items)
    for form in citations.FORMATS:
        yield ExportView(
            form.label,
            f"data:{form.media_type};charset=utf-8,{quote(form.write(chosen), safe=_KEPT)}",
            f"{name}.{form.extension}",
            form.media_type,
        )


def of_archive(ctx: PageContext) -> Iterator[ExportView]:
    """The files that cite every episode and work of the archive."""
    for form in citations.FORMATS:
        path = urls.citations(form.extension)
        yield ExportView(form.label, ctx.to(path), path, form.media_type)


def meta(item: citations.Item, cited: Iterable[citations.Item]) -> Iterator[Meta]:
    """What Zotero and scholars' search engines read of a page (Highwire Press tags)."""
    yield Meta("citation_title", item.title)
    for name in item.author.people:
        yield Meta("citation_author", name.literal or f"{name.last}, {name.given}".rstrip(", "))
    if item.issued:
        yield Meta("citation_publication_date", "/".join(f"{part:02}" for part in item.issued))
    if item.container_title:
        yield Meta("citation_journal_title", item.container_title)
    if item.language:
        yield Meta("citation_language", item.language)
    yield Meta("citation_public_url", item.url)
    for work in cited:
        yield Meta("citation_reference", "; ".join(_reference(work)))


def _reference(item: citations.Item) -> Iterator[str]:
    if item.title:
        yield f"citation_title={item.title}"
    for name in item.author.people:
        yield f"citation_author={name.literal or f'{name.given} {name.last}'.strip()}"
    if item.issued:
        yield f"citation_publication_date={item.issued[0]}"
    if item.doi:
        yield f"citation_doi={item.doi}"
    if item.arxiv:
        yield f"citation_arxiv_id={item.arxiv}"
