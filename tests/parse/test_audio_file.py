"""Sound beside the site is measured, and contradictions are told."""

from pathlib import Path

import pytest
from lxml import etree

from backlist.parse.audio_file import Sound, measure
from tests.conftest import MakeSite, built, episode
from tests.sounds import silent_mp3, silent_wav

BASE = "https://small.example/static/audio"


def with_sound(site: MakeSite, audio: str, files: dict[str, bytes], **fields: str) -> Path:
    root = site({"content/episodes/a.md": episode("A", "a", guid="a", audio=audio, **fields)})
    for name, data in files.items():
        path = root / "static/audio" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def told(root: Path, word: str) -> list[str]:
    _, problems = built(root)
    return [f"{p.where}: {p.level}: {p.message}" for p in problems if word in p.message]


def enclosure(root: Path) -> dict[str, str]:
    made, _ = built(root)
    assert made is not None
    item = etree.fromstring(made.outputs["feed.xml"].read()).find("channel/item")
    return {**item.find("enclosure").attrib, "duration": item.findtext("{*}duration")}


@pytest.mark.parametrize(
    ("name", "data", "sound"),
    [
        ("a.mp3", silent_mp3(160), Sound(66720, "audio/mpeg", 4)),
        ("a.wav", silent_wav(2), Sound(4044, "audio/wav", 2)),
        ("a.mp3", silent_wav(2), Sound(4044, "audio/wav", 2)),
        ("a.mp3", b"<html>404 not found</html>", Sound(26)),
        ("a.mp3", b"", Sound(0)),
    ],
)
def test_type_size_and_length_come_from_the_bytes(
    tmp_path: Path, name: str, data: bytes, sound: Sound
) -> None:
    (tmp_path / name).write_bytes(data)

    assert measure(tmp_path / name) == sound


LOUD = bytes.fromhex("fffbe000") + bytes(1040)
"""A frame of 320 kbit/s."""

VARYING = silent_mp3(500) + LOUD * 500
"""26 seconds; by the rate of the first frame it would be 46."""

BROKEN = b"".join(silent_mp3(40) + bytes([0xFF, 0x00]) * 9 + LOUD * 40 for _ in range(5))


@pytest.mark.parametrize("tag", [b"", b"TAG" + bytes(125)])
def test_a_varying_rate_without_a_header_is_counted_frame_by_frame(
    tmp_path: Path, tag: bytes
) -> None:
    (tmp_path / "a.mp3").write_bytes(VARYING + tag)

    assert measure(tmp_path / "a.mp3") == Sound(len(VARYING + tag), "audio/mpeg", 26)


def test_what_can_only_be_estimated_overrules_nobody(site: MakeSite) -> None:
    root = with_sound(site, "{file: audio/a.mp3, duration: 0:10}", {"a.mp3": BROKEN})

    assert measure(root / "static/audio/a.mp3").estimated
    assert enclosure(root)["duration"] == "10"
    assert told(root, "duration") == []


def test_an_estimate_is_better_than_nothing(site: MakeSite) -> None:
    root = with_sound(site, "{file: audio/a.mp3}", {"a.mp3": BROKEN})

    assert int(enclosure(root)["duration"]) > 0


@pytest.mark.parametrize("given", ["audio/one.mp3", "/static/audio/one.mp3"])
def test_a_file_of_the_site_is_in_the_feed_with_all_it_has(site: MakeSite, given: str) -> None:
    root = with_sound(site, f"{{file: {given}}}", {"one.mp3": silent_mp3(160)})

    assert enclosure(root) == {
        "url": f"{BASE}/one.mp3",
        "length": "66720",
        "type": "audio/mpeg",
        "duration": "4",
    }
    assert told(root, "audio") == []


def test_its_page_plays_it_wherever_the_site_is_served(site: MakeSite) -> None:
    root = with_sound(site, "{file: 'audio/one two.mp3'}", {"one two.mp3": silent_mp3(160)})

    made, _ = built(root)

    assert made is not None
    page = made.outputs["episodes/a/index.html"].read().decode()
    assert 'src="../../static/audio/one%20two.mp3"' in page
    assert enclosure(root)["url"] == f"{BASE}/one%20two.mp3"


def test_a_file_that_is_not_there_is_an_error_with_the_nearest_name(site: MakeSite) -> None:
    root = with_sound(site, "{file: audio/oen.mp3}", {"one.mp3": silent_mp3(160)})

    _, problems = built(root)

    (problem,) = [p for p in problems if p.message.startswith("there is no")]
    assert str(problem) == (
        "content/episodes/a.md:5: error: there is no audio file static/audio/oen.mp3\n"
        "  did you mean `audio/one.mp3`?"
    )


def test_what_the_record_says_otherwise_is_told_and_the_file_believed(site: MakeSite) -> None:
    audio = "{file: audio/one.mp3, length: 5, duration: 1:00, type: audio/ogg}"
    root = with_sound(site, audio, {"one.mp3": silent_mp3(160)})

    assert told(root, "the file has") == [
        "content/episodes/a.md:5: warning: `audio.type` says audio/ogg, the file has audio/mpeg",
        "content/episodes/a.md:5: warning: `audio.length` says 5 bytes, the file has 66720 bytes",
        "content/episodes/a.md:5: warning: `audio.duration` says 1:00, the file has 0:04",
    ]
    assert enclosure(root)["length"] == "66720"


def test_a_rounded_playing_time_is_no_contradiction(site: MakeSite) -> None:
    root = with_sound(site, "{file: audio/one.mp3, duration: 5}", {"one.mp3": silent_mp3(160)})

    assert told(root, "the file has") == []


def test_a_wrong_extension_and_an_unreadable_file_are_told(site: MakeSite) -> None:
    files = {"one.mp3": silent_wav(1)}
    wrong = with_sound(site, "{file: audio/one.mp3}", files)
    assert told(wrong, "does not match its extension") != []

    (wrong / "static/audio/one.mp3").write_bytes(b"no sound")
    assert told(wrong, "cannot be read as an audio file") != []


@pytest.mark.parametrize(
    ("audio", "fault"),
    [
        ("{length: 5}", "`audio` names no audio"),
        (
            "{file: a.mp3, url: 'https://a.example/a.mp3'}",
            "`audio` names both `url` and `file`",
        ),
    ],
)
def test_a_sound_lies_in_one_place(site: MakeSite, audio: str, fault: str) -> None:
    root = with_sound(site, audio, {})

    assert told(root, "`audio` names") == [f"content/episodes/a.md:5: error: {fault}"]


def test_the_sound_of_a_hidden_episode_is_not_published(site: MakeSite) -> None:
    files = {"one.mp3": silent_mp3(160)}
    root = with_sound(site, "{file: audio/one.mp3}", files, date="2099-01-01")

    made, _ = built(root)

    assert made is not None
    assert [path for path in made.outputs if path.endswith(".mp3")] == []
