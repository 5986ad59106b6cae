"""The lint of a feed: each rule is broken once."""

import pytest

from backlist.check.feed import faults

ITEM = (
    "<item><title>One</title><guid isPermaLink='false'>one</guid>"
    "<enclosure url='https://a.example/1.mp3' length='5' type='audio/mpeg'/>"
    "<pubDate>Mon, 03 Nov 2025 06:30:00 +0100</pubDate>"
    "<itunes:explicit>false</itunes:explicit></item>"
)
SECOND = (
    ITEM.replace(">one<", ">two<")
    .replace("1.mp3", "2.mp3")
    .replace("One", "Two")
    .replace("2025", "2024")
    .replace("Mon", "Sun")
)
FEED = f"""<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>T</title><link>https://a.example/</link><description>D</description><language>en</language>
<atom:link rel="self" type="application/rss+xml" href="https://a.example/feed.xml"/>
<itunes:explicit>false</itunes:explicit>{ITEM}{SECOND}</channel></rss>"""


def test_a_good_feed_has_no_fault() -> None:
    assert faults(FEED.encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</rss>", "", "is not well-formed XML"),
        ("<language>en</language>", "", "the channel has no language"),
        ('rel="self"', 'rel="hub"', "does not name its own address once"),
        (
            "<itunes:explicit>false",
            "<itunes:explicit>no",
            "itunes:explicit of the channel is neither",
        ),
        ("length='5' ", "", "item “One” does not have one whole enclosure"),
        ("<guid isPermaLink='false'>one</guid>", "", "item “One” has no guid"),
        (">two<", ">one<", "2 items have the guid one"),
        ("2.mp3", "1.mp3", "2 items have the enclosure address https://a.example/1.mp3"),
        ("isPermaLink='false'>one", ">one", "the guid one claims to be an address"),
        ("<description>D", f"<description>{'ä' * 2001}", "the channel has 4002 bytes"),
        ("2024", "2026", "the items are not ordered newest first"),
    ],
)
def test_each_broken_rule_is_told(old: str, new: str, fault: str) -> None:
    broken = FEED.replace(old, new, 1)

    found = faults(broken.encode())

    assert broken != FEED
    assert len(found) == 1
    assert fault in found[0]


def test_something_else_has_no_channel() -> None:
    assert faults(b"<html/>") == ["has no channel"]
