"""A build killed at any moment leaves files old or new, the lock whole, and the next build fit."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
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
from tests.conftest import NOW, SITES
from tests.killing import Killer, killing

KILLS = 6

TASK = """
import os
import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from backlist.build import Options, build
from backlist.cache.store import Cache
from backlist.problems import Problems
from backlist.write import trees
if IN_ORDER:
    trees.can_exchange = lambda: False
else:
    os.environ["BACKLIST_CORES"] = "2"
def task(root, now):
    with Cache(Path(root, ".cache")) as cache:
        moment, out = datetime.fromisoformat(now), Path(root, "build")
        build(Path(root), out, moment, Options(), Problems(), cache)
# What a first build imports and compiles is then there in each that follows.
with TemporaryDirectory() as folder:
    task(shutil.copytree("RICH", Path(folder, "site")), "NOW")
"""


def task(*, in_order: bool) -> str:
    """The source of a build; in order, it is one where folders cannot change places."""
    named = TASK.replace("RICH", f"{SITES}/rich").replace("NOW", f"{NOW}")
    return named.replace("IN_ORDER", f"{in_order}")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def change(root: Path, number: int) -> None:
    """Another title on every page, an episode and a page more, and a page less."""
    settings = root / "site.yaml"
    settings.write_text(re.sub("The .* Desk", f"The {number} Desk", settings.read_text("utf-8")))
    episodes = root / "content/episodes"
    text = (episodes / "2025-11-03-queues-that-forget.md").read_text("utf-8")
    for old in ("slug: queues", "tide-0001", "queues-that-forget-1a2b3c"):
        text = text.replace(old, f"{old}-{number}")
    (episodes / f"more-{number}.md").write_text(text)
    pages = root / "content/pages"
    page = f"---\ntitle: Page {number}\nslug: page-{number}\n---\n\nText.\n"
    (pages / f"page-{number}.md").write_text(page)
    (pages / f"page-{number - 1}.md").unlink(missing_ok=True)


def whole(root: Path) -> str:
    """The lock's text, once it is seen to be a whole lock."""
    problems = Problems()
    document = read_yaml(LOCK, (root / LOCK).read_bytes()).record
    assert document is not None and lockfile.read(document, problems) is not None
    return (root / LOCK).read_text("utf-8")


class Kill(NamedTuple):
    """What was published before a build that was killed, then, and after the next build."""

    old: dict[str, bytes]
    left: dict[str, bytes]
    new: dict[str, bytes]


def kills(root: Path, killer: Killer, count: int) -> Iterator[Kill]:
    """Builds of an ever changed site, killed at moments that lie evenly in a build."""
    (root / LOCK).unlink(missing_ok=True)
    settings = root / "site.yaml"  # an index of words is published like any other file
    settings.write_text(settings.read_text("utf-8").replace("site:\n", "site:\n  search: false\n"))
    moments = 0
    for number in range(2):
        change(root, number)
        moments = killer.run(root, root, NOW)
    for number in range(count):
        old, old_lock = tree(root / "build"), whole(root)
        change(root, number + 2)
        moment = 1 + (moments - 2) * (2 * number + 1) // (2 * count)
        killer.kill(moment, root, root, NOW)
        left, lock = tree(root / "build"), whole(root)
        killer.run(root, root, NOW)
        new, new_lock = tree(root / "build"), whole(root)
        assert old.keys() - new.keys()
        assert len(new.keys() - old.keys()) >= 2
        assert lock in (old_lock, new_lock) and old_lock != new_lock
        assert left == old or lock == new_lock, "the lock is written first"
        assert not [*root.rglob("*.tmp"), *root.rglob(STAGE)]
        yield Kill(old, left, new)


NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork")


@NEEDS_FORK
def test_a_build_may_be_killed_at_any_moment_and_the_site_is_whole(rich: Path) -> None:
    with killing(task(in_order=False)) as killer:
        found = [(one.left == one.old, one.left == one.new) for one in kills(rich, killer, KILLS)]

    assert {*found} == {(True, False), (False, True)}, "a mixture, or kills on one side only"


@NEEDS_FORK
def test_where_folders_cannot_change_places_no_reader_meets_what_is_missing(rich: Path) -> None:
    with killing(task(in_order=True)) as killer:
        mixed = 0
        for old, left, new in kills(rich, killer, KILLS):
            mixed += left not in (old, new)
            assert old.keys() & new.keys() <= left.keys()
            pages = {path: data for path, data in left.items() if not path.startswith(".")}
            assert all(data in (old.get(path), new.get(path)) for path, data in pages.items())
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
