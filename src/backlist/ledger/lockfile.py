"""`content/feed.lock.yaml` as text, both ways."""

from backlist import content
from backlist.content import Document
from backlist.ledger.records import Lock
from backlist.model import writable
from backlist.problems import Problems

_HEAD = """\
# What subscribers have, item by item. `backlist build` adds new episodes; `backlist accept` takes
# over a change that is meant. Commit it, and do not edit it: docs/feed-lock.md.
"""


def read(document: Document, problems: Problems) -> Lock | None:
    """The lock, or None with every fault told at its line."""
    lock = content.read(Lock, document, problems)
    if lock is None:
        return None
    first: dict[str, int] = {}
    for number, item in enumerate(lock.items):
        if first.setdefault(item.guid, number) != number:
            problems.error(
                document.where("items", number, "guid"),
                f'`guid` is the same as in item {first[item.guid] + 1}: "{item.guid}"',
                "keep one of them; or take the lock back from version control",
            )
            lock = None
            break
    return lock


def text_of(lock: Lock) -> str:
    """The lock as YAML: a comment, the feed, a short block an item."""
    return _HEAD + content.dump_yaml(writable(lock))
