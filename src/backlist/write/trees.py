"""Two states of an output folder: the one that is published, and the one that takes its place.

They share every file that is the same in both (hard links), so that to make the second costs what
differs. The two change places in one step of the file system: whoever looks sees one or the
other, whole.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


@cache
def _exchange() -> Callable[[bytes, bytes], int] | None:
    """The system's call: renameat2(2) of Linux, renamex_np(2) of macOS; None where it has none."""
    if os.name == "nt":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    with suppress(AttributeError):
        if sys.platform == "darwin":
            swap = library.renamex_np
            return lambda one, other: int(swap(one, other, _RENAME_SWAP))
        rename = library.renameat2
        return lambda one, other: int(
            rename(_AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_RENAME_EXCHANGE))
        )
    return None


def can_exchange() -> bool:
    """Whether this system knows how; a file system may still refuse."""
    return _exchange() is not None


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False, and nothing done, where that fails."""
    call = _exchange()
    return call is not None and call(os.fsencode(one), os.fsencode(other)) == 0


def mirror(source: Path, target: Path, folders: set[str]) -> bool:
    """Make `target` a folder of the same files, as hard links.

    False where there are folders in it that are none of `folders`: somebody else's, which could
    not be moved without being away for a moment. Raises `OSError`.
    """
    if target.exists():
        shutil.rmtree(target)
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        here, there = f"{source}/{folder}", f"{target}/{folder}"
        os.mkdir(there)  # noqa: PTH102 (a third faster than `Path`, ten thousand times)
        _copy_permissions(here, there)
        with os.scandir(here) as found:
            for entry in found:
                name = f"{folder}/{entry.name}" if folder else entry.name
                if not entry.is_dir(follow_symlinks=False):
                    os.link(entry.path, f"{target}/{name}", follow_symlinks=False)
                elif name in folders:
                    waiting.append(name)
                else:
                    return False
    return True


def _copy_permissions(here: str, there: str) -> None:
    """Let a folder be whose the other is, as far as that is ours to say, and as open."""
    told, made = os.lstat(here), os.lstat(there)
    if (told.st_uid, told.st_gid) != (made.st_uid, made.st_gid):
        with suppress(OSError):
            os.chown(there, told.st_uid, told.st_gid)
    if told.st_mode != made.st_mode:
        os.chmod(there, told.st_mode & 0o7777)  # noqa: PTH101


def change(
    tree: Path,
    staged: Mapping[str, str],
    stale: Iterable[str],
    bring: Callable[[str, str], None],
) -> None:
    """Bring a folder that nobody looks at up to date; `bring` puts a file in the place of none."""
    for path in stale:
        remove(tree, path)
    top = str(tree)
    for path, source in staged.items():
        target = f"{top}/{path}"
        with suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108
        try:
            bring(source, target)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            bring(source, target)


def remove(tree: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it; never through a symlink."""
    target = tree / path
    for folder in target.parents:
        if folder == tree:
            break
        if folder.is_symlink():
            return
    if target.is_dir() and not target.is_symlink():
        return  # somebody put a folder there
    with suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    for folder in target.parents:
        if folder == tree or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
