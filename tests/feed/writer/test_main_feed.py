"""The main RSS feed."""

from pathlib import Path
from typing import Any

from lxml import etree, html

from backlist.feed.vocabulary import NAMESPACES
from backlist.feed.writer.notes import LIMIT
from backlist.feed.writer.truncate import KEPT
from backlist.problems import Level
from tests.conftest import SETTINGS, MakeSite, built, episode
from tests.feed.rules.strict import violations

SOUND = "https://audio.example/e/one.mp3"


def feed(root: Path, path: str = "feed.xml") -> Any:
    made, problems = built(root)
    assert made is not None and not problems.stop()
    data = made.outputs[path].read()
    assert [str(fault) for fault in violations(data) if fault.level is Level.ERROR] == []
    return etree.fromstring(data).find("channel")


def texts(place: Any, path: str) -> list[str]:
    return [element.text for element in place.iterfind(path, NAMESPACES)]


def attributes(place: Any, path: str) -> list[dict[str, str]]:
    return [dict(element.attrib) for element in place.iterfind(path, NAMESPACES)]


def test_only_published_episodes_with_guid_and_sound_are_in_it_newest_first(rich: Path) -> None:
    assert texts(feed(rich), "item/guid") == [
        "https://audio.tide.example/e/2025-12-01-caches-at-low-tide-9f8e7d.mp3",
        "tide-0003",
        "tide-0001",
    ]


def test_the_rich_feeds_have_not_one_fault(rich: Path) -> None:
    made, problems = built(rich)

    assert made is not None
    told = {
        path: violations(o.read()) for path, o in made.outputs.items() if path.endswith("feed.xml")
    }
    assert {path: [str(f) for f in found] for path, found in told.items() if found} == {}
    assert len(told) == 4
    assert [str(p) for p in problems if "feed it" in p.message or "of the feed" in p.message] == []


def test_the_channel_says_what_a_directory_shows(rich: Path) -> None:
    channel = feed(rich)

    assert attributes(channel, "atom:link") == [
        {
            "href": "https://tide.example/archive/feed.xml",
            "rel": "self",
            "type": "application/rss+xml",
        }
    ]
    assert channel.findtext("link") == "https://tide.example/archive/"
    assert texts(channel, "itunes:explicit") == ["false"]
    assert (
        channel.find("itunes:image", NAMESPACES).get("href").endswith("/archive/static/cover.png")
    )
    assert [c.get("text") for c in channel.iterfind(".//itunes:category", NAMESPACES)] == [
        "Technology",
        "Science",
        "Natural Sciences",
    ]
    assert channel.findtext("lastBuildDate") == "Mon, 01 Dec 2025 00:00:00 +0000"


def test_the_podcast_namespace_is_told_whole(rich: Path) -> None:
    channel = feed(rich)

    assert texts(channel, "podcast:guid") == ["d8fc5661-d53f-5cb4-873d-faf2040d802f"]
    assert attributes(channel, "podcast:locked") == [{"owner": "desk@tide.example"}]
    assert attributes(channel, "podcast:txt") == [{"purpose": "ai-content"}, {"purpose": "verify"}]
    assert attributes(channel, "podcast:funding") == [{"url": "https://harbour.example/members"}]
    assert attributes(channel, "podcast:value/podcast:valueRecipient")[1] == {
        "type": "node",
        "address": "03cd5e",
        "split": "5",
        "fee": "true",
    }
    assert attributes(channel, "podcast:person")[0] == {
        "role": "host",
        "href": "https://falk.example/",
        "img": "https://falk.example/ines.jpg",
    }


def test_an_item_points_at_its_companions(rich: Path) -> None:
    item = feed(rich).findall("item")[2]

    assert attributes(item, "podcast:transcript") == [
        {
            "url": "https://tide.example/archive/transcripts/queues-that-forget.vtt",
            "type": "text/vtt",
            "rel": "captions",
        },
        {
            "url": "https://words.example/queues-that-forget.srt",
            "type": "application/x-subrip",
            "language": "de",
        },
    ]
    assert attributes(item, "podcast:chapters") == [
        {
            "url": "https://tide.example/archive/episodes/queues-that-forget/chapters.json",
            "type": "application/json+chapters",
        }
    ]
    assert attributes(item, "podcast:soundbite") == [{"startTime": "765.0", "duration": "30.5"}]


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
    assert item.findtext("itunes:duration", namespaces=NAMESPACES) == "2530"
    assert item.findtext("link") == "https://tide.example/archive/episodes/queues-that-forget/"


def test_the_notes_list_sources_and_link_mentions_to_our_pages(rich: Path) -> None:
    notes = feed(rich).findall("item")[0].findtext("content:encoded", namespaces=NAMESPACES)

    assert (
        'href="https://tide.example/archive/episodes/queues-that-forget/">Queues That Forget'
        in notes
    )
    assert "Evicting the Sea</a> — Mara Lind et al., 2024</li>" in notes
    assert "<p>Sources</p>\n<ol>" in notes


