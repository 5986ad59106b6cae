"""Authors texts as people."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.pages.citations import names
from backlist.pages.citations.names import Name, Names
from backlist.pages.citations.text_cleaning import one_line
from tests.pages.citations.making import HOSTILE


def said(found: Names) -> list[str]:
    """Each name as `given|family`, or a literal in brackets, and `+` for others."""
    listed = [f"[{n.literal}]" if n.literal else f"{n.given}|{n.last}" for n in found.people]
    return [*listed, *(["+"] if found.others else [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ying Sheng, Lianmin Zheng, Daniel Y. Fu",
            ["Ying|Sheng", "Lianmin|Zheng", "Daniel Y.|Fu"],
        ),
        ("Dilek Hakkani-Tür, Christopher Ré", ["Dilek|Hakkani-Tür", "Christopher|Ré"]),
        ("Sheng et al.", ["|Sheng", "+"]),
        ("Chen et al", ["|Chen", "+"]),
        ("Zhang and others", ["|Zhang", "+"]),
        ("Haogang Chen et al.", ["Haogang|Chen", "+"]),
        ("Luke Nelson, Kaiyuan Zhang, et al.", ["Luke|Nelson", "Kaiyuan|Zhang", "+"]),
        ("Sorin, Hill, and Wood", ["|Sorin", "|Hill", "|Wood"]),
        ("Sorin, Hill, Wood", ["|Sorin", "|Hill", "|Wood"]),
        ("Megiddo and Modha", ["|Megiddo", "|Modha"]),
        ("Hal Turing & Dr. Ada Shannon", ["Hal|Turing", "Ada|Shannon"]),
        ("J.-P. Serre and A. Grothendieck", ["J.-P.|Serre", "A.|Grothendieck"]),
        ("de Moura and Bjørner", ["|de Moura", "|Bjørner"]),
        ("Jan van der Berg", ["Jan|van der Berg"]),
        ("Turing, Alan; Shannon, C. E.", ["Alan|Turing", "C. E.|Shannon"]),
        ("William H. Press, The-Anh Nguyen", ["William H.|Press", "The-Anh|Nguyen"]),
    ],
)
def test_a_list_of_names_is_people(text: str, expected: list[str]) -> None:
    assert said(names.authors(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "HuggingFace",
        "Hugging Face",
        "Google DeepMind",
        "IBM Research",
        "The ERNIE team",
        "Turing, Alan",
        "Turing, A. M.",
        "Turing, Alan and Shannon, Ada",
        "Turing A.M., Shannon C.E.",
        "Jane Doe, Stanford University",
        "Ying Sheng, Zheng",
        "Ying Sheng, 3 more",
        "李明, 王芳",
        "a sentence, and another",
        "Who? What! {x}",
    ],
)
def test_whatever_is_not_clearly_people_stays_as_it_is(text: str) -> None:
    assert names.authors(text) == Names((Name(literal=text),))


def test_last_first_before_et_al_is_not_two_people() -> None:
    assert said(names.authors("Kay, Alan, et al.")) == ["[Kay, Alan]", "+"]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        "Unknown",
        "MiKV authors",
        "Various (MoE literature)",
        "Cited in paper",
        "et al.",
    ],
)
def test_a_text_that_names_nobody_gives_nobody(text: str | None) -> None:
    assert names.authors(text) == Names()


def test_a_parenthesis_is_a_note() -> None:
    assert names.authors("Kwon et al. (vLLM)") == Names((Name("Kwon"),), True, "vLLM")


def test_a_suffix_is_no_family_name() -> None:
    assert names.authors("Guy L. Steele Jr.") == Names((Name("Steele", "Guy L.", "", "Jr."),))


@given(HOSTILE)
def test_whatever_the_text_no_word_is_invented(text: str) -> None:
    found = names.authors(text)
    words = " ".join(f"{n.literal} {n.given} {n.last} {n.suffix}" for n in found.people)

    assert all(word in unicodedata.normalize("NFC", one_line(text)) for word in words.split())
    assert found.people or not found.others


@given(st.lists(st.sampled_from(["Ada Ré", "Bo Chen", "Cy de Wit"]), min_size=2, max_size=9))
def test_full_names_split_into_as_many_as_they_are(listed: list[str]) -> None:
    for between in (", ", "; ", " and ", " & "):
        assert len(names.authors(between.join(listed)).people) == len(listed)
