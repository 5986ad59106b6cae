"""Bringing home what a plan lists, a few files at a time.

A file is in its place before it is noted, and noted before a record names it: a run that is killed
is made good by the next one.
"""

from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from backlist import files, http, urls
from backlist.commands.mirror import places
from backlist.commands.mirror.faults import BUSY, RefusedError, refusal
from backlist.commands.mirror.kinds import KINDS, PICTURES
from backlist.commands.mirror.ledger import digest
from backlist.commands.mirror.plan import PATIENCE, Plan, Progress, Watch
from backlist.commands.mirror.report import Fetched, Report, Unasked
from backlist.commands.mirror.wanted import FOLDERS, Wanted
from backlist.http import UNKNOWN, Validators
from backlist.http.download import Downloaded, Downloader, StatusError, StoppedError
from backlist.http.politely import Politely
from backlist.model import Copy
from backlist.problems import BacklistError, Problems, Where

CACHE = ".cache/mirror"
"""Where downloads wait until they are whole, in the site's folder."""

GOES_ON = 1
"""How often a broken download is gone on with at once; after that, by the next run."""

LONGEST_WAIT = 60.0
"""Seconds that a host may ask to wait; where it asks for more, the next run goes on."""


def bring(plan: Plan, problems: Problems, watch: Watch = lambda progress: None) -> Report:
    """Bring home what a plan lists; what cannot be had is in the report, everything else stays.

    Raises `BacklistError` where the site cannot be written, or another run is at work in it.
    """
    folder = plan.root / CACHE
    if not plan.known:
        return Report()
    _refuse_to_leave(plan.root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=0):
            return _Run(plan, problems, watch).bring()
    except Timeout as error:
        hint = "wait until it is done"
        raise BacklistError(Where(CACHE), "another `backlist mirror` is at work", hint) from error
    except OSError as error:
        raise _unwritable(plan.root, error) from error


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file that was downloaded and is what it should be; `at` is where a store has it."""

    got: Downloaded
    ending: str
    at: str = ""


@dataclass(slots=True)
class _Counts:
    """What came of a run, as it goes on."""

    fetched: list[Fetched] = field(default_factory=list)
    failed: list[tuple[Wanted, RefusedError]] = field(default_factory=list)
    unasked: dict[str, list[Wanted]] = field(default_factory=dict)
    silent: Counter[str] = field(default_factory=Counter)
    closed: dict[str, RefusedError] = field(default_factory=dict)
    bytes: int = 0
    current: int = 0
    left: int = 0
    put: int = 0


class _Run:
    def __init__(self, plan: Plan, problems: Problems, watch: Watch) -> None:
        self.root, self.options, self.ledger = plan.root, plan.options, plan.ledger
        self.plan, self.store, self.problems = plan, plan.store, problems
        self.watch = watch
        self.counts, self.done, self.received = _Counts(), 0, 0
        self.outstanding = set(plan.wanted)
        self.downloader = Downloader(self.root / CACHE, self.options.at_home, self._receive)
        self.by_digest = {
            one.sha256: one.file
            for address, one in self.ledger.copies.items()
            if one.file and one.file.startswith("static/") and self.ledger.home(address)
        }

    def _receive(self, count: int) -> None:
        self.received += count

    def bring(self) -> Report:
        files.sweep(self.root, deep=False)
        for folder in ("content", *FOLDERS):
            files.sweep(self.root / folder)
        try:
            asking = Politely[Wanted, _Taken | None](
                *(self._fetch, lambda one: one.host, self._begins, self._tell),
                self.downloader.stop.set,
            )
            for one, future in self._in_order(asking.run(self.plan.wanted)):
                self._take(one, future)
            self._put_all()
        finally:
            self.downloader.stop.set()
            self.ledger.write()
        self._name_pictures()
        return self._report()

    def _tell(self) -> None:
        self.watch(Progress(self.done, len(self.plan.wanted), self.received))

    def _begins(self, one: Wanted) -> bool:
        """Whether a file is requested: there is room for it, and its host answers."""
        if self.options.most is not None and self.received >= self.options.most:
            self.counts.left += 1
        elif one.host in self.counts.closed:
            self.counts.unasked.setdefault(one.host, []).append(one)
        else:
            return True
        self.outstanding.discard(one)
        return False

    def _in_order(
        self, ended: "Iterator[tuple[Wanted, Future[_Taken | None]]]"
    ) -> "Iterator[tuple[Wanted, Future[_Taken | None]]]":
        """What ended, pictures in the order of records: the first of two that are one names it."""
        waiting = deque(one for one in self.plan.wanted if one.what == PICTURES)
        ready: dict[Wanted, Future[_Taken | None]] = {}
        for one, future in ended:
            self.done += 1
            self.outstanding.discard(one)
            if one.what == PICTURES and future.exception() is None:
                ready[one] = future
            else:
                yield one, future
            while waiting and waiting[0] not in self.outstanding:
                first = waiting.popleft()
                if first in ready:
                    yield first, ready.pop(first)

    # In threads of their own.

    def _fetch(self, one: Wanted) -> _Taken | None:
        """Download a file and look at it; None where the copy is still what its server has."""
        if urls.split(one.address).scheme.lower() not in ("http", "https"):
            raise RefusedError("it is not a web address", "write one that begins with https://")
        known, version = self.ledger.copies.get(one.address), UNKNOWN
        if known and (self.ledger.home(one.address) or self.plan.is_put(one)):
            version = Validators(known.etag or "", known.modified or "")
        try:
            got = self._patiently(one, version)
        except (http.RequestError, http.PrivateError, StatusError) as error:
            raise refusal(error, one.address) from error
        if got is None:
            return None
        try:
            ending = KINDS[one.what].judge(got, one.address, one.type)
        except RefusedError:
            self.downloader.forget(one.address)
            raise
        return _Taken(got, ending, self._put(got.path, one.name + ending, got.sha256)
                      if self.plan.goes_to_store(one) else "")  # fmt: skip

    def _patiently(self, one: Wanted, version: Validators) -> Downloaded | None:
        """Download a file; wait a little if its server asks to, and go on where it broke."""
        kind, waited, broken = KINDS[one.what], 0.0, 0
        while True:
            try:
                return self.downloader.download(one.address, kind.accept, kind.limits, version)
            except http.RequestError as error:
                broken += 1
                if error.fault != "cut" or broken > GOES_ON or self.downloader.stop.is_set():
                    raise
            except StatusError as error:
                wait = error.wait
                if error.status not in BUSY or wait is None or waited + wait > LONGEST_WAIT:
                    raise
                waited += max(wait, 1.0)
                self.downloader.stop.wait(wait)

    def _put(self, path: Path, name: str, sha256: str) -> str:
        assert self.store is not None
        name = store_name(name)
        try:
            if not self.store.has(name, sha256):
                self.store.put(path, name)
        except OSError as error:
            hint = "run it again later; what was put stays"
            raise RefusedError(f"it cannot be put at {self.options.to} ({error})", hint, "store") \
                from error  # fmt: skip
        return self.store.address(name)

    # In the thread of the run.

    def _take(self, one: Wanted, ended: "Future[_Taken | None]") -> None:
        try:
            taken = ended.result()
        except RefusedError as error:
            self._refuse(one, error)
        except StoppedError:
            self.counts.left += 1
        except OSError as error:
            raise _unwritable(self.root, error) from error
        else:
            if taken is None:
                self.counts.current += 1
            else:
                self._keep(one, taken)

    def _refuse(self, one: Wanted, error: RefusedError) -> None:
        self.counts.failed.append((one, error))
        self.counts.silent[one.host] += error.silent
        if error.closed or self.counts.silent[one.host] >= PATIENCE:
            self.counts.closed.setdefault(one.host, error)

    def _keep(self, one: Wanted, taken: _Taken) -> None:
        """Put a file into its place and note it; a picture once, whatever addresses it has."""
        got, before = taken.got, self.ledger.copies.get(one.address)
        same = before is not None and before.sha256 == got.sha256
        file, at = None, [taken.at] if taken.at else []
        try:
            if not at:
                file = self._place(one, taken)
                if file is None:
                    return
        except OSError as error:
            raise _unwritable(self.root, error) from error
        copy = Copy.model_validate(
            {
                "url": one.address,
                "file": file or (before.file if before and same else None),
                "at": list(dict.fromkeys([*(before.at if before and same else ()), *at])),
                "size": got.size,
                "sha256": got.sha256,
                "type": got.type or None,
                "fetched": before.fetched if before and same else f"{self.plan.now:%Y-%m-%d}",
                "etag": got.validators.etag or None,
                "modified": got.validators.modified or None,
            }
        )
        self.ledger.note(copy)
        self.downloader.forget(one.address)
        self.counts.bytes += got.size
        self.counts.fetched.append(Fetched(one, copy, got.redirects, got.address))

    def _place(self, one: Wanted, taken: _Taken) -> str | None:
        """The name of the file in the site; None where a person has changed the one there."""
        got, known = taken.got, self.ledger.copies.get(one.address)
        if one.what == PICTURES:
            if twin := self.by_digest.get(got.sha256):
                return twin
        elif known and known.file and (home := self.ledger.home(one.address)):
            if digest(home) != known.sha256:
                message = "was changed here since it was fetched, and has a new version there"
                hint = "to take that one, delete the file and run it again"
                self.problems.warning(Where(known.file), f"{message}: {one.address}", hint)
                return None
            if known.file.endswith(taken.ending):
                files.move(got.path, home)
                return known.file
        file = self._free_name(one, taken)
        files.move(got.path, self.root / file)
        self.by_digest[got.sha256] = file
        return file

    def _free_name(self, one: Wanted, taken: _Taken) -> str:
        """Another file of the same name stays: apps know a file by its name, and keep it."""
        wished, sha256 = f"{one.name}{taken.ending}", taken.got.sha256
        path = self.root / wished
        there = digest(path) if path.exists() else sha256
        if there == sha256 or (one.what != PICTURES and self._gives_way(wished, there)):
            return wished
        return f"{one.name}-{sha256[:12]}{taken.ending}"

    def _gives_way(self, file: str, sha256: str) -> bool:
        """Whether a file is the copy of an address that no record names now, as it was fetched."""
        names = {one.address for one in self.plan.known}
        gone = [
            one.url
            for one in self.ledger.copies.values()
            if one.file == file and one.sha256 == sha256 and one.url not in names
        ]
        for address in gone:
            del self.ledger.copies[address]
        return bool(gone)

    def _put_all(self) -> None:
        """Put what is in the site's folder at the store as well, if it is not there yet."""
        if self.store is None:
            return
        jobs = [
            one
            for one in self.plan.known
            if one.out and self.ledger.home(one.address) and not self.plan.is_put(one)
        ]
        putting = Politely[Wanted, str](self._put_home, lambda one: one.address, tick=self._tell)
        for one, future in putting.run(jobs):
            try:
                at = future.result()
            except RefusedError as error:
                self.counts.failed.append((one, error))
                continue
            known = self.ledger.copies[one.address]
            self.ledger.note(known.model_copy(update={"at": (*known.at, at)}))
            self.counts.put += 1

    def _put_home(self, one: Wanted) -> str:
        known = self.ledger.copies[one.address]
        assert known.file is not None
        return self._put(self.root / known.file, known.file, known.sha256)

    def _name_pictures(self) -> None:
        """Let records and settings name the pictures that came home."""
        homes = self.plan.files_in_static()
        try:
            for name, one in self.plan.named.items():
                text = places.renamed(one, homes)
                if text != one.text:
                    files.replace(self.root / name, text.encode(), durable=False)
                places.report_unnamed(name, one, text, homes, self.problems)
            if self.counts.fetched:
                files.settle()
        except OSError as error:
            raise _unwritable(self.root, error) from error

    def _report(self) -> Report:
        counts = self.counts
        unasked = [
            Unasked(host, len(listed), listed[0], counts.closed[host])
            for host, listed in counts.unasked.items()
        ]
        return Report(
            tuple(counts.fetched),
            tuple(counts.failed),
            tuple(unasked),
            current=counts.current,
            left=counts.left,
            put=counts.put,
            bytes=counts.bytes,
        )


def store_name(file: str) -> str:
    """What a file of the site is called in a store: without the folders that only a site has.

    >>> store_name("content/transcripts/a.vtt"), store_name("static/covers/a.jpg")
    ('transcripts/a.vtt', 'covers/a.jpg')
    """
    return file.removeprefix("static/").removeprefix("content/")


def _refuse_to_leave(root: Path) -> None:
    """Raise `BacklistError` where what is written into a folder of copies would leave the site."""
    for folder in FOLDERS:
        if not (root / folder).resolve().is_relative_to(root.resolve()):
            message, hint = "is a symlink out of the site folder", "put a folder in its place"
            raise BacklistError(Where(folder), message, hint)


def _unwritable(root: Path, error: OSError) -> BacklistError:
    hint = "check the folder's permissions and the space on the disk, then run it again"
    where = Where(str(error.filename or root))
    return BacklistError(where, f"cannot be written: {error.strerror or error}", hint)
