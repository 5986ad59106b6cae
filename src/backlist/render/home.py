"""The home page, the site's own pages, and the page a wrong address gets."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from backlist import prose, urls
from backlist.archive import Archive, Work
from backlist.outputs import Output
from backlist.render import phrases, structured, works
from backlist.render.exhibits import interactive
from backlist.render.fragments import Desk, card, cards
from backlist.render.lists import topic_links, year_links
from backlist.render.paper import printed
from backlist.render.views import HomePage, Link, MissingPage, TextPage
from backlist.theme import Theme

LATEST = 6
"""Episodes on the home page, the newest of them in full width."""

TOPICS = 24
"""Topics on the home page, the fullest; their index has them all."""

WORKS = 6
"""Works on the home page: those that most episodes draw on."""

SHOWN = 3
"""Visualizations on the home page."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Home, every page of `content/pages/`, and `404.html`."""
    yield _home(Desk(archive, theme, urls.HOME))
    for page in archive.pages:
        desk = Desk(archive, theme, urls.page(page.slug))
        description = page.summary or prose.lead(page.body)
        view = TextPage(
            head=desk.head(page.title, description),
            title=page.title,
            body=desk.html(page.body),
            edit=desk.edit(archive.page_files.get(page.slug, "")),
        )
        yield printed(desk, "page.html", view, "pages", archive.page_files[page.slug])
    yield _missing(archive, theme)


def _home(desk: Desk) -> Output:
    archive = desk.archive
    full = [entry.slug for entry in archive.full]
    newest, leading = full[:LATEST], _leading(archive)
    view = HomePage(
        head=replace(
            desk.head(archive.show.title, archive.show.description),
            structured=structured.script(structured.series(archive)),
        ),
        description=archive.show.description,
        lead=card(desk, newest[0]) if newest else None,
        latest=cards(desk, newest[1:]),
        topics=tuple(islice(topic_links(desk), TOPICS)),
        works=tuple(works.row(desk, work) for work in leading),
        years=tuple(year_links(desk)) if len(archive.years) > 1 else (),
        visualizations=tuple(interactive(desk, held) for held in archive.visualizations[:SHOWN]),
        count=phrases.counted(len(full), desk.labels.n_episodes),
        archive=desk.to(urls.ARCHIVE),
        all_topics=_rest(desk, desk.labels.all_topics, urls.TOPICS, len(archive.topics) - TOPICS),
        all_works=_rest(desk, desk.labels.all_works, urls.WORKS, len(archive.works) - len(leading)),
        all_visualizations=_rest(
            desk,
            desk.labels.all_visualizations,
            urls.VISUALIZATIONS,
            len(archive.visualizations) - SHOWN,
        ),
        feed=archive.feed_address,
        map=_map(desk),
    )
    return printed(desk, "home.html", view, "home")


def _rest(desk: Desk, text: str, index: str, more: int) -> Link | None:
    """The way to an index that has more than the home page shows."""
    return desk.page_link(text, index) if more > 0 else None


def _leading(archive: Archive) -> list[Work]:
    """The works that most episodes draw on; among equals first those that episodes are about.

    A work that one episode merely cites, or whose title nobody knows, is no way in.
    """
    named = [w for w in archive.works if w.title and (w.subject_of or len(w.episodes) > 1)]
    return sorted(named, key=lambda w: (-len(w.episodes), not w.subject_of, w.id))[:WORKS]


def _map(desk: Desk) -> Link | None:
    """The way to the map, with what it shows; none where there is none."""
    archive = desk.archive
    if not archive.has_map:
        return None
    mentions = sum(len(entry.mentions) for entry in archive.entries)
    parts = [phrases.counted(len(archive.entries), desk.labels.n_episodes)]
    parts += [phrases.counted(mentions, desk.labels.n_mentions)] if mentions else []
    return desk.page_link(desk.labels.the_map, urls.MAP, note=", ".join(parts))


def _missing(archive: Archive, theme: Theme) -> Output:
    root = urls.base_path(archive.site.base_url)
    desk = Desk(archive, theme, "404.html", fixed_root=root)
    view = MissingPage(
        head=desk.head(desk.labels.page_not_found, desk.labels.missing_text, indexed=False),
        archive=desk.to(urls.ARCHIVE),
        home=desk.to(urls.HOME),
        latest=cards(desk, [entry.slug for entry in archive.full[:3]]),
    )
    return printed(desk, "404.html", view, "home")
