"""One episode as an item of a feed.

Sources: Apple, "A Podcaster's Guide to RSS", item tags; PSP-1, item; the podcast namespace.
"""

import re
from dataclasses import dataclass

from feedgen.entry import FeedEntry

from backlist import urls
from backlist.cache.keys import key_of
from backlist.cache.packed import PackedBytes
from backlist.feed import rules
from backlist.feed.rules import ItemOutline, RuleViolation
from backlist.feed.vocabulary import NAMESPACES, tag
from backlist.feed.writer.carried import item_elements
from backlist.feed.writer.channel import write_people, write_terms, write_values
from backlist.feed.writer.elements import empty_feed, make_element, true_or_false
from backlist.feed.writer.facts import (
    ItemFacts,
    audio_type,
    transcript_type,
    transcript_url,
)
from backlist.feed.writer.json_feed import json_item
from backlist.feed.writer.notes import ItemNotes, item_notes
from backlist.model import Episode

_CONTENT = re.compile(
    rb"\n *<content:encoded><!\[CDATA\[.*?\]\]></content:encoded>"
    rb"|\n *<itunes:summary>.*?</itunes:summary>",
    re.DOTALL,
)
_DESCRIPTION = re.compile(rb"(<description><!\[CDATA\[).*?(\]\]></description>)", re.DOTALL)


@dataclass(frozen=True)
class FeedItem:
    """An episode as feeds have it, made once and joined into each.

    `xml` are whole lines with their indent, and `brief` the same with 1,000 bytes of the notes;
    `json` is an item of the JSON feed; `key` says what all are. `outline` is what the rules for a
    whole feed ask of it, `violations` what the rules for an item found.
    """

    key: bytes
    outline: ItemOutline
    violations: tuple[RuleViolation, ...]
    xml: PackedBytes = PackedBytes()
    brief: PackedBytes = PackedBytes()
    json: PackedBytes = PackedBytes()


def make_item(facts: ItemFacts) -> FeedItem:
    """Make an item of its facts alone; feedgen writes it into a feed of one item."""
    notes = item_notes(facts)
    feed = empty_feed()
    feed.title("-")
    feed.link(href="-")
    feed.description("-")
    feed.extra.spaces = NAMESPACES
    _write_item(feed.add_entry(), facts, notes)
    data: bytes = feed.rss_str(pretty=True)
    start, end = data.index(b"    <item>"), data.rindex(b"  </channel>")
    outline, violations = rules.check_item(rules.as_https(data, facts.base_url))
    xml, json = data[start:end], json_item(facts, notes.content)
    short = notes.brief.encode()
    brief = _DESCRIPTION.sub(lambda found: found[1] + short + found[2], _CONTENT.sub(b"", xml))
    return FeedItem(key_of(xml, brief, json), outline, violations, xml, brief, json)


def _write_item(item: FeedEntry, facts: ItemFacts, notes: ItemNotes) -> None:
    """Fill an item; the guid goes out byte for byte."""
    episode = facts.episode
    assert episode.guid is not None, "`in_feed` sees to it"
    item.title(episode.title)
    item.guid(episode.guid, permalink=episode.permalink)
    item.link(href=facts.page_url)
    item.description(notes.description)
    item.content(notes.content, type="CDATA")
    if episode.audio:
        # RSS 2.0 demands a length; 0 stands for unknown, which `check` warns of.
        item.enclosure(episode.audio.url, str(episode.audio.length or 0), audio_type(episode.audio))
    if episode.date:
        item.pubDate(episode.date.instant)
    if episode.audio and episode.audio.duration:
        item.podcast.itunes_duration(episode.audio.duration)
    item.podcast.itunes_episode_type(episode.type)
    elements = item_elements(facts, notes)
    carried = {element.tag for element in elements}
    _write_numbers(item, episode, carried)
    _write_language(item, facts, carried)
    item.extra.add("itunes:explicit", true_or_false(facts.explicit))
    if facts.image:
        item.extra.add("itunes:image", href=facts.image)
    write_people(item, facts.people)
    write_terms(item, facts.license, episode.location)
    if episode.ai:
        disclosed = true_or_false(bool(episode.disclosure(None)))
        item.extra.add("podcast:txt", disclosed, purpose="ai-content")
    _write_extras(item, facts)
    labelled = {element.text for element in elements if element.tag == "category"}
    for topic in episode.topics:
        if topic not in labelled:
            item.extra.add("category", topic)
    item.extra.elements += elements


def _write_numbers(item: FeedEntry, episode: Episode, carried: set[str]) -> None:
    """Season and number; a carried element says more than the number (`name`, `display`)."""
    if episode.season:
        item.podcast.itunes_season(episode.season)
        if tag("podcast:season") not in carried:
            item.extra.add("podcast:season", str(episode.season))
    if episode.number:
        item.podcast.itunes_episode(episode.number)
        if tag("podcast:episode") not in carried:
            item.extra.add("podcast:episode", str(episode.number))


def _write_language(item: FeedEntry, facts: ItemFacts, carried: set[str]) -> None:
    """The language where it is another than the channel's: RSS has no element for that of an item.

    `dc:language` is what W3C's validator takes, once and with an ISO 639 code.
    """
    if facts.language and tag("dc:language") not in carried:
        item.extra.add("dc:language", facts.language)


def _write_extras(item: FeedEntry, facts: ItemFacts) -> None:
    """Transcripts, chapters, soundbites and payments."""
    for one in facts.episode.transcripts:
        item.extra.add(
            "podcast:transcript",
            url=transcript_url(one, facts.base_url),
            type=transcript_type(one),
            # Without one it is in the channel's language (podcast namespace, `transcript`).
            language=one.language or facts.language or None,
            rel="captions" if one.captions else None,
        )
    if facts.chapters_url:
        kind = "application/json+chapters"
        item.extra.add("podcast:chapters", url=facts.chapters_url, type=kind)
    for bite in facts.episode.soundbites:
        item.extra.add(
            "podcast:soundbite",
            bite.title,
            startTime=str(round(bite.start, 3)),
            duration=str(round(bite.duration, 3)),
        )
    if facts.episode.chapters:
        marks = item.extra.add("psc:chapters", version="1.2")
        marks.extend(
            make_element(
                "psc:chapter",
                start=normal_play_time(one.start),
                title=one.title,
                href=one.url,
                image=one.image and urls.static_file(one.image, facts.base_url),
            )
            for one in facts.episode.chapters
        )
    write_values(item, facts.episode.value)


def normal_play_time(place: float) -> str:
    """A place in a recording as `H:MM:SS.mmm` (Podlove Simple Chapters, `start`).

    >>> normal_play_time(3723.5), normal_play_time(7)
    ('01:02:03.500', '00:00:07.000')
    """
    whole, rest = divmod(round(place * 1000), 1000)
    minutes, seconds = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{rest:03}"
