"""A build without changes is answered at once; any change at all is noticed."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backlist.cache import stamp
from backlist.cache.stamp import Stamp

ANSWER: dict[str, object] = {"files": 3, "said": ["a notice"]}


class Folder:
    """A site of two files, what was built of it, and the stamp of that build."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("content/a.md", "content/b/c.md", "site.yaml", "build/index.html"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(name)
        (root / ".cache").mkdir()

    def stamp(self, out: str = "build", *options: str) -> Stamp:
        reads = [str(self.root / name) for name in ("site.yaml", "content", "templates")]
        return Stamp(str(self.root / ".cache"), reads, str(self.root / out), options)

    def build(self, due: float | None = None) -> None:
        self.stamp().keep(ANSWER, due, own=())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_first_build_has_no_answer_and_the_second_has(folder: Folder) -> None:
    assert folder.stamp().answer() is None
    folder.build()

    assert folder.stamp().answer() == ANSWER


def _back_in_time(root: Path) -> None:
    """Edit, and leave size and time what they were, as tools that copy do."""
    path = root / "content/a.md"
    status = path.stat()
    other = root / "content/other"
    other.write_text("content/A.md")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file edited": lambda root: (root / "content/a.md").write_text("other"),
    "a file touched": lambda root: os.utime(root / "content/b/c.md", (1, 1)),
    "a file replaced": _back_in_time,
    "a file added": lambda root: (root / "content/b/d.md").write_text(""),
    "a hidden file added": lambda root: (root / "content/.d.md").write_text(""),
    "a file removed": lambda root: (root / "content/b/c.md").unlink(),
    "a file renamed": lambda root: (root / "content/a.md").rename(root / "content/z.md"),
    "a place made": lambda root: (root / "templates").write_text("x"),
    "the settings": lambda root: (root / "site.yaml").write_text("x"),
    "an output touched": lambda root: (root / "build/index.html").write_text("mine"),
    "an output removed": lambda root: (root / "build/index.html").unlink(),
    "an output added": lambda root: (root / "build/CNAME").write_text("mine"),
    "the answer spoilt": lambda root: next((root / ".cache").iterdir()).write_text('{"answer": 3'),
    "no answer": lambda root: next((root / ".cache").iterdir()).write_text("[]"),
    "bytes": lambda root: next((root / ".cache").iterdir()).write_bytes(b"\xff\x00"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_noticed(folder: Folder, change: Callable[[Path], object]) -> None:
    folder.build()
    change(folder.root)

    assert folder.stamp().answer() is None
    folder.build()
    assert folder.stamp().answer() == ANSWER


def test_other_options_and_another_folder_have_answers_of_their_own(folder: Folder) -> None:
    folder.build()

    assert folder.stamp("build", "drafts").answer() is None
    assert folder.stamp("elsewhere").answer() is None
    assert folder.stamp().answer() == ANSWER


def test_the_next_episode_ends_an_answer(folder: Folder) -> None:
    folder.build(due=time.time() + 1000)
    assert folder.stamp().answer() == ANSWER

    folder.build(due=time.time() - 1)
    assert folder.stamp().answer() is None


def test_another_program_ends_an_answer(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.build()
    monkeypatch.setattr(stamp, "program", lambda: "a newer one")

    assert folder.stamp().answer() is None


def test_the_program_is_known_by_its_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    before = stamp.program()
    (tmp_path / "jinja2-9.9.dist-info").mkdir()

    assert stamp.program() != before
    assert stamp.program() == stamp.program()


def test_an_edit_during_a_build_is_seen_by_the_next(folder: Folder) -> None:
    running = folder.stamp()
    (folder.root / "content/a.md").write_text("edited meanwhile")
    running.keep(ANSWER, None, own=())

    assert folder.stamp().answer() is None


def test_a_cache_that_cannot_be_written_costs_time_only(folder: Folder) -> None:
    (folder.root / ".cache").rmdir()
    (folder.root / ".cache").write_text("in the way")
    folder.build()

    assert folder.stamp().answer() is None


def test_names_that_are_no_text_are_looked_at(folder: Folder) -> None:
    (folder.root / "content" / os.fsdecode(b"caf\xe9.md")).write_text("x")
    folder.build()

    assert folder.stamp().answer() == ANSWER
