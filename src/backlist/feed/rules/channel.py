"""Rules for the channel: what a directory shows of the show.

Apple: "A Podcaster's Guide to RSS". PSP: PSP-1, channel. NS: the podcast namespace, `docs/tags`.
RSSB: the RSS Board's profile.
"""

import re
import uuid
from collections.abc import Iterator

from backlist import urls
from backlist.feed.rules.apple import CATEGORIES, LANGUAGES
from backlist.feed.rules.document import items_have_transcripts
from backlist.feed.rules.reading import (
    Feed,
    Rule,
    RuleViolation,
    error,
    every,
    notice,
    text,
    warning,
)
from backlist.problems import did_you_mean

SHOWS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of show guids (NS, guid)."""

_MEDIA = "podcast music video film audiobook newsletter blog publisher course mixed"
MEDIA = tuple(_MEDIA.split())
"""What a feed may carry (NS, medium); a list of it ends in L."""


def show_guid(address: str) -> str:
    """The podcast:guid a show gets when it is first assigned one (NS, guid).

    >>> show_guid("https://podnews.net/rss/")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(SHOWS, re.sub(r"^[a-z]+://", "", address).rstrip("/")))


def has_its_parts(feed: Feed) -> Iterator[RuleViolation]:
    """RSS 2.0, required channel elements; PSP adds the language."""
    for tag in ("title", "link", "description", "language"):
        if not text(feed.channel, tag):
            yield error(feed.channel, f"has no {tag}", f"add `<{tag}>`")


