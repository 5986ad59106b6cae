"""When a build writes the lock, when it only reads it, and what it blocks."""

from pathlib import Path
from typing import Any

import pytest

from backlist import build as chain
from backlist import write
from backlist.build import Options, accept
from backlist.feed.lock import compare, snapshot_of_rss
from backlist.load import LOCK
from backlist.problems import BacklistError, Level, Problems
from backlist.write import Written
from tests.conftest import NOW, SETTINGS, MakeSite, episode
from tests.feed.lock.small_site import AUDIO, edit, lock, record, run


def test_the_first_build_writes_the_lock_and_the_second_touches_nothing(root: Path) -> None:
    assert run(root) == (True, [])
    first = (root / LOCK).stat()

    assert run(root) == (True, [])

    assert lock(root).count("guid:") == 4
    assert lock(root).index("small-4") < lock(root).index("small-1")
    assert "seen: 2026-06-01" in lock(root)
    assert "address: https://small.example/feed.xml" in lock(root)
    assert (root / LOCK).stat().st_ino == first.st_ino


def test_an_archive_without_a_feed_has_no_lock(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})

    assert run(root) == (True, [])
    assert not (root / LOCK).exists()


def test_new_items_and_harmless_changes_go_into_the_lock(root: Path) -> None:
    run(root)
    edit(root, 2, audio=f"{{url: {AUDIO}/2-again.mp3, length: 7}}")
    edit(root, 5)

    written, told = run(root)

    assert written and len(told) == 1 and "1 of 4 audio addresses would change" in told[0]
    assert "2-again.mp3" in lock(root) and "small-5" in lock(root)
    assert run(root) == (True, [])


@pytest.mark.parametrize(
    "options",
    [{"drafts": True}, {"base_url": "https://elsewhere.example/"}],
    ids=["drafts", "base"],
)
def test_a_preview_reads_the_lock_and_does_not_write_it(
    root: Path, options: dict[str, Any]
) -> None:
    written, told = run(root, **options)
    assert written and told[0].startswith(f"{LOCK}: info: does not exist: 4 new items")
    assert not (root / LOCK).exists()

    run(root)
    edit(root, 1, guid="other")
    assert run(root, **options)[0] is False


def test_the_own_address_on_the_command_line_is_no_override(root: Path) -> None:
    assert run(root, base_url="https://small.example") == (True, [])
    assert (root / LOCK).exists()


def test_ci_reads_the_lock_and_says_what_it_lacks(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root)
    before = lock(root)
    edit(root, 5)
    monkeypatch.setenv("CI", "true")

    written, told = run(root, base_url="https://pages.example/small/")

    assert written and told == [
        f"{LOCK}: warning: lacks 1 new item\n  run `backlist build` locally and commit this file"
    ]
    assert lock(root) == before
    with pytest.raises(BacklistError, match="read only where CI=true"):
        accept(root, 0, NOW, Problems())


