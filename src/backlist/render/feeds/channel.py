"""The head of a feed: everything before its items.

Sources: Apple, "A Podcaster's Guide to RSS"; PSP-1, channel; the podcast namespace, `docs/tags`;
RFC 5005 for the links between documents.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator
from lxml import etree

from backlist import urls
from backlist.model import License, Location, Person, Show, Value
from backlist.relate.archive import Archive, Entry
from backlist.render.feeds.elements import ATOM, HISTORY, ITUNES, PODCAST, clean, empty_feed, yes
from backlist.render.feeds.plan import Edition

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def opened(edition: Edition, archive: Archive) -> FeedGenerator:
    """A feed with its head written and no item in it yet."""
    show, base = archive.show, archive.site.base_url
    feed = empty_feed()
    feed.title(clean(edition.title))
    # The last link becomes the channel's <link>, so the page comes after the feed itself.
    feed.link(href=edition.address, rel="self", type="application/rss+xml")
    feed.link(href=edition.page, rel="alternate")
    feed.description(clean(edition.description))
    feed.language(show.language)
    feed.generator("backlist")
    feed.docs("")
    feed.lastBuildDate(newest(edition.entries))
    if show.copyright:
        feed.rights(clean(show.copyright))
    if show.image:
        feed.image(urls.static_file(show.image, base), clean(edition.title), edition.page)
    _write_history(feed, edition)
    _write_directory_fields(feed, show, base)
    _write_podcast_fields(feed, show)
    if edition.main:
        _write_identity(feed, edition, archive)
    else:
        _hide_from_directories(feed)
    return feed


def newest(entries: Iterable[Entry]) -> datetime:
    """The newest date among episodes; a build at another time gives the same bytes."""
    dates = [entry.episode.date.instant for entry in entries if entry.episode.date]
    return max(dates, default=_EPOCH)


def _write_history(feed: FeedGenerator, edition: Edition) -> None:
    """RFC 5005: `fh:archive` on what will not change, and the links from document to document."""
    if edition.archived:
        feed.extra.paged = True
        feed.extra.add(f"{HISTORY}archive")
    for rel, address in edition.links:
        feed.extra.add(f"{ATOM}link", rel=rel, href=address, type="application/rss+xml")


def _write_directory_fields(feed: FeedGenerator, show: Show, base: str) -> None:
    if show.author:
        feed.podcast.itunes_author(clean(show.author))
    if show.owner and show.owner.email:
        feed.podcast.itunes_owner(name=clean(show.owner.name), email=clean(show.owner.email))
    feed.podcast.itunes_type(show.type)
    _write_categories(feed, show.categories)
    feed.extra.add(f"{ITUNES}explicit", yes(show.explicit))
    if show.image:
        feed.extra.add(f"{ITUNES}image", href=urls.static_file(show.image, base))
    if show.complete:
        feed.extra.add(f"{ITUNES}complete", "Yes")


def _write_categories(feed: FeedGenerator, categories: Iterable[str]) -> None:
    """Apple, itunes:category: a subcategory stands inside its category."""
    written = {}
    for text in categories:
        parent, _, sub = (part.strip() for part in text.partition(">"))
        if parent not in written:
            written[parent] = feed.extra.add(f"{ITUNES}category", text=parent)
        if sub:
            etree.SubElement(written[parent], f"{ITUNES}category", text=clean(sub))


def _write_podcast_fields(feed: FeedGenerator, show: Show) -> None:
    extra = feed.extra
    extra.add(f"{PODCAST}medium", show.medium)
    if show.ai_generated:
        extra.add(f"{PODCAST}txt", "true", purpose="ai-content")
    for way in show.funding:
        extra.add(f"{PODCAST}funding", way.text, url=way.url)
    write_people(feed, show.people)
    write_terms(feed, show.license, show.location)
    for value in show.value:
        _write_value(feed, value)


def write_people(place: FeedGenerator, people: Iterable[Person]) -> None:
    """podcast:person of a channel or an item."""
    for person in people:
        place.extra.add(
            f"{PODCAST}person",
            person.name,
            role=person.role,
            group=person.group,
            href=person.url,
            img=person.image,
        )


def write_terms(place: FeedGenerator, terms: License | None, location: Location | None) -> None:
    """podcast:license and podcast:location of a channel or an item."""
    if terms:
        place.extra.add(f"{PODCAST}license", terms.name, url=terms.url)
    if location:
        place.extra.add(f"{PODCAST}location", location.name, geo=location.geo, osm=location.osm)


def _write_value(feed: FeedGenerator, value: Value) -> None:
    element = feed.extra.add(
        f"{PODCAST}value", type=value.type, method=value.method, suggested=value.suggested
    )
    for one in value.recipients:
        given = {
            "name": one.name,
            "type": one.type,
            "address": one.address,
            "split": str(one.split),
            "customKey": one.custom_key,
            "customValue": one.custom_value,
            "fee": None if one.fee is None else yes(one.fee),
        }
        known = {key: clean(text) for key, text in given.items() if text is not None}
        etree.SubElement(element, f"{PODCAST}valueRecipient", known)


def _write_identity(feed: FeedGenerator, edition: Edition, archive: Archive) -> None:
    """What belongs to the show itself, and so to its main feed only."""
    show, extra = archive.show, feed.extra
    if show.guid:
        extra.add(f"{PODCAST}guid", show.guid)
    if show.locked is not None:
        owner = show.owner.email if show.owner else None
        extra.add(f"{PODCAST}locked", "yes" if show.locked else "no", owner=owner)
    for one in show.txt:
        extra.add(f"{PODCAST}txt", one.text, purpose=one.purpose)
    if archive.site.feed.was:
        # Apple, itunes:new-feed-url: in the new feed, and equal to its own address.
        extra.add(f"{ITUNES}new-feed-url", edition.address)
    if show.block:
        _hide_from_directories(feed)


def _hide_from_directories(feed: FeedGenerator) -> None:
    """itunes:block and podcast:block: apps read the feed all the same, directories leave it out."""
    feed.extra.add(f"{ITUNES}block", "Yes")
    feed.extra.add(f"{PODCAST}block", "yes")
