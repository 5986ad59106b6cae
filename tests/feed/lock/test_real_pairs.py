"""Real migrations as invented feeds of the same shape; and real feeds where they are at hand."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from backlist.feed.lock import compare, snapshot_of_rss
from backlist.feed.lock.lockfile import LockedItem
from backlist.feed.reader.xml import is_feed
from backlist.problems import Level, Problems
from tests.conftest import SHARED
from tests.feed.lock.invented import items, read, rss

REAL = sorted((SHARED / "feeds").glob("*.xml"))


def at(one: LockedItem, host: str) -> dict[str, object]:
    return {"audio": one.audio.replace("audio.small.example", host)}


def told(old: bytes, new: bytes) -> list[tuple[str, Level]]:
    return [(one.rule, one.level) for one in compare(read(old), read(new))]


def test_a_host_move_keeps_guids_and_dates_and_is_one_warning() -> None:
    """232 items become 384; audio address, length and page of all are others, titles too."""
    old = items(232)
    moved = [
        one.model_copy(
            update={**at(one, "cdn.new.example"), "length": 5, "page": "https://new.example/"}
        )
        for one in items(384)
    ]

    found = compare(read(rss(old)), read(rss(moved)))

    assert [(one.rule, one.level) for one in found] == [("audio", Level.WARNING)]
    assert found[0].message.startswith("232 of 232 audio addresses would change")
    assert "audio.small.example → cdn.new.example" in found[0].message


def test_a_host_move_that_rewrites_titles_adds_a_notice() -> None:
    old = items(30)
    moved = [
        one.model_copy(update={**at(one, "cdn.new.example"), "title": f"{one.title} | Small"})
        for one in items(60)
    ]

    assert told(rss(old), rss(moved)) == [("audio", Level.WARNING), ("title", Level.INFO)]


def test_a_host_that_learns_https_is_one_warning() -> None:
    old = [
        one.model_copy(update={"audio": one.audio.replace("https:", "http:")}) for one in items(43)
    ]

    (violation,) = compare(read(rss(old)), read(rss(items(47))))

    assert violation.level is Level.WARNING
    assert violation.message == (
        "43 of 43 audio addresses would change, the guids staying: all move to https://"
    )


@pytest.mark.parametrize(("before", "after"), [(29, 43), (149, 251), (251, 254), (271, 276)])
def test_a_show_that_goes_on_is_fine(before: int, after: int) -> None:
    assert told(rss(items(before)), rss(items(after))) == []


def test_explicit_written_the_new_way_is_nothing() -> None:
    assert told(rss(items(270), explicit="no"), rss(items(271), explicit="false")) == []


def test_lengths_corrected_are_nothing() -> None:
    new = [one.model_copy(update={"length": 9}) for one in items(149)[:2]] + items(149)[2:]

    assert told(rss(items(149)), rss(new)) == []


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_feed_refuses_nothing_against_itself_but_its_own_repeats(path: Path) -> None:
    data = path.read_bytes()
    if not is_feed(data):
        pytest.skip("not an RSS feed")
    snapshot = snapshot_of_rss(data, path.name, Problems())
    if snapshot is None:
        pytest.skip("unreadable, and told")

    found = [one for one in compare(snapshot, snapshot) if one.level is not Level.INFO]

    assert {one.rule for one in found} <= {
        "repeated-guid",
        "repeated-audio",
        "no-guid",
    }


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_real_feed_with_every_guid_in_capitals_is_refused(path: Path) -> None:
    snapshot = snapshot_of_rss(path.read_bytes(), path.name, Problems())
    if snapshot is None or not snapshot.items or snapshot.nameless:
        pytest.skip("no items with guids")
    louder = [one.model_copy(update={"guid": one.guid.swapcase()}) for one in snapshot.items]
    moved = {one.guid for one in snapshot.items if one.guid.swapcase() != one.guid}

    found = compare(snapshot, replace(snapshot, items=tuple(louder)))
    hit = {guid for one in found if one.blocks for guid in one.subjects}

    assert moved <= hit


def _pairs() -> list[tuple[Path, Path]]:
    """Dated copies of one show: names that differ in a date at the end."""
    shows: dict[str, list[Path]] = {}
    for path in REAL:
        match = re.fullmatch(r"(.+?)-\d{4}(-\d\d){0,2}", path.stem)
        if match:
            shows.setdefault(match[1], []).append(path)
    return [(a, b) for dated in shows.values() for a, b in pairwise(dated)]


@pytest.mark.parametrize(("old", "new"), _pairs(), ids=lambda path: path.stem)
def test_dated_copies_of_a_real_show_are_not_refused(old: Path, new: Path) -> None:
    before = snapshot_of_rss(old.read_bytes(), old.name, Problems())
    after = snapshot_of_rss(new.read_bytes(), new.name, Problems())
    assert before is not None and after is not None

    assert [one.message for one in compare(before, after) if one.blocks] == []
