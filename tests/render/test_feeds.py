"""The RSS feed."""

from pathlib import Path
from typing import Any

from lxml import etree

from backlist.check.feed import NAMES, faults
from backlist.render.notes import LIMIT
from tests.conftest import MakeSite, built, episode

SOUND = "https://audio.example/e/one.mp3"


def feed(root: Path) -> Any:
    made, problems = built(root)
    assert made is not None and not problems.stop()
    data = made.outputs["feed.xml"].read()
    assert faults(data) == []
    return etree.fromstring(data).find("channel")


def texts(place: Any, path: str) -> list[str]:
    return [element.text for element in place.iterfind(path, NAMES)]


def test_only_published_episodes_with_guid_and_sound_are_in_it_newest_first(rich: Path) -> None:
    assert texts(feed(rich), "item/guid") == [
        "https://audio.tide.example/e/2025-12-01-caches-at-low-tide-9f8e7d.mp3",
        "tide-0003",
        "tide-0001",
    ]


def test_the_channel_says_what_a_directory_shows(rich: Path) -> None:
    channel = feed(rich)

    own = channel.find("atom:link", NAMES)
    assert dict(own.attrib) == {
        "href": "https://tide.example/archive/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }
    assert channel.findtext("link") == "https://tide.example/archive/"
    assert texts(channel, "itunes:explicit") == ["false"]
    assert channel.find("itunes:image", NAMES).get("href").endswith("/archive/static/cover.png")
    assert [c.get("text") for c in channel.iterfind(".//itunes:category", NAMES)] == [
        "Technology",
        "Science",
        "Natural Sciences",
    ]
    assert channel.findtext("lastBuildDate") == "Mon, 01 Dec 2025 00:00:00 +0000"


def test_the_guid_goes_out_byte_for_byte(site: MakeSite) -> None:
    guid = "  Odd GUID/ with &amp; space "
    root = site({"content/episodes/a.md": episode("A", "a", guid=f"'{guid}'", audio=SOUND)})

    (found,) = feed(root).iterfind("item/guid")

    assert found.text == guid
    assert found.get("isPermaLink") == "false"


def test_the_date_keeps_its_offset_and_the_enclosure_its_facts(rich: Path) -> None:
    item = feed(rich).findall("item")[2]

    assert item.findtext("pubDate") == "Mon, 03 Nov 2025 06:30:00 +0100"
    assert dict(item.find("enclosure").attrib) == {
        "url": "https://audio.tide.example/e/2025-11-03-queues-that-forget-1a2b3c.mp3",
        "length": "31457280",
        "type": "audio/mpeg",
    }
    assert item.findtext("itunes:duration", namespaces=NAMES) == "2530"
    assert item.findtext("link") == "https://tide.example/archive/episodes/queues-that-forget/"


def test_the_notes_list_sources_and_link_mentions_to_our_pages(rich: Path) -> None:
    notes = feed(rich).findall("item")[0].findtext("content:encoded", namespaces=NAMES)

    assert (
        'href="https://tide.example/archive/episodes/queues-that-forget/">Queues That Forget'
        in notes
    )
    assert "Evicting the Sea</a> — Mara Lind et al., 2024</li>" in notes
    assert "<p>Sources</p>\n<ol>" in notes


def test_a_long_summary_is_cut_at_a_word_and_fits_the_limit(site: MakeSite) -> None:
    body = "Ärger & Öl " * 900
    root = site({"content/episodes/a.md": episode("A", "a", body, guid="a", audio=SOUND)})

    item = feed(root).find("item")

    description = item.findtext("description")
    assert len(description.encode()) <= LIMIT
    assert "…</p><p><a href=" in description
    assert item.findtext("content:encoded", namespaces=NAMES).count("Ärger") == 900


def test_control_characters_never_reach_the_feed(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode('"A\\x07B"', "a", guid="a", audio=SOUND)})

    assert texts(feed(root), "item/title") == ["AB"]
