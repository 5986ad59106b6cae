"""`feed.json`: the main feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from backlist import urls
from backlist.feed.writer.facts import ItemFacts, audio_type
from backlist.model import Audio, Person
from backlist.relate.archive import Archive

Json = dict[str, Any]
VERSION = "https://jsonfeed.org/version/1.1"
_END = b"[]\n}"
"""How a feed without items ends."""


def json_feed(archive: Archive, items: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of the main feed as JSON; `items` are made by `json_item`.

    They are bytes, because one emoji would make a text of four bytes a character.
    """
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
        "items": [],
    }
    head = json.dumps(_known(data), ensure_ascii=False, indent=1).encode()
    before = head.removesuffix(_END) + b"[\n"
    for item in items:
        yield before
        yield item
        before = b",\n"
    yield b"\n ]\n}\n" if before == b",\n" else head + b"\n"


def json_item(facts: ItemFacts, content_html: str) -> bytes:
    """An item as it stands in the list: on one line, because a long feed has thousands."""
    episode, base = facts.episode, facts.base_url
    data = {
        "id": episode.guid,
        "url": facts.page_url,
        "title": episode.title,
        "content_html": content_html,
        "summary": facts.summary or None,
        "image": urls.static_file(episode.image, base) if episode.image else None,
        "date_published": episode.date.instant.isoformat() if episode.date else None,
        "date_modified": episode.changed.instant.isoformat() if episode.changed else None,
        "authors": [_author(person) for person in episode.people] or None,
        "language": facts.language or None,
        "tags": list(episode.topics) or None,
        "attachments": [_attachment(episode.audio)] if episode.audio else None,
    }
    return json.dumps(_known(data), ensure_ascii=False, separators=(",", ":")).encode()


def _author(person: Person) -> Json:
    url, avatar = (one and urls.escaped(one) for one in (person.url, person.image))
    return _known({"name": person.name, "url": url, "avatar": avatar})


def _attachment(audio: Audio) -> Json:
    return _known(
        {
            "url": audio.url,
            "mime_type": audio_type(audio),
            "size_in_bytes": audio.length,
            "duration_in_seconds": audio.duration,
        }
    )


def _known(data: Json) -> Json:
    """What is known of it; the format has no null."""
    return {key: value for key, value in data.items() if value is not None}
