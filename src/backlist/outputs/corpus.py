"""`corpus.jsonl.gz`: all texts of the archive for machines, a passage a line (`docs/corpus.md`).

It has what `archive.json` has not: the words of notes and transcripts, with the address of each
passage. JSON Lines, compressed by gzip (RFC 1952) without a time: equal texts are equal bytes.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from backlist import urls
from backlist.cache.keys import key_of
from backlist.files.output import Made, Output
from backlist.pages.context import SiteContext
from backlist.pages.passages import Passage, passages
from backlist.relate.archive import Archive, Entry


def make(site: SiteContext) -> Iterator[Output]:
    """The one file, where the site asks for it."""
    archive = site.archive
    if archive.site.corpus:
        told = [(entry.key, entry.front) for entry in archive.entries]
        key = key_of(told, archive.show.language, archive.site.base_url)
        yield Output(urls.CORPUS, Made(key, partial(_written, archive)), "corpus")


def _written(archive: Archive) -> bytes:
    lines = (
        json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        for entry in archive.entries
        for row in rows(entry, archive)
    )
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)


def rows(entry: Entry, archive: Archive) -> Iterator[dict[str, Any]]:
    """The passages of an episode as the corpus has them, one a line."""
    return (_row(one, entry, archive) for one in passages(entry))


def _row(passage: Passage, entry: Entry, archive: Archive) -> dict[str, Any]:
    episode = entry.episode
    return {
        "episode": entry.slug,
        "title": episode.title,
        "date": str(episode.date) if episode.date else None,
        "kind": passage.kind,
        "start": passage.start,
        "end": passage.end,
        "speakers": list(passage.speakers),
        "language": _language(passage, entry) or episode.language or archive.show.language,
        "text": passage.text,
        "url": urls.absolute(passage.page, archive.site.base_url),
        "sha256": hashlib.sha256(passage.text.encode()).hexdigest(),
    }


def _language(passage: Passage, entry: Entry) -> str | None:
    """The language of a transcript, where its record names it."""
    spoken = entry.transcript
    if passage.kind != "transcript" or spoken is None:
        return None
    named = (one.language for one in entry.episode.transcripts if one.url == spoken.name)
    return next(named, None)
