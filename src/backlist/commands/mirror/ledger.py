"""`content/mirror.yaml` while a run adds to it."""

import hashlib
import time
from pathlib import Path

from backlist import content, files
from backlist.content import MIRROR
from backlist.importers.kept import FORMER, read_former
from backlist.model import Copy
from backlist.problems import BacklistError, Problems, Where

PAUSE = 1.0
"""Seconds between two writings; a killed run asks again for what came after the last."""


class Ledger:
    """The copies of a site. Raises `BacklistError` where the file says what it must not."""

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / MIRROR
        self.copies = self._read()
        self._written, self._last = dict(self.copies), time.monotonic()
        self._pause = PAUSE
        self._former = self._take_over()

    def _read(self) -> dict[str, Copy]:
        problems = Problems()
        found = content.read_copies(
            self.path.read_bytes() if self.path.is_file() else b"", problems
        )
        if problems.stop():
            first = next(iter(problems))
            raise BacklistError(first.where, first.message, first.hint)
        return found

    def _take_over(self) -> bool:
        """Know what an earlier version noted of pictures in a file of its own."""
        former = self.root / FORMER
        for address, name in read_former(former) if former.is_file() else ():
            path = self.root / "static" / name
            if address not in self.copies and path.is_file():
                self.copies[address] = Copy.model_validate(
                    {
                        "url": address,
                        "file": f"static/{name}",
                        "size": path.stat().st_size,
                        "sha256": digest(path),
                        "fetched": time.strftime("%Y-%m-%d", time.gmtime(path.stat().st_mtime)),
                    }
                )
        return former.is_file()

    def home(self, address: str) -> Path | None:
        """The copy in the site's folder; None where there is none."""
        known = self.copies.get(address)
        path = self.root / known.file if known and known.file else None
        return path if path and path.is_file() else None

    def note(self, copy: Copy) -> None:
        """Keep an entry; it is written at the latest when the run ends."""
        self.copies[copy.url] = copy
        if time.monotonic() - self._last > self._pause:
            self.write()

    def write(self) -> None:
        """Write what is new. Raises `BacklistError` where the disk does not let it."""
        began = time.monotonic()
        if self.copies != self._written:
            try:
                files.replace(self.path, content.write_copies(self.copies.values()).encode())
            except OSError as error:
                hint = "check its permissions and the space on the disk, then run it again"
                message = f"cannot be written: {error.strerror}"
                raise BacklistError(Where(MIRROR), message, hint) from error
        if self._former:
            (self.root / FORMER).unlink(missing_ok=True)
        self._written, self._last = dict(self.copies), time.monotonic()
        self._pause = max(PAUSE, 10 * (self._last - began))  # a long list takes a while


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
