"""A bag (RFC 8493): files in `data/` and their hashes, made beside its place and then renamed.

The `bagit` package writes it; what this adds is what its version 1.9 does not know of the RFC:
the number 1.0, and lists in one order.
"""

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from backlist import files
from backlist.problems import BacklistError, Where

HASHES = ("sha256", "sha512")
"""Which hashes a bag has; the RFC wants SHA-512 made, and SHA-256 understood, by everybody."""

AGENT = "Bag-Software-Agent"

Payload = Mapping[str, Path | bytes]
"""Name in the bag's `data/` → the file to copy, or what is written."""

Watch = Callable[[str, int, int], None]

BLOCK = 1024 * 1024
"""Bytes that are read at once."""

_OLD = ".old"
"""Where the last bag waits, on systems where two folders cannot change places in one step."""

# Without a handler Python prints what libraries log; everything is told as a problem.
logging.getLogger("bagit").addHandler(logging.NullHandler())


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder beside `target` to make its next state in; what is left in it afterwards is removed.

    What a killed run left is removed as well, after the bag that it had moved out of the way is
    back. Raises `BacklistError` where the folder cannot be made.
    """
    workshop = target.parent / f"{files.PREFIX}{target.name}{files.SUFFIX}"
    try:
        if (workshop / _OLD).exists() and not target.exists():
            (workshop / _OLD).rename(target)
        shutil.rmtree(workshop, ignore_errors=True)
        workshop.mkdir(parents=True)
        yield workshop
    except OSError as error:
        hint = "check the folder's permissions and the space on the disk, then run it again"
        where = Where(str(error.filename or target))
        raise BacklistError(where, f"cannot be used: {error.strerror or error}", hint) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def write(
    folder: Path,
    payload: Payload,
    notes: Payload,
    facts: Mapping[str, str | list[str]],
    watch: Watch,
) -> None:
    """Make a bag in an empty folder.

    `notes` are files by name that lie beside `data/`; `facts` become `bag-info.txt`. Raises
    `OSError`, and `BacklistError` where a file changed meanwhile.
    """
    import bagit

    copied = {}
    for count, (name, given) in enumerate(payload.items(), 1):
        copied[f"data/{name}"] = _copy(given, folder / name)  # `make_bag` moves it there
        watch("copying", count, len(payload))
    bag = bagit.make_bag(str(folder), {**facts}, checksums=[*HASHES])
    for name, given in notes.items():
        _copy(given, folder / name)
    if not any("%" in name for name in payload):
        # Version 1.0 spells a percent sign in another way, which not even `bagit` reads.
        said = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        (folder / "bagit.txt").write_text(said, "utf-8")
    bag.save()
    for name in HASHES:
        _sort_lines(folder / f"tagmanifest-{name}.txt")
    for name, digest in copied.items():
        if bag.entries.get(name, {}).get(HASHES[0]) != digest:
            message = "differs from its copy: it changed meanwhile, or the disk is faulty"
            raise BacklistError(Where(name.removeprefix("data/")), message, "export again")


def _copy(given: Path | bytes, target: Path) -> str:
    """Write a file into the bag; the hash of what it was made from."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(given, bytes):
        target.write_bytes(given)
        return hashlib.sha256(given).hexdigest()
    digest = hashlib.sha256()
    with given.open("rb") as source, target.open("wb") as copy:
        while block := source.read(BLOCK):
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()


def _sort_lines(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(sorted(lines, key=lambda line: line.split(" ", 1)[1])), "utf-8")


def put(made: Path, target: Path) -> None:
    """Let a finished folder or file take the place of `target`, in one step where that can be."""
    from backlist.write import trees

    if not target.is_dir():
        made.replace(target)
    elif not any(target.iterdir()):
        target.rmdir()
        made.rename(target)
    elif not trees.exchange(made, target):
        old = made.with_name(_OLD)
        target.rename(old)
        try:
            made.rename(target)
        except OSError:
            old.rename(target)
            raise
