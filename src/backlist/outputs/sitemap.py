"""Small files for machines: sitemaps, robots, and the mark that keeps GitHub Pages from Jekyll.

Sitemaps protocol 0.9: https://www.sitemaps.org/protocol.html
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

from backlist import urls
from backlist.files.output import Output
from backlist.model import Episode, Page
from backlist.pages.context import SiteContext
from backlist.pages.page_index import PageInfo, page_index
from backlist.relate.archive import Entry

MOST = 50_000
"""Addresses that one sitemap may hold; so many of ours are far below its 50 MB."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def make(site: SiteContext) -> Iterator[Output]:
    """`sitemap.xml` and its parts, `robots.txt` unless the site has its own, `.nojekyll`."""
    archive = site.archive
    base = archive.site.base_url
    pages = site.share(page_index)
    out = {entry.slug: _published(entry.episode) for entry in archive.entries}
    rows = [
        (urls.absolute(page.path, base), modified(page, pages, out))
        for page in pages.values()
        if page.in_sitemap
    ]
    for path, content in sitemaps(rows, base):
        yield Output(path, content, "sitemap")
    if urls.ROBOTS not in site.theme.published.values():
        sitemap = urls.absolute(urls.SITEMAP, base)
        text = f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
        yield Output(urls.ROBOTS, text.encode(), "sitemap")
    yield Output(".nojekyll", b"", "sitemap")


def sitemaps(
    rows: Sequence[tuple[str, date | None]], base: str, most: int = MOST
) -> Iterator[tuple[str, bytes]]:
    """Output path and bytes of `sitemap.xml`: the addresses, or the sitemaps that share them."""
    if len(rows) <= most:
        yield urls.SITEMAP, _document("urlset", "url", rows)
        return
    parts = [rows[first : first + most] for first in range(0, len(rows), most)]
    index = []
    for number, part in enumerate(parts, 1):
        path = f"sitemap-{number}.xml"
        yield path, _document("urlset", "url", part)
        index.append((urls.absolute(path, base), _newest([day for _, day in part])))
    yield urls.SITEMAP, _document("sitemapindex", "sitemap", index)


def modified(
    page: PageInfo, pages: Mapping[str, PageInfo], out: Mapping[str, date | None]
) -> date | None:
    """The last day on which a page is known to have changed, or None.

    `out` has the day on which each episode came out. The day is the newest of those its record
    gives (`updated`, `corrections`, else `date`) and those on which an episode it lists or links
    to came out: only then can the page have got the link. A guessed date is none.
    """
    slugs = [
        *page.episodes,
        *(slug for section in page.sections for slug in section.episodes),
        *(slug for work in page.works for slug in work.episodes),
    ]
    days = [_changed(page.subject), *map(out.__getitem__, slugs)]
    if page.path != urls.HOME:  # which shows its newest episodes itself
        days += [modified(pages[path], pages, out) for path in page.pages]
    return _newest(days)


def _changed(subject: object) -> date | None:
    """The day a record says that it last changed, or came out."""
    if isinstance(subject, Entry):
        days = [_published(subject.episode)]
        changed = subject.episode.changed
        return _newest([*days, changed.instant.date() if changed else None])
    if isinstance(subject, Page) and subject.updated:
        return subject.updated.instant.date()
    return None


def _published(episode: Episode) -> date | None:
    if episode.date is None or episode.date_approximate:
        return None
    return episode.date.instant.date()


def _newest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _document(root: str, row: str, rows: Iterable[tuple[str, date | None]]) -> bytes:
    written = "".join(
        f"<{row}><loc>{escape(address, quote=False)}</loc>"
        + (f"<lastmod>{day.isoformat()}</lastmod>" if day else "")
        + f"</{row}>\n"
        for address, day in rows
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    return f"{head}{written}</{root}>\n".encode()
