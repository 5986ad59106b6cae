"""Asking services as they wish to be asked: who asks, how often, and stopping when told to.

What was asked in the last month is not asked again. A refusal with `Retry-After` (RFC 9110,
10.2.3) is obeyed where it is short, and ends the service's part of the run where it is long.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cached_property
from threading import Event, Lock
from urllib.parse import quote

from backlist import __version__, http
from backlist.commands.lookup.records import Options, Record, Watch
from backlist.commands.lookup.services import Service
from backlist.commands.lookup.store import FRESH, Answer, Answers

TIMEOUT = 20
"""Seconds a service may stay silent."""

DEADLINE = 60
"""Seconds a whole answer may take."""

LARGEST = 8_000_000
"""Bytes of an answer; eight records with their long lists of authors have a tenth of it."""

TRIES = 3
PATIENCE = 3
"""Questions one after the other without an answer: then a service is not asked further."""

LONGEST_WAIT = 60.0
"""Seconds a service may ask to wait; for more it is left alone until the next run."""


class _NoAnswerError(Exception):
    """Why there is no answer; `final` says that there will be none in this run."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class _RefusedError(Exception):
    """A request to be repeated after some seconds (`wait` below 0: the service does not say).

    `tries` is how often it is tried at most.
    """

    def __init__(self, reason: str, wait: float = -1.0, tries: int = TRIES) -> None:
        super().__init__(reason)
        self.wait, self.tries = wait, tries


class Asker:
    """Asks services, each in a queue of its own. Close it with `with`."""

    def __init__(
        self,
        services: Sequence[Service],
        answers: Answers,
        options: Options,
        today: date,
    ) -> None:
        self.queues = {one.ident: _Queue(one, answers, options, today) for one in services}

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *_: object) -> None:
        for queue in self.queues.values():
            queue.close()

    def ask(
        self, wanted: Mapping[tuple[str, str], str], watch: Watch
    ) -> dict[tuple[str, str], list[Record] | None]:
        """Records by question and service; None where a service gave no answer.

        `wanted` has the address of each. What the other services do waits for no slow one.
        """
        asked: dict[tuple[str, str], Future[list[Record] | None]] = {}
        try:
            for (question, ident), address in wanted.items():
                asked[question, ident] = self.queues[ident].submit(address)
            found = {}
            for done, (key, future) in enumerate(asked.items(), 1):
                found[key] = future.result()
                watch("looking up papers, answer", done, len(asked))
            return found
        except BaseException:
            for future in asked.values():
                future.cancel()
            raise

    @property
    def silent(self) -> Counter[str]:
        """How many questions each service left without an answer, by its name."""
        return Counter({q.service.name: q.silent for q in self.queues.values() if q.silent})

    @property
    def reasons(self) -> dict[str, str]:
        """Why a service gave no answer, the last reason."""
        return {q.service.name: q.reason for q in self.queues.values() if q.silent}

    @property
    def answered(self) -> int:
        """How many questions were answered, now or before."""
        return sum(queue.answered for queue in self.queues.values())

    @property
    def requests(self) -> int:
        """How many requests were made."""
        return sum(queue.requests for queue in self.queues.values())


