"""A host gives the episodes of a show new guids and new addresses: they stay the same episodes."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.cli import main
from tests.conftest import NOW
from tests.feed.lock.invented import changed, items, rss

SHOW = items(12)
AGAIN = changed(SHOW, guid="re-{}", audio="https://new.example/x?of={}")


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    (tmp_path / "a.xml").write_bytes(rss(SHOW))
    (tmp_path / "b.xml").write_bytes(rss(AGAIN))
    assert run("init", tmp_path / "site", "--from", tmp_path / "a.xml")[0] == 0
    return tmp_path / "site"


def records(site: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (site / "content/episodes").iterdir()}


def test_the_import_refuses_and_offers_the_right_remedy(site: Path) -> None:
    before = records(site)

    code, said = run("import", site.parent / "b.xml", "--site", site)

    assert code == 1 and records(site) == before
    assert "12 items with the title and day of a record have another guid" in said
    assert "2020-03-30-night-12.md: `small-0012`; the source has `re-small-0012`" in said
    assert "and 9 more" in said and "--keep-guids 12" in said
    assert "--allow-removed" not in said


def test_a_dry_run_shows_every_pair(site: Path) -> None:
    before = records(site)
    source = site.parent / "b.xml"

    code, said = run("import", source, "--site", site, "--dry-run", "--keep-guids", 12)

    assert code == 0 and records(site) == before
    assert said.count("  guid kept: content/episodes/") == 12


@pytest.mark.parametrize("number", [1, 11, 13])
def test_another_number_is_refused(site: Path, number: int) -> None:
    said = run("import", site.parent / "b.xml", "--site", site, "--keep-guids", number)
    assert said[0] == 1 and f"`--keep-guids {number}` is not their number" in said[1]


def test_accepted_the_records_keep_their_guids_and_follow_the_source(site: Path) -> None:
    source = site.parent / "b.xml"
    (site / "site.yaml").write_text(
        (site / "site.yaml").read_text().replace("https://example.org/", "https://small.example/")
    )
    assert run("build", "--site", site)[0] == 0

    assert run("import", source, "--site", site, "--keep-guids", 12)[0] == 0

    texts = records(site)
    assert len(texts) == 12
    assert all(
        "guid: small-0" in text and "url: https://new.example/" in text for text in texts.values()
    )
    assert run("import", source, "--site", site) == (
        0,
        f"read 12 episodes from {source}\nnothing changed\n",
    )
    code, said = run("build", "--site", site)
    assert code == 0 and "12 of 12 audio addresses would change, the guids staying" in said
    assert run("import", source, "--site", site, "--keep-guids", 1)[0] == 1


def test_an_episode_that_follows_is_new_all_the_same(site: Path) -> None:
    source = site.parent / "b.xml"
    run("import", source, "--site", site, "--keep-guids", 12)
    more = changed(items(13)[:1], guid="re-{}", audio="https://new.example/x?of={}")
    source.write_bytes(rss([*more, *AGAIN]))

    code, said = run("import", source, "--site", site)

    assert code == 0 and "1 new episode, 12 unchanged" in said
    assert len(records(site)) == 13


def test_two_episodes_of_one_title_and_day_are_no_pair(site: Path) -> None:
    """Nobody can say which is which, so nothing is said to be the same."""
    twice = [AGAIN[0], changed(AGAIN[:1], guid="{}-b", audio="{}-b")[0], *SHOW[1:]]
    (site.parent / "b.xml").write_bytes(rss(twice))

    code, said = run("import", site.parent / "b.xml", "--site", site)

    assert code == 1 and "another guid" not in said
    assert "warning: `Night 12` has the title and the day of content/episodes/" in said


def test_a_feed_without_guids_whose_audio_moves_stays_what_it_is(tmp_path: Path) -> None:
    first, second = (tmp_path / f"{n}.xml" for n in "ab")
    first.write_text(rss(SHOW).decode().replace("guid", "gone"))
    second.write_text(
        rss(changed(SHOW, audio="https://b.example/{}/x")).decode().replace("guid", "gone")
    )
    assert run("init", tmp_path / "site", "--from", first)[0] == 0
    before = len(records(tmp_path / "site"))

    code, said = run("import", second, "--site", tmp_path / "site")

    assert code == 0, said
    assert len(records(tmp_path / "site")) == before == 12
    assert all(
        "guid: https://audio.small.example/" in text for text in records(tmp_path / "site").values()
    )
