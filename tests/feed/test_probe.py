"""Servers asked about what the feed names: real sockets, all of them on this machine."""

from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist import http
from backlist.cli import main
from backlist.feed import probe
from backlist.feed.probe import checks
from backlist.feed.probe.request import Probe, ProbeResponse
from backlist.http import Redirect
from backlist.model import Audio
from backlist.problems import Problems, Where
from tests.conftest import SETTINGS, MakeSite, built, episode
from tests.serving import answering

SIZE = 5000
HERE = Where("content/episodes/a.md")


class Handler(BaseHTTPRequestHandler):
    """A host of sounds with every habit, by path."""

    asked: list[str]

    def do_HEAD(self) -> None:
        if self.path.startswith("/no-head"):
            self.answer(405)
        elif self.path.startswith("/plain"):
            self.answer(200, {"Content-Length": str(SIZE), "Content-Type": "audio/mpeg"})
        else:
            self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        moved = {
            "/old.xml": (301, "/feed.xml"),
            "/lent.xml": (302, "/feed.xml"),
            "/lost.xml": (301, "/page.mp3"),
            "/moved.mp3": (308, "/good.mp3"),
            "/loop.mp3": (302, "/loop.mp3"),
        }
        if self.path in moved:
            code, target = moved[self.path]
            self.answer(code, {"Location": target})
        elif self.path.startswith("/plain"):
            self.answer(200, {"Content-Type": "audio/mpeg"}, b"x" * SIZE)
        elif self.path.startswith("/page"):
            self.answer(200, {"Content-Type": "text/html; charset=utf-8"})
        elif self.path.startswith("/cover"):
            self.answer(200, {"Content-Type": "image/png"})
        elif self.path.startswith(("/good", "/no-head")):
            self.give_part()
        else:
            self.answer(404)

    def give_part(self) -> None:
        said = {"Content-Type": "audio/mpeg", "Accept-Ranges": "bytes"}
        if self.headers.get("Range") == "bytes=0-0":
            part = {"Content-Range": f"bytes 0-0/{SIZE}", "Content-Length": "1"}
            self.answer(206, said | part, b"x")
        else:
            self.answer(200, said | {"Content-Length": str(SIZE)})

    def answer(
        self, code: int, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            try:
                self.wfile.write(body)
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked = []
    with answering(Handler) as address:
        yield address.rstrip("/")


def settings(server: str, feed: str = "") -> str:
    text = SETTINGS.replace("https://small.example/\n", f"{server}/\n")
    return text.replace("https://small.example/cover.jpg", f"{server}/cover.jpg") + feed


def told(root: Path) -> tuple[str, list[str]]:
    """What the servers' part of a check says, and each of its problems."""
    site, _ = built(root)
    assert site is not None
    problems = Problems()
    said = probe.check_online(site.archive, problems)
    return said, [str(problem) for problem in problems]


def one(make: MakeSite, server: str, audio: str, feed: str = "") -> list[str]:
    root = make(
        {
            "site.yaml": settings(server, feed),
            "content/episodes/a.md": episode("A", "a", guid="a", date="2026-01-01", audio=audio),
        }
    )
    return told(root)[1]


def sound(server: str, name: str, length: int | None = SIZE) -> str:
    size = "" if length is None else f", length: {length}"
    return f'{{url: "{server}/{name}"{size}}}'


def test_a_sound_as_told_is_no_news(site: MakeSite, server: str) -> None:
    root = site(
        {
            "site.yaml": settings(server),
            "content/episodes/a.md": episode(
                "A", "a", guid="a", date="2026-01-01", audio=sound(server, "good.mp3")
            ),
        }
    )

    assert told(root) == ("online: 2 addresses requested, 2 answered", [])
    assert sorted(Handler.asked) == ["HEAD /cover.jpg", "HEAD /good.mp3"]


def test_a_refused_head_is_followed_by_a_get_for_one_byte(site: MakeSite, server: str) -> None:
    assert one(site, server, sound(server, "no-head.mp3")) == []
    assert "GET /no-head.mp3" in Handler.asked


def test_another_length_is_told_with_the_right_one(site: MakeSite, server: str) -> None:
    assert one(site, server, sound(server, "good.mp3", 4)) == [
        f"{HERE}: warning: `audio.length` says 4 bytes, the server {SIZE}\n"
        f"  write `length: {SIZE}` under `audio:`, beside its `url:`"
    ]


def test_an_unknown_length_is_answered_and_said_once(site: MakeSite, server: str) -> None:
    root = site(
        {
            "site.yaml": settings(server),
            "content/episodes/a.md": episode(
                "A", "a", guid="a", date="2026-01-01", audio=f"{server}/no-head.mp3"
            ),
        }
    )
    result = CliRunner().invoke(main, ["check", "--online", "--site", str(root)])

    assert result.exit_code == 0, result.output
    assert "online: 2 addresses requested, 2 answered\n" in result.output
    assert f"`audio.length` is unknown: the server says {SIZE} bytes" in result.output
    assert result.output.count("`audio.length` is unknown") == 1


def test_a_check_that_is_not_online_asks_nobody(site: MakeSite, server: str) -> None:
    root = site(
        {
            "site.yaml": settings(server),
            "content/episodes/a.md": episode("A", "a", guid="a", audio=f"{server}/good.mp3"),
        }
    )
    for command in ("check", "build"):
        assert CliRunner().invoke(main, [command, "--site", str(root)]).exit_code == 0

    assert Handler.asked == []


@pytest.mark.parametrize(
    ("name", "level", "what"),
    [
        ("none.mp3", "error", "the audio is missing: its server answers 404"),
        ("loop.mp3", "warning", "the audio cannot be reached (it redirects more than 5 times)"),
        ("page.mp3", "warning", "the audio is not audio but text/html"),
        ("plain.mp3", "warning", "the server does not support byte ranges"),
        ("good.m4a", "warning", "the server says audio/mpeg, the feed audio/x-m4a"),
        ("moved.mp3", "info", "the audio has moved permanently"),
    ],
)
def test_what_subscribers_would_meet(
    site: MakeSite, server: str, name: str, level: str, what: str
) -> None:
    found = one(site, server, sound(server, name))

    assert len(found) == 1
    assert found[0].startswith(f"{HERE}: {level}: {what}")
    assert f"{server}/{name}" in found[0]
    assert "\n  " in found[0]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("old.xml", ""),
        ("lent.xml", "redirects only temporarily (302)"),
        ("lost.xml", "redirects to {server}/page.mp3, not to the present address"),
        ("none.xml", "answers 404 and does not redirect"),
    ],
)
def test_an_old_address_leads_to_the_present_one_for_good(
    site: MakeSite, server: str, name: str, what: str
) -> None:
    moved = f"  feed:\n    url: {server}/feed.xml\n    previous_urls: [{server}/{name}]\n"
    base = server.replace("127.0.0.1", "localhost")
    found = one(site, base, sound(server, "good.mp3"), moved)
    said = f"site.yaml: warning: the feed's old address {what.format(server=server)}: "

    assert [line.split(f"{server}/{name}")[0] for line in found] == ([said] if what else [])


