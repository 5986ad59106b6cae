"""The feeds, their chapters files and transcripts."""

from collections.abc import Iterable

from backlist.feed.writer import items_of, write_feeds
from backlist.files.output import Output
from backlist.pages.context import SiteContext


def make(site: SiteContext) -> Iterable[Output]:
    """Every feed; the items are made once and joined."""
    return write_feeds(site.archive, items_of(site.archive, site.cache))
