"""Chapters are found wherever they may be written down, and their faults told at their line."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen import flac

from backlist.model.scalars import clock, stamp
from backlist.parse import audio_file, markdown
from backlist.parse.chapters.files import read
from backlist.problems import Problems
from tests.conftest import SITES, MakeSite, built, episode
from tests.sounds import silent_mp3, with_chapters

NAMESPACE = """\
{"version": "1.2.0", "chapters": [
  {"startTime": 0, "title": "Sand"},
  {"startTime": 12.5, "title": "Bell", "url": "https://a.example/b", "img": "https://a.example/i.png"},
  {"startTime": 13, "img": "https://a.example/only.png", "toc": false}
]}
"""
PODLOVE = """\
[{"start": "00:00:00.000", "title": "Sand", "href": "", "image": ""},
 {"start": "00:00:12.500", "title": "Bell", "href": "https://a.example/b", "image": "https://a.example/i.png"}]
"""
PSC = """\
<?xml version="1.0" encoding="UTF-8"?>
<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">
<psc:chapter start="0" title="Sand"/>
<psc:chapter start="00:00:12.5" title="Bell" href="https://a.example/b" image="https://a.example/i.png"/>
</psc:chapters>
"""
LINES = "\ufeff00:00:00.000 Sand\r\n\r\n0:12.500 Bell <https://a.example/b>\r\n"
OGM = "CHAPTER01=00:00:00.000\nCHAPTER01NAME=Sand\nCHAPTER02=00:00:12.500\nCHAPTER02NAME=Bell\n"
VTT = "WEBVTT\n\n00:00.000 --> 00:12.500\nSand\n\n00:12.500 --> 01:00.000\nBell\n"
BELL = (12.5, "Bell", "https://a.example/b", "https://a.example/i.png")


def marks(name: str, text: str) -> tuple[list[tuple[object, ...]], list[str]]:
    problems = Problems()
    found = read(text, f"content/chapters/{name}", problems)
    said = [str(problem).splitlines()[0].removeprefix("content/chapters/") for problem in problems]
    return [(m.chapter.start, m.chapter.title, m.chapter.url, m.chapter.image) for m in found], said


@pytest.mark.parametrize(
    ("name", "text", "bell"),
    [
        ("a.json", NAMESPACE, BELL),
        ("a.json", PODLOVE, BELL),
        ("a.psc", PSC, BELL),
        ("a.xml", f"<rss>{PSC.split('?>')[1]}</rss>", BELL),
        ("a.txt", LINES, (*BELL[:3], None)),
        ("a.txt", OGM, (*BELL[:2], None, None)),
        ("a.vtt", VTT, (*BELL[:2], None, None)),
    ],
)
def test_every_kind_of_file_says_the_same(name: str, text: str, bell: tuple[object, ...]) -> None:
    assert marks(name, text) == ([(0.0, "Sand", None, None), bell], [])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '{"chapters": [', ["a.json:1: error: is not JSON: Expecting value"]),
        ("a.json", '{"marks": []}', ["a.json:1: error: has no list of `chapters`"]),
        ("a.json", "{}", ["a.json: warning: contains no chapters"]),
        ("a.json", "null", ["a.json: warning: contains no chapters"]),
        ("a.json", " \n", ["a.json: warning: contains no chapters"]),
        ("a.json", '{"version": "1.2.0"}', ["a.json: warning: contains no chapters"]),
        ("a.json", '{"chapters": null}', ["a.json: warning: contains no chapters"]),
        ("a.psc", "<chapters/>", ["a.psc: warning: contains no chapters"]),
        ("a.vtt", "WEBVTT\n", ["a.vtt: warning: has no words"]),
        ("a.txt", f"{'1' * 400}:00 Sand", ["a.txt:1: error: `start` is not a duration"]),
        ("a.txt", f"{'1' * 400} Sand", ["a.txt:1: error: `start` is not a duration"]),
        ("a.json", f'[{{"start": {"1" * 400}}}]', ["a.json:1: error: `start` is not a duration"]),
        ("a.json", '[{"start": 1e308}]', ["a.json:1: error: `start` is not a duration"]),
        ("a.json", f'[{{"start": "{"9" * 9}:00"}}]', ["a.json:1: error: `start` is longer than"]),
        ("a.json", "[" * 100_000, ["a.json: error: is not valid JSON"]),
        ("a.json", '{"chapters": []}', ["a.json: warning: contains no chapters"]),
        (
            "a.json",
            '[{"start": "0"},\n{"start": "soon"},\n3]',
            [
                'a.json: error: `start` is not a duration: "soon"',
                "a.json: error: chapter 3 is not a group of fields",
            ],
        ),
        (
            "a.json",
            '{"chapters": [\n{"startTime": 1},\n{"startTime": -1}]}',
            ['a.json:3: error: `start` is not a duration: "-1"'],
        ),
        ("a.psc", "<a><b></a>", ["a.psc:1: error: is not XML: Opening and ending tag mismatch"]),
        ("a.psc", "", ["a.psc: warning: contains no chapters"]),
        (
            "a.txt",
            "Chapters\n0:00 Sand\n0:12 Bell <b>\n",
            [
                "a.txt:1: warning: does not consist of a time and a title: Chapters",
                'a.txt:3: error: `url` is not a web address: "b"',
            ],
        ),
        ("a.txt", "\n", ["a.txt: warning: contains no chapters"]),
        ("a.vtt", "WEBVTT\n\n0:no --> times\nSand\n", ["a.vtt:3: warning: has times"]),
    ],
)
def test_a_bad_file_is_told_with_its_line(name: str, text: str, said: list[str]) -> None:
    told = marks(name, text)[1]

    assert len(told) == len(said)
    assert all(one.startswith(expected) for one, expected in zip(told, said, strict=True)), told


@pytest.mark.parametrize(
    "text",
    [
        "0.000000\t12.500000\tSand\n\\\t100.0\t200.0\n12.500000\t12.500000\tBell\n",
        "0,000000\t12,500000\tSand\n12,500000\t60,000000\tBell\n",
        "0:00 – 0:12.5 Sand\n0:12.5 – 1:00 Bell\n",
        "[0:00] Sand\n[0:12.5] Bell\n",
        "0:00- Sand\n0:12.5- Bell\n",
        "Sand 0:00\nBell – 0:12.5\n",
        "(0:00)\nSand\n\n(0:12.5)\n\nBell\n",
        "0 Sand\n12.5 Bell\n",
    ],
)
def test_lines_are_read_in_the_forms_tools_write(text: str) -> None:
    problems = Problems()
    found = [(m.chapter.start, m.chapter.title) for m in read(text, "a.txt", problems)]

    assert (found, problems.found) == ([(0.0, "Sand"), (12.5, "Bell")], [])


@pytest.mark.parametrize("name", ["a.json", "a.psc", "a.txt", "a.vtt"])
@pytest.mark.parametrize(
    "piece",
    [
        '{"start": 1},\n',
        '[{"startTime": 1, "title": "',
        "<chapter start='1'/>",
        "<chapter>",
        "0:00 a\n",
        "(0:00)\n",
        "<a ",
        "1\t",
        "1.0\t2.0\ta\n",
        "a 0:00 ",
        "9",
        ":",
        " ",
        "00:00.000 --> 00:01.000\na\n\n",
    ],
)
def test_every_reader_takes_time_that_grows_with_the_file(name: str, piece: str) -> None:
    def cost(size: int) -> float:
        body = piece * size
        text = f"[{body.rstrip().rstrip(',')}]" if name == "a.json" else f"<x>{body}</x>"
        begun = time.process_time()
        read(text if name in ("a.json", "a.psc") else body, name, Problems())
        return time.process_time() - begun

    small = max(cost(500), 0.004)
    large = cost(4_000)
    assert large < 24 * small or min(cost(4_000), large) < 24 * max(cost(500), small)


@given(st.text() | st.text(alphabet='{}[]"start:,0123456789TimechapersUÄ \n<>/='))
def test_no_file_brings_the_program_down(text: str) -> None:
    for name in ("a.json", "a.psc", "a.txt", "a.vtt"):
        found, said = marks(name, text)
        assert found or said


def show(
    site: MakeSite, body: str = "Notes.", files: Mapping[str, str] | None = None, **fields: str
) -> Path:
    given = {"audio": "{url: https://a.example/a.mp3, length: 5, duration: 1:00}", **fields}
    text = episode("A", "a", body, guid="a", date="2026-01-01", **given)
    named = {f"content/chapters/{name}": text for name, text in (files or {}).items()}
    return site({"content/episodes/a.md": text, **named})


def told(root: Path) -> tuple[list[str], list[str]]:
    """The titles of the chapters in force, and what is said of chapters."""
    made, problems = built(root)
    assert made is not None
    found = [str(one.title) for one in made.archive.entries[0].chapters]
    return found, [str(p).splitlines()[0] for p in problems if "chapter" in p.message]


LIST = "0:00 From notes\n0:10 Two\n0:20 Three"
RECORD = "[{start: 0, title: From the record}]"


def test_the_record_comes_first_then_the_file_then_the_sound_then_the_notes(
    site: MakeSite,
) -> None:
    file = {"a.txt": "0:00 From the file"}
    tagged = with_chapters(silent_mp3(2300), [(0, "From the sound", ""), (5, "Five", "")])

    assert told(show(site, LIST)) == (["From notes", "Two", "Three"], [])
    sounded: dict[str, Any] = {"audio": "{file: a.mp3}"}
    root = show(site, LIST, **sounded)
    (root / "static").mkdir()
    (root / "static/a.mp3").write_bytes(tagged)
    assert told(root) == (["From the sound", "Five"], [])
    show(site, LIST, file, chapters_file="a.txt", **sounded)
    assert told(root) == (["From the file"], [])
    show(site, LIST, file, chapters=RECORD, **sounded)
    assert told(root) == (["From the record"], [])
    show(site, LIST, file, chapters=RECORD, chapters_file="a.txt", **sounded)
    said = (
        "content/episodes/a.md:8: warning: "
        "`chapters_file` is not read: the record has `chapters` of its own"
    )
    assert told(root) == (["From the record"], [said])


def test_chapters_out_of_order_are_told_and_sorted(site: MakeSite) -> None:
    listed = "[{start: 0:20, title: B}, {start: 0:10, title: A}, {start: 0:20}, {start: 1:30}]"
    found, said = told(show(site, chapters=listed))

    here = "content/episodes/a.md:7: warning:"
    assert found == ["A", "B", "None", "None"]
    assert said == [
        f"{here} the chapter “A” begins at 0:10, before the one above it (0:20)",
        f"{here} chapter 4 begins at 1:30, and the recording ends at 1:00",
    ]


def test_a_file_out_of_order_is_told_at_its_line(site: MakeSite) -> None:
    root = show(site, files={"a.txt": "0:20 B\n0:20 C\n"}, chapters_file="a.txt")
    said = "content/chapters/a.txt:2: warning: the chapter “C” begins at 0:20 like the one above it"
    assert told(root) == (["B", "C"], [said])


def test_a_file_that_is_not_there_is_an_error(site: MakeSite) -> None:
    _, problems = built(show(site, files={"bells.txt": "0:00 A"}, chapters_file="bell.txt"))
    said = [str(p) for p in problems if "bell.txt" in p.message]
    assert said == [
        "content/episodes/a.md:7: error: there is no file content/chapters/bell.txt\n"
        "  did you mean `bells.txt`?"
    ]


@pytest.mark.parametrize("late", ["0:05 Late", "2:00 Late"])
def test_a_list_in_the_notes_that_does_not_fit_is_none(site: MakeSite, late: str) -> None:
    found, said = told(show(site, f"Said:\n\n0:00 A\n0:10 B\n{late}\n"))

    assert found == []
    assert len(said) == 1
    start = "content/episodes/a.md:13: info: the list is not used as chapters: the chapter “Late”"
    assert said[0].startswith(start)


def test_an_hour_that_was_forgotten_is_guessed(site: MakeSite) -> None:
    listed = "0:00 A\n59:49 B\n2:12 C\n"
    _, problems = built(site({"content/episodes/a.md": episode("A", "a", listed)}))

    assert [p.hint for p in problems if "not used" in p.message] == ["did you mean 1:02:12?"]


def test_two_lines_of_one_time_in_the_notes_are_chapters_all_the_same(site: MakeSite) -> None:
    assert told(show(site, "0:00 A\n0:10 B\n0:10 C")) == (["A", "B", "C"], [])


@pytest.mark.parametrize(
    ("notes", "rows"),
    [
        (
            "0:00 A\n1:30 – The **second** thing\n(1:02:03) C",
            ["0.0 A", "90.0 The second thing", "3723.0 C"],
        ),
        ("- 0:00 A\n- [0:10] B\n- **0:20** C", ["0.0 A", "10.0 B", "20.0 C"]),
        (
            "* [00:00](#t=00:00) A\n* [00:10](#t=00:10) B\n* [00:20](#t=00:20) C",
            ["0.0 A", "10.0 B", "20.0 C"],
        ),
        ("0:00 A\n\n0:10 B\n\n0:20.5 C", ["0.0 A", "10.0 B", "20.5 C"]),
        ("Chapters:\n0:00 A\n0:10 B\n0:20 C", ["0.0 A", "10.0 B", "20.0 C"]),
        ("0:00 A\n0:10 B", []),
        ("0:00 A\n\n# Then\n\n0:10 B\n0:20 C", []),
        ("0:00\n0:10\n0:20", []),
        ("    0:00 A\n    0:10 B\n    0:20 C", []),
        ("At 0:00 A, at 0:10 B, at 0:20 C.", []),
        ("0:00 A\nwords\nwords\nwords\n0:10 B\nwords\n0:20 C", []),
    ],
)
def test_a_list_of_chapters_in_the_notes_is_recognized(notes: str, rows: list[str]) -> None:
    assert [f"{row.start} {row.title}" for row in markdown.read(notes).chapters] == rows
    linked = markdown.read(notes).html.count('href="#t=')
    assert linked == len(rows)


@given(st.lists(st.integers(0, 99 * 3600), min_size=3, max_size=9, unique=True))
def test_times_written_as_people_write_them_are_read_back(starts: list[int]) -> None:
    notes = "\n".join(f"{clock(start)} Title {start}" for start in sorted(starts))

    assert [(row.start, row.title) for row in markdown.read(notes).chapters] == [
        (start, f"Title {start}") for start in sorted(starts)
    ]


def test_the_chapters_inside_an_mp3_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(
        with_chapters(silent_mp3(200), [(2.5, "B", "https://a.example/"), (0, "A", "")])
    )

    assert audio_file.measure(path).chapters == ((0.0, "A", ""), (2.5, "B", "https://a.example/"))
    assert audio_file.measure(SITES / "listening/static/bells.mp3").duration == 48


def test_a_chapter_outside_the_table_of_contents_is_hidden(tmp_path: Path) -> None:
    tagged = with_chapters(silent_mp3(200), [(0, "A", ""), (1, "B", "")])
    path = tmp_path / "a.mp3"
    path.write_bytes(tagged.replace(b"ch1\x00", b"xx1\x00", 1))  # in the table, not in the frame

    assert audio_file.measure(path).chapters == ((0.0, "A", ""),)


def test_the_chapters_inside_a_vorbis_comment_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    info = bytes.fromhex("1000100000000000000000fa00f0") + bytes(20)
    path.write_bytes(b"fLaC" + b"\x80\x00\x00\x22" + info)
    untyped: Any = flac
    file = untyped.FLAC(path)
    file["CHAPTER001"], file["CHAPTER001NAME"] = "00:00:10.500", "B"
    file["CHAPTER000"], file["CHAPTER000URL"] = "00:00:00", "https://a.example/"
    file["CHAPTER002"] = "later"
    file.save()

    assert audio_file.measure(path).chapters == ((0.0, "", "https://a.example/"), (10.5, "B", ""))


def feed_of(root: Path) -> tuple[str, object]:
    made, _ = built(root)
    assert made is not None
    file = made.outputs.get("episodes/a/chapters.json")
    return made.outputs["feed.xml"].read().decode(), file and json.loads(file.read())["chapters"]


def test_chapters_that_were_found_are_in_the_feed(site: MakeSite) -> None:
    feed, chapters = feed_of(show(site, LIST))

    assert '<podcast:chapters url="https://small.example/episodes/a/chapters.json"' in feed
    assert chapters == [
        {"startTime": 0, "title": "From notes"},
        {"startTime": 10, "title": "Two"},
        {"startTime": 20, "title": "Three"},
    ]


def test_an_address_in_the_record_outranks_what_was_found_in_passing(site: MakeSite) -> None:
    elsewhere: dict[str, Any] = {"chapters_url": "https://else.example/c.json"}

    feed, chapters = feed_of(show(site, LIST, **elsewhere))
    assert 'chapters url="https://else.example/c.json"' in feed
    assert chapters is None
    feed, chapters = feed_of(show(site, LIST, chapters=RECORD, **elsewhere))
    assert "https://small.example/episodes/a/chapters.json" in feed
    assert chapters == [{"startTime": 0, "title": "From the record"}]


@given(st.integers(0, 10**8))
def test_a_place_is_written_as_it_is_read(milliseconds: int) -> None:
    text = f"{stamp(milliseconds / 1000)} Title"
    assert marks("a.txt", text) == ([(milliseconds / 1000, "Title", None, None)], [])
