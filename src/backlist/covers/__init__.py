"""The cover of an episode without a picture of its own: its sources as books on a shelf.

Every mark states a fact. A book is one entry of the numbered list; books stand in the order of
their years; a long title makes a tall book; the same work has the same breadth on every cover.
A band is one more episode that draws on the work. The subject leans, in foil. A search that found
no paper is faint, another episode of the show has a label. The first topic chooses the cloth.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from backlist import urls
from backlist.archive import Archive, Citation, Entry, Work
from backlist.covers.shelf import BROAD, SLIM, Book, Cloth, banner, square, svg
from backlist.model import Status

__all__ = ["Book", "Cloth", "banner", "books", "cloth", "cover", "holdings", "square", "svg"]

CLOTHS = (
    Cloth("#7c2f22", "#f4b544"),
    Cloth("#23533d", "#f2b654"),
    Cloth("#34406f", "#ffb482"),
    Cloth("#7a4c10", "#ffdf8c"),
    Cloth("#11545c", "#ffb27a"),
    Cloth("#6d2743", "#ffc069"),
    Cloth("#4a5522", "#f6c94f"),
    Cloth("#2f4d68", "#ffb66b"),
    Cloth("#5a3560", "#ffbd6b"),
    Cloth("#5c4031", "#f3a766"),
)
"""Cream and foil can be read on every ground (WCAG 2.2, 1.4.11)."""

PLAIN = Cloth("#3c3936", "#f2936c")
"""The cloth of an episode without a topic."""

MOST = 120
"""Books on a cover; a list longer than this shows its first ones."""

HOLDINGS = 36
"""Books on the card of the show itself."""


def cloth(entry: Entry) -> Cloth:
    """The colours of an episode, chosen by its first topic."""
    slugs = (urls.slug_of(name) for name in entry.episode.topics)
    first = next(filter(None, slugs), None)
    return CLOTHS[_number(first) % len(CLOTHS)] if first else PLAIN


def books(archive: Archive, entry: Entry) -> tuple[Book, ...]:
    """An episode's sources by year, as books; without sources the words of its title."""
    if not entry.citations:
        stub = entry.episode.status is Status.STUB
        return tuple(_words(entry.episode.title, faint=stub))
    subject = next((one for one in entry.citations if one.source.role == "subject"), None)
    ranked = sorted(entry.citations[:MOST], key=lambda one: (_year(archive, one), one.number))
    return tuple(_book(archive, one, leaning=one is subject) for one in ranked)


def cover(archive: Archive, entry: Entry) -> str:
    """The square cover of an episode, an SVG document."""
    return svg(square(books(archive, entry), cloth(entry)))


def holdings(archive: Archive) -> tuple[Book, ...]:
    """The works that the most episodes draw on, as books: what the whole show stands on.

    Without works, the words of its title.
    """
    if not archive.works:
        return tuple(_words(archive.show.title, faint=False))
    ranked = sorted(archive.works, key=lambda work: (-len(work.episodes), work.id))[:HOLDINGS]
    ordered = sorted(ranked, key=lambda work: (_first_year(work.year), work.id))
    return tuple(_holding(work, leaning=work is ranked[0]) for work in ordered)


def _book(archive: Archive, citation: Citation, *, leaning: bool) -> Book:
    given = citation.source
    title = citation.display_title or ""
    searched = not citation.is_mention and (citation.is_search or not given.url)
    return Book(
        breadth=SLIM + (BROAD - SLIM) * _share(citation.work or title or given.url or ""),
        height=_height(len(title)),
        bands=min(3, _shared(archive, citation)),
        faint=not leaning and (searched or (citation.is_mention and not citation.mention)),
        labelled=citation.is_mention,
        leaning=leaning,
    )


def _holding(work: Work, *, leaning: bool) -> Book:
    return Book(
        breadth=SLIM + (BROAD - SLIM) * _share(work.id),
        height=_height(len(work.title or work.id)),
        bands=min(3, len(work.episodes) - 1),
        leaning=leaning,
    )


def _shared(archive: Archive, citation: Citation) -> int:
    """How many more episodes draw on a source's work."""
    return len(archive.work(citation.work).episodes) - 1 if citation.work else 0


def _year(archive: Archive, citation: Citation) -> int:
    known = archive.work(citation.work).year if citation.work else None
    return _first_year(citation.source.year or known)


def _first_year(text: str | None) -> int:
    """The first year a text names; what has none stands last."""
    found = re.search(r"[12]\d{3}", text or "")
    return int(found[0]) if found else 9999


def _words(title: str, *, faint: bool) -> Iterator[Book]:
    """A title's words as books; one that has none is a word itself."""
    words = re.findall(r"\w+", title)[:MOST] or [title]
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    for place, word in enumerate(words):
        breadth = SLIM + (BROAD - SLIM) * _share(word.casefold())
        leaning = place == longest
        yield Book(breadth, _height(8 * len(word)), faint=faint and not leaning, leaning=leaning)


def _height(length: int) -> float:
    """A book's height in the height of its shelf, by the length of its title."""
    return round(0.46 + 0.54 * min(length, 110) / 110, 3)


def _share(key: str) -> float:
    """A number from 0 to 1 that is always the same for the same text."""
    return round(_number(key) % 256 / 255, 3)


def _number(key: str) -> int:
    return int.from_bytes(sha256(key.encode("utf-8", "surrogatepass")).digest()[:4], "big")
