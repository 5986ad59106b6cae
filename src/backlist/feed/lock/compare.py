"""What subscribers would notice between two snapshots: the table in docs/feed-lock.md.

Each rule is a function that yields violations. To add one, write it here, or in `item_changes`
when it is about items whose guid stayed; name it in `RULES`, and give it a row in the table.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby

from backlist.feed.lock import item_changes
from backlist.feed.lock.lockfile import LockedItem
from backlist.feed.lock.matching import ItemPair, Matches, guid_change, match_items
from backlist.feed.lock.snapshot import ADDRESS, BLOCK, COMPLETE, GUID, NEWEST, Snapshot
from backlist.feed.lock.violations import (
    LockViolation,
    about_items,
    about_pairs,
    examples,
    named,
    of_all,
)
from backlist.problems import Level

Rule = Callable[[Matches], Iterator[LockViolation]]

MOST_REMOVED, MOST_SHARE = 5, 0.1
"""Removing more items than this, or a larger share, at once has to be accepted."""


def compare(old: Snapshot, new: Snapshot) -> list[LockViolation]:
    """Every violation of every rule, in the order of the table."""
    matches = match_items(old, new)
    return [violation for rule in RULES for violation in rule(matches)]


def _guids_stay(matches: Matches) -> Iterator[LockViolation]:
    """A changed guid is a new episode to every app, and the old one stays behind."""
    for change, group in groupby(sorted(matches.changed, key=_change), key=_change):
        yield from about_pairs(
            "guid",
            Level.ERROR,
            list(group),
            matches,
            f"guid| would {change}: apps would show and download those episodes again",
            "write the old guid back into each record: a guid is never corrected",
            lambda old, new: f"`{old.guid}` becomes `{new.guid}`",
        )


def _change(pair: ItemPair) -> str:
    """What became of a guid, to stand after "would"."""
    old, new = pair
    words = guid_change(old.guid, new.guid)
    same = "be replaced, the audio address staying"
    return words or (same if old.audio == new.audio else "change, and the audio address too")


def _removed_stay_removed(matches: Matches) -> Iterator[LockViolation]:
    """The same sound under another guid is the same episode once more, to every app."""
    yield from about_pairs(
        "returned",
        Level.ERROR,
        matches.returned,
        matches,
        "removed item| would come back under another guid: apps that kept it show it twice",
        "to bring an episode back, take `status: removed` out of its old record, whose guid apps "
        "know, and delete the new record",
        lambda old, new: f"`{old.guid}` becomes `{new.guid}`",
        total=len(matches.new.removed),
    )


def _guids_stay_put(matches: Matches) -> Iterator[LockViolation]:
    """A guid on another episode: apps keep the old title and audio, or play the wrong one."""
    if matches.swapped:
        yield LockViolation(
            "guid-swapped",
            Level.ERROR,
            f"{of_all(len(matches.swapped), matches.total, 'guid')} would move to another episode",
            examples(
                f"`{old.guid}` was “{old.title or old.audio}”, becomes “{new.title or new.audio}”"
                for old, new in matches.swapped
            ),
            "give each episode the guid it was published with",
            tuple(old.guid for old, _ in matches.swapped),
        )


def _items_stay(matches: Matches) -> Iterator[LockViolation]:
    """What is gone from the feed, gPodder deletes and Apple removes."""
    gone = (*matches.lost, *matches.removed)
    if gone and not matches.new.items:
        shown = examples(f"{named(item, None, matches)}: `{item.guid}`" for item in gone)
        message = f"the feed would be empty: all {matches.total} items would be lost"
        guids = tuple(item.guid for item in gone)
        yield LockViolation("empty", Level.ERROR, message, shown, _RESTORE, guids)
        return
    unlocked = [item for item in matches.lost if item.guid in matches.old.unlocked]
    locked = [item for item in matches.lost if item.guid not in matches.old.unlocked]
    yield from about_items("lost", Level.ERROR, locked, matches, "item| would be lost", _RESTORE)
    yield from about_items(
        "lost-unlocked",
        Level.ERROR,
        unlocked,
        matches,
        f"item| would be lost, and {matches.old.name} does not know {{them}}",
        f"restore {matches.old.name} from version control, and the records; to leave an episode "
        "out on purpose, keep its record with `status: removed`.\nIf nobody has them, because the "
        "last build was of another branch and never published, delete its folder",
    )
    if _too_many(len(gone), matches.total):
        yield from about_items(
            "removed",
            Level.ERROR,
            matches.removed,
            matches,
            "item| would be removed at once",
            f"removing more than {MOST_REMOVED} items, or {MOST_SHARE:.0%}, has to be accepted",
        )


_RESTORE = (
    "restore the records as they were published; to remove an episode on purpose, keep its record "
    "with `status: removed`"
)


def _items_are_out(matches: Matches) -> Iterator[LockViolation]:
    """What was published cannot lie in the future: the clock is wrong, or a date was moved."""
    moved = [item for item in matches.waiting if _has_moved(item, matches)]
    early = [item for item in matches.waiting if item not in moved]
    yield from about_items(
        "clock",
        Level.ERROR,
        early,
        matches,
        "item| would be lost: by the clock of this computer {they} not out yet",
        "set the clock right, or `SOURCE_DATE_EPOCH` where it is set; the records are as they were",
        acceptable=False,
    )
    yield from about_items(
        "future",
        Level.ERROR,
        moved,
        matches,
        "item| would be lost until the date that {they} given now",
        "write the old date back into each record: subscribers have the episode already",
    )


def _has_moved(item: LockedItem, matches: Matches) -> bool:
    return item.date is None or item.date.instant != matches.new.waiting[item.guid].instant


def _feed_stays_whole(matches: Matches) -> Iterator[LockViolation]:
    """RFC 5005: few apps follow a feed to its next page; the others forget what is not in it."""
    before, after = matches.old.served, matches.new.served
    if after < min(before, len(matches.new.items)):
        yield _of_channel(
            NEWEST,
            f"feed.xml would hold the newest {after} of {len(matches.new.items)} items, "
            f"and it held {before}",
            "remove `complete: false` under `site.feed`; most apps do not follow a feed to its "
            "archive pages",
        )


def _other_feeds_stay(matches: Matches) -> Iterator[LockViolation]:
    """Somebody may subscribe to the feed of a topic, or be reading an archive page."""
    there = {*matches.new.channel.others}
    gone = tuple(path for path in matches.old.channel.others if path not in there)
    # Episodes that are not out yet take their topics' feeds along: one remedy is enough.
    if gone and not matches.waiting:
        yield LockViolation(
            "feeds",
            Level.ERROR,
            f"{of_all(len(gone), len(matches.old.channel.others), 'further feed')} would vanish",
            examples(gone),
            "for a topic with a new name add `renamed_topics: {old name: new name}` under `site` "
            "in site.yaml; for archive pages put `site.feed.page_size` back",
            gone,
        )


def _too_many(gone: int, total: int) -> bool:
    """One episode removed on purpose is a decision, whatever share of a young show it is."""
    return gone > MOST_REMOVED or (gone > 1 and gone > MOST_SHARE * total)


def _identities_are_unique(matches: Matches) -> Iterator[LockViolation]:
    """Apple: an item with the guid or the enclosure address of another is ignored."""
    guids = Counter(item.guid for item in matches.new.items)
    audio = Counter(item.audio for item in matches.new.items)
    yield from _repeated("guid", Level.ERROR, guids, matches)
    yield from _repeated("audio address", Level.WARNING, audio, matches)
    yield from _nearly_repeated(matches)


def _repeated(
    noun: str, level: Level, counts: Counter[str], matches: Matches
) -> Iterator[LockViolation]:
    twice = {value: number for value, number in counts.items() if number > 1}
    if twice:
        yield LockViolation(
            f"repeated-{noun.split()[0]}",
            level,
            f"{of_all(len(twice), len(counts), noun)} would be on more than one item: "
            "apps show only one of them",
            examples(f"{number} items have `{value}`" for value, number in twice.items()),
            f"give each episode its own {noun}",
            tuple(i.guid for i in matches.new.items if i.guid in twice or i.audio in twice),
            acceptable=False,
        )


def _nearly_repeated(matches: Matches) -> Iterator[LockViolation]:
    """Apple compares guids with their case; a host or app that folds it shows one item of two."""
    alike: dict[str, list[LockedItem]] = defaultdict(list)
    for item in matches.new.items:
        alike["".join(item.guid.split()).casefold()].append(item)
    groups = [group for group in alike.values() if len({item.guid for item in group}) > 1]
    if groups:
        yield LockViolation(
            "near-guid",
            Level.WARNING,
            f"{of_all(sum(map(len, groups)), len(matches.new.items), 'guid')} differ only in case "
            "or white space: some apps would show one item of each group",
            examples(" and ".join(f"`{item.guid}`" for item in group) for group in groups),
            "if nobody subscribes yet, give one of them another guid; otherwise leave them",
            tuple(item.guid for group in groups for item in group),
            acceptable=False,
        )


def _nameless_keep_their_audio(matches: Matches) -> Iterator[LockViolation]:
    """Apple, guid: an item without one is known by its enclosure address."""
    nameless = [item for item in matches.old.items if item.guid in matches.old.nameless]
    if nameless:
        yield LockViolation(
            "no-guid",
            Level.WARNING,
            f"without a guid until now: {of_all(len(nameless), matches.total, 'item')}, "
            "known to apps by audio address",
            examples(f"{named(item, None, matches)}: `{item.audio}`" for item in nameless),
            "publish that address as the guid (`backlist assign-guid`) and as the audio address",
            tuple(item.guid for item in nameless),
        )


def _show_keeps_its_guid(matches: Matches) -> Iterator[LockViolation]:
    """Podcast namespace, guid: the show's identity in the Podcast Index, never changed."""
    before, after = matches.old.channel.guid, matches.new.channel.guid
    if before and before != after:
        yield _of_channel(
            GUID,
            f"the show's `podcast:guid` changes from `{before}` to `{after or 'nothing'}`",
            f"write `guid: {before}` under `show:` in site.yaml",
        )


