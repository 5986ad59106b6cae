"""Rules for the feed as a whole: what a directory shows of the show, and items beside each other.

Apple: "A Podcaster's Guide to RSS". PSP: PSP-1, channel. NS: the podcast namespace, `docs/tags`.
RSSB: the RSS Board's profile.
"""

import re
import uuid
from collections.abc import Iterable, Iterator

from backlist.feed.apple import CATEGORIES, LANGUAGES, category_today
from backlist.feed.rules.reading import (
    Feed,
    ItemOutline,
    Rule,
    RuleViolation,
    error,
    every,
    info,
    text,
    warning,
)
from backlist.feed.rules.secrets import describe
from backlist.problems import did_you_mean

SHOWS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of show guids (NS, guid)."""

_MEDIA = "podcast music video film audiobook newsletter blog publisher course mixed"
MEDIA = tuple(_MEDIA.split())
"""What a feed may contain (NS, medium); a list of it ends in L."""


def show_guid(address: str) -> str:
    """The podcast:guid a show gets when it is first assigned one (NS, guid).

    >>> show_guid("https://podnews.net/rss/")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(SHOWS, re.sub(r"^[a-z]+://", "", address).rstrip("/")))


def speaks_a_known_language(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, language: an ISO 639 code, `en` or `en-us`; a wrong one fails."""
    given = text(feed.channel, "language") or ""
    shaped = re.fullmatch(r"([a-z]{2,3})(?:-[a-z0-9]{2,8})*", given.lower())
    if given and not (shaped and (len(shaped[1]) == 3 or shaped[1] in LANGUAGES)):
        yield warning(
            feed.channel, f"has no language code but `{given}`", "write it as `en` or `pt-br`"
        )


def categories_are_apples(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, categories: the exact text, capitals included, a subcategory under its own parent."""
    for element in every(feed.channel, "itunes:category"):
        name = element.get("text", "")
        if name not in CATEGORIES:
            yield _unknown_category(feed, name, tuple(CATEGORIES))
            continue
        for inner in every(element, "itunes:category"):
            if inner.get("text") not in CATEGORIES[name]:
                yield _unknown_category(feed, f"{name} > {inner.get('text')}", CATEGORIES[name])


def _unknown_category(feed: Feed, name: str, known: tuple[str, ...]) -> RuleViolation:
    today = category_today(name)
    hint = did_you_mean(name.rpartition("> ")[2], known) or "leave the subcategory out"
    if today != name:
        hint = f"Apple calls it `{today}` today"
    return warning(feed.channel, f"has a category Apple does not know: {name}", hint)


def has_a_show_guid(feed: Feed) -> Iterator[RuleViolation]:
    """NS, guid: a UUID, made of the feed's address when it is first assigned, then never changed.

    So it is written down by a person once, and not computed again at every build.
    """
    guid = text(feed.channel, "podcast:guid")
    if guid is None:
        own = own_address(feed)
        yield info(
            feed.channel,
            "has no podcast:guid, which identifies a show that moves",
            f"write `guid: {show_guid(own)}` under `show:` once it is published at {own}; "
            "then never change it",
        )
    elif not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid.lower()):
        yield warning(feed.channel, f"has a podcast:guid that is not a UUID: {guid}", "correct it")


def says_who_and_whether_locked(feed: Feed) -> Iterator[RuleViolation]:
    """PSP, recommended: itunes:author, podcast:locked; itunes:owner for hosts and directories."""
    wanted = {
        "itunes:author": "author: …",
        "itunes:owner": "owner: {name: …, email: …}",
        "podcast:locked": "locked: true",
    }
    lacking = [tag for tag in wanted if not every(feed.channel, tag)]
    if lacking:
        lines = ", ".join(f"`{wanted[tag]}`" for tag in lacking)
        yield info(feed.channel, f"has no {', '.join(lacking)}", f"add under `show:` {lines}")


def owner_has_an_address(feed: Feed) -> Iterator[RuleViolation]:
    """W3C: an itunes:owner without itunes:email is of no use."""
    for owner in every(feed.channel, "itunes:owner"):
        email = text(owner, "itunes:email")
        if not email:
            yield warning(feed.channel, "has an owner without an e-mail", "add `owner.email`")
        elif not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
            what = f"has an owner whose e-mail is not an address: {email}"
            yield warning(feed.channel, what, "correct `owner.email`")


def funding_is_on_https(feed: Feed) -> Iterator[RuleViolation]:
    """NS, funding: the address of a page."""
    for element in every(feed.channel, "podcast:funding"):
        if not element.get("url", "").startswith("https://"):
            url = element.get("url")
            yield warning(feed.channel, f"has a podcast:funding not on https: {url}", "use https")


