"""One question to one server: whether a file is there, how large, and whether in byte ranges.

A HEAD request costs a server least (RFC 9110, 9.3.2). Where one is refused, or says too little,
a GET for the first byte (14.2) asks the same; what comes beyond that byte is not read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from backlist import http, urls
from backlist.http import Redirect

TIMEOUT = 15
"""Seconds a server may stay silent."""

_FIRST_BYTE = {"Range": "bytes=0-0"}
_TOTAL = re.compile(r"bytes\s+[\d*-]+/(\d{1,15})")


@dataclass(frozen=True, slots=True)
class ProbeResponse:
    """What came of probing an address.

    `address` is the one requested, `final` the one that answered. `status` is 0 where nothing
    answered, and `error` then says why; `private` that the way led to a private network.
    """

    address: str
    final: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    error: str = ""
    private: bool = False

    @property
    def ok(self) -> bool:
        """Whether there is such a file."""
        return 200 <= self.status < 300

    @property
    def length(self) -> int | None:
        """The size of the whole file in bytes, as far as the server says it."""
        if self.status == 206:
            total = _TOTAL.match(self.headers.get("content-range", ""))
            return int(total[1]) if total else None
        length = self.headers.get("content-length", "")
        packed = self.headers.get("content-encoding", "identity") != "identity"
        return int(length) if length.isdecimal() and len(length) < 16 and not packed else None

    @property
    def type(self) -> str:
        """The media type, lower case and without parameters; empty where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def has_ranges(self) -> bool:
        """Whether the server answers byte ranges."""
        return self.status == 206 or self.headers.get("accept-ranges", "").lower() == "bytes"

    @property
    def way(self) -> str:
        """The address requested, and where that led."""
        return " → ".join([self.address, *(step.target for step in self.redirects)])


class Probe:
    """Requests on behalf of one feed; on a private network only if the feed itself is there."""

    def __init__(self, feed: str) -> None:
        self.at_home = http.is_private(feed)

    def request(self, address: str, *, ranges: bool = False) -> ProbeResponse:
        """What the server says of an address; `ranges` asks for size and byte ranges as well."""
        head = self._try("HEAD", address, {})
        if head.ok and not (ranges and (head.length is None or not head.has_ranges)):
            return head
        if not head.status:
            return head
        part = self._try("GET", address, _FIRST_BYTE)
        return part if part.ok or not head.ok else head

    def _try(self, method: str, address: str, headers: Mapping[str, str]) -> ProbeResponse:
        headers = {"Accept-Encoding": "identity", **headers}
        if urls.split(address).scheme.lower() not in ("http", "https"):
            return ProbeResponse(address, error="it is not a web address")
        try:
            with http.request(
                method, address, headers, timeout=TIMEOUT, at_home=lambda _: self.at_home
            ) as answer:
                return ProbeResponse(
                    address, answer.address, answer.status, answer.headers, answer.redirects
                )
        except http.PrivateError as error:
            return ProbeResponse(address, error=str(error), private=True)
        except OSError as error:
            steps = error.redirects if isinstance(error, http.RequestError) else ()
            return ProbeResponse(address, error=str(error), redirects=steps)
