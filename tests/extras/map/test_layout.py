"""The map as a whole: everything in its place, nothing twice, the same every time."""

import dataclasses
import itertools
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlist.extras.map import labels, lanes, rows
from backlist.extras.map.layout import layout
from backlist.extras.map.records import Grain, Layout, Period
from backlist.model import Episode
from backlist.model.scalars import Moment
from backlist.relate.archive import Archive, Entry
from tests.extras.map import invented

SIZES = [(22, 1.0), (200, 4.0), (2000, 1.0)]


def drawn(archive: Archive) -> Layout:
    picture = layout(archive)
    assert picture is not None
    return picture


@pytest.fixture(scope="module", params=SIZES, ids=[str(count) for count, _ in SIZES])
def archive(request: pytest.FixtureRequest) -> Archive:
    count, days = request.param
    return invented.archive(count, days)


def test_a_larger_archive_has_a_coarser_grain() -> None:
    grains = [drawn(invented.archive(count, days)).grain for count, days in SIZES]

    assert grains == [Grain.TITLES, Grain.LINES, Grain.PERIODS]


def test_every_episode_is_there_once_newest_on_top(archive: Archive) -> None:
    picture = drawn(archive)

    assert [node.slug for node in picture.nodes] == [entry.slug for entry in archive.entries]
    heights = [node.y for node in picture.nodes]
    assert heights == sorted(heights)


def test_no_two_episodes_share_a_place(archive: Archive) -> None:
    places = Counter((node.x, node.y) for node in drawn(archive).nodes)

    assert set(places.values()) == {1}


def test_everything_is_inside_the_picture(archive: Archive) -> None:
    picture = drawn(archive)

    heights = [node.y for node in picture.nodes]
    heights += [y for arc in picture.arcs for y in (arc.top, arc.bottom)]
    heights += [stop.y for lane in picture.lanes for stop in lane.stops]
    heights += [lane.name_y for lane in picture.lanes if lane.name_y is not None]
    heights += [mark.y for mark in picture.marks]
    assert min(heights) >= lanes.LINE / 2
    assert max(heights) <= picture.height - 9
    assert all(0 <= node.x <= 100 for node in picture.nodes)
    assert all(0 < lane.x < 100 for lane in picture.lanes)


def test_no_two_titles_and_no_two_names_touch(archive: Archive) -> None:
    picture = drawn(archive)

    titles = [node.y for node in picture.nodes if node.label]
    apart = {b - a for a, b in itertools.pairwise(titles)}
    assert min(apart) >= labels.LEADING
    names = sorted(lane.name_y for lane in picture.lanes if lane.name_y is not None)
    assert len(names) > 1
    assert all(b - a >= lanes.LINE - 0.2 for a, b in itertools.pairwise(names))


def test_no_two_lanes_cross_in_one_column(archive: Archive) -> None:
    columns: dict[float, list[tuple[float, float]]] = {}
    for lane in drawn(archive).lanes:
        columns.setdefault(lane.x, []).append((lane.stops[0].y, lane.stops[-1].y))

    for extents in columns.values():
        for (_, bottom), (top, _) in itertools.pairwise(sorted(extents)):
            assert top - bottom >= lanes.CLEARANCE


def test_it_stays_within_its_bounds_and_counts_what_it_leaves_out(archive: Archive) -> None:
    picture = drawn(archive)

    assert picture.columns <= lanes.COLUMNS
    assert len(picture.lanes) == picture.works.count <= lanes.MOST
    assert picture.works.of == len(picture.shared)
    shown = sum(arc.down + arc.up for arc in picture.arcs)
    assert shown == picture.mentions.count
    told = sum(len(entry.mentions) for entry in archive.entries)
    assert picture.mentions.of + picture.within == told
    assert all(len(lane.episodes) >= picture.works.least for lane in picture.lanes)


def test_what_is_left_out_is_less_than_what_is_drawn() -> None:
    picture = drawn(invented.archive(2000))

    assert 0 < picture.works.count < picture.works.of
    rest = picture.shared[picture.works.count :]
    assert max(map(len, rest)) < picture.works.least


def test_the_order_of_the_works_changes_nothing(archive: Archive) -> None:
    turned = dataclasses.replace(archive, works=tuple(reversed(archive.works)))

    assert drawn(turned) == drawn(archive)


def test_the_hash_seed_changes_nothing() -> None:
    code = "import hashlib; from tests.extras.map import invented; "
    code += "from backlist.extras.map.layout import layout; "
    code += "print(hashlib.sha256(repr(layout(invented.archive(300))).encode()).hexdigest())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(told) == 1
    assert told != {""}


