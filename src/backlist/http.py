"""One request to a web server, made carefully: few redirects, and none that leaves the web."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from backlist import urls

MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Redirect:
    """A server's word that a file is elsewhere; 301 and 308 are permanent (RFC 9110, 15.4)."""

    code: int
    origin: str
    target: str

    def __str__(self) -> str:
        return f"{self.origin} → {self.target} ({self.code})"


class RequestError(OSError):
    """A request that got no answer, with the reason as its text and the redirects until then."""

    def __init__(self, reason: str, redirects: Sequence[Redirect] = ()) -> None:
        super().__init__(reason)
        self.redirects = tuple(redirects)


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


def permit_all(address: str) -> None:
    """Lets every web address be requested."""


@contextmanager
def request(
    method: str,
    address: str,
    headers: Mapping[str, str],
    *,
    timeout: float,
    permit: Callable[[str], None] = permit_all,
) -> Iterator[Response]:
    """The answer to a request, closed afterwards; redirects are followed by the same method.

    `timeout` is how many seconds a server may stay silent. `permit` is called with each address
    before it is requested, and raises `OSError` for one that must not be. Raises `RequestError`
    when no server answers, or the redirects lead off the web or are too many.
    """
    steps: list[Redirect] = []
    sent = {"User-Agent": "backlist", **headers}
    try:
        with httpx.Client(timeout=timeout) as client:
            while True:
                permit(address)
                with client.stream(method, address, headers=sent) as answer:
                    target = answer.headers["location"] if answer.has_redirect_location else None
                    if target is None:
                        yield _response(answer, steps)
                        return
                    steps.append(Redirect(answer.status_code, address, urls.join(address, target)))
                    address = _check(steps)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise RequestError(str(error) or type(error).__name__, steps) from error


def _response(answer: httpx.Response, steps: list[Redirect]) -> Response:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Response(
        str(answer.url), answer.status_code, headers, tuple(steps), lambda: _read_body(answer)
    )


def _read_body(answer: httpx.Response) -> Iterator[bytes]:
    try:
        yield from answer.iter_raw()
    except httpx.HTTPError as error:
        raise RequestError(str(error) or type(error).__name__) from error


def _check(steps: list[Redirect]) -> str:
    """The address the last redirect leads to."""
    target = steps[-1].target
    if urls.split(target).scheme.lower() not in ("http", "https"):
        raise RequestError(f"it redirects to `{target}`", steps)
    if len(steps) > MOST_REDIRECTS:
        raise RequestError(f"it redirects more than {MOST_REDIRECTS} times", steps)
    return target
