import gzip
import io
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace

import pytest

from backlist.http import Validators
from backlist.importers import fetch
from backlist.importers.fetch import Fetched
from backlist.importers.run import ImportOptions, import_sources
from backlist.problems import Problems
from tests.serving import answering

FEED = (
    b"<rss><channel><title>S</title><description>D</description>"
    b"<item><title>One</title><guid>g-1</guid></item></channel></rss>"
)
BOMB = gzip.compress(b"\0" * 3_000_000)


class Handler(BaseHTTPRequestHandler):
    """Every odd answer a server gives, by path."""

    def do_GET(self) -> None:
        moved = {
            "/moved": "/feed",
            "/ftp": "ftp://x.example/feed",
            "/file": "file:///etc/hosts",
            "/loop": "/loop",
            **{f"/{n}": f"/{n - 1}" for n in range(1, 10)},
            "/0": "/feed",
        }
        if self.path in moved:
            self.answer(302, Location=moved[self.path])
        elif self.headers.get("If-None-Match") == '"v1"' and self.path == "/feed":
            self.answer(304)
        elif self.path == "/feed":
            self.answer(200, FEED, ETag='"v1"')
        elif self.path == "/packed":
            self.answer(200, gzip.compress(FEED), **{"Content-Encoding": "gzip"})
        elif self.path == "/bomb":
            self.answer(200, BOMB, **{"Content-Encoding": "gzip"})
        elif self.path == "/short":
            self.answer(200, FEED, **{"Content-Length": str(len(FEED) + 10)})
        elif self.path == "/slow":
            self.drip()
        else:
            self.answer(404)

    def answer(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.answer(200)
        for _ in range(100):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.02)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with answering(Handler) as address:
        yield address.rstrip("/")


def refused(source: str) -> str:
    problems = Problems()

    assert fetch.fetch(source, problems) is None
    assert len(problems.found) == 1
    assert problems.found[0].hint

    return str(problems.found[0]).split("\n")[0]


def fetched(source: str, known: Validators | None = None) -> Fetched:
    problems = Problems()
    found = fetch.fetch(source, problems, known)

    assert found is not None, [str(problem) for problem in problems]

    return found


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(b"<rss/>")

    assert fetched(str(path)) == Fetched(str(path), b"<rss/>")


def test_an_address_is_fetched_and_redirects_told(server: str) -> None:
    found = fetched(f"{server}/moved")

    assert (found.name, found.data) == (f"{server}/feed", FEED)
    assert [str(step) for step in found.redirects] == [f"{server}/moved → {server}/feed (302)"]


def test_five_redirects_are_followed_and_no_more(server: str) -> None:
    assert len(fetched(f"{server}/4").redirects) == 5
    assert "cannot be fetched: it redirects more than 5 times" in refused(f"{server}/5")
    assert "it redirects more than 5 times" in refused(f"{server}/loop")


def test_packed_answers_and_files_are_unpacked(server: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml.gz"
    path.write_bytes(gzip.compress(FEED))

    assert fetched(f"{server}/packed").data == FEED == fetched(str(path)).data


def test_a_bomb_is_unpacked_no_further_than_the_limit(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "LIMIT", 1024 * 1024)

    assert refused(f"{server}/bomb").endswith("error: is larger than 1 MiB")


@pytest.mark.parametrize(
    "content", [gzip.compress(FEED)[:-9], b"\x1f\x8bnonsense"], ids=["cut short", "no package"]
)
def test_a_damaged_package_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "feed.xml.gz"
    path.write_bytes(content)

    assert "error: cannot be unpacked: " in refused(str(path))


def test_half_an_answer_is_no_feed(server: str) -> None:
    assert "error: is incomplete: " in refused(f"{server}/short")


def test_an_answer_that_takes_too_long_is_given_up(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", 0.1)

    assert "was not complete within 0.1 seconds" in refused(f"{server}/slow")


def test_a_server_is_asked_for_news_only(server: str) -> None:
    first = fetched(f"{server}/moved")
    again = fetched(f"{server}/moved", first.validators)

    assert first.validators == Validators('"v1"')
    assert (again.data, len(again.redirects)) == (None, 1)


def bring(root: Path, *sources: str, again: bool = False) -> list[str]:
    problems = Problems()
    report = import_sources(root, sources, ImportOptions(refresh=again), problems=problems)

    assert report is not None, [str(problem) for problem in problems]

    return report.lines()


def test_an_unchanged_feed_changes_nothing_and_says_so(server: str, tmp_path: Path) -> None:
    root, source = tmp_path / "site", f"{server}/moved"

    assert bring(root, source)[0] == f"redirected: {server}/moved → {server}/feed (302)"
    assert bring(root, source)[1:] == [
        f"{source}: not changed since the last import",
        "nothing changed",
    ]
    assert f"read 1 episode from {server}/feed" in bring(root, source, again=True)


def test_without_the_raw_records_the_whole_feed_is_asked_for(server: str, tmp_path: Path) -> None:
    root, source = tmp_path / "site", f"{server}/feed"
    bring(root, source)
    (root / "content/imported/fetched.yaml").unlink()

    assert f"read 1 episode from {source}" in bring(root, source)


def test_one_feed_of_two_that_did_not_change_is_not_missed(server: str, tmp_path: Path) -> None:
    root, other = tmp_path / "site", tmp_path / "other.xml"
    other.write_bytes(FEED.replace(b"One", b"Two").replace(b"g-1", b"g-2"))
    bring(root, f"{server}/feed", str(other))

    assert bring(root, f"{server}/feed", str(other))[-1] == "nothing changed"


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"<rss/>")))

    assert fetched("-") == Fetched("standard input", b"<rss/>")


@pytest.mark.parametrize("path", ["/ftp", "/file"])
def test_redirects_off_the_web_are_refused(server: str, path: str) -> None:
    assert "error: " in refused(server + path)


def test_an_answer_that_is_no_file_is_told(server: str) -> None:
    assert f"{server}/none: error: the server answered 404 Not Found" == refused(f"{server}/none")


def test_a_server_that_is_not_there_is_told() -> None:
    assert "error: cannot be fetched:" in refused("http://127.0.0.1:9/feed")


def test_other_schemes_are_refused() -> None:
    assert refused("file:///x") == "file:///x: error: is not a valid web address"


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "x")).endswith("error: does not exist")
    assert refused(str(tmp_path)).endswith("error: is a directory")


def test_a_source_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LIMIT", 1024 * 1024)
    path = tmp_path / "big.mp3"
    path.write_bytes(b"x" * (1024 * 1024 + 1))

    assert refused(str(path)).endswith("error: is larger than 1 MiB")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("feed:http://x.example/f", "http://x.example/f"),
        ("itpc://x.example/f", "https://x.example/f"),
        ("PCAST://x.example/f", "https://x.example/f"),
        ("https://x.example/feed:1", "https://x.example/feed:1"),
    ],
)
def test_the_addresses_that_subscribe_are_addresses(
    said: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "_download", lambda source, known: Fetched(source, b""))

    assert fetched(said).name == asked


def test_an_address_without_its_beginning_is_told_how_to_write_it() -> None:
    problems = Problems()

    assert fetch.fetch("x.example/feed.xml", problems) is None
    assert problems.found[0].hint == "if it is an address, write https://x.example/feed.xml"
