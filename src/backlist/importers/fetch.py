"""The bytes of a source a person names: a file, standard input, or a web address."""

import sys
import time
import zlib
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError

from backlist import urls
from backlist.importers import web
from backlist.importers.web import UNKNOWN, Redirect, Stamp
from backlist.problems import Problems, Where

PATIENCE = 120
"""Seconds a whole answer may take."""

LIMIT = 64 * 1024 * 1024
"""Bytes a source may have, unpacked; the largest feeds have a tenth of that."""

STANDARD_INPUT = "standard input"

_CHUNK = 64 * 1024
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source gave: its name (after redirects the final address) and its bytes.

    `data` is None where the server says that nothing changed since `stamp` was remembered.
    """

    name: str
    data: bytes | None
    redirects: tuple[Redirect, ...] = ()
    stamp: Stamp = UNKNOWN


class _RefusedError(Exception):
    """A source that is there and is not read: what is wrong, and what to do."""


def fetch(source: str, problems: Problems, known: Stamp | None = None) -> Fetched | None:
    """The bytes of a source, unpacked where they are gzipped, or None with the fault told.

    Only `http` and `https` are followed, also by redirects, of which there may be five. With
    `known`, what an earlier answer said of its version, the server is asked for a newer one only.
    """
    try:
        if source == "-":
            return Fetched(STANDARD_INPUT, _unpack(sys.stdin.buffer.read(LIMIT + 1)))
        if "://" not in source:
            return _read_file(source, problems)
        return _download(source, known or UNKNOWN, problems)
    except _RefusedError as error:
        problems.error(Where(source if source != "-" else STANDARD_INPUT), *map(str, error.args))
        return None


def _unpack(data: bytes) -> bytes:
    """The bytes themselves, unpacked where they are gzip (RFC 1952); never more than `LIMIT`."""
    if data.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            data = unpacker.decompress(data, LIMIT + 1)
        except zlib.error as error:
            raise _RefusedError(
                f"cannot be unpacked: {error}", "save or fetch it again, whole"
            ) from error
        if not unpacker.eof and len(data) <= LIMIT:
            raise _RefusedError("cannot be unpacked: it ends early", "save or fetch it again")
    if len(data) > LIMIT:
        raise _RefusedError(
            f"is larger than {LIMIT // (1024 * 1024)} MiB",
            "give the podcast's feed or a saved page, not a recording",
        )
    return data


def _read_file(source: str, problems: Problems) -> Fetched | None:
    try:
        with Path(source).open("rb") as stream:
            return Fetched(source, _unpack(stream.read(LIMIT + 1)))
    except FileNotFoundError:
        problems.error(Where(source), "is not there", "check the spelling of the path")
    except IsADirectoryError:
        problems.error(Where(source), "is a folder", "name a file in it")
    except OSError as error:
        problems.error(
            Where(source), f"cannot be read: {error.strerror}", "check the file's permissions"
        )
    return None


def _download(source: str, known: Stamp, problems: Problems) -> Fetched | None:
    if urls.split(source).scheme.lower() not in ("http", "https"):
        problems.error(
            Where(source), "is not a web address that is read here", "begin it with https://"
        )
        return None
    try:
        with web.ask(source, known) as answer:
            if answer.unchanged:
                return Fetched(answer.address, None, answer.redirects, known)
            data = _unpack(_receive(answer))
            return Fetched(answer.address, data, answer.redirects, answer.stamp)
    except HTTPError as error:
        error.close()
        problems.error(
            Where(source),
            f"the server answers {error.code} {error.reason}".rstrip(),
            "open the address in a browser; save the feed to a file if only that works",
        )
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        problems.error(
            Where(source),
            f"cannot be fetched: {reason}",
            "check the address and the network, or save the feed to a file and import that",
        )
    return None


def _receive(answer: web.Answer) -> bytes:
    """An answer's bytes as sent, at most one more than `LIMIT`, within `PATIENCE`."""
    end = time.monotonic() + PATIENCE
    parts: list[bytes] = []
    size = 0
    while size <= LIMIT and (part := answer.read(_CHUNK)):
        parts.append(part)
        size += len(part)
        if time.monotonic() > end:
            raise _RefusedError(
                f"was not sent whole within {PATIENCE} seconds",
                "try again, or save the feed to a file and import that",
            )
    if size <= LIMIT and answer.missing():
        raise _RefusedError("was not sent whole", "try again later")
    return b"".join(parts)
