"""Which item of one snapshot is which of another: by guid first, as every app does.

Items whose guid is gone are looked for once more, by what a person would call the same episode,
so that a changed guid is reported as a change and not as a loss.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from backlist import urls
from backlist.feed.lock.lockfile import LockedItem
from backlist.feed.lock.snapshot import Snapshot

ItemPair = tuple[LockedItem, LockedItem]
Key = Callable[[LockedItem], Hashable | None]


@dataclass(frozen=True, slots=True)
class Matches:
    """Two snapshots item by item.

    `kept`: the same guid; `changed`: the same episode under another guid; `swapped`: a guid that
    now names another known episode; `removed`: gone on purpose; `waiting`: not out yet, by the
    clock; `lost`: gone. `returned` are episodes removed on purpose that are new items as well.
    """

    old: Snapshot
    new: Snapshot
    kept: tuple[ItemPair, ...]
    changed: tuple[ItemPair, ...]
    swapped: tuple[ItemPair, ...]
    removed: tuple[LockedItem, ...]
    waiting: tuple[LockedItem, ...]
    lost: tuple[LockedItem, ...]
    returned: tuple[ItemPair, ...]

    @property
    def total(self) -> int:
        """How many items there were."""
        return max(len(self.old.items), self.old.known)


def match_items(old: Snapshot, new: Snapshot) -> Matches:
    """Find each old item again, or not; no item is taken twice."""
    was, now = _by_guid(old.items), _by_guid(new.items)
    same = [(was[guid], now[guid]) for guid in was if guid in now]
    gone = [item for guid, item in was.items() if guid not in now]
    fresh = [item for guid, item in now.items() if guid not in was]
    changed = _again([i for i in gone if i.guid not in {*new.removed, *new.waiting}], fresh)
    swapped = _swapped(same)
    elsewhere = {before.guid for before, _ in swapped}
    found = {before.guid for before, _ in changed}
    return Matches(
        old,
        new,
        kept=tuple((o, n) for o, n in same if o.guid not in elsewhere),
        changed=tuple(changed),
        swapped=tuple(swapped),
        removed=tuple(item for item in gone if item.guid in new.removed),
        waiting=tuple(item for item in gone if item.guid in new.waiting),
        lost=tuple(item for item in gone if item.guid not in found | {*new.removed, *new.waiting}),
        returned=tuple(_again([*new.removed.values()], fresh)),
    )


def _by_guid(items: Iterable[LockedItem]) -> dict[str, LockedItem]:
    """The first item of each guid: apps ignore the others (Apple, guid)."""
    found: dict[str, LockedItem] = {}
    for item in items:
        found.setdefault(item.guid, item)
    return found


def _again(gone: list[LockedItem], fresh: list[LockedItem]) -> list[ItemPair]:
    pairs: list[ItemPair] = []
    for key in _SAME_EPISODE:
        left = _by_key(gone, key)
        for value, item in _by_key(fresh, key).items():
            if value in left:
                pairs.append((left[value], item))
        found = {item.guid for both in pairs for item in both}
        gone = [item for item in gone if item.guid not in found]
        fresh = [item for item in fresh if item.guid not in found]
    return pairs


def _by_key(items: Iterable[LockedItem], key: Key) -> dict[Hashable, LockedItem]:
    """Items by a key that only one of them has: what several share identifies none."""
    keyed = [(value, item) for item in items if (value := key(item)) is not None]
    counts = Counter(value for value, _ in keyed)
    return {value: item for value, item in keyed if counts[value] == 1}


def _swapped(same: list[ItemPair]) -> list[ItemPair]:
    """Pairs in which the guid now names the episode that another guid named."""
    before = [old for old, _ in same]
    by_audio, titles = _by_key(before, _audio), _by_key(before, _title_and_day)

    def has_moved(old: LockedItem, new: LockedItem) -> bool:
        heard = by_audio.get(new.audio, old)
        # A show may call every episode the same, so the title has to be another one as well.
        read = titles.get(_title_and_day(new), old) if old.title != new.title else old
        return heard.guid != old.guid or read.guid != old.guid

    return [(old, new) for old, new in same if has_moved(old, new)]


def _spelling(item: LockedItem) -> Hashable:
    """A guid without case and white space, and as an address without scheme and host."""
    flat = "".join(item.guid.split()).casefold()
    address = re.fullmatch(r"https?://[^/]*(/.+)", flat)
    return address[1] if address else flat


def _audio(item: LockedItem) -> Hashable:
    return item.audio


def _page(item: LockedItem) -> Hashable | None:
    return item.page


def _title_and_day(item: LockedItem) -> Hashable | None:
    day: date | None = item.date.instant.date() if item.date else None
    return (item.title, day) if item.title and day else None


_SAME_EPISODE: tuple[Key, ...] = (_spelling, _audio, _page, _title_and_day)


def guid_change(old: str, new: str) -> str:
    """How a guid differs from what it was, to stand after "would"; empty: it is another one.

    >>> guid_change("tide-1", "TIDE-1"), guid_change("http://a.example/1", "https://a.example/1")
    ('differ only in case', 'differ only in `http://` and `https://`')
    """
    if "".join(old.split()) == "".join(new.split()):
        return "differ only in white space"
    if "".join(old.split()).casefold() == "".join(new.split()).casefold():
        return "differ only in case"
    if urls.is_address(old.strip()) and urls.is_address(new.strip()):
        before, after = urls.split(old.strip()), urls.split(new.strip())
        rest = before[2:] == after[2:]
        if rest and before.netloc == after.netloc:
            return "differ only in `http://` and `https://`"
        if rest:
            return "differ only in the host"
    if new.endswith(old) or new.startswith(old):
        return "have something added before or after"
    if old.endswith(new) or old.startswith(new):
        return "lose their beginning or end"
    return ""
