"""The feed lock: what subscribers have, written down, and a build that never takes it away.

Apps know an episode by its guid, byte for byte. A feed that loses or alters one makes every
subscriber lose the episode or download it again, and nothing brings it back. So what was
published is kept in `content/feed.lock.yaml` (`records`, `lockfile`), every feed to be published
is compared with it (`snapshot`, `pairing`, `compare`), and what would hurt is refused (`books`).
A downloaded live feed can stand in the lock's place (`live`). docs/feed-lock.md has the table.
"""

from backlist.ledger.books import (
    Books,
    accept,
    hold_against,
    keep,
    open_books,
    problem,
    remind,
    report,
    unacceptable,
)
from backlist.ledger.compare import compare
from backlist.ledger.findings import Finding
from backlist.ledger.live import of_feed
from backlist.ledger.snapshot import Snapshot, of_archive

__all__ = [
    "Books",
    "Finding",
    "Snapshot",
    "accept",
    "compare",
    "hold_against",
    "keep",
    "of_archive",
    "of_feed",
    "open_books",
    "problem",
    "remind",
    "report",
    "unacceptable",
]