def _feed_keeps_its_address(matches: Matches) -> Iterator[LockViolation]:
    """A move needs a 301 from the old address and `itunes:new-feed-url` (Apple, moving a show)."""
    before, after = matches.old.channel.address, matches.new.channel.address
    if before and after is None and matches.new.base_url:
        yield _of_channel(
            ADDRESS,
            f"the feed is published at {before}, and `site.base_url` is a placeholder now: "
            f"{matches.new.base_url}",
            "write the real address back",
            acceptable=False,
        )
    if before and after and before != after and before not in matches.new.channel.was:
        yield _of_channel(
            ADDRESS,
            f"the feed's address changes from {before} to {after}",
            f"for a planned move add `previous_urls: [{before}]` under `site.feed` in site.yaml, "
            "and redirect the old address with 301; otherwise restore the old address",
        )


def _show_stays_listed(matches: Matches) -> Iterator[LockViolation]:
    """Apple: a blocked show leaves the directory; a complete one is asked for no more."""
    before, after = matches.old.channel, matches.new.channel
    if not matches.old.items:
        # Nobody has it yet: it begins hidden, or complete.
        return
    if after.block and not before.block:
        yield _of_channel(
            BLOCK, "`show.block` hides the whole show from directories", "remove the line"
        )
    if after.complete and not before.complete:
        yield _of_channel(
            COMPLETE,
            "`show.complete` tells apps that no episode will ever follow",
            "remove the line",
        )


def _of_channel(subject: str, message: str, hint: str, *, acceptable: bool = True) -> LockViolation:
    rule = subject.replace("feed.", "show-")
    return LockViolation(rule, Level.ERROR, message, (), hint, (subject,), acceptable)


RULES: tuple[Rule, ...] = (
    _guids_stay,
    _guids_stay_put,
    _items_stay,
    _items_are_out,
    _removed_stay_removed,
    _feed_stays_whole,
    _other_feeds_stay,
    _identities_are_unique,
    _nameless_keep_their_audio,
    *item_changes.RULES,
    _show_keeps_its_guid,
    _feed_keeps_its_address,
    _show_stays_listed,
)
