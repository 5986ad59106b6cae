"""The page of an episode that other sites show in a frame, and what makes them find it.

It is a file, and the answer to a reader that pastes the episode's address (oEmbed 1.0,
https://oembed.com) is another: a static site cannot answer questions. A large archive cannot
afford two more files an episode, so there `auto` offers the browser's own player as code, which
needs no file.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from backlist import urls
from backlist.cache.keys import key_of
from backlist.files.output import Made, Output
from backlist.model import Audio, Status
from backlist.pages import parts, player, share_image
from backlist.pages.context import PageContext, SiteContext, made_page
from backlist.pages.views import EmbedPage, FrameView
from backlist.relate.archive import Archive, Entry

WIDTH, HEIGHT, FILM = 640, 180, 430
"""Pixels of the frame: the widest it gets, and how tall it is with sound and with a film."""

STYLE = "embed-player.css"
"""The theme's style sheet of these pages, small beside that of the site."""

_FRAME = Markup(
    '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" '
    'style="border: 0; max-width: {}px"></iframe>'
)
_PLAIN = Markup('<p><a href="{}">{}</a></p>\n<{} controls preload="none" src="{}"></{}>')


def make(site: SiteContext) -> Iterator[Output]:
    """The page and its oEmbed answer, of every episode that has them."""
    for entry in site.archive.entries:
        if not has_page(site.archive, entry):
            continue
        ctx = site.page(urls.embed(entry.slug))
        cover = parts.card(ctx, entry.slug, covered=True)
        key = key_of(ctx.path, entry.key, cover.key, site.key)
        yield made_page(ctx, "embed.html", partial(_view, ctx, entry), key, "embeds", entry.file)
        told = Made(key_of("oembed", key), partial(_oembed, site, entry))
        yield Output(urls.oembed(entry.slug), told, "embeds", entry.file)


def has_page(archive: Archive, entry: Entry) -> bool:
    """Whether an episode has a page for frames."""
    return offers_pages(archive) and _played(entry) is not None


def offers_pages(archive: Archive) -> bool:
    """Whether the site has pages for frames: two files an episode."""
    wanted = archive.site.embeds
    return wanted == "all" or (wanted == "auto" and share_image.is_small(archive))


def framed(archive: Archive, entry: Entry) -> FrameView | None:
    """What shows an episode in a card of its link; a card needs https (X, "Player Card")."""
    sound, address = _played(entry), urls.absolute(urls.embed(entry.slug), archive.site.base_url)
    if sound is None or not has_page(archive, entry) or not address.startswith("https://"):
        return None
    return FrameView(address, WIDTH, _height(sound))


def code(archive: Archive, entry: Entry) -> str:
    """What to paste into another page, as HTML; empty where there is nothing to embed."""
    sound = _played(entry)
    if sound is None or archive.site.embeds == "off":
        return ""
    title, base = entry.episode.title, archive.site.base_url
    if offers_pages(archive):
        address = urls.absolute(urls.embed(entry.slug), base)
        named = f"{title} · {archive.show.title}"
        return str(_FRAME.format(address, named, _height(sound), WIDTH))
    page = urls.absolute(urls.episode(entry.slug), base)
    return str(_PLAIN.format(page, title, sound.kind, sound.url, sound.kind))


def _played(entry: Entry) -> Audio | None:
    sound = entry.episode.audio
    stub = entry.episode.status is Status.STUB
    return sound if sound and sound.is_played and not stub else None


def _height(sound: Audio) -> int:
    return FILM if sound.kind == "video" else HEIGHT


def _view(ctx: PageContext, entry: Entry) -> EmbedPage:
    title = entry.episode.title
    head = ctx.head(
        title,
        title,
        scripts=player.scripts(entry),
        indexed=False,
        words=title,
        language=entry.language,
    )
    own = urls.absolute(urls.episode(entry.slug), ctx.archive.site.base_url)
    return EmbedPage(
        head=replace(head, canonical=own),
        stylesheet=ctx.asset(STYLE),
        title=title,
        language=entry.language,
        episode=ctx.to(urls.episode(entry.slug)),
        cover=ctx.site.covers.of(entry),
        audio=player.audio(ctx, entry),
    )


def _oembed(site: SiteContext, entry: Entry) -> bytes:
    """An answer of the type `rich` (oEmbed 1.0, sections 2.3.4 and 2.3.4.4)."""
    show, base, sound = site.archive.show, site.archive.site.base_url, _played(entry)
    told = {
        "version": "1.0",
        "type": "rich",
        "title": entry.episode.title,
        "author_name": show.author or show.title,
        "provider_name": show.title,
        "provider_url": urls.absolute(urls.HOME, base),
        "html": code(site.archive, entry),
        "width": WIDTH,
        "height": _height(sound) if sound else HEIGHT,
        **_thumbnail(site, entry),
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def _thumbnail(site: SiteContext, entry: Entry) -> dict[str, str | int]:
    """A picture of this site; its size is required beside it."""
    shown = site.covers.square(entry) or share_image.of_episode(site.archive, entry)
    if shown is None or not shown.width:
        return {}
    return {
        "thumbnail_url": shown.url,
        "thumbnail_width": shown.width,
        "thumbnail_height": shown.height,
    }
