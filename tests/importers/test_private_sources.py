"""Addresses of machines that are none of a feed's business, and feeds that ask who is there."""

import base64
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from backlist import http
from backlist.importers import fetch
from backlist.importers.fetch import Fetched
from backlist.importers.run import import_sources
from backlist.problems import Problems
from tests.serving import answering

FEED = (
    b"<rss><channel><title>Quiet Wells</title><description>D</description>"
    b"<item><title>One</title><guid>w-1</guid></item></channel></rss>"
)


class Handler(BaseHTTPRequestHandler):
    """A feed for those who say who they are, and redirects to wherever the path says."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        word, _, login = self.headers.get("Authorization", "").partition(" ")
        said = base64.b64decode(login).decode() if word == "Basic" else ""
        self.asked.append((self.path, said))
        if self.path.startswith("/to/"):
            self.answer(302, Location=self.path.removeprefix("/to/"))
        elif self.path == "/phrase":
            self.send_response(404, "Gone\x1b[31m away")
            self.end_headers()
        elif self.path.startswith("/members") and said != "wren:s3cr3t!":
            self.answer(401)
        else:
            self.answer(200, FEED)

    def answer(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked.clear()
    with answering(Handler) as address:
        yield address.rstrip("/")


@pytest.fixture
def public(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server, taken for one of the internet at its own port and nowhere else."""
    private = http.is_private
    monkeypatch.setattr(http, "is_private", lambda url: not url.startswith(server) and private(url))
    monkeypatch.setattr(http, "_check_peer", lambda answer: None)
    return server


def told(source: str) -> tuple[Fetched | None, str]:
    problems = Problems()
    return fetch.fetch(source, problems), "\n".join(map(str, problems))


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:9/x",
        "http://127.0.0.1:9/x",
        "http://2130706433:9/x",
        "http://0x7f.1:9/x",
        "http://0.0.0.0:9/x",
        "http://[::1]:9/x",
        "http://[::ffff:127.0.0.1]:9/x",
        "http://[64:ff9b::a00:1]:9/x",
        "http://[2002:7f00:1::]:9/x",
        "http://[fd00::1]:9/x",
        "http://[fe80::1]:9/x",
        "http://10.0.0.1:9/x",
        "http://192.168.1.1:9/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1:9/x",
        "http://224.0.0.1:9/x",
    ],
)
def test_a_feed_of_the_web_leads_nobody_into_a_private_network(public: str, target: str) -> None:
    found, said = told(f"{public}/to/{target}")

    assert found is None
    assert "error: leads into a private network" in said
    assert len(Handler.asked) == 1


def test_a_person_may_name_a_machine_of_their_own(server: str) -> None:
    found, said = told(f"{server}/to/{server}/feed")

    assert found is not None, said
    assert found.data == FEED


def test_a_name_that_means_another_machine_by_then_is_refused(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first look finds the internet, the connection this machine."""
    monkeypatch.setattr(http, "is_private", lambda url: False)
    found, said = told(f"{server}/feed")

    assert found is None
    assert "error: leads into a private network (127.0.0.1)" in said


def test_words_of_a_server_steer_no_terminal(server: str) -> None:
    _, said = told(f"{server}/phrase")

    assert "404 Not Found" in said
    assert "\x1b" not in said + told(f"{server}/to/ftp://a/\x1b[31m")[1]


def test_hosts_of_other_scripts_are_looked_up_by_their_ascii_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def look_up(host: object, *_: object, **__: object) -> list[object]:
        asked.append(host)
        raise OSError("no such host")

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    told("http://приклад.example/feed")

    assert asked[-1] in ("xn--80aikifvh.example", b"xn--80aikifvh.example")


def test_a_private_feed_says_how_to_be_asked(server: str) -> None:
    found, said = told(f"{server}/members")

    assert found is None
    assert "401 Unauthorized" in said
    assert "BACKLIST_LOGIN" in said


def test_a_login_is_taken_from_the_environment(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKLIST_LOGIN", "wren:s3cr3t!")

    assert told(f"{server}/members")[0] is not None


def test_a_login_is_taken_from_netrc(
    server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "logins"
    file.write_text("machine 127.0.0.1 login wren password s3cr3t!\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))

    assert told(f"{server}/members")[0] is not None


def test_a_login_in_an_address_is_used_and_written_nowhere(server: str, tmp_path: Path) -> None:
    address = f"{server}/members?auth=k3y-k3y-k3y".replace("//", "//wren:s3cr3t!@")
    problems, site = Problems(), tmp_path / "site"
    report = import_sources(site, [address], problems=problems)
    texts = [path.read_text("utf-8") for path in site.rglob("*") if path.is_file()]
    shown = "\n".join([*texts, *map(str, problems), *(report.lines() if report else ())])

    assert report is not None, shown
    assert "wren:s3cr3t!" in [said for _, said in Handler.asked]
    assert "s3cr3t!" not in shown
    assert "k3y-k3y-k3y" not in shown
    assert "looks like a secret (`auth`)" in shown


def test_a_login_goes_to_no_other_host(public: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIST_LOGIN", "wren:s3cr3t!")
    monkeypatch.setattr(http, "is_private", lambda url: False)
    with answering(Handler) as other:
        told(f"{public}/to/{other.replace('127.0.0.1', 'localhost')}feed")

    assert [said for _, said in Handler.asked] == ["wren:s3cr3t!", ""]


def test_secrets_in_a_feed_are_told_before_they_are_published(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(
        FEED.replace(
            b"</item>",
            b'<enclosure url="https://pay.example/1.mp3?token-time=1&amp;sig=q8q8q8q8" '
            b'type="audio/mpeg" length="1"/></item>',
        )
    )
    problems = Problems()
    import_sources(tmp_path / "site", [str(feed)], problems=problems)
    (found,) = [problem.message for problem in problems if "secret" in problem.message]

    assert "1 address with what looks like a secret (`sig`)" in found
    assert "q8q8q8q8" not in found
