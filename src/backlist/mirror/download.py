"""One picture from a server, or the reason why it is not taken."""

import time
from dataclasses import dataclass

from backlist import http, urls
from backlist.http import PrivateError, RequestError, Response
from backlist.importers.kept import Kept
from backlist.pictures import Picture

TIMEOUT = 20
"""Seconds a server may stay silent."""

DEADLINE = 90
"""Seconds a whole picture may take."""

LARGEST = 20 * 1024 * 1024
"""Bytes of a picture; apps ask for less than one of these 20 MiB."""

_HEADERS = {"Accept": "image/jpeg, image/png, image/*;q=0.5", "Accept-Encoding": "identity"}
_TRY_LATER = "try again later: `backlist mirror --pictures`"
_OPEN = "open the address in a browser; name another picture if only an error is there"
_NO_PICTURE = "open the address in a browser; name the address of the picture, not of a page"


class RefusedError(Exception):
    """A picture that is not taken: what is wrong, and what to do.

    `silent` says that its server did not answer at all.
    """

    def __init__(self, message: str, hint: str, *, silent: bool = False) -> None:
        super().__init__(message, hint)
        self.message, self.hint, self.silent = message, hint, silent


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A picture's bytes, what they are, and what the server calls this version."""

    data: bytes
    picture: Picture
    etag: str = ""
    modified: str = ""


def download(
    address: str, trusted: frozenset[str] = frozenset(), known: Kept | None = None
) -> Downloaded | None:
    """The picture at an address; None where the server says it is still the `known` one.

    Only hosts in `trusted` (`host:port`) may be on this machine or a private network, whatever the
    address is called and wherever it redirects. Raises `RefusedError`.
    """
    if urls.split(address).scheme.lower() not in ("http", "https"):
        raise RefusedError("it is not a web address", "write one that begins with https://")
    said = {"If-None-Match": known.etag, "If-Modified-Since": known.modified} if known else {}
    conditions = {name: value for name, value in said.items() if value and value.isascii()}
    try:
        with http.request(
            "GET",
            address,
            {**_HEADERS, **conditions},
            timeout=TIMEOUT,
            at_home=lambda one: urls.split(one).netloc.lower() in trusted,
        ) as response:
            if response.status == 304 and conditions:
                return None
            return _received(response)
    except PrivateError as error:
        hint = "pictures are only requested from hosts on the internet; put the file in `static/`"
        raise RefusedError(f"it leads into a private network ({error})", hint) from error
    except OSError as error:
        silent = not (isinstance(error, RequestError) and error.redirects)
        raise RefusedError(f"it cannot be reached ({error})", _TRY_LATER, silent=silent) from error


def _received(response: Response) -> Downloaded:
    if not 200 <= response.status < 300:
        raise RefusedError(f"the server answers {response.status} {response.reason}".strip(), _OPEN)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind.startswith("text/") or "svg" in kind:
        raise RefusedError(f"it is not a picture but {kind}", _NO_PICTURE)
    data = _read(response)
    # Who brings nothing home does not load what reads pictures.
    from backlist.pictures.opening import UnreadableError, judged

    try:
        picture = judged(data)
    except UnreadableError as error:
        raise RefusedError(str(error), _NO_PICTURE) from error
    headers = response.headers
    return Downloaded(data, picture, headers.get("etag", ""), headers.get("last-modified", ""))


def _read(response: Response) -> bytes:
    """All of a body that is neither too large nor too slow."""
    too_large = RefusedError(
        f"it is larger than {LARGEST // (1024 * 1024)} MiB", "put a smaller copy in `static/`"
    )
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length[:15]) > LARGEST:
        raise too_large
    end, data = time.monotonic() + DEADLINE, bytearray()
    for chunk in response.chunks():
        data += chunk
        if len(data) > LARGEST:
            raise too_large
        if time.monotonic() > end:
            raise RefusedError(f"it was not complete within {DEADLINE} seconds", _TRY_LATER)
    return bytes(data)
