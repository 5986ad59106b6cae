"""The same answers in the same order on any number of cores."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from threading import Thread
from typing import Any, TypeVar

import pytest

from backlist.cache import cores
from backlist.problems import BacklistError, Where

T = TypeVar("T")
R = TypeVar("R")

MANY = 100


def _made(make: Callable[[T], R], items: Sequence[T], fewest: int = cores.FEWEST) -> list[R]:
    with cores.spread(make, items, fewest) as made:
        return [*made]


@pytest.fixture(params=["1", "2", "7"])
def asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setenv("BACKLIST_CORES", request.param)
    yield int(request.param)
    assert cores._task is None


@pytest.mark.parametrize("length", [0, 1, cores.FEWEST - 1, cores.FEWEST, MANY, 3 * MANY + 1])
def test_answers_are_in_the_order_of_what_was_asked(asked: int, length: int) -> None:
    assert _made(lambda n: (n, n * n), range(length)) == [(n, n * n) for n in range(length)]


def test_work_is_shared_where_there_is_enough_of_it(asked: int) -> None:
    def who(_: int) -> int:
        return os.getpid()

    assert set(_made(who, range(cores.FEWEST - 1))) == {os.getpid()}
    shared = set(_made(who, range(MANY)))
    assert (shared == {os.getpid()}) == (asked == 1)


def test_what_is_raised_is_raised_here(asked: int) -> None:
    def fail(number: int) -> int:
        if number == 57:
            raise BacklistError(Where("a.md", 3), "cannot be made", "take it out")
        return number

    with pytest.raises(BacklistError) as raised:
        _made(fail, range(MANY))
    assert str(raised.value.problem) == "a.md:3: error: cannot be made\n  take it out"
    assert _made(lambda n: n, range(MANY)) == [*range(MANY)]


def test_work_within_work_is_done_where_it_is(asked: int) -> None:
    def inner(number: int) -> list[int]:
        return _made(lambda n: n + number, range(MANY))

    assert _made(inner, range(MANY)) == [[n + m for n in range(MANY)] for m in range(MANY)]


def test_few_pieces_of_long_work_can_be_shared_too(asked: int) -> None:
    assert _made(str, range(4), fewest=2) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(("said", "count"), [("3", 3), ("0", None), ("-1", None), ("two", None)])
def test_how_many_cores_can_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, said: str, count: int | None
) -> None:
    monkeypatch.delenv("BACKLIST_CORES", raising=False)
    own = cores.count()
    monkeypatch.setenv("BACKLIST_CORES", said)

    assert cores.count() == (count or own) >= 1


def test_where_a_system_cannot_fork_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIST_CORES", "2")
    monkeypatch.setattr(sys, "platform", "darwin")

    assert set(_made(lambda _: os.getpid(), range(MANY))) == {os.getpid()}


def test_the_work_of_a_process_that_dies_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIST_CORES", "2")
    here = os.getpid()

    def die(number: int) -> int:
        if number == 40 and os.getpid() != here:
            os._exit(1)
        return number

    assert _made(die, range(MANY)) == [*range(MANY)]


def test_what_was_taken_before_a_process_dies_is_not_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BACKLIST_CORES", "2")
    here = os.getpid()

    def die(number: int) -> tuple[int, int]:
        if number == MANY - 1 and os.getpid() != here:
            os._exit(1)
        return number, os.getpid()

    answers = _made(die, range(MANY))
    assert [number for number, _ in answers] == [*range(MANY)]
    assert answers[-1] == (MANY - 1, here)


def test_answers_can_be_left_untaken(asked: int) -> None:
    with cores.spread(lambda n: n, range(MANY)) as made:
        assert next(made) == 0
    assert _made(lambda n: n, range(MANY)) == [*range(MANY)]


def test_what_is_not_taken_is_made_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIST_CORES", "2")
    waited: list[Future[object]] = []
    submit = ProcessPoolExecutor.submit

    def remember(self: ProcessPoolExecutor, *given: Any, **named: Any) -> Future[Any]:
        waited.append(submit(self, *given, **named))
        return waited[-1]

    monkeypatch.setattr(ProcessPoolExecutor, "submit", remember)
    read, write = os.pipe()

    def let_go() -> None:
        """Let the work that has begun end, once nothing else is to be begun, or after all."""
        latest = time.monotonic() + 60
        while time.monotonic() < latest and not any(one.cancelled() for one in waited):
            time.sleep(0.01)
        os.write(write, bytes(50_000))

    def make(number: int) -> object:
        return number < cores.PIECES or os.read(read, 1)

    with pytest.raises(KeyError), cores.spread(make, range(100 * MANY)) as made:
        assert next(made) is True
        Thread(target=let_go).start()
        raise KeyError
    assert any(one.cancelled() for one in waited)


def test_something_is_made_beside_the_rest(asked: int) -> None:
    answer = cores.beside(lambda: (os.getpid(), [*range(MANY)]))
    who, made = answer()
    assert made == [*range(MANY)]
    assert (who == os.getpid()) == (asked == 1)


def test_what_is_raised_beside_is_raised_where_the_answer_is_wanted(asked: int) -> None:
    def fail() -> int:
        raise BacklistError(Where("a.md", 3), "cannot be made", "take it out")

    answer = cores.beside(fail)
    with pytest.raises(BacklistError) as raised:
        answer()
    assert str(raised.value.problem) == "a.md:3: error: cannot be made\n  take it out"


def test_what_a_process_beside_cannot_finish_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIST_CORES", "2")
    here = os.getpid()

    def make() -> str:
        if os.getpid() != here:
            os._exit(9)
        return "made"

    assert cores.beside(make)() == "made"