def test_pages_and_sounds_of_the_site_are_compared_under_any_address(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Pages workflow overrides the base URL, and sounds may lie beside the site."""
    files = {"content/episodes/1.md": record(1, audio="{file: a/1.mp3}"), "static/a/1.mp3": "x"}
    root = site(files)
    run(root)
    assert "audio: https://small.example/static/a/1.mp3" in lock(root)
    monkeypatch.setenv("CI", "true")

    assert run(root, base_url="https://pages.example/x/") == (True, [])


def test_a_placeholder_address_is_nobodys(site: MakeSite) -> None:
    settings = SETTINGS.replace("https://small.example/\n", "https://example.org/show/\n")
    root = site({"site.yaml": settings, "content/episodes/1.md": record(1)})
    run(root)
    assert "feed.xml" not in lock(root)

    (root / "site.yaml").write_text(SETTINGS)
    assert run(root) == (True, [])
    assert "address: https://small.example/feed.xml" in lock(root)


def test_a_failed_build_leaves_lock_and_site_alone(root: Path) -> None:
    run(root)
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    edit(root, 5)
    (root / "content/episodes/6.md").write_text("---\ntitle: No slug\n---\n")
    run(root)
    (root / "content/episodes/6.md").unlink()
    edit(root, 1, guid="SMALL-1")
    run(root)
    edit(root, 1)
    (root / "content/episodes/5.md").unlink()

    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_a_folder_that_cannot_be_written_leaves_the_lock_alone(root: Path) -> None:
    (root / "build").write_text("in the way")

    with pytest.raises(BacklistError, match="cannot be written"):
        run(root)
    assert not (root / LOCK).exists()


def test_the_lock_is_written_before_the_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def publish(*args: Any) -> Written:
        seen.append((root / LOCK).exists() and not (root / "build/feed.xml").exists())
        return write.publish(*args)

    monkeypatch.setattr(chain, "publish", publish)
    run(root)

    assert seen == [True]
    assert (root / "build/feed.xml").exists()


def test_an_episode_that_cannot_be_read_is_not_called_lost(root: Path) -> None:
    run(root)
    edit(root, 1, guid="[a, b]")

    assert run(root) == (False, [])


@pytest.mark.parametrize("status", ["draft", "private"])
def test_an_episode_that_is_hidden_is_lost_to_subscribers(root: Path, status: str) -> None:
    run(root)
    edit(root, 1, status=status)

    written, told = run(root)

    assert not written
    assert told == [
        f"{LOCK}:30: error: 1 of 4 items would be lost\n"
        "  “Night 1”: `small-1`\n"
        "  restore the records as they were published; to remove an episode on purpose, "
        "keep its record with `status: removed`\n"
        "  if you mean all of this: `backlist accept-changes 1`"
    ]


def test_an_episode_removed_on_purpose_goes_and_may_come_back(root: Path) -> None:
    run(root)
    edit(root, 1, status="removed")
    assert run(root) == (True, [])
    assert lock(root).endswith("dropped:\n  - small-1\n")

    edit(root, 1)
    assert run(root) == (True, [])
    assert "guid: small-1" in lock(root) and "dropped" not in lock(root)


def test_a_renamed_page_needs_its_alias(root: Path) -> None:
    run(root)
    path = root / "content/episodes/1.md"
    path.write_text(record(1).replace("slug: night-1", "slug: first"))
    written, told = run(root)
    assert not written and "1 of 4 pages would move without a redirect" in told[0]

    path.write_text(
        record(1, aliases="[/episodes/night-1]").replace("slug: night-1", "slug: first")
    )
    assert run(root) == (True, [])
    assert (root / "build/episodes/night-1/index.html").is_file()


def test_a_planned_move_names_the_old_address(root: Path) -> None:
    run(root)
    moved = SETTINGS.replace("https://small.example/\n", "https://new.example/\n")
    (root / "site.yaml").write_text(moved)
    written, told = run(root)
    assert not written
    assert "from https://small.example/feed.xml to https://new.example/feed.xml" in told[0]

    was = "  feed:\n    previous_urls: [https://small.example/feed.xml]\n"
    (root / "site.yaml").write_text(moved + was)
    assert run(root) == (True, [])
    assert "was:\n    - https://small.example/feed.xml" in lock(root)

    (root / "site.yaml").write_text(moved)
    assert run(root) == (True, [])
    assert "was:\n    - https://small.example/feed.xml" in lock(root)


def test_a_lock_that_cannot_be_read_stops_the_build(root: Path) -> None:
    run(root)
    (root / LOCK).write_text(lock(root).replace("items:", "things:"))

    written, told = run(root)

    assert not written
    assert [one.splitlines()[0] for one in told] == [
        f"{LOCK}:3: error: `items` is missing",
        f"{LOCK}:5: error: unknown key `things`",
    ]


def test_the_lock_of_an_archive_is_the_feed_it_writes(rich: Path) -> None:
    """What is compared is what subscribers get."""
    site = chain.make(rich, NOW, Options(), Problems())
    assert site is not None
    base = site.archive.site.base_url
    live = snapshot_of_rss(site.outputs["feed.xml"].read(), "feed.xml", Problems(), base)

    assert live is not None
    assert compare(live, site.diff.new) == []
    dateless = [
        [one.model_copy(update={"date": None}) for one in snapshot.items]
        for snapshot in (live, site.diff.new)
    ]
    assert dateless[0] == dateless[1]
    # A feed does not say which others there are.
    ours = site.diff.new.channel.model_copy(update={"others": ()})
    assert live.channel == ours


def test_the_lock_of_this_repository_holds_its_feed() -> None:
    root = Path(__file__).parents[3]
    problems = Problems()

    for options in (Options(), Options(base_url="https://pages.example/backlist/")):
        site = chain.make(root, NOW, options, problems)
        assert site is not None
        assert [one.message for one in site.diff.violations if one.level > Level.INFO] == []
        assert site.diff.new_items == 0


def test_a_job_that_commits_the_lock_may_write_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "content/episodes/1.md").write_text(record(1).replace("guid: small-1\n", ""))
    monkeypatch.setenv("CI", "true")

    assert run(root, base_url="https://pages.example/small/", lock=True) == (True, [])

    assert lock(root).count("guid:") == 4
    assert "page: episodes/night-1/" in lock(root)
    assert f"guid: {AUDIO}/1.mp3" in (root / "content/episodes/1.md").read_text()
    assert run(root, base_url="https://pages.example/small/") == (True, [])