def value_names_recipients(feed: Feed) -> Iterator[RuleViolation]:
    """NS, value: at least one recipient."""
    for value in every(feed.channel, "podcast:value"):
        if not every(value, "podcast:valueRecipient"):
            yield warning(feed.channel, "has a podcast:value that pays nobody", "add `recipients:`")


def serial_items_are_numbered(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:episode: required of the full episodes of a serial show."""
    if text(feed.channel, "itunes:type") != "serial":
        return
    for item in feed.items:
        if item.lacks_number:
            yield warning(item, "has no number in a serial show", "add `number:`")


def has_its_parts(feed: Feed) -> Iterator[RuleViolation]:
    """RSS 2.0, required channel elements; PSP adds the language."""
    for tag in ("title", "link", "description", "language"):
        if not text(feed.channel, tag):
            yield error(feed.channel, f"has no {tag}", f"add `show.{tag}`")


def address_is_on_https(feed: Feed) -> Iterator[RuleViolation]:
    """PSP, Apple: directories take a feed from https only."""
    own = own_address(feed)
    if not own.startswith("https://"):
        yield warning(feed.channel, f"has an address that is not https: {own}", "use https")


def own_address(feed: Feed) -> str:
    """The address a feed names as its own (PSP, `atom:link rel="self"`)."""
    links = every(feed.channel, "atom:link")
    return next((link.get("href", "") for link in links if link.get("rel") == "self"), "")


def medium_is_known(feed: Feed) -> Iterator[RuleViolation]:
    """NS, medium, whose lists end in L."""
    medium = text(feed.channel, "podcast:medium")
    if medium is not None and medium.removesuffix("L") not in MEDIA:
        yield warning(
            feed.channel, f"has an unknown podcast:medium: {medium}", did_you_mean(medium, MEDIA)
        )


LARGE = 5_000_000
"""Bytes at which the W3C validator stops reading."""


def is_not_too_large(feed: Feed) -> Iterator[RuleViolation]:
    """W3C validator: it stops at 5,000,000 bytes; some apps do earlier."""
    if feed.size > LARGE:
        yield info(
            feed.channel,
            f"has {feed.size:,} bytes",
            "`site.feed` with `page_size:` and `complete: false` keeps old episodes on pages",
        )


def audio_is_unique(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, requirements: of two items with one enclosure address the second is ignored."""
    for address, last in _shared((url, item) for item in feed.items for url in item.audio):
        yield warning(
            last,
            f"has the enclosure address of another item: {address}",
            "give it its own audio address",
        )


def addresses_hold_no_secrets(feed: Feed) -> Iterator[RuleViolation]:
    """Everybody who reads a feed may use what stands in it. Reported once for all items."""
    found = describe(url for item in feed.items for url in item.audio)
    if found:
        yield warning(
            feed.channel,
            f"has {found}",
            "move the files to addresses that everybody may know, or leave the secret out",
        )


def _shared(keyed: Iterable[tuple[str, ItemOutline]]) -> Iterator[tuple[str, ItemOutline]]:
    """Each value that several items have, with the last of them."""
    found: dict[str, list[ItemOutline]] = {}
    for value, item in keyed:
        found.setdefault(value, []).append(item)
    yield from ((value, items[-1]) for value, items in found.items() if len(items) > 1)


def titles_leave_the_show_out(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, title: not the show's name, which every app shows beside it."""
    show = (text(feed.channel, "title") or "").casefold()
    for item in feed.items:
        title = item.title.casefold()
        if (
            show
            and title.startswith(show)
            and title[len(show) :].lstrip()[:1] in (":", "|", "-", "–")
        ):
            yield info(item, "has the show's name in its title", "leave it out of `title:`")


def items_have_transcripts(feed: Feed) -> Iterator[RuleViolation]:
    """PSP, recommended; Apple shows them. Reported once for all items, for few shows have any."""
    without = [item for item in feed.items if not item.has_transcript]
    if without:
        titles = "; ".join(item.title or "?" for item in without[:3])
        more = " …" if len(without) > 3 else ""
        yield info(
            feed.channel,
            f"has items without a transcript, {len(without)} of {len(feed.items)}: {titles}{more}",
            "put files into content/transcripts/ and name them with `transcripts:`",
        )


FEED_RULES: tuple[Rule, ...] = (
    is_not_too_large,
    audio_is_unique,
    addresses_hold_no_secrets,
    titles_leave_the_show_out,
    has_its_parts,
    address_is_on_https,
    speaks_a_known_language,
    categories_are_apples,
    owner_has_an_address,
    medium_is_known,
    funding_is_on_https,
    value_names_recipients,
    serial_items_are_numbered,
)

DIRECTORY_RULES: tuple[Rule, ...] = (
    has_a_show_guid,
    says_who_and_whether_locked,
    items_have_transcripts,
)
"""What only a feed must have that directories list."""
