"""Rules for the document as a whole: encoding, namespaces, order, identities.

PSP: the PSP-1 podcast RSS specification. RSSB: the RSS Board's RSS profile. Apple: "A
Podcaster's Guide to RSS", its requirements (support/823) and technical updates of August 2022.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from backlist.feed.rules.reading import (
    Feed,
    ItemOutline,
    Rule,
    RuleViolation,
    error,
    every,
    notice,
    text,
    warning,
)
from backlist.feed.vocabulary import ATOM, CONTENT, HISTORY, ITUNES, NAMESPACES, PODCAST

LARGE = 5_000_000
"""Bytes at which the W3C validator stops reading."""


def begins_with_its_declaration(feed: Feed) -> Iterator[RuleViolation]:
    """PSP: UTF-8, with `<?xml …?>` as the very first bytes."""
    if not feed.declared:
        yield warning(
            feed.channel, "does not begin with `<?xml`", "put nothing before the declaration"
        )
    encoding = feed.root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in ("UTF-8", "ASCII", "US-ASCII"):
        yield warning(feed.channel, f"is encoded as {encoding}", "write it as UTF-8")


def is_rss_2(feed: Feed) -> Iterator[RuleViolation]:
    """RSS 2.0 and PSP: the root is `rss` of version 2.0."""
    if feed.root.tag != "rss" or feed.root.get("version") != "2.0":
        yield warning(feed.channel, "is not in RSS 2.0", 'make it `<rss version="2.0">`')


def spells_its_namespaces(feed: Feed) -> Iterator[RuleViolation]:
    """PSP: namespaces stand under their literal prefixes; some readers look for those only."""
    declared = {address: prefix for prefix, address in feed.root.nsmap.items()}
    for prefix in (ITUNES, PODCAST, CONTENT, ATOM, HISTORY):
        address = NAMESPACES[prefix]
        if declared.get(address, prefix) != prefix:
            yield warning(
                feed.channel,
                f"calls the {prefix} namespace `{declared[address]}`",
                f"declare it as xmlns:{prefix}",
            )


def is_not_too_large(feed: Feed) -> Iterator[RuleViolation]:
    """W3C validator: it stops at 5,000,000 bytes; some apps do earlier."""
    if feed.size > LARGE:
        yield notice(
            feed.channel,
            f"has {feed.size:,} bytes",
            "`site.feed` with `page_size:` and `complete: false` keeps old episodes on pages",
        )


def has_items_after_its_head(feed: Feed) -> Iterator[RuleViolation]:
    """RSSB: all elements of the channel stand before its items."""
    tags = [child.tag for child in feed.channel if isinstance(child.tag, str)]
    if "item" in tags and any(tag != "item" for tag in tags[tags.index("item") :]):
        yield warning(feed.channel, "has elements after its items", "put them before the first")


def guids_are_unique(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, August 2022: of two items with one guid the second is ignored."""
    for guid, last in _shared((item.guid, item) for item in feed.items if item.guid):
        yield error(last, f"has the guid of another item: {guid}", "give the newer one its own")


def sounds_are_unique(feed: Feed) -> Iterator[RuleViolation]:
    """Apple, requirements: of two items with one enclosure address the second is ignored."""
    for address, last in _shared((url, item) for item in feed.items for url in item.audio):
        yield warning(
            last,
            f"has the enclosure address of another item: {address}",
            "give it its own audio address",
        )


def _shared(keyed: Iterable[tuple[str, ItemOutline]]) -> Iterator[tuple[str, ItemOutline]]:
    """Each value that several items have, with the last of them."""
    found: dict[str, list[ItemOutline]] = {}
    for value, item in keyed:
        found.setdefault(value, []).append(item)
    yield from ((value, items[-1]) for value, items in found.items() if len(items) > 1)


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
            yield notice(item, "has the show's name in its title", "leave it out of `title:`")


def items_have_transcripts(feed: Feed) -> Iterator[RuleViolation]:
    """PSP, recommended; Apple shows them. Said once for all items, for few shows have any."""
    without = [item for item in feed.items if not item.has_transcript]
    if without:
        titles = "; ".join(item.title or "?" for item in without[:3])
        more = " …" if len(without) > 3 else ""
        yield notice(
            feed.channel,
            f"has items without a transcript, {len(without)} of {len(feed.items)}: {titles}{more}",
            "put files into content/transcripts/ and name them with `transcripts:`",
        )


DOCUMENT_RULES: tuple[Rule, ...] = (
    begins_with_its_declaration,
    is_rss_2,
    spells_its_namespaces,
    is_not_too_large,
    has_items_after_its_head,
    guids_are_unique,
    sounds_are_unique,
    newest_comes_first,
    archives_lead_back,
    titles_leave_the_show_out,
)
