"""One question to one server: whether a file is there, how large, and given in parts.

A HEAD request costs a server least (RFC 9110, 9.3.2). Where one is refused, or says too little,
a GET for the first byte (14.2) asks the same; what comes beyond that byte is not read.
"""

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from http.client import HTTPException
from ipaddress import ip_address

from backlist import urls
from backlist.importers.web import Follower, Redirect, make_opener

PATIENCE = 15
"""Seconds a server may stay silent."""

_FIRST_BYTE = {"Range": "bytes=0-0"}
_TOTAL = re.compile(r"bytes\s+[\d*-]+/(\d+)")


class PrivateError(OSError):
    """A request stopped because it would have left the web for somebody's own network."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for an address.

    `address` is the one asked, `final` the one that answered. `status` is 0 where nothing
    answered, and `fault` then says why; `private` that the way led to a private network.
    """

    address: str
    final: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    fault: str = ""
    private: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is such a file."""
        return 200 <= self.status < 300

    @property
    def length(self) -> int | None:
        """The size of the whole file in bytes, as far as the server says it."""
        if self.status == 206:
            total = _TOTAL.match(self.headers.get("content-range", ""))
            return int(total[1]) if total else None
        said = self.headers.get("content-length", "")
        packed = self.headers.get("content-encoding", "identity") != "identity"
        return int(said) if said.isdecimal() and not packed else None

    @property
    def type(self) -> str:
        """The media type, lower case and without parameters; empty where none is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def gives_parts(self) -> bool:
        """Whether the server answers byte ranges."""
        return self.status == 206 or self.headers.get("accept-ranges", "").lower() == "bytes"


class Asker:
    """Asks on behalf of one feed; on a private network only if the feed itself lies there."""

    def __init__(self, feed: str) -> None:
        self.at_home = is_private(feed)

    def ask(self, address: str, *, ranges: bool = False) -> Visit:
        """What the server says of an address; `ranges` asks for its size and parts as well."""
        head = self._request(address, "HEAD", {})
        if head.answered and not (ranges and (head.length is None or not head.gives_parts)):
            return head
        if not head.status:
            return head
        part = self._request(address, "GET", _FIRST_BYTE)
        return part if part.answered or not head.answered else head

    def _request(self, address: str, method: str, headers: Mapping[str, str]) -> Visit:
        follower = Follower(permit=self._permit)
        visit = self._try(address, method, headers, follower)
        return replace(visit, redirects=tuple(follower.steps))

    def _try(
        self, address: str, method: str, headers: Mapping[str, str], follower: Follower
    ) -> Visit:
        told = {"User-Agent": "backlist", "Accept-Encoding": "identity", **headers}
        try:
            request = urllib.request.Request(address, headers=told, method=method)
            self._permit(address)
            with make_opener(follower).open(request, timeout=PATIENCE) as answer:
                return Visit(address, answer.geturl(), answer.status, _lowered(answer.headers))
        except urllib.error.HTTPError as error:
            error.close()
            return Visit(address, error.geturl(), error.code, _lowered(error.headers))
        except PrivateError as error:
            return Visit(address, fault=str(error), private=True)
        except (OSError, HTTPException, ValueError) as error:
            return Visit(address, fault=str(getattr(error, "reason", None) or error))

    def _permit(self, address: str) -> None:
        if urls.split(address).scheme.lower() not in ("http", "https"):
            raise OSError("it is no web address")
        if not self.at_home and is_private(address):
            raise PrivateError(urls.split(address).hostname)


def is_private(address: str) -> bool:
    """Whether a web address leads to this machine or a private network; unknown hosts do not.

    >>> is_private("http://127.0.0.1:8000/feed.xml"), is_private("http://[::ffff:10.0.0.1]/")
    (True, True)
    """
    host = urls.split(address).hostname
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM) if host else []
    except (OSError, UnicodeError):
        return False
    return any(not _is_public(str(place[0])) for *_, place in found)


def _is_public(number: str) -> bool:
    parsed = ip_address(number.partition("%")[0])
    return (getattr(parsed, "ipv4_mapped", None) or parsed).is_global


def _lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
