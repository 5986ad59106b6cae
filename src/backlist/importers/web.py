"""One question to a web server, asked carefully: few redirects, and none off the web.

Conditional requests are RFC 9110, section 13; what a server says of a version is its `Stamp`.
"""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPMessage, HTTPResponse
from typing import IO

from backlist import urls

TIMEOUT = 30
"""Seconds a server may stay silent."""

MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a server called a version of a file: its `ETag` and `Last-Modified`."""

    etag: str = ""
    modified: str = ""

    def conditions(self) -> dict[str, str]:
        """The headers that ask for a newer version only."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in said.items() if value}


UNKNOWN = Stamp()
"""Of a file never asked for, or whose server says nothing of its versions."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """A server's word that a file is elsewhere; 301 and 308 say for good (RFC 9110, 15.4)."""

    code: int
    origin: str
    target: str

    def __str__(self) -> str:
        return f"{self.origin} → {self.target} ({self.code})"


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: its final address, how it was reached, and its bytes to be read."""

    address: str
    stamp: Stamp = UNKNOWN
    redirects: tuple[Redirect, ...] = ()
    unchanged: bool = False
    stream: HTTPResponse | None = None

    def read(self, most: int) -> bytes:
        """The next bytes as soon as there are any, at most so many; none at the end."""
        return self.stream.read1(most) if self.stream else b""

    def missing(self) -> int:
        """The bytes that were announced and have not come."""
        return (self.stream.length or 0) if self.stream else 0


def permit_all(address: str) -> None:
    """Lets every web address be asked."""


@dataclass
class Follower(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses and notes them; urllib's own would also follow `ftp:`.

    `permit` is asked before each and raises `OSError` for one that is not to be followed.
    """

    steps: list[Redirect] = field(default_factory=list)
    permit: Callable[[str], None] = permit_all
    # urllib's own guards would speak first, in words of their own.
    max_redirections = 2 * MOST_REDIRECTS
    max_repeats = 2 * MOST_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The request that follows a redirect, by the method of the one before it."""
        if urls.split(newurl).scheme.lower() not in ("http", "https"):
            fp.close()
            raise urllib.error.URLError(f"it redirects to `{newurl}`")
        if len(self.steps) == MOST_REDIRECTS:
            fp.close()
            raise urllib.error.URLError(f"it redirects more than {MOST_REDIRECTS} times")
        self.steps.append(Redirect(code, req.full_url, newurl))
        try:
            self.permit(newurl)
        except OSError:
            fp.close()
            raise
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            # Before Python 3.13 a HEAD went on as a GET.
            following.method = req.get_method()
        return following


@contextmanager
def ask(source: str, known: Stamp) -> Iterator[Answer]:
    """The answer to a GET request, closed afterwards.

    Raises `HTTPError` for an answer that is no file, `OSError` or `HTTPException` for none.
    """
    follower = Follower()
    headers = {
        "User-Agent": "backlist",
        "Accept": "application/rss+xml, text/xml, */*",
        "Accept-Encoding": "gzip",
        **known.conditions(),
    }
    request = urllib.request.Request(source, headers=headers)
    try:
        with make_opener(follower).open(request, timeout=TIMEOUT) as stream:
            said = Stamp(stream.headers.get("ETag", ""), stream.headers.get("Last-Modified", ""))
            yield Answer(stream.geturl(), said, tuple(follower.steps), stream=stream)
    except urllib.error.HTTPError as error:
        if error.code != 304 or not known.conditions():
            raise
        error.close()
        yield Answer(error.geturl(), known, tuple(follower.steps), unchanged=True)


def make_opener(follower: Follower) -> urllib.request.OpenerDirector:
    """What opens web addresses and nothing else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        follower,
    ):
        opener.add_handler(handler)
    return opener