def test_a_description_has_only_what_apple_shows_and_whole_addresses(rich: Path) -> None:
    for item in feed(rich).iterfind("item"):
        tree = html.fragment_fromstring(item.findtext("description"), create_parent="div")

        assert {element.tag for element in tree.iterdescendants()} <= KEPT
        assert all("://" in link.get("href") for link in tree.iter("a"))


def test_moments_stay_text_and_links_inside_a_page_become_whole(site: MakeSite) -> None:
    body = "At [12:40] see [the end](#end) and [there](../b/).\n\n## End"
    other = episode("B", "b")
    first = episode("A", "a", body, guid="a", audio=SOUND)
    root = site({"content/episodes/a.md": first, "content/episodes/b.md": other})

    notes = feed(root).find("item").findtext("content:encoded", namespaces=NAMESPACES)

    page = "https://small.example/episodes"
    assert f'At 12:40 see <a href="{page}/a/#end">the end</a>' in notes
    assert f'<a href="{page}/b/">there</a>' in notes


def test_a_long_text_is_cut_at_a_word_and_fits_the_limit(site: MakeSite) -> None:
    body = "Ärger & Öl " * 900
    root = site({"content/episodes/a.md": episode("A", "a", body, guid="a", audio=SOUND)})

    item = feed(root).find("item")

    description = item.findtext("description")
    assert LIMIT - 20 < len(description.encode()) <= LIMIT
    assert "…</p><p><a href=" in description
    assert item.findtext("content:encoded", namespaces=NAMESPACES).count("Ärger") == 900


def test_what_came_from_elsewhere_is_escaped(site: MakeSite) -> None:
    title = "'</title><x>&amp; ]]> \"quoted\"'"
    person = "{name: '<b>&', url: 'https://a.example/?a=1&b=\"2\"'}"
    fields = {"guid": "a", "audio": SOUND, "people": f"[{person}]"}
    body = "<script>alert(1)</script> ]]> & done"
    root = site({"content/episodes/a.md": episode(title, "a", body, **fields)})

    item = feed(root).find("item")

    assert item.findtext("title") == '</title><x>&amp; ]]> "quoted"'
    assert texts(item, "podcast:person") == ["<b>&"]
    notes = item.findtext("content:encoded", namespaces=NAMESPACES)
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp; done</p>" in notes
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp; done" in item.findtext("description")


def test_control_characters_never_reach_the_feed(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode('"A\\x07B"', "a", guid="a", audio=SOUND)})

    assert texts(feed(root), "item/title") == ["AB"]


def test_a_blocked_or_finished_show_says_so(site: MakeSite) -> None:
    settings = SETTINGS.replace("site:\n", "  block: true\n  complete: true\nsite:\n")

    channel = feed(site({"site.yaml": settings}))

    assert texts(channel, "itunes:block") == ["Yes"]
    assert texts(channel, "podcast:block") == ["yes"]
    assert texts(channel, "itunes:complete") == ["Yes"]


def test_a_feed_without_dates_has_no_build_date(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", guid="a", audio=SOUND)})

    assert feed(root).find("lastBuildDate") is None
    assert feed(site({})).find("lastBuildDate") is None


def test_every_address_in_it_is_ascii(site: MakeSite) -> None:
    """RSS 2.0 wants URIs, as the W3C validator says: what is beyond ASCII goes out encoded."""
    elsewhere = "https://möwe.example/über uns|1"
    audio = "https://möwe.example/talk [1].mp3"
    chapter = {"start": 0, "title": "A", "url": elsewhere, "image": elsewhere}
    root = site(
        {
            "site.yaml": SETTINGS.replace(
                "base_url: https://small.example/", "base_url: https://bücher.example/küche/"
            )
            + "  feed: {previous_urls: [https://bücher.example/küche/älter.xml]}\n",
            "content/episodes/a.md": episode(
                "A",
                "a",
                guid="a",
                audio=audio,
                image=elsewhere,
                people=[{"name": "Ines", "url": elsewhere, "image": elsewhere}],
                license={"name": "ours", "url": elsewhere},
                chapters=[chapter],
                topics=["Tee"],
            ),
        }
    )
    made, _ = built(root)
    assert made is not None
    home, there = "https://xn--bcher-kva.example/k%C3%BCche/", "https://xn--mwe-sna.example/"

    channel = feed(root)
    assert channel.findtext("link") == home
    assert channel.findtext("item/link") == f"{home}episodes/a/"
    assert attributes(channel, "atom:link")[0]["href"] == f"{home}feed.xml"
    assert attributes(channel, "item/enclosure")[0]["url"] == f"{there}talk%20%5B1%5D.mp3"
    assert attributes(channel, "item/psc:chapters/psc:chapter") == [
        {
            "start": "00:00:00.000",
            "title": "A",
            "href": f"{there}%C3%BCber%20uns%7C1",
            "image": f"{there}%C3%BCber%20uns%7C1",
        }
    ]
    for path in ("feed.xml", "topics/tee/feed.xml", "feed.json", "sitemap.xml"):
        assert made.outputs[path].read().isascii(), path
    assert made.outputs["episodes/a/chapters.json"].read().isascii()
    assert "älter.xml" in made.outputs
