"""The bytes of a source a person names: a file, standard input, or a web address."""

import sys
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from backlist.problems import Problems, Where

TIMEOUT = 30
"""Seconds a server may stay silent."""

LIMIT = 64 * 1024 * 1024
"""Bytes a source may have; the largest feeds have a tenth of that."""

STANDARD_INPUT = "standard input"


def fetch(source: str, problems: Problems) -> tuple[str, bytes] | None:
    """The name (after redirects the final address) and bytes of a source, or None, faults told.

    Only `http` and `https` are followed, also by redirects.
    """
    if source == "-":
        return _keep(STANDARD_INPUT, sys.stdin.buffer.read(LIMIT + 1), problems)
    if "://" not in source:
        return _read_file(source, problems)
    if urlsplit(source).scheme.lower() not in ("http", "https"):
        problems.error(
            Where(source), "is not a web address that is read here", "begin it with https://"
        )
        return None
    return _download(source, problems)


def _keep(name: str, data: bytes, problems: Problems) -> tuple[str, bytes] | None:
    if len(data) > LIMIT:
        problems.error(
            Where(name),
            f"is larger than {LIMIT // (1024 * 1024)} MiB",
            "give the podcast's feed or a saved page, not a recording",
        )
        return None
    return name, data


def _read_file(source: str, problems: Problems) -> tuple[str, bytes] | None:
    try:
        with Path(source).open("rb") as stream:
            return _keep(source, stream.read(LIMIT + 1), problems)
    except FileNotFoundError:
        problems.error(Where(source), "is not there", "check the spelling of the path")
    except IsADirectoryError:
        problems.error(Where(source), "is a folder", "name a file in it")
    except OSError as error:
        problems.error(
            Where(source), f"cannot be read: {error.strerror}", "check the file's permissions"
        )
    return None


class _OnlyWeb(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses; urllib's own would also follow `ftp:`."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme.lower() not in ("http", "https"):
            fp.close()
            raise urllib.error.URLError(f"it redirects to `{newurl}`")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(source: str) -> tuple[str, bytes]:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _OnlyWeb(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(
        source, headers={"User-Agent": "backlist", "Accept": "application/rss+xml, text/xml, */*"}
    )
    with opener.open(request, timeout=TIMEOUT) as answer:
        return answer.geturl(), answer.read(LIMIT + 1)


def _download(source: str, problems: Problems) -> tuple[str, bytes] | None:
    try:
        name, data = _open(source)
    except urllib.error.HTTPError as error:
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
    else:
        return _keep(name, data, problems)
    return None
