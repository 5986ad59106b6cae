"""What is kept between runs: right or forgotten, never wrong and never in the way."""

import os
import pickle
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backlist.build import Options, build
from backlist.cache import stamp
from backlist.cache import store as module
from backlist.cache.store import STORE, Cache, digest
from backlist.cache.unpickle import unpickled
from backlist.files import File, Parsed
from backlist.problems import Level, Problem, Problems, Where
from tests.conftest import NOW, tree

MANY = 40


class Work:
    """Files to be parsed and items to be made, and how often either was done."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.files = []
        for number in range(MANY):
            path = folder / f"{number}.md"
            path.write_text(f"Text {number}")
            os.utime(path, (1_700_000_000, 1_700_000_000))
            self.files.append(File(path.name, path))
        self.done: list[object] = []

    def parse(self, name: str, data: bytes) -> Parsed[str]:
        self.done.append(name)
        told = Problem(Where(name, 1), Level.WARNING, "is read", "")
        return Parsed(data.decode().upper(), (told,))

    def make(self, number: int) -> tuple[str, int]:
        self.done.append(number)
        return "x" * number, number

    def answers(self, cache: Cache, count: int = MANY) -> tuple[object, ...]:
        items = [(digest(bytes([number])), number) for number in range(count)]
        known = cache.known("facts", b"page")
        cache.keep("facts", b"page", {"a": 1})
        return (
            cache.each(self.parse, self.files),
            cache.make("thing", self.make, items),
            cache.measure(_size, self.files),
            known in (None, {"a": 1}),
        )

    def run(self, folder: Path, edition: str = "") -> tuple[object, ...]:
        self.done.clear()
        with Cache(folder, edition) as cache:
            return self.answers(cache)


def _size(path: Path) -> int:
    return path.stat().st_size


@pytest.fixture(autouse=True)
def one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIST_CORES", "1")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "files")


def test_nothing_is_done_twice(work: Work, tmp_path: Path) -> None:
    first = work.run(tmp_path)
    assert len(work.done) == 2 * MANY

    assert work.run(tmp_path) == first
    assert work.done == []


def test_an_edit_is_seen_and_only_that_is_read_again(work: Work, tmp_path: Path) -> None:
    work.run(tmp_path)
    work.files[3].path.write_text("text 3")  # of the same size

    answers: Any = work.run(tmp_path)
    assert work.done == ["3.md"]
    assert answers[0][3].record == "TEXT 3"


def test_a_file_written_just_now_is_read_again(work: Work, tmp_path: Path) -> None:
    """It could be written once more before the clock of its disk ticks."""
    path = work.files[0].path
    with Cache(tmp_path) as cache:
        path.write_text("one")
        cache.each(work.parse, work.files)
        status = path.stat()
        path.write_text("two")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    with Cache(tmp_path) as cache:
        assert cache.each(work.parse, work.files)[0].record == "TWO"


def test_a_file_that_cannot_be_read_is_told(work: Work, tmp_path: Path) -> None:
    work.files[0].path.unlink()

    with Cache(tmp_path) as cache:
        [gone, *_] = cache.each(work.parse, work.files)
    assert gone.record is None
    assert str(gone.problems[0]).startswith("0.md: error: cannot be read: No such file")


def test_what_nobody_asked_for_is_dropped_when_a_run_ends_well(work: Work, tmp_path: Path) -> None:
    work.run(tmp_path)
    with pytest.raises(KeyboardInterrupt), Cache(tmp_path) as cache:
        work.answers(cache, count=2)
        raise KeyboardInterrupt
    work.run(tmp_path)
    assert work.done == []

    with Cache(tmp_path) as cache:
        work.answers(cache, count=2)
    work.run(tmp_path)
    assert work.done == [*range(2, MANY)]


def test_another_edition_drives_nothing_out(work: Work, tmp_path: Path) -> None:
    first = work.run(tmp_path, "one")
    with Cache(tmp_path, "two") as cache:
        work.answers(cache, count=1)

    assert work.run(tmp_path, "one") == first
    assert work.done == []


def test_two_at_once_are_both_right(work: Work, tmp_path: Path) -> None:
    one, two = Cache(tmp_path), Cache(tmp_path)
    with one:
        first = work.answers(one)
    with two:
        assert work.answers(two) == first
    assert work.run(tmp_path) == first
    assert work.done == []


def test_a_store_that_is_held_by_another_process_costs_time_only(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = work.run(tmp_path)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0.01}))
    holder = connect(tmp_path / STORE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    assert work.run(tmp_path) == first
    holder.close()


def test_names_that_are_no_text_are_kept_too(work: Work, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    odd = Work(folder)

    first = odd.run(folder, edition=str(folder))
    assert odd.run(folder, edition=str(folder)) == first
    assert odd.done == []


def test_what_waits_is_written_before_it_fills_the_memory(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = work.run(tmp_path / "other")
    monkeypatch.setattr(module, "_MOST_WAITING", 100)
    work.done.clear()
    with Cache(tmp_path) as cache:
        assert work.answers(cache) == expected
        assert sum(map(len, cache._fresh.values())) < 1_000
        done = len(work.done)
        assert work.answers(cache) == expected
        assert len(work.done) == done
    assert work.run(tmp_path) == expected
    assert not work.done


def test_an_entry_can_be_asked_for_twice(work: Work, tmp_path: Path) -> None:
    first = work.run(tmp_path)
    work.done.clear()
    with Cache(tmp_path) as cache:
        assert work.answers(cache) == work.answers(cache) == first
    assert not work.done


def test_a_resident_cache_sees_edits(work: Work, tmp_path: Path) -> None:
    cache = Cache(tmp_path, resident=True)
    with cache:
        first = work.answers(cache)
    work.done.clear()
    with cache:
        assert work.answers(cache) == first
    assert work.done == []
    work.files[5].path.write_text("edited")
    with cache:
        again: Any = work.answers(cache)
    assert again[0][5].record == "EDITED"


# ---- stores that are not to be believed


def test_another_program_begins_anew(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.run(tmp_path)
    monkeypatch.setattr(stamp, "program", lambda: "a newer one")

    work.run(tmp_path)
    assert len(work.done) == 2 * MANY
    work.run(tmp_path)
    assert work.done == []


def _of_others(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as base:
        base.executescript(
            "CREATE TABLE state (x); CREATE TABLE kept (y); INSERT INTO kept VALUES (1)"
        )
    base.close()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


SPOILT: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text('{"program": 3}'),
    "truncated": _cut,
    "a header alone": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "another database": _of_others,
    "a folder": _folder,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_store_that_is_none_is_forgotten(
    work: Work, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    first = work.run(tmp_path)
    spoil(tmp_path / STORE)

    assert work.run(tmp_path) == first
    if not (tmp_path / STORE).is_dir():
        work.run(tmp_path)
        assert work.run(tmp_path) == first
        assert work.done == []


def test_a_file_in_place_of_the_folder_costs_time_only(work: Work, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")

    assert work.run(tmp_path / "cache") == work.run(tmp_path / "other")


class Stored:
    """A store as a run has left it, and what the run answered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = Work(folder / "files").run(folder)
        self.data = (folder / STORE).read_bytes()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    return Stored(tmp_path_factory.mktemp("stored"))


