"""What subscribers would notice between two snapshots: the table in docs/feed-lock.md.

Each rule is a function that yields `Finding`s. To add one, write it here, or in `moved` when it
is about items whose guid stayed; name it in `RULES`, and give it a row in the table.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby

from backlist.ledger import moved
from backlist.ledger.findings import Finding, examples, named, of_all
from backlist.ledger.pairing import Pair, Pairing, is_address, manner, pair
from backlist.ledger.records import Item
from backlist.ledger.snapshot import ADDRESS, BLOCK, COMPLETE, GUID, Snapshot
from backlist.problems import Level

Rule = Callable[[Pairing], Iterator[Finding]]

MOST_GONE, MOST_SHARE = 5, 0.1
"""More items than this, or a larger share, never go at once without `accept`."""


def compare(old: Snapshot, new: Snapshot) -> list[Finding]:
    """Every finding of every rule, in the order of the table."""
    pairing = pair(old, new)
    return [finding for rule in RULES for finding in rule(pairing)]


def _guids_stay(pairing: Pairing) -> Iterator[Finding]:
    """A changed guid is a new episode to every app, and the old one stays behind."""
    ordered = sorted(pairing.altered, key=_how)
    for words, group in groupby(ordered, key=_how):
        pairs = list(group)
        yield Finding(
            "guid",
            Level.ERROR,
            f"{of_all(len(pairs), pairing.total, 'guid')} would {words}: "
            "apps would show and download those episodes again",
            examples(
                f"{named(old, new, pairing)}: `{old.guid}` becomes `{new.guid}`"
                for old, new in pairs
            ),
            "write the old guid back into each record: a guid is never corrected",
            tuple(old.guid for old, _ in pairs),
        )


def _how(one: Pair) -> str:
    """What became of a guid, to stand after "would"."""
    old, new = one
    words = manner(old.guid, new.guid)
    same = "be replaced, the audio address staying"
    return words or (same if old.audio == new.audio else "change, and the audio address too")


def _guids_stay_put(pairing: Pairing) -> Iterator[Finding]:
    """A guid on another episode: apps keep the old title and sound, or play the wrong one."""
    if pairing.swapped:
        yield Finding(
            "guid-swapped",
            Level.ERROR,
            f"{of_all(len(pairing.swapped), pairing.total, 'guid')} would stand on another episode",
            examples(
                f"`{old.guid}` was “{old.title or old.audio}”, becomes “{new.title or new.audio}”"
                for old, new in pairing.swapped
            ),
            "give each episode the guid it was published with",
            tuple(old.guid for old, _ in pairing.swapped),
        )


def _items_stay(pairing: Pairing) -> Iterator[Finding]:
    """What is gone from the feed, gPodder deletes and Apple removes."""
    lost, withdrawn = pairing.lost, pairing.withdrawn
    if pairing.total and not pairing.new.items:
        everything = tuple(item.guid for item in (*lost, *withdrawn))
        what = f"the feed would be empty: all {pairing.total} items would be lost"
        shown = _shown(pairing, (*lost, *withdrawn))
        yield Finding("empty", Level.ERROR, what, shown, _BRING_BACK, everything)
        return
    if lost:
        what = f"{of_all(len(lost), pairing.total, 'item')} would be lost"
        guids = tuple(item.guid for item in lost)
        yield Finding("lost", Level.ERROR, what, _shown(pairing, lost), _BRING_BACK, guids)
    if withdrawn and _too_many(len(lost) + len(withdrawn), pairing.total):
        yield Finding(
            "removed",
            Level.ERROR,
            f"{of_all(len(withdrawn), pairing.total, 'item')} would be removed at once",
            _shown(pairing, withdrawn),
            f"more than {MOST_GONE} items, or {MOST_SHARE:.0%}, never go unasked",
            tuple(item.guid for item in withdrawn),
        )


_BRING_BACK = (
    "bring the records back as they were published, or, to take an episode back on purpose, "
    "keep its record with `status: removed`"
)


def _too_many(gone: int, total: int) -> bool:
    """One episode taken back on purpose is a decision, whatever share of a young show it is."""
    return gone > MOST_GONE or (gone > 1 and gone > MOST_SHARE * total)


def _shown(pairing: Pairing, items: tuple[Item, ...]) -> tuple[str, ...]:
    return examples(f"{named(item, None, pairing)}: `{item.guid}`" for item in items)


def _permalinks_are_addresses(pairing: Pairing) -> Iterator[Finding]:
    """RSS 2.0, guid: a reader that resolves such a guid against a base address changes it."""
    wrong = [item for item in pairing.new.items if item.permalink and not is_address(item.guid)]
    if wrong:
        yield Finding(
            "permalink",
            Level.ERROR,
            f"{of_all(len(wrong), len(pairing.new.items), 'guid')} would claim to be an address "
            "(`permalink: true`) without being one",
            examples(f"{named(item, item, pairing)}: `{item.guid}`" for item in wrong),
            "take `permalink: true` out of the record; the guid stays",
            tuple(item.guid for item in wrong),
            acceptable=False,
        )


def _identities_are_unique(pairing: Pairing) -> Iterator[Finding]:
    """Apple: an item with the guid or the enclosure address of another is ignored."""
    guids = Counter(item.guid for item in pairing.new.items)
    sounds = Counter(item.audio for item in pairing.new.items)
    yield from _repeated("guid", Level.ERROR, guids, pairing)
    yield from _repeated("audio address", Level.WARNING, sounds, pairing)


def _repeated(noun: str, level: Level, counts: Counter[str], pairing: Pairing) -> Iterator[Finding]:
    twice = {value: number for value, number in counts.items() if number > 1}
    if twice:
        yield Finding(
            f"repeated-{noun.split()[0]}",
            level,
            f"{of_all(len(twice), len(counts), noun)} would stand on more than one item: "
            "apps show only one of them",
            examples(f"{number} items have `{value}`" for value, number in twice.items()),
            f"give each episode its own {noun}",
            tuple(i.guid for i in pairing.new.items if i.guid in twice or i.audio in twice),
            acceptable=False,
        )


def _nameless_keep_their_sound(pairing: Pairing) -> Iterator[Finding]:
    """Apple, guid: an item without one is known by its enclosure address."""
    nameless = [item for item in pairing.old.items if item.guid in pairing.old.nameless]
    if nameless:
        yield Finding(
            "no-guid",
            Level.WARNING,
            f"without a guid until now: {of_all(len(nameless), pairing.total, 'item')}, "
            "known to apps by audio address",
            examples(f"{named(item, None, pairing)}: `{item.audio}`" for item in nameless),
            "publish that address as the guid (`backlist adopt`), and as the audio address too",
            tuple(item.guid for item in nameless),
        )


def _show_keeps_its_guid(pairing: Pairing) -> Iterator[Finding]:
    """Podcast namespace, guid: the show's identity in the Podcast Index, never changed."""
    before, after = pairing.old.channel.guid, pairing.new.channel.guid
    if before and before != after:
        yield _of_channel(
            GUID,
            f"the show's `podcast:guid` changes from `{before}` to `{after or 'nothing'}`",
            f"write `guid: {before}` under `show:` in site.yaml",
        )


