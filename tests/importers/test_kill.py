"""An import that is killed leaves every file old or new, never half; the next one completes it."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from backlist.content import schemas
from backlist.importers.run import import_sources
from backlist.problems import Problems
from tests.conftest import built
from tests.killing import Killer, killing

ITEMS = 20
KILLS = 10

TASK = """
from pathlib import Path
from backlist.importers.run import import_sources
from backlist.problems import Problems
import backlist.importers, lxml.html
def task(source, root):
    import_sources(Path(root), [source], problems=Problems())
"""


@pytest.fixture
def killer() -> Iterator[Killer]:
    with killing(TASK) as made:
        yield made


def write_feed(path: Path, edition: int, count: int) -> Path:
    items = "".join(
        f"<item><title>Number {n}, edition {edition}</title><guid>g-{n}</guid>"
        f"<pubDate>{1 + n % 28:02} Mar 2026 06:30:00 +0100</pubDate>"
        f'<enclosure url="https://a{edition}.example/{n}.mp3" length="{n + edition}"/>'
        f"<description>{'Words. ' * 100 * edition}</description></item>"
        for n in range(count)
    )
    path.write_text(
        f"<rss><channel><title>S{edition}</title><description>D</description>{items}</channel></rss>"
    )
    return path


def files_of(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".tmp"
    }


def imported(source: Path, root: Path) -> dict[str, bytes]:
    assert import_sources(root, [str(source)], problems=Problems()) is not None

    return files_of(root)


def test_kills_leave_old_or_new_files(tmp_path: Path, killer: Killer) -> None:
    first = write_feed(tmp_path / "1.xml", 1, ITEMS)
    second = write_feed(tmp_path / "2.xml", 2, ITEMS + 10)
    start, root, trial = tmp_path / "start", tmp_path / "site", tmp_path / "trial"
    old = imported(first, start)
    shutil.copytree(start, root)
    new = imported(second, root)
    shutil.copytree(start, trial)
    moments = killer.run(trial, second, trial)
    assert files_of(trial) == new
    mixed = 0
    for moment in sorted(random.Random(7).sample(range(1, moments + 1), KILLS)):
        shutil.rmtree(root)
        shutil.copytree(start, root)
        killer.kill(moment, root, second, root)
        left = files_of(root)
        for name, content in left.items():
            assert content in (old.get(name), new.get(name)), name
        assert left.keys() >= old.keys()
        mixed += left not in (old, new)
        if moment % 5 == 0:
            assert imported(second, root) == new

    assert mixed > KILLS / 2, "too few kills hit the writing: the test proves little"
    (root / "content/episodes/.backlist-a1b2c3d4.tmp").write_text("---\nhalf")
    assert not built(root)[1].stop()
    assert imported(second, root) == new
    assert not list(root.rglob("*.tmp"))


def test_a_killed_founding_can_be_repeated(tmp_path: Path, killer: Killer) -> None:
    source = write_feed(tmp_path / "1.xml", 1, 10)
    new = imported(source, tmp_path / "whole")
    moments = killer.run(tmp_path / "trial", source, tmp_path / "trial")
    for moment in sorted(random.Random(11).sample(range(1, moments + 1), 10)):
        root = tmp_path / f"site-{moment}"
        killer.kill(moment, root, source, root)
        there = files_of(root) if root.exists() else {}

        assert there.items() <= new.items()
        assert imported(source, root).keys() >= new.keys() - {
            "content/pages/about.md",
            ".gitignore",
            *schemas.texts(),
        }
