"""Rules for one item, and those that channel and items share.

Apple: "A Podcaster's Guide to RSS". PSP: PSP-1, item. NS: the podcast namespace, `docs/tags`.
W3C: the feed validator.
"""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from backlist import urls
from backlist.feed.rules.apple import EXTENSIONS
from backlist.feed.rules.reading import (
    PlaceRule,
    RuleViolation,
    error,
    every,
    notice,
    text,
    warning,
)

LIMIT = 4000
"""Bytes a description may have (Apple)."""

SHOWN = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"}
"""Tags PSP allows in a description; Apple shows the first five."""

TRANSCRIPTS = {"text/plain", "text/html", "text/vtt", "application/json", "application/x-subrip"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERED = re.compile(
    r"^\W*(#\s*\d+|(episode|ep\.?|folge)\s*#?\d+|s\d+\s*:?\s*e\d+)\b", re.IGNORECASE
)


def has_a_title(item: Any) -> Iterator[RuleViolation]:
    """PSP: required. Apple: without the number, which has a tag of its own."""
    title = text(item, "title")
    if not title:
        yield error(item, "has no title", "add `title:`")
    elif _NUMBERED.match(title):
        yield notice(item, "has its number in its title", "write it as `number:` and `season:`")


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


def sound_can_be_fetched(item: Any) -> Iterator[RuleViolation]:
    """Apple: https, ASCII; the types it plays, under the extensions that name them."""
    for enclosure in every(item, "enclosure"):
        address, kind = enclosure.get("url", ""), enclosure.get("type", "")
        if not address.startswith("https://"):
            yield warning(item, f"has a sound that is not on https: {address}", "move it to https")
        if not address.isascii() or " " in address:
            yield warning(item, f"has a sound address not in ASCII: {address}", "percent-encode it")
        extension = urls.extension(address)
        if extension not in EXTENSIONS:
            yield warning(
                item,
                f"has a sound Apple does not play: extension `{extension}`",
                "publish it as .mp3 or .m4a",
            )
        elif kind and kind not in EXTENSIONS[extension]:
            yield warning(
                item,
                f"has a {extension} file of type {kind}",
                "correct `audio.type`, or leave it out",
            )


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
        yield notice(
            item, "has a guid with white space around it", "leave it: a guid never changes"
        )


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


def description_fits(place: Any) -> Iterator[RuleViolation]:
    """Apple, PSP: at most 4,000 bytes, not blank."""
    described = text(place, "description")
    size = len((described or "").encode())
    if size > LIMIT:
        yield warning(place, f"has a description of {size} bytes, more than {LIMIT}", "shorten it")
    if place.tag == "item" and not described:
        yield warning(place, "has no description", "write notes, or a `summary:`")


def description_is_plain(item: Any) -> Iterator[RuleViolation]:
    """PSP: p, ol, ul, li, a and plain emphasis; other tags are dropped or shown as text."""
    tags = {
        tag.lower()
        for tag in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", text(item, "description") or "")
    }
    if other := sorted(tags - SHOWN):
        yield notice(
            item, f"has a description with <{'>, <'.join(other)}>", "use p, lists and links"
        )


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
        yield notice(item, "has no link", "give it the address of its page")


def explicit_is_true_or_false(place: Any) -> Iterator[RuleViolation]:
    """Apple: itunes:explicit is `true` or `false`; the channel must say."""
    given = text(place, "itunes:explicit")
    if given is None and place.tag == "item":
        return
    if given not in ("true", "false"):
        yield error(place, f"has an itunes:explicit of `{given or ''}`", "write `true` or `false`")


def duration_is_known(item: Any) -> Iterator[RuleViolation]:
    """Apple, itunes:duration: recommended, in whole seconds."""
    given = text(item, "itunes:duration")
    if not given or given == "0":
        yield notice(item, "has no itunes:duration", "add `audio.duration`")
    elif not re.fullmatch(r"\d+|(\d+:)?[0-5]?\d:[0-5]\d", given):
        yield warning(item, f"has an itunes:duration nobody can read: {given}", "write seconds")


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


def transcripts_are_typed(item: Any) -> Iterator[RuleViolation]:
    """NS, transcript: url and a registered type."""
    for one in every(item, "podcast:transcript"):
        if not one.get("url"):
            yield warning(item, "has a transcript without an address", "add its `url:`")
        if one.get("type") not in TRANSCRIPTS:
            yield warning(
                item,
                f"has a transcript of type `{one.get('type')}`",
                f"use one of {', '.join(sorted(TRANSCRIPTS))}",
            )


def chapters_are_json(item: Any) -> Iterator[RuleViolation]:
    """NS, chapters: one, with url and the type application/json+chapters."""
    found = every(item, "podcast:chapters")
    wrong = [c for c in found if c.get("type") != "application/json+chapters" or not c.get("url")]
    if len(found) > 1 or wrong:
        yield warning(
            item, "has not one podcast:chapters with url and type", "name one JSON chapters file"
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
            yield notice(
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
                place, f"has a license nobody can look up: {terms.text}", "add `license.url`"
            )
    for location in every(place, "podcast:location"):
        named = 0 < len((location.text or "").strip()) <= 128
        if not named or not location.get("geo", "geo:").startswith("geo:"):
            yield warning(place, "has a location without a name or geo address", "correct it")


PLACE_RULES: tuple[PlaceRule, ...] = (
    dates_are_right,
    description_fits,
    explicit_is_true_or_false,
    cover_is_a_picture,
    people_have_names,
    terms_and_places_are_named,
)
"""Rules for the channel and every item."""

ITEM_RULES: tuple[PlaceRule, ...] = (
    has_a_title,
    has_one_sound,
    length_is_known,
    sound_can_be_fetched,
    has_a_guid,
    has_a_date,
    description_is_plain,
    full_notes_follow,
    has_a_page,
    duration_is_known,
    numbers_are_numbers,
    transcripts_are_typed,
    chapters_are_json,
    soundbites_lie_inside,
)
