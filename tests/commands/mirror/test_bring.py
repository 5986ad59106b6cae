"""Transcripts, chapters and sound come home whole, once, and are shown where the host is gone."""

import json
import socket
import ssl
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from filelock import FileLock

from backlist import http
from backlist.cli import main
from backlist.commands import mirror
from backlist.commands.mirror import Options, Plan, Progress, stores
from backlist.content import MIRROR, read_copies
from backlist.http import download
from backlist.http.politely import Politely
from backlist.model import Copy
from backlist.problems import BacklistError, Problems
from tests.commands.mirror.hosting import Host, Page, bring, hosting, tag
from tests.conftest import NOW, PATIENCE, SETTINGS, MakeSite, built, episode
from tests.pictures import picture

VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada>Grunion come ashore to spawn.\n"
SRT = "1\n00:00:01,000 --> 00:00:04,000\nAda: Grunion come ashore.\n"
HTML = "<!DOCTYPE html><html><body><p>Ada: Grunion come ashore.</p></body></html>"
SPEECH = json.dumps({"version": "1.0.0", "segments": [{"startTime": 1, "body": "Grunion come."}]})
MARKS = json.dumps({"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Low tide"}]})
BARE = SETTINGS.replace("  image: https://small.example/cover.jpg\n", "")


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        yield host


def noted(root: Path) -> dict[str, Copy]:
    return read_copies((root / MIRROR).read_bytes(), Problems())


def one(*transcripts: str, **fields: Any) -> str:
    listed = f"[{', '.join(transcripts)}]" if transcripts else "[]"
    return episode("One", "one", transcripts=listed, **fields)


@pytest.mark.parametrize(
    ("address", "said", "served", "text", "ending"),
    [
        ("t.vtt", "text/vtt", "text/vtt", VTT, ".vtt"),
        ("t?id=1", "text/vtt", "text/plain", VTT, ".vtt"),
        ("t?id=2", "application/srt", "text/plain", SRT, ".srt"),
        ("t?id=3", "application/x-subrip", "application/octet-stream", SRT, ".srt"),
        ("t?id=4", "text/html", "text/html", HTML, ".html"),
        ("t?id=5", "application/json", "text/plain", SPEECH, ".json"),
        ("t?id=6", "text/plain", "text/plain", "Ada: Grunion come.", ".txt"),
        ("t?id=7", "", "text/vtt", VTT, ".vtt"),
        ("t?id=8", "", "", SRT, ".txt"),
    ],
)
def test_a_transcript_is_named_by_what_it_is_and_shown(
    host: Host, site: MakeSite, address: str, said: str, served: str, text: str, ending: str
) -> None:
    at = host.put(address, text, served)
    given = f"{{url: '{at}', type: {said}}}" if said else f"'{at}'"
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(given)})

    report, told = bring(root, host)

    assert told == []
    assert [(f.copy.file, f.copy.size) for f in report.fetched] == [
        (f"content/transcripts/one{ending}", len(text))
    ]
    made, problems = built(root)
    assert made is not None
    assert "runion come" in made.outputs["episodes/one/index.html"].read().decode()
    assert [p.message for p in problems if p.where.file.startswith("content/transcripts")] == []


def test_everything_comes_home_and_is_used_when_the_host_is_gone(site: MakeSite) -> None:
    with hosting() as host:
        root = site(
            {
                "site.yaml": BARE,
                "content/episodes/one.md": one(
                    f"'{host.put('a.srt', SRT)}'",
                    f"{{url: '{host.put('a.pdf', '%PDF-1.7')}', type: application/pdf}}",
                    chapters_url=host.put("c", MARKS, "application/json+chapters"),
                    image=host.put("a.png", picture((60, 60), "red"), "image/png"),
                    guid="one",
                    date="2026-01-01",
                    audio=f"{{url: '{host.put('a.mp3', b'ID3 sound', 'audio/mpeg')}', length: 9}}",
                ),
            }
        )
        before = (root / "content/episodes/one.md").read_text("utf-8")
        assert any("of 1 episode are at other hosts only" in one.message for one in built(root)[1])

        report, told = bring(root, host, *mirror.WHAT)

        assert told == []
        gone = host.address
    files = {one.copy.file for one in report.fetched}
    assert files == {
        "content/transcripts/one.srt",
        "content/transcripts/one-2.pdf",
        "content/chapters/one.json",
        "static/covers/one.png",
        "static/sound/one.mp3",
    }
    after = (root / "content/episodes/one.md").read_text("utf-8")
    assert after == before.replace(f"image: {gone}a.png", "image: covers/one.png")
    assert (root / MIRROR).read_text("utf-8").count("sha256: ") == 5
    made, problems = built(root)
    assert made is not None
    page = made.outputs["episodes/one/index.html"].read().decode()
    assert "Grunion come ashore" in page
    assert "Low tide" in page
    assert 'src="../../static/sound/one.mp3"' in page
    assert gone not in page
    assert [one.message for one in problems if "not used" in one.message] == []
    assert not any("at other hosts" in one.message for one in problems)
    feed = made.outputs["feed.xml"].read().decode()
    assert f'enclosure url="{gone}a.mp3"' in feed
    assert f'transcript url="{gone}a.srt"' in feed


