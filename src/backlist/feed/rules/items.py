"""Rules for one item, and those that channel and items share.

Apple: "A Podcaster's Guide to RSS". PSP: PSP-1, item. NS: the podcast namespace, `docs/tags`.
W3C: the feed validator.
"""

import re
from collections.abc import Iterator
from typing import Any

from backlist import urls
from backlist.feed.apple import EXTENSIONS
from backlist.feed.rules.reading import (
    PlaceRule,
    RuleViolation,
    error,
    every,
    info,
    text,
    warning,
)
from backlist.feed.vocabulary import LINKED_TYPES, TRANSCRIPT_TYPES

LIMIT = 4000
"""Bytes a description may have (Apple)."""

TRANSCRIPTS = {"text/plain", "text/html", "text/vtt", "application/json", "application/x-subrip"}
_LINKED = {*TRANSCRIPT_TYPES.values(), *LINKED_TYPES.values()}
"""Types that say what a file is, although apps do not show it."""

_NUMBERED = re.compile(
    r"^\W*(#\s*\d+|(episode|ep\.?|folge)\s*#?\d+|s\d+\s*:?\s*e\d+)\b", re.IGNORECASE
)


def has_a_title(item: Any) -> Iterator[RuleViolation]:
    """PSP: required. Apple: without the number, which has a tag of its own."""
    title = text(item, "title")
    if not title:
        yield error(item, "has no title", "add `title:`")
    elif _NUMBERED.match(title):
        yield info(item, "has its number in its title", "write it as `number:` and `season:`")


def audio_can_be_fetched(item: Any) -> Iterator[RuleViolation]:
    """Apple: https, ASCII; the types it plays, under the extensions that name them."""
    for enclosure in every(item, "enclosure"):
        address, kind = enclosure.get("url", ""), enclosure.get("type", "")
        if not address.startswith("https://"):
            yield warning(item, f"has audio that is not on https: {address}", "move it to https")
        extension = urls.extension(address)
        if extension not in EXTENSIONS:
            yield warning(
                item,
                f"has audio Apple does not play: extension `{extension}`",
                "publish it as .mp3 or .m4a",
            )
        elif kind and kind not in EXTENSIONS[extension]:
            yield warning(
                item,
                f"has a {extension} file of type {kind}",
                "correct `audio.type`, or leave it out",
            )


def has_audio(item: Any) -> Iterator[RuleViolation]:
    """Apple: an item without an enclosure is no episode."""
    if not every(item, "enclosure"):
        yield info(item, "has no audio, so podcast apps skip it", "add `audio:`, or remove `guid:`")


def has_a_guid(item: Any) -> Iterator[RuleViolation]:
    """Apple: required, and an address if isPermaLink says so, as it does by default (RSS 2.0)."""
    guid = item.find("guid")
    if guid is None or not (guid.text or "").strip():
        yield error(item, "has no guid", "import the live feed, or run `backlist assign-guid`")
        return
    claims = guid.get("isPermaLink", "true") == "true"
    if claims and not re.match(r"https?://", guid.text):
        yield error(
            item, f"has a guid that claims to be an address: {guid.text}", "set `permalink: false`"
        )
    if guid.text != guid.text.strip():
        yield info(item, "has a guid with white space around it", "leave it: a guid never changes")


def description_fits(place: Any) -> Iterator[RuleViolation]:
    """Apple, PSP: at most 4,000 bytes, not blank."""
    described = text(place, "description")
    size = len((described or "").encode())
    if size > LIMIT:
        yield warning(place, f"has a description of {size} bytes, more than {LIMIT}", "shorten it")
    if place.tag == "item" and not described:
        yield warning(place, "has no description", "write notes, or a `summary:`")


def duration_is_known(item: Any) -> Iterator[RuleViolation]:
    """Apple, itunes:duration: recommended, in whole seconds."""
    if not every(item, "enclosure"):
        return
    given = text(item, "itunes:duration")
    if not given or given == "0":
        yield info(item, "has no itunes:duration", "add `audio.duration`")
    elif not re.fullmatch(r"\d+|(\d+:)?[0-5]?\d:[0-5]\d", given):
        yield warning(item, f"has an unreadable itunes:duration: {given}", "write seconds")


def cover_is_a_picture(place: Any) -> Iterator[RuleViolation]:
    """Apple, itunes:image: https, JPEG or PNG with the extension .jpg or .png."""
    for image in every(place, "itunes:image"):
        address = image.get("href", "")
        if not address.startswith("https://"):
            yield warning(place, f"has a cover that is not on https: {address}", "move it to https")
        if urls.extension(address) not in (".jpg", ".jpeg", ".png"):
            yield warning(
                place, f"has a cover that is neither .jpg nor .png: {address}", "save it as one"
            )


def transcripts_are_typed(item: Any) -> Iterator[RuleViolation]:
    """NS, transcript: url and a registered type."""
    for one in every(item, "podcast:transcript"):
        if not one.get("url"):
            yield warning(item, "has a transcript without an address", "add its `url:`")
        if one.get("type") not in TRANSCRIPTS | _LINKED:
            yield warning(
                item,
                f"has a transcript of type `{one.get('type')}`",
                f"use one of {', '.join(sorted(TRANSCRIPTS))}",
            )


def soundbites_lie_inside(item: Any) -> Iterator[RuleViolation]:
    """NS, soundbite: start and duration in seconds; 15 to 120 long, title up to 128 characters."""
    for bite in every(item, "podcast:soundbite"):
        try:
            start, length = float(bite.get("startTime", "")), float(bite.get("duration", ""))
        except ValueError:
            yield warning(item, "has a soundbite without start or duration", "add both, in seconds")
            continue
        whole = text(item, "itunes:duration") or ""
        if whole.isdigit() and 0 < int(whole) < start + length:
            yield warning(item, "has a soundbite that ends after the episode", "correct its times")
        if not 15 <= length <= 120 or len(bite.text or "") > 128:
            yield info(
                item,
                "has a soundbite that is not 15 to 120 seconds, or has a long title",
                "trim it",
            )


def people_have_names(place: Any) -> Iterator[RuleViolation]:
    """NS, person: not blank, at most 128 characters."""
    for person in every(place, "podcast:person"):
        if not 0 < len((person.text or "").strip()) <= 128:
            yield warning(place, "has a person without a name, or with a long one", "correct it")


def terms_and_places_are_named(place: Any) -> Iterator[RuleViolation]:
    """NS: a license of one's own name needs an address; a location a name and a geo URI."""
    for terms in every(place, "podcast:license"):
        known = re.fullmatch(r"[a-z0-9.+-]+", (terms.text or "").strip())
        if not known and not terms.get("url"):
            yield warning(
                place, f"has a license without an address: {terms.text}", "add `license.url`"
            )
    for location in every(place, "podcast:location"):
        named = 0 < len((location.text or "").strip()) <= 128
        if not named or not location.get("geo", "geo:").startswith("geo:"):
            yield warning(place, "has a location without a name or geo address", "correct it")


PLACE_RULES: tuple[PlaceRule, ...] = (
    description_fits,
    cover_is_a_picture,
    people_have_names,
    terms_and_places_are_named,
)
"""Rules for the channel and every item."""

ITEM_RULES: tuple[PlaceRule, ...] = (
    has_a_title,
    has_audio,
    audio_can_be_fetched,
    has_a_guid,
    duration_is_known,
    transcripts_are_typed,
    soundbites_lie_inside,
)
