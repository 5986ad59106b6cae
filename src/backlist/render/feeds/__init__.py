"""Every feed of the site, by feedgen: the show's, its archive pages, one a topic, and JSON.

RSS 2.0 with the itunes, content, atom and podcast namespaces, as Apple's "A Podcaster's Guide
to RSS", the RSS Board's profile and PSP-1 ask; `docs/feeds.md` says where each field comes
from. The same archive gives the same bytes: the build date is the newest date in the feed.
"""

from collections.abc import Iterator, Mapping

from backlist import urls
from backlist.output import Output
from backlist.pages.context import SiteContext
from backlist.relate.archive import Archive
from backlist.render.feeds import companions
from backlist.render.feeds.channel import opened
from backlist.render.feeds.items import write_item, written
from backlist.render.feeds.json_feed import json_feed
from backlist.render.feeds.plan import Edition, carried, editions, old_paths, topics
from backlist.render.notes import Notes

__all__ = ["carried", "make", "topics"]

MAKER = "feeds"


def make(site: SiteContext) -> Iterator[Output]:
    """The feeds, and the chapters and transcripts they point at."""
    archive = site.archive
    texts = {entry.slug: written(entry, archive) for entry in carried(archive)}
    for edition in editions(archive):
        data = _rss(edition, texts, archive)
        yield Output(edition.path, data, MAKER)
        if edition.main:
            for path in old_paths(archive):
                yield Output(path, data, MAKER)
            yield Output(urls.FEED_JSON, json_feed(edition, texts, archive), MAKER)
    yield from companions.chapters(archive)
    yield from companions.transcripts(archive)


def _rss(edition: Edition, texts: Mapping[str, Notes], archive: Archive) -> bytes:
    """The bytes of one feed document."""
    feed = opened(edition, archive)
    for entry in edition.entries:
        # feedgen prepends unless told otherwise (lkiesow/python-feedgen#55).
        write_item(feed.add_entry(order="append"), entry, texts[entry.slug], archive)
    data: bytes = feed.rss_str(pretty=True)
    return data
