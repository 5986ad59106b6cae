"""Where copies are put beside the site's own folder: a store has files by name.

A name is a path with `/` such as `transcripts/a.vtt`, and keeps its content type by its ending.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from backlist.problems import BacklistError, Where

STATIC = "static"
"""The site's own folder, which needs no store."""


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


Opener = Callable[[str], Store]

OPENERS: dict[str, Opener] = {}
"""How a store is opened, by how its address begins: `s3://`, `ia:`."""


def open_store(target: str) -> Store | None:
    """The store at a target; None for the site's own folder. Raises `BacklistError`."""
    if target == STATIC:
        return None
    for beginning, opener in OPENERS.items():
        if target.startswith(beginning):
            return opener(target)
    known = ", ".join(f"`{one}…`" for one in OPENERS)
    hint = f"write `--to {STATIC}`" + (f", or an address that begins with {known}" if known else "")
    raise BacklistError(Where("--to"), f"is no place for copies: `{target}`", hint)
