"""What the lock refuses beside lost items: a halved feed, a placeholder, a wrong clock."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backlist.build import Options, accept, build
from backlist.load import LOCK
from backlist.problems import Problems
from tests.conftest import NOW, SETTINGS, MakeSite
from tests.feed.lock.small_site import AUDIO, edit, lock, record, run


def settings(root: Path, *lines: str) -> None:
    (root / "site.yaml").write_text(SETTINGS + "".join(f"  {line}\n" for line in lines))


def said(root: Path, now: datetime = NOW) -> str:
    problems = Problems()
    build(root, root / "build", now, Options(), problems)
    return "\n".join(map(str, problems))


@pytest.fixture
def dozen(site: MakeSite) -> Path:
    return site({f"content/episodes/{n}.md": record(n, topics="[Tides]") for n in range(1, 15)})


def test_a_feed_cut_to_its_newest_items_is_a_decision(dozen: Path) -> None:
    run(dozen)
    settings(dozen, "feed: {page_size: 10, complete: false}")

    assert "feed.xml would hold the newest 10 of 14 items, and it held 14" in said(dozen)
    assert accept(dozen, 1, NOW, Problems()) == 14
    assert run(dozen) == (True, [])
    assert "newest: 10" in lock(dozen)

    edit(dozen, 15)
    assert run(dozen) == (True, [])


def test_an_address_in_letters_and_in_ascii_is_one(site: MakeSite) -> None:
    there = "https://möwe.example/talk [1].mp3"
    root = site({"content/episodes/1.md": record(1, audio=there)})
    (root / "site.yaml").write_text(SETTINGS.replace("small.example/", "büro.example/küche/"))
    run(root)
    in_ascii = lock(root)
    assert "xn--bro-hoa.example/k%C3%BCche/feed.xml" in in_ascii
    in_letters = in_ascii.replace("xn--bro-hoa", "büro").replace("k%C3%BCche", "küche")
    in_letters = in_letters.replace("xn--mwe-sna", "möwe").replace("%5B1%5D", "[1]")
    (root / LOCK).write_text(in_letters)

    assert run(root) == (True, [])


def test_pages_beside_a_whole_feed_are_fine_and_cannot_vanish(dozen: Path) -> None:
    run(dozen)
    settings(dozen, "feed: {page_size: 10}")
    assert run(dozen) == (True, [])
    assert "feed-1.xml" in lock(dozen)

    settings(dozen)

    text = said(dozen)
    assert "1 of 2 further feeds would vanish" in text and "put `site.feed.page_size` back" in text


def test_a_topic_with_a_new_name_keeps_its_page_and_its_feed(dozen: Path) -> None:
    run(dozen)
    for number in range(1, 15):
        edit(dozen, number, topics="[Ebb and flow]")

    text = said(dozen)
    assert "1 of 1 further feed would vanish" in text and "topics/tides/feed.xml" in text

    settings(dozen, "renamed_topics: {Tides: Ebb and Flow}")
    assert run(dozen) == (True, [])
    build_ = dozen / "build/topics"
    assert "ebb-and-flow" in (build_ / "tides/index.html").read_text()
    assert (build_ / "tides/feed.xml").read_bytes() == (
        build_ / "ebb-and-flow/feed.xml"
    ).read_bytes()
    assert run(dozen) == (True, [])


def test_a_topic_that_leads_nowhere_is_an_error(dozen: Path) -> None:
    settings(dozen, "renamed_topics: {Waves: Tidse}")
    assert "`site.renamed_topics` leads from `Waves` to `Tidse`" in said(dozen)
    assert "did you mean `Tides`?" in said(dozen)


def test_a_placeholder_never_takes_the_place_of_a_real_address(site: MakeSite) -> None:
    files = {"content/episodes/1.md": record(1, audio="{file: a.mp3}"), "static/a.mp3": "x"}
    root = site(files)
    run(root)
    before = lock(root)
    (root / "site.yaml").write_text(
        SETTINGS.replace("https://small.example/\n", "https://example.org/\n")
    )

    text = said(root)

    assert "`site.base_url` is a placeholder now: https://example.org/" in text
    assert "1 of 1 audio address would lead to a placeholder" in text
    assert "accept-changes" not in text
    assert lock(root) == before


def test_a_real_address_for_a_placeholder_is_no_change_to_anybody(site: MakeSite) -> None:
    files = {"content/episodes/1.md": record(1, audio="{file: a.mp3}"), "static/a.mp3": "x"}
    root = site(files)
    (root / "site.yaml").write_text(
        SETTINGS.replace("https://small.example/\n", "https://example.org/\n")
    )
    run(root)
    (root / "site.yaml").write_text(SETTINGS)

    assert run(root) == (True, [])


def test_a_clock_set_back_is_told_as_that(root: Path) -> None:
    run(root)

    text = said(root, datetime(2026, 1, 2, 12, tzinfo=UTC))

    assert "2 of 4 items would be lost: by the clock of this computer they are not out yet" in text
    assert "set the clock right" in text and "accept-changes" not in text


def test_a_date_moved_into_the_future_is_told_as_that(root: Path) -> None:
    run(root)
    edit(root, 4, date="2026-09-01")

    text = said(root)

    assert "1 of 4 items would be lost until the date that it is given now" in text
    assert "write the old date back" in text and "accept-changes 1" in text


def test_a_removed_episode_comes_back_under_its_own_guid_or_not_at_all(root: Path) -> None:
    run(root)
    edit(root, 1, status="removed")
    run(root)
    (root / "content/episodes/again.md").write_text(
        record(1, guid="new-1").replace("slug: night-1", "slug: night-1-again")
    )

    text = said(root)

    assert "1 of 1 removed item would come back under another guid" in text
    assert "`small-1` becomes `new-1`" in text and "take `status: removed` out" in text
    assert accept(root, 1, NOW, Problems()) == 4
    assert run(root) == (True, [])


@pytest.mark.parametrize("twin", ["SMALL-1", "' small-1'", "small -1"])
def test_guids_that_differ_in_case_or_space_are_warned_of(root: Path, twin: str) -> None:
    edit(root, 2, guid=twin)

    assert "2 of 4 guids differ only in case or white space" in said(root)
    assert (root / LOCK).exists()


def test_one_sound_on_two_items_is_warned_of_at_the_first_build(root: Path) -> None:
    edit(root, 2, audio=f"{AUDIO}/1.mp3")
    assert "would be on more than one item" in said(root)


def test_a_show_may_be_hidden_or_complete_from_the_start(root: Path) -> None:
    text = SETTINGS.replace("  title", "  block: true\n  complete: true\n  title", 1)
    (root / "site.yaml").write_text(text)
    assert run(root) == (True, [])
