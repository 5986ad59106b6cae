"""Ranking by words, with its guards."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlist.model import Episode
from backlist.parse.features import terms
from backlist.parse.features.terms import Terms
from backlist.relate import ranking, vectors

WORDS = [f"word{n}" for n in range(40)]


def document(*words: str, spoken: bool = False) -> Terms:
    episode = Episode(title="the", slug="a")
    return terms.of(episode, " ".join(words), [], "" if spoken else None)


def archive(size: int, seed: int = 3) -> list[Terms]:
    chosen = random.Random(seed)
    return [document(*chosen.choices(WORDS, k=12)) for _ in range(size)]


def ranked(documents: list[Terms]) -> list[list[int]]:
    return ranking.rank(vectors.Index(documents), {}, [None] * len(documents))


def test_what_shares_rare_words_comes_first() -> None:
    common = ["sea", "land"]
    documents = [
        document("owl", "heron", *common),
        document(*common),
        document("owl", "heron", *common),
        *(document("sea", f"x{n}") for n in range(20)),
    ]

    assert ranked(documents)[0][0] == 2


def test_nothing_shared_is_nothing_offered() -> None:
    assert ranked([document("owl"), document("fox"), document()]) == [[], [], []]


def test_no_episodes_and_one_episode_are_archives_too() -> None:
    assert ranked([]) == []
    assert ranked([document("owl", "owl")]) == [[]]


@given(st.integers(2, 60), st.integers(0, 5))
def test_nobody_is_offered_itself_or_twice(size: int, seed: int) -> None:
    for place, answers in enumerate(ranked(archive(size, seed))):
        assert place not in answers
        assert len(set(answers)) == len(answers) <= vectors.DEPTH + 1


def test_equal_scores_go_to_the_newer_episode() -> None:
    documents = [document("owl"), document("owl"), document("owl"), document("fox")]

    assert ranked(documents)[2] == [0, 1]


def test_what_is_barred_is_not_offered() -> None:
    index = vectors.Index([document("owl", "fox")] * 3 + [document("elk")])

    assert ranking.rank(index, {0: {1}}, [None] * 4)[0] == [2]


def test_at_most_two_of_a_series_are_among_the_first_five() -> None:
    documents = archive(40)
    series = ["potluck" if n % 2 else None for n in range(40)]

    for answers in ranking.rank(vectors.Index(documents), {}, series)[::2]:
        first = [series[other] for other in answers[: ranking.FIRST - 1]]
        assert first.count("potluck") <= ranking.SERIES


def test_every_episode_of_a_large_archive_is_found_from_somewhere() -> None:
    listed = {other for answers in ranked(archive(120)) for other in answers[: ranking.FIRST]}

    assert len(listed) >= 119


def test_a_small_archive_asks_for_more_than_a_shared_word() -> None:
    close = [document("owl", "heron", "wader", "marsh", "word0") for _ in range(2)]
    far = [document(f"own{n}", f"other{n}", "word0", "word1") for n in range(4)]

    lists = ranked(close + far)

    assert lists[0] == [1]
    assert lists[1] == [0]


def test_more_is_asked_where_over_a_fifth_have_transcripts() -> None:
    words = [f"word{n}" for n in range(150)]
    for spoken, most in ((2, vectors.ASKED), (3, vectors.ASKED_SPOKEN)):
        text = "\n".join(words)
        documents = [document(text, spoken=number < spoken) for number in range(10)]

        assert vectors.Index([*documents, document("owl")]).asked.starts[1] == most


@given(st.integers(0, 30))
def test_what_is_near_in_time_comes_first_of_what_is_as_much_alike(seed: int) -> None:
    far, near = vectors.NEAR_DAYS * 2, vectors.NEAR_DAYS // 2
    order = random.Random(seed).sample([far, near, None], 3)
    documents = [document("owl", "fox"), *[document("owl", "fox")] * 3, document("elk")]

    lists = ranking.rank(vectors.Index(documents, [0, *order, 5]), {}, [None] * 5)

    assert lists[0][0] == 1 + order.index(near)


@given(st.integers(0, 30))
def test_blocks_change_no_answer(seed: int) -> None:
    documents = archive(60, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "BLOCK", 100)
        cut = vectors.Index(documents)

        assert ranking.rank(cut, {}, [None] * 60) == ranked(documents)


@given(st.integers(25, 700), st.integers(0, 5))
@settings(deadline=None, max_examples=20)
def test_the_bound_of_a_row_cuts_off_none_of_its_best(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).random((3, size)).round(2)

    best = np.sort(scores, axis=1)[:, -vectors.DEPTH]

    assert (vectors._bounds(scores) <= best).all()


@given(st.integers(25, 200), st.integers(0, 50))
@settings(deadline=None, max_examples=20)
def test_a_bonus_for_nearness_loses_no_answer(size: int, seed: int) -> None:
    chosen = random.Random(seed)
    documents = archive(size, seed)
    days = [chosen.choice([None, *range(0, 3000, 50)]) for _ in range(size)]
    index = vectors.Index(documents, days)

    everything = np.arange(size)
    scores = index._scores(0, size)
    scores *= index._nearness(np.repeat(everything, size), np.tile(everything, size)).reshape(
        size, size
    )
    np.fill_diagonal(scores, 0)
    best = np.round(-np.sort(-scores, axis=1)[:, : vectors.DEPTH], 9)

    answers = index.answers({})
    for one in range(size):
        first, last = answers.starts[one], answers.starts[one + 1]
        wanted = best[one][best[one] > 0]
        assert answers.scores[first:last].tolist() == wanted.tolist()


def test_words_of_a_long_line_that_three_episodes_have_do_not_count() -> None:
    block = "Brought to you by the makers of nests."
    for count, counts in ((terms.REPEATED - 1, True), (terms.REPEATED, False)):
        paid = [document(f"owl{n}\nnest\n{block}") for n in range(count)]
        index = vectors.Index(paid)

        assert ("maker" in index.texts) is counts
        assert "nest" in index.texts


def test_a_block_that_stands_twice_in_one_episode_is_in_one() -> None:
    block = "Brought to you by the makers of nests."
    documents = [document(f"{block}\n{block}"), document(block), document("owl")]

    assert "maker" in vectors.Index(documents).texts


def test_in_a_very_large_archive_only_the_heaviest_terms_ask() -> None:
    documents = [document("owl", "owl", "heron"), *(document("owl", "heron") for _ in range(9))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors, "LARGE", 20)
        patch.setattr(vectors, "REACHED", 12)
        index = vectors.Index([*documents, *(document(f"z{n}") for n in range(20))])

    assert [index.texts[n] for n in index.asked.numbers[:1]] == ["owl"]
    assert index.asked.starts[1] == 1
