"""A source that shrank is refused with a count and three names, and nothing is ever deleted."""

from pathlib import Path

import pytest

from backlist.importers.report import Report
from backlist.importers.run import ImportOptions, import_sources
from backlist.problems import Problems


def write_feed(path: Path, numbers: range, title: str = "Show") -> str:
    items = "".join(
        f"<item><title>Number {n}</title><guid>g-{n}</guid><description>N{n}.</description></item>"
        for n in numbers
    )
    text = (
        f"<rss><channel><title>{title}</title><description>D</description>{items}</channel></rss>"
    )
    path.write_text(text, "utf-8")
    return str(path)


def bring(root: Path, *sources: str, **options: int | bool) -> tuple[Report | None, list[str]]:
    problems = Problems()
    report = import_sources(root, sources, ImportOptions(**options), problems=problems)  # type: ignore[arg-type]
    return report, [str(p).split(": ", 1)[1] for p in problems if p.level.name == "ERROR"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "feed.xml"


def test_lost_episodes_are_counted_and_three_named(tmp_path: Path, source: Path) -> None:
    root = tmp_path / "site"
    bring(root, write_feed(source, range(10)))
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    report, told = bring(root, write_feed(source, range(5)))

    assert report is None
    assert told == [
        "error: 5 episodes of the last import are not in it: `Number 5`, `Number 6`, `Number 7` "
        "and 2 more\n"
        "  check that the source is complete; name two feeds of one show in one command.\n"
        "  If they are gone for good, import with `--allow-removed 5`; their records stay"
    ]
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_wrong_count_is_no_consent(tmp_path: Path, source: Path) -> None:
    root = tmp_path / "site"
    bring(root, write_feed(source, range(10)))
    _, told = bring(root, write_feed(source, range(5)), allow_removed=4)

    assert "and 2 more; `--allow-removed 4` is not their number" in told[0]


def test_insisting_keeps_the_records_and_is_remembered(tmp_path: Path, source: Path) -> None:
    root = tmp_path / "site"
    bring(root, write_feed(source, range(10)))
    report, _ = bring(root, write_feed(source, range(5)), allow_removed=5)

    assert report is not None
    assert len(report.gone) == 5
    assert len(list((root / "content/episodes").iterdir())) == 10
    assert bring(root, write_feed(source, range(5)))[1] == []
    # An item that comes back is an item like any other, and may be lost again.
    assert bring(root, write_feed(source, range(6)))[1] == []
    assert (
        "1 episode of the last import is not in it: `Number 5`"
        in (bring(root, write_feed(source, range(5)))[1][0])
    )


def test_a_record_taken_back_on_purpose_is_not_missed(tmp_path: Path, source: Path) -> None:
    root = tmp_path / "site"
    bring(root, write_feed(source, range(3)))
    record = root / "content/episodes/number-2.md"
    record.write_text(record.read_text().replace("guid:", "status: removed\nguid:"))

    assert bring(root, write_feed(source, range(2)))[1] == []


def test_two_feeds_of_one_show_are_one_source(tmp_path: Path) -> None:
    root = tmp_path / "site"
    old = write_feed(tmp_path / "old.xml", range(5))
    new = write_feed(tmp_path / "new.xml", range(5, 9))

    assert bring(root, old, new)[1] == []
    assert bring(root, old, new)[1] == []
    assert "4 episodes" in bring(root, old)[1][0]


def test_an_empty_source_is_refused(tmp_path: Path, source: Path) -> None:
    root = tmp_path / "site"
    bring(root, write_feed(source, range(3)))

    assert "the feed has no `<item>`" in bring(root, write_feed(source, range(0)))[1][0]


def test_a_record_is_known_wherever_it_lies_and_however_it_ends(
    tmp_path: Path, source: Path
) -> None:
    root = tmp_path / "site"
    bring(root, write_feed(source, range(3)))
    folder = root / "content/episodes"
    first, second, _ = sorted(folder.iterdir())
    (folder / "season-1").mkdir()
    first.rename(folder / "season-1" / first.name)
    second.rename(second.with_suffix(".Markdown"))
    source.write_text(write_feed(source, range(3)) and source.read_text().replace("N1.", "New."))
    report, told = bring(root, str(source))

    assert report is not None and told == []
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 3
    assert "New." in second.with_suffix(".Markdown").read_text("utf-8")
