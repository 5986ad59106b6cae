"""Which episodes are of one series: told as a reason, or only kept apart in lists."""

import pytest

from backlist.model import Episode, Show
from backlist.relate.series import Series, part_of
from tests.conftest import MakeSite, built, episode

SHOW = Show(title="Night Birds", description="Birds.")


def series(*titles: str) -> Series:
    return Series([Episode(title=t, slug=f"e{n}") for n, t in enumerate(titles)], SHOW)


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("The Marsh, Part 1", "The Marsh, Part 2", "The Marsh"),
        ("The Marsh - PART I", "The Marsh — Part II", "The Marsh"),
        ("The Marsh (pt. one) with a guest", "The Marsh, pt two", "The Marsh"),
        ("Episode 77: The Marsh Pt. 1", "Episode 78: The Marsh Pt.2, with a guest", "The Marsh"),
        ("91: Best of 2015 - Part 1", "92: Best of 2015 - Part 2", "Best of 2015"),
        ("S02 Episode 07: The Marsh, Part 1", "S02 Episode 08: The Marsh, Part 2", "The Marsh"),
        ("Questions #3", "Questions #4: Owls", "Questions"),
        ("The Marsh (1/2)", "The Marsh (2/2)", "The Marsh"),
        ("The Marsh [1 of 2]", "The Marsh [2 of 2]", "The Marsh"),
        ("Herons (Marsh Stories Pt. 1)", "Owls (Marsh Stories Pt. 2)", "Marsh Stories"),
        ("The Marsh - Ep. 1", "The Marsh - Ep. 2", "The Marsh"),
        ("Das Moor, Teil 1", "Das Moor, Teil 2", "Das Moor"),
        ("湿地 - 鳥（上）", "湿地 - 鳥(下)", "湿地 - 鳥"),
        ("湿地 前編", "湿地 後編", "湿地"),
        ("The Marsh", "The Marsh, Part 2", None),
        ("The Marsh", "The Marsh, Part 1", None),
        ("The Marsh, Part 2", "The Marsh, Part 2", None),
        ("World War I", "World War II", None),
        ("Owls 2", "Owls 3", None),
        ("Reading 2019", "Reading 2020", None),
        ("Night Birds #1", "Night Birds #2", None),
        ("Bonus Episode 1", "Bonus Episode 2", None),
        ("Episode 1", "Episode 2", None),
        ("#1", "#2", None),
        ("12: Owls", "13: Owls", None),
        ("S1E1", "S1E2", None),
        ("Open 24/7", "Open 23/7", None),
        ("Part 1.5 of it", "Part 2.5 of it", None),
        ("The part I like", "The part V like", None),
    ],
)
def test_two_parts_of_one_title_are_of_a_series(first: str, second: str, name: str | None) -> None:
    found = series(first, second, "Owls", "Foxes")

    assert found.shared("e0", "e1") == found.shared("e1", "e0") == name


def test_a_title_that_others_continue_is_their_first_part() -> None:
    found = series("The Marsh", "The Marsh, Part 2", "The Marsh, Part 3", "Owls")

    assert found.shared("e0", "e2") == "The Marsh"
    assert found.shared("e0", "e3") is None


def test_what_most_episodes_are_of_is_the_show() -> None:
    titles = [f"The Marsh - Ep. {n}" for n in range(1, 15)]

    assert series(*titles).shared("e0", "e1") is None
    assert series(*titles, *(f"Owls {n}" for n in range(40))).shared("e0", "e1") == "The Marsh"


@pytest.mark.parametrize("title", ["Owls", "Part", "(((", "(Part 1", "Part 1)", "Ep. 4", "上"])
def test_titles_with_little_in_them_are_read_too(title: str) -> None:
    assert part_of(title) is None


def seasons(kind: str, *names: str) -> Series:
    episodes = [
        Episode(
            title=f"Owls {n}",
            slug=f"e{n}",
            season=1,
            feed_elements=(f'<podcast:season name="{name}">1</podcast:season>',),
        )
        for n, name in enumerate(names)
    ]
    return Series(episodes, SHOW.model_copy(update={"type": kind}))


def test_a_named_season_of_a_serial_show_is_a_series_where_there_are_two() -> None:
    assert seasons("serial", "Marsh", "Marsh", "Moor").shared("e0", "e1") == "Marsh"
    assert seasons("serial", "Marsh", "Marsh", "Moor").shared("e0", "e2") is None
    assert seasons("serial", "Marsh", "Marsh").shared("e0", "e1") is None
    assert seasons("episodic", "Marsh", "Marsh", "Moor").shared("e0", "e1") is None


def test_a_lead_that_three_titles_share_is_kept_apart_and_no_reason() -> None:
    found = series("Potluck — Owls", "#2: Potluck: Foxes", "Potluck - Elks", "Owls: A Story")

    assert found.apart == ["potluck", "potluck", "potluck", None]
    assert found.shared("e0", "e1") is None


def test_parts_and_the_title_that_they_continue_are_kept_apart() -> None:
    assert series("The Marsh, Part 1", "The Marsh, Teil 2", "Owls").apart == [
        *["the marsh"] * 2,
        None,
    ]
    assert series("The Marsh", "The Marsh (2/3)", "The Marsh (3/3)").apart == ["the marsh"] * 3


def test_the_numbers_of_episodes_are_no_series_to_keep_apart() -> None:
    titles = [f"Radio Episode {n}: {bird}" for n, bird in enumerate(["Owls", "Foxes", "Elks"])]

    assert series(*titles).apart == [None, None, None]


def test_a_page_says_which_series(site: MakeSite) -> None:
    titles = {"a": "The Marsh, Part 1", "b": "The Marsh, Part 2", "c": "Foxes"}
    root = site({f"content/episodes/{s}.md": episode(t, s) for s, t in titles.items()})
    made, _ = built(root)

    assert made is not None
    (found,) = made.archive.entry("a").related
    assert [(one.kind, one.text) for one in found.reasons] == [
        ("series", "both in the series “The Marsh”")
    ]