def test_what_is_at_home_is_not_requested_again_and_newer_versions_only_when_asked_for(
    host: Host, site: MakeSite
) -> None:
    at = host.put("a.vtt", VTT)
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})
    bring(root, host)
    first = (root / MIRROR).read_bytes()
    host.asked.clear()

    assert bring(root, host)[0].fetched == ()
    assert host.asked == []

    report, _ = bring(root, host, refresh=True)
    assert (report.current, host.asked) == (1, ["/a.vtt"])
    assert (root / MIRROR).read_bytes() == first

    host.put("a.vtt", VTT.replace("spawn", "sing"))
    assert len(bring(root, host, refresh=True)[0].fetched) == 1
    assert "sing" in (root / "content/transcripts/one.vtt").read_text("utf-8")

    mine = root / "content/transcripts/one.vtt"
    mine.write_text(VTT.replace("spawn", "spawn at night"), "utf-8")
    host.put("a.vtt", VTT)
    _, told = bring(root, host, refresh=True)
    assert "was changed here since it was fetched" in told[0]
    assert "at night" in mine.read_text("utf-8")


def test_a_file_that_is_already_there_is_never_overwritten(host: Host, site: MakeSite) -> None:
    root = site(
        {
            "site.yaml": BARE,
            "content/episodes/one.md": one(f"'{host.put('a.vtt', VTT)}'"),
            "content/transcripts/one.vtt": "WEBVTT\n\nmine",
        }
    )

    (found,) = bring(root, host)[0].fetched

    assert found.copy.file == f"content/transcripts/one-{found.copy.sha256[:12]}.vtt"
    assert (root / "content/transcripts/one.vtt").read_text("utf-8") == "WEBVTT\n\nmine"


def test_nothing_of_hidden_episodes_is_requested(host: Host, site: MakeSite) -> None:
    at = host.put("a.vtt", VTT)
    root = site(
        {
            "site.yaml": BARE,
            **{
                f"content/episodes/{status}.md": episode(
                    "X", status, status=status, transcripts=f"['{at}']", chapters_url=f"{at}.json"
                )
                for status in ("private", "draft", "removed")
            },
        }
    )

    bring(root, host, *mirror.WHAT)

    assert host.asked == []


def test_an_address_that_two_episodes_name_is_requested_once(host: Host, site: MakeSite) -> None:
    at = host.put("a.vtt", VTT)
    root = site(
        {
            "site.yaml": BARE,
            "content/episodes/one.md": one(f"'{at}'"),
            "content/episodes/two.md": episode("Two", "two", transcripts=f"['{at}']"),
        }
    )

    bring(root, host)

    assert host.asked == ["/a.vtt"]
    made, _ = built(root)
    assert made is not None
    for slug in ("one", "two"):
        assert "Grunion" in made.outputs[f"episodes/{slug}/index.html"].read().decode()