def _feed_keeps_its_address(pairing: Pairing) -> Iterator[Finding]:
    """A move needs a 301 from the old address and `itunes:new-feed-url` (Apple, moving a show)."""
    before, after = pairing.old.channel.address, pairing.new.channel.address
    if before and after and before != after and before not in pairing.new.channel.was:
        yield _of_channel(
            ADDRESS,
            f"the feed's address changes from {before} to {after}",
            f"for a planned move add `was: [{before}]` under `site.feed` in site.yaml, and let the "
            "old address answer 301 for good; otherwise put the old address back",
        )


def _show_stays_listed(pairing: Pairing) -> Iterator[Finding]:
    """Apple: a blocked show leaves the directory; a complete one is asked for no more."""
    before, after = pairing.old.channel, pairing.new.channel
    if after.block and not before.block:
        yield _of_channel(
            BLOCK, "`show.block` hides the whole show from directories", "take the line out"
        )
    if after.complete and not before.complete:
        yield _of_channel(
            COMPLETE,
            "`show.complete` tells apps that no episode will ever follow",
            "take the line out",
        )


def _of_channel(subject: str, what: str, remedy: str) -> Finding:
    return Finding(subject.replace("feed.", "show-"), Level.ERROR, what, (), remedy, (subject,))


RULES: tuple[Rule, ...] = (
    _guids_stay,
    _guids_stay_put,
    _items_stay,
    _permalinks_are_addresses,
    _identities_are_unique,
    _nameless_keep_their_sound,
    *moved.RULES,
    _show_keeps_its_guid,
    _feed_keeps_its_address,
    _show_stays_listed,
)
