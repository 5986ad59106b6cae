"""Feeds that do not exist, in the shapes of ones that do."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from backlist.feed.lock import LockViolation, Snapshot, compare, snapshot_of_rss
from backlist.feed.lock.lockfile import LockedFeed, LockedItem
from backlist.model.scalars import Moment
from backlist.problems import Level, Problems

FIRST = datetime(2020, 1, 6, 6, 0, tzinfo=UTC)
BASE = "https://small.example/"


def item(number: int, **changes: Any) -> LockedItem:
    """Episode `number` of a weekly show."""
    told: dict[str, Any] = {
        "guid": f"small-{number:04}",
        "title": f"Night {number}",
        "date": Moment(FIRST + timedelta(weeks=number)),
        "audio": f"https://audio.small.example/e/night-{number}.mp3",
        "length": 1000 + number,
        "type": "audio/mpeg",
        "page": f"episodes/night-{number}/",
    }
    return LockedItem(**{**told, **changes})


def items(count: int) -> list[LockedItem]:
    """A weekly show, newest first."""
    return [item(number) for number in range(count, 0, -1)]


def feed(listed: Iterable[LockedItem], name: str = "feed", **channel: Any) -> Snapshot:
    """A snapshot of the items."""
    told: dict[str, Any] = {"address": f"{BASE}feed.xml", **channel}
    return Snapshot(name, LockedFeed(**told), tuple(listed))


def changed(listed: Iterable[LockedItem], **changes: Any) -> list[LockedItem]:
    """The items with something else in each; `{}` in a text is what was there."""
    return [
        one.model_copy(
            update={
                key: value.format(getattr(one, key)) if isinstance(value, str) else value
                for key, value in changes.items()
            }
        )
        for one in listed
    ]


def refused(old: Snapshot, new: Snapshot) -> list[LockViolation]:
    """The violations that refuse to publish."""
    return [violation for violation in compare(old, new) if violation.blocks]


def rules(old: Snapshot, new: Snapshot) -> dict[str, Level]:
    """Which rules speak, and how loud."""
    return {violation.rule: violation.level for violation in compare(old, new)}


def rss(listed: Iterable[LockedItem], head: str = "", explicit: str = "no") -> bytes:
    """An RSS feed of the items, as a host would write it."""
    written = "".join(_written(one, explicit) for one in listed)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:podcast="https://podcastindex.org/namespace/1.0" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Small Hours</title>'
        f"{head}{written}</channel></rss>"
    ).encode()


def _written(one: LockedItem, explicit: str) -> str:
    date = f"<pubDate>{format_datetime(one.date.instant)}</pubDate>" if one.date else ""
    claim = "" if one.permalink else ' isPermaLink="false"'
    return (
        f"<item><title>{escape(one.title or '')}</title>\n"
        f"<guid{claim}>{escape(one.guid)}</guid>{date}"
        f"<link>{urljoin(BASE, one.page or '')}</link><itunes:explicit>{explicit}</itunes:explicit>"
        f"<enclosure url={quoteattr(one.audio)} length='{one.length}' type='{one.type}'/></item>"
    )


def read(data: bytes, name: str = "live.xml") -> Snapshot:
    """A snapshot of an RSS feed that has no fault."""
    problems = Problems()
    snapshot = snapshot_of_rss(data, name, problems, BASE)
    assert snapshot is not None and not problems.stop(), problems.found
    return snapshot
