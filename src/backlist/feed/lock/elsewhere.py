"""Items that should be in the lock and are not: who else knows of them.

A lock can be deleted, or lose blocks in a merge. The last build's `feed.xml` and the raw records
of imported feeds know the items as well, so neither can be lost without a word.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from backlist import urls
from backlist.feed.lock.live import snapshot_of_rss
from backlist.feed.lock.lockfile import LockedItem
from backlist.feed.lock.snapshot import Snapshot, page_path
from backlist.feed.vocabulary import FEED_FORMAT
from backlist.files import File, unreadable
from backlist.load import Reader
from backlist.problems import Problems, Where
from backlist.resolve.files import ImportedItem
from backlist.resolve.identity import read_raw

_GUID = re.compile(rb"<guid[^>]*>([^<]*)</guid>")
_SHOW_GUID = re.compile(rb"<podcast:guid>([^<]*)</podcast:guid>")
_OURS = b"<generator>backlist</generator>"
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What else knows of items.

    `published` is the last build's feed, None where there is none of ours, `guids` those of its
    items and `show_guid` its own; `imported` are the raw records by slug.
    """

    published: File | None = None
    guids: frozenset[str] = frozenset()
    show_guid: str | None = None
    imported: Mapping[str, File] = field(default_factory=dict)


def look_elsewhere(
    root: Path, out: Path | None, imported: Mapping[str, File], problems: Problems
) -> Elsewhere:
    """The feed that the last build left in its folder, if it is one of ours, and the raw records.

    Without a folder (a preview) only the latter.
    """
    path = out / urls.FEED if out else None
    try:
        known = _read_ours(path) if path and path.is_file() else None
    except OSError as error:
        problems.extend([unreadable(str(path), error)])
        known = None
    if path is None or known is None:
        return Elsewhere(imported=imported)
    return Elsewhere(File(_name(path, root), path), *known, imported)


def _read_ours(path: Path) -> tuple[frozenset[str], str | None] | None:
    """The guids of a feed's items and its own; None where the feed is none of ours.

    To look for them is a hundred times faster than to parse the feed.
    """
    parts = _parts(path)
    first = next(parts)
    if _OURS not in first[:20_000]:
        return None
    own = _SHOW_GUID.search(first)
    guids = {guid for part in chain([first], parts) for guid in _GUID.findall(part)}
    return frozenset(map(_text, guids)), _text(own[1]) if own else None


def _parts(path: Path) -> Iterator[bytes]:
    """A feed in parts that end with an item: the whole may be larger than all else in memory."""
    with path.open("rb") as feed:
        rest = b""
        while piece := feed.read(_PART):
            part, end, rest = (rest + piece).rpartition(b"</item>")
            if end:
                yield part + end
        yield rest


def _text(written: bytes) -> str:
    return html.unescape(written.decode(errors="replace"))  # a damaged guid is one nobody knows


def _name(path: Path, root: Path) -> str:
    """A file as the person knows it: from the site's folder, where it lies in it."""
    whole, home = path.resolve(), root.resolve()
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else str(path)


def with_unlocked_items(
    old: Snapshot,
    new: Snapshot,
    dropped: frozenset[str],
    elsewhere: Elsewhere,
    reader: Reader,
    problems: Problems,
) -> Snapshot:
    """The lock's snapshot, and what it does not hold although somebody else knows it.

    Of the latter only what would not be published: the rest goes into the lock with this build.
    `dropped` are the guids that were let go on purpose.
    """
    settled = {item.guid for item in (*old.items, *new.items)} | dropped | {*new.removed}
    found = _published(elsewhere, settled, new.base_url, problems)
    # What comes of an import later may have other guids at its source than in our feed.
    ours = {item.guid for item in old.items} | elsewhere.guids
    said = _imported(elsewhere, ours, new, reader, problems)
    raw = {guid: one for guid, one in said.items() if guid not in settled | {*new.waiting, *found}}
    unlocked = {**found, **raw}
    channel = old.channel
    if not old.items and channel.guid is None:
        channel = channel.model_copy(update={"guid": elsewhere.show_guid})
    return replace(
        old,
        channel=channel,
        items=(*old.items, *(item for item, _ in unlocked.values())),
        places={**old.places, **{guid: where for guid, (_, where) in unlocked.items()}},
        unlocked=frozenset(unlocked),
        known=len((ours | said.keys()) - dropped),
    )


Found = dict[str, tuple[LockedItem, Where]]


def _published(elsewhere: Elsewhere, settled: set[str], base: str, problems: Problems) -> Found:
    missing = elsewhere.guids - settled
    if not missing or elsewhere.published is None:
        return {}
    data = elsewhere.published.path.read_bytes()
    found = snapshot_of_rss(data, elsewhere.published.name, problems, base)
    if found is None:
        return {}
    return {
        item.guid: (item, found.where(item.guid)) for item in found.items if item.guid in missing
    }


def _imported(
    elsewhere: Elsewhere, ours: set[str], new: Snapshot, reader: Reader, problems: Problems
) -> Found:
    """The items of raw records that are not in `ours`, by the guid their source gave them."""
    in_feed = {item.page: item for item in new.items}
    pages = {slug: page_path(urls.episode(slug)) for slug in elsewhere.imported}
    unsure = [
        slug
        for slug, page in pages.items()
        if page not in in_feed or in_feed[page].guid not in ours
    ]
    found: Found = {}
    for slug, raw in read_raw(elsewhere.imported, unsure, reader, problems).items():
        item = _item(raw, pages[slug])
        if item is None:
            continue
        if raw.guid is None and (here := in_feed.get(pages[slug])):
            # An item without a guid is known by its place here: its guid is of our making.
            item = here
        found[item.guid] = item, Where(elsewhere.imported[slug].name)
    return found


def _item(raw: ImportedItem, page: str) -> LockedItem | None:
    if raw.format != FEED_FORMAT or raw.audio is None:
        return None
    return LockedItem(
        guid=raw.guid or raw.audio, title=raw.title, date=raw.date, audio=raw.audio, page=page
    )
