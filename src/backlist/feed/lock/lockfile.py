"""`content/feed.lock.yaml`: what it holds, and the file as text both ways."""

from collections.abc import Iterator

from backlist import content
from backlist.content import Document
from backlist.model import Record, writable
from backlist.model.scalars import Text, Uri, When
from backlist.problems import Problems

_HEAD = """\
# What subscribers have, item by item. `backlist build` adds new episodes; `backlist accept-changes`
# accepts other changes that are meant. Commit it, and do not edit it: `backlist docs feed-lock`.
"""

PART = 500
"""Items that are written at once: PyYAML takes ten times the memory of what it writes."""


class LockedFeed(Record):
    """The feed itself: its public address and earlier ones, its `podcast:guid`, and two flags.

    `block` hides the show from directories (`itunes:block`, `podcast:block`); `complete` says
    that no episode will follow (`itunes:complete`). `newest` is how many items `feed.xml` holds,
    where it does not hold all; `others` are the paths of the other feeds.
    """

    address: Uri | None = None
    was: tuple[Uri, ...] = ()
    guid: str | None = None
    block: bool = False
    complete: bool = False
    newest: int | None = None
    others: tuple[str, ...] = ()


class LockedItem(Record):
    """One item: what an app knows it by and where things lie.

    `guid` byte for byte; `length` in bytes, 0 unknown; `page` the path of its page from the base
    URL on (`episodes/hello/`); `seen` the day the lock first held it.
    """

    guid: Text
    title: str | None = None
    date: When | None = None
    audio: Uri
    length: int = 0
    type: str | None = None
    page: str | None = None
    permalink: bool = False
    seen: When | None = None


class FeedLock(Record):
    """The whole file, newest item first as in the feed.

    `dropped` are the guids that were let go on purpose: an old build or an import that still
    knows them says nothing then.
    """

    feed: LockedFeed = LockedFeed()
    items: tuple[LockedItem, ...]
    dropped: tuple[str, ...] = ()


def read(document: Document, problems: Problems) -> FeedLock | None:
    """The lock, or None with every error reported at its line."""
    lock = content.read(FeedLock, document, problems)
    if lock is None:
        return None
    first: dict[str, int] = {}
    for number, item in enumerate(lock.items):
        if first.setdefault(item.guid, number) != number:
            problems.error(
                document.where("items", number, "guid"),
                f'`guid` is the same as in item {first[item.guid] + 1}: "{item.guid}"',
                "keep one of them, or restore the lock from version control",
            )
            return None
    return lock


def dump(lock: FeedLock) -> str:
    """The lock as YAML: a comment, the feed, a short block an item."""
    return "".join([_HEAD, *_sections(lock)])


def _sections(lock: FeedLock) -> Iterator[str]:
    """Each key with its value, items in parts."""
    for name, value in writable(lock.model_copy(update={"items": ()})).items():
        if name != "items" or not lock.items:
            yield content.dump_yaml({name: value})
            continue
        yield "items:\n"
        for first in range(0, len(lock.items), PART):
            part = [writable(item) for item in lock.items[first : first + PART]]
            yield content.dump_yaml({name: part}).removeprefix("items:\n")
