import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from backlist.importers import fetch
from backlist.problems import Problems


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        moved = {"/moved": "/feed", "/ftp": "ftp://x.example/feed", "/file": "file:///etc/hosts"}
        if self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.end_headers()
            return
        self.send_response(200 if self.path == "/feed" else 404)
        self.end_headers()
        self.wfile.write(b"<rss/>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def refused(source: str) -> str:
    problems = Problems()

    assert fetch.fetch(source, problems) is None
    assert len(problems.found) == 1
    assert problems.found[0].remedy

    return str(problems.found[0]).split("\n")[0]


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"<rss/>")

    assert (str(path), b"<rss/>") == fetch.fetch(str(path), Problems())


def test_an_address_is_fetched_and_redirects_followed(server: str) -> None:
    assert (f"{server}/feed", b"<rss/>") == fetch.fetch(f"{server}/moved", Problems())


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"<rss/>")))

    assert fetch.fetch("-", Problems()) == ("standard input", b"<rss/>")


@pytest.mark.parametrize("path", ["/ftp", "/file"])
def test_redirects_off_the_web_are_refused(server: str, path: str) -> None:
    assert "error:" in refused(server + path)


def test_an_answer_that_is_no_file_is_told(server: str) -> None:
    assert f"{server}/none: error: the server answers 404 Not Found" == refused(f"{server}/none")


def test_a_server_that_is_not_there_is_told() -> None:
    assert "error: cannot be fetched:" in refused("http://127.0.0.1:9/feed")


def test_other_schemes_are_refused() -> None:
    assert refused("file:///x") == "file:///x: error: is not a web address that is read here"


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "x")).endswith("error: is not there")
    assert refused(str(tmp_path)).endswith("error: is a folder")


def test_a_source_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LIMIT", 1024 * 1024)
    path = tmp_path / "big.mp3"
    path.write_bytes(b"x" * (1024 * 1024 + 1))

    assert refused(str(path)).endswith("error: is larger than 1 MiB")
