"""What is indexed of an episode: its texts field by field, and where each leads.

Drafts are indexed in a preview only; what is hidden never gets this far.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from backlist import urls
from backlist.cache.keys import key_of
from backlist.locale import figure
from backlist.model import Labels
from backlist.model.scalars import clock
from backlist.parse.transcript import Transcript
from backlist.relate.archive import Archive, Citation, Entry, Work

WEIGHTS = {
    "title": 240,
    "summary": 96,
    "notes": 40,
    "transcript": 16,
    "source": 8,
    "author": 4,
    "id": 2,
    "alias": 1,
}
"""Fields in the order of their rank, weighed in 24ths of Pagefind's 10.

Each outweighs all below it together, so that nothing in a lower field makes up for a word in a
better one.
"""

FACETS = ("topic", "guest", "year", "season", "has")
"""What results can be narrowed by, as a reader may type it: `topic:storage`."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text of one field.

    `label` says what it is where the field does not say it, `to` where it is on the episode's
    page; `source` is the number of the source it belongs to, which says both. `language` is that
    of the text, where it is not the site's.
    """

    field: str
    text: str
    label: str = ""
    to: str = ""
    source: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """What a result plays: an address, what a browser remembers the place under, and seconds."""

    url: str
    place: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of an episode: its date and its mark in words, and what it plays.

    `spoken` is the language of its transcript, where it is not the site's.
    """

    date: str
    mark: str
    sound: Sound | None
    spoken: str = ""


@dataclass(frozen=True)
class Record:
    """An episode as it is indexed; addresses as seen from the home page.

    `works` are the numbers of its sources with the addresses of their works' pages, where they
    have one; `facets` pairs of a facet and a value; `spoken` the language of the transcript,
    where it is not the site's.
    """

    title: str
    url: str
    date: str
    mark: str
    parts: tuple[Part, ...]
    works: tuple[tuple[int, str], ...] = ()
    transcript: Transcript | None = None
    facets: tuple[tuple[str, str], ...] = ()
    sound: Sound | None = None
    spoken: str = ""

    @cached_property
    def key(self) -> bytes:
        """Says what it is (see `keys`)."""
        spoken = self.transcript.digest if self.transcript else None
        shown = (self.title, self.url, self.date, self.mark, self.sound, self.spoken)
        return key_of(*shown, self.parts, self.works, self.facets, spoken)


def gather(archive: Archive, shown: Callable[[Entry], Shown], labels: Labels) -> Iterator[Record]:
    """Every episode, newest first, each with what a page shows of it."""
    for entry in archive.entries:
        seen = shown(entry)
        yield Record(
            title=entry.episode.title,
            url=urls.relative(urls.episode(entry.slug), urls.HOME),
            date=seen.date,
            mark=seen.mark,
            parts=tuple(part for part in _parts(archive, entry, labels) if part.text),
            works=tuple(_work_pages(archive, entry)),
            transcript=entry.transcript,
            facets=tuple(_facets(entry)),
            sound=seen.sound,
            spoken=seen.spoken,
        )


def _facets(entry: Entry) -> Iterator[tuple[str, str]]:
    """What an episode can be chosen by, each as one of `FACETS` and its value."""
    episode = entry.episode
    yield from (("topic", topic) for topic in episode.topics)
    yield from (("guest", person.name) for person in entry.people)
    if episode.date:
        yield "year", str(episode.date.instant.year)
    if episode.season:
        yield "season", str(episode.season)
    if entry.transcript:
        yield "has", "transcript"
    if any(one.id for one in entry.visualizations):
        yield "has", "visualization"
    if entry.chapters:
        yield "has", "chapters"


def _work_pages(archive: Archive, entry: Entry) -> Iterator[tuple[int, str]]:
    """The numbers of an episode's sources whose works have pages, with their addresses."""
    for citation in entry.citations:
        work = archive.work(citation.work) if citation.work else None
        if work and work.has_page:
            yield citation.number, urls.relative(urls.work(work.slug), urls.HOME)


def _parts(archive: Archive, entry: Entry, labels: Labels) -> Iterator[Part]:
    episode = entry.episode
    summary, notes = _prose(entry)
    own = entry.language
    yield Part("title", episode.title, language=own)
    yield Part("summary", summary, language=own)
    yield Part("notes", notes, language=own)
    yield Part("notes", labels.comma.join(episode.topics), labels.topics)
    for chapter in entry.chapters:
        start = int(chapter.start)
        told = labels.in_chapter.format(clock=clock(start))
        yield Part("notes", chapter.title or "", told, f"#t={start}", language=own)
    yield Part("author", labels.comma.join(one.name for one in entry.people), labels.people)
    names = [name for name in episode.aliases if not name.startswith("/") and "://" not in name]
    yield Part("alias", ", ".join(names))
    for citation in entry.citations:
        yield from _source_parts(archive, citation, labels)


def _prose(entry: Entry) -> tuple[str, str]:
    """Summary and notes; where no summary is written, the first paragraph is it."""
    notes, lead = entry.notes.text, entry.notes.lead
    if entry.episode.summary:
        return entry.summary, notes
    blocks = notes.split("\n\n")
    first = next((n for n, block in enumerate(blocks) if " ".join(block.split()) == lead), None)
    return lead, "\n\n".join(block for n, block in enumerate(blocks) if n != first)


def _source_parts(archive: Archive, citation: Citation, labels: Labels) -> Iterator[Part]:
    given, number = citation.source, citation.number
    work = archive.work(citation.work) if citation.work else None
    yield Part("source", citation.display_title or "", source=number)
    told = labels.in_source_note.format(n=figure(number, labels.language))
    yield Part("notes", given.note or "", told, source=number)
    if citation.authors:
        yield Part("author", citation.authors, source=number)
    if citation.published:
        yield Part("alias", citation.published.title or "", source=number)
        yield Part("author", citation.published.authors or "", source=number)
    if work:
        yield Part("id", ", ".join(_ids(work)), source=number)
        yield Part("alias", ", ".join(work.aliases), source=number)


def _ids(work: Work) -> Iterator[str]:
    for kind, ident in sorted(work.ids.items()):
        yield f"{'arXiv' if kind == 'arxiv' else kind}:{ident}"
