"""The recording of an item and what belongs to it: enclosure, transcripts, chapters, soundbites.

Enclosures: RSS 2.0; tags: podcast namespace 1.0, `docs/tags/`; chapters in the item itself:
Podlove Simple Chapters 1.2.
"""

import re

from backlist import urls
from backlist.feed.reader import xml
from backlist.feed.reader.fields import Fields, address
from backlist.feed.vocabulary import (
    ITUNES,
    PSC,
    TRANSCRIPT_TYPES,
    is_mp3,
    is_mp4,
    registered_transcript_type,
)
from backlist.model import Audio, Chapter, Soundbite, TranscriptRef
from backlist.model.scalars import seconds


def read_audio(fields: Fields) -> Audio | None:
    """The first enclosure with a web address, and how long it plays (iTunes); None without one.

    A length of 0 bytes means that the feed does not know it.
    """
    enclosures = [xml.attributes(element) for element in fields.all("enclosure")]
    named = [each for each in enclosures if each.get("url", "").strip()]
    usable = [each for each in named if urls.is_address(each["url"].strip())]
    if named and not usable:
        fields.warn(
            f'the enclosure is not a web address: "{named[0]["url"].strip()}"',
            "the episode has no audio until its record says where it is",
        )
    if not usable:
        return None
    if len(usable) > 1:
        fields.info(f"the item has {len(usable)} enclosures; the first one is used")
    url = usable[0]["url"].strip()
    return Audio(
        url=url,
        type=_audio_type(url, usable[0].get("type", "").strip().lower(), fields),
        length=_read_length(usable[0].get("length", "").strip(), fields),
        duration=_read_duration(fields),
    )


def _audio_type(url: str, said: str, fields: Fields) -> str | None:
    """The media type where the file's extension does not say it; a contradiction is reported."""
    meant = urls.audio_type(url)
    if meant is None or not said:
        return said or None
    if meant == said or (is_mp3(meant) and is_mp3(said)):
        return None
    if is_mp4(meant) and is_mp4(said):
        return said
    fields.info(f"the enclosure is called `{said}`; its file name says `{meant}`")
    return None


def _read_length(said: str, fields: Fields) -> int | None:
    if re.fullmatch(r"[0-9]+", said):
        return int(said) or None
    if said and said.lower() not in ("none", "null", "-1"):
        fields.warn(
            f'the enclosure\'s length is not a number of bytes: "{said}"',
            "write `audio.length` into the record",
        )
    return None


def _read_duration(fields: Fields) -> int | None:
    said = fields.text("duration", ITUNES)
    try:
        return (seconds(said) or None) if said else None
    except ValueError:
        fields.warn(
            f'the duration is not a duration: "{said}"',
            "write `audio.duration` into the record, `1:02:03`",
        )
        return None


def read_transcripts(fields: Fields) -> tuple[TranscriptRef, ...]:
    """Every transcript with a web address, in order; SubRip under its registered type."""
    found = []
    for _, said in fields.each("transcript"):
        url = address(said.get("url", ""))
        if url is None:
            fields.warn(
                f'a transcript has no web address: "{said.get("url", "")}"',
                "put the file into content/transcripts/ and name it in the record",
            )
            fields.leave_unread()
            continue
        transcript = fields.make(
            TranscriptRef,
            "podcast:transcript",
            url=url,
            type=_transcript_type(url, said.get("type", "").lower()),
            language=said.get("language"),
            captions=said.get("rel", "").lower() == "captions",
        )
        found += [transcript] if transcript and transcript not in found else []
    return tuple(found)


def _transcript_type(url: str, said: str) -> str | None:
    """The media type where the file's extension does not say it."""
    kind = registered_transcript_type(said)
    return None if kind == TRANSCRIPT_TYPES.get(urls.extension(url)) else kind or None


def read_chapters(fields: Fields) -> tuple[Chapter, ...]:
    """The chapter marks that stand in the item itself, in order of time."""
    found = []
    for element in (each for group in fields.all("chapters", PSC) for each in group):
        if xml.name_of(element) != (PSC, "chapter"):
            continue
        said = {name: value.strip() for name, value in xml.attributes(element).items()}
        try:
            chapter = Chapter.model_validate(
                {
                    "start": said.get("start", ""),
                    "title": said.get("title"),
                    "url": address(said.get("href", "")),
                    "image": address(said.get("image", "")),
                }
            )
        except ValueError:
            fields.warn(
                f'a `psc:chapter` has no readable start: "{said.get("start", "")}"',
                "left out; write it under `chapters:` in the record",
            )
            continue
        found.append(chapter)
    return tuple(sorted(found, key=lambda chapter: chapter.start))


def read_soundbites(fields: Fields) -> tuple[Soundbite, ...]:
    """The parts worth sharing, in order."""
    made = (
        fields.make(
            Soundbite,
            "podcast:soundbite",
            start=said.get("starttime"),
            duration=said.get("duration"),
            title=words,
        )
        for words, said in fields.each("soundbite")
    )
    return tuple(soundbite for soundbite in made if soundbite)
