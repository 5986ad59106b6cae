"""Pictures at other hosts become files in `static/`, and the records name those.

Each address is requested once, however many records name it, and a picture that is already there
under another address is not kept twice. A picture is written before it is noted, and noted before a
record names it: a run that is killed is made good by the next one.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from backlist import files, urls
from backlist.feed.rules.secrets import mask
from backlist.importers.kept import KEPT, Kept, read_kept, write_kept
from backlist.mirror import places
from backlist.mirror.download import Downloaded, RefusedError, download
from backlist.mirror.places import Place, SiteFile
from backlist.pictures import SUFFIXES
from backlist.problems import BacklistError, Problems, Where

CONCURRENT = 4
"""Servers asked at a time."""

MOST_TOLD = 5
"""Pictures that are told one by one where many cannot be had."""

PATIENCE = 3
"""Requests that a host may leave without any answer; it is not asked for the rest."""

Watch = Callable[[str, int, int], None]


def unwatched(what: str, done: int, of: int) -> None:
    """For runs that nobody watches."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it: pictures now in `static/`, their bytes, and those that could not be had.

    `left` are those not requested because the run had brought as much as it was allowed.
    """

    pictures: int = 0
    bytes: int = 0
    failed: int = 0
    left: int = 0


def bring_pictures(
    root: Path,
    problems: Problems,
    *,
    refresh: bool = False,
    most: int | None = None,
    trusted: frozenset[str] = frozenset(),
    watch: Watch = unwatched,
) -> Brought:
    """Bring home the pictures that the site at `root` names at other hosts; failures are warnings.

    `refresh` also asks for newer versions of those brought home before; `most` is how many bytes a
    run may bring; `trusted` hosts (`host:port`) may be on a private network. Raises `BacklistError`
    where the site cannot be read or written.
    """
    ledger = root / KEPT
    kept = read_kept(ledger.read_text("utf-8") if ledger.is_file() else None)
    homes = {one.file: address for address, one in kept.items()} if refresh else {}
    found = places.find(root, homes)
    run = _Run(root, kept, most, trusted)
    named: dict[str, Place] = {}
    for place in (place for one in found.values() for place in one.places):
        named.setdefault(place.address, place)
    wanted = [place for address, place in named.items() if refresh or not run.has(address)]
    try:
        run.bring(wanted, watch)
        if run.kept != kept:
            files.replace(ledger, write_kept(run.kept).encode(), durable=False)
        _write(root, found, run, problems)
        files.settle()
    except OSError as error:
        where = Where(str(error.filename or root))
        hint = "check the folder's permissions and the space on the disk, then run it again"
        raise BacklistError(where, f"cannot be written: {error.strerror}", hint) from error
    _tell(run, problems)
    return Brought(run.written, run.bytes, len(run.refused), run.left)


def count_pictures(root: Path) -> int:
    """How many pictures at other hosts the site at `root` names."""
    found = places.find(root).values()
    return len({place.address for one in found for place in one.places})


def _write(root: Path, found: Mapping[str, SiteFile], run: "_Run", problems: Problems) -> None:
    """Let records and settings name the files."""
    homes = {address: one.file for address, one in run.kept.items() if run.has(address)}
    for name, one in found.items():
        text = places.renamed(one, homes)
        if text != one.text:
            files.replace(root / name, text.encode(), durable=False)
        for place in one.places:
            if text == one.text and homes.get(place.address, place.written) != place.written:
                message = f"is not changed by itself: it names {mask(place.address)}"
                hint = f"write `image: {homes[place.address]}`"
                problems.warning(Where(name, place.line), message, hint)


def _tell(run: "_Run", problems: Problems) -> None:
    """Warn of what could not be had: a few by name, the rest by their number."""
    told = run.refused[:MOST_TOLD]
    for place, error in told:
        where = Where(place.file, place.line)
        problems.warning(
            where, f"the picture is not brought home: {error.message}: {mask(place.address)}",
            error.hint,
        )  # fmt: skip
    more = len(run.refused) - len(told)
    if more:
        reasons = Counter(error.message for _, error in run.refused[MOST_TOLD:])
        said, count = reasons.most_common(1)[0]
        problems.warning(
            Where("static/covers"),
            f"{more} more pictures are not brought home; of {count} of them {said}",
            "run `backlist mirror --pictures` again later",
        )


class _Run:
    """The pictures of one run: what is kept, and what went wrong."""

    def __init__(
        self, root: Path, kept: Mapping[str, Kept], most: int | None, trusted: frozenset[str]
    ) -> None:
        self.root, self.kept, self.most, self.trusted = root, dict(kept), most, trusted
        self.by_digest = {one.digest: one.file for one in kept.values() if self._is_there(one)}
        self.refused: list[tuple[Place, RefusedError]] = []
        self.silent: Counter[str] = Counter()
        self.written = self.bytes = self.left = 0

    def has(self, address: str) -> bool:
        """Whether the picture at an address is at home already."""
        known = self.kept.get(address)
        return known is not None and self._is_there(known)

    def _is_there(self, one: Kept) -> bool:
        return (self.root / "static" / one.file).is_file()

    def bring(self, wanted: Sequence[Place], watch: Watch) -> None:
        """Request pictures, a few at a time, and keep them in their order: names are given in it.

        When interrupted, what has not begun is not requested.
        """
        pool = ThreadPoolExecutor(CONCURRENT)
        asked: deque[tuple[Place, Future[Downloaded | None]]] = deque()
        try:
            for place in wanted:
                if self._is_wanted(place):
                    known = self.kept[place.address] if self.has(place.address) else None
                    future = pool.submit(download, place.address, self.trusted, known)
                    asked.append((place, future))
                if len(asked) >= 2 * CONCURRENT:
                    self._take(*asked.popleft())
                    watch("bringing pictures home,", self.written, len(wanted))
            while asked:
                self._take(*asked.popleft())
        finally:
            pool.shutdown(cancel_futures=True)

    def _is_wanted(self, place: Place) -> bool:
        """Whether a picture is requested: there is room for it, and its host answers."""
        if self.most is not None and self.bytes >= self.most:
            self.left += 1
            return False
        host = urls.host(place.address)
        if self.silent[host] < PATIENCE:
            return True
        self.refused.append((place, RefusedError(f"{host} does not answer", "try again later")))
        return False

    def _take(self, place: Place, asked: "Future[Downloaded | None]") -> None:
        try:
            found = asked.result()
        except RefusedError as error:
            self.refused.append((place, error))
            self.silent[urls.host(place.address)] += error.silent
            return
        if found is not None:
            self._keep(place, found)

    def _keep(self, place: Place, found: Downloaded) -> None:
        """Write a picture under a name that no other has; once, whatever addresses it has."""
        digest = hashlib.blake2b(found.data, digest_size=6).hexdigest()
        file = self.by_digest.get(digest)
        if file is None:
            file = self._free_name(place.name, SUFFIXES[found.picture.kind], digest, found.data)
            files.replace(self.root / "static" / file, found.data, durable=False)
            self.by_digest[digest] = file
            self.written += 1
            self.bytes += len(found.data)
        self.kept[place.address] = Kept(file, digest, found.etag, found.modified)

    def _free_name(self, name: str, suffix: str, digest: str, data: bytes) -> str:
        """Another picture of the same name stays: apps know a file by its name, and keep it."""
        path = self.root / "static" / f"{name}{suffix}"
        free = not path.exists() or path.read_bytes() == data
        return f"{name}{suffix}" if free else f"{name}-{digest}{suffix}"