@given(place=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
@example(place=0.0, mask=1)
def test_a_flipped_byte_changes_no_answer(stored: Stored, place: float, mask: int) -> None:
    spoilt = bytearray(stored.data)
    spoilt[int(place * len(spoilt))] ^= mask
    (stored.folder / STORE).write_bytes(spoilt)
    work = Work(stored.folder / "files")

    for _ in range(5):
        assert work.run(stored.folder) == stored.answers
    assert len(work.done) < MANY, "what cannot be read or written is kept for good"


def test_a_flipped_byte_changes_no_byte_of_a_site(tmp_path: Path, rich: Path) -> None:
    def publish(cache: Path) -> list[str]:
        problems = Problems()
        with Cache(cache) as kept:
            assert build(rich, tmp_path / "out", NOW, Options(), problems, kept) is not None
        return [str(one) for one in problems]

    publish(tmp_path)
    said, site = publish(tmp_path), tree(tmp_path / "out")
    data = (tmp_path / STORE).read_bytes()
    rng = random.Random(3)

    for _ in range(8):
        spoilt = bytearray(data)
        for place in rng.sample(range(len(data)), 200):
            spoilt[place] ^= 1 << rng.randrange(8)
        (tmp_path / STORE).write_bytes(spoilt)
        assert publish(tmp_path) == said
        assert tree(tmp_path / "out") == site


class Call:
    """Pickled, it calls what it is given."""

    def __init__(self, *called: Any) -> None:
        self.called = called

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.called[0], self.called[1:]


@pytest.mark.parametrize(
    "kept",
    [
        pickle.dumps(Call(os.system, "touch called")),
        pickle.dumps(Call(eval, "open('called', 'w')")),
        b"\x80\x04\x8c\x1ebacklist.outputs.search.engine"
        b"\x8c\x10subprocess.Popen\x93\x8c\x0ctouch called\x85R.",
        b"\x80\x04\x8c\x0eantigravity_no\x8c\x01x\x93.",
        b"\x80\x05.",
        b"",
    ],
    ids=["system", "eval", "ours by name", "a module", "nothing", "empty"],
)
def test_a_store_from_elsewhere_can_call_nothing(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    with Cache(tmp_path) as cache:
        cache._keep("thing ", b"key", kept)
    monkeypatch.setattr(os, "system", lambda *_: pytest.fail("called"))

    with Cache(tmp_path) as cache:
        assert cache.known("thing", b"key") is None
    assert not (tmp_path / "called").exists()
    assert unpickled(kept) is None
