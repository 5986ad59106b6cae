"""The feed lock: what subscribers have, written down, and a build that never takes it away.

Apps know an episode by its guid, byte for byte. A feed that loses or alters one makes every
subscriber lose the episode or download it again, and nothing brings it back. So what was
published is written to `content/feed.lock.yaml` (`lockfile`), every feed to be published is
compared with it (`snapshot`, `matching`, `compare`), and what would hurt is blocked (`diff`).
What a damaged lock has forgotten, the last build and the imports still know (`elsewhere`).
A downloaded live feed can take the lock's place (`live`). docs/feed-lock.md has the table.
"""

from backlist.feed.lock.compare import compare
from backlist.feed.lock.diff import (
    LockDiff,
    accept_changes,
    compare_with_feed,
    diff_with_lock,
    report,
    report_new_items,
    report_unacceptable,
    update,
)
from backlist.feed.lock.elsewhere import Elsewhere, look_elsewhere
from backlist.feed.lock.live import snapshot_of_rss
from backlist.feed.lock.snapshot import Snapshot, snapshot_of_site
from backlist.feed.lock.violations import LockViolation

__all__ = [
    "Elsewhere",
    "LockDiff",
    "LockViolation",
    "Snapshot",
    "accept_changes",
    "compare",
    "compare_with_feed",
    "diff_with_lock",
    "look_elsewhere",
    "report",
    "report_new_items",
    "report_unacceptable",
    "snapshot_of_rss",
    "snapshot_of_site",
    "update",
]
