"""The cover of an episode without a picture of its own: its sources as books on a shelf.

Every mark states a fact. A book is one entry of the numbered list; books stand in the order of
their years; a long title makes a tall book; the same work has the same breadth on every cover.
A stripe is one more episode that draws on the work. The subject leans, in the accent colour. A
search that found no paper is faint, another episode of the show has a label. The first topic
chooses the palette.
"""

import colorsys
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape

from backlist import urls
from backlist.cache.keys import key_of
from backlist.extras.cover_art.shelf import BROAD, SLIM, Book, Palette, square, svg
from backlist.model import Status
from backlist.relate.archive import Archive, Citation, Entry, Work

__all__ = [
    "Book",
    "CoverArt",
    "Monogram",
    "Palette",
    "ShowArt",
    "books",
    "has_shelf",
    "is_own",
    "palette",
    "palette_of",
    "show_books",
    "square",
    "svg",
]

PALETTES = (
    Palette("#7c2f22", "#f4b544"),
    Palette("#23533d", "#f2b654"),
    Palette("#34406f", "#ffb482"),
    Palette("#7a4c10", "#ffdf8c"),
    Palette("#11545c", "#ffb27a"),
    Palette("#6d2743", "#ffc069"),
    Palette("#4a5522", "#f6c94f"),
    Palette("#2f4d68", "#ffb66b"),
    Palette("#5a3560", "#ffbd6b"),
    Palette("#5c4031", "#f3a766"),
)
"""Cream and accent can be read on every background (WCAG 2.2, 1.4.11)."""

PLAIN = Palette("#3c3936", "#f2936c")
"""The palette of an episode without a topic."""

MOST = 120
"""Books on a cover; a list longer than this shows its first ones."""

SHOW_BOOKS = 36
"""Books on the card of the show itself."""


def palette(entry: Entry) -> Palette:
    """The colours of an episode, chosen by its first topic."""
    slugs = (urls.slug_of(name) for name in entry.episode.topics)
    first = next(filter(None, slugs), None)
    return PALETTES[_number(first) % len(PALETTES)] if first else PLAIN


def palette_of(accent: str | None) -> Palette:
    """The colours of a site without a shelf: its accent, as dark as light letters need."""
    if not accent:
        return PLAIN
    parts = (part / 255 for part in bytes.fromhex(accent[1:]))
    hue, light, strength = colorsys.rgb_to_hls(*parts)
    both = ((min(light, 0.24), min(strength, 0.6)), (0.78, min(strength, 0.85)))
    dark, bright = (colorsys.hls_to_rgb(hue, *each) for each in both)
    return Palette(_as_hex(dark), _as_hex(bright))


