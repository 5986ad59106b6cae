"""The home page, the site's own pages, and the page a wrong address gets."""

from collections.abc import Iterator

from backlist import prose, urls
from backlist.archive import Archive
from backlist.outputs import Output
from backlist.render import phrases
from backlist.render.fragments import Desk, card, cards, interactive
from backlist.render.lists import topic_links, year_links
from backlist.render.paper import printed
from backlist.render.views import HomePage, MissingPage, TextPage
from backlist.theme import Theme

LATEST = 6
"""Episodes on the home page, the newest of them in full width."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Home, every page of `content/pages/`, and `404.html`."""
    yield _home(Desk(archive, theme, urls.HOME))
    for page in archive.pages:
        desk = Desk(archive, theme, urls.page(page.slug))
        description = page.summary or prose.lead(page.body)
        view = TextPage(desk.head(page.title, description), page.title, desk.html(page.body))
        yield printed(desk, "page.html", view, "pages", archive.page_files[page.slug])
    yield _missing(archive, theme)


def _home(desk: Desk) -> Output:
    archive = desk.archive
    full = [entry.slug for entry in archive.full]
    newest = full[:LATEST]
    view = HomePage(
        head=desk.head(archive.show.title, archive.show.description),
        description=archive.show.description,
        lead=card(desk, newest[0]) if newest else None,
        latest=cards(desk, newest[1:]),
        topics=tuple(topic_links(desk)),
        years=tuple(year_links(desk)),
        visualizations=tuple(interactive(desk, held) for held in archive.visualizations[:3]),
        count=phrases.count(len(full), "episode"),
        archive=desk.to(urls.ARCHIVE),
        feed=archive.feed_address,
    )
    return printed(desk, "home.html", view, "home")


def _missing(archive: Archive, theme: Theme) -> Output:
    root = urls.base_path(archive.site.base_url)
    desk = Desk(archive, theme, "404.html", fixed_root=root)
    view = MissingPage(
        head=desk.head("Page not found", "There is no page at this address."),
        archive=desk.to(urls.ARCHIVE),
        home=desk.to(urls.HOME),
        latest=cards(desk, [entry.slug for entry in archive.full[:3]]),
    )
    return printed(desk, "404.html", view, "home")
