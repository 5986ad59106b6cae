"""The words of an episode as weighted terms."""

import pytest

from backlist.model import Episode, Person, Source
from backlist.parse.features import terms
from backlist.parse.transcript import read


def plain(text: str) -> list[str]:
    return list(terms.words(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The caches of Ada’s story", ["cache", "ada", "story"]),
        ("C++ and C# and F", ["c++", "c#"]),
        ("H2O 2306.14048 1.58-bit 7", ["h2o", "2306", "14048", "1", "58", "bit", "7"]),
        (
            "queries, movies, ties, bus, class, axis",
            ["query", "movy", "ty", "bus", "class", "axis"],
        ),
        ("don't o'clock", ["o'clock"]),
        ("深層学習とキャッシュ", ["深層学習", "キャッシュ"]),
        ("国際宇宙科学研究所", ["国際", "際宇", "宇宙", "宙科", "科学", "学研", "研究", "究所"]),
        ("데이터 센터", ["데이터", "센터"]),
        ("ＫＶ　cache", ["kv", "cache"]),
    ],
)
def test_words_come_in_their_plainest_form(text: str, found: list[str]) -> None:
    assert plain(text) == found


def test_where_a_word_stands_decides_how_much_it_counts() -> None:
    episode = Episode(
        title="Owls",
        slug="a",
        summary="Owls",
        topics=("Owls",),
        people=(Person(name="Owl", role="guest"), Person(name="Fox")),
        sources=(Source(title="Owls"), Source(title="Owls and elks")),
    )

    found = terms.of(episode, "Owls, [owls](https://owl.example/owl).", [])

    topic = {terms.of_topic("Owls"): terms.TOPIC}
    assert found.weights == {"owl": 3 + 2 + 2 + 3 + 2 + 2, "elk": 1, **topic}
    assert terms.without(found, episode, [], {1}).weights == {"owl": 3 + 2 + 2 + 3 + 2 + 1, **topic}


def test_a_topic_counts_as_its_words_and_as_one_term_however_it_is_written() -> None:
    found, same = (
        terms.of(Episode(title="the", slug="a", topics=(topic,)), "", [])
        for topic in ("Night Owls", "night  owls")
    )

    assert found == same
    assert found.weights == {terms.of_topic("Night Owls"): 2, "night": 2, "owl": 2}
    assert "\n" not in terms.of_topic("Night\nOwls")


LINES = (
    "Brought to you by the makers of nests.\n\nOwls hunt.\n- brought to you by the makers of: Nests"
)


def test_long_lines_are_kept_by_their_words_and_follow_the_terms_wherever_these_go() -> None:
    episode = Episode(title="Owls", slug="a", sources=(Source(title="Makers"),))
    found = terms.of(episode, LINES, [])
    fewer = terms.without(found, episode, [], {0})
    spoken = terms.joined(found, terms.of_speech("Aardvarks and zebras"))

    for one in (found, fewer, spoken):
        (key, first), (other, second) = terms._unpacked(one)
        assert key == other
        assert first == second == ["brought", "maker", "nest"]
    assert len(spoken.weights) > len(found.weights)


def test_addresses_and_hosts_count_once_and_searches_and_own_episodes_not_at_all() -> None:
    episode = Episode(
        title="A",
        slug="a",
        sources=(
            Source(url="https://www.paper.example/one.pdf?utm_source=x"),
            Source(url="http://paper.example/one.pdf"),
            Source(url="https://scholar.google.com/scholar?q=owls"),
            Source(url="https://own.example/episode.mp3"),
        ),
    )

    links = ["https://arxiv.org/pdf/2401.00001v2", "/about/", "https://own.example/"]
    found = terms.without(terms.of(episode, "", links), episode, links, {3})

    assert found.weights == {
        "\0own.example": terms.ADDRESS,
        "\0own.example/": terms.HOST,
        "\0paper.example/one.pdf": terms.ADDRESS,
        "\0paper.example/": terms.HOST,
        "\0arxiv:2401.00001": terms.ADDRESS,
        "\0arxiv.org/": terms.HOST,
    }


def test_what_is_said_counts_once_each_time_and_marks_do_not() -> None:
    spoken = read("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Fox>Owls, owls\n")

    found = terms.of(Episode(title="Owls", slug="a"), "", [], spoken.words)

    assert found.weights == {"owl": terms.TITLE + 2 * terms.SPEECH}
    assert found.spoken
