import json
import re
import zlib
from dataclasses import replace
from html import unescape
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backlist.outputs.search.documents import (
    OFTEN,
    PIECE,
    document,
    facets,
    names,
)
from backlist.outputs.search.records import WEIGHTS, Part, Record
from backlist.outputs.search.words import plain, split
from backlist.parse.transcript import read

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)
PARTS = st.lists(st.builds(Part, st.sampled_from([f for f in WEIGHTS if f != "transcript"]), TEXTS))
CUES = st.lists(TEXTS.filter(lambda text: "<" not in text and "&" not in text), max_size=8)


def record(parts: list[Part], said: str = "") -> Record:
    script = read("said.vtt", said) if said else None
    return Record("Title", "episodes/a/", "1 May 2026", "", tuple(parts), (), script)


def indexed(made: Record) -> list[str]:
    """The words of the engine's document, in its order."""
    return unescape(
        re.sub(r"</p>", " ", re.sub(r"</?[bhi][^>]*>|<p[^>]*>", "", document(made).html))
    ).split()


def shown(made: Record) -> tuple[list[str], dict[str, Any]]:
    """The words of the reader's texts, in their order, and the first of the files."""
    files = {n: json.loads(zlib.decompress(c)) for n, c in document(made).files.items()}
    words = [word for part in files[""]["parts"] for word in split(part["text"])]
    for number in range(len(files) - 1):
        words += [word for _, text in files[f"-{number}"] for word in split(text)]
    return words, files[""]


def vtt(cues: list[str]) -> str:
    blocks = [f"00:{n:02}:00.000 --> 00:{n:02}:09.000\n{text}" for n, text in enumerate(cues)]
    return "WEBVTT\n\n" + "\n\n".join(blocks)


@given(PARTS, CUES)
def test_the_engine_and_the_reader_count_the_same_words(parts: list[Part], cues: list[str]) -> None:
    made = record(parts, vtt(cues))

    pairs = zip(indexed(made), shown(made)[0], strict=True)
    assert all(word in ("·", plain(other)) for word, other in pairs)


@given(PARTS)
def test_every_part_says_where_it_begins(parts: list[Part]) -> None:
    words, episode = shown(record(parts))

    for part in episode["parts"]:
        own = split(part["text"])
        assert words[part["at"] : part["at"] + len(own)] == own


def test_a_repeated_word_counts_once() -> None:
    html = document(record([Part("notes", " ".join(["cache"] * 9))])).html

    assert html.count("cache") - html.count("<i") == 1
    assert html.count('<i data-pagefind-weight="0">cache</i>') == 8


def test_a_word_said_again_and_again_is_found_at_its_first_places_only() -> None:
    said = "WEBVTT\n\n00:01.000 --> 00:09.000\n" + " ".join(["cache"] * 9)

    html = document(record([Part("title", "A title")], said)).html

    assert html.count('<i data-pagefind-weight="0">cache</i>') == OFTEN - 1
    assert html.count("·") == 9 - OFTEN


def test_facets_are_places_among_the_documents_as_gaps() -> None:
    archive = [
        replace(record([]), facets=(("topic", "Caches"), ("year", "2025"))),
        replace(record([]), facets=(("topic", "Maps"),)),
        replace(record([]), facets=(("topic", "Caches"), ("topic", "Caches"), ("year", "2024"))),
    ]

    found = json.loads(facets(archive))

    assert found == {
        "topic": [["Caches", [0, 2]], ["Maps", [1]]],
        "year": [["2024", [2]], ["2025", [0]]],
    }


def test_words_to_spell_are_plain_without_accents_and_the_most_usual_first() -> None:
    archive = [
        record([Part("title", "Zoë’s KV caches, at last"), Part("author", "Zhang 2023")]),
        record([Part("notes", "“Caches” and quantisation")]),
    ]

    assert json.loads(names(map(document, archive))) == [
        "caches",
        "last",
        "quantisation",
        "zhang",
        "zoe’s",
    ]


def test_the_same_word_counts_in_every_field() -> None:
    html = document(record([Part("title", "cache"), Part("notes", "cache")])).html

    assert 'weight="0"' not in html


def test_each_field_outweighs_all_below_it_together() -> None:
    weights = list(WEIGHTS.values())

    assert all(weight > sum(weights[n + 1 :]) for n, weight in enumerate(weights))
    assert weights[0] == 10 * 24
    assert list(WEIGHTS) == [
        "title",
        "summary",
        "notes",
        "transcript",
        "source",
        "author",
        "id",
        "alias",
    ]


def test_a_long_transcript_is_in_pieces_that_say_where_they_begin() -> None:
    cues = [" ".join(f"w{n}x{k}" for k in range(30)) for n in range(59)] * 2
    made = record([Part("title", "One two")], vtt(cues[:59]) + vtt(cues[59:])[6:])

    files = {n: json.loads(zlib.decompress(c)) for n, c in document(made).files.items()}

    starts = files[""]["transcript"]
    pieces = [files[f"-{n}"] for n in range(len(starts))]
    lengths = [sum(len(split(text)) for _, text in piece) for piece in pieces]
    assert starts == [2 + sum(lengths[:n]) for n in range(len(lengths))]
    assert sum(lengths) == 118 * 30
    assert all(PIECE - 30 <= length <= PIECE + 30 for length in lengths[:-1])
    assert pieces[0][1][0] == 60.0


def test_markup_in_a_title_reaches_the_engine_as_words() -> None:
    assert "<img" not in document(record([Part("title", "<img src=x onerror=alert(1)>")])).html
