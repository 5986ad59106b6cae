"""Ranking by words, with its guards."""

import random

from hypothesis import given
from hypothesis import strategies as st

from backlist.relate import vectors
from backlist.relate.terms import Terms

WORDS = [f"word{n}" for n in range(40)]


def document(*words: str) -> Terms:
    terms = Terms()
    for word in words:
        terms.add_text(word, 1)
    return terms


def archive(size: int, seed: int = 3) -> list[Terms]:
    chosen = random.Random(seed)
    return [document(*chosen.choices(WORDS, k=12)) for _ in range(size)]


def ranked(documents: list[Terms]) -> list[list[int]]:
    return vectors.rank(vectors.Index(documents), {}, [None] * len(documents))


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

    assert vectors.rank(index, {0: {1}}, [None] * 4)[0] == [2]


def test_at_most_two_of_a_series_are_among_the_first_five() -> None:
    documents = archive(40)
    series = ["potluck" if n % 2 else None for n in range(40)]

    for answers in vectors.rank(vectors.Index(documents), {}, series)[::2]:
        first = [series[other] for other in answers[: vectors.FIRST - 1]]
        assert first.count("potluck") <= vectors.SERIES


def test_every_episode_of_a_large_archive_is_found_from_somewhere() -> None:
    listed = {other for answers in ranked(archive(120)) for other in answers[: vectors.FIRST]}

    assert len(listed) >= 119


def test_a_small_archive_asks_for_more_than_a_shared_word() -> None:
    close = [document("owl", "heron", "wader", "marsh", "word0") for _ in range(2)]
    far = [document(f"own{n}", f"other{n}", "word0", "word1") for n in range(4)]

    lists = ranked(close + far)

    assert lists[0] == [1]
    assert lists[1] == [0]


def test_more_is_asked_where_over_a_fifth_have_transcripts() -> None:
    documents = [document(*(f"word{n}" for n in range(150))) for _ in range(10)]
    for spoken, most in ((2, vectors.ASKED), (3, vectors.ASKED_SPOKEN)):
        for episode in documents[:spoken]:
            episode.spoken = True

        assert vectors.Index([*documents, document("owl")]).asked(0) == slice(0, most)
