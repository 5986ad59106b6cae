"""Papers taken are right, and nearly all are taken, on a third of the set that measures it."""

from benchmarks import lookup


def test_papers_taken_are_right_and_most_are_taken() -> None:
    papers = lookup.facts()
    made = list(lookup.rows(papers))[::3]

    precision, recall = lookup.measure([(row, lookup.look(row, papers)) for row in made])

    assert len(made) > 180
    assert precision >= 0.99
    assert recall >= 0.8
