"""What a user sees who is not root, whom no permission keeps from anything."""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

R = TypeVar("R")

NOBODY = 65534


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Let a folder, and the way to it, belong to a user without rights, where we are root."""
    if os.geteuid() == 0:
        for place in (folder, *folder.rglob("*")):
            os.chown(place, NOBODY, NOBODY, follow_symlinks=False)
        for place in folder.parents:
            if place.stat().st_uid == 0 and not place.stat().st_mode & 0o001:
                place.chmod(place.stat().st_mode | 0o001)
    yield


def answer_of_nobody(ask: Callable[[], R]) -> R:
    """What a function gives in a process without rights; what it gives can be pickled."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(ask(), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    assert said, "it failed: its traceback is on standard error"
    answer: R = pickle.loads(said)
    return answer
