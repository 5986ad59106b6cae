"""The rules take right papers, and nearly all of them, on a third of the set made to measure them."""

from benchmarks import lookup


def test_papers_taken_are_right_and_most_are_taken() -> None:
    papers = lookup.facts()
    made = list(lookup.rows(papers))[::3]

    precision, recall = lookup.measure([(row, lookup.look(row, papers)) for row in made])

    assert len(made) > 180
    assert precision >= 0.99
    assert recall >= 0.8
