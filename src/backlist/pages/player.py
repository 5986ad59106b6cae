"""What a page needs to be listened to: the sound, its script, and the chapters."""

from backlist import locale, urls
from backlist.model import Audio, Labels
from backlist.model.scalars import clock
from backlist.pages import formatting, rows, share_image
from backlist.pages.context import PLAYER, PageContext
from backlist.pages.views import AudioView, ChapterView
from backlist.relate.archive import Entry


def scripts(entry: Entry) -> tuple[str, ...]:
    """The modules that a page with this episode's sound asks for."""
    audio = entry.episode.audio
    return (PLAYER,) if audio and audio.is_played else ()


def audio(ctx: PageContext, entry: Entry) -> AudioView | None:
    """The sound of an episode, type and sizes in words; a file of the site plays in a preview."""
    sound = entry.episode.audio
    if sound is None:
        return None
    return AudioView(
        url=rows.sound_address(ctx, sound),
        kind=sound.kind,
        playable=sound.is_played,
        is_video=sound.kind == "video",
        heading=_heading(sound, ctx.labels),
        type=sound.type or urls.audio_type(sound.url) or "",
        duration=formatting.duration(sound.duration, ctx.labels),
        size=formatting.size(sound.length, ctx.labels),
        page=ctx.to(urls.episode(entry.slug)),
        key=rows.place_key(entry),
        seconds=str(sound.duration or ""),
        picture=_picture(ctx, entry),
        language=entry.language,
    )


def _heading(sound: Audio, labels: Labels) -> str:
    if sound.is_played:
        return labels.watch if sound.kind == "video" else labels.listen
    return labels.document


def _picture(ctx: PageContext, entry: Entry) -> str:
    """A picture a lock screen can show: no drawing, no other host's. Empty where there is none."""
    card = share_image.card_path(ctx.archive, entry)
    return ctx.site.covers.artwork(entry) or (ctx.to(card) if card else "")


def chapters(ctx: PageContext, entry: Entry) -> tuple[ChapterView, ...]:
    """The chapters of an episode; one without a title is called by its number."""
    labels = ctx.labels
    return tuple(
        ChapterView(
            title=one.title
            or labels.chapter_number.format(n=formatting.figure(number, labels.language)),
            language=entry.language if one.title else "",
            time=locale.digits(clock(int(one.start)), labels.language),
            url=f"#t={int(one.start)}",
            link=one.url or "",
            place=urls.host(one.url) if one.url else "",
            picture=ctx.site.covers.of_chapter(one),
        )
        for number, one in enumerate(entry.chapters, 1)
    )
