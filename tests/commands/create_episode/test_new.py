"""`backlist new`: a record that a person goes on with, and its recording measured."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from backlist import content
from backlist.cli import main
from backlist.commands.create_episode import sound
from backlist.model import Episode
from backlist.problems import Problems
from tests.conftest import MakeSite, built, tree
from tests.serving import answering, serving
from tests.sounds import silent_mp3, silent_wav

MP3 = silent_mp3(2300)
"""60 seconds, 959,100 bytes."""


@pytest.fixture
def root(site: MakeSite) -> Path:
    return site({})


def new(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["new", *args, "--site", str(root)])


def record(root: Path) -> Episode:
    (path,) = (root / "content/episodes").iterdir()
    problems = Problems()
    document = content.parse_markdown(path.read_text("utf-8"), path.name, problems)
    assert document is not None
    read = content.read(Episode, document, problems, body=document.body)
    assert read is not None and not problems.stop()
    return read


def test_a_file_is_brought_home_measured_and_published_when_it_is_ready(
    root: Path, tmp_path: Path
) -> None:
    (tmp_path / "My Owls.MP3").write_bytes(MP3)
    done = new(
        root, "Owls: a début", "--audio", str(tmp_path / "My Owls.MP3"), "--date", "2026-03-18"
    )

    assert done.exit_code == 0, done.output
    assert "next: write the notes there" in done.output and "1:00" in done.output
    made = record(root)
    assert (made.slug, made.status, str(made.date)) == ("owls-a-debut", "draft", "2026-03-18")
    assert made.audio is not None and made.guid
    assert (made.audio.file, made.audio.length, made.audio.duration) == (
        "audio/owls-a-debut.mp3",
        len(MP3),
        60,
    )
    assert (root / "static/audio/owls-a-debut.mp3").read_bytes() == MP3
    assert not any("episodes/owls" in path for path in built(root)[0].outputs)  # type: ignore[union-attr]

    path = root / "content/episodes/2026-03-18-owls-a-debut.md"
    text = path.read_text("utf-8").replace("status: draft\n", "")
    path.write_text(text, "utf-8")
    assert "notes are not written" in str([*built(root)[1]])
    path.write_text(text.replace("Write the notes here.", "About owls."), "utf-8")
    done_site, problems = built(root)
    assert done_site is not None and not problems.stop()
    feed = done_site.outputs["feed.xml"].read().decode()
    assert f">{made.guid}</guid>" in feed and f'length="{len(MP3)}"' in feed


def test_an_address_is_measured_from_a_part_of_the_file(root: Path, tmp_path: Path) -> None:
    (tmp_path / "owls.wav").write_bytes(silent_wav(400))
    with serving(tmp_path) as address:
        done = new(root, "Owls", "--audio", f"{address}owls.wav")
        assert done.exit_code == 0, done.output
        made = record(root).audio

        assert made is not None and (made.duration, made.length) == (400, 800_044)
        assert record(root).guid == made.url == f"{address}owls.wav"
        twin = new(root, "Other owls", "--audio", made.url)
    assert "has this recording already" in twin.stderr and twin.exit_code == 1


def test_a_second_of_one_title_is_refused_with_a_remedy(root: Path) -> None:
    assert new(root, "Owls").exit_code == 0
    before = tree(root)
    again = new(root, "Owls")

    assert again.exit_code == 1 and tree(root) == before
    assert "is the episode `owls` already" in again.stderr and "--slug owls-2" in again.stderr
    assert new(root, "Owls", "--slug", "owls-2").exit_code == 0


Answer = Callable[[Any], None]


def answer(
    status: int = 200, kind: str = "audio/mpeg", data: bytes = b"x", length: int = -1
) -> Answer:
    def respond(handler: Any) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        if length:
            handler.send_header("Content-Length", str(len(data) if length < 0 else length))
        handler.end_headers()
        handler.wfile.write(data)

    return respond


@pytest.mark.parametrize(
    ("respond", "said"),
    [
        (answer(404), "the server answers 404 Not Found"),
        (answer(429), "the server answers 429 Too Many Requests"),
        (answer(kind="text/html", data=b"<html>"), "is not sound but text/html"),
        (answer(kind="image/png"), "is not sound but image/png"),
        (answer(length=0), "the server does not say how large the file is"),
        (answer(length=50), "the answer ends before its end"),
    ],
)
def test_each_fault_of_a_server_is_a_sentence(root: Path, respond: Answer, said: str) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            respond(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    before = tree(root)
    with answering(Handler) as address:
        done = new(root, "Owls", "--audio", f"{address}owls.mp3")
        assert done.exit_code == 1 and said in done.stderr, done.output
        assert done.stderr.count("\n") <= 3 and tree(root) == before
        assert new(root, "Owls", "--audio", f"{address}owls.mp3", "--offline").exit_code == 0
    assert record(root).audio is not None


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["Owls", "--audio", "missing.mp3"], "there is no such file"),
        (["Owls", "--audio", "http://127.0.0.1:9/owls.mp3"], "cannot be reached"),
        (["Owls", "--audio", "ftp://a.example/owls.mp3"], "is not a web address"),
        (["Owls", "--date", "soon"], "is not a date"),
        (["Owls", "--slug", "A b"], "is not a slug"),
        ([" "], "give the episode a title"),
    ],
)
def test_what_cannot_be_is_told(root: Path, args: list[str], said: str) -> None:
    before = tree(root)
    done = new(root, *args)

    assert done.exit_code in (1, 2) and said in done.stderr and tree(root) == before


def test_what_is_wrong_with_another_episode_is_not_told_unless_it_hides_its_slug(
    site: MakeSite,
) -> None:
    loses = "---\ntitle: Q&A #5\nslug: q-and-a\nunknown: key\n---\n"
    root = site({"content/episodes/one.md": loses})
    assert "Q&A" not in new(root, "Owls").output
    (root / "content/episodes/two.md").write_text("---\ntitle: Two\n", "utf-8")
    done = new(root, "Later owls")

    assert done.exit_code == 1 and "content/episodes/two.md:1: error" in done.stderr


def test_outside_a_site_it_says_where_to_go(tmp_path: Path) -> None:
    done = new(tmp_path, "Owls")

    assert done.exit_code == 1 and "backlist init DIR" in done.stderr


def id3(size: int) -> bytes:
    """A tag of so many bytes before the sound, as one with a large picture (ID3v2.4, 3.1)."""
    spelt = bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x04\x00\x00" + spelt + bytes(size)


def test_a_large_picture_in_front_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "owls.mp3").write_bytes(id3(600_000) + MP3)
    with serving(tmp_path) as address:
        found = sound.measure_address(f"{address}owls.mp3", lambda _: True)

    assert (found.type, found.length) == ("audio/mpeg", 600_010 + len(MP3))


def test_a_recording_whose_beginning_does_not_tell_is_counted_whole_or_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "owls.mp3").write_bytes(MP3)
    with serving(tmp_path) as address:
        assert sound.measure_address(f"{address}owls.mp3", lambda _: True).duration == 60
        monkeypatch.setattr(sound, "MOST_WHOLE", len(MP3) - 1)
        found = sound.measure_address(f"{address}owls.mp3", lambda _: True)

    assert (found.length, found.type, found.duration) == (len(MP3), "audio/mpeg", None)


def test_a_private_network_is_asked_only_where_it_was_named(tmp_path: Path) -> None:
    (tmp_path / "owls.wav").write_bytes(silent_wav(1))
    with serving(tmp_path) as address, pytest.raises(sound.SoundError, match="private network"):
        sound.measure_address(f"{address}owls.wav")
