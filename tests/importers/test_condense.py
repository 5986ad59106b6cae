from backlist.importers.report import condense
from backlist.problems import Problems, Where


def test_faults_of_one_kind_are_shown_three_times_and_counted() -> None:
    problems = Problems()
    for line in range(1, 21):
        problems.warning(Where("f.xml", line), f'the season is not a number: "{line}"', "left out")
    problems.warning(Where("f.xml", 5), "something else")
    shown = [str(problem).split("\n") for problem in condense(problems)]

    assert [lines[0] for lines in shown] == [
        'f.xml:1: warning: the season is not a number: "1"',
        'f.xml:2: warning: the season is not a number: "2"',
        'f.xml:3: warning: the season is not a number: "3"',
        "f.xml:4: warning: 17 more: the season is not a number: …",
        "f.xml:5: warning: something else",
    ]
    assert shown[3][1] == "  lines 4, 5, 6, 7, 8, 9, 10, 11, …; `--json` lists them all"


def test_few_faults_and_all_errors_are_shown() -> None:
    problems = Problems()
    for line in range(1, 5):
        problems.info(Where("f.xml", line), "the guid has white space around it")
    for line in range(1, 21):
        problems.error(Where("f.xml", line), "is wrong")

    assert condense(problems).found == [*condense(problems).found]
    assert len(condense(problems).found) == 24
