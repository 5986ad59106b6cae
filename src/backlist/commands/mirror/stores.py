"""Where copies are put beside the site's own folder: a store has files by name.

A name is a path with `/` such as `transcripts/a.vtt`, and keeps its content type by its ending.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from backlist.problems import BacklistError, Where

STATIC = "static"
"""The site's own folder, which needs no store."""

BLOCK = 1024 * 1024
"""Bytes of a file that are read at once."""


class Store(Protocol):
    """A place that keeps files, asked from several threads at a time.

    Each method raises `BacklistError` with a remedy where the place cannot be used at all
    (credentials, no such bucket), and `OSError`, with the reason as its text, where one file
    cannot be put or asked for now.
    """

    def has(self, name: str, sha256: str) -> bool:
        """Whether the file of this name is there with these bytes; `sha256` in hex digits."""

    def put(self, file: Path, name: str) -> None:
        """Put a file there whole, over one of its name; it is visible only when it is complete."""

    def address(self, name: str) -> str:
        """The public web address of a file of this name, whether it is there or not."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a store is opened with.

    The public gets its files below `address`, if not at the store's own; `endpoint` is the server
    of a storage that speaks S3 and is not Amazon's. `facts` say what the files are, for a place
    that keeps a description: `title`, `creator`, `description`, `language`, `licenseurl`.
    """

    address: str = ""
    endpoint: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


PLAIN = Terms()
Opener = Callable[[str, Terms], Store]


def _open_s3(target: str, terms: Terms) -> Store:
    _require("boto3", "s3", target)
    from backlist.commands.mirror import s3

    return s3.open_bucket(target, terms)


def _open_archive(target: str, terms: Terms) -> Store:
    _require("internetarchive", "archive", target)
    from backlist.commands.mirror import internet_archive

    return internet_archive.open_item(target, terms)


OPENERS: dict[str, Opener] = {"s3://": _open_s3, "ia:": _open_archive}
"""How a store is opened, by how its address begins."""


def open_store(target: str, terms: Terms = PLAIN) -> Store | None:
    """The store at a target; None for the site's own folder. Raises `BacklistError`."""
    if target == STATIC:
        return None
    for beginning, opener in OPENERS.items():
        if target.startswith(beginning):
            return opener(target, terms)
    known = ", ".join(f"`{one}…`" for one in OPENERS)
    hint = f"write `--to {STATIC}`, or an address that begins with {known}"
    raise BacklistError(Where("--to"), f"is no place for copies: `{target}`", hint)


def _require(package: str, extra: str, target: str) -> None:
    if find_spec(package) is None:
        hint = f"run `pip install 'backlist[{extra}]'`"
        raise BacklistError(Where(target), f"needs the package `{package}`", hint)


def digests(file: Path, *kinds: str) -> list["hashlib._Hash"]:
    """The digests of a file, each of a kind, read once. Raises `OSError`."""
    made = [hashlib.new(kind, usedforsecurity=False) for kind in kinds]
    with file.open("rb") as source:
        while block := source.read(BLOCK):
            for one in made:
                one.update(block)
    return made
