"""The feed checked by the rules of its readers; violations are reported at their record."""

from collections.abc import Iterator, Mapping

from backlist import urls
from backlist.feed.rules import RuleViolation, as_https, check_feed
from backlist.feed.rules.cover import cover_violations
from backlist.feed.writer import FeedItem, channel_xml, feed_specs, in_feed, items_of
from backlist.feed.writer.specs import own_path
from backlist.files.output import Outputs
from backlist.problems import Problem, Problems, Where
from backlist.relate.archive import Archive


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report every violation of the feed, once, by the file a person would edit.

    Feeds of topics and archive pages consist of the same items, and their channels say less.
    """
    items = items_of(archive)
    files = {entry.episode.guid: entry.file for entry in in_feed(archive)}
    # A guid made of a placeholder would be written down for good.
    quiet = "has_a_show_guid" if urls.is_placeholder(archive.site.base_url) else ""
    found = list(channel_violations(archive, items))
    # Items repeat what the show says for all of them, such as its cover: told once.
    told = {(one.rule, one.message) for one in found}
    found += [
        one
        for item in items.values()
        for one in item.violations
        if (one.rule, one.message) not in told
    ]
    problems.extend(_problem(one, files) for one in found if one.rule != quiet)
    _check_scheme(archive, problems)
    _check_covers(outputs, archive, problems)
    _check_old_addresses(outputs, archive, problems)


def channel_violations(archive: Archive, items: Mapping[str, FeedItem]) -> Iterator[RuleViolation]:
    """What is wrong with the main feed that is not about one item alone."""
    main = next(feed_specs(archive))
    head = as_https(channel_xml(main, archive), archive.site.base_url)
    size = len(head) + sum(len(items[entry.slug].xml) for entry in main.entries)
    yield from check_feed(head, [item.outline for item in items.values()], size)


def _problem(violation: RuleViolation, files: Mapping[str | None, str]) -> Problem:
    """The violation at the record it comes from: an episode's file, else `site.yaml`."""
    file = files.get(violation.guid) if violation.guid is not None else None
    message = f"in the feed it {violation.message}"
    if file is None:
        message = f"{violation.about} of the feed {violation.message}"
    return Problem(Where(file or "site.yaml"), violation.level, message, violation.hint)


def _check_scheme(archive: Archive, problems: Problems) -> None:
    """Apple, requirements: https. A preview on this machine does not count."""
    base = archive.site.base_url
    if not base.startswith("https://") and urls.host(base) not in ("localhost", "127.0.0.1", "::1"):
        problems.warning(
            Where("site.yaml"),
            f"`site.base_url` is not on https: {base}",
            "publish over https; directories do not accept anything else",
        )


def _check_covers(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """The covers that are files of the site: the show's and those of episodes."""
    covers = [("site.yaml", "show.image", archive.show.image)]
    covers += [(entry.file, "image", entry.episode.image) for entry in archive.entries]
    for file, key, image in covers:
        if image is None or "://" in image:
            continue
        name = urls.static_name(image)
        output = outputs.get(urls.asset(name))
        if output is None:
            problems.error(
                Where(file),
                f"`{key}` names a file that does not exist: static/{name}",
                _spelled_otherwise(name, outputs) or "put it there, or write a full address",
            )
            continue
        for message, hint in cover_violations(archive.pictures[name]):
            problems.warning(Where(f"static/{name}"), f"the cover {message}", hint)


def _spelled_otherwise(name: str, outputs: Outputs) -> str:
    """A hint at the file whose name differs in capitals only."""
    asked = urls.asset(name)
    found = next((path for path in outputs if path.casefold() == asked.casefold()), None)
    return f"write it with the same capitals as the file: {found}" if found else ""


def _check_old_addresses(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """A planned move: an old address must go on answering, here or at its server."""
    for address in archive.site.feed.previous_urls:
        if address == archive.feed_address:
            problems.warning(
                Where("site.yaml"),
                f"`site.feed.previous_urls` names the feed's current address: {address}",
                "list only earlier addresses",
            )
        elif own_path(address, archive) not in outputs:
            problems.info(
                Where("site.yaml"),
                f"the feed's old address needs a redirect: {address}",
                f"add a 301 redirect there to {archive.feed_address}",
            )
