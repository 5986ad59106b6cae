"""The lock and the feed that would be published, side by side; and writing the lock."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backlist import files
from backlist.content import Document
from backlist.ledger import lockfile
from backlist.ledger.compare import compare
from backlist.ledger.findings import Finding, plural
from backlist.ledger.live import of_feed
from backlist.ledger.records import Channel, Item, Lock
from backlist.ledger.snapshot import Snapshot, of_lock
from backlist.load import LOCK
from backlist.model.scalars import Moment
from backlist.problems import BacklistError, Problem, Problems, Where


@dataclass(frozen=True, slots=True)
class Books:
    """What subscribers have (None: there is no lock), what they would get, and what that does.

    `base_url` is the address that pages of the site lie under.
    """

    lock: Lock | None
    new: Snapshot
    old: Snapshot | None = None
    findings: tuple[Finding, ...] = ()

    base_url: str = ""

    @property
    def lacking(self) -> int:
        """How many items of the feed the lock does not hold."""
        known = {item.guid for item in self.lock.items} if self.lock else set()
        return sum(item.guid not in known for item in self.new.items)

    @property
    def refused(self) -> int:
        """How many items and facts of the channel `accept` would have to take over."""
        return len(
            {
                subject
                for finding in self.findings
                if finding.refuses and finding.acceptable
                for subject in finding.subjects
            }
        )


def open_books(
    document: Document | None, new: Snapshot, problems: Problems, base_url: str = ""
) -> Books:
    """The lock in `document` beside the feed to be published; faults of the lock are told."""
    lock = lockfile.read(document, problems) if document else None
    if document is None or lock is None:
        return Books(None, new, base_url=base_url)
    old = of_lock(lock, document)
    return Books(lock, new, old, tuple(compare(old, new)), base_url)


def report(books: Books) -> list[Problem]:
    """The findings as problems; a refusal names the command that accepts it."""
    accept = f"if all of this is meant: `backlist accept {books.refused}`"
    return [problem(one, books.old, accept) for one in books.findings if books.old]


def unacceptable(books: Books) -> list[Problem]:
    """The findings that no `accept` takes over: what is wrong with the new feed itself."""
    wrong = (one for one in books.findings if one.refuses and not one.acceptable)
    return [problem(one, books.old) for one in wrong if books.old]


def problem(finding: Finding, old: Snapshot, accept: str = "") -> Problem:
    """A finding as a problem at its first subject, examples and remedy below it."""
    also = accept if finding.refuses and finding.acceptable else ""
    below = "\n".join(filter(None, (*finding.examples, finding.remedy, also)))
    return Problem(old.where(finding.subjects[0]), finding.level, finding.what, below)


def hold_against(data: bytes, file: str, books: Books, problems: Problems) -> str:
    """Compare a downloaded live feed with what would be published; the count in a sentence.

    The findings and their words are those of the lock; nothing is accepted, so none names a
    command.
    """
    live = of_feed(data, file, problems, books.base_url)
    if live is None:
        return f"{file}: not compared"
    problems.extend(problem(one, live) for one in compare(live, books.new))
    known = {item.guid for item in live.items}
    new = sum(item.guid not in known for item in books.new.items)
    return f"{file}: {len(live.items)} items compared, {new} new since"


def remind(books: Books, problems: Problems) -> None:
    """Tell what a run that does not write the lock leaves unguarded."""
    lacking = books.lacking
    if lacking and not problems.stop():
        items = "1 new item" if lacking == 1 else f"{lacking} new items"
        what = f"lacks {items}" if books.lock else f"is not there yet: {items} without a guard"
        problems.notice(
            Where(LOCK), what, "run `backlist build` on your own machine and commit this file"
        )


def keep(root: Path, books: Books, now: datetime) -> int:
    """Bring the lock to what is published now; how many new items it got.

    A lock that says the same already is not touched, and an empty feed starts none. Raises
    `BacklistError` when it cannot be written.
    """
    fresh = _kept(books, Moment(now, day_only=True))
    if fresh != books.lock and (fresh.items or books.lock):
        try:
            files.sweep((root / LOCK).parent)
            files.replace(root / LOCK, lockfile.text_of(fresh).encode())
        except OSError as error:
            raise BacklistError(
                Where(LOCK),
                f"cannot be written: {error.strerror or error}",
                "make room, or mend its permissions; nothing was published",
            ) from error
    return books.lacking


def _kept(books: Books, today: Moment) -> Lock:
    seen = {item.guid: item.seen for item in books.lock.items} if books.lock else {}
    return Lock(
        feed=_channel(books),
        items=tuple(_first_seen(item, seen.get(item.guid) or today) for item in books.new.items),
    )


def _first_seen(item: Item, day: Moment) -> Item:
    return item.model_copy(update={"seen": day})


def _channel(books: Books) -> Channel:
    """The channel as published; every address it ever had is remembered."""
    old = books.lock.feed if books.lock else Channel()
    new = books.new.channel
    address = new.address or old.address
    earlier = [*new.was, *old.was, *([old.address] if old.address else [])]
    was = tuple(each for each in dict.fromkeys(earlier) if each != address)
    return new.model_copy(update={"address": address, "was": was})


def accept(root: Path, books: Books, count: int, now: datetime) -> int:
    """Write the lock as the feed would be published, if it is `count` changes that this takes.

    Gives the number of items the lock then holds. Raises `BacklistError` that names the right
    number and lists what is changed.
    """
    if count != books.refused:
        refusals = [one for one in books.findings if one.refuses and one.acceptable]
        told = [line for one in refusals for line in (one.what, *(f"  {e}" for e in one.examples))]
        right = f"`backlist accept {books.refused}`"
        raise BacklistError(
            Where(LOCK),
            f"{_changes(books.refused)} would be accepted, not {count}",
            "\n".join([*told, f"if all of it is meant: {right}" if told else "nothing is refused"]),
        )
    keep(root, books, now)
    return len(books.new.items)


def _changes(number: int) -> str:
    return f"{number} {'change' if number == 1 else plural('change')}"
