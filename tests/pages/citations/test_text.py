"""Items as a line for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlist.pages.citations import Item, Name, Names, episode_item, text, work_item
from tests.pages.citations.making import archive, entry, items, work


def made(title: str = "A title") -> Item:
    one = entry("a-title", title, date="2026-03-18")
    return episode_item(one, archive(one))


def test_an_episode() -> None:
    assert text.write(made()) == (
        "Turing, H. & Shannon, A. (Hosts). (2026, March 18). A title [Podcast episode]. "
        "In AI Post Transformers. https://example.org/show/episodes/a-title/"
    )


def test_a_place_in_an_episode() -> None:
    assert text.write(made(), at=754) == (
        "Turing, H. & Shannon, A. (Hosts). (2026, March 18). A title [Podcast episode]. "
        "In AI Post Transformers, at 12:34. https://example.org/show/episodes/a-title/#t=754"
    )


@pytest.mark.parametrize(
    ("at", "mark"), [(0, "#t=0"), (754.25, "#t=754.25"), (100, "#t=100"), (3723.0004, "#t=3723")]
)
def test_the_address_of_a_place(at: float, mark: str) -> None:
    assert text.address(made(), at) == f"https://example.org/show/episodes/a-title/{mark}"


def test_only_an_episode_has_places() -> None:
    item = work_item(work(url="https://a.example/post"))

    assert text.address(item, 5) == "https://a.example/post"
    assert text.write(item, 5) == "https://a.example/post"


def test_works() -> None:
    paper = work_item(
        work(
            title="FlexGen: Why Not?",
            authors="Sheng et al.",
            year="2023",
            ids={"arxiv": "2303.06865"},
        )
    )
    book = work_item(work(title="A Primer", authors="Sorin, Hill, and Wood", ids={"doi": "10.1/x"}))

    assert text.write(paper) == (
        "Sheng et al. (2023). FlexGen: Why Not? arXiv:2303.06865. https://arxiv.org/abs/2303.06865"
    )
    assert text.write(book) == "Sorin, Hill, & Wood. A Primer. doi:10.1/x."


def test_initials_and_many_authors() -> None:
    many = Names(tuple(Name(f"N{n}", "Jean-Pierre Y.") for n in range(25)))
    said = text.write(Item("k", "x", "document", author=many))

    assert said.startswith("N0, J.-P. Y., N1, J.-P. Y.,")
    assert said.endswith("N18, J.-P. Y., … N24, J.-P. Y.")


@given(items, st.none() | st.floats(0, 1e5))
def test_it_is_one_line(item: Item, at: float | None) -> None:
    assert "\n" not in text.write(item, at)
    assert item.title in text.write(item, at)
