"""Mentions as arcs, and which are drawn when there are too many."""

from backlist.extras.map import arcs, rows
from backlist.model import Episode
from tests.extras.map import invented


def arched(mentions: dict[int, list[int]], count: int) -> arcs.Arched:
    entries = [
        invented.entry(
            Episode(title=f"Number {n}", slug=f"e{n}"),
            mentions=tuple(f"e{other}" for other in mentions.get(n, ())),
        )
        for n in range(count)
    ]
    return arcs.layout(entries, rows.layout(entries).rows)


def test_mentions_both_ways_are_one_arc() -> None:
    told = arched({0: [2], 2: [0], 1: [2]}, 3)

    assert sorted((arc.down, arc.up) for arc in told.arcs) == [(1, 0), (1, 1)]
    assert told.mentions.count == told.mentions.of == 3


def test_a_mention_of_a_newer_episode_leads_up() -> None:
    (arc,) = arched({2: [0]}, 3).arcs

    assert (arc.down, arc.up) == (0, 1)


def test_the_longest_arc_is_the_widest_and_drawn_first() -> None:
    told = arched({0: [1, 9]}, 10)

    first, second = told.arcs
    assert first.bottom - first.top == told.span > second.bottom - second.top
    wide, narrow = (float(arc.path.split("C")[1].split()[0]) for arc in (first, second))
    assert wide < narrow


def test_of_too_many_those_of_the_most_mentioned_are_drawn() -> None:
    mentions = {n: [n + 1, 239] for n in range(200)}
    told = arched(mentions, 240)

    assert told.mentions.least > 1
    assert (told.mentions.count, told.mentions.of) == (200, 400)
    assert told.mentions.every


def test_when_all_are_mentioned_alike_the_newest_mentions_are_drawn() -> None:
    mentions = {n: [n + 120, (n + 1) % 120 + 120, (n + 2) % 120 + 120] for n in range(120)}
    told = arched(mentions, 240)

    assert (told.mentions.count, told.mentions.of) == (arcs.MOST, 360)
    assert not told.mentions.every
    tops = {arc.top for arc in told.arcs}
    assert len(tops) == arcs.MOST / 3


def test_an_archive_without_mentions_has_no_arcs() -> None:
    told = arched({}, 3)

    assert (told.arcs, told.span, told.mentions.of) == ((), 0.0, 0)
