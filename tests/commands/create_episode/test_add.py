"""`backlist add`: episodes of a program, the same input twice, changed input, and faults."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from backlist.cli import main
from backlist.commands.create_episode.add import AddOptions, add
from backlist.importers.report import Report
from backlist.problems import Problems
from tests.conftest import HERE, NOW, MakeSite, built, tree
from tests.serving import serving
from tests.sounds import silent_mp3, silent_wav

OWLS: dict[str, Any] = {
    "guid": "owls-1",
    "title": "Owls",
    "date": "2026-03-18",
    "audio": {"url": "https://audio.example/owls.mp3", "length": 9, "duration": "0:01"},
    "body": "About owls.",
    "topics": ["Owls"],
    "number": 1,
    "explicit": False,
    "extra": {"model": "narrator-2", "takes": 3},
}


@pytest.fixture
def root(site: MakeSite) -> Path:
    return site({})


def give(root: Path, given: object, **options: bool) -> tuple[Report | None, Problems]:
    problems = Problems()
    text = given if isinstance(given, str) else json.dumps(given)
    asked = AddOptions(**{"offline": True, **options})
    return add(root, text, "in.json", NOW, problems, asked), problems


def given(root: Path, *episodes: dict[str, Any], **options: bool) -> Report:
    report, problems = give(root, [*episodes], **options)
    assert report is not None, [*problems]
    return report


def test_the_same_input_twice_changes_no_byte(root: Path) -> None:
    draft = {"title": "Later", "slug": "later", "status": "draft"}
    nameless = {"title": "Only a title", "audio": {"url": "https://audio.example/2.mp3"}}
    first = given(root, OWLS, draft, nameless)
    before = tree(root)
    again = given(root, OWLS, draft, nameless)

    assert len(first.new) == 3 and before == tree(root)
    assert (again.wrote, again.unchanged, again.new) == (0, 3, ())
    assert given(root, nameless, OWLS).wrote == 0
    text = (root / "content/episodes/2026-03-18-owls.md").read_text("utf-8")
    assert "explicit: false" in text and "takes: 3" in text and text.endswith("About owls.\n")


def test_changed_input_follows_where_no_person_edited(root: Path) -> None:
    given(root, OWLS)
    record = root / "content/episodes/2026-03-18-owls.md"
    record.write_text(record.read_text("utf-8").replace("About owls.", "My words."), "utf-8")
    changed = {
        **OWLS,
        "title": "Owls, again",
        "body": "Other words.",
        "status": "draft",
        "audio": {"url": "https://audio.example/new.mp3", "length": 10, "duration": "0:02"},
    }
    del changed["topics"]
    report = given(root, changed)

    assert report.kept == (("content/episodes/2026-03-18-owls.md", ("body",)),)
    ((_, names),) = report.changed
    assert {*names} == {"title", "status", "audio", "topics"}
    text = record.read_text("utf-8")
    assert "slug: owls\nguid: owls-1\n" in text and "My words." in text
    assert "previous_urls:\n    - https://audio.example/owls.mp3" in text
    assert "topics" not in text and "status: draft" in text
    assert given(root, changed).wrote == 0


def test_a_record_that_a_person_made_is_only_filled(root: Path, site: MakeSite) -> None:
    mine = "---\ntitle: Mine\nslug: owls\nguid: owls-1\ndate: 2026-03-01\n---\n"
    root = site({"content/episodes/owls.md": mine})
    report = given(root, OWLS)

    assert report.kept == (("content/episodes/owls.md", ("title", "date")),)
    text = (root / "content/episodes/owls.md").read_text("utf-8")
    assert text.startswith("---\ntitle: Mine\nslug: owls\n") and "About owls." in text
    assert given(root, OWLS).wrote == 0


def test_it_is_made_here_so_it_gets_a_guid_when_it_has_sound(root: Path) -> None:
    silent = {"title": "Silent", "slug": "silent", "date": "2026-03-18", "body": "Words."}
    given(root, silent)
    made, problems = built(root)
    assert made is not None and not problems.stop() and not made.assigned
    assert "not in the feed: 1 without audio" in made.left_out

    heard = {**silent, "audio": {"url": "https://audio.example/s.mp3", "length": 1}}
    given(root, heard)
    text = (root / "content/episodes/2026-03-18-silent.md").read_text("utf-8")
    assert "guid: https://audio.example/s.mp3" in text
    report, problems = give(root, {**heard, "guid": "another"})
    assert report is None and "which never changes" in str([*problems])


def test_audio_is_measured_where_that_is_left_out(root: Path, tmp_path: Path) -> None:
    (tmp_path / "owls.wav").write_bytes(silent_wav(30))
    (root / "static").mkdir()
    (root / "static/owls.mp3").write_bytes(silent_mp3(2300))
    with serving(tmp_path) as address:
        far = {"guid": "1", "title": "Far", "date": "2026-03-18", "audio": f"{address}owls.wav"}
        given(root, far, offline=False, private=True)
        assert given(root, far, offline=False, private=True).wrote == 0
        report, problems = give(root, {**far, "guid": "2", "audio": f"{address}2"}, offline=False)
    near = {"guid": "3", "title": "Near", "date": "2026-03-19", "audio": {"file": "owls.mp3"}}
    given(root, near)

    text = (root / "content/episodes/2026-03-18-far.md").read_text("utf-8")
    assert "length: 60044" in text and "duration: 0:30" in text
    assert report is None and "private network" in str([*problems])
    made, _ = built(root)
    assert made is not None and b"<itunes:duration>60<" in made.outputs["feed.xml"].read()


BAD = """\
[
  {"title": "",
   "audoi": null,
   "date": "soon"},
  {"title": "Two", "audio": {"file": "none.mp3"},
   "transcripts": ["none.vtt"]},
  7,
  {"title": "Three", "guid": "g"},
  {"title": "Three again", "guid": "g"}
]
"""


def test_all_faults_are_told_with_their_lines_and_nothing_is_written(root: Path) -> None:
    before = tree(root)
    report, problems = give(root, BAD)

    assert report is None and tree(root) == before
    told = [(one.where.line, one.message) for one in problems if one.hint]
    assert [line for line, _ in told] == [2, 3, 4, 5, 6, 7, 9]
    assert "line 8" in told[-1][1]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{", 1, "is not valid JSON"),
        ("", 1, "is not valid JSON"),
        ("null", 1, "holds no episode"),
        ('{"title": "A",\n "title": "B"}', 2, "is written twice"),
        ('{"episodes": [],\n "more": 1}', 2, "unknown key `more`"),
        ('{"title": "A",\n "extra": 1}', 2, "`extra`"),
    ],
)
def test_what_is_no_list_of_episodes(root: Path, text: str, line: int, said: str) -> None:
    _, problems = give(root, text)

    assert [(one.where.line, said in one.message) for one in problems] == [(line, True)]


def test_a_program_reads_the_answer(root: Path) -> None:
    def run(text: str) -> Result:
        command = ["add", "-", "--json", "--offline", "--site", str(root)]
        return CliRunner().invoke(main, command, input=text)

    good, bad = run(json.dumps({"episodes": [OWLS]})), run('{"title": 1984, "date": "soon"}')
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert json.loads(good.stdout)["report"]["new"] == ["content/episodes/2026-03-18-owls.md"]
    (problem,) = json.loads(bad.stdout)["problems"]
    assert (problem["line"], problem["level"]) == (1, "error")


def test_without_a_date_it_is_of_the_day_it_was_first_added(root: Path) -> None:
    undated = {key: value for key, value in OWLS.items() if key != "date"}
    given(root, undated)
    later = add(root, json.dumps(undated), "in.json", NOW + timedelta(9), Problems(), AddOptions())

    assert later is not None and later.wrote == 0
    assert f"date: '{NOW.isoformat()}'" in next((root / "content/episodes").iterdir()).read_text()


def test_the_examples_of_the_documentation_work(root: Path) -> None:
    page = (HERE.parent / "docs/publishing-from-a-program.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.S)
    for folder, name, text in (
        ("transcripts", "owls-2026-11-30.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nOwls.\n"),
        ("visualizations/owl-hearing", "index.html", "<title>Ears</title>"),
        ("visualizations/owl-hearing", "visualization.yaml", "title: Ears\n"),
    ):
        (root / "content" / folder).mkdir(parents=True, exist_ok=True)
        (root / "content" / folder / name).write_text(text, "utf-8")
    report, problems = give(root, example.replace("2026-11-30T06", "2026-05-30T06"))

    assert report is not None and not problems.stop(), [*problems]
    made, problems = built(root)
    assert made is not None and not problems.stop(), [*problems]
    shown = made.outputs["episodes/owls-at-night/index.html"].read().decode()
    assert all(word in shown for word in ("How owls hear", "Ben Wren", "Snow", "Ears"))


def test_episodes_of_one_title_are_several_where_their_slugs_or_guids_are(root: Path) -> None:
    report = given(
        root,
        {"title": "News", "slug": "monday"},
        {"title": "News", "slug": "tuesday"},
        {"title": "News", "guid": "3"},
        {"title": "News", "guid": "4"},
    )

    assert len(set(report.new)) == 4 and report.wrote == 8


def test_one_that_has_nothing_but_a_title_is_known_by_it(root: Path) -> None:
    report, problems = give(root, {"title": "Only words", "body": "One."})
    assert report is not None and "by its title alone" in str([*problems])
    (record,) = (root / "content/episodes").iterdir()
    record.write_text(record.read_text("utf-8").replace("title: Only", "title: My"), "utf-8")
    given(root, {"title": "Only words", "body": "Two."})

    (record,) = (root / "content/episodes").iterdir()
    assert "Two." in record.read_text("utf-8") and "One." not in record.read_text("utf-8")
