"""Every feed judged by the rules of its readers; `faults` judges anybody's.

To add a rule:

1. write a function that yields `Fault`s, with its source in the docstring: about the document
   (`document`), the channel (`channel`), one item, or both alike (`items`);
2. name it in the list at the end of its room;
3. break it once in `tests/check/test_feed_rules.py`.
"""

from collections.abc import Iterator
from dataclasses import replace

from backlist import urls
from backlist.check.feed.channel import CHANNEL_RULES, DIRECTORY_RULES
from backlist.check.feed.cover import cover_faults
from backlist.check.feed.document import DOCUMENT_RULES
from backlist.check.feed.items import ITEM_RULES, PLACE_RULES
from backlist.check.feed.json_rules import json_faults
from backlist.check.feed.reading import Fault, Feed, read
from backlist.output import Output, Outputs
from backlist.problems import Problem, Problems, Where
from backlist.relate.archive import Archive

__all__ = ["Fault", "check", "faults"]

TOLD_ELSEWHERE = {"has_a_category", "has_a_cover", "length_is_known", "has_a_date"}
"""Rules whose faults `records` tells in the words of the records."""


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report every fault of every feed of the site by the file a person would edit."""
    files = {entry.episode.guid: entry.file for entry in archive.entries}
    known = {(rule, "") for rule in TOLD_ELSEWHERE}
    if urls.is_placeholder(archive.site.base_url):
        # A guid made of a placeholder would be written down for good.
        known.add(("has_a_show_guid", ""))
    # The main feed first: what a feed of a topic or a page shares with it is told of it alone.
    for output in sorted(filter(_is_feed, outputs.values()), key=lambda o: o.path != urls.FEED):
        data = _as_https(output.read(), archive)
        for fault in json_faults(data) if output.path.endswith(".json") else faults(data):
            said = (fault.rule, f"{fault.guid} {fault.what}")
            if not {said, (fault.rule, "")} & known:
                known.add(said)
                problems.extend([_problem(fault, output.path, files)])
    _check_scheme(archive, problems)
    _check_covers(outputs, archive, problems)
    _check_old_addresses(outputs, archive, problems)


def faults(data: bytes) -> list[Fault]:
    """What is wrong with an RSS podcast feed, anybody's: document, channel, then its items."""
    feed = read(data)
    if isinstance(feed, Fault):
        return [feed]
    return [*_of_the_whole(feed), *_of_the_places(feed)]


def _of_the_whole(feed: Feed) -> Iterator[Fault]:
    listed = feed.items and not feed.blocked
    directory = DIRECTORY_RULES if listed else ()
    for rule in (*DOCUMENT_RULES, *CHANNEL_RULES, *directory):
        for fault in rule(feed):
            yield replace(fault, rule=rule.__name__)


def _of_the_places(feed: Feed) -> Iterator[Fault]:
    for place in (feed.channel, *feed.items):
        for rule in PLACE_RULES if place is feed.channel else (*PLACE_RULES, *ITEM_RULES):
            for fault in rule(place):
                yield replace(fault, rule=rule.__name__)


def _is_feed(output: Output) -> bool:
    """Made by the room of feeds, and neither chapters nor a transcript."""
    made = output.maker == "feeds" and isinstance(output.content, bytes)
    return made and not output.path.startswith(("episodes/", "transcripts/"))


def _as_https(data: bytes, archive: Archive) -> bytes:
    """A feed as it would be on https: what the base URL lacks is told once, not at every link."""
    base = archive.site.base_url
    return data.replace(base.encode(), f"https://{base.partition('://')[2]}".encode())


def _check_scheme(archive: Archive, problems: Problems) -> None:
    """Apple, requirements: https. A preview on this machine is nobody's business."""
    base = archive.site.base_url
    if not base.startswith("https://") and urls.host(base) not in ("localhost", "127.0.0.1", "::1"):
        problems.warning(
            Where("site.yaml"),
            f"`site.base_url` is not on https: {base}",
            "publish over https; directories take no feed, cover or sound from elsewhere",
        )


def _problem(fault: Fault, path: str, files: dict[str | None, str]) -> Problem:
    """The fault at the record it comes from: an episode's file, or `site.yaml` for the channel."""
    if fault.guid in files and fault.guid is not None:
        return Problem(
            Where(files[fault.guid]), fault.level, f"in the feed it {fault.what}", fault.remedy
        )
    where = Where("site.yaml" if path == urls.FEED else path)
    return Problem(where, fault.level, f"{fault.about} of the feed {fault.what}", fault.remedy)


def _check_covers(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """The covers that are files of the site: the show's and those of episodes."""
    covers = [("site.yaml", "show.image", archive.show.image)]
    covers += [(entry.file, "image", entry.episode.image) for entry in archive.entries]
    for file, key, image in covers:
        if image is None or "://" in image:
            continue
        name = urls.static_name(image)
        output = outputs.get(f"static/{name}")
        if output is None:
            problems.error(
                Where(file),
                f"`{key}` names a file that is not there: static/{name}",
                "put it there, or write a whole address",
            )
            continue
        for what, remedy in cover_faults(name, output.read()):
            problems.warning(Where(f"static/{name}"), f"the cover {what}", remedy)


def _check_old_addresses(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """A planned move: an old address of ours must go on answering, here or at the server."""
    base = archive.site.base_url
    for address in archive.site.feed.was:
        if address == archive.feed_address:
            problems.warning(
                Where("site.yaml"),
                f"`site.feed.was` names the feed's present address: {address}",
                "name only addresses it had before",
            )
        elif not address.startswith(base) or address.removeprefix(base) not in outputs:
            problems.notice(
                Where("site.yaml"),
                f"the feed's old address is not ours to write: {address}",
                f"let its server answer 301 to {archive.feed_address}, for good",
            )
