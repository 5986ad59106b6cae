"""Who gets a guid at the first build, and what a build says of those it leaves out."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.build import Options, build
from backlist.cli import main
from backlist.problems import Problems
from tests.conftest import NOW, SETTINGS, MakeSite, episode

SOUND = "https://a.example/a.mp3"
RECORD = "content/episodes/a.md"
RAW = "source: x\nformat: {form}\nderived:\n  title: A\n  slug: a\n  audio: {audio}\n"


@pytest.fixture(autouse=True)
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def feed_of(root: Path, **options: object) -> str:
    written = build(root, root / "build", NOW, Options(**options), Problems())  # type: ignore[arg-type]
    assert written is not None
    return (root / "build/feed.xml").read_text("utf-8")


def said(root: Path) -> str:
    done = CliRunner().invoke(main, ["build", "--site", str(root)])
    assert done.exit_code == 0, done.output
    return done.output


def test_an_episode_written_by_hand_is_in_the_feed_after_the_first_build(site: MakeSite) -> None:
    text = episode("A", "a", audio=SOUND, date="2026-01-01").replace("\n", "\r\n")
    root = site({})
    (root / "content/episodes").mkdir(parents=True)
    (root / RECORD).write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert f'<guid isPermaLink="false">{SOUND}</guid>' in feed_of(root)
    data = (root / RECORD).read_bytes()
    assert (
        data
        == b"\xef\xbb\xbf"
        + text.replace("\r\n---\r\n\r\n", f"\r\nguid: {SOUND}\r\n---\r\n\r\n").encode()
    )

    (root / RECORD).write_bytes(data.replace(b"a.mp3\r\ndate", b"b.mp3\r\ndate"))
    again = feed_of(root)
    assert f">{SOUND}</guid>" in again and "https://a.example/b.mp3" in again


def test_the_address_of_a_file_of_the_site_is_no_identity(site: MakeSite) -> None:
    files = {RECORD: episode("A", "a", audio="{file: a.mp3}"), "static/a.mp3": "x"}
    root = site(files)
    elsewhere = feed_of(root, base_url="https://pages.example/x/")
    assert "guid" not in (root / RECORD).read_text()

    here = feed_of(root)

    (guid,) = [line for line in (root / RECORD).read_text().splitlines() if "guid:" in line]
    assert f">{guid.removeprefix('guid: ')}</guid>" in here
    assert f">{guid.removeprefix('guid: ')}</guid>" in elsewhere
    assert "example" not in guid


def test_two_episodes_with_one_sound_get_two_guids(site: MakeSite) -> None:
    root = site({f"content/episodes/{n}.md": episode(n, n, audio=SOUND) for n in ("a", "b")})

    text = feed_of(root)

    assert text.count(f">{SOUND}</guid>") == 1 and text.count("<guid ") == 2


@pytest.mark.parametrize("status", ["draft", "private", "removed", "stub"])
def test_what_is_not_published_gets_no_guid(site: MakeSite, status: str) -> None:
    root = site({RECORD: episode("A", "a", audio=SOUND, status=status)})
    assert "<guid" not in feed_of(root)
    assert "guid" not in (root / RECORD).read_text()


def test_an_episode_of_the_future_gets_its_guid_when_it_comes_out(site: MakeSite) -> None:
    root = site({RECORD: episode("A", "a", audio=SOUND, date="2026-06-02")})
    feed_of(root, drafts=True)
    feed_of(root)
    assert "guid" not in (root / RECORD).read_text()


def test_a_directory_page_shows_no_guid_so_its_episodes_wait(site: MakeSite) -> None:
    raw = RAW.format(form="directory page (text)", audio=SOUND)
    root = site({RECORD: episode("A", "a", audio=SOUND), "content/imported/episodes/a.yaml": raw})

    assert "not in the feed: 1 without a guid (a; import the live feed, or run" in said(root)
    assert "guid" not in (root / RECORD).read_text()


OLD = "https://old.example/a.mp3"


@pytest.mark.parametrize(
    ("raw", "guid"),
    [
        (RAW.format(form="feed", audio=OLD), OLD),
        (RAW.format(form="feed", audio=OLD) + "  guid: g-1\n", "g-1"),
    ],
    ids=["imported by an earlier version", "removed by mistake"],
)
def test_an_imported_record_gets_the_guid_of_its_feed(site: MakeSite, raw: str, guid: str) -> None:
    root = site({RECORD: episode("A", "a", audio=SOUND), "content/imported/episodes/a.yaml": raw})
    assert f">{guid}</guid>" in feed_of(root)


def test_a_build_says_in_one_line_what_is_not_in_the_feed(site: MakeSite) -> None:
    root = site(
        {
            RECORD: episode("A", "a", audio=SOUND),
            "content/episodes/b.md": episode("B", "b"),
            "content/episodes/c.md": episode("C", "c", status="private", audio=SOUND),
            "content/episodes/d.md": episode("D", "d", audio=SOUND, date="2999-01-01"),
        }
    )

    first, second, third = said(root), said(root), said(root)

    line = "not in the feed: 1 without audio (b), 1 with `status: private`, 1 dated in the future\n"
    assert f"{RECORD}: guid {SOUND}\n" in first and f"{RECORD}: guid" not in second
    assert line in first and line in second and line in third
    assert "nothing has changed" in third


def test_nothing_left_out_is_not_worth_a_line(site: MakeSite) -> None:
    assert "not in the feed" not in said(site({RECORD: episode("A", "a", audio=SOUND)}))


def test_ci_publishes_what_a_build_at_the_desk_would_write_down(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site({RECORD: episode("A", "a", audio=SOUND), "site.yaml": SETTINGS})
    monkeypatch.setenv("CI", "true")

    assert f">{SOUND}</guid>" in feed_of(root)
    assert "guid" not in (root / RECORD).read_text()


def test_a_feed_without_episodes_has_no_date_of_1970(site: MakeSite) -> None:
    text = feed_of(site({}))
    assert "1970" not in text and "lastBuildDate" not in text


@pytest.mark.parametrize("said", ["²", "-1", "soon", "1e9", "9" * 40, "٣"])
def test_an_epoch_that_is_no_time_is_a_message(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    done = CliRunner().invoke(main, ["build", "--site", str(site({}))])

    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    assert f'SOURCE_DATE_EPOCH: error: is not a time: "{said}"' in done.output


def test_raw_records_are_read_without_their_texts(site: MakeSite) -> None:
    """What notes and raw fields say looks like keys, and is none."""
    raw = (
        "source: x\nformat: feed\nraw:\n  description: |-\n    derived:\n      guid: no\n"
        f"derived:\n  title: A\n  slug: a\n  guid: g-1\n  audio: {SOUND}\n"
        "  body: |-\n    guid: no\n    format: no\n"
    )
    root = site({RECORD: episode("A", "a", audio=SOUND), "content/imported/episodes/a.yaml": raw})
    assert ">g-1</guid>" in feed_of(root)
