"""The lock beside the feed that would be published, and writing the lock."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backlist import files
from backlist.content import Document
from backlist.feed.lock import lockfile
from backlist.feed.lock.compare import compare
from backlist.feed.lock.elsewhere import Elsewhere, with_unlocked_items
from backlist.feed.lock.live import snapshot_of_rss
from backlist.feed.lock.lockfile import FeedLock, LockedFeed
from backlist.feed.lock.snapshot import Snapshot, snapshot_of_lock
from backlist.feed.lock.violations import LockViolation, plural
from backlist.load import LOCK, Reader
from backlist.model.scalars import Moment
from backlist.problems import BacklistError, Level, Problem, Problems, Where


@dataclass(frozen=True, slots=True)
class LockDiff:
    """What subscribers have, what they would get, and what that breaks.

    `lock` is None where there is none, and `old` too where the lock cannot be read.
    """

    lock: FeedLock | None
    new: Snapshot
    old: Snapshot | None = None
    violations: tuple[LockViolation, ...] = ()

    @property
    def new_items(self) -> int:
        """How many items of the feed the lock does not hold."""
        known = {item.guid for item in self.lock.items} if self.lock else set()
        return sum(item.guid not in known for item in self.new.items)

    @property
    def acceptable(self) -> tuple[LockViolation, ...]:
        """The violations that block a build and that a person may accept."""
        return tuple(one for one in self.violations if one.blocks and one.acceptable)

    @property
    def blocked(self) -> int:
        """How many items and facts of the channel would have to be accepted."""
        return len({subject for one in self.acceptable for subject in one.subjects})


def diff_with_lock(
    document: Document | None,
    new: Snapshot,
    problems: Problems,
    elsewhere: Elsewhere,
    reader: Reader,
) -> LockDiff:
    """Compare the lock in `document`, and who else knows of items, with the feed to be published.

    A broken lock is reported.
    """
    lock = lockfile.read(document, problems) if document else None
    if document is not None and lock is None:
        return LockDiff(None, new)
    # What a show says of itself before it is first published is no change to anybody.
    first = LockedFeed(block=new.channel.block, complete=new.channel.complete)
    old = Snapshot(LOCK, first, ())
    if document is not None and lock is not None:
        old = snapshot_of_lock(lock, document)
    dropped = frozenset(lock.dropped if lock else ())
    old = with_unlocked_items(old, new, dropped, elsewhere, reader, problems)
    return LockDiff(lock, new, old, tuple(compare(old, new)))


def report(diff: LockDiff) -> list[Problem]:
    """The violations as problems; one that blocks the build names the command that accepts it."""
    accept = f"if you mean all of this: `backlist accept-changes {diff.blocked}`"
    return [_problem(one, diff.old, diff.new, accept) for one in diff.violations if diff.old]


def report_unacceptable(diff: LockDiff) -> list[Problem]:
    """The violations that nobody can accept: what is wrong with the new feed itself."""
    wrong = (one for one in diff.violations if one.blocks and not one.acceptable)
    return [_problem(one, diff.old, diff.new) for one in wrong if diff.old]


def _problem(violation: LockViolation, old: Snapshot, new: Snapshot, accept: str = "") -> Problem:
    """A violation as a problem at its first subject, examples and hint below it."""
    also = accept if violation.blocks and violation.acceptable else ""
    below = "\n".join(filter(None, (*violation.examples, violation.hint, also)))
    first = violation.subjects[0]
    where = (
        new.where(first) if first in new.places and first not in old.places else old.where(first)
    )
    return Problem(where, violation.level, violation.message, below)


def compare_with_feed(data: bytes, file: str, new: Snapshot, problems: Problems) -> str:
    """Compare a downloaded live feed with what would be published; the count in a sentence.

    The violations and their words are those of the lock; nothing is accepted, so none names a
    command.
    """
    live = snapshot_of_rss(data, file, problems, new.base_url)
    if live is None:
        return f"{file}: not compared"
    problems.extend(_problem(one, live, new) for one in compare(live, new))
    known = {item.guid for item in live.items}
    added = sum(item.guid not in known for item in new.items)
    return f"{file}: {len(live.items)} items compared, {added} new since"


def report_new_items(diff: LockDiff, problems: Problems, level: Level = Level.INFO) -> None:
    """Report the items that a run which does not write the lock leaves out of it."""
    if diff.new_items and not problems.stop():
        items = _count(diff.new_items, "new item")
        verb = "is" if diff.new_items == 1 else "are"
        message = f"lacks {items}" if diff.lock else f"does not exist: {items} {verb} unprotected"
        hint = "run `backlist build` locally and commit this file"
        problems.extend([Problem(Where(LOCK), level, message, hint)])


def update(root: Path, diff: LockDiff, now: datetime) -> int:
    """Bring the lock to what is published now; how many new items it got.

    A lock that says the same already is not touched, and an empty feed starts none. Raises
    `BacklistError` when it cannot be written.
    """
    fresh = _updated(diff, Moment(now, day_only=True))
    if fresh != diff.lock and (fresh.items or fresh.dropped or diff.lock):
        try:
            files.sweep((root / LOCK).parent)
            files.replace(root / LOCK, lockfile.dump(fresh).encode())
        except OSError as error:
            raise BacklistError(
                Where(LOCK),
                f"cannot be written: {error.strerror or error}",
                "free some space or fix its permissions; nothing was published",
            ) from error
    return diff.new_items


def _updated(diff: LockDiff, today: Moment) -> FeedLock:
    seen = {item.guid: item.seen for item in diff.lock.items} if diff.lock else {}
    items = diff.new.items
    published = {item.guid for item in items}
    gone = [item.guid for item in diff.old.items] if diff.old else []
    let_go = dict.fromkeys([*(diff.lock.dropped if diff.lock else ()), *gone])
    return FeedLock(
        dropped=tuple(guid for guid in let_go if guid not in published),
        feed=_feed(diff),
        items=tuple(
            item.model_copy(update={"seen": seen.get(item.guid) or today}) for item in items
        ),
    )


def _feed(diff: LockDiff) -> LockedFeed:
    """The feed as published; every address it ever had is remembered."""
    old = diff.lock.feed if diff.lock else LockedFeed()
    new = diff.new.channel
    address = new.address or old.address
    earlier = [*new.was, *old.was, *([old.address] if old.address else [])]
    was = tuple(one for one in dict.fromkeys(earlier) if one != address)
    return new.model_copy(update={"address": address, "was": was})


def accept_changes(root: Path, diff: LockDiff, count: int, now: datetime) -> int:
    """Write the lock as the feed would be published, if that accepts `count` blocked changes.

    Gives the number of items the lock then holds. Raises `BacklistError` that names the right
    number and lists what is changed.
    """
    if count != diff.blocked:
        lines = [
            line
            for one in diff.acceptable
            for line in (one.message, *(f"  {example}" for example in one.examples))
        ]
        right = f"if you mean all of it: `backlist accept-changes {diff.blocked}`"
        raise BacklistError(
            Where(LOCK),
            f"{_count(diff.blocked, 'change')} would be accepted, not {count}",
            "\n".join([*lines, right if lines else "nothing is blocked"]),
        )
    update(root, diff, now)
    return len(diff.new.items)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else plural(noun)}"
