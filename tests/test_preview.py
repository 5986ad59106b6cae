"""The preview follows every save, says what is wrong, and outlives it."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tornado.websocket import WebSocketClosedError, websocket_connect

from backlist import preview
from backlist.cache.store import Cache
from backlist.preview import session
from backlist.preview.panel import panel
from backlist.preview.server import names_of
from backlist.preview.session import Session
from backlist.preview.watcher import Watcher, look
from backlist.problems import BacklistError, Level, Problem, Where
from tests.conftest import PATIENCE, SITES, MakeSite, episode

SRC = Path(preview.__file__).parents[2]
EPISODE = "content/episodes/2025-11-03-queues-that-forget.md"
PAGE = "episodes/queues-that-forget/"
SENTENCE = "What if a server under load threw work away on purpose"
FAULT = Problem(Where("site.yaml", 3), Level.ERROR, "has <b>a fault</b> & more", "mend it")


def until(reached: Callable[[], object], what: str) -> None:
    """Wait for a condition, not for a time."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.02)


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class Served:
    """`backlist serve` as a person runs it: another process, a terminal, an address."""

    def __init__(self, root: Path, log: Path) -> None:
        self.root, self.log = root, log
        with log.open("w") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "backlist", "serve", "--site", str(root), "--port", "0"],
                stdout=stream,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(SRC)},
            )
        until(lambda: self._address() or self.process.poll() is not None, "an address")
        address = self._address()
        assert address, self.said()
        self.address = address[0]

    def _address(self) -> re.Match[str] | None:
        return re.search(r"http://127\.0\.0\.1:\d+/(?=\s)", self.said())

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def rounds(self) -> int:
        return self.said().count("built in ")

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Path], Served]]:
    """Start a preview of a site; it is ended when the test is."""
    running: list[Served] = []

    def start(root: Path) -> Served:
        running.append(Served(root, tmp_path / "terminal.txt"))
        return running[-1]

    yield start
    for served in running:
        if served.process.poll() is None:
            served.process.kill()
            served.process.wait()


@pytest.fixture
def small(site: MakeSite) -> Path:
    """A site whose one episode stands where the rich site has it, and is built sooner."""
    body = f"{SENTENCE}?"
    return site({EPISODE: episode("Queues That Forget", "queues-that-forget", body, season=1)})