def test_an_archive_without_a_connection_has_no_map() -> None:
    alone = invented.make([invented.entry(Episode(title="One", slug="one"))])

    assert not alone.connected
    assert layout(alone) is None


def of_days(*days: str | None) -> Archive:
    """An archive of episodes of days, newest first; the first mentions the last."""
    entries = []
    for number, day in enumerate(days):
        date = Moment(datetime.fromisoformat(day).replace(tzinfo=UTC)) if day else None
        episode = Episode(title=f"Number {number}", slug=f"e{number}", date=date)
        last = f"e{len(days) - 1}"
        entries.append(invented.entry(episode, mentions=() if number else (last,)))
    return invented.make(entries)


def test_years_and_days_are_named_where_they_change() -> None:
    picture = drawn(of_days("2026-01-02", "2026-01-02", "2025-12-31", None, None))

    told = [(str(mark.day), mark.heading) for mark in picture.marks]
    assert told == [
        ("2026-01-01", True),
        ("2026-01-02", False),
        ("2025-01-01", True),
        ("2025-12-31", False),
        ("None", True),
    ]


def test_offsets_never_turn_time_round() -> None:
    """What comes out first in the world can be of the later day where it was made."""
    first = Episode(
        title="A", slug="a", date=Moment(datetime.fromisoformat("2026-01-01T01:00:00+05:00"))
    )
    second = Episode(
        title="B", slug="b", date=Moment(datetime.fromisoformat("2025-12-31T22:00:00+00:00"))
    )
    archive = invented.make(
        [invented.entry(second, mentions=("a",)), invented.entry(first, mentioned_by=("b",))]
    )

    years = [mark.day.year for mark in drawn(archive).marks if mark.heading and mark.day]
    assert years == [2026, 2025]


@pytest.mark.parametrize(
    ("days", "period"),
    [
        (0.1, Period.DAY),
        (1, Period.WEEK),
        (3, Period.MONTH),
        (8, Period.MONTH),
        (30, Period.QUARTER),
    ],
)
def test_the_period_is_the_finest_that_fits(days: float, period: Period) -> None:
    picture = drawn(invented.archive(300, days))

    assert picture.period is period
    heights = {node.y for node in picture.nodes}
    assert len(heights) <= rows.MOST_ROWS


def test_a_long_silence_is_a_break_that_says_how_long() -> None:
    early, late = invented.archive(250, 5), invented.archive(60, 5, seed=2)
    shift = datetime(2031, 1, 1, tzinfo=UTC) - datetime(2026, 3, 18, tzinfo=UTC)
    moved = [
        Entry(
            entry.episode.model_copy(
                update={
                    "slug": f"late-{entry.slug}",
                    "date": Moment(entry.episode.date.instant + shift),
                }
            ),
            entry.file,
        )
        for entry in late.entries
        if entry.episode.date
    ]
    archive = dataclasses.replace(early, entries=(*moved, *early.entries))

    skipped = [mark.skipped for mark in drawn(archive).marks if mark.skipped]
    assert len(skipped) == 1
    assert 40 < skipped[0] < 60


@given(
    st.lists(st.none() | st.dates(), min_size=1, max_size=400),
    st.lists(st.tuples(st.integers(0, 399), st.integers(0, 399)), min_size=1, max_size=60),
)
@settings(max_examples=40)
def test_any_days_and_any_mentions_make_a_map(
    days: list[date | None], pairs: list[tuple[int, int]]
) -> None:
    known = sorted((day for day in days if day), reverse=True)
    ordered = [*map(str, known), *(None for day in days if day is None)]
    mentions: dict[int, list[int]] = {}
    for a, b in pairs:
        if a % len(ordered) != b % len(ordered):
            mentions.setdefault(a % len(ordered), []).append(b % len(ordered))
    entries = [
        invented.entry(
            Episode(
                title=f"Number {number}",
                slug=f"e{number}",
                date=Moment(datetime.fromisoformat(day).replace(tzinfo=UTC)) if day else None,
            ),
            mentions=tuple(f"e{b}" for b in dict.fromkeys(mentions.get(number, ()))),
        )
        for number, day in enumerate(ordered)
    ]
    archive = invented.make(entries)

    picture = layout(archive)

    assert (picture is not None) == archive.connected
    if picture:
        assert [node.slug for node in picture.nodes] == [entry.slug for entry in entries]
        heights = [node.y for node in picture.nodes]
        assert heights == sorted(heights)
        assert heights[-1] < picture.height
        assert all(arc.top < arc.bottom for arc in picture.arcs)
