"""A feed at one moment, made from an archive or from a lock (`live` makes one from RSS)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from backlist import urls
from backlist.content import Document
from backlist.feed.lock.lockfile import FeedLock, LockedFeed, LockedItem
from backlist.feed.writer import audio_type, enclosure, feed_specs, in_feed, renamed_topic_feeds
from backlist.model import Episode, Site
from backlist.model.scalars import Moment
from backlist.problems import Where
from backlist.relate.archive import Archive, Entry

ADDRESS, GUID, BLOCK, COMPLETE, NEWEST = (
    f"feed.{name}" for name in ("address", "guid", "block", "complete", "newest")
)
"""How a fact of the channel is named among the guids of items."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Channel and items, newest first, and what only one kind of source knows.

    `places` says where a guid, or a fact of the channel, is written. Of a site: `redirects` are
    earlier page paths by guid, `removed` the items removed on purpose, `waiting` the dates of
    episodes that are not out yet, both by guid, and `base_url` its address. Of the lock:
    `unlocked` are the guids of items that it should hold and does not, `known` how many items
    it or anything else knows. Of a live feed: `nameless`
    are the items whose guid stands for a missing one.
    """

    name: str
    channel: LockedFeed
    items: tuple[LockedItem, ...]
    places: Mapping[str, Where] = field(default_factory=dict)
    redirects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    removed: Mapping[str, LockedItem] = field(default_factory=dict)
    waiting: Mapping[str, Moment] = field(default_factory=dict)
    unlocked: frozenset[str] = frozenset()
    known: int = 0
    nameless: frozenset[str] = frozenset()
    base_url: str = ""

    def where(self, subject: str) -> Where:
        """Where a guid or a fact of the channel is written; the source itself if unknown."""
        return self.places.get(subject, Where(self.name))

    @property
    def served(self) -> int:
        """How many items `feed.xml` itself holds."""
        return min(len(self.items), self.channel.newest or len(self.items))


def snapshot_of_site(
    archive: Archive,
    declared_base_url: str,
    removed: Iterable[Episode] = (),
    waiting: Mapping[str, Moment] = MappingProxyType({}),
) -> Snapshot:
    """What the archive would publish at the base URL that site.yaml declares.

    A build for another address (`--base-url`) is so compared as if it were published there: one
    lock holds for all of them.
    """
    show, settings = archive.show, archive.site.feed
    address = settings.url or urls.absolute(urls.FEED, declared_base_url)
    # An item without audio is no episode to any app, and a live feed's are passed over as well.
    entries = [entry for entry in in_feed(archive) if entry.episode.audio]
    silent = len(in_feed(archive)) - len(entries)
    main, *others = feed_specs(archive)
    newest = len(main.entries) - silent
    return Snapshot(
        name="the site",
        channel=LockedFeed(
            # Nobody subscribes at a placeholder, so moving away from one is no move.
            address=None if urls.is_placeholder(address) else address,
            was=settings.previous_urls,
            guid=show.guid,
            block=show.block,
            complete=show.complete,
            newest=newest if newest < len(entries) else None,
            others=tuple(sorted({*renamed_topic_feeds(archive), *(spec.path for spec in others)})),
        ),
        items=tuple(_item(entry.episode, archive.site, declared_base_url) for entry in entries),
        places={str(entry.episode.guid): Where(entry.file) for entry in entries},
        redirects={str(entry.episode.guid): _redirects(entry) for entry in entries},
        removed={
            one.guid: _item(one, archive.site, declared_base_url)
            for one in removed
            if one.guid and one.audio
        },
        waiting=waiting,
        base_url=declared_base_url,
    )


def snapshot_of_lock(lock: FeedLock, document: Document) -> Snapshot:
    """What the lock says subscribers have."""
    places = {
        item.guid: document.where("items", number, "guid") for number, item in enumerate(lock.items)
    }
    for name in (ADDRESS, GUID, BLOCK, COMPLETE, NEWEST):
        places[name] = document.where(*name.split("."))
    return Snapshot(document.file, lock.feed, lock.items, places)


def _item(episode: Episode, site: Site, base_url: str) -> LockedItem:
    assert episode.guid is not None and episode.audio is not None, "`in_feed` sees to both"
    audio = enclosure(episode.audio, site, base_url)
    return LockedItem(
        guid=episode.guid,
        title=episode.title,
        date=episode.date,
        audio=urls.static_file(audio.file, base_url) if audio.file else audio.url,
        length=audio.length or 0,
        type=audio_type(audio),
        page=page_path(urls.episode(episode.slug)),
        permalink=episode.permalink,
    )


def _redirects(entry: Entry) -> frozenset[str]:
    paths = (urls.alias(alias) for alias in entry.episode.aliases)
    return frozenset(page_path(path) for path in paths if path is not None)


def page_path(path: str) -> str:
    """The path of a page as visitors see it, from the base URL on."""
    return urls.shown_path(path)
