"""Files that feeds point at: our chapters files, and the transcripts in `content/`.

Podcast namespace, `chapters/jsonChapters.md`, version 1.2.
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from backlist import urls
from backlist.cache.keys import key_of
from backlist.feed.vocabulary import TRANSCRIPT_TYPES
from backlist.files.output import CLEANED, FEEDS, Made, Output, file_key
from backlist.parse.moments import AnyChapter
from backlist.relate.archive import Archive, Entry


def chapters(archive: Archive) -> Iterator[Output]:
    """A chapters file for every episode that has one of ours."""
    common = archive.show.title
    for entry in archive.entries:
        if has_chapters_file(entry):
            made = Made(key_of("chapters", entry.key, common), partial(_written, entry, archive))
            yield Output(urls.chapters(entry.slug), made, FEEDS, entry.file)


def has_chapters_file(entry: Entry) -> bool:
    """Whether an episode has a chapters file of ours.

    Not where the record names one elsewhere and ours would only repeat what was found in the
    audio or the notes.
    """
    recorded = entry.episode.chapters or entry.episode.chapters_file
    return bool(entry.chapters and (recorded or not entry.episode.chapters_url))


def transcripts(archive: Archive) -> Iterator[Output]:
    """Every file of `content/transcripts/` that an episode names.

    HTML is published without what could run in the site's name, everything else byte for byte.
    """
    for name, path in archive.transcripts.items():
        file, source = Path(path), f"content/transcripts/{name}"
        if TRANSCRIPT_TYPES.get(urls.extension(name)) == "text/html":
            made = Made(key_of("cleaned", file_key(file)), partial(_cleaned, file))
            yield Output(urls.transcript(name), made, CLEANED, source)
        else:
            yield Output(urls.transcript(name), file, FEEDS, source)


def _cleaned(path: Path) -> bytes:
    from backlist.parse.transcript.clean_html import clean_html

    return clean_html(path.read_bytes()).encode()


def _written(entry: Entry, archive: Archive) -> bytes:
    data = {
        "version": "1.2.0",
        "title": entry.episode.title,
        "podcastName": archive.show.title,
        "chapters": [_chapter(one, archive.site.base_url) for one in entry.chapters],
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()


def _chapter(chapter: AnyChapter, base_url: str) -> dict[str, Any]:
    whole = chapter.start == int(chapter.start)
    given = {
        "startTime": int(chapter.start) if whole else chapter.start,
        "title": chapter.title,
        "img": chapter.image and urls.static_file(chapter.image, base_url),
        "url": chapter.url and urls.escaped(chapter.url),
    }
    return {key: value for key, value in given.items() if value is not None}
