"""Many requests at a time, and few to each server."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

J = TypeVar("J")
R = TypeVar("R")

CONCURRENT = 8
"""Requests at a time."""

PER_HOST = 2
"""Of these, to one server: what a browser would ask of it, and less."""

TICK = 0.25
"""Seconds after which whoever watches is told again."""


class Politely(Generic[J, R]):
    """Does jobs in threads of its own, `PER_HOST` at a time for each host.

    `begins` is asked right before a job is begun, and may drop it; `tick` is called now and then;
    `halt` where the run is interrupted, before it waits for what has begun.
    """

    def __init__(
        self,
        do: Callable[[J], R],
        host: Callable[[J], str],
        begins: Callable[[J], bool] = lambda job: True,
        tick: Callable[[], None] = lambda: None,
        halt: Callable[[], None] = lambda: None,
    ) -> None:
        self.do, self.host, self.begins, self.tick, self.halt = do, host, begins, tick, halt
        self.running: dict[Future[R], J] = {}
        self.active: Counter[str] = Counter()

    def run(self, jobs: Sequence[J]) -> Iterator[tuple[J, "Future[R]"]]:
        """Each job with its future as it ends; when interrupted, nothing further is begun."""
        waiting: dict[str, deque[J]] = {}
        for job in jobs:
            waiting.setdefault(self.host(job), deque()).append(job)
        pool = ThreadPoolExecutor(CONCURRENT)
        try:
            while waiting or self.running:
                self._begin(waiting, pool)
                done, _ = wait(self.running, TICK, FIRST_COMPLETED)
                for future in done:
                    job = self.running.pop(future)
                    self.active[self.host(job)] -= 1
                    yield job, future
                self.tick()
        except BaseException:
            self.halt()
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def _begin(self, waiting: dict[str, deque[J]], pool: ThreadPoolExecutor) -> None:
        """Begin what may be begun, a job of each host in turn."""
        begun = True
        while begun and len(self.running) < CONCURRENT:
            begun = False
            for host, jobs in list(waiting.items()):
                if self.active[host] < PER_HOST and len(self.running) < CONCURRENT:
                    begun |= self._begin_one(host, jobs, pool)
                if not jobs:
                    del waiting[host]

    def _begin_one(self, host: str, jobs: deque[J], pool: ThreadPoolExecutor) -> bool:
        while jobs:
            job = jobs.popleft()
            if self.begins(job):
                self.running[pool.submit(self.do, job)] = job
                self.active[host] += 1
                return True
        return False
