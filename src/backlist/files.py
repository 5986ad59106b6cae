"""Files are read into records one by one, and replaced whole.

A reader, or a crash, sees the old file or the new one.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from backlist.problems import Level, Problem, Where

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

_PREFIX, _SUFFIX = ".backlist-", ".tmp"


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
        data = file.path.read_bytes()
    except OSError as error:
        return Parsed(None, (unreadable(file.name, error),))
    return parse(file.name, data)


def unreadable(name: str, error: OSError) -> Problem:
    """The problem of a file that the system does not let us read."""
    message = f"cannot be read: {error.strerror or error}"
    return Problem(Where(name), Level.ERROR, message, "fix its permissions")


def shipped_folder() -> Path:
    """Where the shipped theme lies: beside the modules when installed, else in the checkout."""
    here = Path(__file__).parent
    installed = here / "_theme"
    return installed if installed.is_dir() else here.parents[1]


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` by way of a temporary file beside it; folders are made.

    Raises `OSError` when the disk does not let it; `path` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed run left in a folder or below it."""
    for path in folder.rglob(f"{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)
