"""A build killed at any moment leaves files old or new, the lock whole, and the next build fit."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backlist import build as chain
from backlist.build import Options
from backlist.ledger import lockfile
from backlist.load import LOCK
from backlist.problems import Problems
from backlist.resolve.files import read_yaml
from tests.conftest import NOW

KILLS = 30
PATIENCE = 60.0

# One interpreter forks a child for each build it is told of, so that a kill costs no start. Files
# are put in place slowly, so that many kills come between a temporary file and its name.
FORKER = """
import os, sys, time
from datetime import datetime
from pathlib import Path
from backlist.build import Options, build
from backlist.problems import Problems
real = Path.replace
def slowly(self, target):
    time.sleep(0.002)
    return real(self, target)
Path.replace = slowly
for line in sys.stdin:
    root, now, delay = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        build(Path(root), Path(root, "build"), datetime.fromisoformat(now), Options(), Problems())
        os._exit(0)
    began = time.monotonic()
    while time.monotonic() - began < float(delay) and os.waitpid(child, os.WNOHANG) == (0, 0):
        time.sleep(0.0005)
    took = time.monotonic() - began
    try:
        os.kill(child, 9)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        pass
    print(took, flush=True)
"""


class Forker:
    """Builds sites in processes that end when they are done or when their time is up."""

    def __init__(self) -> None:
        env = {key: value for key, value in os.environ.items() if key != "CI"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", FORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
        )

    def build(self, root: Path, delay: float) -> float:
        """Build for at most `delay` seconds; how long it lived."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{root}\t{NOW.isoformat()}\t{delay}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def end(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith((".tmp", "manifest.json"))
    }


def change(root: Path) -> None:
    """Another title on every page, an episode more, one less in the archive."""
    settings = root / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("The Tide Desk", "The Ebb Desk"))
    episodes = root / "content/episodes"
    text = (episodes / "2025-11-03-queues-that-forget.md").read_text("utf-8")
    for old, new in (("slug: queues", "slug: more-queues"), ("tide-0001", "tide-0009")):
        text = text.replace(old, new)
    (episodes / "more.md").write_text(text.replace("queues-that-forget-1a2b3c.mp3", "more.mp3"))
    (episodes / "2025-10-01-the-lost-pilot.md").unlink()


def whole(root: Path) -> str:
    """The lock's text, once it is seen to be a whole lock."""
    problems = Problems()
    document = read_yaml(LOCK, (root / LOCK).read_bytes()).record
    assert document is not None and lockfile.read(document, problems) is not None
    return (root / LOCK).read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork")
def test_a_build_may_be_killed_at_any_moment(rich: Path, tmp_path: Path) -> None:
    forker = Forker()
    (rich / LOCK).unlink(missing_ok=True)
    forker.build(rich, PATIENCE)
    old, old_lock = tree(rich / "build"), whole(rich)
    after = Path(shutil.copytree(rich, tmp_path / "after"))
    change(after)
    span = forker.build(after, PATIENCE)
    new, new_lock = tree(after / "build"), whole(after)
    assert old_lock != new_lock and len(old.keys() ^ new.keys()) >= 2
    dice = random.Random(11)
    mixed = 0

    for number in range(KILLS):
        root = Path(shutil.copytree(rich, tmp_path / f"killed-{number}"))
        change(root)
        forker.build(root, span * dice.uniform(0.2, 1.05))
        left, lock = tree(root / "build"), whole(root)
        assert all(data in (old.get(path), new.get(path)) for path, data in left.items())
        assert old.keys() & new.keys() <= left.keys()
        assert lock in (old_lock, new_lock)
        if any(old.get(path) != data for path, data in left.items()):
            assert lock == new_lock
            mixed += left != new
        forker.build(root, PATIENCE)
        assert tree(root / "build") == new
        assert whole(root) == new_lock
        assert not list(root.rglob("*.tmp"))
        shutil.rmtree(root)

    forker.end()
    assert mixed >= 3, "too few kills hit the writing: the test proves little"


def test_a_kill_between_lock_and_site_loses_nothing(
    rich: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock then knows of an item nobody has; a later change of its guid is still refused."""
    monkeypatch.delenv("CI", raising=False)

    def die(*_: object) -> None:
        raise KeyboardInterrupt(signal.SIGKILL)

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(chain, "write", die)
        chain.build(rich, rich / "build", NOW, Options(), Problems())

    assert "tide-0001" in whole(rich)
    assert not (rich / "build/feed.xml").exists()
    began = time.monotonic()
    assert chain.build(rich, rich / "build", NOW, Options(), Problems()) is not None
    assert time.monotonic() - began < PATIENCE
