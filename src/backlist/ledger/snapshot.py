"""A feed at one moment, made from an archive or from a lock (`live` makes one from XML)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backlist import urls
from backlist.content import Document
from backlist.ledger.records import Channel, Item, Lock
from backlist.problems import Where
from backlist.relate.archive import Archive, Entry
from backlist.render import feeds
from backlist.render.feeds.items import sound_type

ADDRESS, GUID, BLOCK, COMPLETE = "feed.address", "feed.guid", "feed.block", "feed.complete"
"""How a fact of the channel is named among the guids of items."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Channel and items, newest first, and what only one kind of source knows.

    `places` says where a guid, or a fact of the channel, is written. Of a site: `redirects` are
    earlier page paths by guid, `removed` the guids taken back on purpose. Of a live feed:
    `nameless` are the items whose guid stands for a missing one.
    """

    name: str
    channel: Channel
    items: tuple[Item, ...]
    places: Mapping[str, Where] = field(default_factory=dict)
    redirects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()

    def where(self, subject: str) -> Where:
        """Where a guid or a fact of the channel is written; the source itself if unknown."""
        return self.places.get(subject, Where(self.name))


def of_archive(
    archive: Archive, declared: str | None = None, removed: frozenset[str] = frozenset()
) -> Snapshot:
    """What the archive would publish.

    `declared` is the base URL of `site.yaml`. A build put elsewhere with `--base-url` is seen as
    if it stood there, so that one lock holds for all of them.
    """
    show, site = archive.show, archive.site
    base = site.base_url
    carried = feeds.carried(archive)
    address = _at_home(archive.feed_address, base, declared)
    return Snapshot(
        name="the site",
        channel=Channel(
            # Nobody subscribes at a placeholder, so moving away from one is no move.
            address=None if urls.is_placeholder(address) else address,
            was=site.feed.was,
            guid=show.guid,
            block=show.block,
            complete=show.complete,
        ),
        items=tuple(_item(entry, base, declared) for entry in carried),
        places={str(entry.episode.guid): Where(entry.file) for entry in carried},
        redirects={str(entry.episode.guid): _redirects(entry) for entry in carried},
        removed=removed,
    )


def of_lock(lock: Lock, document: Document) -> Snapshot:
    """What the lock says subscribers have."""
    places = {
        item.guid: document.where("items", number, "guid") for number, item in enumerate(lock.items)
    }
    for name in (ADDRESS, GUID, BLOCK, COMPLETE):
        places[name] = document.where(*name.split("."))
    return Snapshot(document.file, lock.feed, lock.items, places)


def _item(entry: Entry, base: str, declared: str | None) -> Item:
    episode = entry.episode
    assert episode.guid is not None and episode.audio is not None, "`carried` sees to both"
    audio = episode.audio
    return Item(
        guid=episode.guid,
        title=episode.title,
        date=episode.date,
        audio=_at_home(audio.url, base, declared),
        length=audio.length or 0,
        type=sound_type(audio),
        page=page_of(urls.episode(entry.slug)),
        permalink=episode.permalink,
    )


def _at_home(address: str, base: str, declared: str | None) -> str:
    """An address under the base URL of this build, moved to that of `site.yaml`."""
    inside = declared is not None and address.startswith(base)
    return f"{declared}{address.removeprefix(base)}" if inside else address


def _redirects(entry: Entry) -> frozenset[str]:
    paths = (urls.alias(said) for said in entry.episode.aliases)
    return frozenset(page_of(path) for path in paths if path is not None)


def page_of(path: str) -> str:
    """The path of a page as visitors see it, from the base URL on.

    >>> page_of("episodes/hello/index.html")
    'episodes/hello/'
    """
    return urls.absolute(path, "")
