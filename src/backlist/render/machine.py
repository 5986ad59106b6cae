"""Small files for machines: sitemap, robots, and the mark that keeps GitHub Pages from Jekyll.

Sitemaps protocol 0.9: https://www.sitemaps.org/protocol.html
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from backlist import urls
from backlist.archive import Archive
from backlist.model import Status
from backlist.outputs import Output
from backlist.theme import Theme


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """`sitemap.xml`, `robots.txt`, `.nojekyll`."""
    base = archive.site.base_url
    rows = "".join(_row(urls.absolute(path, base), day) for path, day in _pages(archive))
    yield Output(
        urls.SITEMAP,
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{rows}</urlset>\n".encode(),
        "machine",
    )
    sitemap = urls.absolute(urls.SITEMAP, base)
    yield Output(
        "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n".encode(), "machine"
    )
    yield Output(".nojekyll", b"", "machine")


def _pages(archive: Archive) -> Iterator[tuple[str, str]]:
    """Every page worth finding, with the day of the newest episode on it where that is known."""
    newest = _newest(archive, [entry.slug for entry in archive.entries])
    yield urls.HOME, newest
    yield urls.ARCHIVE, newest
    for entry in archive.entries:
        if entry.episode.status is not Status.STUB:
            yield urls.episode(entry.slug), _newest(archive, [entry.slug])
    for path, slugs in _lists(archive):
        yield path, _newest(archive, slugs)
    for page in archive.pages:
        yield urls.page(page.slug), ""
    if archive.visualizations:
        yield urls.VISUALIZATIONS, ""
    for held in archive.visualizations:
        yield urls.visualization(held.id), ""


def _lists(archive: Archive) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every page that lists episodes, and which."""
    for name, slugs in archive.topics.items():
        yield urls.topic(name), slugs
    for year, slugs in archive.years.items():
        yield urls.year(year), slugs
    for one in archive.contributors:
        yield urls.person(one.slug), one.episodes


def _newest(archive: Archive, slugs: Iterable[str]) -> str:
    days = [
        episode.date.instant.date().isoformat()
        for slug in slugs
        if (episode := archive.entry(slug).episode).date and not episode.date_approximate
    ]
    return max(days, default="")


def _row(address: str, day: str) -> str:
    modified = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(address)}</loc>{modified}</url>\n"
