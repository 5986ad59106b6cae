"""What stands around every page: its name and look, the navigation, where the show is elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from backlist import urls
from backlist.extras import cover_art
from backlist.model.scalars import TYPES
from backlist.pages import direction, follow, formatting
from backlist.pages.follow import Way
from backlist.pages.views import IconLink, Link, SiteView

if TYPE_CHECKING:
    from backlist.pages.context import PageContext, SiteContext

LINKS = 5
"""Links in the header; the others are behind one called More."""
NARROW_LINKS = 3
"""As many are in one line on a phone, where the others are behind More as well."""


def make(site: "SiteContext") -> SiteView:
    """The frame of a page that no link of it leads to."""
    show, settings = site.archive.show, site.archive.site
    ctx = site.page("")
    links = tuple(_navigation(ctx))
    leading = NARROW_LINKS if len(links) > NARROW_LINKS + 1 else LINKS
    return SiteView(
        title=show.title,
        letters=formatting.letters(show.title),
        longest=max(map(formatting.letters, show.title.split()), default=1),
        tagline=settings.tagline or "",
        picture=site.covers.emblem,
        initials="" if cover_art.has_shelf(site.archive) else cover_art.initials(show.title),
        author="" if show.author == show.title else show.author or "",
        language=show.language,
        direction=site.direction.removeprefix(direction.LEFT),
        disclosure=show.ai_generated or "",
        accent=settings.accent or "",
        font=TYPES.get(settings.font, settings.font),
        home=ctx.to(urls.HOME),
        feed=ctx.to(urls.FEED),
        feed_json=ctx.to(urls.FEED_JSON),
        stylesheet=ctx.asset("site.css"),
        preload=tuple(ctx.to(f"static/{name}") for name in site.theme.styles.first(show.language)),
        script=ctx.asset("site.js"),
        search_script=ctx.asset("search.js"),
        favicon=site.covers.emblem if site.wears_its_cover else ctx.asset("favicon.svg"),
        favicon_type="" if site.wears_its_cover else "image/svg+xml",
        touch_icon=site.covers.touch_icon,
        search=ctx.page_link(settings.labels.searching, urls.SEARCH)
        if site.archive.is_searched
        else None,
        navigation=links[:LINKS],
        leading=links[:leading],
        folded=links[leading:LINKS],
        more=links[LINKS:],
        **_following(ctx),
    )


def _navigation(ctx: "PageContext") -> Iterator[Link]:
    archive, labels = ctx.archive, ctx.labels
    rooms = (
        ("episodes", urls.ARCHIVE, True),
        ("seasons", urls.SEASONS, "seasons" in archive.ways),
        ("topics", urls.TOPICS, "topics" in archive.ways),
        ("works", urls.WORKS, archive.works),
        ("map", urls.MAP, archive.has_map),
        ("people", urls.PEOPLE, "people" in archive.ways),
        ("visualizations", urls.VISUALIZATIONS, archive.visualizations),
        ("years", urls.YEARS, "years" in archive.ways),
    )
    for label, path, published in rooms:
        if published:
            link = ctx.page_link(getattr(labels, label), path)
            yield replace(link, language="en" if label in labels.english else "")
    for page in archive.pages:
        if urls.page(page.slug) != urls.ACCESSIBILITY:  # which the footer leads to
            yield ctx.page_link(page.title, urls.page(page.slug))
    for one in archive.site.navigation:
        yield ctx.link(one.label, one.url)


def _following(ctx: "PageContext") -> dict[str, Any]:
    """What every page shows of where the show is elsewhere, its people and its terms."""
    show, site, labels = ctx.archive.show, ctx.archive.site, ctx.labels
    apps = follow.apps(site)
    more = formatting.counted(len(apps), labels.all_apps)
    contact, newsletter = follow.contact(site, labels), follow.newsletter(site, labels)
    page = ctx.page_link(labels.listen_in, follow.PAGE)
    support = tuple(map(ctx.way, follow.support(show, labels)))
    return {
        "subscribe": tuple(map(ctx.way, apps[: follow.SHOWN])),
        "subscribe_page": page,
        "more_apps": replace(page, text=more) if len(apps) > follow.SHOWN else None,
        "rss": ctx.way(Way(labels.rss_feed, urls.FEED, follow.RSS, own=True)),
        "what_is_rss": Link(labels.what_is_rss, f"{page.url}#rss"),
        "support": support,
        "give": _give(ctx, support),
        "social": tuple(map(ctx.way, follow.accounts(site))),
        "newsletter": newsletter and ctx.way(newsletter),
        "contact": contact and ctx.way(contact),
        "license": ctx.terms(show.license),
        "rights": show.copyright or "",
        "accessibility": ctx.page_link(labels.accessibility, urls.ACCESSIBILITY),
        "head": Markup(site.head or ""),  # the owner's own HTML: see docs/safety.md
        "extra": site.extra,
        "show_extra": show.extra,
    }


def _give(ctx: "PageContext", support: tuple[IconLink, ...]) -> Link | None:
    """The one way to give, or the place on the home page that has all of them."""
    if not support:
        return None
    several = ctx.to(f"{urls.HOME}#support")
    return Link(ctx.labels.support_show, several if len(support) > 1 else support[0].url)
