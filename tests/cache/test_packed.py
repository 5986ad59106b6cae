"""Long texts of records are held compressed, and nobody who reads them can tell."""

import pickle
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from backlist.cache.packed import LEAST, PackedBytes, PackedText


@dataclass(frozen=True)
class Told:
    name: str
    text: PackedText = PackedText()
    data: PackedBytes = PackedBytes()


SIGNS = st.characters(codec=None, exclude_categories=())
TEXTS = st.text(SIGNS, max_size=40).flatmap(lambda text: st.sampled_from([text, text * LEAST]))


@given(TEXTS, st.binary(max_size=2 * LEAST))
def test_what_is_packed_comes_back(text: str, data: bytes) -> None:
    told = Told("a", text, data)

    assert (told.text, told.data) == (text, data)
    assert told == Told("a", text, data) == pickle.loads(pickle.dumps(told)) == replace(told)
    assert replace(told, text="b") == Told("a", "b", data)


def test_a_field_that_is_not_given_is_empty() -> None:
    assert (Told("a").text, Told("a").data) == ("", b"")


def test_a_long_text_takes_less_memory_and_a_short_one_no_work() -> None:
    long, short = "Notes on notes. " * LEAST, "Notes."
    told = Told("a", long), Told("b", short)

    sizes = [len(pickle.dumps(one)) for one in told]
    assert sizes[0] < len(long) / 4
    assert vars(told[1])["_text"] is short
