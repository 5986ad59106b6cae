"""What is indexed of an episode: its texts field by field, and where each leads.

Drafts are indexed in a preview only; what is hidden never gets this far.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from backlist import urls
from backlist.keys import key_of
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


@dataclass(frozen=True, slots=True)
class Part:
    """A text of one field.

    `label` says what it is where the field does not say it, `to` where it is on the episode's
    page; `source` is the number of the source it belongs to, which says both.
    """

    field: str
    text: str
    label: str = ""
    to: str = ""
    source: int = 0


@dataclass(frozen=True)
class Record:
    """An episode as it is indexed; addresses as seen from the home page.

    `works` are the numbers of its sources with the addresses of their works' pages, where they
    have one.
    """

    title: str
    url: str
    date: str
    mark: str
    parts: tuple[Part, ...]
    works: tuple[tuple[int, str], ...] = ()
    transcript: Transcript | None = None

    @cached_property
    def key(self) -> bytes:
        """Says what it is (see `keys`)."""
        spoken = self.transcript.digest if self.transcript else None
        return key_of(self.title, self.url, self.date, self.mark, self.parts, self.works, spoken)


def gather(
    archive: Archive, dates: Iterable[str], marks: Iterable[str], labels: Labels
) -> Iterator[Record]:
    """Every episode, newest first, with its date and its mark as readers see them."""
    for entry, date, mark in zip(archive.entries, dates, marks, strict=True):
        yield Record(
            title=entry.episode.title,
            url=urls.relative(urls.episode(entry.slug), urls.HOME),
            date=date,
            mark=mark,
            parts=tuple(part for part in _parts(archive, entry, labels) if part.text),
            works=tuple(_work_pages(archive, entry)),
            transcript=entry.transcript,
        )


def _work_pages(archive: Archive, entry: Entry) -> Iterator[tuple[int, str]]:
    """The numbers of an episode's sources whose works have pages, with their addresses."""
    for citation in entry.citations:
        work = archive.work(citation.work) if citation.work else None
        if work and work.has_page:
            yield citation.number, urls.relative(urls.work(work.slug), urls.HOME)


def _parts(archive: Archive, entry: Entry, labels: Labels) -> Iterator[Part]:
    episode = entry.episode
    summary, notes = _prose(entry)
    yield Part("title", episode.title)
    yield Part("summary", summary)
    yield Part("notes", notes)
    yield Part("notes", labels.comma.join(episode.topics), labels.topics)
    for chapter in entry.chapters:
        start = int(chapter.start)
        told = labels.in_chapter.format(clock=clock(start))
        yield Part("notes", chapter.title or "", told, f"#t={start}")
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
    if work:
        yield Part("id", ", ".join(_ids(work)), source=number)
        yield Part("alias", ", ".join(work.aliases), source=number)


def _ids(work: Work) -> Iterator[str]:
    for kind, ident in sorted(work.ids.items()):
        yield f"{'arXiv' if kind == 'arxiv' else kind}:{ident}"