def names_itself(feed: Feed) -> Iterator[RuleViolation]:
    """PSP, RSSB: one `atom:link rel="self"` of type application/rss+xml, a whole address."""
    own = [link for link in every(feed.channel, "atom:link") if link.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != "application/rss+xml":
        yield error(
            feed.channel, "does not name its own address once, with its type", "add atom:link"
        )
    elif not own[0].get("href", "").startswith("https://"):
        yield warning(
            feed.channel,
            f"has an address that is not https: {own[0].get('href')}",
            "publish it over https",
        )


def speaks_a_known_language(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, language: an ISO 639 code, `en` or `en-us`; a wrong one fails."""
    given = text(feed.channel, "language") or ""
    shaped = re.fullmatch(r"([a-z]{2,3})(?:-[a-z0-9]{2,8})*", given.lower())
    if given and not (shaped and (len(shaped[1]) == 3 or shaped[1] in LANGUAGES)):
        yield warning(
            feed.channel, f"has no language code but `{given}`", "write it as `en` or `pt-br`"
        )


def has_a_category(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:category: required."""
    if not every(feed.channel, "itunes:category"):
        yield warning(feed.channel, "has no itunes:category", "add `show.categories`")


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
    hint = did_you_mean(name.rpartition("> ")[2], known) or "leave the subcategory out"
    return warning(feed.channel, f"has a category Apple does not know: {name}", hint)


def has_a_cover(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:image: required."""
    if not every(feed.channel, "itunes:image"):
        yield warning(feed.channel, "has no itunes:image", "add `show.image`")


def has_a_show_guid(feed: Feed) -> Iterator[RuleViolation]:
    """NS, guid: a UUID, made of the feed's address when it is first assigned, then never changed.

    So it is written down by a person once, and not computed again at every build.
    """
    guid = text(feed.channel, "podcast:guid")
    if guid is None:
        own = feed.channel.xpath("string(*[local-name()='link'][@rel='self']/@href)")
        yield notice(
            feed.channel,
            "has no podcast:guid, by which directories know a show that moves",
            f"write `guid: {show_guid(own)}` under `show:` once it is published at {own}; "
            "then never change it",
        )
    elif not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid.lower()):
        yield warning(feed.channel, f"has a podcast:guid that is no UUID: {guid}", "correct it")


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
        yield notice(feed.channel, f"has no {', '.join(lacking)}", f"add under `show:` {lines}")


def lock_is_yes_or_no(feed: Feed) -> Iterator[RuleViolation]:
    """NS, locked."""
    for element in every(feed.channel, "podcast:locked"):
        if element.text not in ("yes", "no"):
            yield warning(
                feed.channel, f"has a podcast:locked of `{element.text}`", "write yes or no"
            )


def owner_has_an_address(feed: Feed) -> Iterator[RuleViolation]:
    """W3C: an itunes:owner without itunes:email tells nobody anything."""
    for owner in every(feed.channel, "itunes:owner"):
        if "@" not in (text(owner, "itunes:email") or ""):
            yield warning(feed.channel, "has an owner without an e-mail", "add `owner.email`")


def type_is_known(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:type; NS, medium, whose lists end in L."""
    kind = text(feed.channel, "itunes:type")
    if kind is not None and kind not in ("episodic", "serial"):
        yield warning(feed.channel, f"has an itunes:type of `{kind}`", "write episodic or serial")
    medium = text(feed.channel, "podcast:medium")
    if medium is not None and medium.removesuffix("L") not in MEDIA:
        yield warning(
            feed.channel, f"has an unknown podcast:medium: {medium}", did_you_mean(medium, MEDIA)
        )


def texts_fit(feed: Feed) -> Iterator[RuleViolation]:
    """NS, txt and funding: purpose and words at most 128 characters, text 4,000."""
    for element in every(feed.channel, "podcast:txt"):
        if len(element.text or "") > 4000 or len(element.get("purpose", "")) > 128:
            yield warning(feed.channel, "has a podcast:txt that is too long", "shorten it")
    for element in every(feed.channel, "podcast:funding"):
        if not element.get("url", "").startswith("https://") or len(element.text or "") > 128:
            yield warning(
                feed.channel,
                "has a podcast:funding without an https address, or of over 128 characters",
                "give `funding` a whole `url:` and a few words",
            )


def value_names_recipients(feed: Feed) -> Iterator[RuleViolation]:
    """NS, value: type, method, and at least one recipient with type, address and split."""
    for value in every(feed.channel, "podcast:value"):
        recipients = every(value, "podcast:valueRecipient")
        whole = all(one.get(key) for one in recipients for key in ("type", "address", "split"))
        if not (value.get("type") and value.get("method") and recipients and whole):
            yield warning(
                feed.channel,
                "has a podcast:value that pays nobody",
                "give it type, method, and recipients with type, address and split",
            )


def new_address_is_its_own(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:new-feed-url: in the new feed it equals the feed's own address."""
    new = text(feed.channel, "itunes:new-feed-url")
    own = feed.channel.xpath("string(*[local-name()='link'][@rel='self']/@href)")
    if new is not None and new != own:
        yield warning(
            feed.channel, f"sends apps to {new}, which is not its own address", f"name {own}"
        )


def switches_are_on(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:block and itunes:complete: any value but Yes does nothing."""
    for tag in ("itunes:block", "itunes:complete"):
        value = text(feed.channel, tag)
        if value is not None and value.lower() != "yes":
            yield notice(feed.channel, f"has {tag} `{value}`, which does nothing", "leave it out")


def picture_has_its_parts(feed: Feed) -> Iterator[RuleViolation]:
    """RSSB, image: url, title and link, the title being the channel's."""
    for picture in every(feed.channel, "image"):
        lacking = [tag for tag in ("url", "title", "link") if not text(picture, tag)]
        if lacking:
            yield warning(feed.channel, f"has an image without {', '.join(lacking)}", "add it")
        elif text(picture, "title") != text(feed.channel, "title"):
            yield notice(feed.channel, "has an image with another title", "name it as the channel")


def serial_items_are_numbered(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, itunes:episode: required of the full episodes of a serial show."""
    if text(feed.channel, "itunes:type") != "serial":
        return
    for item in feed.items:
        if item.lacks_number:
            yield warning(item, "has no number in a serial show", "add `number:`")


def is_on_the_web(feed: Feed) -> Iterator[RuleViolation]:
    """RSS 2.0: link is the address of a page."""
    link = text(feed.channel, "link")
    if link and not urls.split(link).netloc:
        yield warning(feed.channel, f"has a link that is no address: {link}", "write it whole")


CHANNEL_RULES: tuple[Rule, ...] = (
    has_its_parts,
    names_itself,
    speaks_a_known_language,
    categories_are_apples,
    lock_is_yes_or_no,
    owner_has_an_address,
    type_is_known,
    texts_fit,
    value_names_recipients,
    new_address_is_its_own,
    switches_are_on,
    picture_has_its_parts,
    serial_items_are_numbered,
    is_on_the_web,
)

DIRECTORY_RULES: tuple[Rule, ...] = (
    has_a_category,
    has_a_cover,
    has_a_show_guid,
    says_who_and_whether_locked,
    items_have_transcripts,
)
"""What only a feed must have that directories list."""
