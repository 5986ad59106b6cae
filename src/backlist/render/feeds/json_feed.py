"""`feed.json`: the main feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping
from typing import Any

from backlist import urls
from backlist.model import Audio, Person
from backlist.relate.archive import Archive, Entry
from backlist.render.feeds.elements import clean
from backlist.render.feeds.items import sound_type
from backlist.render.feeds.plan import Edition
from backlist.render.notes import Notes

Json = dict[str, Any]
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(edition: Edition, texts: Mapping[str, Notes], archive: Archive) -> bytes:
    """The bytes of the main feed as JSON, newest item first."""
    show, base = archive.show, archive.site.base_url
    data = {
        "version": VERSION,
        "title": show.title,
        "home_page_url": base,
        "feed_url": urls.absolute(urls.FEED_JSON, base),
        "description": show.description,
        "icon": urls.static_file(show.image, base) if show.image else None,
        "authors": [{"name": show.author}] if show.author else None,
        "language": show.language,
        "expired": True if show.complete else None,
        "items": [_item(entry, texts[entry.slug], archive) for entry in edition.entries],
    }
    return (json.dumps(_known(data), ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry, text: Notes, archive: Archive) -> Json:
    episode, base = entry.episode, archive.site.base_url
    assert episode.audio is not None, "`carried` sees to it"
    return _known(
        {
            "id": episode.guid,
            "url": urls.absolute(urls.episode(entry.slug), base),
            "title": episode.title,
            "content_html": text.full,
            "summary": entry.summary or None,
            "image": urls.static_file(episode.image, base) if episode.image else None,
            "date_published": episode.date.instant.isoformat() if episode.date else None,
            "date_modified": episode.updated.instant.isoformat() if episode.updated else None,
            "authors": [_author(person) for person in episode.people] or None,
            "tags": list(episode.topics) or None,
            "attachments": [_attachment(episode.audio)],
        }
    )


def _author(person: Person) -> Json:
    return _known({"name": person.name, "url": person.url, "avatar": person.image})


def _attachment(audio: Audio) -> Json:
    return _known(
        {
            "url": audio.url,
            "mime_type": sound_type(audio),
            "size_in_bytes": audio.length,
            "duration_in_seconds": audio.duration,
        }
    )


def _known(data: Json) -> Json:
    """What is known of it; the format has no null. Control characters are left out as in RSS."""
    return {
        key: clean(value) if isinstance(value, str) and key != "id" else value
        for key, value in data.items()
        if value is not None
    }
