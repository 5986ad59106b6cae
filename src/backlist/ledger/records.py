"""What the lock writes down: the show's feed, and each item as subscribers have it."""

from backlist.model import Record
from backlist.model.scalars import Text, When


class Channel(Record):
    """The feed itself: its public address and earlier ones, its `podcast:guid`, and two marks.

    `block` hides the show from directories (`itunes:block`, `podcast:block`); `complete` says
    that no episode will follow (`itunes:complete`).
    """

    address: str | None = None
    was: tuple[str, ...] = ()
    guid: str | None = None
    block: bool = False
    complete: bool = False


class Item(Record):
    """One item: what an app knows it by and where things lie.

    `guid` byte for byte; `length` in bytes, 0 unknown; `page` the path of its page from the base
    URL on (`episodes/hello/`); `seen` the day the lock first held it.
    """

    guid: Text
    title: str | None = None
    date: When | None = None
    audio: Text
    length: int = 0
    type: str | None = None
    page: str | None = None
    permalink: bool = False
    seen: When | None = None


class Lock(Record):
    """The whole of `content/feed.lock.yaml`, newest item first as in the feed."""

    feed: Channel = Channel()
    items: tuple[Item, ...]
