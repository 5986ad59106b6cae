"""The reader of podcast feeds (RSS 2.0 with the iTunes, podcast and Podlove namespaces).

A feed is the only authority for guid, enclosure and publication date: the guid is taken byte for
byte, and what cannot be read stays unknown and is told.
"""

from collections import Counter
from typing import Any

from backlist.importers import feed_xml as xml
from backlist.importers.draft import Importer, Options, Reading
from backlist.importers.feed_item import read_item
from backlist.importers.feed_names import IN_CHANNEL, IN_ITEM, count_unknown, name_of
from backlist.importers.feed_show import read_show
from backlist.problems import Problems, Where

FORMAT = "feed"


def recognise(data: bytes, name: str) -> bool:
    """Whether the bytes are an RSS feed."""
    return xml.is_feed(data)


def read(data: bytes, name: str, problems: Problems, options: Options) -> Reading | None:
    """The show and every item of a feed, in its order; None with the fault told."""
    root, skipped = xml.parse(data, name, problems)
    if root is None:
        return None
    items = list(xml.find_items(root))
    if not items:
        problems.error(
            Where(name),
            "the feed has no `<item>`",
            "give the address of the podcast's RSS feed, or a copy saved when it was whole",
        )
        return None
    channel = next((e for e in root.iter() if name_of(e) == ("", "channel")), root)
    show = read_show(channel, Where(name, skipped + 1), problems)
    drafts = []
    for element in items:
        where = Where(name, (element.sourceline or 0) + skipped)
        drafts.append(read_item(element, where, problems, options, show.link))
        options.tick(len(drafts), len(items))
    return Reading(show, tuple(drafts), FORMAT, name, _count_unknown(channel, items))


def _count_unknown(channel: Any, items: list[Any]) -> tuple[tuple[str, int], ...]:
    """The elements only the raw records keep, the most frequent first."""
    counts: Counter[str] = count_unknown([channel], IN_CHANNEL) + count_unknown(items, IN_ITEM)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


IMPORT = Importer(FORMAT, recognise, read)
