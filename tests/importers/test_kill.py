"""An import that is killed leaves every file old or new, never half; the next one completes it."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backlist.importers.run import import_sources
from backlist.problems import Problems
from tests.conftest import built

ITEMS = 60
KILLS = 50
TRIES = 400

# Waits for lines `delay feed root`, imports in a child of its own and kills that after the delay.
DRIVER = """
import os, signal, sys, time
from backlist.importers.run import import_sources
from backlist.problems import Problems
import backlist.importers, lxml.html
for line in sys.stdin:
    delay, source, root = line.rstrip("\\n").split("\\t")
    start = time.monotonic()
    child = os.fork()
    if not child:
        from pathlib import Path
        import_sources(Path(root), [source], problems=Problems())
        os._exit(0)
    if delay:
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    print(int(killed), time.monotonic() - start, flush=True)
"""


class Killer:
    """The driver, spoken to line by line."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, source: Path, root: Path, delay: float | None = None) -> tuple[bool, float]:
        """Whether the import was killed, and how long it took."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{'' if delay is None else delay}\t{source}\t{root}\n")
        self.process.stdin.flush()
        killed, seconds = self.process.stdout.readline().split()
        return killed == "1", float(seconds)


@pytest.fixture
def killer() -> Iterator[Killer]:
    made = Killer()
    with made.process:
        yield made
        made.process.communicate()


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


def test_fifty_kills_leave_old_or_new_files(tmp_path: Path, killer: Killer) -> None:
    chance = random.Random(7)
    first = write_feed(tmp_path / "1.xml", 1, ITEMS)
    second = write_feed(tmp_path / "2.xml", 2, ITEMS + 20)
    start, root = tmp_path / "start", tmp_path / "site"
    old = imported(first, start)
    shutil.copytree(start, root)
    new = imported(second, root)
    shutil.rmtree(root)
    shutil.copytree(start, root)
    _, whole = killer.run(second, Path(shutil.copytree(start, tmp_path / "trial")))
    kills = 0
    for _ in range(TRIES):
        killed, _ = killer.run(second, root, chance.uniform(0, whole))
        kills += killed
        for name, content in files_of(root).items():
            assert content in (old.get(name), new.get(name)), name
        if kills == KILLS:
            break
        if not killed or kills % 5 == 0:
            shutil.rmtree(root)
            shutil.copytree(start, root)

    assert kills == KILLS
    (root / "content/episodes/.backlist-a1b2c3d4.tmp").write_text("---\nhalf")
    assert not built(root)[1].stop()
    assert imported(second, root) == new
    assert not list(root.rglob("*.tmp"))


def test_a_killed_founding_can_be_repeated(tmp_path: Path, killer: Killer) -> None:
    chance = random.Random(11)
    source = write_feed(tmp_path / "1.xml", 1, 20)
    new = imported(source, tmp_path / "whole")
    _, whole = killer.run(source, tmp_path / "trial")
    for attempt in range(15):
        root = tmp_path / f"site-{attempt}"
        killer.run(source, root, chance.uniform(0, whole))
        there = files_of(root) if root.exists() else {}

        assert there.items() <= new.items()
        assert imported(source, root).keys() >= new.keys() - {
            "content/pages/about.md",
            ".gitignore",
        }
