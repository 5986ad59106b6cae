"""Rules that only a fault of the writer could break: every feed of the tests is held to them.

RSSB: the RSS Board profile. PSP: the PSP-1 podcast RSS specification. W3C: its feed validator.
NS: the podcast namespace, `docs/tags`. Apple: "A Podcaster's Guide to RSS".
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from backlist import urls
from backlist.feed.rules import check_feed
from backlist.feed.rules.feed import own_address
from backlist.feed.rules.items import ITEM_RULES, PLACE_RULES
from backlist.feed.rules.reading import (
    Feed,
    PlaceRule,
    Rule,
    RuleViolation,
    error,
    every,
    info,
    read,
    text,
    warning,
)
from backlist.feed.vocabulary import ATOM, CONTENT, HISTORY, ITUNES, NAMESPACES, PODCAST

SHOWN = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"}
"""Tags PSP allows in a description; Apple shows the first five."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def violations(data: bytes) -> list[RuleViolation]:
    """Everything that is wrong with a feed, by the rules of `backlist.feed.rules` and these."""
    assert data.startswith(b"<?xml"), "PSP: the declaration is the very first bytes"
    feed = read(data)
    found = list(check_feed(data, feed.items, len(data)))
    found += [replace(one, rule=rule.__name__) for rule in STRICT_FEED_RULES for one in rule(feed)]
    for place in (feed.channel, *feed.channel.findall("item")):
        rules = [*STRICT_PLACE_RULES]
        if place is not feed.channel:
            rules += [*PLACE_RULES, *ITEM_RULES, *STRICT_ITEM_RULES]
        found += [replace(one, rule=rule.__name__) for rule in rules for one in rule(place)]
    return found


def _root(feed: Feed) -> Any:
    return feed.channel.getparent()


def is_rss_2(feed: Feed) -> Iterator[RuleViolation]:
    """RSS 2.0 and PSP: the root is `rss` of version 2.0."""
    if _root(feed).tag != "rss" or _root(feed).get("version") != "2.0":
        yield warning(feed.channel, "is not in RSS 2.0", 'make it `<rss version="2.0">`')


def spells_its_namespaces(feed: Feed) -> Iterator[RuleViolation]:
    """PSP: namespaces stand under their literal prefixes; some readers look for those only."""
    declared = {address: prefix for prefix, address in _root(feed).nsmap.items()}
    for prefix in (ITUNES, PODCAST, CONTENT, ATOM, HISTORY):
        address = NAMESPACES[prefix]
        if declared.get(address, prefix) != prefix:
            yield warning(
                feed.channel,
                f"calls the {prefix} namespace `{declared[address]}`",
                f"declare it as xmlns:{prefix}",
            )


def has_items_after_its_head(feed: Feed) -> Iterator[RuleViolation]:
    """RSSB: all elements of the channel stand before its items."""
    tags = [child.tag for child in feed.channel if isinstance(child.tag, str)]
    if "item" in tags and any(tag != "item" for tag in tags[tags.index("item") :]):
        yield warning(feed.channel, "has elements after its items", "put them before the first")


