"""The page of everything that the show can be followed in, and the file of icons."""

from collections.abc import Iterator

from backlist import urls
from backlist.cache.keys import key_of
from backlist.files.output import Output
from backlist.pages import follow
from backlist.pages.context import PageContext, SiteContext, made_page
from backlist.pages.views import Step, SubscribePage
from backlist.relate.archive import Archive


def make(site: SiteContext) -> Iterator[Output]:
    """`subscribe/`, unless the site has a page of its own there, and the icons of all pages."""
    sprite = site.icons
    yield Output(sprite.path, sprite.content, "subscribe")
    if has_page(site.archive):
        ctx = site.page(follow.PAGE)
        key = key_of(ctx.path, site.key)
        yield made_page(ctx, "subscribe.html", lambda: _view(ctx), key, "subscribe")


def has_page(archive: Archive) -> bool:
    """Whether the page is made; a page that the site has written stands in for it."""
    return all(urls.page(page.slug) != follow.PAGE for page in archive.pages)


def intro(archive: Archive) -> str:
    """What the page is for, in a sentence."""
    return archive.site.labels.subscribe_note.format(show=archive.show.title)


def _view(ctx: PageContext) -> SubscribePage:
    archive, labels = ctx.archive, ctx.labels
    told = intro(archive)
    steps = (
        Step("Apple Podcasts", labels.by_url_apple),
        Step(labels.comma.join(("Overcast", "AntennaPod", "Podcast Addict")), labels.by_url_plus),
        Step("Pocket Casts", labels.by_url_search),
    )
    return SubscribePage(
        head=ctx.head(labels.listen_in, told),
        title=labels.listen_in,
        intro=told,
        apps=tuple(map(ctx.way, follow.apps(archive.site))),
        opening=tuple(map(ctx.way, follow.opening(archive.feed_address, archive.site))),
        feed=archive.feed_address,
        steps=steps,
    )
