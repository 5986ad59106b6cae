"""The output folder: where it may lie, what in it is ours, who builds it now."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from backlist import content, files
from backlist.problems import BacklistError, Where

MANIFEST = ".backlist-manifest.json"
STAGE = ".backlist-new"
"""Where content waits until the site is known to be good."""

WORKSHOPS = ".cache/publish"
"""Where in the site folder the next state of output folders is made."""


@dataclass(frozen=True, slots=True)
class Place:
    """An output folder, and the workshop beside it where its next state is made whole.

    Without a workshop content waits in the output folder itself. `spare` says that the state
    before is kept for the next build, which then has less to do; `shown` is what the person
    calls the folder.
    """

    out: Path
    workshop: Path | None
    spare: bool = True
    shown: str = ""

    @property
    def stage(self) -> Path:
        """Where content waits."""
        return (self.workshop or self.out) / STAGE

    @property
    def tree(self) -> Path:
        """The next state of the output folder, and once it is published the one before."""
        assert self.workshop is not None, "where there is none, content is put in place"
        return self.workshop / "tree"

    @property
    def name(self) -> str:
        """What a person calls the folder."""
        return self.shown or str(self.out)


def place(out: Path, root: Path, *, spare: bool = True) -> Place:
    """Where the site in folder `root` is published by name `out`.

    Raises `BacklistError` for a folder that contains the site's own files, and for one in the
    site folder that a symlink leads out of: a pull request could have the site written anywhere.
    """
    with telling(Place(out, None)):
        site, real = root.resolve(), out.resolve()
        _guard(out, real, site)
        for path in (out, root / ".cache"):
            _refuse_way_out(path, root)
        workshop = site / WORKSHOPS / _digest(real)[:12]
        return Place(real, workshop if _is_beside(workshop, real) else None, spare, str(out))


def _refuse_way_out(path: Path, root: Path) -> None:
    """Refuse a name in the site folder that a symlink leads out of it."""
    # `resolve` would follow links.
    named = Path(os.path.abspath(root)) in Path(os.path.abspath(path)).parents  # noqa: PTH100
    if named and root.resolve() not in path.resolve().parents:
        message = f"is a symlink out of the site folder: {path.resolve()}"
        hint = "remove it; an output folder elsewhere is named with `--out DIR`"
        raise BacklistError(Where(str(path)), message, hint)


def _is_beside(workshop: Path, out: Path) -> bool:
    """Whether a folder made in the workshop can become the output folder by being renamed."""
    try:
        above, below = _nearest(out.parent), _nearest(workshop)
        if out.exists() and (not out.is_dir() or out.stat().st_dev != above.stat().st_dev):
            return False
        writable = all(os.access(folder, os.W_OK | os.X_OK) for folder in (above, below))
        return writable and below.is_dir() and above.stat().st_dev == below.stat().st_dev
    except OSError:
        return False


def _nearest(folder: Path) -> Path:
    """The nearest folder above that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _guard(out: Path, place: Path, site: Path) -> None:
    inputs = [site / name for name in ("content", "templates", "static", "src", "tests", ".git")]
    if (
        place == site
        or place in site.parents
        or any(place == folder or folder in place.parents for folder in inputs)
    ):
        raise BacklistError(
            Where(str(out)),
            "contains the site's own files",
            "choose a separate folder with `--out`, such as `build`",
        )
    if (place / content.SITE).exists():
        raise BacklistError(
            Where(str(out)), "is itself a site: it contains `site.yaml`", "name another folder"
        )


def discard(here: Place) -> None:
    """Drop what waits in the stage, and the folder around it if there is nothing else."""
    with suppress(OSError):  # a folder that cannot be written has been told of
        if here.stage.is_symlink():
            here.stage.unlink()
        shutil.rmtree(here.stage)
        here.stage.parent.rmdir()


@contextmanager
def exclusive(here: Place) -> Iterator[None]:
    """Build an output folder alone: a second build of it waits until the first is done.

    What says so lies in the system's folder for temporary files, so that no folder is made or
    littered; where it cannot be made, for instance because it is another person's, nobody waits.
    """
    lock = _lock(here.out)
    with suppress(OSError):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def untouched(out: Path) -> Iterator[bool]:
    """Whether nobody builds an output folder, for as long as this lasts; it does not wait."""
    lock = _lock(out)
    try:
        lock.acquire(blocking=False)
    except (OSError, Timeout):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _lock(out: Path) -> FileLock:
    return FileLock(Path(tempfile.gettempdir()) / f"backlist-{_digest(out)[:16]}.lock")


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()


@contextmanager
def telling(here: Place | None) -> Iterator[None]:
    """Raise `BacklistError` for what the disk does not let us do."""
    try:
        yield
    except OSError as error:
        path = os.fsdecode(error.filename or b"")
        name = here.name if here else path
        at = f": {path}" if path not in ("", name) else ""
        raise BacklistError(
            Where(name),
            f"cannot be written: {error.strerror or error}{at}",
            "free some space, or fix the folder's permissions; files written so far are complete",
        ) from error


# ---- what is ours


def listed(folder: Path) -> set[str]:
    """What an earlier build wrote here.

    Paths that would lead outside are not believed, nor is a list that is itself somewhere else.
    """
    path = folder / MANIFEST
    if path.is_symlink():
        return set()
    try:
        paths = json.loads(files.read(path))["files"]
        return {p for p in paths if isinstance(p, str) and not _leads_out(p)}
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except (ValueError, KeyError, TypeError, RecursionError):
        return set()


def _leads_out(path: str) -> bool:
    names = path.replace(os.sep, "/").split("/")
    odd = "" in names or "." in names or ".." in names or "\0" in path
    return odd or (os.name == "nt" and ":" in path)


def write_list(folder: Path, paths: Iterable[str]) -> None:
    """Write down what is ours in an output folder."""
    text = json.dumps({"files": sorted(paths)}, indent=0) + "\n"
    files.replace(folder / MANIFEST, text.encode())


def folders_of(paths: Iterable[str]) -> set[str]:
    """The folders that output paths lie in, the output folder itself as an empty text."""
    found = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


Marks = dict[str, tuple[int, int, int, int]]
"""Folder → when names in it last changed, in nanoseconds; its permissions; whose it is."""


def marks_of(tree: Path, folders: Iterable[str]) -> Marks:
    """What folders look like; those that are not there are left out."""
    top, found = str(tree), {}
    for folder in folders:
        with suppress(FileNotFoundError, NotADirectoryError):
            told = os.lstat(f"{top}/{folder}")
            found[folder] = told.st_mtime_ns, told.st_mode, told.st_uid, told.st_gid
    return found


def refuse_links(tree: Path, folders: Iterable[str]) -> None:
    """Raise `BacklistError` for a symlink in the place of a folder that is to be written to."""
    for folder in filter(None, sorted(folders)):
        path = tree / folder
        if path.is_symlink():
            message = "is a symlink, and nothing is written through it"
            raise BacklistError(Where(str(path)), message, "remove the link")
