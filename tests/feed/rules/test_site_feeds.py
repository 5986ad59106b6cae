"""A fault of the feed is told at the file a person would edit."""

from pathlib import Path

from backlist.build import Options
from backlist.feed.rules.feed import show_guid
from tests.conftest import SETTINGS, MakeSite, built, episode
from tests.pictures import picture

SOUND = "https://audio.example/e/one.mp3"
RECORD = episode(
    "A", "a", guid="a", audio=f"{{url: '{SOUND}', length: 5, duration: 60}}", date="2026-01-01"
)


def told(root: Path) -> list[str]:
    _, problems = built(root)
    return [f"{p.where}: {p.level}: {p.message}" for p in problems if "feed" in p.message]


def test_what_an_item_lacks_is_told_of_its_record(site: MakeSite) -> None:
    audio = "{url: 'http://audio.example/e/one.mp3', length: 5}"
    record = episode("'#3: On'", "a", guid="a", audio=audio, date="2026-01-01")

    found = told(site({"content/episodes/a.md": record}))

    assert [line for line in found if line.startswith("content/episodes/a.md")] == [
        "content/episodes/a.md: warning: in the feed it has audio that is not on https: "
        "http://audio.example/e/one.mp3",
        "content/episodes/a.md: info: in the feed it has its number in its title",
        "content/episodes/a.md: info: in the feed it has no itunes:duration",
    ]


def test_a_fault_is_told_once_however_many_feeds_have_it(site: MakeSite) -> None:
    record = episode("A", "a", guid="a", audio=SOUND, topics="[One, Two]")

    found = told(site({"content/episodes/a.md": record}))

    assert len([line for line in found if "no itunes:duration" in line]) == 1


def test_what_the_channel_lacks_is_told_of_site_yaml(site: MakeSite) -> None:
    settings = SETTINGS.replace("[Technology]", "[Technologie, Science > Physic]")

    found = told(site({"site.yaml": settings, "content/episodes/a.md": RECORD}))

    assert found == [
        "site.yaml: warning: the channel of the feed has a category Apple does not know: "
        "Technologie",
        "site.yaml: warning: the channel of the feed has a category Apple does not know: "
        "Science > Physic",
        "site.yaml: info: the channel of the feed has no podcast:guid, which identifies "
        "a show that moves",
        "site.yaml: info: the channel of the feed has no itunes:author, itunes:owner, "
        "podcast:locked",
        "site.yaml: info: the channel of the feed has items without a transcript, 1 of 1: A",
    ]


def test_the_guid_to_write_down_is_named_and_never_computed_into_the_feed(site: MakeSite) -> None:
    made, problems = built(site({"content/episodes/a.md": RECORD}))

    (problem,) = [p for p in problems if "podcast:guid" in p.message]
    assert f"`guid: {show_guid('https://small.example/feed.xml')}`" in problem.hint
    assert made is not None and b"<podcast:guid" not in made.outputs["feed.xml"].read()


def test_the_guid_is_the_one_the_specification_checks_with() -> None:
    assert show_guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_a_cover_of_ours_must_be_there_and_large(rich: Path) -> None:
    cover = rich / "static/cover.png"
    cover.write_bytes(picture((32, 32)))
    _, problems = built(rich)
    assert "the cover is 32 pixels wide" in [p.message for p in problems]

    cover.unlink()
    _, problems = built(rich)
    assert "`show.image` names a file that does not exist: static/cover.png" in [
        p.message for p in problems
    ]


def test_a_base_url_without_https_is_told_once_and_not_in_a_preview(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a", guid="a", audio=SOUND, topics="[T]")})

    _, problems = built(root, Options(base_url="http://small.example/"))
    assert [p.message for p in problems if "https" in p.message] == [
        "`site.base_url` is not on https: http://small.example/"
    ]

    _, problems = built(root, Options(base_url="http://127.0.0.1:8000/"))
    assert [p.message for p in problems if "https" in p.message] == []


def test_what_all_feeds_share_is_told_of_the_main_one(site: MakeSite) -> None:
    settings = SETTINGS.replace("language", "x").replace("[Technology]", "[Technologie]")
    record = episode("A", "a", guid="a", audio=SOUND, topics="[One, Two]")

    found = told(site({"site.yaml": settings, "content/episodes/a.md": record}))

    assert len([line for line in found if "Technologie" in line]) == 1
