"""A host that serves what a test gives it, in every way a host can go wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from backlist.commands import mirror
from backlist.commands.mirror import Options, Plan, Report
from backlist.problems import Level, Problems
from tests.conftest import NOW
from tests.serving import answering


@dataclass
class Page:
    """What is at a path: bytes, their type, and how they are sent.

    `sent` is how many bytes come before the connection ends. After so many `times` it is sent as it
    should be.
    """

    data: bytes = b""
    type: str = "application/octet-stream"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None
    times: int = 1_000_000


@dataclass
class Host:
    """A running host: its address, what it has, and what it was asked for."""

    address: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Host and port."""
        return urlsplit(self.address).netloc

    def put(self, path: str, data: bytes | str, kind: str = "text/vtt", **more: object) -> str:
        """Serve bytes at a path; their address."""
        data = data.encode() if isinstance(data, str) else data
        self.pages[f"/{path}"] = Page(data, kind, **more)  # type: ignore[arg-type]
        return self.address + path


class Handler(BaseHTTPRequestHandler):
    """Answers for `host`; `/to/ADDRESS` redirects."""

    host: Host

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.host.asked.append(self.path)
        self.host.headers.append({name.lower(): value for name, value in self.headers.items()})
        with suppress(ConnectionError):  # who asked may have been killed
            self.answer(self.page())

    def page(self) -> Page:
        """What is at the path asked for, now."""
        if self.path.startswith("/to/"):
            return Page(status=302, headers={"Location": self.path[4:]})
        page = self.host.pages.get(self.path, Page(b"", "text/html", 404))
        page.times -= 1
        if page.times < 0:
            return Page(page.data, page.type)
        unchanged = self.headers.get("If-None-Match") == tag(page)
        return Page(status=304) if page.status == 200 and unchanged else page

    def answer(self, page: Page) -> None:
        """Send a page, or the rest of it that is wanted."""
        data, status, extra = page.data, page.status, dict(page.headers)
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if status == 200 and wanted and self.headers.get("If-Range", tag(page)) == tag(page):
            start = int(wanted[1])
            extra["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            data, status = data[start:], 206
        self.send_response(status)
        told = {"Content-Type": page.type, "ETag": tag(page)} if status in (200, 206) else {}
        for name, value in (told | {"Content-Length": str(len(data))} | extra).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data if page.sent is None else data[: page.sent])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def hosting() -> Iterator[Host]:
    """A host, until the block ends."""
    host = Host()
    with answering(type("Answering", (Handler,), {"host": host})) as address:
        host.address = address
        yield host


def tag(page: Page) -> str:
    """What the host calls this version of a file."""
    return f'"{len(page.data)}-{page.data[:40].hex()}"'


def bring(
    root: Path, host: Host | None, *what: str, refresh: bool = False, to: str = "static"
) -> tuple[Report, list[str]]:
    """Run `mirror`, allowed to ask the host on this machine; the first line of what it tells."""
    problems = Problems()
    trusted = frozenset({host.name} if host else ())
    kinds = frozenset(what or mirror.USUAL)
    plan = Plan(root, Options(kinds, to, refresh, trusted=trusted), NOW)
    report = mirror.bring(plan, problems)
    mirror.tell(report, problems, Level.ERROR)
    return report, [str(one).split("\n", maxsplit=1)[0] for one in problems]
