"""A snapshot of a feed as it is in the wild."""

from dataclasses import replace

import pytest

from backlist.feed.lock import compare, snapshot_of_rss
from backlist.feed.lock.lockfile import LockedFeed
from backlist.problems import Level, Problems
from tests.feed.lock.invented import BASE, changed, feed, items, read, rss, rules


def test_the_channel_is_read_by_namespace() -> None:
    head = (
        "<atom:link rel='hub' href='https://hub.example/'/>"
        "<atom:link rel='self' href='https://small.example/rss'/>"
        "<podcast:guid> 9b02 </podcast:guid><itunes:block>Yes</itunes:block>"
        "<itunes:complete>no</itunes:complete>"
    )

    channel = read(rss(items(1), head)).channel

    assert channel == LockedFeed(address="https://small.example/rss", guid="9b02", block=True)


def test_guids_are_taken_byte_for_byte_and_links_as_pages() -> None:
    padded = changed(items(2), guid="\n  {} ")

    snapshot = read(rss(padded))

    assert [one.guid for one in snapshot.items] == ["\n  small-0002 ", "\n  small-0001 "]
    assert snapshot.items[0].page == "episodes/night-2/"
    assert str(snapshot.where("\n  small-0001 ")) == "live.xml:4"


def test_an_item_without_a_guid_is_known_by_its_sound() -> None:
    """Adopted, the audio address is the guid: one warning. Anything else is another episode."""
    old = read(rss(items(3)).replace(b'<guid isPermaLink="false">small-0002</guid>', b""))
    adopted = [
        one.model_copy(update={"guid": one.audio}) if "night-2" in one.audio else one
        for one in items(3)
    ]

    assert rules(old, feed(adopted)) == {"no-guid": Level.WARNING}
    assert rules(old, feed(items(3)))["guid"] is Level.ERROR


def test_an_address_is_compared_as_it_goes_out_and_a_picture_is_passed_over() -> None:
    """A site publishes addresses in ASCII; the guid that an address stands in for stays."""
    data = rss(items(1)).replace(b'<guid isPermaLink="false">small-0001</guid>', b"")
    cover = b'<enclosure url="https://small.example/a.png" type="image/png" length="1"/>'
    data = data.replace(b"<enclosure", cover + b"<enclosure").replace(b"night-1", b"night 1")
    (item,) = read(data).items

    assert "night%201" in item.audio
    assert "night 1" in item.guid


def test_items_without_a_sound_are_no_episodes() -> None:
    data = rss(items(2)).replace(b"</channel>", b"<item><guid>text</guid></item></channel>")
    problems = Problems()

    snapshot = snapshot_of_rss(data, "live.xml", problems)

    assert snapshot is not None and len(snapshot.items) == 2
    assert [str(one) for one in problems] == [
        "live.xml: info: 1 of its items have no audio and are not compared"
    ]


@pytest.mark.parametrize("data", [b"", b"<html><p>not found</p></html>", b"<rss", b"<feed/>"])
def test_what_is_no_feed_is_an_error(data: bytes) -> None:
    problems = Problems()

    assert snapshot_of_rss(data, "live.xml", problems) is None
    assert problems.stop()


def test_a_feed_that_is_not_well_formed_is_compared_all_the_same() -> None:
    problems = Problems()

    snapshot = snapshot_of_rss(
        b"\n\n" + rss(items(4)).replace(b"Night 2", b"&gtgt;"), "x", problems, BASE
    )

    assert snapshot is not None
    assert {one.rule for one in compare(snapshot, feed(items(4)))} <= {"title"}


def test_an_empty_live_feed_has_nothing_to_lose() -> None:
    assert compare(read(rss([])), replace(feed(items(2)))) == []