def _as_hex(colour: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


def books(archive: Archive, entry: Entry) -> tuple[Book, ...]:
    """An episode's sources by year, as books; without sources the words of its title."""
    if not entry.citations:
        stub = entry.episode.status is Status.STUB
        return tuple(_words(entry.episode.title, faint=stub))
    subject = next((item for item in entry.citations if item.source.role == "subject"), None)
    ranked = sorted(entry.citations[:MOST], key=lambda item: (_first_year(item.year), item.number))
    return tuple(_book(archive, item, leaning=item is subject) for item in ranked)


@dataclass(frozen=True, eq=False)
class CoverArt:
    """The square cover of an episode, drawn where a page prints it: most lists are rarely made."""

    archive: Archive
    entry: Entry

    @cached_property
    def key(self) -> bytes:
        """Says all that the drawing shows (see `keys`)."""
        works = [self.archive.work(one.work) for one in self.entry.citations if one.work]
        shelf = has_shelf(self.archive)
        return key_of(self.entry.listed_key, self.entry.citations, works, shelf)

    def __html__(self) -> str:
        """An SVG element of shapes, without text, to stand in a page."""
        return self._drawn

    @cached_property
    def _drawn(self) -> str:
        if not has_shelf(self.archive):
            return _card(self.archive, self.entry)
        return svg(square(books(self.archive, self.entry), palette(self.entry)))


@dataclass(frozen=True, eq=False)
class ShowArt:
    """The square cover of a show without a picture: its shelf, or its initials."""

    archive: Archive

    @cached_property
    def key(self) -> bytes:
        """Says all that the drawing shows (see `keys`)."""
        return key_of(self.archive.show.title, has_shelf(self.archive) and self.archive.works)

    def __html__(self) -> str:
        """An SVG element to stand in a page."""
        if not has_shelf(self.archive):
            return _card(self.archive)
        return svg(square(show_books(self.archive), PLAIN))


@dataclass(frozen=True, eq=False)
class Monogram:
    """A square in the accent colour that stands for an episode, or for its show."""

    archive: Archive
    entry: Entry | None = None

    @property
    def key(self) -> bytes:
        """Says all that the card shows (see `keys`)."""
        return key_of(self.archive.show.title, self.entry and self.entry.episode.number)

    def __html__(self) -> str:
        """An SVG element to stand in a page."""
        return _card(self.archive, self.entry)


def has_shelf(archive: Archive) -> bool:
    """Whether covers are drawn as books: the site wants it, and there are sources."""
    return archive.site.covers == "books" and bool(archive.works)


def is_own(archive: Archive, entry: Entry | None) -> bool:
    """Whether what is drawn for an episode says something of it."""
    return entry is not None and (has_shelf(archive) or bool(_number_of(archive, entry)))


def _card(archive: Archive, entry: Entry | None = None) -> str:
    """The episode's number, where it has one that is shown, else the initials of the show."""
    return title_card(_number_of(archive, entry) or initials(archive.show.title))


def _number_of(archive: Archive, entry: Entry | None) -> str:
    return str(entry.episode.number or "") if entry and archive.site.numbers else ""


def initials(title: str) -> str:
    """The first letters of the first words that say something, at most two.

    >>> initials("The Tide Desk"), initials("99% Invisible"), initials("…")
    ('TD', '9I', '…')
    """
    words = re.findall(r"\w+", title)
    telling = [word for word in words if word.casefold() not in _SMALL] or words or [title]
    return "".join(word[0].upper() for word in telling[:2])


_SMALL = {"the", "a", "an", "of", "der", "die", "das", "le", "la", "les", "el", "los"}


def title_card(text: str) -> str:
    """A square in the accent colour with a word of a few letters, as inline SVG."""
    size = min(150, 420 // max(len(text), 1))
    return (
        '<svg class="cover monogram" viewBox="0 0 320 320" aria-hidden="true" focusable="false">'
        f'<text x="160" y="160" dy=".35em" font-size="{size}" text-anchor="middle">'
        f"{escape(text)}</text></svg>"
    )


def show_books(archive: Archive) -> tuple[Book, ...]:
    """The works that the most episodes draw on, as books: what the whole show stands on.

    Without works, the words of its title.
    """
    if not archive.works:
        return tuple(_words(archive.show.title, faint=False))
    ranked = sorted(archive.works, key=lambda work: (-len(work.episodes), work.id))[:SHOW_BOOKS]
    ordered = sorted(ranked, key=lambda work: (_first_year(work.year), work.id))
    return tuple(_of_work(work, leaning=work is ranked[0]) for work in ordered)


def _book(archive: Archive, citation: Citation, *, leaning: bool) -> Book:
    title = citation.display_title or ""
    searched = not citation.is_mention and not citation.url
    return Book(
        breadth=SLIM + (BROAD - SLIM) * _share(citation.work or title or citation.source.url or ""),
        height=_height(len(title)),
        stripes=min(3, _shared(archive, citation)),
        faint=not leaning and (searched or (citation.is_mention and not citation.mention)),
        labelled=citation.is_mention,
        leaning=leaning,
    )


def _of_work(work: Work, *, leaning: bool) -> Book:
    return Book(
        breadth=SLIM + (BROAD - SLIM) * _share(work.id),
        height=_height(len(work.title or work.id)),
        stripes=min(3, len(work.episodes) - 1),
        leaning=leaning,
    )


def _shared(archive: Archive, citation: Citation) -> int:
    """How many more episodes draw on a source's work."""
    return len(archive.work(citation.work).episodes) - 1 if citation.work else 0


def _first_year(text: str | None) -> int:
    """The first year a text names; what has none stands last."""
    found = re.search(r"[12]\d{3}", text or "")
    return int(found[0]) if found else 9999


def _words(title: str, *, faint: bool) -> Iterator[Book]:
    """A title's words as books; one that has none is a word itself."""
    words = re.findall(r"\w+", title)[:MOST] or [title]
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    for index, word in enumerate(words):
        breadth = SLIM + (BROAD - SLIM) * _share(word.casefold())
        leaning = index == longest
        yield Book(breadth, _height(8 * len(word)), faint=faint and not leaning, leaning=leaning)


def _height(length: int) -> float:
    """A book's height in the height of its shelf, by the length of its title."""
    return round(0.46 + 0.54 * min(length, 110) / 110, 3)


def _share(key: str) -> float:
    """A number from 0 to 1 that is always the same for the same text."""
    return round(_number(key) % 256 / 255, 3)


def _number(key: str) -> int:
    return int.from_bytes(sha256(key.encode("utf-8", "surrogatepass")).digest()[:4], "big")