class _Queue:
    """One service: what it is asked, at its pace, until it stops to answer."""

    def __init__(
        self,
        service: Service,
        answers: Answers,
        options: Options,
        today: date,
    ) -> None:
        self.service, self.answers, self.options, self.today = service, answers, options, today
        self.interval = service.interval if options.mail else service.anonymous
        self.pool = ThreadPoolExecutor(service.concurrent)
        self.lock, self.closed = Lock(), Event()
        self.next = 0.0
        self.failed = self.silent = self.answered = self.requests = 0
        self.reason, self.is_over = "", False

    def submit(self, address: str) -> "Future[list[Record] | None]":
        """Ask, as soon as it is its turn."""
        return self.pool.submit(self._ask, address)

    def close(self) -> None:
        """Ask nothing further, and wait for nothing."""
        self.closed.set()
        self.pool.shutdown(cancel_futures=True)

    def _ask(self, address: str) -> list[Record] | None:
        records = self._find(address)
        if records is not None:
            with self.lock:
                self.answered += 1
        return records

    def _find(self, address: str) -> list[Record] | None:
        kept = self.answers.get(address)
        is_fresh = kept is not None and self.today - kept.asked < FRESH
        if kept and (self.options.offline or (is_fresh and not self.options.refresh)):
            return self._read(kept.data)
        try:
            if self.options.offline:
                raise _NoAnswerError("was never asked this")
            data = self._request(address)
            records = self._understand(data)
        except _NoAnswerError as error:
            self._tell(error)
            return None
        with self.lock:
            self.failed = 0
        self.answers.put(address, Answer(self.today, data))
        return records

    def _tell(self, error: _NoAnswerError) -> None:
        with self.lock:
            self.silent += 1
            if not self.is_over:
                self.reason = str(error)
            self.failed += not self.options.offline
            self.is_over = self.is_over or error.final or self.failed >= PATIENCE

    def _read(self, data: bytes) -> list[Record]:
        try:
            return self.service.read(data) if data else []
        except ValueError:  # kept by a version of this program that read it otherwise
            return []

    def _understand(self, data: bytes) -> list[Record]:
        try:
            return self.service.read(data) if data else []
        except (ValueError, RecursionError) as error:
            raise _NoAnswerError(f"its answer {error}"[:120]) from error

    def _request(self, address: str) -> bytes:
        """The body of an answer; empty where there is no such record. Raises `_NoAnswerError`."""
        tried, wait = 0, 1.0
        while True:
            self._wait_for_turn()
            tried += 1
            try:
                return self._get(address)
            except _RefusedError as error:
                if error.wait > LONGEST_WAIT:
                    later = f"{error} and asks to wait {error.wait / 60:.0f} minutes"
                    raise _NoAnswerError(later, final=True) from error
                if tried >= error.tries:
                    raise _NoAnswerError(str(error)) from error
                with self.lock:
                    due = time.monotonic() + (wait if error.wait < 0 else error.wait)
                    self.next = max(self.next, due)
                wait *= 4

    def _wait_for_turn(self) -> None:
        """Sleep until the next request is due: all requests to a service share one pace."""
        with self.lock:
            if self.is_over or self.closed.is_set():
                raise _NoAnswerError(self.reason)
            now = time.monotonic()
            due = max(now, self.next)
            self.next = due + self.interval
            self.requests += 1
        if due > now:
            pause(self.closed, due - now)

    def _get(self, address: str) -> bytes:
        key = self.options.keys.get(self.service.ident, "")
        sent = address
        if key and self.service.key:
            sent += f"{'&' if '?' in address else '?'}{self.service.key}={quote(key, safe='')}"
        try:
            with http.request(
                "GET", sent, self._headers(), timeout=TIMEOUT, at_home=lambda _: self._at_home
            ) as response:
                self._slow_down(response)
                return self._body(response)
        except http.PrivateError as error:
            raise _NoAnswerError("leads into a private network", final=True) from error
        except OSError as error:
            reason = f"cannot be reached ({_without(key, str(error))})"
            raise _RefusedError(reason, tries=2) from error

    @cached_property
    def _at_home(self) -> bool:
        """Whether the service is a stand-in on this machine; looked up when it is asked first."""
        return http.is_private(self.service.base)

    def _headers(self) -> dict[str, str]:
        """Who asks: "Polite" at Crossref, "Identification" at DataCite, wished for by arXiv."""
        mail = "".join(self.options.mail.split())
        reach = f" (mailto:{mail})" if mail else ""
        agent = f"backlist/{__version__}{reach}"
        return {
            "User-Agent": agent.encode("ascii", "ignore").decode(),
            "Accept": "application/json, application/atom+xml",
            "Accept-Encoding": "identity",
        }

    def _slow_down(self, response: http.Response) -> None:
        """Go at the pace a service names: Crossref's `x-rate-limit-limit` and `-interval`."""
        limit = response.headers.get("x-rate-limit-limit", "")
        seconds = response.headers.get("x-rate-limit-interval", "").removesuffix("s")
        if limit.isdecimal() and seconds.isdecimal() and int(limit[:6]) > 0 and int(seconds[:4]):
            with self.lock:
                self.interval = max(self.interval, int(seconds[:4]) / int(limit[:6]))

    def _body(self, response: http.Response) -> bytes:
        status = response.status
        said = f"answers {status} {response.reason}".strip()
        if status in (404, 410):
            return b""
        if status == 429 or status >= 500:
            raise _RefusedError(said, -1.0 if response.wait is None else response.wait)
        if status in (401, 403):
            raise _NoAnswerError(said, final=True)
        if status != 200:
            raise _NoAnswerError(said)
        try:
            data = http.receive(response, LARGEST, DEADLINE)
        except http.RequestError as error:
            if error.fault in ("large", "slow"):
                raise _NoAnswerError("sends more than an answer has") from error
            raise
        if not data:
            raise _NoAnswerError("sends an empty answer")
        return data


def pause(closed: Event, seconds: float) -> None:
    """Sleep, until nobody waits for the answer any more."""
    closed.wait(seconds)


def _without(key: str, text: str) -> str:
    """A message without the key that a service was asked with."""
    for spelling in filter(None, (key, quote(key, safe=""))):
        text = text.replace(spelling, "…")
    return text
