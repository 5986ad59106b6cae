"""A file from a server onto the disk, whole or not at all; what was stopped goes on later.

The bytes are collected in a partial file, with a note beside it of what their server calls this
version. The next run asks for the rest of the same version (RFC 9110, 14.2 and 13.1.5), from a
little before the end of what is there: a partial file whose end is not what its server sends was
torn, or is of something else, and is fetched anew.
"""

import hashlib
import json
import os
import re
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from backlist import http
from backlist.files import replace
from backlist.http import UNKNOWN, Redirect, RequestError, Response, Validators

OVERLAP = 16 * 1024
"""Bytes that are asked for again and compared."""

_PIECE = 1024 * 1024
_PART = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes a file may have, seconds its server may stay silent, seconds until it is complete."""

    largest: int
    silence: float
    deadline: float


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A whole file and what its server says of it; `address` is the final one."""

    path: Path
    size: int
    sha256: str
    address: str
    type: str = ""
    validators: Validators = UNKNOWN
    redirects: tuple[Redirect, ...] = ()


class StatusError(Exception):
    """An answer that is no file (RFC 9110, 15), and how many seconds it asks to wait."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"{response.status} {response.reason}".strip())
        self.status, self.redirects, self.wait = response.status, response.redirects, response.wait


class StoppedError(Exception):
    """The run was interrupted; what is there is kept for the next one."""


class _TornError(Exception):
    """What is there cannot be gone on with."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What the server said when a partial file was begun."""

    address: str
    etag: str = ""
    modified: str = ""
    total: int = 0

    @property
    def version(self) -> str:
        """What `If-Range` may ask by: a strong tag, or a date (RFC 9110, 13.1.5)."""
        strong = self.etag if self.etag.startswith('"') and self.etag.isascii() else ""
        return strong or self.modified


class Downloader:
    """Downloads into one folder, from several threads at a time.

    `at_home` is as for `http.request`; `meter` is told of bytes as they come. After `stop` is set,
    every download ends with `StoppedError`.
    """

    def __init__(
        self,
        folder: Path,
        at_home: Callable[[str], bool] = http.nowhere,
        meter: Callable[[int], None] = lambda count: None,
    ) -> None:
        self.folder, self.at_home, self.meter = folder, at_home, meter
        self.stop = threading.Event()

    def download(
        self, address: str, accept: str, limits: Limits, known: Validators = UNKNOWN
    ) -> Downloaded | None:
        """The file at an address, in the folder; None where the server has the `known` version.

        Raises `StatusError` for an answer that is no file, `RequestError` where there is no whole
        one, `PrivateError` where it leads into a private network, `OSError` of the disk.
        """
        partial = self._partial(address)
        try:
            return self._attempt(partial, accept, limits, known)
        except _TornError:
            partial.drop()
            return self._attempt(partial, accept, limits, known)

    def forget(self, address: str) -> None:
        """Remove what is there of a file."""
        self._partial(address).drop()

    def _partial(self, address: str) -> "_Partial":
        name = self.folder / hashlib.sha256(address.encode()).hexdigest()[:32]
        return _Partial(name.with_suffix(".part"), name.with_suffix(".json"), address)

    def _attempt(
        self, partial: "_Partial", accept: str, limits: Limits, known: Validators
    ) -> Downloaded | None:
        note, begun = partial.begun()
        asked = {"Accept": accept, "Accept-Encoding": "identity"}
        start = max(0, begun - OVERLAP) if note and note.version else 0
        if note and start:
            asked |= {"Range": f"bytes={start}-", "If-Range": note.version}
        else:
            asked |= known.conditions()
        with http.request(
            "GET", partial.address, asked, timeout=limits.silence, at_home=self.at_home
        ) as response:
            if response.status == 304 and not start and known.conditions():
                return None
            if note and start and response.status == 206:
                total = _checked(response, note, start)
                self._go_on(partial, response, start, limits)
            elif start and response.status in (206, 416):
                raise _TornError
            elif response.status == 200:
                total = response.length
                if total > limits.largest:
                    raise http.too_large(limits.largest, response.redirects)
                partial.begin(response.validators, total)
                self._write(partial, response.chunks(), 0, limits, response)
            else:
                raise StatusError(response)
            size = partial.path.stat().st_size
            if total and size != total:
                message = f"it has {size} bytes, and was to have {total}"
                raise RequestError(message, response.redirects, "cut")
            return _finished(partial, response, limits)

    def _go_on(self, partial: "_Partial", response: Response, start: int, limits: Limits) -> None:
        """Compare what the server repeats with what is there, and add the rest."""
        chunks = response.chunks()
        with partial.path.open("rb") as there:
            there.seek(start)
            left = there.read()
        for chunk in chunks:
            same = min(len(chunk), len(left))
            if chunk[:same] != left[:same]:
                raise _TornError
            left = left[same:]
            if not left:
                size = partial.path.stat().st_size
                rest = _after(chunk[same:], chunks)
                self._write(partial, rest, size, limits, response)
                return
        if left:
            raise _TornError

    def _write(
        self,
        partial: "_Partial",
        chunks: Iterator[bytes],
        size: int,
        limits: Limits,
        response: Response,
    ) -> None:
        end = time.monotonic() + limits.deadline
        with partial.path.open("ab") as stream:
            for chunk in chunks:
                stream.write(chunk)
                size += len(chunk)
                self.meter(len(chunk))
                if self.stop.is_set():
                    raise StoppedError
                if size > limits.largest:
                    raise http.too_large(limits.largest, response.redirects)
                if time.monotonic() > end:
                    raise http.too_slow(limits.deadline, response.redirects)
            stream.flush()
            os.fsync(stream.fileno())


