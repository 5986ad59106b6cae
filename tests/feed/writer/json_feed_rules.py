"""Rules for `feed.json`: JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

Json = dict[str, Any]
VERSION = "https://jsonfeed.org/version/1.1"


def json_faults(data: bytes) -> list[str]:
    """What is wrong with a JSON feed, in the order of the rules."""
    try:
        feed = json.loads(data)
    except ValueError as error:
        return [_fault("the feed", f"is not JSON: {error}")]
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return [_fault("the feed", "has no list of items")]
    found = [fault for rule in FEED_RULES for fault in rule(feed)]
    for item in feed["items"]:
        found += [fault for rule in ITEM_RULES for fault in rule(item)]
    return found


def _fault(about: str, what: str) -> str:
    return f"{about} {what}"


def _item_fault(item: Json, what: str) -> str:
    return _fault(f"item “{item.get('title', '')}”", what)


def says_what_it_is(feed: Json) -> Iterator[str]:
    """Top level: version and title are required; whole addresses."""
    if feed.get("version") != VERSION:
        yield _fault("the feed", f"has the version {feed.get('version')}")
    if not feed.get("title"):
        yield _fault("the feed", "has no title")
    for key in ("home_page_url", "feed_url", "icon"):
        if key in feed and "://" not in str(feed[key]):
            yield _fault("the feed", f"has a {key} that is no address: {feed[key]}")


def ids_are_unique(feed: Json) -> Iterator[str]:
    """Items, id: unique in the feed over time."""
    for ident, number in Counter(str(item.get("id")) for item in feed["items"]).items():
        if number > 1:
            yield _fault("the feed", f"has {number} items with the id {ident}")


def item_is_whole(item: Json) -> Iterator[str]:
    """Items: id is required and a text; content as HTML or text."""
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield _item_fault(item, "has no id")
    if not item.get("content_html") and not item.get("content_text"):
        yield _item_fault(item, "has no content")


def date_is_rfc_3339(item: Json) -> Iterator[str]:
    """Items, date_published: RFC 3339, so with time and offset."""
    written = item.get("date_published")
    if written is None:
        return
    try:
        sound = datetime.fromisoformat(str(written)).tzinfo is not None and "T" in str(written)
    except ValueError:
        sound = False
    if not sound:
        yield _item_fault(item, f"has a date that is not RFC 3339: {written}")


def attachments_are_whole(item: Json) -> Iterator[str]:
    """Attachments: url and mime_type are required, sizes are numbers."""
    for one in item.get("attachments", ()):
        if not one.get("url") or not one.get("mime_type"):
            yield _item_fault(item, "has an attachment without url or mime_type")
        for key in ("size_in_bytes", "duration_in_seconds"):
            if not isinstance(one.get(key, 0), int | float):
                yield _item_fault(item, f"has an attachment whose {key} is no number")


FEED_RULES: tuple[Callable[[Json], Iterator[str]], ...] = (
    says_what_it_is,
    ids_are_unique,
)
ITEM_RULES: tuple[Callable[[Json], Iterator[str]], ...] = (
    item_is_whole,
    date_is_rfc_3339,
    attachments_are_whole,
)
