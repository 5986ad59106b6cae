"""The feeds beside the main one, planned moves, JSON, chapters and transcripts."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from backlist.feed.vocabulary import NAMESPACES
from backlist.files.output import Outputs
from tests.conftest import SETTINGS, MakeSite, built, episode
from tests.feed.writer.json_feed_rules import json_faults

BASE = "https://small.example/"


def outputs(root: Path) -> Outputs:
    made, problems = built(root)
    assert made is not None and not problems.stop()
    return made.outputs


def channel(root: Path, path: str) -> Any:
    return etree.fromstring(outputs(root)[path].read()).find("channel")


def links(place: Any) -> dict[str, str]:
    found = place.iterfind("atom:link", NAMESPACES)
    return {link.get("rel"): link.get("href").removeprefix(BASE) for link in found}


def guids(place: Any) -> list[int]:
    return [int(guid.text) for guid in place.iterfind("item/guid")]


def site_of(site: MakeSite, count: int, feed: str = "{}") -> Path:
    """A site of `count` episodes, one a day, with guids from 1 on, the oldest first."""
    files = {"site.yaml": f"{SETTINGS}  feed: {feed}\n"}
    for number in range(1, count + 1):
        files[f"content/episodes/{number:03}.md"] = episode(
            f"T{number}",
            f"e{number}",
            guid=number,
            date=f"2024-01-{number:02}",
            audio=f"https://audio.example/{number}.mp3",
            topics="[Odd]" if number % 2 else "[Even]",
        )
    return site(files)


def test_a_topic_has_a_feed_of_its_own_that_directories_leave_alone(site: MakeSite) -> None:
    root = site_of(site, 5)

    odd = channel(root, "topics/odd/feed.xml")

    assert guids(odd) == [5, 3, 1]
    assert odd.findtext("title") == "The Small Hours: Odd"
    assert odd.findtext("link") == f"{BASE}topics/odd/"
    assert links(odd) == {"self": "topics/odd/feed.xml"}
    assert odd.findtext("itunes:block", namespaces=NAMESPACES) == "Yes"
    assert odd.findtext("podcast:block", namespaces=NAMESPACES) == "yes"
    assert odd.find("podcast:guid", NAMESPACES) is None


def test_a_topics_page_names_its_feed_twice_and_a_years_page_none(site: MakeSite) -> None:
    made = outputs(site_of(site, 3))

    topic = made["topics/odd/index.html"].read().decode()
    assert (
        '<link rel="alternate" type="application/rss+xml" title="The Small Hours: Odd" '
        'href="../../topics/odd/feed.xml">' in topic
    )
    assert '<a href="../../topics/odd/feed.xml">Feed of this topic</a>' in topic
    assert "Feed of this topic" not in made["years/2024/index.html"].read().decode()


def test_a_site_can_do_without_feeds_of_topics(site: MakeSite) -> None:
    made = outputs(site_of(site, 3, "{topics: false}"))

    assert [path for path in made if path.endswith("feed.xml")] == ["feed.xml"]
    assert "Feed of this topic" not in made["topics/odd/index.html"].read().decode()


def test_archive_pages_are_numbered_from_the_oldest_and_never_change(site: MakeSite) -> None:
    root = site_of(site, 25, "{page_size: 10}")
    before = outputs(root)
    first, second = channel(root, "feed-1.xml"), channel(root, "feed-2.xml")

    assert guids(first) == list(range(10, 0, -1))
    assert guids(second) == list(range(20, 10, -1))
    assert "feed-3.xml" not in before
    assert links(first) == {
        "self": "feed-1.xml",
        "current": "feed.xml",
        "next-archive": "feed-2.xml",
    }
    assert links(second) == {
        "self": "feed-2.xml",
        "current": "feed.xml",
        "next": "feed-1.xml",
        "prev-archive": "feed-1.xml",
    }
    assert first.find("fh:archive", NAMESPACES) is not None

    after = outputs(site_of(site, 29, "{page_size: 10}"))

    assert after["feed-1.xml"].read() == before["feed-1.xml"].read()
    assert after["feed-2.xml"].read() == before["feed-2.xml"].read()


def test_the_main_feed_stays_whole_unless_asked_otherwise(site: MakeSite) -> None:
    whole = channel(site_of(site, 25, "{page_size: 10}"), "feed.xml")
    assert guids(whole) == list(range(25, 0, -1))
    assert links(whole) == {"self": "feed.xml"}

    newest = channel(site_of(site, 25, "{page_size: 10, complete: false}"), "feed.xml")
    assert guids(newest) == list(range(25, 15, -1))
    assert links(newest) == {
        "self": "feed.xml",
        "next": "feed-2.xml",
        "prev-archive": "feed-2.xml",
    }


@pytest.mark.parametrize("count", [1, 9, 10, 11, 19, 20, 25])
def test_feed_and_pages_together_hold_every_episode(site: MakeSite, count: int) -> None:
    made = outputs(site_of(site, count, "{page_size: 10, complete: false, topics: false}"))

    held = {
        number
        for path, output in made.items()
        if path.startswith("feed") and path.endswith(".xml")
        for number in guids(etree.fromstring(output.read()).find("channel"))
    }
    assert held == set(range(1, count + 1))


def test_a_planned_move_sends_apps_to_the_new_address(site: MakeSite) -> None:
    feed = "{previous_urls: ['https://small.example/podcast.xml', 'https://old.example/rss']}"
    root = site_of(site, 2, feed)

    made = outputs(root)
    _, problems = built(root)

    assert made["podcast.xml"].read() == made["feed.xml"].read()
    new = channel(root, "feed.xml").findtext("itunes:new-feed-url", namespaces=NAMESPACES)
    assert new == f"{BASE}feed.xml"
    assert [p.message for p in problems if "old address" in p.message] == [
        "the feed's old address needs a redirect: https://old.example/rss"
    ]


def test_an_address_of_its_own_is_what_the_feed_names(site: MakeSite) -> None:
    root = site_of(site, 2, "{url: 'https://small.example/show/rss.xml'}")

    made = outputs(root)

    assert made["show/rss.xml"].read() == made["feed.xml"].read()
    assert links(channel(root, "feed.xml")) == {"self": "show/rss.xml"}
    assert "show/rss.xml" in made["index.html"].read().decode()


@pytest.mark.parametrize("address", ["https://small.example/feed/", f"{BASE}rss.php?id=1"])
def test_an_old_address_no_file_can_have_is_the_servers(site: MakeSite, address: str) -> None:
    root = site_of(site, 1, f"{{previous_urls: ['{address}']}}")

    _, problems = built(root)

    assert any(f"needs a redirect: {address}" in p.message for p in problems)


def test_the_json_feed_says_the_same(rich: Path) -> None:
    data = outputs(rich)["feed.json"].read()
    feed = json.loads(data)

    assert json_faults(data) == []
    assert [item["id"] for item in feed["items"]][1:] == ["tide-0003", "tide-0001"]
    last = feed["items"][2]
    assert last["date_published"] == "2025-11-03T06:30:00+01:00"
    assert last["attachments"] == [
        {
            "url": "https://audio.tide.example/e/2025-11-03-queues-that-forget-1a2b3c.mp3",
            "mime_type": "audio/mpeg",
            "size_in_bytes": 31457280,
            "duration_in_seconds": 2530,
        }
    ]


def test_every_page_names_both_feeds(rich: Path) -> None:
    page = outputs(rich)["episodes/low-tide-again/index.html"].read().decode()

    assert 'type="application/rss+xml" title="The Tide Desk" href="../../feed.xml"' in page
    assert 'type="application/feed+json" title="The Tide Desk" href="../../feed.json"' in page


def test_chapters_are_written_for_apps(rich: Path) -> None:
    data = json.loads(outputs(rich)["episodes/queues-that-forget/chapters.json"].read())

    assert data["version"] == "1.2.0"
    assert data["chapters"][1:] == [
        {
            "startTime": 760,
            "title": "Fairness, and Vec<T>",
            "img": "https://slides.example/fairness.jpg",
            "url": "https://slides.example/forget",
        },
        {"startTime": 1865.5, "title": "Questions & answers"},
    ]


def test_only_transcripts_of_published_episodes_are_published(rich: Path) -> None:
    made = outputs(rich)

    assert [path for path in made if path.startswith("transcripts/")] == [
        "transcripts/queues-that-forget.vtt"
    ]


def test_a_transcript_that_is_not_there_is_an_error(rich: Path) -> None:
    folder = rich / "content/transcripts"
    (folder / "queues-that-forget.vtt").rename(folder / "queues-which-forget.vtt")

    _, problems = built(rich)

    (problem,) = [p for p in problems if "content/transcripts" in p.message]
    assert problem.message == "there is no file content/transcripts/queues-that-forget.vtt"
    assert problem.hint == "did you mean `queues-which-forget.vtt`?"
