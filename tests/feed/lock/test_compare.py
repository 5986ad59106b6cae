"""Every row of the table, between two invented feeds."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backlist.feed.lock import compare
from backlist.feed.lock.matching import guid_change
from backlist.model.scalars import Moment
from backlist.problems import Level
from tests.feed.lock.invented import FIRST, changed, feed, item, items, refused, rules

MANY = items(120)


def test_the_same_feed_has_no_findings() -> None:
    assert compare(feed(MANY), feed(MANY)) == []


def test_new_items_and_a_changed_length_are_fine() -> None:
    longer = changed(MANY[:2], length=77) + MANY[2:]

    assert compare(feed(MANY), feed([item(122), item(121), *longer])) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("small-1", "SMALL-1", "differ only in case"),
        ("small-1", " small-1\n", "differ only in white space"),
        ("small-1 ", "small-1", "differ only in white space"),
        ("http://a.example/1", "https://a.example/1", "differ only in `http://` and `https://`"),
        ("http://a.example/1", "http://b.example/1", "differ only in the host"),
        ("http://a.example/1", "https://b.example/1", "differ only in the host"),
        ("1", "small-1", "have something added before or after"),
        ("1", "1-small", "have something added before or after"),
        ("small-1", "small", "lose their beginning or end"),
        ("small-1", "other-7", ""),
    ],
)
def test_a_changed_guid_is_named_by_what_changed(old: str, new: str, words: str) -> None:
    assert guid_change(old, new) == words


def test_a_refusal_has_its_count_three_examples_and_the_rest() -> None:
    upper = [one.model_copy(update={"guid": one.guid.upper()}) for one in MANY[:5]] + MANY[5:]

    (violation,) = refused(feed(MANY), feed(upper))

    assert violation.message.startswith("5 of 120 guids would differ only in case: apps would show")
    assert violation.examples == (
        "“Night 120”: `small-0120` becomes `SMALL-0120`",
        "“Night 119”: `small-0119` becomes `SMALL-0119`",
        "“Night 118”: `small-0118` becomes `SMALL-0118`",
        "and 2 more",
    )
    assert len(violation.subjects) == 5


def test_lost_items_are_counted() -> None:
    (violation,) = refused(feed(MANY), feed(MANY[:40] + MANY[43:]))

    assert violation.message == "3 of 120 items would be lost"
    assert "`status: removed`" in violation.hint


@pytest.mark.parametrize(
    ("gone", "of", "blocks"),
    [
        (1, 3, False),
        (1, 120, False),
        (5, 120, False),
        (6, 120, True),
        (2, 20, False),
        (2, 19, True),
    ],
)
def test_removal_on_purpose_is_allowed_for_a_few(gone: int, of: int, blocks: bool) -> None:
    old = items(of)
    new = feed(old[gone:])
    marked = {one.guid: one for one in old[:gone]}

    found = refused(feed(old), replace(new, removed=marked))

    assert [one.rule for one in found] == (["removed"] if blocks else [])


def test_an_empty_feed_is_refused_whatever_the_records_say() -> None:

    new = replace(feed([]), removed={"small-0001": item(1)})

    (violation,) = refused(feed(items(1)), new)

    assert violation.message == "the feed would be empty: all 1 items would be lost"


def test_a_guid_and_its_sound_changed_together() -> None:
    new = changed(MANY[:2], guid="new-{}-x", audio="https://b.example/x-{}") + MANY[2:]
    new = [one.model_copy(update={"guid": f"n{n}"}) if n < 2 else one for n, one in enumerate(new)]

    (violation,) = refused(feed(MANY), feed(new))

    assert violation.message.startswith("2 of 120 guids would change, and the audio address too")


def test_a_guid_replaced_while_the_sound_stays() -> None:
    new = [MANY[0].model_copy(update={"guid": "fresh"}), *MANY[1:]]

    (violation,) = refused(feed(MANY), feed(new))

    assert "1 of 120 guids would be replaced, the audio address staying" in violation.message


def test_sounds_on_another_host_are_one_warning() -> None:
    new = [
        one.model_copy(update={"audio": one.audio.replace("audio.small", "cdn.big")})
        for one in MANY
    ]

    (violation,) = compare(feed(MANY), feed(new))

    assert violation.level is Level.WARNING
    assert violation.message == (
        "120 of 120 audio addresses would change, the guids staying: "
        "all move to another host, audio.small.example → cdn.big.example"
    )


def test_a_few_changed_sounds_are_counted_without_a_note() -> None:
    new = changed(MANY[:3], audio="{}?v=2") + MANY[3:]

    (violation,) = compare(feed(MANY), feed(new))

    assert violation.message == "3 of 120 audio addresses would change, the guids staying"


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        (timedelta(seconds=1), {}),
        (timedelta(seconds=-2), {"date": Level.WARNING}),
        (timedelta(days=-1), {"date": Level.WARNING}),
        (timedelta(days=5000), {"date-ahead": Level.ERROR}),
    ],
)
def test_a_moved_date(shift: timedelta, expected: dict[str, Level]) -> None:
    moved = item(50, date=Moment(FIRST + timedelta(weeks=50) + shift))
    new = [moved if one.guid == moved.guid else one for one in MANY]

    assert rules(feed(MANY), feed(new)) == expected


def test_an_unknown_date_written_down_is_a_warning() -> None:
    old = [*MANY[:-1], item(1, date=None)]

    assert rules(feed(old), feed(MANY)) == {"date": Level.WARNING}


def test_types_extensions_and_lost_sizes_are_warnings() -> None:
    new = [
        item(3, type="audio/x-m4a"),
        item(2, audio="https://audio.small.example/e/night-2.m4a"),
        item(1, length=0),
    ]

    assert rules(feed(items(3)), feed(new)) == {
        "type": Level.WARNING,
        "audio": Level.WARNING,
        "length": Level.WARNING,
    }


def test_titles_are_worth_a_notice() -> None:
    (violation,) = compare(feed(MANY), feed(changed(MANY, title="{}, again")))

    assert violation.level is Level.INFO


def test_repeats_in_the_output() -> None:
    twice = [*MANY, item(200, guid=MANY[0].guid), item(201, audio=MANY[0].audio)]

    found = {one.rule: one for one in compare(feed(MANY), feed(twice))}

    assert found["repeated-guid"].level is Level.ERROR
    assert found["repeated-audio"].level is Level.WARNING
    assert not found["repeated-guid"].acceptable


def test_a_moved_page_needs_a_redirect() -> None:

    moved = [item(2, page="episodes/other/"), item(1)]
    (violation,) = refused(feed(items(2)), feed(moved))
    assert violation.examples == ("“Night 2”: /episodes/night-2/ → /episodes/other/",)
    assert "`aliases: [/episodes/night-2/]`" in violation.hint

    led = {moved[0].guid: frozenset(["episodes/night-2/"])}
    assert refused(feed(items(2)), replace(feed(moved), redirects=led)) == []


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ({"guid": "a"}, {"guid": "b"}, "show-guid"),
        ({"guid": "a"}, {}, "show-guid"),
        ({}, {"guid": "b"}, None),
        ({}, {"address": "https://else.example/feed.xml"}, "show-address"),
        (
            {"address": "https://a.example/"},
            {"address": "https://b.example/", "was": ("https://a.example/",)},
            None,
        ),
        ({"address": None}, {}, None),
        ({}, {"address": None}, None),
        ({}, {"block": True}, "show-block"),
        ({"block": True}, {}, None),
        ({}, {"complete": True}, "show-complete"),
        ({"complete": True}, {}, None),
    ],
)
def test_facts_of_the_channel(
    before: dict[str, Any], after: dict[str, Any], rule: str | None
) -> None:
    assert [one.rule for one in refused(feed(MANY, **before), feed(MANY, **after))] == (
        [rule] if rule else []
    )


def test_shows_that_call_every_episode_the_same_are_not_taken_for_swapped() -> None:
    old = [item(n, title="News") for n in range(9, 0, -1)]
    new = [
        one.model_copy(update={"date": Moment(one.date.instant - timedelta(weeks=1))})
        for one in old
        if one.date
    ]

    assert rules(feed(old), feed(new)) == {"date": Level.WARNING}
