"""Pure functions over all cores: the same answers in the same order, sooner.

Work is handed out by forking, so that what it reads need not be copied. Where a system cannot
fork, or there is too little to do, it is done here, one after the other.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

FEWEST = 32
"""Pieces of work from which on a second process pays."""

PIECES = 16
"""Pieces a process is handed at a time."""

_task: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def count() -> int:
    """How many cores this process may use; `BACKLIST_CORES` asks for another number."""
    asked = os.environ.get("BACKLIST_CORES", "")
    if asked.isdecimal() and len(asked) < 5 and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def spread(
    make: Callable[[T], R], items: Sequence[T], fewest: int = FEWEST
) -> Iterator[Iterator[R]]:
    """What `make` makes of each item, in their order. What it raises is raised here.

    Answers come as they are made: who takes them works beside those who make the next ones. What
    is not taken, because of an error or Ctrl-C, is made no further.
    """
    with closing(_spread(make, items, fewest)) as made:
        yield made


def _spread(make: Callable[[T], R], items: Sequence[T], fewest: int) -> Generator[R, None, None]:
    global _task
    workers = min(count(), len(items) // max(1, fewest // 2))
    if len(items) < fewest or workers < 2 or not _forks() or _task is not None:
        yield from map(make, items)
        return
    # Loaded here, because most runs have too little to do for it.
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
    from multiprocessing import get_context

    parts = [(at, min(at + PIECES, len(items))) for at in range(0, len(items), PIECES)]
    _task = make, items
    done = 0
    gc.freeze()  # what exists is read only from here on: no child need visit, and so copy, it
    try:
        with ProcessPoolExecutor(workers, get_context("fork"), _begin) as pool:
            for part in pool.map(_work, parts):
                yield from part
                done += len(part)
    except BrokenProcessPool:  # a system that is short of memory ends a process
        yield from map(make, items[done:])
    finally:
        gc.unfreeze()
        _task = None


def beside(make: Callable[[], R]) -> Callable[[], R]:
    """Begin to make something on another core; the answer waits for it, and gives it.

    What `make` raises is raised by the answer. What it gives must be worth sending: small beside
    the work.
    """
    if count() < 2 or not _forks() or _task is not None:
        return make
    # Loaded here, because most runs have too little to do for it.
    from multiprocessing import get_context

    fork = get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)
    gc.freeze()
    child = fork.Process(target=_send, args=(make, sending), daemon=True)
    child.start()
    gc.unfreeze()
    sending.close()

    def answer() -> R:
        try:
            error, value = receiving.recv()
        except EOFError:  # a system that is short of memory ends a process
            return make()
        finally:
            receiving.close()
            child.join()
        if error is not None:
            raise error
        made: R = value
        return made

    return answer


def _send(make: Callable[[], Any], sending: "Connection") -> None:
    _begin()
    try:
        sending.send((None, make()))
    except Exception as error:  # it is raised where the answer is wanted
        sending.send((error, None))


def _forks() -> bool:
    """Whether this system forks safely; macOS does not, once its frameworks are loaded."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def _begin() -> None:
    """A child ends when its parent does, which is who hears Ctrl-C; it lives too short for gc."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()


def _work(part: tuple[int, int]) -> list[Any]:
    assert _task is not None, "`spread` forks after it is set"
    make, items = _task
    return [make(item) for item in items[part[0] : part[1]]]
