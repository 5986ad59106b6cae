"""A build killed at any moment leaves files old or new, the lock whole, and the next build fit."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from backlist import build as chain
from backlist.build import Options
from backlist.feed.lock import lockfile
from backlist.load import LOCK
from backlist.problems import Problems
from backlist.resolve.files import read_yaml
from backlist.write import STAGE
from tests.conftest import NOW
from tests.killing import Killer, killing

KILLS = 6

TASK = """
from datetime import datetime
from pathlib import Path
from backlist.build import Options, build
from backlist.cache import Cache
from backlist.problems import Problems
from backlist.write import trees
if IN_ORDER:
    trees.can_exchange = lambda: False
def task(root, now):
    with Cache(Path(root, ".cache")) as cache:
        moment, out = datetime.fromisoformat(now), Path(root, "build")
        build(Path(root), out, moment, Options(), Problems(), cache)
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
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


class Turning:
    """A site that is built in two states by turns, each time into what the build before left."""

    def __init__(self, root: Path, aside: Path, killer: Killer) -> None:
        self.root, self.killer = root, killer
        self.contents = [Path(shutil.copytree(root, aside / str(number))) for number in (0, 1)]
        change(self.contents[1])
        self.sites: list[dict[str, bytes]] = []
        self.locks: list[str] = []
        self.state = 0
        for number in (0, 1):
            self.turn(number)
            self.moments = killer.run(root, root, NOW)
            self.sites.append(tree(root / "build"))
            self.locks.append(whole(root))

    def turn(self, number: int) -> None:
        """Give the site the content of a state, and the lock that it may be built with."""
        shutil.rmtree(self.root / "content/episodes")
        shutil.copytree(self.contents[number] / "content/episodes", self.root / "content/episodes")
        shutil.copy(self.contents[number] / "site.yaml", self.root)
        if number == 0 and self.locks:
            (self.root / LOCK).write_text(self.locks[0], "utf-8")
        self.state = number

    def kills(self, count: int) -> Iterator[dict[str, bytes]]:
        """What is published after each of some kills; the next build is then run to its end."""
        for number in range(count):
            self.turn(1 - self.state)
            moment = 1 + (self.moments - 2) * (2 * number + 1) // (2 * count)
            self.killer.kill(moment, self.root, self.root, NOW)
            left = tree(self.root / "build")
            assert whole(self.root) in self.locks
            if self.state == 1 and left != self.sites[0]:
                assert whole(self.root) == self.locks[1], "the lock is written first"
            yield left
            self.killer.run(self.root, self.root, NOW)
            assert tree(self.root / "build") == self.sites[self.state]
            assert whole(self.root) == self.locks[self.state]
            assert not [*self.root.rglob("*.tmp"), *self.root.rglob(STAGE)]


NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork")


@NEEDS_FORK
def test_a_build_may_be_killed_at_any_moment_and_the_site_is_whole(
    rich: Path, tmp_path: Path
) -> None:
    (rich / LOCK).unlink(missing_ok=True)
    with killing(TASK.replace("IN_ORDER", "False")) as killer:
        turning = Turning(rich, tmp_path, killer)
        assert len(turning.sites[0].keys() ^ turning.sites[1].keys()) >= 2
        assert turning.locks[0] != turning.locks[1]

        found = [turning.sites.index(left) ^ turning.state for left in turning.kills(KILLS)]

    assert {0, 1} == {*found}, "the kills came all before the last step, or all after it"


@NEEDS_FORK
def test_where_folders_cannot_change_places_no_reader_meets_what_is_missing(
    rich: Path, tmp_path: Path
) -> None:
    (rich / LOCK).unlink(missing_ok=True)
    with killing(TASK.replace("IN_ORDER", "True")) as killer:
        turning = Turning(rich, tmp_path, killer)
        mixed = 0
        for left in turning.kills(KILLS):
            mixed += left not in turning.sites
            one, other = turning.sites
            assert one.keys() & other.keys() <= left.keys()
            assert all(
                data in (one.get(p), other.get(p))
                for p, data in left.items()
                if not p.startswith(".")
            )
            assert missing(left) == set()

    assert mixed >= KILLS / 5, "too few kills hit the writing: the test proves little"


def missing(site: dict[str, bytes]) -> set[str]:
    """What the home page, and pages that it leads to, want and do not find."""
    seen, waiting, lost = {"index.html"}, ["index.html"], set()
    while waiting:
        page = waiting.pop()
        for _, _, link, _ in html.document_fromstring(site[page]).iterlinks():
            if ":" in link or link.startswith(("//", "/")):
                continue
            path = urljoin(f"http://x/{page}", link).partition("#")[0].partition("?")[0][9:]
            path = f"{path}index.html" if path.endswith("/") or not path else path
            if path not in site:
                lost.add(path)
            elif path.endswith(".html") and path not in seen:
                seen.add(path)
                waiting.append(path)
    assert len(seen) > 10
    return lost


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
