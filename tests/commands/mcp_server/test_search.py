"""Words rank and phrases must stand in the text, in every script."""

import pytest

from backlist.commands.mcp_server.search import Index, parse

TEXTS = (
    "Queues that forget: dropping work on purpose.",
    "A queue is a promise. Queues are long, and a long queue is a broken promise.",
    "The page cache keeps what was read.",
    "This page is about the cache of a ship.",
    "東海道新幹線の話です。",
    "What it is not is all of it.",
    "A “well–known” café",
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("promise", [1]),
        ("queue", [1, 0]),
        ("broken promises and dropping", [1, 0]),
        ('"page cache"', [2]),
        ('"PAGE   cache" queue', [2]),
        ('"a cache"', []),
        ('"pag" cache', []),
        ("cache page", [3, 2]),
        ("新幹線", [4]),
        ('"新幹線"', [4]),
        ('"not is all"', [5]),
        ('"well-known" café', [6]),
        ("nothing of the kind", []),
    ],
)
def test_finds_what_has_the_words_best_first(query: str, found: list[int]) -> None:
    assert Index(TEXTS).find(parse(query)) == found


def test_nothing_is_found_among_nothing() -> None:
    assert Index([]).find(parse("queue")) == []
