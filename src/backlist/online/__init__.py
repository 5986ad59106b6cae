"""What servers say of what the feed names; asked for by `check --online`, never by a build.

`asking` puts one question to one server, `verdicts` says what an answer is worth. Addresses are
asked a few at a time and each once, however many records name it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from backlist import urls
from backlist.online import verdicts
from backlist.online.asking import Asker, Visit
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive, Entry
from backlist.render.feeds.plan import carried, own_path

FEW = 4
"""Servers asked at a time."""

Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask for, and what to make of the answer; `ranges`: whether parts matter."""

    address: str
    judge: Callable[[Visit, Problems], None]
    ranges: bool = False


def unwatched(what: str, done: int, of: int) -> None:
    """For runs that nobody watches."""


def check(archive: Archive, problems: Problems, watch: Watch = unwatched) -> str:
    """Ask for every sound, cover and old address of the feed; how many were asked, in a sentence.

    `watch(what, done, of)` is called as answers come.
    """
    questions = [one for one in _questions(archive) if not urls.is_placeholder(one.address)]
    wanted: dict[str, bool] = {}
    for one in questions:
        wanted[one.address] = one.ranges or wanted.get(one.address, False)
    visits = _visit(wanted, Asker(archive.feed_address), watch)
    for one in questions:
        one.judge(visits[one.address], problems)
    answered = sum(visit.answered for visit in visits.values())
    addresses = "1 address" if len(visits) == 1 else f"{len(visits)} addresses"
    return f"online: {addresses} asked, {answered} answered"


def _visit(wanted: Mapping[str, bool], asker: Asker, watch: Watch) -> dict[str, Visit]:
    """The answer of each address; when interrupted, what has not begun is not asked."""
    pool = ThreadPoolExecutor(FEW)
    try:
        asked: dict[Future[Visit], str] = {
            pool.submit(asker.ask, address, ranges=ranges): address
            for address, ranges in wanted.items()
        }
        found = {}
        for done, future in enumerate(as_completed(asked), 1):
            found[asked[future]] = future.result()
            watch("asking servers,", done, len(asked))
        return found
    finally:
        pool.shutdown(cancel_futures=True)


def _questions(archive: Archive) -> Iterator[Question]:
    entries = carried(archive)
    for entry in entries:
        yield _ask_for_sound(entry)
    yield from _covers(archive, entries)
    for address in archive.site.feed.was:
        if address != archive.feed_address and not own_path(address, archive):
            yield _ask_for_old(address, archive.feed_address)


def _ask_for_sound(entry: Entry) -> Question:
    audio = entry.episode.audio
    assert audio is not None, "`carried` sees to it"

    def judge(visit: Visit, problems: Problems) -> None:
        verdicts.judge_sound(visit, audio, Where(entry.file), problems)

    return Question(audio.url, judge, ranges=True)


def _covers(archive: Archive, entries: Iterable[Entry]) -> Iterator[Question]:
    named = [("site.yaml", "show.image", archive.show.image)]
    named += [(entry.file, "image", entry.episode.image) for entry in entries]
    for file, key, image in named:
        if image:
            yield _ask_for_cover(image, key, Where(file), archive.site.base_url)


def _ask_for_cover(image: str, key: str, where: Where, base_url: str) -> Question:
    def judge(visit: Visit, problems: Problems) -> None:
        verdicts.judge_cover(visit, key, where, problems, own="://" not in image)

    return Question(urls.static_file(image, base_url), judge)


def _ask_for_old(address: str, present: str) -> Question:
    def judge(visit: Visit, problems: Problems) -> None:
        verdicts.judge_old_address(visit, present, Where("site.yaml"), problems)

    return Question(address, judge)
