"""The files of a published site: from the folder it was built into, or from its address."""

import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from backlist import http, urls
from backlist.problems import BacklistError, Where

TIMEOUT, DEADLINE = 20, 120
"""Seconds a server may stay silent, and those a whole file may take."""

MOST_SENT, MOST_BYTES = 128 * 1024 * 1024, 1024 * 1024 * 1024
"""Bytes of a file as it is sent, and unpacked: ten times those of the largest archive known."""

_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
"""By what the system knows an error, before its words."""

_GZIP = b"\x1f\x8b"


class UnreadableError(OSError):
    """A file that is there, or may be, and was not read; its text says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Site:
    """A published site: a folder, or an address that ends in a slash."""

    place: str

    @classmethod
    def at(cls, given: str) -> "Site":
        """The site that a person names; any of its pages' `index.html` stands for its folder.

        Raises `BacklistError` where there is no such folder.
        """
        if "://" in given:
            if not urls.is_address(given) or not given.startswith(("http://", "https://")):
                raise BacklistError(Where(given), "is no web address", "write https://…")
            bare = given.partition("#")[0].partition("?")[0].removesuffix(urls.ARCHIVE_JSON)
            return cls(bare.removesuffix(urls.HOME).rstrip("/") + "/")
        folder = Path(given)
        if not folder.is_dir():
            hint = "name the folder that `backlist build` wrote, or the address of a site"
            raise BacklistError(Where(given), "is no folder", hint)
        return cls(str(folder))

    @property
    def is_remote(self) -> bool:
        """Whether each file is a request."""
        return "://" in self.place

    def read(self, path: str) -> bytes | None:
        """A file by its output path, unpacked if it is gzipped; None where there is none.

        Raises `UnreadableError`, whose text is a sentence.
        """
        try:
            data = self._fetch(path) if self.is_remote else self._open(path)
            return data if data is None else _unpacked(data)
        except (OSError, zlib.error) as error:
            if isinstance(error, UnreadableError):
                raise
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            why = _NUMBER.sub("", why)
            raise UnreadableError(f"{self.place}: `{path}` cannot be read: {why}") from error

    def _open(self, path: str) -> bytes | None:
        file = Path(self.place, *path.split("/"))
        return file.read_bytes() if file.is_file() else None

    def _fetch(self, path: str) -> bytes | None:
        address = self.place + urls.escaped_path(urls.shown_path(path))
        home = urls.host(self.place) if http.is_private(self.place) else None
        with http.request(
            "GET",
            address,
            {"Accept-Encoding": "gzip"},
            timeout=TIMEOUT,
            at_home=lambda one: urls.host(one) == home,
        ) as answer:
            if answer.status in (404, 410):
                return None
            if answer.status != 200:
                said = f"{answer.status} {answer.reason}".rstrip()
                raise UnreadableError(f"{self.place}: the answer to `{path}` is {said}")
            return http.receive(answer, MOST_SENT, DEADLINE)


def _unpacked(data: bytes) -> bytes:
    """What was gzipped, also twice, as a server may do with a gzipped file (RFC 1952)."""
    while data.startswith(_GZIP):
        unpack = zlib.decompressobj(wbits=31)
        data = unpack.decompress(data, MOST_BYTES)
        if unpack.unconsumed_tail or not unpack.eof:
            raise zlib.error("it ends too early, or is too large")
    return data
