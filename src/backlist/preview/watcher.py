"""When to rebuild: files are looked at again and again, cheaply, until they come to rest."""

import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from tornado.ioloop import IOLoop

Look = Mapping[str, tuple[int, int, int]]
"""Path → what differs once a file was saved: time, size, and the inode of a replaced file."""


class Watcher:
    """Tells livereload that files have changed, once for a burst of saves.

    Has the interface of `livereload.watcher.Watcher` as its server and handler use it, because
    that one loses saves: a change within 3 s of a reload is seen and then dropped
    (`LiveReloadHandler.poll_tasks`). Only changes named `__livereload__` are exempt.
    """

    PAUSE = 0.2
    SETTLE = 0.05
    PATIENCE = 2.0
    """Seconds between looks, between looks at files that move, and until moving files are built."""
    SHARE = 20
    """A look may cost one part in so many of the time: in a large site looks are rarer."""
    FEW = 20
    """Files saved last, which are looked at each time: who saves one mostly saves it again."""

    FIRST = 0.4
    """Seconds that pages get to load what is shown first, until the build that follows."""

    QUIET = 2.0
    """Seconds after a build until what may wait is made: open pages are reloading till then."""

    def __init__(
        self,
        places: Iterable[Path],
        rebuild: Callable[[], bool],
        follow: Callable[[], object] = lambda: None,
        lost: Callable[[], bool] = lambda: False,
        show_first: Callable[[Collection[str]], bool] = lambda _: False,
    ) -> None:
        self.places = list(places)
        self.rebuild = rebuild
        self.follow = follow
        self.lost = lost
        self.show_first = show_first
        self._moved: set[str] = set()
        self._last: set[str] = set()
        self._next = 0.0
        self._owed: float | None = None
        self._rebuilt = time.monotonic()
        self.filepath: str | None = None  # None: pages reload whole
        self._tasks = self.places  # livereload watches the working folder when this is empty
        self._changes: list[object] = []  # livereload's greeting; `server._Browser` does better
        self._seen = look(self.places)
        self._since: float | None = None

    def start(self, callback: Callable[[], object]) -> bool:
        """Watch from now on and call livereload back; True: it need not poll."""

        def watch() -> None:
            began = time.monotonic()
            if self._since is None and began < self._next and not self.is_saved_again():
                IOLoop.current().call_later(self.PAUSE, watch)
                return
            settled = self.settled()
            pause = self.SETTLE
            if self._since is None:
                pause = self.PAUSE
                self._next = began + max(pause, self.SHARE * (time.monotonic() - began))
            try:
                if settled:
                    callback()
                    self._rebuilt = time.monotonic()
                elif self._since is None and began - self._rebuilt > self.QUIET:
                    self.follow()
            finally:
                IOLoop.current().call_later(pause, watch)

        IOLoop.current().add_callback(watch)
        return True

    def is_saved_again(self) -> bool:
        """Whether one of the files that were saved last differs from what was seen of it."""
        return look(self._last) != {p: self._seen[p] for p in self._last if p in self._seen}

    def settled(self) -> bool:
        """Look once: whether files have changed since the last build and come to rest.

        What was built has to be built again as well once it is `lost`.
        """
        before, self._seen = self._seen, look(self.places)
        if self.lost():
            self._since = None
            return True
        now, moved = time.monotonic(), self._seen != before
        if moved:
            self._moved |= {path for path, _ in self._seen.items() ^ before.items()}
        elif self._since is None and self._owed is not None:
            return now - self._owed > self.FIRST
        if moved and self._since is None:
            self._since = now
        if self._since is None or (moved and now - self._since < self.PATIENCE):
            return False
        self._since = None
        return True

    def examine(self) -> tuple[str | None, None]:
        """Show what is quickly made, else rebuild; livereload reloads the pages if they differ."""
        moved, self._moved = self._moved, set()
        self._last = moved if len(moved) <= self.FEW else set()
        if moved and self.show_first(moved):
            self._owed = time.monotonic()
            return "__livereload__", None
        self._owed = None
        return ("__livereload__" if self.rebuild() else None), None


def look(places: Iterable[Path | str]) -> Look:
    """The state of every file in `places`; hidden files and editors' backups do not count."""
    files: dict[str, tuple[int, int, int]] = {}
    folders: set[tuple[int, int]] = set()
    waiting = [str(place) for place in places]
    while waiting:
        path = waiting.pop()
        with suppress(OSError):  # gone meanwhile, or a link to nowhere: as if it were not there
            status = os.stat(path)  # noqa: PTH116 (a third faster than `Path`, and always running)
            if not stat.S_ISDIR(status.st_mode):
                files[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
            elif (status.st_dev, status.st_ino) not in folders:  # a link may lead in a circle
                folders.add((status.st_dev, status.st_ino))
                names = os.listdir(path)  # noqa: PTH208 (as above)
                waiting += [f"{path}/{name}" for name in names if not _passing(name)]
    return files


def _passing(name: str) -> bool:
    return name.startswith(".") or name.endswith("~")
