"""Speed, at the edge: what files say, and what is made of it, kept between runs.

Nothing here decides anything. Stages are pure functions; this module answers for them where it
knows that the answer would be the same. Keys hold content, and the whole store belongs to one
state of the program and of every package beside it, so an upgrade forgets all. Every entry is
checked by a digest before it is believed, and a store that cannot be read is begun anew.
Deleting `.cache/` costs time and never changes a byte.
"""

import contextlib
import hashlib
import os
import pickle
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from backlist.cache import cores, stamp
from backlist.cache.unpickle import unpickled
from backlist.files import File, Parse, Parsed, parse_bytes, read, understand, unreadable

R = TypeVar("R")
T = TypeVar("T")

STORE = "store.sqlite"
_DIGEST = 16
_SETTLED = 50_000_000
"""Nanoseconds after which a file's time tells it from one written later."""

_MOST_WAITING = 16_000_000
"""Bytes of new entries that memory holds before they are written."""

_TABLES = """
CREATE TABLE IF NOT EXISTS state (program TEXT);
CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, stat TEXT, digest BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (kind TEXT, key BLOB, data BLOB, PRIMARY KEY (kind, key));
"""

_FAULTS = (sqlite3.Error, ValueError, MemoryError)
"""What a store can raise: one that is damaged holds text that is none, and lengths of any size."""

_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
}
"""Faults that say nothing against the store itself."""


def digest(*parts: bytes) -> bytes:
    """A short digest of parts, none of which runs into the next."""
    found = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()


