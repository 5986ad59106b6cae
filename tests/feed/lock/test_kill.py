"""A build killed at any moment leaves files old or new, the lock whole, and the next build fit."""

import os
import random
import shutil
import signal
from pathlib import Path

import pytest

from backlist import build as chain
from backlist.build import Options
from backlist.feed.lock import lockfile
from backlist.load import LOCK
from backlist.problems import Problems
from backlist.resolve.files import read_yaml
from backlist.write import STAGE
from tests.conftest import NOW
from tests.killing import killing

KILLS = 12

TASK = """
from datetime import datetime
from pathlib import Path
from backlist.build import Options, build
from backlist.problems import Problems
def task(root, now):
    build(Path(root), Path(root, "build"), datetime.fromisoformat(now), Options(), Problems())
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.name.endswith((".tmp", "manifest.json"))
        and path.parent.name != STAGE
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
    (rich / LOCK).unlink(missing_ok=True)
    with killing(TASK) as killer:
        killer.run(rich, rich, NOW)
        old, old_lock = tree(rich / "build"), whole(rich)
        after = Path(shutil.copytree(rich, tmp_path / "after"))
        change(after)
        moments = killer.run(after, after, NOW)
        new, new_lock = tree(after / "build"), whole(after)
        assert old_lock != new_lock and len(old.keys() ^ new.keys()) >= 2
        mixed = 0

        for moment in sorted(random.Random(11).sample(range(1, moments + 1), KILLS)):
            root = Path(shutil.copytree(rich, tmp_path / f"killed-{moment}"))
            change(root)
            killer.kill(moment, root, root, NOW)
            left, lock = tree(root / "build"), whole(root)
            torn = {p for p, data in left.items() if data not in (old.get(p), new.get(p))}
            assert torn == set()
            assert old.keys() & new.keys() <= left.keys()
            assert lock in (old_lock, new_lock)
            if any(old.get(path) != data for path, data in left.items()):
                assert lock == new_lock
                mixed += left != new
            killer.run(root, root, NOW)
            assert tree(root / "build") == new
            assert whole(root) == new_lock
            assert not [*root.rglob("*.tmp"), *root.rglob(STAGE)]
            shutil.rmtree(root)

    assert mixed >= KILLS / 3, "too few kills hit the writing: the test proves little"


def test_a_kill_between_lock_and_site_loses_nothing(
    rich: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock then knows of an item nobody has; a later change of its guid is still refused."""
    monkeypatch.delenv("CI", raising=False)

    def die(*_: object) -> None:
        raise KeyboardInterrupt(signal.SIGKILL)

    with monkeypatch.context() as dying, pytest.raises(KeyboardInterrupt):
        dying.setattr(chain, "publish", die)
        chain.build(rich, rich / "build", NOW, Options(), Problems())

    assert "tide-0001" in whole(rich)
    assert not (rich / "build/feed.xml").exists()
    assert chain.build(rich, rich / "build", NOW, Options(), Problems()) is not None
