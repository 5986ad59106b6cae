"""Citation files beside the pages: of an episode, of what it cites, of a work, of everything."""

from collections.abc import Iterable, Iterator

from backlist import citations, urls
from backlist.model import Status
from backlist.output import Output
from backlist.pages.context import Desk
from backlist.pages.views import Link, Meta
from backlist.relate.archive import Archive
from backlist.theme import Theme


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Every format of every citation, under keys that are the same in every file."""
    library = citations.library(archive)
    yield from _files(urls.HOME, "citations", library.items)
    for entry in archive.entries:
        page = urls.episode(entry.slug)
        if entry.episode.status is not Status.STUB:
            yield from _files(page, "cite", [library.episodes[entry.slug]], entry.file)
        cited = library.cited_by(entry)
        if cited:
            yield from _files(page, "sources", cited, entry.file)
    for work in archive.works:
        yield from _files(urls.work(work.slug), "cite", [library.works[work.id]])


def links(desk: Desk, page: str, name: str) -> Iterator[Link]:
    """Links to the citation files called `name` of the page at output path `page`."""
    for form in citations.FORMATS:
        target = urls.citations(page, f"{name}.{form.extension}")
        yield Link(form.label, desk.to(target), note=form.media_type)


def meta(item: citations.Item, cited: Iterable[citations.Item]) -> Iterator[Meta]:
    """What Zotero and scholars' search engines read of a page (Highwire Press tags)."""
    yield Meta("citation_title", item.title)
    for name in item.author.people:
        yield Meta("citation_author", name.literal or f"{name.last}, {name.given}".rstrip(", "))
    if item.issued:
        yield Meta("citation_publication_date", "/".join(f"{part:02}" for part in item.issued))
    if item.container_title:
        yield Meta("citation_journal_title", item.container_title)
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


def _files(
    page: str, name: str, items: Iterable[citations.Item], source: str = ""
) -> Iterator[Output]:
    chosen = tuple(items)
    for form in citations.FORMATS:
        target = urls.citations(page, f"{name}.{form.extension}")
        yield Output(target, form.write(chosen).encode(), "citations", source)
