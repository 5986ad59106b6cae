"""A feed at one moment, made from an archive or from a lock (`live` makes one from RSS)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backlist import urls
from backlist.content import Document
from backlist.feed.lock.lockfile import FeedLock, LockedFeed, LockedItem
from backlist.feed.writer import audio_type, in_feed
from backlist.problems import Where
from backlist.relate.archive import Archive, Entry

ADDRESS, GUID, BLOCK, COMPLETE = "feed.address", "feed.guid", "feed.block", "feed.complete"
"""How a fact of the channel is named among the guids of items."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Channel and items, newest first, and what only one kind of source knows.

    `places` says where a guid, or a fact of the channel, is written. Of a site: `redirects` are
    earlier page paths by guid, `removed` the guids removed on purpose, `base_url` its address. Of
    a live feed: `nameless` are the items whose guid stands for a missing one.
    """

    name: str
    channel: LockedFeed
    items: tuple[LockedItem, ...]
    places: Mapping[str, Where] = field(default_factory=dict)
    redirects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()
    base_url: str = ""

    def where(self, subject: str) -> Where:
        """Where a guid or a fact of the channel is written; the source itself if unknown."""
        return self.places.get(subject, Where(self.name))


def snapshot_of_site(
    archive: Archive, declared_base_url: str, removed: frozenset[str] = frozenset()
) -> Snapshot:
    """What the archive would publish at the base URL that site.yaml declares.

    A build for another address (`--base-url`) is so compared as if it were published there: one
    lock holds for all of them.
    """
    show, settings = archive.show, archive.site.feed
    address = settings.url or urls.absolute(urls.FEED, declared_base_url)
    entries = in_feed(archive)
    return Snapshot(
        name="the site",
        channel=LockedFeed(
            # Nobody subscribes at a placeholder, so moving away from one is no move.
            address=None if urls.is_placeholder(address) else address,
            was=settings.previous_urls,
            guid=show.guid,
            block=show.block,
            complete=show.complete,
        ),
        items=tuple(_item(entry, declared_base_url) for entry in entries),
        places={str(entry.episode.guid): Where(entry.file) for entry in entries},
        redirects={str(entry.episode.guid): _redirects(entry) for entry in entries},
        removed=removed,
        base_url=declared_base_url,
    )


def snapshot_of_lock(lock: FeedLock, document: Document) -> Snapshot:
    """What the lock says subscribers have."""
    places = {
        item.guid: document.where("items", number, "guid") for number, item in enumerate(lock.items)
    }
    for name in (ADDRESS, GUID, BLOCK, COMPLETE):
        places[name] = document.where(*name.split("."))
    return Snapshot(document.file, lock.feed, lock.items, places)


def _item(entry: Entry, base_url: str) -> LockedItem:
    episode = entry.episode
    assert episode.guid is not None and episode.audio is not None, "`in_feed` sees to both"
    audio = episode.audio
    return LockedItem(
        guid=episode.guid,
        title=episode.title,
        date=episode.date,
        audio=urls.static_file(audio.file, base_url) if audio.file else audio.url,
        length=audio.length or 0,
        type=audio_type(audio),
        page=_page(urls.episode(entry.slug)),
        permalink=episode.permalink,
    )


def _redirects(entry: Entry) -> frozenset[str]:
    paths = (urls.alias(alias) for alias in entry.episode.aliases)
    return frozenset(_page(path) for path in paths if path is not None)


def _page(path: str) -> str:
    """The path of a page as visitors see it, from the base URL on."""
    return urls.absolute(path, "")