# Faults: each is one line with address, record and remedy; what was fetched stays.


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (Page(b"<html>404</html>", "text/html", 404), "the server answers 404 Not Found"),
        (Page(b"", status=403), "the server answers 403 Forbidden"),
        (Page(b"", status=500), "the server answers 500 Internal Server Error"),
        (Page(b"<!doctype html><title>x</title>", "text/html"), "it is a web page, not a trans"),
        (Page(b"\n<html><body>Oops", "text/vtt"), "it is a web page, not a transcript"),
        (Page(b"\x89PNG\xff\xfe", "image/png"), "it is not UTF-8 text but image/png"),
        (Page(b"", "text/vtt"), "there are no words in it"),
        (Page(VTT.encode(), "text/vtt", sent=20), "it ended early (peer closed connection"),
        (Page(VTT.encode(), headers={"Content-Encoding": "br"}), "it is packed as `br`"),
        (
            Page(b"", status=429, headers={"Retry-After": "7200"}),
            "the server answers 429 Too Many Requests, and asks to wait 2 hours",
        ),
        (Page(b"", headers={"Content-Length": str(10**9)}), "it is larger than 61 MiB"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(
    host: Host, site: MakeSite, page: Page, words: str
) -> None:
    good, bad = host.put("good.vtt", VTT), f"{host.address}bad.vtt"
    host.pages["/bad.vtt"] = page
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{good}'", f"'{bad}'")})

    report, told = bring(root, host)

    (line,) = told
    assert line.startswith("content/episodes/one.md:4: error: the transcript is not brought home: ")
    assert words in line
    assert line.endswith(f": {bad}")
    assert [found.copy.url for found in report.fetched] == [good]
    assert noted(root).keys() == {good}
    assert not (root / "content/transcripts/one-2.vtt").exists()


def test_an_error_page_in_place_of_a_page_of_words_is_refused(host: Host, site: MakeSite) -> None:
    text = HTML.replace("<body>", "<head><title>Page not found | Host</title></head><body>")
    at = host.put("t.html", text, "text/html")
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})

    (line,) = bring(root, host)[1]

    assert "it is an error page, not a transcript: “<title>Page not found | Host”" in line


def without_network(look_up: Callable[..., Any], host: str, *more: Any, **named: Any) -> Any:
    """Looking up a name, as if only numbers were known."""
    if host.endswith(".invalid"):
        raise socket.gaierror(-2, "Name or service not known")
    return look_up(host, *more, **named)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:{closed}/a.vtt", "`127.0.0.1` refuses the connection"),
        ("http://nowhere.invalid/a.vtt", "no server is called `nowhere.invalid`"),
        ("http://10.0.0.1/a.vtt", "it leads into a private network (10.0.0.1)"),
        ("{host}to/http://10.0.0.1/a.vtt", "private network (10.0.0.1)"),
        ("{host}to/ftp://h.example/a.vtt", "it redirects to `ftp://h.example/a.vtt`"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_with_its_reason(
    host: Host, site: MakeSite, monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    with hosting() as gone:
        closed = int(gone.name.partition(":")[2])
    at = address.format(closed=closed, host=host.address)
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", partial(without_network, look_up))
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})
    problems = Problems()
    options = Options(trusted=frozenset({host.name, f"127.0.0.1:{closed}"}))

    mirror.tell(mirror.bring(Plan(root, options, NOW), problems), problems, level=2)  # type: ignore[arg-type]

    assert words in str(next(iter(problems)))


def test_a_server_that_says_nothing_is_not_waited_for(
    host: Host, site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object, **__: object) -> None:
        raise http.RequestError("timed out", (), "slow")

    monkeypatch.setattr(http, "request", slow)
    at = f"{host.address}a.vtt"
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})

    assert "its server is too slow (timed out)" in bring(root, host)[1][0]


def test_a_server_that_asks_to_wait_a_little_is_waited_for(host: Host, site: MakeSite) -> None:
    busy = Page(VTT.encode(), "text/vtt", 503, {"Retry-After": "0"}, times=2)
    host.pages["/a.vtt"] = busy
    at = f"{host.address}a.vtt"
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})

    report, told = bring(root, host)

    assert told == []
    assert len(report.fetched) == 1
    assert host.asked == ["/a.vtt"] * 3


def test_a_host_that_wants_to_be_left_alone_is(host: Host, site: MakeSite) -> None:
    for number in range(12):
        host.pages[f"/{number}.vtt"] = Page(b"", status=429, headers={"Retry-After": "3600"})
    root = site(
        {
            "site.yaml": BARE,
            **{
                f"content/episodes/{n}.md": episode(
                    "E", f"e{n}", transcripts=f"['{host.address}{n}.vtt']"
                )
                for n in range(12)
            },
        }
    )

    report, told = bring(root, host)

    assert len(host.asked) <= 4
    assert len(report.failed) + report.unasked[0].count == 12
    assert any(f"more at {host.name} are not asked for" in line for line in told)


