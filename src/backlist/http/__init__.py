"""Requests to web servers, made carefully: few redirects, and none that leaves the web.

`request` puts one question, `receive` takes a small answer whole, and `download` a file of any size
(`http.download`), which goes on where an earlier run was stopped.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal
from urllib.request import getproxies

import httpx

from backlist import urls

MOST_REDIRECTS = 5

Login = tuple[str, str]
"""A name and a password (RFC 7617)."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """A server's word that a file is elsewhere; 301 and 308 are permanent (RFC 9110, 15.4)."""

    code: int
    origin: str
    target: str

    def __str__(self) -> str:
        return f"{self.origin} → {self.target} ({self.code})"


Fault = Literal["name", "refused", "certificate", "slow", "cut", "large", "other"]
"""What can go wrong with a request: no server of this name, none that listens, one that cannot
prove its name, is too slow, ends early, sends more than is wanted; anything else."""


class RequestError(OSError):
    """A request that got no whole answer: the reason as its text, and the redirects until then."""

    def __init__(
        self, reason: str, redirects: Sequence[Redirect] = (), fault: Fault = "other"
    ) -> None:
        super().__init__(reason)
        self.redirects, self.fault = tuple(redirects), fault


class PrivateError(OSError):
    """A request stopped because it would have left the web for somebody's own network."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server called a version of a file: its `ETag` and `Last-Modified`."""

    etag: str = ""
    modified: str = ""

    def conditions(self) -> dict[str, str]:
        """The headers that ask for a newer version only; headers are ASCII (RFC 9110, 5.5)."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in said.items() if value and value.isascii()}


UNKNOWN = Validators()
"""Of a file never requested, or whose server says nothing of its versions."""


@dataclass(frozen=True, slots=True)
class Response:
    """A server's answer: its final address, status and headers (lower case), and how it was found.

    `chunks` gives the body as sent, still compressed; it raises `RequestError` where the body
    ends early.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    redirects: tuple[Redirect, ...]
    chunks: Callable[[], Iterator[bytes]]

    @property
    def reason(self) -> str:
        """The status in words, such as `Not Found`; empty for one that is not registered."""
        known = {status.value: status.phrase for status in HTTPStatus}
        return known.get(self.status, "")

    @property
    def type(self) -> str:
        """The media type, lower case and without parameters; empty where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def length(self) -> int:
        """How many bytes are to come; 0 where the server does not say it."""
        said = self.headers.get("content-length", "")
        return int(said) if said.isdecimal() and len(said) < 16 else 0

    @property
    def validators(self) -> Validators:
        """What the server calls this version."""
        return Validators(self.headers.get("etag", ""), self.headers.get("last-modified", ""))

    @property
    def wait(self) -> float | None:
        """Seconds to wait before the next try, where the server says it (RFC 9110, 10.2.3)."""
        said = self.headers.get("retry-after", "").strip()
        if said.isdecimal():
            return float(said[:9])
        try:
            then = parsedate_to_datetime(said)
        except ValueError:
            return None
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        return max(0.0, (then - datetime.now(UTC)).total_seconds())


def nowhere(address: str) -> bool:
    """For requests that have no business on a private network."""
    return False


def no_login(address: str) -> Login | None:
    """For requests that anybody may make."""
    return None


@contextmanager
def request(
    method: str,
    address: str,
    headers: Mapping[str, str],
    *,
    timeout: float,
    at_home: Callable[[str], bool] = nowhere,
    login: Callable[[str], Login | None] = no_login,
    body: bytes | None = None,
    redirects: int = MOST_REDIRECTS,
) -> Iterator[Response]:
    """The answer to a request, closed afterwards; redirects are followed by the same method.

    `timeout` is how many seconds a server may stay silent. So many `redirects` are followed, with
    the same headers and `body`: none where these are meant for one server alone. `at_home` says
    which addresses may be on this machine or on a private network, asked anew for each redirect;
    others that are raise `PrivateError`, whatever they are called. `login` says whom an address is
    asked by. Raises `RequestError` when no server answers, or the redirects lead off the web or
    are too many.
    """
    steps: list[Redirect] = []
    sent = {"User-Agent": "backlist", **headers}
    try:
        with httpx.Client(timeout=timeout, verify=_certificates()) as client:
            while True:
                public = not at_home(address)
                if public and is_private(address):
                    raise PrivateError(urls.split(address).hostname)
                said = login(address)
                with client.stream(
                    method, address, headers=sent, auth=said, content=body
                ) as answer:
                    if public:
                        _check_peer(answer)
                    target = answer.headers["location"] if answer.has_redirect_location else None
                    if target is None:
                        yield _response(address, answer, steps)
                        return
                    steps.append(Redirect(answer.status_code, address, urls.join(address, target)))
                    address = _check(steps, redirects)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise RequestError(str(error) or type(error).__name__, steps, _fault(error)) from error


def _fault(error: BaseException | None) -> Fault:
    """What went wrong, from the error of ours down to that of the system."""
    while error is not None:
        for kind, fault in _FAULTS:
            if isinstance(error, kind):
                return fault
        error = error.__cause__ or error.__context__
    return "other"


_FAULTS: tuple[tuple[type[BaseException], Fault], ...] = (
    (httpx.TimeoutException, "slow"),
    (httpx.RemoteProtocolError, "cut"),
    (ssl.SSLCertVerificationError, "certificate"),
    (socket.gaierror, "name"),
    (ConnectionRefusedError, "refused"),
)


def receive(response: Response, largest: int, deadline: float) -> bytes:
    """The whole body as sent, of at most `largest` bytes and within `deadline` seconds.

    Raises `RequestError` where it is larger, slower, or ends early.
    """
    end, data = time.monotonic() + deadline, bytearray()
    for chunk in response.chunks():
        data += chunk
        if len(data) > largest:
            raise too_large(largest, response.redirects)
        if time.monotonic() > end:
            raise too_slow(deadline, response.redirects)
    return bytes(data)


def too_large(largest: int, redirects: Sequence[Redirect] = ()) -> RequestError:
    """What is raised where a body has more than `largest` bytes."""
    return RequestError(f"it is larger than {largest // (1024 * 1024)} MiB", redirects, "large")


def too_slow(deadline: float, redirects: Sequence[Redirect] = ()) -> RequestError:
    """What is raised where a body is not there after `deadline` seconds."""
    return RequestError(f"it was not complete within {deadline:.0f} seconds", redirects, "slow")


@cache
def _certificates() -> ssl.SSLContext:
    """Whom to trust, read once: reading takes longer than most requests."""
    return httpx.create_ssl_context()


def _response(address: str, answer: httpx.Response, steps: list[Redirect]) -> Response:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Response(
        address, answer.status_code, headers, tuple(steps), lambda: _read_body(answer, steps)
    )


def _read_body(answer: httpx.Response, steps: Sequence[Redirect]) -> Iterator[bytes]:
    try:
        yield from answer.iter_raw()
    except httpx.HTTPError as error:
        raise RequestError(str(error) or type(error).__name__, steps, _fault(error)) from error


def _check(steps: list[Redirect], most: int) -> str:
    """The address the last redirect leads to."""
    target = steps[-1].target
    if urls.split(target).scheme.lower() not in ("http", "https"):
        raise RequestError(f"it redirects to `{target}`", steps)
    if len(steps) > most:
        raise RequestError(f"it redirects more than {most} times", steps)
    return target


def _check_peer(answer: httpx.Response) -> None:
    """Refuse an answer from a private network although the name was looked up before.

    A name may mean another machine each time it is looked up. Where a proxy asks, its own
    address is all that is known.
    """
    stream = answer.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer and not getproxies() and not _is_public(str(peer[0])):
        raise PrivateError(answer.url.host)


def is_private(address: str) -> bool:
    """Whether a web address leads to this machine or a private network; unknown hosts do not.

    The host is looked up as for a request, which also understands `2130706433` and `0x7f.1`.

    >>> is_private("http://127.0.0.1:8000/feed.xml"), is_private("http://[::ffff:10.0.0.1]/")
    (True, True)
    """
    host = urls.split(address).hostname
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM) if host else []
    except (OSError, UnicodeError):
        return False
    return any(not _is_public(str(place[0])) for *_, place in found)


_TRANSLATED = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")


def _is_public(number: str) -> bool:
    """Whether an IP address is on the internet; also the IPv4 address that one of IPv6 carries.

    It may be mapped or compatible (RFC 4291, 2.5.5), 6to4 (RFC 3056), Teredo (RFC 4380) or
    translated (RFC 6052).
    """
    parsed = ip_address(number.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        inner: IPv4Address | None = parsed.ipv4_mapped or parsed.sixtofour
        if parsed.teredo:
            inner = parsed.teredo[1]
        if parsed in _TRANSLATED or parsed in _COMPATIBLE:
            inner = IPv4Address(int(parsed) & 0xFFFFFFFF)
        if parsed.is_site_local or (inner is None and not parsed.is_global):
            return False
        return inner is None or (inner.is_global and not inner.is_multicast)
    return parsed.is_global and not parsed.is_multicast
