"""What services answered, kept in `.cache/lookup.sqlite`: asked once, known offline.

Beside the store of builds, not in it: that one belongs to one version of the program and is
emptied by the next, while answers of a service stay true. Deleting it costs only requests.
"""

import sqlite3
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FILE = ".cache/lookup.sqlite"
FRESH = timedelta(days=30)
"""How long an answer is used before the same is asked again: a retraction is seen in a month."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and on which day it was asked."""

    asked: date
    data: bytes


class Answers:
    """Answers by address.

    A damaged file is begun anew; where none can be written, answers are kept for this run alone.
    An answer that cannot be kept, or read again, is asked for once more another time.
    """

    def __init__(self, root: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._store = _open_or_renew(root / FILE)
        except (OSError, sqlite3.OperationalError):
            self._store = _open(":memory:")

    def get(self, address: str) -> Answer | None:
        """The last answer, however old; None where it was never asked."""
        with self._lock, suppress(sqlite3.Error):
            row = self._store.execute(
                "SELECT asked, data FROM answers WHERE address = ?", (address,)
            ).fetchone()
            return Answer(date.fromisoformat(row[0]), bytes(row[1])) if row else None
        return None

    def put(self, address: str, answer: Answer) -> None:
        """Keep an answer in place of the last one."""
        with self._lock, suppress(sqlite3.Error):
            self._store.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)",
                (address, answer.asked.isoformat(), answer.data),
            )

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()


def _open_or_renew(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _open(path)
    except sqlite3.OperationalError:  # the file is whole, and cannot be used
        raise
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _open(path)


def _open(path: Path | str) -> sqlite3.Connection:
    store = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    store.execute("PRAGMA synchronous = NORMAL")
    store.execute(
        "CREATE TABLE IF NOT EXISTS answers (address TEXT PRIMARY KEY, asked TEXT, data BLOB)"
    )
    return store
