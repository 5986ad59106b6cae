"""Words cut to a width."""

from hypothesis import given
from hypothesis import strategies as st

from backlist.extras.map import text_width

words = st.text() | st.text(st.sampled_from("aMi 語é-–/ \n"))


@given(words, st.floats(3, 40))
def test_what_is_cut_fits_and_begins_alike(text: str, ems: float) -> None:
    cut = text_width.fit(text, ems)

    whole = " ".join(text.split())
    assert text_width.width(cut) <= ems + 1
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]))


@given(words, st.floats(3, 20), st.integers(1, 3))
def test_wrapped_lines_are_few_and_fit(text: str, ems: float, lines: int) -> None:
    wrapped = text_width.wrap(text, ems, lines)

    assert len(wrapped) <= lines
    assert all(text_width.width(line) <= ems + 1 for line in wrapped)
    joined = "".join("".join(wrapped).split())
    whole = "".join(text.split())
    assert joined == whole or (joined.endswith("…") and whole.startswith(joined[:-1]))


def test_a_line_breaks_at_a_space_or_after_a_hyphen() -> None:
    assert text_width.wrap("Bidaw: Computation-Storage Aware", 10, 2)[0] == "Bidaw: Computation-"


def test_words_without_spaces_are_cut_anywhere() -> None:
    assert text_width.fit("潮汐と灯台の記録", 5) == "潮汐と灯…"
