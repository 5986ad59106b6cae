"""What a site publishes, in memory: `archive.json` at once, passages when they are asked for."""

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from backlist import urls
from backlist.commands.mcp_server import page_text
from backlist.commands.mcp_server.reading import Site, UnreadableError
from backlist.commands.mcp_server.search import Index
from backlist.pages import passages
from backlist.problems import BacklistError, Where

Record = Mapping[str, Any]
"""An object of `archive.json`."""

Kind = Literal["title", "summary", "notes", "chapter", "transcript", "source"]

AT_ONCE = 8
"""Pages that are requested at the same time."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words that can be found: of what kind, in which episode, and the address that opens them.

    `start` and `end` are seconds of the recording, where they are known.
    """

    kind: Kind
    episode: str
    text: str
    url: str
    start: float | None = None
    end: float | None = None
    speakers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """What it is found by besides: public identifiers of a source, such as its DOI."""


class Published:
    """An archive as its site publishes it.

    Raises `BacklistError` where the site has no `archive.json`, or one that is none of backlist's.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        data = _read_archive(site)
        self.show: Record = data["show"]
        self.base: str = self.show["url"]
        self.episodes: dict[str, Record] = {
            one["slug"]: one for one in data["episodes"] if _is_shown(one)
        }
        self.works: dict[str, Record] = {one["id"]: one for one in data["works"]}
        self.unread: list[str] = []
        """Sentences: what of the site could not be read for `places`."""
        self._read: dict[str, tuple[Place, ...]] = {}

    def source_url(self, slug: str, number: int) -> str:
        """The address of an entry of an episode's numbered list."""
        return urls.absolute(urls.source(slug, number), self.base)

    def said_in(self, slug: str) -> tuple[Place, ...]:
        """The passages of one episode: summary, notes, chapters, transcript.

        Raises `UnreadableError`.
        """
        if self._corpus is not None:
            return self._corpus.get(slug, ())
        if slug not in self._read:
            self._read[slug] = tuple(self._from_pages(slug))
        return self._read[slug]

    @cached_property
    def places(self) -> Sequence[Place]:
        """All that can be found: titles, sources and passages, newest episode first.

        What cannot be read is left out and named in `unread`.
        """
        _ = self._corpus  # once, before several ask for it
        found: list[Place] = []
        with ThreadPoolExecutor(AT_ONCE if self.site.is_remote else 1) as pool:
            for slug, said in zip(
                self.episodes, pool.map(self._said_or_why, self.episodes), strict=True
            ):
                found += self._facts(slug)
                if isinstance(said, str):
                    self.unread.append(said)
                else:
                    found += said
        return found

    @cached_property
    def index(self) -> Index:
        """The words of all places."""
        return Index(["\n".join((one.text, *one.names)) for one in self.places])

    @cached_property
    def _corpus(self) -> Mapping[str, tuple[Place, ...]] | None:
        """The passages of `corpus.jsonl.gz` by episode; None where none is published."""
        data = self.site.read(urls.CORPUS)
        if data is None:
            return None
        found: dict[str, list[Place]] = {slug: [] for slug in self.episodes}
        try:
            for line in data.splitlines():
                row = json.loads(line)
                if row["episode"] in found:
                    found[row["episode"]].append(_from_row(row))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableError(f"{self.site.place}: `{urls.CORPUS}` is damaged") from error
        return {slug: tuple(places) for slug, places in found.items()}

    def _said_or_why(self, slug: str) -> tuple[Place, ...] | str:
        try:
            return self.said_in(slug)
        except UnreadableError as error:
            return str(error)

    def _facts(self, slug: str) -> Iterator[Place]:
        episode = self.episodes[slug]
        yield Place("title", slug, episode["title"], episode["url"])
        for source in episode["sources"]:
            if source["title"] and source["work"]:
                said = (source["title"], source["authors"], source["year"])
                text = ". ".join(filter(None, said))
                url = self.source_url(slug, source["number"])
                names = self.works.get(source["work"], {}).get("ids") or {}
                yield Place("source", slug, text, url, names=tuple(map(str, names.values())))

    def _from_pages(self, slug: str) -> Iterator[Place]:
        """The passages of an episode by its page, and by that of its transcript."""
        page = urls.episode(slug)
        data = self.site.read(page)
        if data is None:
            raise UnreadableError(f"{self.site.place}: `{page}` is missing")
        found = [*page_text.read(data, page)]
        if page_text.has_transcript_page(data):
            page = urls.transcript_page(slug)
            found += page_text.read(self.site.read(page) or b"", page)
        summary = self.episodes[slug]["summary"]
        if summary:
            yield _place("summary", slug, summary, self.episodes[slug]["url"])
        for one in found:
            address = urls.absolute(one.page, self.base)
            yield _place(one.kind, slug, one.text, address, one.start, one.end, one.speakers)


def _read_archive(site: Site) -> dict[str, Any]:
    try:
        data = site.read(urls.ARCHIVE_JSON)
    except UnreadableError as error:
        why = str(error).removeprefix(f"{site.place}: ")
        raise BacklistError(Where(site.place), why) from error
    hint = "name the folder that `backlist build` wrote, or the address of a site"
    if data is None:
        raise BacklistError(
            Where(site.place), f"is no site of backlist: it has no `{urls.ARCHIVE_JSON}`", hint
        )
    try:
        read = json.loads(data)
        if not isinstance(read, dict) or not _is_archive(read):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = f"is no site of backlist: its `{urls.ARCHIVE_JSON}` is none of an archive"
        raise BacklistError(Where(site.place), message, hint) from None
    return read


_SHOW = ("title", "url", "description")
_EPISODE = ("slug", "title", "url", "status", "sources", "summary", "related", "topics")
_WORK = ("id", "slug", "title", "subject_of", "cited_by")


def _is_archive(data: dict[str, Any]) -> bool:
    """Whether the keys that answers need are there (`docs/archive-json.md`)."""
    return (
        all(key in data["show"] for key in _SHOW)
        and all(key in one for one in data["episodes"] for key in _EPISODE)
        and all(key in one for one in data["works"] for key in _WORK)
    )


def _is_shown(episode: Record) -> bool:
    """Whether an episode is published, and named as pages are: previews have drafts as well."""
    slug = episode["slug"]
    named = isinstance(slug, str) and not slug.startswith(".") and not {"/", "\\"} & set(slug)
    return named and bool(slug) and episode["status"] != "draft"


def _from_row(row: Record) -> Place:
    """A line of the corpus."""
    moments = row["start"], row["end"]
    speakers = tuple(row["speakers"])
    return _place(row["kind"], row["episode"], row["text"], row["url"], *moments, speakers)


def _place(
    kind: Kind,
    slug: str,
    text: str,
    url: str,
    start: float | None = None,
    end: float | None = None,
    speakers: tuple[str, ...] = (),
) -> Place:
    """A passage; where its address leads to the page or a moment alone, to the words as well."""
    if kind in ("summary", "chapter"):
        url = passages.to_words(url, text)
    return Place(kind, slug, text, url, start, end, speakers)