class Store:
    """Entries on disk by kind and key; one that is damaged, or another program's, is empty.

    Losing the store costs time only, so a disk that is full or another process that holds it
    are no errors either; `failed` says that something could not be kept.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / STORE
        self.program = stamp.program()
        self.failed = False
        self._base: sqlite3.Connection | None = None
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        self._open()

    def _open(self, *, again: bool = True) -> None:
        try:
            self._base = sqlite3.connect(self.path, timeout=5, isolation_level=None)
            self._base.executescript(f"PRAGMA synchronous=OFF; {_TABLES}")
            found = self._base.execute("SELECT program FROM state").fetchone()
            if found != (self.program,):
                self._forget()
        except _FAULTS as error:
            self._give_up(error, again=again)

    def _give_up(self, error: BaseException, *, again: bool = True) -> None:
        """Go on without a store that another process holds; begin one that is damaged anew."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING:
            self.close()
        else:
            self._drop()
            if again:
                self._open(again=False)
        self.failed = self.failed or self._base is None

    def _forget(self) -> None:
        assert self._base is not None, "`_open` has opened it"
        self._base.executescript(
            f"DROP TABLE IF EXISTS state; DROP TABLE IF EXISTS files; DROP TABLE IF EXISTS kept;"
            f"{_TABLES}"
        )
        self._base.execute("INSERT INTO state VALUES (?)", (self.program,))

    def _drop(self) -> None:
        """Close and remove a store that cannot be used."""
        self.close()
        for name in (STORE, f"{STORE}-journal", f"{STORE}-wal", f"{STORE}-shm"):
            with contextlib.suppress(OSError):
                (self.path.parent / name).unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            with contextlib.suppress(sqlite3.Error):
                self._base.close()
        self._base = None

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds; nothing, and a new store, where it cannot be read."""
        if self._base is None:
            return []
        try:
            return self._base.execute(statement, values).fetchall()
        except _FAULTS as error:
            self._give_up(error)
            return []

    def change(self, steps: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> None:
        """Do all steps, or none where the store cannot be written."""
        if self._base is None:
            return
        try:
            self._base.execute("BEGIN IMMEDIATE")
            for statement, rows in steps:
                self._base.executemany(statement, rows)
            self._base.execute("COMMIT")
        except _FAULTS as error:
            with contextlib.suppress(sqlite3.Error):
                self._base.execute("ROLLBACK")
            self.failed = True
            self._give_up(error)


class NoCache:
    """Answers like a `Cache` that knows nothing, and keeps nothing."""

    def each(self, parse: Parse[R], files: Sequence[File]) -> list[Parsed[R]]:
        """What `parse` makes of each file, in their order."""
        return [understand(parse, file) for file in files]

    def measure(self, look: Callable[[Path], R], files: Sequence[File]) -> list[R]:
        """What `look` finds in each file."""
        return [look(file.path) for file in files]

    def make(self, kind: str, make: Callable[[T], R], items: Sequence[tuple[bytes, T]]) -> list[R]:
        """What `make` makes of each item, in their order."""
        return [make(item) for _, item in items]

    def known(self, kind: str, key: bytes) -> Any:
        """None."""

    def keep(self, kind: str, key: bytes, value: object) -> None:
        """Do nothing."""


class Cache:
    """Remembers; to be used as a context manager.

    What a run did not ask for is dropped when it ends well. What is made for one `edition` of a
    site (its address, with or without drafts) does not drive out what is made for another. One
    that is `resident` holds what it has read, for the next run of the same process.
    """

    def __init__(self, folder: Path, edition: str = "", *, resident: bool = False) -> None:
        self.store = Store(folder)
        self.edition = _told(edition)
        self.resident = resident
        self._values: dict[tuple[str, bytes], Any] = {}
        self.began = 0
        self._files = {path: (stat, found) for path, stat, found in self._known_files()}
        self._seen: dict[bytes, tuple[str, bytes]] = {}
        self._loaded: dict[str, dict[bytes, bytes | None]] = {}
        self._used: dict[str, set[bytes]] = {}
        self._fresh: dict[tuple[str, bytes], bytes] = {}
        self._waiting = 0

    def __enter__(self) -> "Cache":
        self.began = time.time_ns()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.save(prune=kind is None)
        if not self.resident:
            self.store.close()

    # ---- what files say

    def each(self, parse: Parse[R], files: Sequence[File]) -> list[Parsed[R]]:
        """What `parse` makes of each file, in their order."""
        kind = f"{parse.__module__}.{parse.__qualname__}"
        found: list[Parsed[R] | None] = []
        missing: list[tuple[int, bytes, tuple[str, bytes]]] = []
        for index, file in enumerate(files):
            try:
                content, data = self._content(file.path)
                key = digest(content, file.name.encode("utf-8", "surrogateescape"))
                known = self._load(kind, key)
                if known is None:
                    data = read(file.path) if data is None else data
                    missing.append((index, key, (file.name, data)))
            except OSError as error:
                known = Parsed(None, (unreadable(file.name, error),))
            found.append(known)
        self._fill(kind, found, lambda one: parse_bytes(parse, *one), missing)
        return [one for one in found if one is not None]

    def measure(self, look: Callable[[Path], R], files: Sequence[File]) -> list[R]:
        """What `look` finds in each file, known by size and time alone."""
        kind = f"{look.__module__}.{look.__qualname__}"
        found = []
        for file in files:
            stat, settled = _stat(file.path, self.began)
            key = digest(os.fsencode(file.path), stat)
            known = self._load(kind, key)
            if known is None:
                known = look(file.path)
                if settled:
                    self._keep(kind, key, pickle.dumps(known, 5))
            found.append(known)
        return found

    def _content(self, path: Path) -> tuple[bytes, bytes | None]:
        """The digest of a file's content, and the content where it had to be read for it."""
        stat, settled = _stat(path, self.began)
        name, told = os.fsencode(path), stat.decode()
        known = self._files.get(name)
        if known and known[0] == told:
            self._seen[name] = known
            return known[1], None
        data = read(path)
        content = digest(data)
        if settled:
            self._seen[name] = told, content
        return content, data

    # ---- what is made of it

    def make(self, kind: str, make: Callable[[T], R], items: Sequence[tuple[bytes, T]]) -> list[R]:
        """What `make` makes of each item, which its key describes whole, in their order."""
        kind = self._kind(kind)
        found = [self._load(kind, key) for key, _ in items]
        missing = [(at, *items[at]) for at, known in enumerate(found) if known is None]
        self._fill(kind, found, make, missing)
        return found

    def _fill(
        self,
        kind: str,
        found: list[Any],
        make: Callable[[T], Any],
        missing: Sequence[tuple[int, bytes, T]],
    ) -> None:
        """Put what `make` makes, on all cores, into its places in `found`, and keep it."""
        with cores.spread(lambda one: pickle.dumps(make(one[2]), 5), missing) as made:
            for (index, key, _), kept in zip(missing, made, strict=True):
                self._keep(kind, key, kept)
                found[index] = unpickled(kept)

    def known(self, kind: str, key: bytes) -> Any:
        """What was kept under a key; None where nothing was."""
        return self._load(self._kind(kind), key)

    def keep(self, kind: str, key: bytes, value: object) -> None:
        """Keep a value, which is not None, under a key."""
        self._keep(self._kind(kind), key, pickle.dumps(value, 5))

    def _kind(self, kind: str) -> str:
        return f"{_told(kind)} {self.edition}"

    # ---- the store

    def _known_files(self) -> Iterator[tuple[bytes, str, bytes]]:
        for path, stat, found in self.store.rows("SELECT path, stat, digest FROM files"):
            if isinstance(path, bytes) and isinstance(stat, str) and isinstance(found, bytes):
                yield path, stat, found

    def _load(self, kind: str, key: bytes) -> Any:
        """The value kept under a key, checked; None where there is none that can be believed."""
        self._used.setdefault(kind, set()).add(key)
        value = self._values.get((kind, key))
        if value is None:
            value = self._stored(kind, key)
            if self.resident and value is not None:
                self._values[kind, key] = value
        return value

    def _stored(self, kind: str, key: bytes) -> Any:
        kept = self._fresh.get((kind, key)) or self._take(kind, key)
        if not isinstance(kept, bytes) or kept[:_DIGEST] != digest(key, kept[_DIGEST:]):
            return None
        return unpickled(kept[_DIGEST:])

    def _take(self, kind: str, key: bytes) -> object:
        """An entry as it is stored. Most are asked for once: memory need not hold them longer."""
        loaded = self._all(kind)
        if key not in loaded:
            return None
        kept, loaded[key] = loaded[key], None
        if kept is None:
            one = "SELECT data FROM kept WHERE kind = ? AND key = ?"
            return next((data for (data,) in self.store.rows(one, kind, key)), None)
        return kept

    def _all(self, kind: str) -> dict[bytes, bytes | None]:
        """The stored entries of a kind, read at once; None stands for one that was taken."""
        if kind not in self._loaded:
            rows = self.store.rows("SELECT key, data FROM kept WHERE kind = ?", kind)
            self._loaded[kind] = {key: data for key, data in rows if isinstance(key, bytes)}
        return self._loaded[kind]

    def _keep(self, kind: str, key: bytes, kept: bytes) -> None:
        self._used.setdefault(kind, set()).add(key)
        self._values.pop((kind, key), None)
        self._all(kind)[key] = None
        self._fresh[kind, key] = digest(key, kept) + kept
        self._waiting += len(kept)
        if self._waiting > _MOST_WAITING:
            self.store.change([self._new()])
            self._forget_fresh()

    def _new(self) -> tuple[str, Sequence[Sequence[object]]]:
        new = [(kind, key, kept) for (kind, key), kept in self._fresh.items()]
        return "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", new

    def _forget_fresh(self) -> None:
        self._fresh.clear()
        self._waiting = 0

    def save(self, *, prune: bool) -> None:
        """Write what is new; `prune` drops what this run did not ask for."""
        seen = [(path, *told) for path, told in self._seen.items() if self._files.get(path) != told]
        steps: list[tuple[str, Sequence[Sequence[object]]]] = [
            self._new(),
            ("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", seen),
        ]
        if prune:
            steps.append(("DELETE FROM kept WHERE kind = ? AND key = ?", [*self._stale()]))
            gone = [(path,) for path in self._files.keys() - self._seen.keys()]
            steps.append(("DELETE FROM files WHERE path = ?", gone))
        if any(rows for _, rows in steps):
            self.store.change(steps)
        self._files.update(self._seen)
        self._forget_fresh()
        self._used.clear()

    def _stale(self) -> Iterator[tuple[str, bytes]]:
        """What was loaded and never asked for; kinds this run had no use for stay."""
        for kind, loaded in self._loaded.items():
            for key in sorted(loaded.keys() - self._used.get(kind, set())):
                yield kind, key
                del loaded[key]
                self._values.pop((kind, key), None)


def _told(name: str) -> str:
    """A name, which may be that of any folder, as text that a database takes."""
    return name.encode("utf-8", "backslashreplace").decode()


Memory = Cache | NoCache
NO_CACHE = NoCache()


def _stat(path: Path, now: int = 0) -> tuple[bytes, bool]:
    """Size, time and inode of a file as text; and whether its time is settled.

    A file written in the very moment it is looked at could change once more within one tick of
    the file system's clock (git, "racy git").
    """
    status = os.stat(path)  # noqa: PTH116 (a third faster than `Path`)
    told = f"{status.st_size} {status.st_mtime_ns} {status.st_ino}".encode()
    return told, now - status.st_mtime_ns > _SETTLED