class _Partial:
    """A file that is not complete, and the note beside it."""

    def __init__(self, path: Path, note: Path, address: str) -> None:
        self.path, self.note, self.address = path, note, address

    def begun(self) -> tuple[_Note | None, int]:
        """What is known of what is there, and how much it is."""
        try:
            note = _Note(**json.loads(self.note.read_bytes()))
            return (note, self.path.stat().st_size) if note.address == self.address else (None, 0)
        except (FileNotFoundError, ValueError, TypeError):
            return None, 0

    def begin(self, validators: Validators, total: int) -> None:
        """Begin anew: first without bytes, then with a note, so that a note is never of others."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(b"")
        note = _Note(self.address, validators.etag, validators.modified, total)
        replace(self.note, json.dumps(asdict(note)).encode(), durable=False)

    def drop(self) -> None:
        """Forget what is there."""
        self.note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _checked(response: Response, note: _Note, start: int) -> int:
    """The size of the whole file, whose rest from `start` on is to come."""
    part = _PART.fullmatch(response.headers.get("content-range", ""))
    version = response.validators.etag or note.etag
    if part is None or int(part[1]) != start or version != note.etag:
        raise _TornError
    if note.total not in (0, int(part[2])):
        raise _TornError
    return int(part[2])


def _finished(partial: _Partial, response: Response, limits: Limits) -> Downloaded:
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("gzip", "x-gzip"):
        _unpack(partial.path, limits.largest)
    elif packing not in ("identity", ""):
        raise RequestError(f"it is packed as `{packing}`, which was not asked for")
    with partial.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Downloaded(
        partial.path,
        partial.path.stat().st_size,
        digest,
        response.address,
        response.type,
        response.validators,
        response.redirects,
    )


def _unpack(path: Path, largest: int) -> None:
    """The file itself in place of its gzip (RFC 1952), which some servers send unasked."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    plain = path.with_suffix(".plain")
    size = 0
    with path.open("rb") as packed, plain.open("wb") as stream:
        try:
            while piece := unpacker.unconsumed_tail or packed.read(_PIECE):
                out = unpacker.decompress(piece, _PIECE)
                size += stream.write(out)
                if size > largest:
                    raise http.too_large(largest)
        except zlib.error as error:
            raise RequestError(f"it cannot be unpacked: {error}", fault="cut") from error
    if not unpacker.eof:
        raise RequestError("it cannot be unpacked: it ends early", fault="cut")
    plain.replace(path)
