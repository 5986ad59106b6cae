"""The lint of a feed: each rule is broken once, in a feed that has everything."""

import pytest

from backlist.feed.apple import CATEGORIES
from backlist.feed.rules.cover import cover_violations
from backlist.feed.rules.feed import DIRECTORY_RULES, FEED_RULES, LARGE, show_guid
from backlist.feed.rules.items import ITEM_RULES, PLACE_RULES
from backlist.pictures import Picture
from tests.feed.rules.strict import (
    STRICT_FEED_RULES,
    STRICT_ITEM_RULES,
    STRICT_PLACE_RULES,
    violations,
)

OWN = "https://a.example/feed.xml"
GUID = show_guid(OWN)


def item(number: int, date: str) -> str:
    return f"""<item><title>Title {number}</title><link>https://a.example/{number}/</link>
<description><![CDATA[<p>Notes {number}</p>]]></description>
<content:encoded><![CDATA[<h2>Notes</h2>]]></content:encoded>
<guid isPermaLink="false">guid-{number}</guid>
<enclosure url="https://a.example/{number}.mp3" length="5" type="audio/mpeg"/>
<pubDate>{date}</pubDate><itunes:duration>600</itunes:duration>
<itunes:season>1</itunes:season><itunes:episode>{number}</itunes:episode>
<itunes:episodeType>full</itunes:episodeType><podcast:season>1</podcast:season>
<podcast:episode>{number}</podcast:episode><itunes:explicit>true</itunes:explicit>
<itunes:image href="https://a.example/{number}.jpg"/>
<podcast:person role="guest">Ada {number}</podcast:person>
<podcast:license>cc-by-4.0</podcast:license>
<podcast:location geo="geo:1,2">Pier {number}</podcast:location>
<podcast:transcript url="https://a.example/{number}.vtt" type="text/vtt"/>
<podcast:chapters url="https://a.example/{number}.json" type="application/json+chapters"/>
<podcast:soundbite startTime="10.0" duration="30.0">Best {number}</podcast:soundbite></item>"""


FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:fh="http://purl.org/syndication/history/1.0"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Show</title><link>https://a.example/</link><description>About</description>
<language>en-gb</language><atom:link rel="self" type="application/rss+xml" href="{OWN}"/>
<image><url>https://a.example/c.jpg</url><title>Show</title><link>https://a.example/</link></image>
<lastBuildDate>Mon, 03 Nov 2025 06:30:00 +0100</lastBuildDate>
<itunes:author>Us</itunes:author><itunes:type>serial</itunes:type>
<itunes:owner><itunes:name>Us</itunes:name><itunes:email>us@a.example</itunes:email></itunes:owner>
<itunes:category text="Science"><itunes:category text="Physics"/></itunes:category>
<itunes:explicit>false</itunes:explicit><itunes:image href="https://a.example/cover.jpg"/>
<itunes:new-feed-url>{OWN}</itunes:new-feed-url><itunes:complete>Yes</itunes:complete>
<podcast:guid>{GUID}</podcast:guid><podcast:locked>yes</podcast:locked>
<podcast:medium>podcast</podcast:medium><podcast:txt purpose="verify">x</podcast:txt>
<podcast:funding url="https://a.example/give">Give</podcast:funding>
<podcast:value type="lightning" method="keysend"><podcast:valueRecipient type="node" address="a"
 split="1"/></podcast:value><podcast:person>Host</podcast:person>
{item(1, "Mon, 03 Nov 2025 06:30:00 +0100")}{item(2, "Sun, 03 Nov 2024 06:30:00 GMT")}
</channel></rss>"""

BROKEN = [
    ('version="2.0"', 'version="0.92"', "is_rss_2", "is not in RSS 2.0"),
    ("</channel>", "<ttl>5</ttl></channel>", "has_items_after_its_head", "after its items"),
    (">guid-2<", ">guid-1<", "guids_are_unique", "has 2 items with the guid guid-1"),
    ("/2.mp3", "/1.mp3", "audio_is_unique", "has the enclosure address of another item"),
    ("/2.mp3", "/2.mp3?token=t0k-t0k", "addresses_hold_no_secrets", "such as https://"),
    ("Sun, 03 Nov 2024", "Tue, 03 Nov 2026", "newest_comes_first", "not ordered newest first"),
    ("<image>", "<fh:archive/><image>", "archives_lead_back", "names no current document"),
    ("Title 1", "Show: One", "titles_leave_the_show_out", "has the show's name in its title"),
    (
        "<podcast:transcript",
        "<x",
        "items_have_transcripts",
        "has items without a transcript, 1 of 2",
    ),
    ("<title>Show</title><link>", "<link>", "has_its_parts", "has no title"),
    ('rel="self" type="app', 'rel="self" type="x', "names_itself", "does not name its own address"),
    (f'href="{OWN}"', f'href="{OWN[0:4]}{OWN[5:]}"', "address_is_on_https", "is not https"),
    ("en-gb", "english", "speaks_a_known_language", "no language code but `english`"),
    ("en-gb", "xx", "speaks_a_known_language", "no language code but `xx`"),
    ("Physics", "Physic", "categories_are_apples", "Apple does not know: Science > Physic"),
    ('"Science"', '"science"', "categories_are_apples", "Apple does not know: science"),
    ("podcast:locked>yes", "podcast:locked>true", "lock_is_yes_or_no", "podcast:locked of `true`"),
    ("us@a.example", "", "owner_has_an_address", "has an owner without an e-mail"),
    ("us@a.example", "us", "owner_has_an_address", "whose e-mail is not an address: us"),
    ("us@a.example", "Us us@a.example", "owner_has_an_address", "whose e-mail is not an address"),
    (">serial<", ">series<", "type_is_known", "has an itunes:type of `series`"),
    ("medium>podcast<", "medium>radio<", "medium_is_known", "unknown podcast:medium: radio"),
    ("https://a.example/give", "/give", "funding_is_on_https", "podcast:funding not on https"),
    (
        "podcast:valueRecipient",
        "x",
        "value_names_recipients",
        "has a podcast:value that pays nobody",
    ),
    (f"url>{OWN}", "url>https://b.example/", "new_address_is_its_own", "is not its own address"),
    ("complete>Yes", "complete>No", "switches_are_on", "has itunes:complete `No`"),
    ("<url>https://a.example/c.jpg</url>", "", "picture_has_its_parts", "an image without url"),
    ("<link>https://a.example/</link><d", "<link>a</link><d", "is_on_the_web", "is no address: a"),
    (
        '<itunes:image href="https://a.example/cover.jpg"/>',
        "",
        "has_a_cover",
        "has no itunes:image",
    ),
    (f"<podcast:guid>{GUID}</podcast:guid>", "", "has_a_show_guid", "has no podcast:guid"),
    (GUID, "my-show", "has_a_show_guid", "has a podcast:guid that is not a UUID"),
    ("<itunes:author>Us</itunes:author>", "", "says_who_and_whether_locked", "no itunes:author"),
    ("<title>Title 1</title>", "", "has_a_title", "has no title"),
    ("Title 1", "#12: On", "has_a_title", "has its number in its title"),
    ("Title 1", "S1E2 On", "has_a_title", "has its number in its title"),
    ('length="5" ', "", "has_one_sound", "has an enclosure without length"),
    ('length="5" ', 'length="many" ', "has_one_sound", "whose length is no number"),
    ("<enclosure", "<x", "has_one_sound", "has 0 enclosures"),
    ('length="5"', 'length="0"', "length_is_known", "has an enclosure of 0 bytes"),
    ("https://a.example/1.mp3", "http://a.example/1.mp3", "audio_can_be_fetched", "not on https"),
    ("1.mp3", "1.ogg", "audio_can_be_fetched", "does not play: extension `.ogg`"),
    ("audio/mpeg", "audio/wav", "audio_can_be_fetched", "has a .mp3 file of type audio/wav"),
    ('<guid isPermaLink="false">guid-1</guid>', "", "has_a_guid", "has no guid"),
    (' isPermaLink="false">guid-1', ">guid-1", "has_a_guid", "claims to be an address: guid-1"),
    (">guid-1<", "> guid-1<", "has_a_guid", "white space around it"),
    ("<pubDate>Mon, 03 Nov 2025 06:30:00 +0100</pubDate>", "", "has_a_date", "has no pubDate"),
    ("<pubDate>Mon,", "<pubDate>Tue,", "dates_are_right", "wrong weekday: Tue, 03 Nov 2025"),
    ("<pubDate>Mon, 03 Nov", "<pubDate>yesterday", "dates_are_right", "nobody can read"),
    ("About", "ä" * 2001, "description_fits", "a description of 4002 bytes, more than 4000"),
    ("<![CDATA[<p>Notes 1</p>]]>", "", "description_fits", "has no description"),
    ("<p>Notes 1</p>", "<h2>Notes</h2>", "description_is_plain", "a description with <h2>"),
    ("<![CDATA[<h2>Notes</h2>]]>", " ", "full_notes_follow", "has an empty content:encoded"),
    ("<link>https://a.example/1/</link>", "", "has_a_page", "has no link"),
    ("explicit>false", "explicit>no", "explicit_is_true_or_false", "itunes:explicit of `no`"),
    ("explicit>true", "explicit>Yes", "explicit_is_true_or_false", "itunes:explicit of `Yes`"),
    ("<itunes:duration>600", "<itunes:duration>0", "duration_is_known", "has no itunes:duration"),
    ("duration>600", "duration>ten", "duration_is_known", "unreadable itunes:duration: ten"),
    ("cover.jpg", "cover.webp", "cover_is_a_picture", "a cover that is neither .jpg nor .png"),
    ("https://a.example/1.jpg", "http://a.example/1.jpg", "cover_is_a_picture", "not on https"),
    ("<itunes:episode>1", "<itunes:episode>0", "numbers_are_numbers", "itunes:episode of `0`"),
    ("<podcast:episode>1", "<podcast:episode>x", "numbers_are_numbers", "podcast:episode of `x`"),
    (">full<", ">half<", "numbers_are_numbers", "has an itunes:episodeType of `half`"),
    ("<enclosure", "<x", "has_audio", "has no audio, so podcast apps skip it"),
    ("text/vtt", "application/srt", "transcripts_are_typed", "a transcript of type `application"),
    ('url="https://a.example/1.vtt"', "", "transcripts_are_typed", "transcript without an address"),
    ("json+chapters", "json", "chapters_are_json", "not one podcast:chapters with url and type"),
    ('startTime="10.0"', 'startTime="590"', "soundbites_lie_inside", "ends after the episode"),
    ('duration="30.0"', 'duration="3.0"', "soundbites_lie_inside", "not 15 to 120 seconds"),
    ('startTime="10.0"', "", "soundbites_lie_inside", "a soundbite without start or duration"),
    ("Ada 1", " ", "people_have_names", "has a person without a name"),
    ("cc-by-4.0", "Our Own", "terms_and_places_are_named", "a license without an address: Our Own"),
    ("geo:1,2", "1,2", "terms_and_places_are_named", "has a location without a name or geo"),
]


def test_a_good_feed_has_no_fault() -> None:
    assert [str(fault) for fault in violations(FEED.encode())] == []


@pytest.mark.parametrize(("old", "new", "rule", "words"), BROKEN)
def test_each_broken_rule_is_told(old: str, new: str, rule: str, words: str) -> None:
    broken = FEED.replace(old, new, 1)

    found = violations(broken.encode())

    assert broken != FEED
    assert rule in {fault.rule for fault in found}
    assert any(words in str(fault) for fault in found)
    assert all(fault.hint for fault in found)
    assert {fault.rule for fault in found} <= {rule, *ALSO.get(rule, ())}


ALSO = {
    "has_one_sound": ["has_audio"],
    "has_audio": ["has_one_sound"],
    "has_its_parts": ["picture_has_its_parts"],
    "names_itself": ["new_address_is_its_own"],
    "address_is_on_https": ["new_address_is_its_own"],
}
"""Rules that one change cannot help but break with another."""


def test_every_rule_is_broken_above() -> None:
    rules = (*FEED_RULES, *DIRECTORY_RULES, *PLACE_RULES, *ITEM_RULES)
    strict = (*STRICT_FEED_RULES, *STRICT_PLACE_RULES, *STRICT_ITEM_RULES)
    elsewhere = {
        "is_not_too_large",
        "serial_items_are_numbered",
        "has_a_category",
        "spells_its_namespaces",
    }

    assert {rule.__name__ for rule in (*rules, *strict)} - {row[2] for row in BROKEN} == elsewhere


def test_what_takes_more_than_a_word_to_break() -> None:
    large = FEED.replace("Notes</h2>", f"Notes</h2>{'x' * LARGE}", 1)
    assert [f.rule for f in violations(large.encode())] == ["is_not_too_large"]

    renamed = FEED.replace("itunes:", "i:").replace(":itunes=", ":i=")
    assert [f.rule for f in violations(renamed.encode())] == ["spells_its_namespaces"]

    unnumbered = FEED.replace("<itunes:episode>2</itunes:episode>", "")
    (fault,) = violations(unnumbered.encode())
    assert (fault.rule, fault.guid) == ("serial_items_are_numbered", "guid-2")

    start, end = FEED.index("<itunes:category"), FEED.index("<itunes:explicit>false")
    assert [f.rule for f in violations((FEED[:start] + FEED[end:]).encode())] == ["has_a_category"]


def test_a_feed_kept_out_of_directories_needs_not_what_they_ask() -> None:
    bare = FEED.replace(f"<podcast:guid>{GUID}</podcast:guid>", "<itunes:block>Yes</itunes:block>")

    assert violations(bare.encode()) == []


def test_nothing_outside_the_feed_is_read() -> None:
    entity = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    feed = FEED.replace("<rss", f"{entity}<rss", 1).replace("About", "&x;")

    assert {fault.rule for fault in violations(feed.encode())} == {"has_its_parts"}


def test_apples_categories_are_whole() -> None:
    assert len(CATEGORIES) == 19
    assert sum(len(inner) for inner in CATEGORIES.values()) == 91


@pytest.mark.parametrize(
    ("name", "kind", "size", "channels", "words"),
    [
        ("c.png", "PNG", (1400, 1400), 3, ""),
        ("c.jpeg", "JPEG", (3000, 3000), 3, ""),
        ("c.svg", "", (0, 0), 0, "is neither JPEG nor PNG"),
        ("c.webp", "WEBP", (1400, 1400), 3, "is neither JPEG nor PNG"),
        ("c.png", "", (0, 0), 0, "cannot be read as a picture, and is not shown"),
        ("c.png", "JPEG", (1400, 1400), 3, "is a jpg by its bytes"),
        ("c.jpg", "JPEG", (1500, 1400), 3, "is 1500 × 1400 pixels and not square"),
        ("c.jpg", "JPEG", (1000, 1000), 3, "is 1000 pixels wide"),
        ("c.png", "PNG", (1400, 1400), 4, "is not in plain RGB colours"),
    ],
)
def test_a_cover_of_ours_is_looked_at(
    name: str, kind: str, size: tuple[int, int], channels: int, words: str
) -> None:
    found = Picture("", kind, *size, channels, name)

    assert [what for what, _ in cover_violations(found)] == ([words] if words else [])
