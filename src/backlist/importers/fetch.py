"""The bytes of a source a person names: a file, standard input, or a web address.

A server is asked only for a version newer than the one read last (RFC 9110, section 13). What it
called that version is kept in `content/imported/fetched.yaml`, beside the raw records it belongs
to, and written after everything else: an import that was interrupted leaves none.

A private feed is asked for with the name and password of `BACKLIST_LOGIN` (`name:password`), of
the address itself, or of `.netrc`, which go to no other host; names of sources hold no secrets.
"""

import netrc
import os
import re
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from backlist import __version__, content, http, urls
from backlist.feed.rules.secrets import find_secret, has_login, mask, without_login
from backlist.http import (
    UNKNOWN,
    Login,
    PrivateError,
    Redirect,
    RequestError,
    Response,
    Validators,
)
from backlist.problems import Problems, Where

TIMEOUT = 30
"""Seconds a server may stay silent."""

DEADLINE = 120
"""Seconds a whole answer may take."""

LIMIT = 64 * 1024 * 1024
"""Bytes a source may have, unpacked; the largest feeds have a tenth of that."""

UNREACHABLE = "unreachable"
"""The kind of a problem that may be gone an hour later."""

STANDARD_INPUT = "standard input"
VALIDATORS = "content/imported/fetched.yaml"

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/\S")
_GZIP = b"\x1f\x8b"
_HEADERS = {"Accept": "application/rss+xml, text/xml, */*", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a source gave: its name (after redirects the final address) and its bytes.

    `data` is None where the server says that nothing changed since the `validators` were kept.
    """

    name: str
    data: bytes | None
    redirects: tuple[Redirect, ...] = ()
    validators: Validators = UNKNOWN


class _RefusedError(Exception):
    """A source that is not read: what is wrong, and what to do."""


def fetch(source: str, problems: Problems, known: Validators | None = None) -> Fetched | None:
    """The bytes of a source, unpacked where they are gzipped, or None with the error reported.

    Only `http` and `https` are followed, also by redirects, of which there may be five, and to
    private networks only where the source itself is there. With `known`, what an earlier answer
    said of its version, the server is asked for a newer one only.
    """
    source = _SUBSCRIBE.sub(_as_web_address, source)
    name = STANDARD_INPUT if source == "-" else mask(source)
    try:
        if source == "-":
            return Fetched(name, _unpack(sys.stdin.buffer.read(LIMIT + 1)))
        if "://" not in source:
            return Fetched(source, _unpack(_read_file(source)))
        _tell_secret(source, name, problems)
        return _without_secrets(_download(source, known or UNKNOWN))
    except _RefusedError as error:
        problems.error(Where(name), *map(str, error.args), kind=UNREACHABLE)
        return None


_SUBSCRIBE = re.compile(r"\A(?:feed|itpc|pcast|podcast|rss):(?://)?(?=\S)", re.IGNORECASE)
"""Schemes by which pages offer a feed to a podcast app: `feed:https://…`, `itpc://…`."""


def _as_web_address(match: re.Match[str]) -> str:
    rest = match.string[match.end() :]
    return "" if re.match(r"https?://", rest, re.IGNORECASE) else "https://"


def _tell_secret(source: str, name: str, problems: Problems) -> None:
    if has_login(source):
        problems.info(
            Where(name),
            "the address holds a name or password; it was used, and is written nowhere",
            "`BACKLIST_LOGIN` or `.netrc` keeps it out of your shell's history as well",
        )
    found = find_secret(without_login(source))
    if found:
        problems.warning(
            Where(name),
            f"the address of the feed holds what looks like a secret (`{found}`)",
            "a private feed names files its subscribers pay for: check that the show may publish "
            "them.\nThe secret itself is written nowhere",
        )


def _without_secrets(found: Fetched) -> Fetched:
    steps = tuple(Redirect(s.code, mask(s.origin), mask(s.target)) for s in found.redirects)
    return replace(found, name=mask(found.name), redirects=steps)


def _login_for(source: str) -> Callable[[str], Login | None]:
    """Who asks for an address: at the source's own host whom the person names, else `.netrc`."""
    own = urls.split(source)
    name, colon, password = os.environ.get("BACKLIST_LOGIN", "").partition(":")
    given = (name, password) if colon else None
    if own.username is not None:
        given = unquote(own.username), unquote(own.password or "")

    def login(address: str) -> Login | None:
        parts = urls.split(address)
        if given and parts.hostname == own.hostname and parts.scheme in (own.scheme, "https"):
            return given
        return _read_netrc(parts.hostname or "")

    return login


def _read_netrc(host: str) -> Login | None:
    """What the file `NETRC` names, or `.netrc`, has for a host; its `default` is for no feed."""
    try:
        found = netrc.netrc(os.environ.get("NETRC")).hosts.get(host)
    except (OSError, UnicodeDecodeError, netrc.NetrcParseError):
        return None
    return (found[0], found[2]) if found else None


def _unpack(data: bytes) -> bytes:
    """The bytes themselves, unpacked where they are gzip (RFC 1952); never more than `LIMIT`."""
    if data.startswith(_GZIP):
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            data = unpacker.decompress(data, LIMIT + 1)
        except zlib.error as error:
            raise _RefusedError(
                f"cannot be unpacked: {error}", "save or download it again"
            ) from error
        if not unpacker.eof and len(data) <= LIMIT:
            raise _RefusedError(
                "cannot be unpacked: the file is incomplete", "save or fetch it again"
            )
    if len(data) > LIMIT:
        raise _too_large()
    return data


def _too_large() -> _RefusedError:
    return _RefusedError(
        f"is larger than {LIMIT // (1024 * 1024)} MiB",
        "give the podcast's feed or a saved page, not a recording",
    )


def _read_file(source: str) -> bytes:
    try:
        with Path(source).open("rb") as stream:
            return stream.read(LIMIT + 1)
    except FileNotFoundError:
        hint = "check the spelling of the path"
        if _HOST.match(source):
            hint = f"if it is an address, write https://{source}"
        raise _RefusedError("does not exist", hint) from None
    except IsADirectoryError:
        raise _RefusedError("is a directory", "name a file in it") from None
    except OSError as error:
        raise _RefusedError(
            f"cannot be read: {error.strerror}", "check the file's permissions"
        ) from error


_OPEN = "open the address in a browser; save the feed to a file if only that works"
_ASK = (
    "if the feed is private, set `BACKLIST_LOGIN=name:password`, or add its host to `.netrc`;\n"
    "else save the feed to a file in a browser and import that"
)


def _download(source: str, known: Validators) -> Fetched:
    if urls.split(source).scheme.lower() not in ("http", "https"):
        raise _RefusedError("is not a valid web address", "start it with https://")
    headers = {**_HEADERS, **known.conditions()}
    home, login = http.is_private(source), _login_for(source)
    try:
        with http.request(
            "GET", source, headers, timeout=TIMEOUT, at_home=lambda _: home, login=login
        ) as response:
            if response.status == 304 and known.conditions():
                return Fetched(response.address, None, response.redirects, known)
            if not 200 <= response.status < 300:
                raise _RefusedError(
                    f"the server answered {response.status} {response.reason}".rstrip(),
                    _ASK if response.status in (401, 403) else _OPEN,
                )
            data = _unpack(_receive(response))
            return Fetched(response.address, data, response.redirects, response.validators)
    except PrivateError as error:
        raise _RefusedError(
            f"leads into a private network ({error}), which was not asked",
            "an address of the web has no business there; if you trust it, name that address",
        ) from error
    except OSError as error:
        raise _RefusedError(
            f"cannot be fetched: {mask(str(error))}",
            "check the address and the network, or save the feed to a file and import that",
        ) from error


def _receive(response: Response) -> bytes:
    """A response's bytes as sent, at most `LIMIT`, within `DEADLINE`."""
    try:
        return http.receive(response, LIMIT, DEADLINE)
    except RequestError as error:
        if error.fault == "large":
            raise _too_large() from error
        if error.fault == "slow":
            message = f"was not complete within {DEADLINE} seconds"
            hint = "try again, or save the feed to a file and import that"
            raise _RefusedError(message, hint) from error
        raise _RefusedError(f"is incomplete: {error}", "try again later") from error


def read_validators(text: str | None) -> dict[str, Validators]:
    """Address → what its server said, from `fetched.yaml`.

    Nothing of what another version of backlist read: it may understand the same bytes better.
    """
    document = content.parse_yaml(text, VALIDATORS, Problems()) if text else None
    if document is None or document.data.get("backlist") != __version__:
        return {}
    sources = document.data.get("sources")
    return {
        address: Validators(str(said.get("etag") or ""), str(said.get("modified") or ""))
        for address, said in (sources.items() if isinstance(sources, dict) else ())
        if isinstance(said, dict)
    }


def write_validators(known: Mapping[str, Validators]) -> str:
    """The text of `fetched.yaml`; addresses of which nothing is known are left out."""
    sources = {
        address: {"etag": said.etag, "modified": said.modified}
        for address, said in sorted(known.items())
        if said.conditions()
    }
    return content.dump_yaml({"backlist": __version__, "sources": sources})