@pytest.fixture
def served(small: Path, serve: Callable[[Path], Served]) -> Served:
    return serve(small)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview for tests that only ask it, or leave its site as they found it."""
    top = tmp_path_factory.mktemp("shown")
    served = Served(Path(shutil.copytree(SITES / "rich", top / "rich")), top / "terminal.txt")
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    context.close()


def sees(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE * 1000)


def misses(page: Page, text: str) -> None:
    expect(page.get_by_text(text)).to_have_count(0, timeout=PATIENCE * 1000)


def fetch(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


# --- the watcher


def test_a_look_notices_a_change_a_new_file_and_a_deletion(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    looks = [look([tmp_path])]
    (tmp_path / "a.md").write_text("longer")
    looks.append(look([tmp_path]))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/b.md").write_text("b")
    looks.append(look([tmp_path]))
    (tmp_path / "a.md").unlink()
    looks.append(look([tmp_path]))
    assert all(one != other for one, other in pairwise(looks))
    assert list(looks[-1]) == [str(tmp_path / "deep/b.md")]


def test_a_look_notices_a_file_replaced_by_one_of_the_same_size_and_time(tmp_path: Path) -> None:
    path, other = tmp_path / "a.md", tmp_path / ".new"
    path.write_text("one")
    other.write_text("two")
    for file in (path, other):
        os.utime(file, (1, 1))
    before = look([tmp_path])
    other.replace(path)
    assert look([tmp_path]) != before


def test_a_look_passes_over_what_editors_leave_and_survives_odd_links(tmp_path: Path) -> None:
    (tmp_path / ".a.md.swp").write_text("")
    (tmp_path / "a.md~").write_text("")
    (tmp_path / "circle").symlink_to(tmp_path)
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    assert look([tmp_path, tmp_path / "not-there"]) == {}


def test_a_burst_of_saves_is_one_rebuild(tmp_path: Path) -> None:
    watcher = Watcher([tmp_path], lambda: True)
    assert not watcher.settled()
    for number in range(5):
        (tmp_path / f"{number}.md").write_text("")
        assert not watcher.settled()
    assert watcher.settled()
    assert not watcher.settled()


def test_what_was_saved_last_is_looked_at_more_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(*names: str) -> None:
        for name in names:
            with (tmp_path / name).open("a") as file:
                file.write("more\n")

    watcher = Watcher([tmp_path], lambda: True)
    save("a.md")
    assert not watcher.is_saved_again()  # nothing was saved before it
    while not watcher.settled():
        pass
    watcher.examine()
    assert not watcher.is_saved_again()
    save("a.md")
    assert watcher.is_saved_again()

    monkeypatch.setattr(watcher, "FEW", 1)
    save("b.md")
    while not watcher.settled():
        pass
    watcher.examine()
    save("a.md", "b.md")
    assert not watcher.is_saved_again()


def test_what_is_shown_first_is_followed_by_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def show_first(paths: Collection[str]) -> bool:
        asked.append(sorted(paths))
        return len(paths) == 1

    def rebuild() -> bool:
        asked.append("build")
        return False

    watcher = Watcher([tmp_path], rebuild, show_first=show_first)
    (tmp_path / "a.md").write_text("")
    assert not watcher.settled()
    assert watcher.settled()
    assert watcher.examine() == ("__livereload__", None)
    assert not watcher.settled()
    monkeypatch.setattr(watcher, "FIRST", 0.0)
    assert watcher.settled()
    assert watcher.examine() == (None, None)
    assert not watcher.settled()
    (tmp_path / "b.md").write_text("")
    (tmp_path / "c.md").write_text("")
    assert not watcher.settled()
    assert watcher.settled()
    watcher.examine()

    a, b, c = (str(tmp_path / name) for name in ("a.md", "b.md", "c.md"))
    assert asked == [[a], "build", [b, c], "build"]


def test_files_that_never_rest_are_built_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = Watcher([tmp_path], lambda: True)
    monkeypatch.setattr(watcher, "PATIENCE", 0.0)
    (tmp_path / "a.md").write_text("")
    assert watcher.settled()


def test_livereload_is_told_only_when_a_page_differs(tmp_path: Path) -> None:
    answers = [True, False]
    watcher = Watcher([tmp_path], lambda: answers.pop(0))
    # This name, and no delay: the one answer livereload does not drop within 3 s of a reload.
    assert watcher.examine() == ("__livereload__", None)
    assert watcher.examine() == (None, None)


# --- the panel


def test_a_panel_lists_every_fault_escaped() -> None:
    text = panel([FAULT, Problem(Where("a.md"), Level.ERROR, "another")], good=True)
    assert "site.yaml:3: error: has &lt;b&gt;a fault&lt;/b&gt; &amp; more\n  mend it" in text
    assert "a.md: error: another" in text
    assert "2 problems" in text


def test_no_fault_no_panel() -> None:
    assert panel([], good=True) == ""


# --- the session


def begin(root: Path) -> tuple[Session, list[str]]:
    said: list[str] = []
    return Session(root, "http://127.0.0.1:1/", said.append), said


def test_a_rebuild_that_changes_nothing_is_told_from_one_that_does(rich: Path) -> None:
    preview_, _ = begin(rich)
    assert preview_.rebuild()
    first = preview_.generation
    assert not preview_.rebuild()
    assert preview_.generation == first
    rewrite(rich / EPISODE, SENTENCE, "Another sentence")
    assert preview_.rebuild()
    assert preview_.generation != first


def test_the_page_of_saved_notes_is_shown_first_and_is_what_a_build_makes(rich: Path) -> None:
    preview_, _ = begin(rich)
    preview_.rebuild()
    shown, feed = preview_.out / PAGE / "index.html", preview_.out / "feed.xml"
    first, before = preview_.generation, feed.read_bytes()
    rewrite(rich / EPISODE, SENTENCE, "Unheardof")

    assert preview_.show_first([str(rich / EPISODE)])
    early = shown.read_bytes()
    assert b"Unheardof" in early
    assert preview_.generation != first
    assert feed.read_bytes() == before

    preview_.rebuild()
    assert shown.read_bytes() == early
    assert b"Unheardof" in feed.read_bytes()


def test_nothing_is_reloaded_where_only_the_page_shown_first_differs(rich: Path) -> None:
    preview_, _ = begin(rich)
    with (rich / EPISODE).open("a") as notes:
        notes.write("\n\nOne thought more.\n")
    preview_.rebuild()
    rewrite(rich / EPISODE, "One thought more.", "No thought more.")
    assert preview_.show_first([str(rich / EPISODE)])
    shown = preview_.generation
    assert not preview_.rebuild()
    assert preview_.generation == shown


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: ", "title: Not "),  # others show the title
        (SENTENCE, "It leads [nowhere][^1]"),  # a build tells what is wrong
        (SENTENCE, SENTENCE),
        ("---", "--"),
    ],
)
def test_what_a_build_has_to_tell_is_not_shown_first(rich: Path, old: str, new: str) -> None:
    preview_, _ = begin(rich)
    preview_.rebuild()
    path = rich / EPISODE
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert not preview_.show_first([str(path)])


def test_only_one_known_episode_is_shown_first(rich: Path) -> None:
    preview_, _ = begin(rich)
    assert not preview_.show_first([str(rich / EPISODE)])
    preview_.rebuild()
    rewrite(rich / EPISODE, SENTENCE, "Unheardof")
    other = rich / "content/episodes/2025-12-01-new.md"
    for paths in ([str(rich / EPISODE), str(other)], [str(other)], ["/nowhere/a.md"]):
        assert not preview_.show_first(paths)
    (rich / EPISODE).unlink()
    assert not preview_.show_first([str(rich / EPISODE)])


def test_the_search_follows_a_rebuild(rich: Path) -> None:
    def published(folder: Path) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    preview_, _ = begin(rich)
    preview_.rebuild()
    first = published(preview_.out / "search")
    rewrite(rich / EPISODE, SENTENCE, "Unheardof")
    assert preview_.rebuild()
    assert b"Unheardof" in (preview_.out / PAGE / "index.html").read_bytes()
    assert published(preview_.out / "search") == first

    preview_.follow()
    follow = published(preview_.out / "search")
    assert follow != first
    other, _ = begin(rich)
    other.out = rich / ".cache/other"
    other.cache = Cache(rich / ".cache/none", other.options.edition)
    other.rebuild()
    assert published(other.out / "search") == follow


def test_a_file_of_the_search_that_is_gone_is_made_anew(rich: Path) -> None:
    preview_, _ = begin(rich)
    preview_.rebuild()
    gone = next((preview_.out / "search").rglob("*.pf_meta"))
    gone.unlink()
    rewrite(rich / EPISODE, SENTENCE, "Unheardof")
    preview_.rebuild()
    preview_.follow()
    assert any((preview_.out / "search").rglob("*.pf_meta"))
    assert b"Unheardof" in (preview_.out / PAGE / "index.html").read_bytes()


def test_the_published_folder_is_never_touched(rich: Path) -> None:
    preview_, _ = begin(rich)
    preview_.rebuild()
    assert not (rich / "build").exists()
    assert (rich / ".cache/preview/episodes/xyzzyplugh-draft/index.html").is_file()


def test_warnings_are_one_line_on_the_terminal_and_no_panel(rich: Path) -> None:
    preview_, said = begin(rich)
    preview_.rebuild()
    assert preview_.faults == ()
    assert len(said) == 1
    assert "1 warning" in said[0]


def test_a_fault_leaves_the_last_good_site_and_goes_when_mended(rich: Path) -> None:
    preview_, said = begin(rich)
    preview_.rebuild()
    good = (preview_.out / PAGE / "index.html").read_bytes()
    rewrite(rich / EPISODE, "season: 1", "season: [1")
    assert preview_.rebuild()
    assert preview_.good
    assert preview_.faults[0].where.file == EPISODE
    assert preview_.faults[0].where.line
    assert str(preview_.faults[0]) in said
    assert (preview_.out / PAGE / "index.html").read_bytes() == good
    rewrite(rich / EPISODE, "season: [1", "season: 1")
    assert preview_.rebuild(), "the panel goes although no file differs"
    assert preview_.faults == ()


@pytest.mark.parametrize(
    "error", [BacklistError(Where("templates/x.html", 4), "is bad"), ZeroDivisionError("by zero")]
)
def test_no_exception_ends_the_preview(
    rich: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    preview_, said = begin(rich)
    monkeypatch.setattr(session, "build_site", fail)
    assert preview_.rebuild()
    assert len(preview_.faults) == 1
    assert not preview_.good
    assert str(preview_.faults[0]) in said
    assert ("Traceback" in said[0]) == isinstance(error, ZeroDivisionError)
    monkeypatch.undo()
    assert preview_.rebuild()
    assert preview_.good


# --- the address


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("::1", "http://[::1]:80/"),
        ("0.0.0.0", "http://localhost:80/"),
        ("::", "http://localhost:80/"),
    ],
)
def test_the_address_is_one_a_browser_opens(host: str, address: str) -> None:
    assert preview.address_of(host, 80) == address


def test_a_taken_port_is_said_with_a_way_out() -> None:
    with preview.bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        told = rf"(?s)127\.0\.0\.1:{port}: error: is taken.*--port N"
        with pytest.raises(BacklistError, match=told):
            preview.bind("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(BacklistError, match="cannot be served"):
        preview.bind("203.0.113.1", 0)


def test_a_folder_that_is_no_site_is_refused_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(BacklistError, match="is not a site"):
        preview.serve(tmp_path, "127.0.0.1", 0, print)
    assert list(tmp_path.iterdir()) == []


# --- the server, as a person meets it


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(served: Served, number: int) -> None:
    assert fetch(served.address)[0] == 200
    assert served.end(number) == 0
    assert "Traceback" not in served.said()
    assert served.said().endswith("preview ended\n")


def test_a_missing_page_is_the_sites_own_404(shown: Served) -> None:
    code, text = fetch(shown.address + "no/such/page")
    own = (shown.root / ".cache/preview/404.html").read_text("utf-8")
    assert code == 404
    assert own.partition("</body>")[0].rpartition("<body")[2].partition(">")[2].strip() in text


class Answer(NamedTuple):
    """What a server says to a request written by hand."""

    status: int
    head: str
    body: bytes


def ask(served: Served, path: str, *head: str, host: str = "localhost") -> Answer:
    """Send a request that no library would send."""
    port = urlsplit(served.address).port
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *head, "", ""]
    with socket.create_connection(("127.0.0.1", port or 0), timeout=PATIENCE) as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1"))
        said = b""
        while data := connection.recv(1 << 16):
            said += data
            if b"101 Switching" in said:
                break
    told, _, body = said.partition(b"\r\n\r\n")
    assert told, "the server said nothing"
    return Answer(int(told.split()[1]), told.decode("latin-1"), body)


HANDSHAKE = (
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)


def test_a_page_elsewhere_reads_no_draft_by_a_name_that_leads_here(shown: Served) -> None:
    for name in (
        "localhost",
        "127.0.0.1",
        "LOCALHOST:8000",
        "[::1]:8000",
        "127.0.0.2",
        "localhost.",
    ):
        assert ask(shown, "/", host=name).status == 200, name
    for name in (
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "192.168.1.9",
    ):
        for path in ("/", "/episodes/xyzzyplugh-draft/", "/livereload.js", "/livereload"):
            answer = ask(shown, path, host=name)
            assert answer.status in (400, 403), (name, path)
            assert b"Xyzzyplugh" not in answer.body
    assert b"--host NAME" in ask(shown, "/", host="evil.example").body


@pytest.mark.parametrize(
    ("host", "good", "bad"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1", "[::1]"], ["a.example", "10.0.0.1", "localhost1"]),
        (
            "desk.example",
            ["desk.example", "localhost"],
            ["xdesk.example", "deskxexample", "a.desk.example"],
        ),
        ("::1", ["[::1]", "localhost"], ["[::2]", "a.example"]),
        (
            "0.0.0.0",
            ["10.0.0.7", "[fe80::1]", socket.gethostname().lower()],
            ["a.example", "10.0.0.7.a.example"],
        ),
    ],
)
def test_a_server_answers_to_its_own_names(host: str, good: list[str], bad: list[str]) -> None:
    pattern = re.compile(names_of(host))
    assert [name for name in good if not pattern.match(name)] == []
    assert [name for name in bad if pattern.match(name)] == []


def test_only_its_own_pages_hear_of_saves(shown: Served) -> None:
    own = f"Origin: {shown.address.rstrip('/')}"
    here = urlsplit(shown.address).netloc
    upgrade = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", HANDSHAKE[2])

    def connect(*head: str) -> int:
        port = urlsplit(shown.address).port
        lines = [
            "GET /livereload HTTP/1.1",
            f"Host: {here}",
            "Connection: Upgrade",
            *upgrade,
            *head,
        ]
        with socket.create_connection(("127.0.0.1", port or 0), timeout=PATIENCE) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            return int(connection.recv(1 << 16).split()[1])

    assert connect(own) == 101
    for origin in ("http://evil.example", "null", "http://localhost.evil.example", "x"):
        assert connect(f"Origin: {origin}") == 403, origin


ODD_PATHS = (
    "/%00",
    "/episodes/%00/",
    "/%ff%fe",
    "/" + "a" * 5000,
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2fsite.yaml",
    "/%2e%2e/site.yaml",
    "//etc/passwd",
    "/static/site.css/x",
    "/episodes",
    "/%",
    "/\\..\\site.yaml",
    "/a%0d%0aX-Evil:1",
    "/?" + "x" * 9000,
)
ODD_MESSAGES = (
    "",
    "x",
    "[]",
    "1",
    "null",
    '"hello"',
    "{}",
    '{"command": 1}',
    '{"command": []}',
    '{"command": null}',
    '{"command": "info"}',
    '{"command": "info", "url": 1}',
    '{"command": "info", "url": "", "plugins": 1}',
    '{"command": "info", "url": "", "plugins": {"generation": 1}}',
    '{"command": "hello", "plugins": []}',
    '{"command": "info", "url": "", "plugins": {"generation": {"version": {}}}}',
    "[" * 50_000,
    "x" * 200_000,
    '{"command": "hello", "command": "x"}',
    "\ud800",
)


def test_odd_requests_and_messages_are_answered_without_a_traceback(shown: Served) -> None:
    for path in ODD_PATHS:
        answer = ask(shown, path)
        assert answer.status in (200, 301, 400, 403, 404), path
        assert b"root:" not in answer.body and "X-Evil:1" not in answer.head.split("\r\n")

    async def talk() -> None:
        address = shown.address.replace("http", "ws") + "livereload"
        for message in (*ODD_MESSAGES, b"\xff\xfe", b""):
            connection = await websocket_connect(address)
            for _ in range(2):
                told = (
                    message.encode("utf-8", "surrogatepass")
                    if isinstance(message, str)
                    else message
                )
                with suppress(WebSocketClosedError):
                    await connection.write_message(told, binary=isinstance(message, bytes))
            connection.close()
        connection = await websocket_connect(address)
        await connection.write_message('{"command": "hello"}')
        assert "official-7" in str(await connection.read_message())
        connection.close()

    # In a thread of its own: the browser of other tests has a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, talk()).result()
    assert fetch(shown.address)[0] == 200
    assert "Traceback" not in shown.said()
    assert "ERROR" not in shown.said()


def test_sound_can_be_sought(shown: Served) -> None:
    sound = shown.root / ".cache/preview/static/sound.mp3"
    sound.write_bytes(bytes(range(256)) * 1000)

    part = ask(shown, "/static/sound.mp3", "Range: bytes=100-199")
    assert (part.status, part.body) == (206, (bytes(range(256)) * 1000)[100:200])
    assert "Content-Range: bytes 100-199/256000" in part.head
    assert ask(shown, "/static/sound.mp3", "Range: bytes=9999999-").status == 416
    assert ask(shown, "/static/sound.mp3", "Range: bytes=-10").body == bytes(range(246, 256))
    page = ask(shown, "/", "Range: bytes=0-99")
    assert (page.status, len(page.body)) == (206, 100)


def test_an_address_without_its_last_slash_keeps_the_moment_it_names(shown: Served) -> None:
    answer = ask(shown, "/episodes/queues-that-forget?t=750&x=%26")

    assert answer.status == 301
    assert "Location: /episodes/queues-that-forget/?t=750&x=%26\r\n" in answer.head


def test_text_is_served_as_utf_8(shown: Served) -> None:
    for path in ("/index.md", "/llms.txt", "/", "/episodes/queues-that-forget/"):
        kind = re.search(r"Content-Type: (\S+; charset=utf-8)\r", ask(shown, path).head)
        assert kind, path


def test_what_was_built_comes_back_when_it_is_removed(shown: Served) -> None:
    for folder in (".cache/preview", ".cache"):
        shutil.rmtree(shown.root / folder)
        until(lambda: fetch(shown.address + PAGE)[0] == 200, f"{folder} comes back")
    assert "Traceback" not in shown.said()


def test_the_first_build_may_fail(small: Path, serve: Callable[[Path], Served]) -> None:
    rewrite(small / EPISODE, "season: 1", "season: [1")
    served = serve(small)
    code, text = fetch(served.address + PAGE)
    assert code == 503
    assert f"{EPISODE}:" in text
    assert f"{EPISODE}:" in served.said()
    rewrite(small / EPISODE, "season: [1", "season: 1")
    until(lambda: fetch(served.address + PAGE)[0] == 200, "recovery")
    assert EPISODE not in fetch(served.address + PAGE)[1]


@pytest.mark.browser
def test_a_page_follows_every_save(served: Served, page: Page) -> None:
    path = served.root / EPISODE
    page.goto(served.address + PAGE)
    sees(page, SENTENCE)
    rewrite(path, SENTENCE, "The first save")
    sees(page, "The first save")
    # livereload alone drops every one of these: each comes within 3 s of the reload before it.
    last = "The first save"
    for number in range(3):
        rewrite(path, last, f"Save number {number}")
        last = f"Save number {number}"
        sees(page, last)
    assert served.end(signal.SIGINT) == 0
    assert "Traceback" not in served.said()
    assert "Error" not in served.said()


@pytest.mark.browser
def test_a_save_while_the_page_is_still_loading_is_not_lost(served: Served, page: Page) -> None:
    saved: list[str] = []

    def save_first(route: Route) -> None:
        """Hold livereload's script back until a rebuild that no page is connected to hear of."""
        if not saved:
            rounds = served.rounds()
            rewrite(served.root / EPISODE, SENTENCE, "Saved meanwhile")
            until(lambda: served.rounds() > rounds, "a rebuild")
            saved.append("once")
        route.continue_()

    page.route("**/livereload.js*", save_first)
    page.goto(served.address + PAGE, wait_until="commit")
    sees(page, "Saved meanwhile")
    assert saved


