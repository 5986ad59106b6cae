"""The recording of an item and what belongs to it: enclosure, transcripts, chapters, soundbites.

Enclosures: RSS 2.0; tags: podcast namespace 1.0, `docs/tags/`; chapters in the item itself:
Podlove Simple Chapters 1.2.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backlist import urls
from backlist.feed.reader import xml
from backlist.feed.reader.fields import Fields, address
from backlist.feed.reader.text import shorten
from backlist.feed.vocabulary import (
    ITUNES,
    PSC,
    TRANSCRIPT_TYPES,
    Kind,
    Name,
    is_mp3,
    is_mp4,
    media_kind,
    registered_transcript_type,
)
from backlist.model import Audio, Chapter, Soundbite, TranscriptRef
from backlist.model.scalars import seconds


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file an item carries: its address as it stands, what it is, and what is said of it."""

    url: str
    kind: Kind
    said: Mapping[str, str]


def find_enclosures(children: Mapping[Name, list[Any]]) -> list[Enclosure]:
    """The files an item carries that have a web address, the one to play first.

    What is heard comes before what is seen, an `<enclosure>` (RSS 2.0) before a `media:content`
    (Media RSS 1.5), which stands for it in feeds without one; what is read comes next, and
    pictures come last.
    """
    groups = children.get(("media", "group"), [])
    media = [(each, 1) for each in children.get(("media", "content"), [])]
    media += [(each, 1) for group in groups for each in group if isinstance(each.tag, str)]
    listed = [(each, 0) for each in children.get(("", "enclosure"), [])]
    found = []
    for element, rank in listed + [each for each in media if xml.name_of(each[0])[1] == "content"]:
        said = xml.attributes(element)
        url = said.get("url", "").strip()
        url = f"https:{url}" if url.startswith("//") else url
        if urls.is_address(url):
            kind = media_kind(said.get("type", "") or said.get("medium", ""), urls.extension(url))
            found.append((_ORDER[kind] + rank, Enclosure(url, kind, said)))
    return [enclosure for _, enclosure in sorted(found, key=lambda pair: pair[0])]


_ORDER = {"audio": 0, "video": 0.5, "document": 2, "image": 4}


def read_audio(fields: Fields) -> Audio | None:
    """The file an item is about, and how long it plays; None without one.

    A length of 0 bytes means that the feed does not know it. A picture is never it.
    """
    found = find_enclosures(fields.found)
    wrong = fields.attribute("enclosure", "url")
    if wrong and not found:
        fields.warn(
            f'the enclosure is not a web address: "{shorten(wrong)}"',
            "the episode has no audio until its record says where it is",
        )
    if not found or found[0].kind == "image":
        return None
    chosen, others = found[0], dict.fromkeys(each.url for each in found[1:])
    others.pop(chosen.url, None)
    if others:
        fields.info(
            f"the item has {len(others) + 1} files; `{chosen.url}` is its audio",
            f"further recordings go out as `podcast:alternateEnclosure`: {', '.join(others)}",
        )
    size = chosen.said.get("length", "") or chosen.said.get("filesize", "")
    return Audio(
        url=chosen.url,
        type=_audio_type(chosen.url, chosen.said.get("type", "").strip().lower(), fields),
        length=_read_length(size.strip(), fields),
        duration=_read_duration(fields, chosen.said.get("duration", "").strip()),
    )


def read_picture(fields: Fields) -> str | None:
    """The address of a picture that an item has for an enclosure; None without one."""
    pictures = (each.url for each in find_enclosures(fields.found) if each.kind == "image")
    found = next(pictures, None)
    if found:
        fields.info(f"an enclosure is a picture: `{found}`", "it is shown as the episode's image")
    return found


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


def length_of(said: str) -> int | None:
    """A number of bytes; None for what is none, or for more than any file has."""
    return int(said) if re.fullmatch(r"[0-9]{1,15}", said) else None


def _read_length(said: str, fields: Fields) -> int | None:
    found = length_of(said)
    if found is None and said and said.lower() not in ("none", "null", "-1"):
        fields.warn(
            f'the enclosure\'s length is not a number of bytes: "{shorten(said)}"',
            "write `audio.length` into the record",
        )
    return found or None


_MANY_MINUTES = re.compile(r"([0-9]{1,3}):([6-9][0-9]|[0-9]{3}):([0-5][0-9])")
"""Hours with more than 59 minutes, `0:67:16`: what it means is plain."""


def _read_duration(fields: Fields, measured: str) -> int | None:
    """What iTunes or else Media RSS says."""
    said = fields.text("duration", ITUNES) or measured
    if parts := _MANY_MINUTES.fullmatch(said):
        said = str(int(parts[1]) * 3600 + int(parts[2]) * 60 + int(parts[3]))
    try:
        return (seconds(said) or None) if said else None
    except ValueError:
        fields.warn(
            f'the duration is not a duration: "{shorten(said)}"',
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
