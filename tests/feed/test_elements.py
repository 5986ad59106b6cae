"""Every element of the namespaces of podcasts goes through import and build, and comes out.

Podcast namespace: `docs/tags/`. itunes: "A Podcaster's Guide to RSS" and what Apple asked for
before. psc: Podlove Simple Chapters 1.2. media: Media RSS 1.5.1. atom: RFC 4287. dc: Dublin Core.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from backlist import content
from backlist.build import Options
from backlist.feed.reader import xml
from backlist.feed.reader.losses import Losses, find_losses
from backlist.feed.vocabulary import NAMESPACES
from backlist.importers.run import ImportOptions, import_sources
from backlist.problems import Problems
from tests.conftest import built

DECLARED = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())

FEED = (Path(__file__).parent / "data/elements.xml").read_text("utf-8")
CHANNEL, ITEM = re.findall(r"<!-- every element [^>]*-->(.*?)(?=<!--|</item>)", FEED, re.DOTALL)


def parse(data: bytes | str) -> Any:
    data = data.encode() if isinstance(data, str) else data
    return etree.fromstring(data, etree.XMLParser(remove_blank_text=True, remove_comments=True))


def inside(text: str) -> list[Any]:
    return list(parse(f"<x{DECLARED}>{text}</x>"))


def canonical(element: Any) -> str:
    """What an element says, whatever its prefixes, white space and the order of attributes."""
    inner = [canonical(child) for child in element]
    words = (element.text or "").strip()
    return repr((str(element.tag), sorted(element.items()), words, inner))


def published(root: Path) -> Any:
    site, problems = built(root, Options("https://new.example/"))
    assert site is not None and not problems.stop(), [str(problem) for problem in problems]
    return parse(site.outputs["feed.xml"].read()).find("channel")


def bring(root: Path, text: str) -> Problems:
    problems = Problems()
    (root.parent / "feed.xml").write_text(text, "utf-8")
    source, options = str(root.parent / "feed.xml"), ImportOptions(refresh=True)
    assert import_sources(root, [source], options, problems=problems) is not None, problems.found
    return problems


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("elements") / "site"
    bring(root, FEED)
    return published(root)


def named(text: str) -> Iterator[Any]:
    for element in inside(text):
        yield pytest.param(element, id=xml.label(element))


@pytest.mark.parametrize("element", list(named(CHANNEL)))
def test_an_element_of_the_channel_comes_out_as_it_went_in(element: Any, channel: Any) -> None:
    found = [canonical(each) for each in channel.iterchildren(element.tag)]

    assert canonical(element) in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize("element", list(named(ITEM)))
def test_an_element_of_an_item_comes_out_as_it_went_in(element: Any, channel: Any) -> None:
    found = [canonical(each) for each in channel.find("item").iterchildren(element.tag)]
    meant = canonical(element)

    assert meant in found
    assert len(found) == len(set(found))


def test_what_a_feed_says_of_its_own_document_is_not_published_again(channel: Any) -> None:
    links = [link.get("rel") for link in channel.iterchildren(f"{{{NAMESPACES['atom']}}}link")]

    assert sorted(links) == ["alternate", "hub", "payment", "self"]
    assert channel.find("itunes:new-feed-url", NAMESPACES) is None
    assert channel.findtext("generator") == "backlist"
    assert channel.find("docs") is None


def losses(source: str, other: Any) -> Losses:
    return find_losses(parse(source), [other.getparent()], "old.xml", 0)


def test_nothing_is_counted_as_lost(channel: Any) -> None:
    found = losses(FEED, channel)

    assert (found.items, found.lost_items, found.lost) == (1, (), ())
    assert found.elements > len(inside(CHANNEL)) + len(inside(ITEM))


def test_what_is_lost_is_counted_by_name_with_an_example(channel: Any) -> None:
    more = '<podcast:trailer url="https://a.example/2.mp3">Two</podcast:trailer>'
    extra = FEED.replace("<ttl>", f"{more}\n{more}<ttl>").replace(
        "</channel>",
        '<item><title>Gone</title><guid>gone</guid><enclosure url="https://a.example/g.mp3"/>'
        "</item></channel>",
    )
    found = losses(extra, channel)

    assert found.lost_items == (("Gone", found.lost_items[0][1]),)
    assert found.lost_items[0][1].line == extra[: extra.index("Gone")].count("\n") + 1
    named = {(loss.place, loss.path): loss for loss in found.lost}
    assert named["channel", "podcast:trailer"].count == 1
    assert named["channel", "podcast:trailer"].of == 2
    assert "2.mp3" in named["channel", "podcast:trailer"].example
    assert found.lost_elements == 4


def test_an_element_in_another_than_ours_is_published_in_ours(tmp_path: Path) -> None:
    """Prefixes and the spelling of a namespace's address vary; unescaped HTML is text."""
    bring(
        tmp_path / "site",
        '<rss version="2.0" xmlns:p="https://github.com/Podcastindex-org/podcast-namespace/blob/'
        'main/docs/1.0.md" xmlns:i="HTTP://www.iTunes.com/DTDs/Podcast-1.0.dtd"><channel>'
        "<title>T</title><description>D</description>"
        '<p:podroll><p:remoteItem feedGuid="1"/></p:podroll>'
        "<item><title>A</title><guid>a</guid><enclosure url='https://a.example/a.mp3'/>"
        "<description>Notes that are longer than that.</description>"
        "<i:summary>See <b>this</b> &amp; that</i:summary></item></channel></rss>",
    )
    found = published(tmp_path / "site")

    assert found.find("podcast:podroll/podcast:remoteItem", NAMESPACES) is not None
    assert (
        found.find("item").findtext("itunes:summary", namespaces=NAMESPACES)
        == "See <b>this</b> &amp; that"
    )