@pytest.mark.browser
def test_new_and_deleted_files_count_as_well(shown: Served, page: Page) -> None:
    page.goto(shown.address)
    title = "Anchors Aweigh Anew"
    path = shown.root / "content/episodes/2026-03-03-anchors.md"
    path.write_text(f"---\ntitle: {title}\nslug: anchors\ndate: 2026-03-03\n---\nHm.\n", "utf-8")
    sees(page, title)
    path.unlink()
    misses(page, title)


@pytest.mark.browser
def test_a_fault_lies_on_top_of_the_last_good_site_until_mended(shown: Served, page: Page) -> None:
    path = shown.root / EPISODE
    page.goto(shown.address + PAGE)
    sees(page, SENTENCE)
    rewrite(path, "season: 1", "season: [1")
    sees(page, f"{EPISODE}:")
    assert re.search(rf"{re.escape(EPISODE)}:\d+: error: ", page.content())
    sees(page, SENTENCE)
    assert re.search(rf"{re.escape(EPISODE)}:\d+: error: ", shown.said())
    page.goto(shown.address)
    sees(page, f"{EPISODE}:")
    rewrite(path, "season: [1", "season: 1")
    misses(page, f"{EPISODE}:")
    sees(page, "Queues That Forget")


@pytest.mark.browser
def test_a_fault_is_seen_without_scripts(shown: Served, browser: Browser) -> None:
    def faulty() -> bool:
        return f"{EPISODE}:" in fetch(shown.address + PAGE)[1]

    assert not faulty()
    rewrite(shown.root / EPISODE, "season: 1", "season: [1")
    until(faulty, "the fault")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shown.address + PAGE)
    sees(page, f"{EPISODE}:")
    page.get_by_text("1 problem").click()
    expect(page.get_by_text(f"{EPISODE}:")).to_be_hidden()
    context.close()
    rewrite(shown.root / EPISODE, "season: [1", "season: 1")
    until(lambda: not faulty(), "mended")


@pytest.mark.browser
def test_a_draft_is_shown_and_marked(shown: Served, page: Page) -> None:
    page.goto(shown.address + "episodes/xyzzyplugh-draft/")
    sees(page, "Xyzzyplugh in a draft.")
    mark = page.get_by_text(re.compile(r"^\s*draft\s*$", re.IGNORECASE))
    expect(mark.first).to_be_visible(timeout=PATIENCE * 1000)
