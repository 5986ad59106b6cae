"""The home page, the site's own pages, and the page a wrong address gets."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from backlist import urls
from backlist.extras.cover_art import has_shelf
from backlist.files.output import Output
from backlist.pages import formatting, json_ld, player, works
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.embeds import interactive
from backlist.pages.lists import season_links, topic_links, year_links
from backlist.pages.parts import card, cards
from backlist.pages.people import person_links
from backlist.pages.views import HomePage, Link, MissingPage, TextPage
from backlist.relate.archive import Archive, Entry, Work

LATEST = 6
"""Episodes on the home page, the newest of them in full width."""

NEWEST = 3
"""The newest episodes of a serial show, below its first parts."""

PEOPLE = 12
"""People on the home page, those heard most; their index has them all."""

TOPICS = 24
"""Topics on the home page, the fullest; their index has them all."""

WORKS = 6
"""Works on the home page: those that most episodes draw on."""

SHOWN = 3
"""Visualizations on the home page."""


def make(site: SiteContext) -> Iterator[Output]:
    """Home, every page of `content/pages/`, and `404.html`."""
    archive = site.archive
    yield _home(site.page(urls.HOME))
    for page in archive.pages:
        ctx = site.page(urls.page(page.slug))
        notes = archive.page_notes[page.slug]
        description = page.summary or notes.lead
        view = TextPage(
            head=ctx.head(page.title, description, words=f"{page.title} {notes.text}"),
            title=page.title,
            body=ctx.html(notes),
            edit=ctx.edit(archive.page_files.get(page.slug, "")),
            extra=page.extra,
        )
        yield render_page(ctx, "page.html", view, "pages", archive.page_files[page.slug])
    yield _missing(site)


def _home(ctx: PageContext) -> Output:
    archive, labels, lead = ctx.archive, ctx.labels, ctx.archive.lead
    leading, serial = _leading(archive), archive.is_serial
    shown = [entry.slug for entry in archive.in_order if entry is not lead][: LATEST - 1]
    newest = [entry.slug for entry in archive.full[:NEWEST] if serial and entry is not lead]
    scripts = player.scripts(lead) if lead else ()
    view = HomePage(
        head=replace(
            ctx.head(archive.show.title, archive.show.description, scripts=scripts, rows=True),
            structured=json_ld.script(json_ld.series(archive)),
        ),
        description=archive.show.description,
        cover=ctx.site.covers.of(),
        begin=_begin(ctx, lead) if lead and scripts else "",
        audio=player.audio(ctx, lead) if lead else None,
        lead_heading=labels.first_episode if serial else labels.newest,
        lead=card(ctx, lead.slug, covered=True) if lead else None,
        latest_heading=labels.in_order if serial else labels.before_that,
        latest=cards(ctx, shown),
        newest=cards(ctx, (slug for slug in newest if slug not in shown)),
        seasons=tuple(season_links(ctx)) if "seasons" in archive.ways else (),
        topics=tuple(islice(topic_links(ctx), TOPICS)) if "topics" in archive.ways else (),
        works=tuple(works.row(ctx, work) for work in leading),
        people=tuple(islice(person_links(ctx), PEOPLE)) if "people" in archive.ways else (),
        years=tuple(year_links(ctx)) if "years" in archive.ways else (),
        visualizations=tuple(interactive(ctx, held) for held in archive.visualizations[:SHOWN]),
        count=formatting.counted(len(archive.full), labels.n_episodes),
        all_episodes=formatting.counted(len(archive.full), labels.all_n_episodes),
        search=formatting.counted(len(archive.full), labels.search_n_episodes),
        archive=ctx.to(urls.ARCHIVE),
        all_topics=_rest(ctx, labels.all_topics, urls.TOPICS, len(archive.topics) - TOPICS),
        all_people=_rest(ctx, labels.all_people, urls.PEOPLE, len(archive.contributors) - PEOPLE),
        all_works=_rest(ctx, labels.all_works, urls.WORKS, len(archive.works) - len(leading)),
        all_visualizations=_rest(
            ctx,
            labels.all_visualizations,
            urls.VISUALIZATIONS,
            len(archive.visualizations) - SHOWN,
        ),
        feed=archive.feed_address,
        map=_map(ctx),
    )
    return render_page(ctx, "home.html", view, "home")


def _begin(ctx: PageContext, lead: Entry) -> str:
    """The words of the button that plays what the page leads with."""
    labels, archive = ctx.labels, ctx.archive
    if not archive.is_serial:
        return labels.play_latest
    number = formatting.plain(lead.number, labels) if archive.site.numbers else ""
    return labels.start_with.format(number=number) if number else labels.start_first


def _rest(ctx: PageContext, text: str, index: str, more: int) -> Link | None:
    """The way to an index that has more than the home page shows."""
    return ctx.page_link(text, index) if more > 0 else None


def _leading(archive: Archive) -> list[Work]:
    """The works that most episodes draw on; among equals first those that episodes are about.

    A work that one episode merely cites, or whose title nobody knows, is no way in.
    """
    named = [w for w in archive.works if w.title and (w.subject_of or len(w.episodes) > 1)]
    return sorted(named, key=lambda w: (-len(w.episodes), not w.subject_of, w.id))[:WORKS]


def _map(ctx: PageContext) -> Link | None:
    """The way to the map, with what it shows; none where there is none."""
    archive = ctx.archive
    if not archive.has_map:
        return None
    shown = formatting.counted(len(archive.entries), ctx.labels.n_in_picture)
    return ctx.page_link(ctx.labels.the_map, urls.MAP, note=shown)


def _missing(site: SiteContext) -> Output:
    archive = site.archive
    root = urls.base_path(archive.site.base_url)
    ctx = site.page("404.html", root)
    view = MissingPage(
        head=ctx.head(ctx.labels.page_not_found, ctx.labels.missing_text, indexed=False, rows=True),
        archive=ctx.to(urls.ARCHIVE),
        home=ctx.to(urls.HOME),
        latest=cards(ctx, [entry.slug for entry in archive.full[:3]]),
        shelf=has_shelf(archive),
    )
    return render_page(ctx, "404.html", view, "home")
