"""What servers say of the addresses in the feed: `check --online`, never a build.

`request` puts one question to one server, `checks` says what a response means. Addresses are
requested a few at a time and each once, however many records name it. `sources` asks those of
sources, once a month, and `record` writes down which are gone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from backlist import urls
from backlist.feed.probe.checks import check_audio, check_cover, check_old_address
from backlist.feed.probe.record import record_gone
from backlist.feed.probe.request import Probe, ProbeResponse
from backlist.feed.probe.sources import check_sources
from backlist.feed.writer import enclosure, in_feed
from backlist.feed.writer.specs import own_path
from backlist.http.politely import Politely
from backlist.problems import Problems, Where
from backlist.relate.archive import Archive, Entry

__all__ = ["check_online", "check_sources", "record_gone", "unwatched"]

Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Question:
    """An address to request, and the check of the response; `ranges`: byte ranges matter."""

    address: str
    check: Callable[[ProbeResponse], None]
    ranges: bool = False


def unwatched(what: str, done: int, of: int) -> None:
    """For runs that nobody watches."""


def check_online(archive: Archive, problems: Problems, watch: Watch = unwatched) -> str:
    """Request all audio, covers and old addresses of the feed; how many, in a sentence.

    `watch(what, done, of)` is called as responses come.
    """
    questions = [
        one for one in _questions(archive, problems) if not urls.is_placeholder(one.address)
    ]
    wanted: dict[str, bool] = {}
    for one in questions:
        wanted[one.address] = one.ranges or wanted.get(one.address, False)
    responses = _request(wanted, Probe(archive.feed_address), watch)
    for one in questions:
        one.check(responses[one.address])
    answered = sum(response.ok for response in responses.values())
    addresses = "1 address" if len(responses) == 1 else f"{len(responses)} addresses"
    return f"online: {addresses} requested, {answered} answered"


def _request(wanted: Mapping[str, bool], probe: Probe, watch: Watch) -> dict[str, ProbeResponse]:
    """The response of each address; when interrupted, what has not begun is not requested."""
    asking = Politely[str, ProbeResponse](
        lambda address: probe.request(address, ranges=wanted[address]), urls.host
    )
    found = {}
    for address, future in asking.run([*wanted]):
        found[address] = future.result()
        watch("requesting,", len(found), len(wanted))
    return found


def _questions(archive: Archive, problems: Problems) -> Iterator[_Question]:
    entries = in_feed(archive)
    for entry in entries:
        if entry.episode.audio is None:
            continue
        audio = enclosure(entry.episode.audio, archive.site, archive.site.base_url)
        check = partial(check_audio, audio=audio, where=Where(entry.file), problems=problems)
        yield _Question(audio.url, check, ranges=True)
    yield from _covers(archive, entries, problems)
    for address in archive.site.feed.previous_urls:
        if address != archive.feed_address and not own_path(address, archive):
            present, where = archive.feed_address, Where("site.yaml")
            old = partial(check_old_address, present=present, where=where, problems=problems)
            yield _Question(address, old)


def _covers(archive: Archive, entries: Iterable[Entry], problems: Problems) -> Iterator[_Question]:
    named = [("site.yaml", "show.image", archive.show.image)]
    named += [(entry.file, "image", entry.episode.image) for entry in entries]
    for file, key, image in named:
        if image:
            own, where = "://" not in image, Where(file)
            check = partial(check_cover, key=key, where=where, problems=problems, own=own)
            yield _Question(urls.static_file(image, archive.site.base_url), check)
