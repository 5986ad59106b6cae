"""Whether anything has changed since the last good build: asked before anything is imported.

A stamp holds what files looked like, by name, size and time: those a build reads, those it wrote,
and the program itself. Where all look the same, the last build's answer still holds. This module
needs nothing but the standard library's smallest parts, because it is most of such a run.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import time

FORM = "1"


def program() -> str:
    """The state of the program and of every package beside it.

    Packages are told by the names of their metadata folders, which hold their versions; to import
    anything and ask it would cost more than a build without changes.
    """
    told = [FORM, sys.version, *look([os.path.dirname(os.path.dirname(__file__))])]  # noqa: PTH120
    for place in sys.path:
        try:
            names = os.listdir(place or ".")  # noqa: PTH208
        except OSError:
            continue
        told += sorted(name for name in names if name.endswith(".dist-info"))
    told.append(os.environ.get("PAGEFIND_BINARY_PATH", ""))
    return _digest(told)


def look(places: Iterable[str]) -> Iterator[str]:
    """A line for every file in places: path, size, time, inode; hidden ones as well."""
    waiting = [*places][::-1]
    linked: set[str] = set()
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as found:
                entries = sorted(filter(_counts, found), key=lambda entry: entry.name)
        except NotADirectoryError:
            status = os.stat(place)  # noqa: PTH116
            yield _line(place, status)
            continue
        except OSError:
            yield f"{place} cannot be read"
            continue
        for entry in entries:
            try:
                if not entry.is_dir():
                    yield _line(entry.path, entry.stat())
                elif _leads_on(entry, linked):
                    waiting.append(entry.path)
            except OSError:
                yield f"{entry.path} cannot be read"


def _counts(entry: "os.DirEntry[str]") -> bool:
    return entry.name != "__pycache__"


def _leads_on(entry: "os.DirEntry[str]", linked: set[str]) -> bool:
    """Whether a folder is one that no link led to before: links can lead in circles."""
    if not entry.is_symlink():
        return True
    known = len(linked)
    linked.add(os.path.realpath(entry.path))
    return len(linked) > known


def _line(path: str, status: os.stat_result) -> str:
    return f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ino}"


def _digest(lines: Iterable[str]) -> str:
    text = "\n".join(lines).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(text, digest_size=16).hexdigest()


class Stamp:
    """The last good build of one site into one folder with the same options.

    `reads` are the places a build reads; one that does not exist counts as well.
    """

    def __init__(self, folder: str, reads: Iterable[str], out: str, options: Iterable[str]) -> None:
        self.reads = [*reads]
        self.out = out
        asked = [os.path.abspath(out), *options, *self.reads]  # noqa: PTH100
        self.path = os.path.join(folder, f"stamp-{_digest(asked)[:12]}.json")  # noqa: PTH118
        self.program = program()
        self.inputs = _digest(look(self.reads))

    def answer(self) -> dict[str, object] | None:
        """What the last good build said, where it still holds; else None."""
        try:
            with open(self.path, encoding="utf-8") as file:  # noqa: PTH123
                kept = json.load(file)
            same = kept["program"] == self.program and kept["inputs"] == self.inputs
            due = kept["due"]
            if not same or (due is not None and due <= time()):
                return None
            if kept["outputs"] != _digest(look([self.out])):
                return None
            answer = kept["answer"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, dict) else None

    def keep(self, answer: dict[str, object], due: float | None, own: Iterable[str]) -> bool:
        """Keep the answer of a good build that ended now; whether its inputs are as it read them.

        `due` is when, in seconds since 1970, an episode is due that was not out yet. `own` are the
        files the build itself wrote among those it reads. An input that changed meanwhile makes
        the answer one of yesterday, and it is not kept.
        """
        written = [*own]
        if not written and _digest(look(self.reads)) != self.inputs:
            return False
        kept = {
            "program": self.program,
            "inputs": _digest(look(self.reads)),
            "outputs": _digest(look([self.out])),
            "due": due,
            "answer": answer,
        }
        with suppress(OSError):  # it is made anew next time
            temporary = f"{self.path}.{os.getpid()}"
            with open(temporary, "w", encoding="utf-8") as file:  # noqa: PTH123
                json.dump(kept, file)
            os.replace(temporary, self.path)  # noqa: PTH105
        return True
