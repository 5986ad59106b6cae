"""Files are found, read into records one by one, and replaced whole.

What a site folder does not hold is not read: a symlink must lead to a file of the site, or a
pull request could publish any file of the computer that builds it. A reader, or a crash, sees
the old file or the new one.
"""

import errno
import os
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from backlist.problems import Level, Problem, Problems, Where, working_on

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

PREFIX, SUFFIX = ".backlist-", ".tmp"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its name as the person knows it, and where it is."""

    name: str
    path: Path


@dataclass(frozen=True)
class Parsed(Generic[R_co]):
    """What a file says, None where it cannot be understood, and what is wrong with it."""

    record: R_co | None
    problems: tuple[Problem, ...] = ()


Parse = Callable[[str, bytes], Parsed[R]]
"""Understands a file by its name and bytes; a function of a module that depends on nothing else."""


def understand(parse: Parse[R], file: File) -> Parsed[R]:
    """What `parse` makes of a file; one that cannot be read is an error at its name."""
    try:
        data = read(file.path)
    except OSError as error:
        return Parsed(None, (unreadable(file.name, error),))
    return parse_bytes(parse, file.name, data)


def parse_bytes(parse: Parse[R], name: str, data: bytes) -> Parsed[R]:
    """What `parse` makes of the bytes of a file; an error of ours says which file it was."""
    with working_on(Where(name)):
        return parse(name, data)


MOST_BYTES = 64_000_000
"""How large a file of text may be; ten hours of transcript with a time for each word are 20 MB."""


def read(path: Path) -> bytes:
    """The bytes of a file of text.

    Raises `OSError` where it cannot be read, is not a regular file (a FIFO would be waited for),
    or is larger than `MOST_BYTES`.
    """
    # Windows has no FIFO in a folder, and translates line ends unless told otherwise.
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, os.O_RDONLY | flags), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        if status.st_size > MOST_BYTES:
            size = (
                f"it has {status.st_size // 1_000_000} MB, and may have {MOST_BYTES // 1_000_000}"
            )
            raise OSError(errno.EFBIG, size)
        return file.read()


_REMEDIES = {
    errno.EACCES: "fix its permissions",
    errno.EPERM: "fix its permissions",
    errno.ENOENT: "it was there when the build began: build again",
    errno.EINVAL: "put a regular file there, or remove it",
    errno.EFBIG: "split it, or remove what nobody needs",
}


def unreadable(name: str, error: OSError) -> Problem:
    """The problem of a file that the system does not let us read."""
    message = f"cannot be read: {error.strerror or error}"
    hint = _REMEDIES.get(error.errno or 0, "check the disk, and the file's permissions")
    return Problem(Where(name), Level.ERROR, message, hint)


def find(root: Path, name: str, problems: Problems) -> Path | None:
    """A single file of the site by its name in folder `root`; None where there is none to read."""
    walk = _Walk(root, problems)
    found = walk.reaches(name) and walk.regular(name)
    return root / name if found else None


def exists(root: Path, name: str, problems: Problems) -> bool:
    """Whether the site has something of this name; what leads out of the site is reported."""
    return _Walk(root, problems).reaches(name)


def find_all(
    root: Path, folder: str, problems: Problems, *, hidden: Collection[str] = ()
) -> dict[str, Path]:
    """Name in the folder → file, of all regular files in and below a folder of the site, in order.

    Hidden ones are passed over, but those called as one of `hidden`. What cannot be read, or must
    not be, is an error at its name: folders that cannot be listed, what is no regular file,
    symlinks that lead out of the site, and names that cannot be an address.
    """
    walk = _Walk(root, problems, hidden)
    if not walk.reaches(folder):
        return {}
    found = walk.below(folder, linked=(root / folder).is_symlink())
    return {name[len(folder) + 1 :]: path for name, path in sorted(found)}


class _Walk:
    """Looks at files of a site by their names in it, and reports what must not be read."""

    def __init__(self, root: Path, problems: Problems, hidden: Collection[str] = ()) -> None:
        self.root, self.problems, self.hidden = root, problems, hidden
        self.inside = os.path.realpath(root)

    def reaches(self, name: str) -> bool:
        """Whether something is there, and no symlink on the way to it leads out of the site."""
        parts = name.split("/")
        for end in range(1, len(parts) + 1):
            way = "/".join(parts[:end])
            try:
                status = (self.root / way).lstat()
            except (FileNotFoundError, NotADirectoryError):
                return False
            except OSError as error:
                self.problems.extend([unreadable(way, error)])
                return False
            if stat.S_ISLNK(status.st_mode) and self.target(way) is None:
                return False
        return True

    def below(self, folder: str, *, linked: bool) -> Iterator[tuple[str, Path]]:
        """The files of a folder; `linked` says that a symlink led here."""
        try:
            with os.scandir(self.root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except NotADirectoryError:
            self._error(folder, "is not a directory", "move its contents into a directory")
            return
        except OSError as error:
            self.problems.extend([unreadable(folder, error)])
            return
        shown = [
            entry
            for entry in entries
            if not entry.name.startswith(".") or entry.name in self.hidden
        ]
        self._tell_of_twins(folder, [entry.name for entry in shown])
        for entry in shown:
            name = f"{folder}/{entry.name}"
            if self._is_named_well(name, entry.name):
                yield from self._entry(name, entry, linked=linked)

    def _entry(
        self, name: str, entry: "os.DirEntry[str]", *, linked: bool
    ) -> Iterator[tuple[str, Path]]:
        if entry.is_symlink():
            target = self.target(name)
            if target is None:
                return
            if os.path.isdir(target):  # noqa: PTH112
                if self._may_enter(name, target, linked=linked):
                    yield from self.below(name, linked=True)
                return
        elif entry.is_dir():
            yield from self.below(name, linked=linked)
            return
        if entry.is_file() or self.regular(name):
            yield name, Path(entry.path)

    def target(self, name: str) -> str | None:
        """Where a symlink leads, if that is a place in the site that may be published."""
        path = self.root / name
        told, target = os.readlink(path), os.path.realpath(path)  # noqa: PTH115
        inner = os.path.relpath(target, self.inside) if _is_below(target, self.inside) else ""
        if not inner:
            message = f"is a symlink out of the site folder: {told}"
            self._error(name, message, "copy what it links to into the site folder")
        elif not os.path.exists(path):  # noqa: PTH110
            self._error(name, f"is a broken symlink: {told}", "fix the link, or remove it")
        elif any(part.startswith(".") for part in Path(inner).parts):
            message = f"is a symlink to a hidden file or folder: {told}"
            self._error(name, message, "copy what it links to into the site folder")
        else:
            return target
        return None

    def _may_enter(self, name: str, target: str, *, linked: bool) -> bool:
        """Whether a symlink to a folder is followed: in circles, and doubling each time, never."""
        if _is_below(os.path.realpath((self.root / name).parent), target):
            self._error(name, "is a symlink to a folder it lies in", "remove the link")
        elif linked:
            message = "is a symlink to a folder, in a folder that is a symlink itself"
            self._error(name, message, "replace one of the two links by a copy of its folder")
        else:
            return True
        return False

    def regular(self, name: str) -> bool:
        """Whether a name is that of a regular file; if not, that is reported."""
        try:
            mode = (self.root / name).stat().st_mode
        except OSError as error:
            self.problems.extend([unreadable(name, error)])
            return False
        if not stat.S_ISREG(mode):
            kind = "a directory" if stat.S_ISDIR(mode) else "a FIFO, a socket or a device"
            self._error(name, f"is not a regular file but {kind}", "remove or rename it")
        return stat.S_ISREG(mode)

    def _is_named_well(self, name: str, last: str) -> bool:
        """Whether a name can stand in an address and on every disk."""
        if last.isprintable():
            return True
        try:
            last.encode()
        except UnicodeEncodeError:
            self._error(name, "has a name that is not UTF-8", "rename it")
            return False
        # Joiners and other invisible signs, which some scripts need, are none of these.
        if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in last):
            self._error(name, "has a control character in its name", "rename it")
            return False
        return True

    def _tell_of_twins(self, folder: str, names: list[str]) -> None:
        """Warn of names that differ only in case, or in how accents are written (NFC, NFD)."""
        if len(names) == len({fold(one) for one in names}):
            return
        seen: dict[str, str] = {}
        for one in names:
            other = seen.setdefault(fold(one), one)
            if other != one:
                where = Where(f"{folder}/{one}")
                message = f"is the same file as `{other}` on macOS and Windows"
                self.problems.warning(where, message, "rename one of them")

    def _error(self, name: str, message: str, hint: str) -> None:
        self.problems.error(Where(name), message, hint)


def fold(name: str) -> str:
    """A name as disks compare it that know neither case nor two ways to write an accent."""
    return name.casefold() if name.isascii() else unicodedata.normalize("NFC", name.casefold())


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def shipped_folder() -> Path:
    """Where the shipped theme lies: beside the modules when installed, else in the checkout."""
    here = Path(__file__).parents[1]
    installed = here / "_theme"
    return installed if installed.is_dir() else here.parents[1]


def shipped_guides() -> dict[str, Path]:
    """The pages of the documentation by name, such as `writing`, which are installed as well."""
    here = Path(__file__).parents[1]
    installed = here / "_docs"
    folder = installed if installed.is_dir() else here.parents[1] / "docs"
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


def replace(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write `content` to `path` by way of a temporary file beside it; folders are made.

    What is `durable` outlives lost power when this returns, which takes some 10 ms: of many files
    none is, and `settle` ends them together. Raises `OSError` when the disk does not let it;
    `path` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=PREFIX, suffix=SUFFIX)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        _keep_names(path.parent)


def move(source: Path, target: Path) -> None:
    """Move a file that is whole, also from another disk; folders are made.

    Raises `OSError` when the disk does not let it; `target` is then as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o644)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        near = target.with_name(f"{PREFIX}{target.name}{SUFFIX}")
        try:
            shutil.copyfile(source, near)
            near.replace(target)
        except BaseException:
            near.unlink(missing_ok=True)
            raise
        source.unlink()


def settle() -> None:
    """Let all that was written so far outlive lost power; Windows has no call for it."""
    if hasattr(os, "sync"):
        os.sync()


def _keep_names(folder: Path) -> None:
    """Let the names in a folder outlive lost power; Windows, which opens no folder, does alone."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path, *, deep: bool = True) -> None:
    """Remove the temporary files that a killed run left in a folder, and `deep` below it."""
    left = f"{PREFIX}*{SUFFIX}"
    for path in folder.rglob(left) if deep else folder.glob(left):
        path.unlink(missing_ok=True)


def in_words(count: int) -> str:
    """Bytes as people write them.

    >>> in_words(12_345), in_words(1_234_567), in_words(12_345_678_901)
    ('13 KB', '1.2 MB', '12.3 GB')
    """
    if count < 1e6:
        return f"{-(-count // 1000)} KB"
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
