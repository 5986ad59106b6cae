"""Feeds that list only their newest episodes: what falls out of them is no loss."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from backlist.importers.run import ImportOptions, import_sources
from backlist.problems import Problems

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def bring(root: Path, numbers: list[int]) -> list[str]:
    """Import a feed of these episodes; the problems in words."""
    items = "".join(
        f"<item><title>N {n}</title><guid>g-{n}</guid><description>N {n}.</description>"
        f"<pubDate>{format_datetime(FIRST + timedelta(days=n))}</pubDate></item>"
        for n in numbers
    )
    source = root.parent / "feed.xml"
    source.write_text(
        f"<rss><channel><title>S</title><description>D</description>{items}</channel></rss>"
    )
    problems = Problems()
    import_sources(root, [str(source)], ImportOptions(), problems=problems)
    return [f"{problem.level}: {problem.message}" for problem in problems]


def test_the_oldest_make_room_for_newer_ones(tmp_path: Path) -> None:
    root = tmp_path / "site"
    bring(root, [5, 4, 3, 2, 1])

    told = bring(root, [7, 6, 5, 4, 3])

    assert told == [
        "info: 2 episodes are older than the 5 that the feed lists now; their records stay"
    ]
    assert len(list((root / "content/episodes").iterdir())) == 7
    assert "gone: true" in (root / "content/imported/episodes/n-1.yaml").read_text()
    assert bring(root, [7, 6, 5, 4, 3]) == []


def test_an_episode_from_the_middle_is_missed(tmp_path: Path) -> None:
    root = tmp_path / "site"
    bring(root, [5, 4, 3, 2, 1])

    told = bring(root, [7, 6, 5, 4, 2, 1])

    assert told == ["error: 1 episode of the last import is not in it: `N 3`"]


def test_fewer_items_than_before_are_no_window(tmp_path: Path) -> None:
    root = tmp_path / "site"
    bring(root, [5, 4, 3, 2, 1])

    told = bring(root, [6, 5, 4, 3])

    assert told == ["error: 2 episodes of the last import are not in it: `N 1`, `N 2`"]
