"""Problems are collected, said once, and sorted as a person works through them."""

import pytest

from backlist.problems import Level, Problem, Problems, Where, did_you_mean, tally


def test_a_problem_reads_as_file_line_level_what_and_remedy() -> None:
    problem = Problem(Where("a.md", 7), Level.ERROR, "is wrong", "mend it\nor not")

    assert str(problem) == "a.md:7: error: is wrong\n  mend it\n  or not"


def test_the_line_is_left_out_when_the_whole_file_is_meant() -> None:
    assert str(Where("a.md")) == "a.md"


def test_problems_come_sorted_by_file_and_line_and_each_once() -> None:
    problems = Problems()
    problems.info(Where("b.md", 1), "b")
    problems.warning(Where("a.md", 10), "late")
    problems.error(Where("a.md", 9), "early")
    problems.error(Where("a.md", 9), "early")

    assert [str(p.where) for p in problems] == ["a.md:9", "a.md:10", "b.md:1"]


@pytest.mark.parametrize(
    ("level", "strict", "stops"),
    [
        (Level.INFO, True, False),
        (Level.WARNING, False, False),
        (Level.WARNING, True, True),
        (Level.ERROR, False, True),
    ],
)
def test_errors_stop_and_warnings_stop_when_strict(level: Level, strict: bool, stops: bool) -> None:
    problems = Problems([Problem(Where("a"), level, "x")])

    assert problems.stop(strict=strict) is stops


def test_the_tally_counts_each_level_worst_first() -> None:
    problems = Problems()
    problems.warning(Where("a"), "one")
    problems.error(Where("a"), "two")
    problems.error(Where("a"), "three")

    assert tally(problems) == "2 errors, 1 warning"


def test_a_near_word_is_suggested_and_else_all_known_ones_are_named() -> None:
    assert did_you_mean("titel", ["title", "slug"]) == "did you mean `title`?"
    assert did_you_mean("zzz", ["title", "slug"]) == "known here: slug, title"


def test_what_was_withdrawn_can_be_said_again() -> None:
    problems = Problems([Problem(Where("a"), Level.INFO, "x")])
    problems.info(Where("a"), "x")
    assert len(problems.found) == 1

    problems.withdraw(Where("a"), "x")
    assert problems.found == []
    problems.info(Where("a"), "x")
    assert len(problems.found) == 1
