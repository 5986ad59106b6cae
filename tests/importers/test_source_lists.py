import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from backlist.importers.source_lists import read_list
from backlist.model import Source
from backlist.problems import Level, Problems, Where

HERE = Where("notes.txt", 7)


def sources_in(text: str) -> tuple[Source, ...]:
    problems = Problems()
    found = read_list(text, HERE, problems, lenient=False)

    assert not problems.stop()

    return found


WORD = st.text(
    st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8
) | st.sampled_from(["2.", "3.", "12.", "2.0:", "2-4×", "1.", "–", "I/O", "?", "Part", "δ-mem"])


def is_plain(words: list[str]) -> bool:
    text = " ".join(words)
    return "http" not in text.lower() and "—" not in text and text.split() == words


TITLE = st.lists(WORD, min_size=1, max_size=6).filter(is_plain).map(" ".join)
AUTHORS = st.lists(
    st.from_regex(r"[A-Z]\. [A-Z][a-zé]{1,6}(?: et al\.)?(?: \([A-Z][a-z]+\))?", fullmatch=True),
    min_size=1,
    max_size=4,
).map(", ".join)
YEAR = st.from_regex(r"(?:19|20)[0-9]{2}(?:[-–]20[0-9]{2})?", fullmatch=True)
URL = (
    st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=20)
    .filter(lambda rest: "http" not in rest.lower())
    .map(lambda rest: f"https://a.example/{rest}")
)
ENTRY = st.builds(
    lambda title, authors, year, url: Source(title=title, authors=authors, year=year, url=url),
    TITLE,
    AUTHORS,
    YEAR,
    URL,
)
BARE = st.builds(lambda url: Source(url=url), URL)
UNNAMED = st.builds(lambda title, url: Source(title=title, url=url), TITLE, URL)


def write_lines(sources: list[Source]) -> str:
    lines = []
    for number, source in enumerate(sources, 1):
        told = f"{source.title} — {source.authors}, {source.year}" if source.authors else None
        told = told or source.title
        lines += (
            [f"  {number}. {told}", f"     {source.url}"] if told else [f"  {number}. {source.url}"]
        )
    return "\n".join(lines)


@given(st.lists(ENTRY | BARE | UNNAMED, min_size=1, max_size=12))
def test_a_list_in_lines_and_on_one_line_is_the_same_list(entries: list[Source]) -> None:
    # An address is a word of its own: a title cannot end in one.
    lines = write_lines(entries)
    flat = " ".join(lines.split())
    assume(re.sub(r"\s", "", flat) == re.sub(r"\s", "", lines))
    expected = tuple(
        entry.model_copy(update={"role": "cited" if place else "subject"})
        for place, entry in enumerate(entries)
    )

    assert expected == sources_in(lines)
    assert expected == sources_in(flat)


@given(st.lists(URL, min_size=1, max_size=6))
def test_addresses_run_together_are_split_before_each(urls: list[str]) -> None:
    assume(not any(url.endswith(("/", "=")) for url in urls[:-1]))

    assert urls == [source.url for source in sources_in("".join(urls))]


def test_a_title_with_the_next_number_does_not_split_the_list() -> None:
    found = sources_in("1. Part 2. Next https://a.example 2. Other https://b.example")

    assert [source.title for source in found] == ["Part 2. Next", "Other"]


def test_entries_without_address_are_split_where_they_are_complete() -> None:
    found = sources_in("1. A — B. C, 2001 2. D — E. F, 2002 3. G https://g.example")

    assert [source.title for source in found] == ["A", "D", "G"]


def test_a_list_without_any_address_is_split_at_its_numbers() -> None:
    assert [s.title for s in sources_in("1. A 2. B 2.0 3. C")] == ["A", "B 2.0", "C"]


def test_a_number_no_address_stands_before_is_filled_from_the_text_between() -> None:
    found = sources_in("1. A 2. A book 3. Paper https://c.example 4. D https://d.example")

    assert [source.title for source in found] == ["A", "A book", "Paper", "D"]


def test_an_address_within_an_address_is_one() -> None:
    text = "https://archive.example/web/https://b.example/x?u=https://c.example"

    assert [text] == [source.url for source in sources_in(text)]


def test_lines_that_end_in_an_address_are_entries_without_numbers() -> None:
    found = sources_in("- First https://a.example\n- Second\n  https://b.example")

    assert [(source.title, source.url) for source in found] == [
        ("First", "https://a.example"),
        ("Second", "https://b.example"),
    ]


def test_what_follows_an_address_is_a_note() -> None:
    assert sources_in("1. T https://a.example (with code)")[0].note == "(with code)"


def test_a_linked_title_keeps_the_authors_after_it() -> None:
    found = sources_in("1. T https://a.example — B. C, 2001")[0]

    assert (found.title, found.authors, found.year, found.note) == ("T", "B. C", "2001", None)


def test_a_year_alone_after_the_separator_is_a_year() -> None:
    found = sources_in("1. T — 2001 https://a.example")[0]

    assert (found.authors, found.year) == (None, "2001")


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("2. A https://a.example 3. B https://b.example", 1, 2),
        ("1. A https://a.example 2. B https://b.example 4. C https://c.example", 3, 4),
        ("1. A https://a.example 1. B https://b.example", 2, 1),
        ("  1. A\n  https://a.example\n  3. B\n  https://b.example", 2, 3),
    ],
)
def test_a_list_that_does_not_count_up_is_an_error(text: str, expected: int, found: int) -> None:
    problems = Problems()

    assert read_list(text, HERE, problems, lenient=False) == ()
    assert [
        f"notes.txt:7: error: the source list is not numbered in order: expected `{expected}.`, "
        f"found `{found}.`\n"
        "  number it 1, 2, 3 …, or import with `--lenient-lists` to keep it as text"
    ] == [str(problem) for problem in problems]


def test_keeping_lists_makes_a_miscount_a_warning() -> None:
    problems = Problems()

    assert read_list("2. A https://a.example", HERE, problems, lenient=True) == ()
    assert 1 == problems.count(Level.WARNING) == len(problems.found)


def test_a_second_separator_is_told() -> None:
    problems = Problems()
    found = read_list("1. A — B — C, 2001 https://a.example", HERE, problems, lenient=False)

    assert (found[0].title, found[0].authors) == ("A", "B — C")
    assert problems.found[0].message == "source 1 holds ` — ` twice; the first ends the title"


def test_a_last_entry_that_may_be_two_is_told() -> None:
    problems = Problems()
    found = read_list("1. Part 2. Next https://a.example", HERE, problems, lenient=False)

    assert len(found) == 1
    assert problems.found[0].message.startswith("source 1 holds the text `2.`")


@pytest.mark.parametrize(
    ("text", "url", "note"),
    [
        ("1. A Study [https://a.example]", "https://a.example", "]"),
        ("1. A Study https://a.example/x[1] more", "https://a.example/x[1]", "more"),
        ("1. A Study http://[here]", None, None),
        ("1. A Study http://a\u2100b.example/", None, None),
    ],
)
def test_an_address_is_one_whose_host_can_be_told(
    text: str, url: str | None, note: str | None
) -> None:
    [source] = sources_in(text)
    assert (source.url, source.note) == (url, note)
    assert source.title and source.title.startswith("A Study")
