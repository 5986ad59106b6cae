"""`archive.json`: the archive for machines, stable and documented in `docs/archive-json.md`.

Absent facts are null, never guesses; addresses are absolute; lists keep the archive's order.
"""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from backlist import urls
from backlist.cache.keys import key_of
from backlist.files.output import Joined, Output
from backlist.model import Audio, Episode, Status, WorkStatus
from backlist.pages.context import SiteContext
from backlist.relate.archive import Archive, Citation, Entry, VisualizationEntry, Work
from backlist.relate.records import Published

Json = dict[str, Any]


def make(site: SiteContext) -> Iterator[Output]:
    """The one file."""
    archive = site.archive
    key = key_of(
        [entry.key for entry in archive.entries],
        archive.works,
        archive.visualizations,
        archive.show,
        archive.site,
    )
    made = Joined(key, partial(_written, archive))
    yield Output(urls.ARCHIVE_JSON, made, "archive_json")


def _written(archive: Archive) -> Iterator[bytes]:
    base = archive.site.base_url
    lists = {
        "episodes": (_episode(entry, archive) for entry in archive.entries),
        "works": map(_work, archive.works),
        "visualizations": (_visualization(held, base) for held in archive.visualizations),
    }
    yield b'{"show":' + _line(_show(archive))
    for name, records in lists.items():
        yield b',\n"%s":[' % name.encode()
        between = b"\n"
        for record in records:
            yield between + _line(record)
            between = b",\n"
        yield b"\n]" if between == b",\n" else b"]"
    yield b"}\n"


def _line(record: Json) -> bytes:
    """A record on a line of its own: a difference shows records, and a file half the size."""
    return _WRITER.encode(record).encode()


_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _show(archive: Archive) -> Json:
    show, base = archive.show, archive.site.base_url
    return {
        "title": show.title,
        "author": show.author,
        "description": show.description,
        "language": show.language,
        "categories": list(show.categories),
        "explicit": show.explicit,
        "guid": show.guid,
        "people": [person.name for person in show.people],
        "url": base,
        "feed": archive.feed_address,
    }


def _episode(entry: Entry, archive: Archive) -> Json:
    episode, base = entry.episode, archive.site.base_url
    return {
        "slug": entry.slug,
        "title": episode.title,
        "date": str(episode.date) if episode.date else None,
        "date_approximate": episode.date_approximate,
        "status": str(episode.status),
        "url": urls.absolute(urls.episode(entry.slug), base),
        "guid": episode.guid,
        "language": _language(episode, archive),
        "audio": _audio(episode.audio) if episode.audio else None,
        "season": episode.season,
        "number": episode.number,
        "summary": entry.summary or None,
        "corrections": [
            {"date": str(said.date), "text": said.text} for said in episode.corrections
        ],
        "ai": episode.disclosure(archive.show.ai_generated) or None,
        "topics": list(episode.topics),
        "people": [person.name for person in episode.people],
        "sources": [_source(citation) for citation in entry.citations],
        "mentions": list(entry.mentions),
        "mentioned_by": list(entry.mentioned_by),
        "takes": list(entry.takes),
        "related": [
            {
                "slug": one.slug,
                "reasons": [{"kind": r.kind, "text": r.text} for r in one.reasons],
            }
            for one in entry.related
        ],
        "visualizations": [
            {
                "id": one.id,
                "title": one.title,
                "url": urls.absolute(urls.visualization(one.id), base) if one.id else one.url,
            }
            for one in entry.visualizations
        ],
    }


def _language(episode: Episode, archive: Archive) -> str | None:
    """The episode's language, its own or the show's; that of a stub is not known."""
    usual = None if episode.status is Status.STUB else archive.show.language
    return episode.language or usual


def _audio(audio: Audio) -> Json:
    return {
        "url": audio.url,
        "type": audio.type or urls.audio_type(audio.url),
        "length": audio.length,
        "duration": audio.duration,
    }


def _source(citation: Citation) -> Json:
    source = citation.source
    return {
        "number": citation.number,
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "url": source.url,
        "address": citation.url,
        "role": source.role,
        "work": citation.work,
        "mention": citation.mention,
        "published": _published(citation.published),
    }


def _published(differs: Published | None) -> Json | None:
    """What the publication says otherwise than the source."""
    if differs is None:
        return None
    told = {"title": differs.title, "authors": differs.authors, "year": differs.year}
    return {name: said for name, said in told.items() if said}


def _work(work: Work) -> Json:
    return {
        "id": work.id,
        "slug": work.slug,
        "title": work.title,
        "authors": work.authors,
        "year": work.year,
        "venue": work.venue,
        "ids": dict(work.ids),
        "url": work.url,
        "subject_of": list(work.subject_of),
        "cited_by": list(work.cited_by),
        "status": _status(work.status) if work.status else None,
    }


def _status(status: WorkStatus) -> Json:
    return {
        "verdict": str(status.verdict),
        "date": str(status.date) if status.date else None,
        "evidence": list(status.evidence),
    }


def _visualization(held: VisualizationEntry, base: str) -> Json:
    return {
        "id": held.id,
        "title": held.title,
        "description": held.description,
        "url": urls.absolute(urls.visualization(held.id), base),
        "address": held.url,
        "episodes": list(held.episodes),
        "works": [*held.works, *held.elsewhere],
    }
