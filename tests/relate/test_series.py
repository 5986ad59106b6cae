"""Which titles are of one series."""

from backlist.relate import series


def test_a_lead_that_three_titles_share_is_a_series() -> None:
    titles = ["Potluck — Owls", "Potluck: Foxes", "Potluck - Elks", "Owls: A Story", "Just Owls"]

    assert series.of(titles) == ["potluck", "potluck", "potluck", None, None]


def test_parts_of_one_title_are_a_series() -> None:
    assert series.of(["The Marsh, Part 1", "The Marsh, Part 2", "The Marsh"]) == [
        "the marsh",
        "the marsh",
        None,
    ]
