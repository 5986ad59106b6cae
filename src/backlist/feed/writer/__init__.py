"""Every feed of the site, by feedgen: the show's, its archive pages, one a topic, and JSON.

RSS 2.0 with the itunes, content, atom and podcast namespaces, as Apple's "A Podcaster's Guide
to RSS", the RSS Board's profile and PSP-1 ask; `docs/feeds.md` says where each field comes
from. The same archive gives the same bytes: the build date is the newest date in the feed.

An item is made once and joined into every feed it is in: `item_facts(entry, archive)` collects
what it says, `make_item(facts)` makes it, in any process, and `write_feeds` joins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from backlist import urls
from backlist.cache.keys import key_of
from backlist.cache.store import NO_CACHE, Memory
from backlist.feed.writer import chapters_file
from backlist.feed.writer.channel import channel_xml, join, newest
from backlist.feed.writer.facts import (
    ItemFacts,
    audio_type,
    enclosure,
    item_facts,
    transcript_type,
    transcript_url,
)
from backlist.feed.writer.items import FeedItem, make_item
from backlist.feed.writer.json_feed import json_feed
from backlist.feed.writer.specs import (
    FeedSpec,
    alias_paths,
    feed_specs,
    in_feed,
    left_out,
    renamed_topic_feeds,
    renamed_topics,
    topic_feeds,
)
from backlist.files.output import FEEDS, Joined, Output
from backlist.problems import Where, working_on
from backlist.relate.archive import Archive, Entry

__all__ = [
    "FeedItem",
    "FeedSpec",
    "ItemFacts",
    "audio_type",
    "channel_xml",
    "enclosure",
    "feed_specs",
    "in_feed",
    "item_facts",
    "items_of",
    "join",
    "left_out",
    "make_item",
    "make_items",
    "renamed_topic_feeds",
    "renamed_topics",
    "topic_feeds",
    "transcript_type",
    "transcript_url",
    "write_feeds",
]


def make_items(archive: Archive, cache: Memory = NO_CACHE) -> dict[str, FeedItem]:
    """The item of every episode in the feed, by slug, newest first; on all cores with a cache."""
    entries = in_feed(archive)
    show = archive.show
    site = archive.site
    common = key_of(
        *(site.base_url, site.feed.copies, site.labels),
        *(show.explicit, show.author, show.image, show.license),
    )

    def make(entry: Entry) -> FeedItem:
        with working_on(Where(entry.file)):
            return make_item(item_facts(entry, archive))

    # An entry's key says all that `item_facts` takes from it, and is cheaper than the facts.
    made = cache.make("feed item", make, [(key_of(one.key, common), one) for one in entries])
    return {entry.slug: item for entry, item in zip(entries, made, strict=True)}


def items_of(archive: Archive, cache: Memory = NO_CACHE) -> dict[str, FeedItem]:
    """The items, made once an archive: what publishes and what checks them share them."""
    known = vars(archive)
    if _ITEMS not in known:
        known[_ITEMS] = make_items(archive, cache)
    items: dict[str, FeedItem] = known[_ITEMS]
    return items


_ITEMS = "feed items"


def write_feeds(archive: Archive, items: Mapping[str, FeedItem]) -> Iterator[Output]:
    """The feeds, and the chapters and transcripts they point at."""
    common = key_of(archive.show, archive.site.base_url, archive.site.feed)
    renamed = renamed_topic_feeds(archive)
    for spec in feed_specs(archive):
        mine = [items[entry.slug] for entry in spec.entries]
        key = key_of(common, replace(spec, entries=()), newest(spec.entries), mine)
        feed = Joined(key, partial(_feed, spec, archive, mine))
        yield Output(spec.path, feed, FEEDS)
        for path in (old for old, new in renamed.items() if new == spec.path):
            yield Output(path, feed, FEEDS, "site.yaml")
        if spec.main:
            for path in alias_paths(archive):
                yield Output(path, feed, FEEDS)
            listed = Joined(key_of(common, "json", mine), partial(_json_feed, archive, mine))
            yield Output(urls.FEED_JSON, listed, FEEDS)
    yield from chapters_file.chapters(archive)
    yield from chapters_file.transcripts(archive)


def _feed(spec: FeedSpec, archive: Archive, items: Sequence[FeedItem]) -> Iterator[bytes]:
    chosen = (item.brief if spec.brief else item.xml for item in items)
    return join(channel_xml(spec, archive), chosen)


def _json_feed(archive: Archive, items: Sequence[FeedItem]) -> Iterator[bytes]:
    return json_feed(archive, (item.json for item in items))
