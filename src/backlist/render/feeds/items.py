"""One episode as an item of a feed.

Sources: Apple, "A Podcaster's Guide to RSS", item tags; PSP-1, item; the podcast namespace.
"""

from urllib.parse import quote

from feedgen.entry import FeedEntry

from backlist import urls
from backlist.feed.vocabulary import TRANSCRIPT_TYPES
from backlist.model import Audio, Episode, Transcript
from backlist.relate.archive import Archive, Entry
from backlist.render.feeds import companions
from backlist.render.feeds.channel import write_people, write_terms
from backlist.render.feeds.elements import ITUNES, PODCAST, clean, yes
from backlist.render.notes import Notes, notes

_OLD_TYPES = {"application/srt": "application/x-subrip", "text/srt": "application/x-subrip"}
"""Spellings of a transcript's type that the namespace no longer lists."""


def written(entry: Entry, archive: Archive) -> Notes:
    """The notes of an episode as every feed shows them, made once."""
    made = notes(entry, archive)
    return Notes(clean(made.short), clean(made.full))


def write_item(item: FeedEntry, entry: Entry, text: Notes, archive: Archive) -> None:
    """Fill an item; the guid goes out byte for byte."""
    episode, base = entry.episode, archive.site.base_url
    assert episode.guid is not None and episode.audio is not None, "`carried` sees to both"
    item.title(clean(episode.title))
    item.guid(episode.guid, permalink=episode.permalink)
    item.link(href=urls.absolute(urls.episode(entry.slug), base))
    item.description(text.short)
    item.content(text.full, type="CDATA")
    # RSS 2.0 demands a length; 0 stands for unknown, which `check` warns of.
    item.enclosure(episode.audio.url, str(episode.audio.length or 0), sound_type(episode.audio))
    if episode.date:
        item.pubDate(episode.date.instant)
    if episode.audio.duration:
        item.podcast.itunes_duration(episode.audio.duration)
    item.podcast.itunes_episode_type(episode.type)
    _write_numbers(item, episode)
    explicit = archive.show.explicit if episode.explicit is None else episode.explicit
    item.extra.add(f"{ITUNES}explicit", yes(explicit))
    if episode.image:
        item.extra.add(f"{ITUNES}image", href=urls.static_file(episode.image, base))
    # Persons of an item replace the channel's (podcast namespace, person), so none means the same.
    write_people(item, episode.people)
    write_terms(item, episode.license, episode.location)
    _write_companions(item, entry, base)


def sound_type(audio: Audio) -> str:
    """The media type of an enclosure: as recorded, by extension, else what most sounds are."""
    return audio.type or urls.audio_type(audio.url) or "audio/mpeg"


def _write_numbers(item: FeedEntry, episode: Episode) -> None:
    if episode.season:
        item.podcast.itunes_season(episode.season)
        item.extra.add(f"{PODCAST}season", str(episode.season))
    if episode.number:
        item.podcast.itunes_episode(episode.number)
        item.extra.add(f"{PODCAST}episode", str(episode.number))


def _write_companions(item: FeedEntry, entry: Entry, base: str) -> None:
    """Transcripts, chapters and soundbites."""
    episode = entry.episode
    for one in episode.transcripts:
        item.extra.add(
            f"{PODCAST}transcript",
            url=transcript_address(one, base),
            type=transcript_type(one),
            language=one.language,
            rel="captions" if one.captions else None,
        )
    own = urls.absolute(urls.chapters(entry.slug), base) if companions.has_chapters(entry) else None
    if chapters := own or episode.chapters_url:
        item.extra.add(f"{PODCAST}chapters", url=chapters, type="application/json+chapters")
    for bite in episode.soundbites:
        item.extra.add(
            f"{PODCAST}soundbite",
            bite.title,
            startTime=str(round(bite.start, 3)),
            duration=str(round(bite.duration, 3)),
        )


def transcript_address(transcript: Transcript, base: str) -> str:
    """Where a transcript is, here or elsewhere."""
    if "://" in transcript.url:
        return transcript.url
    return urls.absolute(urls.transcript(quote(transcript.url)), base)


def transcript_type(transcript: Transcript) -> str:
    """A registered media type (podcast namespace, transcript), by extension where none is given."""
    extension = urls.extension(transcript.url)
    given = transcript.type or TRANSCRIPT_TYPES.get(extension, "text/plain")
    return _OLD_TYPES.get(given, given)
