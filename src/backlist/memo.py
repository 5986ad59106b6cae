"""The edge of the program: remembers what pure functions answered, between runs.

A function marked `@remembered` is the same function with or without a store; only inside
`with remembering(folder)` are its answers kept in `.cache/`. Keys hold the arguments and the
program's own text, so deleting `.cache/` changes time, never bytes.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from backlist import files

P = ParamSpec("P")
T = TypeVar("T", bound="str | list[str]")

BLOBS = "files"
"""The folder of `.cache/` for answers that are bytes: one file each, read when asked for."""


class _Store:
    """Answers by key; `fresh` holds those this run asked for, so that old ones fall away."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.program = _program()
        self.known = _read(path, self.program)
        self.fresh: dict[str, Any] = {}
        self.blobs: dict[str, bytes] = {}

    def save(self) -> None:
        """Keep what this run asked for; one that asked for far less was cut short by a fault."""
        cut_short = 2 * len(self.fresh) < len(self.known)
        answers = {**self.known, **self.fresh} if cut_short else self.fresh
        if answers != self.known:
            kept = {"program": self.program, "answers": answers}
            files.replace(self.path, json.dumps(kept, ensure_ascii=False).encode())
        self._save_blobs()

    def blob(self, key: str) -> bytes | None:
        """An answer of an earlier run that is bytes; None where there is none."""
        try:
            return self._file(key).read_bytes()
        except OSError:
            return None

    def _save_blobs(self) -> None:
        folder = self.path.parent / BLOBS
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        for key in self.blobs.keys() - names:
            files.replace(self._file(key), self.blobs[key])
        if 2 * len(self.blobs) >= len(names):
            for name in names - self.blobs.keys():
                self._file(name).unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self.path.parent / BLOBS / key


_current: ContextVar[_Store | None] = ContextVar("store", default=None)


@contextmanager
def remembering(folder: Path) -> Iterator[None]:
    """Keep answers of remembered functions in `folder` for the length of the block."""
    store = _Store(folder / "memo.json")
    token = _current.set(store)
    try:
        yield
    finally:
        _current.reset(token)
        with suppress(OSError):  # what cannot be kept costs time, and the site is made all the same
            store.save()


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Mark a pure function of texts whose answer, a text or list of texts, is worth keeping."""

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        store = _current.get()
        if store is None:
            return function(*args, **kwargs)
        key = _key(function, *args, sorted(kwargs.items()))
        if key not in store.fresh:
            known = store.known.get(key)
            store.fresh[key] = function(*args, **kwargs) if known is None else known
        found: T = store.fresh[key]
        return found

    return answer


def remembered_bytes(function: Callable[P, bytes]) -> Callable[P, bytes]:
    """Mark a pure function of plain values whose answer, a file's bytes, is worth keeping.

    Arguments must write themselves out whole with `repr`, as texts, numbers, tuples and frozen
    dataclasses of these do.
    """

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> bytes:
        store = _current.get()
        if store is None:
            return function(*args, **kwargs)
        key = _key(function, *args, sorted(kwargs.items()), store.program)
        if key not in store.blobs:
            known = store.blob(key)
            store.blobs[key] = function(*args, **kwargs) if known is None else known
        return store.blobs[key]

    return answer


def _key(function: Callable[..., Any], *asked: object) -> str:
    said = repr((function.__module__, function.__qualname__, *asked))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _program() -> str:
    """A digest of the program's own text: any change of code forgets what it once answered."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path, program: str) -> dict[str, Any]:
    """The answers kept by an earlier run of the same program; none if they cannot be read."""
    try:
        kept = json.loads(path.read_bytes())
        answers = kept["answers"] if kept["program"] == program else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return answers if isinstance(answers, dict) else {}
