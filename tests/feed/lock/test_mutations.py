"""What a broken migration does to a feed, and that the lock blocks each in the right words."""

import functools
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlist.feed.lock import Snapshot, compare
from backlist.feed.lock.lockfile import LockedItem
from backlist.model.scalars import Moment
from backlist.problems import Level
from tests.feed.lock.invented import changed, feed, items, read, refused, rss

SHOW = items(40)
ADDRESSED = [
    one.model_copy(update={"guid": f"http://old.example/?p={one.guid}", "permalink": True})
    for one in SHOW
]
PADDED = [one.model_copy(update={"guid": f" {one.guid}\n"}) for one in SHOW]


@functools.cache
def known(show: tuple[LockedItem, ...]) -> Snapshot:
    """What subscribers of a show have; it is read once."""
    return read(rss(show))


def _with_guid(one: LockedItem, make: Callable[[str], str]) -> LockedItem:
    return one.model_copy(update={"guid": make(one.guid)})


GUIDS: dict[str, tuple[list[LockedItem], Callable[[str], str], str]] = {
    "prefix": (SHOW, lambda g: f"urn:{g}", "would have something added before or after"),
    "case": (SHOW, str.upper, "would differ only in case"),
    "strip": (PADDED, str.strip, "would differ only in white space"),
    "pad": (SHOW, lambda g: f"\n  {g} ", "would differ only in white space"),
    "https": (
        ADDRESSED,
        lambda g: g.replace("http://", "https://"),
        "would differ only in `http://` and `https://`",
    ),
    "host": (
        ADDRESSED,
        lambda g: g.replace("old.example", "new.example"),
        "would differ only in the host",
    ),
    "other": (SHOW, lambda g: g[::-1], "would be replaced, the audio address staying"),
}
places = st.integers(0, len(SHOW) - 1)
some = st.sets(places, min_size=1)


@pytest.mark.parametrize("name", GUIDS)
@settings(max_examples=15)  # of each of seven
@given(hit=some)
def test_a_changed_guid_is_refused_however_many_and_whichever(name: str, hit: set[int]) -> None:
    show, make, words = GUIDS[name]
    new = [_with_guid(one, make) if n in hit else one for n, one in enumerate(show)]

    (violation,) = refused(known(tuple(show)), read(rss(new)))

    assert violation.message.startswith(f"{len(hit)} of 40 guids {words}")
    assert len(violation.subjects) == len(hit)
    assert len(violation.examples) == min(len(hit), 4)


@pytest.mark.parametrize("name", GUIDS)
def test_a_changed_guid_is_seen_through_a_move_of_the_sounds(name: str) -> None:
    show, make, words = GUIDS[name]
    new = [
        _with_guid(one, make).model_copy(update={"audio": f"https://b.example/{n}.mp3"})
        for n, one in enumerate(show)
    ]
    words = "would change, and the audio address too" if name == "other" else words

    (violation,) = refused(known(tuple(show)), read(rss(new)))

    assert violation.message.startswith(f"40 of 40 guids {words}")


@given(gone=some)
def test_dropped_items_are_refused(gone: set[int]) -> None:
    new = [one for n, one in enumerate(SHOW) if n not in gone]

    (violation,) = refused(known(tuple(SHOW)), read(rss(new)))

    lost = "40 items would be lost" if len(gone) == 40 else f"{len(gone)} of 40 items would be lost"
    assert lost in violation.message


def test_thirty_dropped_items_are_refused() -> None:
    (violation,) = refused(known(tuple(SHOW)), read(rss(SHOW[30:])))

    assert violation.message == "30 of 40 items would be lost"
    assert violation.examples[-1] == "and 27 more"


@given(twice=some)
def test_duplicates_are_refused(twice: set[int]) -> None:
    copies = [SHOW[n] for n in sorted(twice)]

    (violation,) = refused(known(tuple(SHOW)), read(rss([*SHOW, *copies])))

    assert violation.message.startswith(f"{len(twice)} of 40 guids would be on more than one item")


@given(st.tuples(places, places).filter(lambda p: p[0] != p[1]))
@pytest.mark.parametrize("move", [False, True])
def test_two_swapped_guids_are_refused(move: bool, pair: tuple[int, int]) -> None:
    guids = [one.guid for one in SHOW]
    guids[pair[0]], guids[pair[1]] = guids[pair[1]], guids[pair[0]]
    new = [one.model_copy(update={"guid": guid}) for one, guid in zip(SHOW, guids, strict=True)]
    if move:
        new = [
            one.model_copy(update={"audio": one.audio.replace("audio.small", "cdn.big")})
            for one in new
        ]

    found = refused(known(tuple(SHOW)), read(rss(new)))

    assert found[0].message == "2 of 40 guids would move to another episode"


@given(st.tuples(places, places).filter(lambda p: p[0] != p[1]))
def test_two_swapped_dates_are_refused(pair: tuple[int, int]) -> None:
    dates = [one.date for one in SHOW]
    dates[pair[0]], dates[pair[1]] = dates[pair[1]], dates[pair[0]]
    new = [one.model_copy(update={"date": day}) for one, day in zip(SHOW, dates, strict=True)]

    (violation,) = refused(known(tuple(SHOW)), read(rss(new)))

    assert violation.message == "2 of 40 publication dates would be those of other items"


@given(days=st.integers(1, 4000))
def test_dates_shifted_forward_are_refused(days: int) -> None:
    new = _shifted(timedelta(days=days))

    (violation,) = refused(known(tuple(SHOW)), read(rss(new)))

    assert "would move past the newest known item" in violation.message


@given(days=st.integers(1, 4000))
def test_dates_shifted_back_are_a_warning(days: int) -> None:
    found = compare(known(tuple(SHOW)), read(rss(_shifted(timedelta(days=-days)))))

    assert [(one.rule, one.level) for one in found] == [("date", Level.WARNING)]
    assert found[0].message == "40 of 40 publication dates would change"


def _shifted(by: timedelta) -> list[LockedItem]:
    return [
        one.model_copy(update={"date": Moment(one.date.instant + by)}) for one in SHOW if one.date
    ]


def test_everything_at_once_is_told_at_once() -> None:
    new = [*changed(SHOW[:10], guid="x-{}"), *SHOW[20:], SHOW[-1]]

    assert [one.rule for one in refused(feed(SHOW), feed(new))] == ["guid", "lost", "repeated-guid"]
