"""A lock that is gone or has lost blocks: the last build and the imports still know the items."""

from pathlib import Path

import pytest

from backlist.build import accept
from backlist.feed.lock import elsewhere
from backlist.load import LOCK
from backlist.problems import Problems
from tests.conftest import NOW, MakeSite
from tests.feed.lock.small_site import AUDIO, edit, lock, record, run

RAW = (
    "source: feed.xml\nformat: feed\nderived:\n  title: Night {0}\n  slug: night-{0}\n"
    "  guid: small-{0}\n  date: 2026-01-0{0}\n  audio: {1}/{0}.mp3\n"
)


def accepted(root: Path, count: int) -> int | None:
    return accept(root, count, NOW, Problems())


@pytest.fixture
def imported(site: MakeSite) -> Path:
    files = {f"content/episodes/{n}.md": record(n) for n in range(1, 5)}
    files |= {
        f"content/imported/episodes/night-{n}.yaml": RAW.format(n, AUDIO) for n in (1, 2, 3, 4)
    }
    return site(files)


def test_a_lock_that_was_deleted_is_made_again_where_nothing_is_lost(root: Path) -> None:
    run(root)
    before = lock(root)
    (root / LOCK).unlink()

    assert run(root) == (True, [])
    assert lock(root) == before


@pytest.mark.parametrize("text", [None, "items: []\n"], ids=["missing", "emptied"])
def test_without_its_lock_a_feed_loses_nothing_that_the_last_build_had(
    root: Path, text: str | None
) -> None:
    run(root)
    (root / LOCK).unlink()
    if text:
        (root / LOCK).write_text(text)
    edit(root, 1, guid="other")
    for number in (2, 3):
        (root / f"content/episodes/{number}.md").unlink()

    problems = [str(one) for one in _problems(root)]

    assert any(
        "1 of 4 guids would be replaced, the audio address staying" in one for one in problems
    )
    (lost,) = [one for one in problems if "would be lost" in one]
    assert lost.startswith("build/feed.xml:")
    assert f"2 of 4 items would be lost, and {LOCK} does not know them" in lost
    assert f"restore {LOCK} from version control" in lost
    assert (root / LOCK).exists() == bool(text)


def test_blocks_that_a_merge_lost_are_known_to_the_last_build(root: Path) -> None:
    run(root)
    blocks = lock(root).split("  - guid: ")
    (root / LOCK).write_text("  - guid: ".join(blocks[:2]))
    for number in (1, 2):
        (root / f"content/episodes/{number}.md").unlink()

    assert "2 of 4 items would be lost" in _all(root)


def test_records_that_an_import_made_cannot_vanish_before_the_first_build(imported: Path) -> None:
    (imported / "content/episodes/1.md").unlink()
    edit(imported, 2, status="private")
    edit(imported, 3, guid="mine")

    said = _all(imported)

    assert "content/imported/episodes/night-1.yaml: error: 2 of 4 items would be lost" in said
    assert "1 of 4 guids would be replaced, the audio address staying" in said


def test_what_is_let_go_once_is_not_asked_for_again(imported: Path) -> None:
    (imported / "content/episodes/1.md").unlink()
    assert run(imported)[0] is False

    assert accepted(imported, 1) == 3

    assert "dropped:\n  - small-1\n" in lock(imported)
    assert run(imported) == (True, [])
    assert run(imported) == (True, [])


def test_an_episode_taken_back_on_purpose_may_lose_its_record_later(imported: Path) -> None:
    run(imported)
    edit(imported, 1, status="removed")
    assert run(imported) == (True, [])

    (imported / "content/episodes/1.md").unlink()

    assert run(imported) == (True, [])


def test_a_source_with_other_guids_is_no_witness_against_what_is_published(imported: Path) -> None:
    """A host reissued its guids: the records, and the lock, keep those subscribers have."""
    run(imported)
    for path in (imported / "content/imported/episodes").iterdir():
        path.write_text(path.read_text().replace("guid: small", "guid: reissued"))

    assert run(imported) == (True, [])
    (imported / LOCK).unlink()
    assert run(imported) == (True, [])


def test_a_raw_record_left_behind_by_a_new_slug_is_no_other_episode(imported: Path) -> None:
    path = imported / "content/episodes/1.md"
    path.write_text(record(1).replace("slug: night-1", "slug: first"))

    assert run(imported) == (True, [])


def test_an_item_that_had_no_guid_is_known_by_its_record(imported: Path) -> None:
    path = imported / "content/imported/episodes/night-1.yaml"
    path.write_text(path.read_text().replace("  guid: small-1\n", ""))
    assert run(imported) == (True, [])

    (imported / LOCK).unlink()
    (imported / "build/feed.xml").unlink()
    (imported / "content/episodes/1.md").unlink()
    assert "1 of 4 items would be lost" in _all(imported)


def test_a_feed_of_somebody_else_in_the_folder_says_nothing(root: Path) -> None:
    (root / "build").mkdir()
    (root / "build/feed.xml").write_text(
        "<rss><channel><item><guid>x</guid></item></channel></rss>"
    )
    assert "would be lost" not in _all(root)


def test_a_last_feed_that_is_damaged_is_told_of(root: Path) -> None:
    run(root)
    feed = root / "build/feed.xml"
    data = feed.read_bytes()
    feed.write_bytes(data.replace(b">small-2<", b">small-\xff<"))

    assert "build/feed.xml" in _all(root)
    assert lock(root).count("guid: small-") == 4


def test_a_feed_is_looked_through_in_parts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root)
    feed = root / "build/feed.xml"
    whole = elsewhere.look_elsewhere(root, root / "build", {}, Problems())
    for size in (7, 100, feed.stat().st_size):
        monkeypatch.setattr(elsewhere, "_PART", size)
        assert elsewhere.look_elsewhere(root, root / "build", {}, Problems()) == whole
    assert len(whole.guids) == 4


def _problems(root: Path) -> Problems:
    from backlist.build import Options, build

    problems = Problems()
    build(root, root / "build", NOW, Options(), problems)
    return problems


def _all(root: Path) -> str:
    return "\n".join(map(str, _problems(root)))
