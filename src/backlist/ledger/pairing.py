"""Which item of one snapshot is which of another: by guid first, as every app does.

Items whose guid is gone are looked for once more, by what a person would call the same episode,
so that a changed guid is told as a change and not as a loss.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from backlist import urls
from backlist.ledger.records import Item
from backlist.ledger.snapshot import Snapshot

Pair = tuple[Item, Item]
Key = Callable[[Item], Hashable | None]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two snapshots item by item.

    `kept`: the same guid; `altered`: the same episode under another guid; `swapped`: a guid that
    now names another known episode; `withdrawn`: gone on purpose; `lost`: gone; `added`: new.
    """

    old: Snapshot
    new: Snapshot
    kept: tuple[Pair, ...]
    altered: tuple[Pair, ...]
    swapped: tuple[Pair, ...]
    withdrawn: tuple[Item, ...]
    lost: tuple[Item, ...]
    added: tuple[Item, ...]

    @property
    def total(self) -> int:
        """How many items there were."""
        return len(self.old.items)


def pair(old: Snapshot, new: Snapshot) -> Pairing:
    """Find each old item again, or not; no item is taken twice."""
    was, now = _by_guid(old.items), _by_guid(new.items)
    same = [(was[guid], now[guid]) for guid in was if guid in now]
    gone = [item for guid, item in was.items() if guid not in now]
    fresh = [item for guid, item in now.items() if guid not in was]
    withdrawn = [item for item in gone if item.guid in new.removed]
    altered = _again([item for item in gone if item.guid not in new.removed], fresh)
    swapped = _swapped(same)
    elsewhere = {before.guid for before, _ in swapped}
    found = {before.guid for before, _ in altered}
    taken = {after.guid for _, after in altered}
    return Pairing(
        old,
        new,
        kept=tuple((o, n) for o, n in same if o.guid not in elsewhere),
        altered=tuple(altered),
        swapped=tuple(swapped),
        withdrawn=tuple(withdrawn),
        lost=tuple(i for i in gone if i.guid not in found and i.guid not in new.removed),
        added=tuple(item for item in fresh if item.guid not in taken),
    )


def _by_guid(items: Iterable[Item]) -> dict[str, Item]:
    """The first item of each guid: apps ignore the others (Apple, guid)."""
    found: dict[str, Item] = {}
    for item in items:
        found.setdefault(item.guid, item)
    return found


def _again(gone: list[Item], fresh: list[Item]) -> list[Pair]:
    pairs: list[Pair] = []
    for key in _SAME_EPISODE:
        left = _by_key(gone, key)
        for value, item in _by_key(fresh, key).items():
            if value in left:
                pairs.append((left[value], item))
        found = {item.guid for pair in pairs for item in pair}
        gone = [item for item in gone if item.guid not in found]
        fresh = [item for item in fresh if item.guid not in found]
    return pairs


def _by_key(items: Iterable[Item], key: Key) -> dict[Hashable, Item]:
    """Items by a key that only one of them has: what several share identifies none."""
    keyed = [(value, item) for item in items if (value := key(item)) is not None]
    counts = Counter(value for value, _ in keyed)
    return {value: item for value, item in keyed if counts[value] == 1}


def _swapped(same: list[Pair]) -> list[Pair]:
    """Pairs in which the guid now stands on the episode another guid stood on."""
    before = [old for old, _ in same]
    sounds, titles = _by_key(before, _audio), _by_key(before, _title_and_day)

    def stands_elsewhere(old: Item, new: Item) -> bool:
        heard = sounds.get(new.audio, old)
        # A show may call every episode the same, so the title has to be another one as well.
        read = titles.get(_title_and_day(new), old) if old.title != new.title else old
        return heard.guid != old.guid or read.guid != old.guid

    return [(old, new) for old, new in same if stands_elsewhere(old, new)]


def _spelling(item: Item) -> Hashable:
    """A guid without case and white space, and as an address without scheme and host."""
    flat = "".join(item.guid.split()).casefold()
    address = re.fullmatch(r"https?://[^/]*(/.+)", flat)
    return address[1] if address else flat


def _audio(item: Item) -> Hashable:
    return item.audio


def _page(item: Item) -> Hashable | None:
    return item.page


def _title_and_day(item: Item) -> Hashable | None:
    day: date | None = item.date.instant.date() if item.date else None
    return (item.title, day) if item.title and day else None


_SAME_EPISODE: tuple[Key, ...] = (_spelling, _audio, _page, _title_and_day)


def manner(old: str, new: str) -> str:
    """How a guid differs from what it was, to stand after "would"; empty: it is another one.

    >>> manner("tide-1", "TIDE-1"), manner("http://a.example/1", "https://a.example/1")
    ('differ only in case', 'differ only in `http://` and `https://`')
    """
    if "".join(old.split()) == "".join(new.split()):
        return "differ only in white space"
    if "".join(old.split()).casefold() == "".join(new.split()).casefold():
        return "differ only in case"
    if is_address(old) and is_address(new):
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


def is_address(guid: str) -> bool:
    """Whether a guid is a web address, which `isPermaLink` may claim (RSS 2.0, guid)."""
    return re.fullmatch(r"https?://[^\s/]+\S*", guid.strip()) is not None