def test_a_redirect_to_another_host_is_shown(host: Host, site: MakeSite) -> None:
    with hosting() as other:
        at = f"{host.address}to/{other.put('a.vtt', VTT)}".replace("127.0.0.1", "localhost", 1)
        root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})
        options = Options(trusted=frozenset({"localhost", other.name}))
        problems = Problems()

        mirror.tell(mirror.bring(Plan(root, options, NOW), problems), problems, level=2)  # type: ignore[arg-type]

        (told,) = map(str, problems)
    assert "info: localhost sends to another host, 127.0.0.1: " in told
    assert f"→ {other.address}a.vtt" in told


# Gigabytes.


def test_a_download_goes_on_where_it_was_stopped(
    host: Host, site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "OVERLAP", 16)
    sound = b"ID3" + bytes(range(256)) * 40
    at = host.put("a.mp3", sound, "audio/mpeg", sent=5000)
    audio = f"{{url: '{at}', length: {len(sound)}}}"
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(audio=audio, guid="one")})

    _, (line,) = bring(root, host, "sound")
    assert "the recording is not brought home: it ended early" in line
    assert not (root / "static").exists()
    host.pages["/a.mp3"].sent = None
    report, told = bring(root, host, "sound")

    assert told == []
    # Once at once, and then by the next run.
    assert [asked.get("range") for asked in host.headers] == [None, "bytes=4984-", "bytes=9968-"]
    assert host.headers[-1]["if-range"] == tag(host.pages["/a.mp3"])
    assert (root / "static/sound/one.mp3").read_bytes() == sound
    assert report.bytes == len(sound)
    assert list((root / ".cache/mirror").glob("*.part")) == []


@pytest.mark.parametrize("change", ["other bytes", "torn", "longer"])
def test_what_cannot_be_gone_on_with_is_begun_anew(
    host: Host, site: MakeSite, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(download, "OVERLAP", 16)
    sound = b"ID3" + bytes(range(256)) * 40
    at = host.put("a.mp3", sound, "audio/mpeg", sent=5000)
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(audio=f"'{at}'", guid="one")})
    bring(root, host, "sound")
    (partial,) = (root / ".cache/mirror").glob("*.part")
    if change == "other bytes":
        sound = b"ID3 again" + sound
        host.put("a.mp3", sound, "audio/mpeg")
    elif change == "torn":
        partial.write_bytes(partial.read_bytes() + b"half")
    else:
        partial.write_bytes(sound + b"more")
    host.pages["/a.mp3"].sent = None

    _, told = bring(root, host, "sound")

    assert told == []
    assert (root / "static/sound/one.mp3").read_bytes() == sound


def test_sound_of_another_length_than_the_record_says_is_kept_and_told(
    host: Host, site: MakeSite
) -> None:
    audio = f"{{url: '{host.put('a.mp3', b'ID3 sound', 'audio/mpeg')}', length: 5}}"
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(audio=audio, guid="one")})

    report, told = bring(root, host, "sound")

    assert len(report.fetched) == 1
    assert "info: `audio.length` says 5 bytes, the file has 9" in told[0]


def test_gigabytes_are_estimated_and_asked_for(host: Host, site: MakeSite) -> None:
    large = host.put("b.mp3", b"ID3", "audio/mpeg", headers={"Content-Length": str(3 * 10**9)})
    said = f"{{url: '{host.put('a.mp3', b'ID3', 'audio/mpeg')}', length: {2 * 10**9}}}"
    root = site(
        {
            "site.yaml": BARE,
            "content/episodes/one.md": one(audio=said, guid="one"),
            "content/episodes/two.md": episode("Two", "two", audio=large, guid="two"),
        }
    )
    command = ["mirror", "--site", str(root), "--what", "sound", "--trust", host.name]

    result = CliRunner().invoke(main, command)

    assert result.exit_code == 1
    if "has no room" not in result.output:
        assert "would download about 5.0 GB in 2 files" in result.output
    assert host.asked == ["/b.mp3"]


