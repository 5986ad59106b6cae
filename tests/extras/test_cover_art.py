"""A cover says what the sources are, the same way every time, and is nothing but shapes."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from backlist.extras import cover_art
from backlist.extras.cover_art.shelf import BROAD, SLIM, Book, Palette, shelved, square, svg
from backlist.relate.archive import Archive, Entry
from tests.conftest import MakeSite, built, episode

SOURCES = """
sources:
  - {title: The subject, year: 2025, url: https://papers.example/a, role: subject}
  - {title: An old one, year: 1999, url: https://papers.example/b}
  - {title: Only searched for, year: 2010, url: "https://scholar.google.com/scholar?q=x"}
  - {title: "Episode: Other", url: "https://small.example/other.mp3"}
"""

BOOKS = st.lists(
    st.builds(
        Book,
        breadth=st.floats(SLIM, BROAD),
        height=st.floats(0.3, 1),
        stripes=st.integers(0, 3),
        faint=st.booleans(),
        labelled=st.booleans(),
        leaning=st.booleans(),
    ),
    min_size=1,
    max_size=120,
)


def archive(site: MakeSite) -> Archive:
    text = episode("About it", "about", topics="[Memory]", date="2025-02-01")
    other = episode(
        "Other",
        "other",
        audio="https://small.example/other.mp3",
        date="2025-01-01",
        sources="[{title: An old one, url: https://papers.example/b}]",
    )
    root = site(
        {
            "content/episodes/a.md": text.replace("\n---\n\n", SOURCES + "---\n\n", 1),
            "content/episodes/b.md": other,
        }
    )
    made, _ = built(root)
    assert made is not None
    return made.archive


def test_books_stand_by_year_and_say_what_they_are(site: MakeSite) -> None:
    known = archive(site)

    old, searched, subject, mention = cover_art.books(known, known.entry("about"))

    assert old.stripes == 1 and not old.faint
    assert searched.faint and not searched.labelled
    assert subject.leaning and subject.stripes == 0
    assert mention.labelled and not mention.faint


def test_the_same_work_is_as_broad_wherever_it_stands(site: MakeSite) -> None:
    known = archive(site)

    here = cover_art.books(known, known.entry("about"))[0]
    there = cover_art.books(known, known.entry("other"))[0]

    assert (here.breadth, here.height) == (there.breadth, there.height)


def test_an_episode_without_sources_shows_the_words_of_its_title(site: MakeSite) -> None:
    made, _ = built(site({"content/episodes/a.md": episode("A title of five words", "a")}))
    assert made is not None

    books = cover_art.books(made.archive, made.archive.entry("a"))

    assert len(books) == 5
    assert [book.leaning for book in books] == [False, True, False, False, False]
    assert cover_art.palette(made.archive.entry("a")) == cover_art.PLAIN


@pytest.mark.parametrize("title", ["深層学習の論文", "!?", "🙂", "x" * 4000, "<&>\"'"])
def test_any_title_has_a_cover(site: MakeSite, title: str) -> None:
    known = archive(site)
    entry = known.entry("other")
    renamed = replace(
        entry, episode=entry.episode.model_copy(update={"title": title}), citations=()
    )

    drawn = cover_art.CoverArt(known, renamed).__html__()

    etree.fromstring(drawn)
    assert len(drawn) < 8_000


def test_spellings_of_one_topic_have_one_palette(site: MakeSite) -> None:
    entry = archive(site).entry("about")

    def of(*topics: str) -> Entry:
        return replace(entry, episode=entry.episode.model_copy(update={"topics": topics}))

    assert cover_art.palette(of("KV cache")) == cover_art.palette(of("kv Cache", "Other"))
    assert cover_art.palette(of("…")) == cover_art.PLAIN


@given(BOOKS)
def test_a_cover_is_hidden_from_readers_holds_nothing_but_paths_and_stays_inside(
    books: list[Book],
) -> None:
    drawn = svg(square(books, cover_art.PALETTES[0]))

    root = etree.fromstring(drawn)
    assert root.get("aria-hidden") == "true"
    assert {one.tag for one in root} == {"path"}
    assert {name for one in root for name in one.attrib} == {"fill", "d"}
    points = [float(n) for n in re.findall(r"[\d.-]+", "".join(p.get("d", "") for p in root[1:]))]
    assert min(points) >= 0 and max(points) <= 320
    assert drawn == svg(square(books, cover_art.PALETTES[0]))


@given(BOOKS)
def test_no_book_stands_in_another(books: list[Book]) -> None:
    upright = [replace(book, leaning=False, stripes=0, labelled=False) for book in books]

    shapes = [
        shape.points for shape in shelved(upright, (0.0, 0.0, 300.0, 300.0), cover_art.PALETTES[0])
    ]

    rows: dict[float, list[tuple[float, float]]] = {}
    for points in shapes:
        across = [x for x, _ in points]
        if max(across) - min(across) < 300:
            rows.setdefault(max(y for _, y in points), []).append((min(across), max(across)))
    for row in rows.values():
        assert all(left[1] <= right[0] + 0.2 for left, right in pairwise(row))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    "palette", [*cover_art.PALETTES, cover_art.PLAIN], ids=lambda palette: palette.background
)
def test_words_and_accent_can_be_read_on_every_palette(palette: Palette) -> None:
    assert_legible(palette)


def assert_legible(palette: Palette) -> None:
    background = luminance(palette.background) + 0.05

    assert (luminance("#f6efe2") + 0.05) / background >= 4.5
    assert (luminance(palette.accent) + 0.05) / background >= 4.5


@given(st.integers(0, 0xFFFFFF))
def test_words_can_be_read_on_a_card_in_any_accent(colour: int) -> None:
    assert_legible(cover_art.palette_of(f"#{colour:06x}"))


@given(BOOKS)
def test_stripes_and_labels_lie_over_every_book(books: list[Book]) -> None:
    palette = cover_art.PALETTES[0]
    fills = [one.get("fill") for one in etree.fromstring(svg(square(books, palette)))]

    assert fills[0] == palette.background
    assert len(fills) <= 5
    assert palette.background not in fills[1:-1]


def test_the_cover_of_a_real_entry_is_small(rich: Path) -> None:
    made, _ = built(rich)
    assert made is not None

    sizes = [
        len(cover_art.CoverArt(made.archive, entry).__html__()) for entry in made.archive.entries
    ]

    assert max(sizes) < 2_000
