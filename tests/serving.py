"""Web servers on this machine: of a folder, or with whatever answers a handler gives."""

import functools
import mimetypes
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that closed while its connections were kept."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def answering(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server, with a slash at its end; it stops where the block ends."""
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def serving(folder: Path) -> AbstractContextManager[str]:
    """The address at which a folder is served."""
    return answering(functools.partial(_Files, directory=str(folder)))


def respond(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Answer a request, with the length of the body said."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def serving_outputs(find: Callable[[str], bytes | None]) -> AbstractContextManager[str]:
    """The address at which what a site would publish is served from memory, by its path."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
            """Say nothing."""

        def do_GET(self) -> None:
            path = urlsplit(self.path).path.removeprefix("/")
            path += "index.html" if not path or path.endswith("/") else ""
            found = find(path)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            respond(self, 404 if found is None else 200, found or b"", {"Content-Type": kind})

    return answering(Handler)


class _Files(SimpleHTTPRequestHandler):
    """Serves parts of files, as any real server does: without, browsers cannot seek in sound."""

    protocol_version = "HTTP/1.1"  # a browser asks for all files of a page in few connections

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        first = int(asked[1])
        part = data[first : int(asked[2] or len(data)) + 1]
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)