# Stores.


class Shelf:
    """A store in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.puts: list[str] = []

    def has(self, name: str, sha256: str) -> bool:
        return name in self.files

    def put(self, file: Path, name: str) -> None:
        self.puts.append(name)
        self.files[name] = file.read_bytes()

    def address(self, name: str) -> str:
        return f"https://shelf.example/show/{name}"


def test_a_store_gets_sound_alone_and_a_copy_of_everything_else(
    host: Host, site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    monkeypatch.setattr(stores, "open_store", lambda target, terms: shelf)
    audio = f"'{host.put('a.mp3', b'ID3 sound', 'audio/mpeg')}'"
    vtt = host.put("a.vtt", VTT)
    record = one(f"'{vtt}'", audio=audio, guid="one", date="2026-01-01")
    future = episode("Two", "two", audio=host.put("b.mp3", b"ID3", "audio/mpeg"), date="2030-01-01")
    root = site(
        {
            "site.yaml": BARE,
            "content/episodes/one.md": record,
            "content/episodes/two.md": future,
        }
    )

    bring(root, host, *mirror.WHAT, to="shelf")

    assert shelf.files == {"sound/one.mp3": b"ID3 sound", "transcripts/one.vtt": VTT.encode()}
    assert not (root / "static").exists()
    assert noted(root)[vtt].at == ("https://shelf.example/show/transcripts/one.vtt",)
    made, _ = built(root)
    assert made is not None
    page = made.outputs["episodes/one/index.html"].read().decode()
    assert 'src="https://shelf.example/show/sound/one.mp3"' in page

    host.asked.clear()
    bring(root, host, *mirror.WHAT, to="shelf")
    assert (host.asked, len(shelf.puts)) == ([], 2)


# The command.


def test_the_command_tells_a_machine_what_came_and_what_did_not(host: Host, site: MakeSite) -> None:
    good, bad = host.put("good.vtt", VTT), f"{host.address}bad.vtt"
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{good}'", f"'{bad}'")})
    command = ["mirror", "--site", str(root), "--trust", host.name, "--json"]

    result = CliRunner().invoke(main, command)

    assert result.exit_code == 1
    told = json.loads(result.stdout)
    (came,), (failed,) = told["report"]["fetched"], told["report"]["failed"]
    assert came["url"] == good
    assert came["copy"] == "content/transcripts/one.vtt"
    assert (failed["url"], failed["line"], failed["fault"]) == (bad, 4, "status")
    assert [one["level"] for one in told["problems"]] == ["error"]


def test_the_command_says_what_to_do_next(host: Host, site: MakeSite) -> None:
    at = host.put("good.vtt", VTT)
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})
    command = ["mirror", "--site", str(root), "--trust", host.name]

    first, second = (CliRunner().invoke(main, command) for _ in range(2))

    assert first.exit_code == second.exit_code == 0
    assert first.output.splitlines() == [
        "brought home 1 transcript (1 KB)",
        "content/mirror.yaml lists it: commit both; next: `backlist build`",
    ]
    assert second.output == "nothing new to bring home\n"
    wrong = CliRunner().invoke(main, [*command, "--what", "transcripts,music"])
    assert wrong.exit_code == 2
    assert "music: choose from transcripts, chapters, pictures, sound" in wrong.output


def test_an_address_that_its_host_changes_gives_its_file_a_new_version(
    host: Host, site: MakeSite
) -> None:
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{host.put('1.vtt', VTT)}'")})
    bring(root, host)
    (root / "content/episodes/one.md").write_text(
        one(f"'{host.put('2.vtt', VTT.replace('spawn', 'sing'))}'"), "utf-8"
    )

    bring(root, host)

    assert [path.name for path in (root / "content/transcripts").iterdir()] == ["one.vtt"]
    assert "sing" in (root / "content/transcripts/one.vtt").read_text("utf-8")
    assert list(noted(root)) == [f"{host.address}2.vtt"]


def test_a_transcript_at_home_relates_episodes_like_one_of_the_site(
    host: Host, site: MakeSite, tmp_path: Path
) -> None:
    words = "Grunion spawn at the spring tide on moonlit Californian beaches in June. "
    texts = [f"WEBVTT\n\n00:01.000 --> 00:04.000\n{words * 5}{n}\n" for n in range(2)]

    def related(transcripts: list[str], **files: str) -> list[object]:
        records = {
            f"content/episodes/{n}.md": episode(f"Part {n}", f"e{n}", transcripts=f"['{name}']")
            for n, name in enumerate(transcripts)
        }
        others = {
            f"content/episodes/o{n}.md": episode(f"Other {n}", f"o{n}", f"Bread and {n} salt.")
            for n in range(6)
        }
        root = site({"site.yaml": BARE, **records, **others, **files})
        if not files:
            bring(root, host)
        made, _ = built(root)
        assert made is not None
        return [made.archive.entry(f"e{n}").related for n in range(2)]

    away = related([host.put(f"{n}.vtt", text) for n, text in enumerate(texts)])
    (tmp_path / "site" / MIRROR).unlink()
    here = related(
        ["a.vtt", "b.vtt"],
        **{f"content/transcripts/{name}.vtt": text for name, text in zip("ab", texts, strict=True)},
    )

    assert away == here
    assert away[0]


def test_an_import_brings_no_more_than_it_may(host: Host, site: MakeSite) -> None:
    addresses = [host.put(f"{n}.vtt", VTT * 100) for n in range(20)]
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(*(f"'{a}'" for a in addresses))})
    options = Options(most=1000, trusted=frozenset({host.name}))

    report = mirror.bring(Plan(root, options, NOW), Problems())

    assert 0 < len(report.fetched) < 12
    assert report.left == 20 - len(report.fetched)


def test_a_host_is_asked_for_two_files_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    active: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock, full = threading.Lock(), threading.Barrier(4)

    def work(job: str) -> str:
        with lock:
            active[job[0]] += 1
            most[job[0]] = max(most[job[0]], active[job[0]])
        with suppress(threading.BrokenBarrierError):
            # Two of each host are at work at once, and no third one can be.
            full.wait(PATIENCE if job[1] in "01" else 0)
        with lock:
            active[job[0]] -= 1
        return job

    jobs = [f"{host}{number}" for host in "ab" for number in range(6)]
    politely = Politely[str, str](work, lambda job: job[0])

    done = [future.result() for _, future in politely.run(jobs)]

    assert sorted(done) == jobs
    assert most == {"a": 2, "b": 2}


def test_when_interrupted_downloads_stop_and_what_came_stays(host: Host, site: MakeSite) -> None:
    first, second = host.put("a.vtt", VTT), host.put("b.vtt", VTT)
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{first}'", f"'{second}'")})
    plan = Plan(root, Options(trusted=frozenset({host.name})), NOW)

    def interrupt(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mirror.bring(plan, Problems(), interrupt)

    assert len(noted(root)) >= 1
    assert bring(root, host)[1] == []
    assert len(noted(root)) == 2


def test_a_certificate_that_does_not_hold_is_told(
    host: Host, site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    untrusted = ssl.SSLCertVerificationError(
        1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed (_ssl.c:1000)"
    )

    def connect(*_: object, **__: object) -> None:
        raise untrusted

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", connect)
    at = host.address.replace("http:", "https:") + "a.vtt"
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})

    (line,) = bring(root, host)[1]

    assert "`127.0.0.1` cannot prove its name (self-signed): https://127" in line


def test_two_runs_do_not_work_in_one_site(host: Host, site: MakeSite) -> None:
    at = host.put("a.vtt", VTT)
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})
    lock = root / ".cache/mirror/lock"
    lock.parent.mkdir(parents=True)

    with FileLock(lock), pytest.raises(BacklistError, match="another `backlist mirror` is at work"):
        bring(root, host)

    assert host.asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="symlinks need rights there")
def test_nothing_is_written_through_a_symlink_out_of_the_site(
    host: Host, site: MakeSite, tmp_path: Path
) -> None:
    at = host.put("a.vtt", VTT)
    root = site({"site.yaml": BARE, "content/episodes/one.md": one(f"'{at}'")})
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "content/transcripts").symlink_to(outside)

    with pytest.raises(BacklistError, match="is a symlink out of the site folder"):
        bring(root, host)

    assert list(outside.iterdir()) == []