ONE = """\
<rss version="2.0" xmlns:itunes="{itunes}" xmlns:podcast="{podcast}" xmlns:slash="{slash}"><channel>
<title>T</title><description>D</description><itunes:author>Ada Brine</itunes:author>
<item><title>A</title><guid isPermaLink="false">a</guid>
<enclosure url="https://a.example/a.mp3" length="5" type="audio/mpeg"/>
<description>First words of the notes. And more of them.</description>
INSIDE</item></channel></rss>
""".format(**NAMESPACES)


def one(inside: str) -> str:
    return ONE.replace("INSIDE", inside)


def test_what_repeats_a_key_follows_the_key(tmp_path: Path) -> None:
    root = tmp_path / "site"
    bring(
        root,
        one(
            "<itunes:title>A</itunes:title><itunes:author>Ada Brine</itunes:author>"
            "<itunes:subtitle>First words of the notes.</itunes:subtitle>"
            "<itunes:summary>First words of the notes. And more of them.</itunes:summary>"
            "<itunes:keywords>ropes, knots</itunes:keywords>"
            '<podcast:season name="Spring">2</podcast:season><itunes:season>2</itunes:season>'
        ),
    )
    record = root / "content/episodes/a.md"
    text = record.read_text("utf-8")

    assert "- <itunes:summary/>" in text and '- <podcast:season name="Spring"/>' in text

    edited = text.replace("title: A", "title: B").replace("  - knots\n", "  - bends\n")
    edited = edited.replace("season: 2", "season: 3").replace("First words", "Other words")
    record.write_text(edited, "utf-8")
    item = published(root).find("item")

    said = {xml.label(each): each.text for each in item if xml.name_of(each)[0]}
    assert said["itunes:title"] == "B"
    assert said["itunes:author"] == "Ada Brine"
    assert said["itunes:keywords"] == "ropes, bends"
    assert said["itunes:subtitle"].startswith("Other words of the notes")
    assert said["itunes:summary"] == "Other words of the notes. And more of them."
    assert said["podcast:season"] == "3"
    assert [each.text for each in item.iterchildren("category")] == ["ropes", "bends"]


def elements(root: Path) -> list[str]:
    document = content.parse_markdown(
        (root / "content/episodes/a.md").read_text("utf-8"), "a.md", Problems()
    )
    assert document is not None
    return list(document.data.get("feed_elements", []))


CHAT = '<podcast:chat server="irc.example"/>'
SOCIAL = '<podcast:socialInteract uri="https://s.example/1" protocol="activitypub"/>'


def test_a_second_import_follows_the_source_where_nobody_decided_otherwise(tmp_path: Path) -> None:
    root = tmp_path / "site"
    bring(root, one(CHAT + SOCIAL + "<slash:comments>1</slash:comments>"))
    record = root / "content/episodes/a.md"

    assert elements(root) == [CHAT, SOCIAL, "<slash:comments>1</slash:comments>"]

    # A person takes one out, writes one of their own; the source counts on and adds one.
    text = record.read_text("utf-8").replace(f"  - {SOCIAL}\n", "")
    own = '<podcast:txt purpose="mine">Own</podcast:txt>'
    record.write_text(text.replace(f"  - {CHAT}\n", f"  - {CHAT}\n  - {own}\n"), "utf-8")
    new = '<podcast:image href="https://i.example/1.jpg"/>'
    bring(root, one(CHAT + SOCIAL + "<slash:comments>2</slash:comments>" + new))

    assert sorted(elements(root)) == sorted([CHAT, own, "<slash:comments>2</slash:comments>", new])

    bring(root, one(SOCIAL))

    assert sorted(elements(root)) == [own]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("<podcast:chat", "is not XML"),
        ("<nobody:knows/>", "is not XML"),
        ("words", "is not one element"),
        ("<a/><b/>", "is not one element"),
        ("<guid>1</guid>", "repeats `guid`"),
        ("<enclosure url='x'/>", "repeats `enclosure`"),
        ("<itunes:new-feed-url>x</itunes:new-feed-url>", "repeats `itunes:new-feed-url`"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "is not XML"),
    ],
)
def test_an_element_that_cannot_go_out_is_told_with_its_line(
    tmp_path: Path, written: str, told: str
) -> None:
    root = tmp_path / "site"
    bring(root, one(CHAT))
    record = root / "content/episodes/a.md"
    text = record.read_text("utf-8")
    record.write_text(text.replace(CHAT, "'" + written.replace("'", "''") + "'"), "utf-8")
    _, problems = built(root)
    line = text[: text.index(CHAT)].count("\n") + 1

    found = [problem for problem in problems if told in problem.message]
    assert [str(problem.where) for problem in found] == [f"content/episodes/a.md:{line}"]
    assert found[0].hint


def test_items_without_audio_go_out_again_as_well(tmp_path: Path) -> None:
    """A feed is replaced whole: apps that play nothing read them, the others pass them over."""
    root = tmp_path / "site"
    text = FEED.replace(
        "</channel>",
        "<item><title>Only words</title><guid isPermaLink='false'>words</guid>"
        "<description>Nothing to hear.</description>"
        "<itunes:duration>60</itunes:duration></item>"
        "<item><title>A link</title><link>https://tide.example/link</link>"
        "<description>Somewhere else.</description></item></channel>",
    )
    bring(root, text)
    found = published(root)

    assert [item.findtext("guid") for item in found.iterchildren("item")] == [
        "one",
        "words",
        "https://tide.example/link",
    ]
    assert [len(item.findall("enclosure")) for item in found.iterchildren("item")] == [1, 0, 0]
    assert losses(text, found).lost_items == ()
    assert losses(text, found).lost == ()
