"""Authors agree however a show and a service write their names."""

import pytest

from backlist.commands.lookup import people
from backlist.commands.lookup.records import Author

SORIN = (Author("Sorin", "Daniel J."), Author("Hill", "Mark D."), Author("Wood", "David A."))


@pytest.mark.parametrize(
    "given",
    [
        "Sorin et al.",
        "Sorin, Hill, and Wood",
        "Daniel J. Sorin, Mark D. Hill, David A. Wood",
        "Daniel Sorin, Mark Hill, David Wood",
        "D. J. Sorin, M. D. Hill, D. A. Wood",
        "D.J. Sorin, M.D. Hill, D.A. Wood",
        "Sorin, Daniel J.; Hill, Mark D.; Wood, David A.",
        "David Wood and Mark Hill",
        "Daniel Sorin et al. (Duke)",
    ],
)
def test_authors_agree(given: str) -> None:
    found = people.compare(given, SORIN)

    assert found.agrees
    assert found.is_whole


def test_a_service_may_have_names_whole_or_in_another_order() -> None:
    whole = (Author("Daniel J. Sorin"), Author("Mark D. Hill"))

    assert people.compare("Sorin et al.", whole).agrees
    assert people.compare("Mo Zou, Dong Du", (Author("Zou Mo"), Author("Du Dong"))).is_whole
    assert people.compare("Christopher Ré", (Author("Re", "C."),)).is_whole
    assert people.compare("M. Frans Kaashoek", (Author("Kaashoek", "Frans"),)).is_whole
    assert people.compare("Gyeong-In Yu", (Author("Yu", "Gyeongin"),)).is_whole
    assert people.compare("HuggingFace", (Author("Hugging Face"),)).agrees


@pytest.mark.parametrize("given", ["", "Unknown", "MiKV authors", "Various (MoE literature)"])
def test_who_names_nobody_neither_agrees_nor_contradicts(given: str) -> None:
    found = people.compare(given, SORIN)

    assert found.is_open
    assert not found.agrees


@pytest.mark.parametrize(
    "given", ["Hill et al.", "Adve and Gharachorloo", "Peter Sorin", "OpenAI", "E. Sorin et al."]
)
def test_others_do_not_agree(given: str) -> None:
    assert not people.compare(given, SORIN).agrees


def test_a_few_right_names_among_wrong_ones_are_told_apart() -> None:
    first = people.compare("Daniel Sorin, Ann Owl, Ben Wren", SORIN)
    later = people.compare("Ann Owl, Ben Wren, David Wood", SORIN)

    assert first.agrees and not first.is_whole
    assert not later.agrees
