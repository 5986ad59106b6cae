import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.outputs.search.words import BREAK, plain, query, spaced, split

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("2306.14048", "2306.14048"),
        ("arXiv:2306.14048v2", "arxiv: 2306.14048"),
        ("H2O", "h2o"),
        ("1.58-bit", "1.58-bit"),
        ("δ-mem", "delta-mem"),
        ("Δ-mem", "delta-mem"),
        ("TD(λ)", "td (lambda)"),
        ("ς", "sigma"),
        ("αβγ", "αβγ"),
        ("ＫＶ－ｃａｃｈｅ", "kv-cache"),
        ("KV/cache", "kv/ cache"),
        ("SSD I/O", "ssd i/o"),
        ("doi:10.1145/3600006.3613165", "doi: 10.1145/ 3600006.3613165"),
        ("注意力机制", "注 意 力 机 制"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_what_a_reader_types_is_asked_for_in_plain_words(typed: str, asked: str) -> None:
    assert query(typed) == asked


@given(TEXTS)
def test_a_spaced_text_looks_as_it_did(text: str) -> None:
    assert spaced(text).replace(BREAK, "") == " ".join(text.replace(BREAK, "").split())


@given(TEXTS)
def test_words_have_no_room_in_them_and_none_are_lost(text: str) -> None:
    words = split(spaced(text))

    assert all(word and not re.search(f"[\\s{BREAK}]", word) for word in words)
    assert "".join(words) == "".join(text.replace(BREAK, "").split())


@given(TEXTS)
def test_a_plain_word_stays_what_it_is(text: str) -> None:
    once = [plain(word) for word in split(spaced(text))]

    assert all(not re.search(r"\s", word) for word in once)


@given(st.sampled_from("αβγδεζηθικλμνξοπρστυφχψω"), st.sampled_from(["", "-mem", "0", ")", "/x"]))
def test_a_greek_letter_that_stands_alone_is_found_by_its_name(letter: str, rest: str) -> None:
    assert re.match("[a-z]{2,7}", plain(letter + rest))
    assert plain(letter.upper()) == plain(letter)
