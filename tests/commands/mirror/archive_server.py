"""A stand-in for the Internet Archive, on this machine, in the shape its documentation gives.

The metadata interface (GET `/metadata/ITEM`) answers `{}` for an item that is not there; the
S3-like one (PUT `/ITEM/NAME`) wants `Authorization: LOW key:secret`, makes an item on
`x-archive-auto-make-bucket: 1` from `x-archive-metaNN-KEY`, keeps `x-archive-filemetaNN-KEY` with
the file, compares `Content-MD5`, and answers errors as XML.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.serving import answering, respond

KEY, SECRET = "key-of-tests", "secret-of-tests"


@dataclass
class Archive:
    """The items of the stand-in by name: their metadata, and what is known of their files."""

    items: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    content: dict[str, bytes] = field(default_factory=dict)
    dark: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    puts: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Status codes that come before the next upload succeeds."""
    loses_bytes: bool = False

    def metadata(self, item: str) -> dict[str, Any]:
        """What the metadata interface says of an item."""
        if item in self.dark:
            return {"is_dark": True, "metadata": {}}
        if item not in self.items:
            return {}
        return {"metadata": self.items[item], "files": [*self.files[item].values()]}


@contextmanager
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """A stand-in that the `internetarchive` package asks for the time of the block."""
    import internetarchive

    made = Archive()
    monkeypatch.setenv("IA_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("IA_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("IA_CONFIG_FILE", "/nonexistent/ia.ini")
    get_session = internetarchive.get_session
    with answering(type("Handler", (_Handler,), {"made": made})) as address:

        def session(*arguments: Any, **named: Any) -> requests.Session:
            opened: requests.Session = get_session(*arguments, **named)
            for host in ("archive.org", "s3.us.archive.org"):
                opened.mount(f"https://{host}", _Here(address))
            return opened

        monkeypatch.setattr(internetarchive, "get_session", session)
        yield made


class _Here(HTTPAdapter):
    """Sends requests to the server on this machine, whatever host they name."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def send(self, request: requests.PreparedRequest, *rest: Any, **named: Any) -> Any:
        host, path = re.fullmatch(r"https://([^/]+)(.*)", str(request.url)).groups()  # type: ignore[union-attr]
        request.url = f"{self.address}{host}{path}"
        return super().send(request, *rest, **named)


class _Handler(BaseHTTPRequestHandler):
    made: Archive

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        host, kind, item, *_ = [*urlsplit(self.path).path[1:].split("/"), "", ""]
        if "check_limit=1" in self.path:
            self._answer(200, json.dumps({"over_limit": 0}).encode(), "application/json")
            return
        if (host, kind) != ("archive.org", "metadata"):
            self._answer(404, b"")
            return
        self._answer(200, json.dumps(self.made.metadata(item)).encode(), "application/json")

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        host, item, name = unquote(urlsplit(self.path).path)[1:].split("/", 2)
        self.made.puts.append(name)
        refused = self._refusal(host, item, data)
        if refused:
            self._fail(*refused)
            return
        if item not in self.made.items:
            self.made.items[item] = self._facts("meta") | {"identifier": item}
            self.made.files[item] = {}
        md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
        known = {"name": name, "source": "original", "size": str(len(data)), "md5": md5}
        self.made.files[item][name] = known | self._facts("filemeta")
        self.made.content[f"{item}/{name}"] = data
        self._answer(200, b"")

    def _refusal(self, host: str, item: str, data: bytes) -> tuple[int, str, str] | None:
        if self.made.answers:
            return self.made.answers.pop(0), "SlowDown", "Please reduce your request rate."
        if host != "s3.us.archive.org" or self.headers["x-archive-queue-derive"] != "0":
            return 400, "InvalidRequest", "not as documented"
        if self.headers["Authorization"] != f"LOW {KEY}:{SECRET}":
            return 403, "InvalidAccessKeyId", "The access key is not known"
        if item in self.made.others:
            return 403, "AccessDenied", "Access Denied - You lack sufficient privileges"
        if item not in self.made.items and self.headers["x-archive-auto-make-bucket"] != "1":
            return 404, "NoSuchBucket", "The specified bucket does not exist."
        got = data[:-1] if self.made.loses_bytes else data
        if hashlib.md5(got, usedforsecurity=False).hexdigest() != self.headers["Content-MD5"]:
            return 400, "BadDigest", "The Content-MD5 you specified did not match"
        return None

    def _facts(self, kind: str) -> dict[str, str]:
        found = {}
        for name, value in self.headers.items():
            match = re.fullmatch(rf"x-archive-{kind}\d\d-(.+)", name.lower())
            if match:
                quoted = re.fullmatch(r"uri\((.*)\)", value)
                found[match[1].replace("--", "_")] = unquote(quoted[1]) if quoted else value
        return found

    def _fail(self, status: int, code: str, message: str) -> None:
        said = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
        self._answer(status, said.encode(), "application/xml")

    def _answer(self, status: int, data: bytes, kind: str = "text/plain") -> None:
        respond(self, status, data, {"Content-Type": kind})
