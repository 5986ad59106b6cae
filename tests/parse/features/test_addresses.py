"""When two addresses are the same source."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.model import Source
from backlist.parse.features import addresses, identity

TEXT = Path(__file__).with_name("addresses.txt").read_text(encoding="utf-8")


def kinds() -> Iterator[list[list[str]]]:
    """Each kind of the corpus: its places, each by all its addresses."""
    for block in TEXT.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield [line.split() for line in lines]


KINDS = list(kinds())
SAME = [pair for kind in KINDS for place in kind for pair in combinations(place, 2)]
APART = [
    (one, other)
    for kind in KINDS
    for here, there in combinations(kind, 2)
    for one in here
    for other in there
]


def joined(url: str) -> str | None:
    return identity.id_key(Source(url=url))


def test_addresses_of_one_place_have_one_key() -> None:
    assert [(a, b) for a, b in SAME if not joined(a) or joined(a) != joined(b)] == []


def test_addresses_of_different_places_are_kept_apart() -> None:
    assert [(a, b) for a, b in APART if joined(a) == joined(b)] == []


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(SAME) > 300
    assert len(APART) > 3000
    assert len({url for kind in KINDS for place in kind for url in place}) > 300


@pytest.mark.parametrize(
    "address", ["https://owl.example/", "https://www.owl.example", "https://owl.example?#a"]
)
def test_a_home_page_is_no_work(address: str) -> None:
    assert joined(address) is None


def test_what_is_compared_with_own_episodes_keeps_case_and_routes() -> None:
    assert addresses.plain("HTTPS://WWW.Owl.example/A/#top") == "owl.example/A"
    assert addresses.plain("https://owl.example/#/a") == "owl.example#/a"
    assert addresses.plain("https://owl.example/my-index.html") == "owl.example/my-index.html"
    assert addresses.plain("https://owl.example/my/index.html") == "owl.example/my"


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
def test_any_address_has_a_key(path: str) -> None:
    assert addresses.key(f"https://owl.example/{path}").startswith("owl.example")