def test_a_cover_must_be_a_picture_that_is_there(site: MakeSite, server: str) -> None:
    files = {
        "content/episodes/a.md": episode(
            "A", "a", guid="a", audio=sound(server, "good.mp3"), image=f"{server}/page.png"
        )
    }
    shown = settings(server).replace("/cover.jpg", "/none.jpg")
    found = told(site({"site.yaml": shown, **files}))[1]

    assert [line.split(": " + server)[0] for line in found] == [
        f"{HERE}: warning: the cover (`image`) is not a picture but text/html",
        "site.yaml: error: the cover (`show.image`) is missing: its server answers 404",
    ]


def test_a_public_feed_leads_nobody_into_a_private_network(server: str) -> None:
    response = Probe("https://192.0.9.1/feed.xml").request(f"{server}/good.mp3", ranges=True)

    assert (response.private, response.status, response.error) == (True, 0, "127.0.0.1")
    assert Handler.asked == []


def test_nor_by_a_redirect(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prober = Probe("https://192.0.9.1/feed.xml")
    first = f"{server}/moved.mp3"
    private = http.is_private
    monkeypatch.setattr(http, "is_private", lambda url: url != first and private(url))
    monkeypatch.setattr(http, "_check_peer", lambda answer: None)
    response = prober.request(first, ranges=True)

    assert response.private
    assert Handler.asked == ["HEAD /moved.mp3"]
    assert reported(response)[0].startswith(
        f"{HERE}: warning: the audio is on a private network (127.0.0.1)"
    )


def test_only_the_web_is_asked() -> None:
    response = Probe("http://127.0.0.1/").request("file:///etc/hosts")

    assert (response.status, response.ok) == (0, False)


def reported(response: ProbeResponse, audio: Audio | None = None) -> list[str]:
    problems = Problems()
    checks.check_audio(response, audio or Audio(url="https://a.example/a.mp3"), HERE, problems)
    return [str(problem) for problem in problems]


def test_a_way_that_leaves_https_is_told() -> None:
    step = Redirect(302, "https://a.example/a.mp3", "http://b.example/a.mp3")
    said = {"content-type": "audio/mpeg", "accept-ranges": "bytes"}
    found = reported(ProbeResponse(step.origin, step.target, 200, said, (step,)))

    assert [line.split("\n")[0] for line in found] == [
        f"{HERE}: warning: the audio redirects from https to http: {step.origin} → {step.target}"
    ]


def test_a_sound_beside_the_site_is_to_be_published_not_rewritten() -> None:
    audio = Audio(file="a.mp3").model_copy(
        update={"url": "https://a.example/static/a.mp3", "length": 7}
    )
    said = {"content-length": "9", "accept-ranges": "bytes"}
    missing, other = (
        ProbeResponse(audio.url, audio.url, 404),
        ProbeResponse(audio.url, audio.url, 200, said),
    )

    assert reported(missing, audio)[0].endswith("publish the site, then check again")
    assert "the server has 9 bytes, static/ has 7" in reported(other, audio)[0]


def test_spellings_of_one_type_are_one() -> None:
    said = {"content-type": "audio/mp3", "accept-ranges": "bytes"}

    assert reported(ProbeResponse("https://a.example/a.mp3", status=200, headers=said)) == []


def test_a_server_that_cannot_be_found_is_a_warning() -> None:
    response = ProbeResponse("https://a.example/a.mp3", error="timed out")

    assert reported(response) == [
        f"{HERE}: warning: the audio cannot be reached (timed out): https://a.example/a.mp3\n"
        "  try again later; if it stays unreachable, write its new address"
    ]


def test_progress_is_told_as_answers_come(site: MakeSite, server: str) -> None:
    root = site(
        {
            "site.yaml": settings(server),
            "content/episodes/a.md": episode("A", "a", guid="a", audio=f"{server}/good.mp3"),
        }
    )
    made, _ = built(root)
    assert made is not None
    seen: list[tuple[str, int, int]] = []
    probe.check_online(
        made.archive, Problems(), lambda what, done, of: seen.append((what, done, of))
    )

    assert seen == [("requesting,", 1, 2), ("requesting,", 2, 2)]