def guids_are_unique(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, August 2022: of two items with one guid the second is ignored."""
    for guid, number in Counter(item.guid for item in feed.items).items():
        if number > 1:
            yield error(
                feed.channel, f"has {number} items with the guid {guid}", "give each its own"
            )


def newest_comes_first(feed: Feed) -> Iterator[RuleViolation]:
    """Many clients show a feed in its own order."""
    dates = [date for item in feed.items if (date := _date(item.date))]
    if dates != sorted(dates, reverse=True):
        yield warning(feed.channel, "has items that are not ordered newest first", "sort them")


def _date(written: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(written or "")
    except ValueError:
        return None
    return date if date.tzinfo else None


def archives_lead_back(feed: Feed) -> Iterator[RuleViolation]:
    """RFC 5005, section 4: an archive document names the current one."""
    rels = Counter(link.get("rel") for link in every(feed.channel, "atom:link"))
    if every(feed.channel, "fh:archive") and not rels["current"]:
        yield warning(
            feed.channel,
            "is an archive and names no current document",
            'add atom:link rel="current"',
        )


def names_itself(feed: Feed) -> Iterator[RuleViolation]:
    """PSP, RSSB: one `atom:link rel="self"` of type application/rss+xml, a whole address."""
    own = [link for link in every(feed.channel, "atom:link") if link.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != "application/rss+xml":
        yield error(
            feed.channel, "does not name its own address once, with its type", "add atom:link"
        )


def has_a_category(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:category: required."""
    if not every(feed.channel, "itunes:category"):
        yield warning(feed.channel, "has no itunes:category", "add `show.categories`")


def has_a_cover(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:image: required."""
    if not every(feed.channel, "itunes:image"):
        yield warning(feed.channel, "has no itunes:image", "add `show.image`")


def lock_is_yes_or_no(feed: Feed) -> Iterator[RuleViolation]:
    """NS, locked."""
    for element in every(feed.channel, "podcast:locked"):
        if element.text not in ("yes", "no"):
            yield warning(
                feed.channel, f"has a podcast:locked of `{element.text}`", "write yes or no"
            )


def type_is_known(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:type."""
    kind = text(feed.channel, "itunes:type")
    if kind is not None and kind not in ("episodic", "serial"):
        yield warning(feed.channel, f"has an itunes:type of `{kind}`", "write episodic or serial")


def new_address_is_its_own(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:new-feed-url: in the new feed it equals the feed's own address."""
    new = text(feed.channel, "itunes:new-feed-url")
    own = own_address(feed)
    if new is not None and new != own:
        yield warning(
            feed.channel, f"sends apps to {new}, which is not its own address", f"name {own}"
        )


def switches_are_on(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:block and itunes:complete: any value but Yes does nothing."""
    for tag in ("itunes:block", "itunes:complete"):
        value = text(feed.channel, tag)
        if value is not None and value.lower() != "yes":
            yield info(feed.channel, f"has {tag} `{value}`, which does nothing", "leave it out")


def picture_has_its_parts(feed: Feed) -> Iterator[RuleViolation]:
    """RSSB, image: url, title and link, the title being the channel's."""
    for picture in every(feed.channel, "image"):
        lacking = [tag for tag in ("url", "title", "link") if not text(picture, tag)]
        if lacking:
            yield warning(feed.channel, f"has an image without {', '.join(lacking)}", "add it")
        elif text(picture, "title") != text(feed.channel, "title"):
            yield info(feed.channel, "has an image with another title", "name it as the channel")


def is_on_the_web(feed: Feed) -> Iterator[RuleViolation]:
    """RSS 2.0: link is the address of a page."""
    link = text(feed.channel, "link")
    if link and not urls.split(link).netloc:
        yield warning(feed.channel, f"has a link that is no address: {link}", "write it whole")


def has_one_sound(item: Any) -> Iterator[RuleViolation]:
    """PSP, Apple: exactly one enclosure, with url, length in bytes and type."""
    enclosures = every(item, "enclosure")
    if len(enclosures) != 1:
        yield error(item, f"has {len(enclosures)} enclosures", "give it exactly one")
        return
    lacking = [key for key in ("url", "length", "type") if not enclosures[0].get(key)]
    if lacking:
        yield error(item, f"has an enclosure without {', '.join(lacking)}", "add it")
    elif not enclosures[0].get("length").isdigit():
        yield error(item, "has an enclosure whose length is no number", "write it in bytes")


def length_is_known(item: Any) -> Iterator[RuleViolation]:
    """RSS 2.0: the length is the file's size; 0 stands for unknown."""
    if any(enclosure.get("length") == "0" for enclosure in every(item, "enclosure")):
        yield warning(item, "has an enclosure of 0 bytes", "add `audio.length`")


def has_a_date(item: Any) -> Iterator[RuleViolation]:
    """Apple displays and sorts by it."""
    if not text(item, "pubDate"):
        yield warning(item, "has no pubDate", "add `date:`")


def dates_are_right(place: Any) -> Iterator[RuleViolation]:
    """RSS 2.0: RFC 822, with the weekday of that day if any (W3C, IncorrectDOW) and a zone."""
    for tag in ("pubDate", "lastBuildDate"):
        written = text(place, tag)
        if not written:
            continue
        try:
            date = parsedate_to_datetime(written)
        except ValueError:
            yield error(place, f"has a {tag} nobody can read: {written}", "write it as RFC 822")
            continue
        weekday = written[:3].lower() if "," in written else DAYS[date.weekday()]
        if weekday != DAYS[date.weekday()]:
            yield warning(place, f"has a {tag} with the wrong weekday: {written}", "correct it")


def description_is_plain(item: Any) -> Iterator[RuleViolation]:
    """PSP: p, ol, ul, li, a and plain emphasis; other tags are dropped or shown as text."""
    tags = {
        tag.lower()
        for tag in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", text(item, "description") or "")
    }
    if other := sorted(tags - SHOWN):
        yield info(item, f"has a description with <{'>, <'.join(other)}>", "use p, lists and links")


def full_notes_follow(item: Any) -> Iterator[RuleViolation]:
    """W3C: content:encoded after description. An empty one hides the notes in some apps."""
    tags = [child.tag for child in item]
    whole = next((child for child in every(item, "content:encoded")), None)
    if whole is None:
        return
    if not (whole.text or "").strip():
        yield warning(item, "has an empty content:encoded", "leave it out")
    if "description" in tags and tags.index("description") > tags.index(whole.tag):
        yield warning(item, "has its description after content:encoded", "put it before")


def has_a_page(item: Any) -> Iterator[RuleViolation]:
    """PSP, recommended: link, the episode's page."""
    if not text(item, "link"):
        yield info(item, "has no link", "give it the address of its page")


def explicit_is_true_or_false(place: Any) -> Iterator[RuleViolation]:
    """Apple: itunes:explicit is `true` or `false`; the channel must say."""
    given = text(place, "itunes:explicit")
    if given is None and place.tag == "item":
        return
    if given not in ("true", "false"):
        yield error(place, f"has an itunes:explicit of `{given or ''}`", "write `true` or `false`")


def numbers_are_numbers(item: Any) -> Iterator[RuleViolation]:
    """Apple: episode and season are whole and not 0. NS: podcast:episode may be decimal."""
    for tag in ("itunes:episode", "itunes:season", "podcast:season"):
        given = text(item, tag)
        if given is not None and not re.fullmatch(r"0*[1-9]\d*", given):
            yield warning(item, f"has a {tag} of `{given}`", "write a number from 1 on")
    given = text(item, "podcast:episode")
    if given is not None and not re.fullmatch(r"\d+(\.\d+)?", given):
        yield warning(item, f"has a podcast:episode of `{given}`", "write a number")
    kind = text(item, "itunes:episodeType")
    if kind not in (None, "full", "trailer", "bonus"):
        yield warning(
            item, f"has an itunes:episodeType of `{kind}`", "write full, trailer or bonus"
        )


def chapters_are_json(item: Any) -> Iterator[RuleViolation]:
    """NS, chapters: one, with url and the type application/json+chapters."""
    found = every(item, "podcast:chapters")
    wrong = [c for c in found if c.get("type") != "application/json+chapters" or not c.get("url")]
    if len(found) > 1 or wrong:
        yield warning(
            item, "has not one podcast:chapters with url and type", "name one JSON chapters file"
        )


STRICT_FEED_RULES: tuple[Rule, ...] = (
    is_rss_2,
    spells_its_namespaces,
    has_items_after_its_head,
    guids_are_unique,
    newest_comes_first,
    archives_lead_back,
    names_itself,
    has_a_category,
    has_a_cover,
    lock_is_yes_or_no,
    type_is_known,
    new_address_is_its_own,
    switches_are_on,
    picture_has_its_parts,
    is_on_the_web,
)

STRICT_PLACE_RULES: tuple[PlaceRule, ...] = (
    dates_are_right,
    explicit_is_true_or_false,
)

STRICT_ITEM_RULES: tuple[PlaceRule, ...] = (
    has_one_sound,
    length_is_known,
    has_a_date,
    description_is_plain,
    full_notes_follow,
    has_a_page,
    numbers_are_numbers,
    chapters_are_json,
)
