"""When two addresses are the same source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.features import addresses

SAME = [
    ["http://www.owl.example/a/", "https://owl.example/a", "https://m.owl.example/A/index.html#x"],
    ["https://owl.example/a?b=1&c=2", "https://owl.example/a?c=2&utm_source=x&b=1"],
    [
        "https://www.youtube.com/watch?v=aBc",
        "https://youtu.be/aBc?si=x",
        "https://youtube.com/embed/aBc",
    ],
    [
        "https://github.com/Ann/Owl",
        "https://github.com/ann/owl/tree/main/src",
        "https://github.com/ann/owl.git",
    ],
    ["https://x.com/ann/status/12", "https://twitter.com/Ann/status/12?s=20"],
    [
        "https://smile.amazon.com/Some-Book/dp/0123456789/ref=x?tag=y",
        "https://www.amazon.com/gp/product/0123456789",
    ],
]
APART = [
    ("https://github.com/ann/owl/issues/1", "https://github.com/ann/owl"),
    ("https://youtu.be/aBc", "https://youtu.be/abc"),
    ("https://owl.example/a?page=1", "https://owl.example/a?page=2"),
    ("https://owl.example/a", "https://fox.example/a"),
]


@pytest.mark.parametrize("group", SAME, ids=lambda group: group[0])
def test_addresses_of_one_place_have_one_key(group: list[str]) -> None:
    assert len({addresses.key(address) for address in group}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_addresses_of_different_places_are_kept_apart(one: str, other: str) -> None:
    assert addresses.key(one) != addresses.key(other)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30))
def test_any_address_has_a_key(path: str) -> None:
    assert addresses.key(f"https://owl.example/{path}").startswith("owl.example")
