"""What a row of a list says of an episode, and what its button plays."""

from urllib.parse import quote

from backlist import urls
from backlist.model import Audio
from backlist.model.copies import CopiedAudio
from backlist.pages import formatting
from backlist.pages.context import PageContext
from backlist.relate.archive import Archive, Entry

LINE = 110
"""Characters of a row's summary, as many as one line of a wide page has room for."""


def line(entry: Entry) -> str:
    """A summary of one line; none that only repeats the title."""
    text = formatting.cut(entry.summary, LINE)
    return "" if text.casefold() == entry.episode.title.casefold() else text


def number(archive: Archive, entry: Entry) -> str:
    """`S2 E5`, or `12` where there are no seasons to tell apart; empty without a number."""
    if not archive.site.numbers or not entry.number:
        return ""
    labels, season = archive.site.labels, entry.episode.season
    told = formatting.plain(entry.number, labels)
    if not season or len(archive.seasons) < 2 or not entry.number[0].isdigit():
        return told
    named = formatting.plain(season, labels)
    return labels.short_season_episode.format(season=named, number=told)


def sound_address(ctx: PageContext, sound: Audio) -> str:
    """Where a recording is; a file of the site plays in a preview."""
    file, address = sound.file, sound.url
    if isinstance(sound, CopiedAudio):
        file, address = sound.copy_file, sound.copy_url
    return ctx.to(quote(urls.asset(urls.static_name(file)))) if file else address


def plays(ctx: PageContext, entry: Entry) -> str:
    """The address of what a row plays.

    Empty for a film and a document: what has to be seen is shown on the page of its own.
    """
    sound = entry.episode.audio
    return sound_address(ctx, sound) if sound and sound.kind == "audio" else ""


def place_key(entry: Entry) -> str:
    """What a browser remembers a listener's place under, on every page."""
    return entry.episode.guid or entry.slug
