"""A bag as one file: a ZIP archive of its folder (RFC 8493, section 4.2).

Files are stored as they are: sound does not get smaller, and a damaged place spoils one file.
"""

import shutil
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from backlist.files import in_words
from backlist.problems import BacklistError, Where

SUFFIX = ".zip"
_OTHERS = (".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar")
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
"""Before this day no file of a ZIP archive can be."""


def is_packed(target: Path) -> bool:
    """Whether a bag of this name is one file. Raises `BacklistError` for another kind of file."""
    if target.suffix.lower() in _OTHERS:
        hint = f"name a folder, or a file that ends in `{SUFFIX}`"
        raise BacklistError(Where(str(target)), "is no kind of file that is written", hint)
    return target.suffix.lower() == SUFFIX


def holds_a_bag(path: Path) -> bool:
    """Whether a file is a ZIP archive of a bag."""
    if not (path.is_file() and zipfile.is_zipfile(path)):
        return False
    with zipfile.ZipFile(path) as archive:
        return any(PurePosixPath(name).name == "bagit.txt" for name in archive.namelist())


def pack(folder: Path, target: Path, now: datetime) -> None:
    """Write a folder as the file `target`, every file dated `now`. Raises `OSError`."""
    moment = max(now.astimezone(UTC), _FIRST).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, moment)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            entry.create_system = 3  # Unix, on every system
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(entry, "w") as copy:
                shutil.copyfileobj(source, copy, 1024 * 1024)


def unpack(path: Path, folder: Path) -> Path:
    """Unpack the bag in a file into `folder`; the bag's own folder there.

    Raises `BacklistError` for a file that is damaged, that holds no bag, or that would write
    anything outside of the folder.
    """
    where = Where(str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse(entries, where, shutil.disk_usage(folder).free)
            archive.extractall(folder)
    except (zipfile.BadZipFile, RuntimeError, EOFError) as error:
        hint = "take another copy of the file"
        raise BacklistError(where, f"is damaged: {error}", hint) from error
    tops = sorted(folder.glob("bagit.txt")) or sorted(folder.glob("*/bagit.txt"))
    if len(tops) != 1:
        hint = "name a file that `backlist export` wrote"
        raise BacklistError(where, "does not hold one bag", hint)
    return tops[0].parent


def _refuse(entries: list[zipfile.ZipInfo], where: Where, free: int) -> None:
    hint = "ask for another copy of the bag"
    for one in entries:
        parts = PurePosixPath(one.filename).parts
        if one.filename.startswith("/") or ".." in parts or "\\" in one.filename or ":" in parts[0]:
            message = f"cannot be trusted: it has a file outside of the bag: {one.filename}"
            raise BacklistError(where, message, hint)
        if stat.S_ISLNK(one.external_attr >> 16):
            message = f"cannot be trusted: it has a symlink: {one.filename}"
            raise BacklistError(where, message, hint)
    size = sum(one.file_size for one in entries)
    if size > free:
        message = f"takes {in_words(size)} to unpack, and there is room for {in_words(free)}"
        raise BacklistError(where, message, "make room, or set `TMPDIR` to a folder elsewhere")
