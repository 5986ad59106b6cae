"""The finished site before it is written: output path → content, and who made it.

Paths are decided first, content is made when somebody wants it: a `Made` says by its key what it
would be, so that nothing is made twice.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from backlist.cache.keys import key_of
from backlist.files import fold, unreadable
from backlist.problems import BacklistError, Problems, Where, working_on

ALIAS = "alias"
"""How the maker of a redirect page begins; the alias itself follows."""

FRAMED = "framed"
"""The maker of pages that are other people's, and run in frames only."""

CLEANED = "cleaned"
"""The maker of files that are other people's pages, without anything that runs."""

FEEDS = "feeds"
"""The maker of feeds and what belongs to them, whatever their names end in."""


@dataclass(frozen=True, slots=True)
class Made:
    """Content that can be made: equal keys mean equal bytes.

    `together` is the bundle it is part of, where it cannot be made alone.
    """

    key: bytes
    make: Callable[[], bytes]
    together: "Bundle | None" = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Content put together of many parts, which memory need not hold at once; never a page."""

    key: bytes
    parts: Callable[[], Iterable[bytes]]


class Bundle:
    """Files that are only made all together, by their names; made once, when one is wanted."""

    def __init__(self, key: bytes, make: Callable[[], Mapping[str, bytes]]) -> None:
        self.key = key
        self._make = make

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Every file by its name."""
        return self._make()

    def part(self, name: str) -> Made:
        """One of the files, for an output."""
        return Made(key_of(self.key, name), lambda: self.files[name], self)


def file_key(path: Path) -> bytes:
    """Says what a file is, by its name, size and time."""
    status = path.stat()
    told = f"{path} {status.st_size} {status.st_mtime_ns}"
    return hashlib.blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its path under `build/`, its content, its maker.

    The content is bytes, what makes them, or the file to copy. `source` names the file a person
    would edit to change it.
    """

    path: str
    content: bytes | Path | Made | Joined
    maker: str
    source: str = ""

    def read(self) -> bytes:
        """The bytes, made or read from disk where that is needed."""
        match self.content:
            case bytes():
                return self.content
            case Made():
                with self.making():
                    return self.content.make()
            case Joined():
                with self.making():
                    return b"".join(self.content.parts())
        with self.reading():
            return self.content.read_bytes()

    def making(self) -> AbstractContextManager[None]:
        """Tell of the file a person would edit, where the content cannot be made."""
        return working_on(Where(self.source or self.path))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tell of the file to copy, by the name a person knows, where it cannot be read."""
        try:
            yield
        except OSError as error:
            problem = unreadable(self.source or self.path, error)
            raise BacklistError(problem.where, problem.message, problem.hint) from error

    @property
    def key(self) -> bytes:
        """Says what the bytes are: by what they are made of, or of a file by its size and time."""
        match self.content:
            case bytes():
                return hashlib.blake2b(self.content, digest_size=16).digest()
            case Made() | Joined():
                return self.content.key
        with self.reading():
            return file_key(self.content)

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the site's own, whose links must lead somewhere."""
        written = not isinstance(self.content, Path)
        others = (FRAMED, CLEANED, FEEDS)
        return self.path.endswith(".html") and written and self.maker not in others


Outputs = Mapping[str, Output]


def collect(made: Iterable[Output], problems: Problems) -> dict[str, Output]:
    """Outputs by path, sorted; two makers of one path are an error that names both.

    Paths that differ only in case, or in how accents are written, are the same file on some
    disks, so they clash as well. A name that no disk takes is an error.
    """
    outputs: dict[str, Output] = {}
    taken: dict[str, Output] = {}
    for output in made:
        other = taken.get(fold(output.path))
        if len(output.path) > _LONGEST_NAME // 4:
            _report_long_names(output, problems)
        if other is None:
            taken[fold(output.path)] = output
            outputs[output.path] = output
            continue
        problems.error(
            Where("build"),
            f"{output.path} would be written twice",
            f"by {_maker(other)} and by {_maker(output)}; {_way_out(other, output)}",
        )
    return dict(sorted(outputs.items()))


_LONGEST_NAME = 255
"""Bytes that a name may have on common disks (ext4, APFS, NTFS count alike or more)."""


def _report_long_names(output: Output, problems: Problems) -> None:
    if any(len(os.fsencode(part)) > _LONGEST_NAME for part in output.path.split("/")):
        where = Where(output.source or "build")
        message = f"makes a file whose name is longer than {_LONGEST_NAME} bytes: {output.path}"
        problems.error(where, message, "give it a shorter name or slug")


def _maker(output: Output) -> str:
    return f"{output.maker}: {output.source}" if output.source else output.maker


def _way_out(*makers: Output) -> str:
    if any(output.maker.startswith(ALIAS) for output in makers):
        return "remove the alias, or give the page another slug"
    return "give one of them another slug or name"
