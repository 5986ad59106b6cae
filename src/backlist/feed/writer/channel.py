"""The head of a feed: everything before its items.

Sources: Apple, "A Podcaster's Guide to RSS"; PSP-1, channel; the podcast namespace, `docs/tags`;
RFC 5005 for the links between documents.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from feedgen.feed import FeedGenerator

from backlist import urls
from backlist.feed.vocabulary import DC, HISTORY, PSC
from backlist.feed.writer.carried import channel_elements
from backlist.feed.writer.elements import (
    empty_feed,
    make_element,
    prefixes,
    true_or_false,
)
from backlist.feed.writer.specs import FeedSpec
from backlist.model import License, Location, Person, Recipient, Show, Value
from backlist.relate.archive import Archive, Entry


def channel_xml(spec: FeedSpec, archive: Archive) -> bytes:
    """A feed document that has no items yet: `join` puts them in."""
    data: bytes = _channel(spec, archive).rss_str(pretty=True)
    return data


def _channel(spec: FeedSpec, archive: Archive) -> FeedGenerator:
    show, base = archive.show, archive.site.base_url
    feed = empty_feed()
    feed.title(spec.title)
    # The last link becomes the channel's <link>, so the page comes after the feed itself.
    feed.link(href=spec.address, rel="self", type="application/rss+xml")
    feed.link(href=spec.page, rel="alternate")
    feed.description(spec.description)
    feed.language(show.language)
    feed.generator("backlist")
    feed.docs("")
    date = newest(spec.entries)
    feed.extra.undated = date is None
    feed.lastBuildDate(date)
    if show.copyright:
        feed.rights(show.copyright)
    if show.image:
        feed.image(urls.static_file(show.image, base), spec.title, spec.page)
    feed.extra.spaces = _spaces(spec, show)
    _write_history(feed, spec)
    _write_directory_fields(feed, show, base)
    _write_podcast_fields(feed, show)
    if not spec.brief:
        feed.extra.elements += channel_elements(show)
    if spec.main:
        _write_identity(feed, spec, archive)
    else:
        _hide_from_directories(feed)
    return feed


def _spaces(spec: FeedSpec, show: Show) -> set[str]:
    """The prefixes that the feed and its items use."""
    found = {HISTORY} if spec.archived else set()
    episodes = [entry.episode for entry in spec.entries]
    if any(episode.chapters for episode in episodes):
        found.add(PSC)
    if any(entry.language for entry in spec.entries):
        found.add(DC)
    listed = [show.feed_elements, *(episode.feed_elements for episode in episodes)]
    return found | prefixes(text for texts in listed for text in texts)


def join(channel: bytes, items: Iterable[bytes]) -> Iterator[bytes]:
    """A channel made by `channel_xml` with its items, each made by `items.make_item`."""
    head, end, rest = channel.rpartition(b"  </channel>")
    yield head
    yield from items
    yield end + rest


def newest(entries: Iterable[Entry]) -> datetime | None:
    """The newest date among episodes; a build at another time gives the same bytes."""
    dates = [entry.episode.date.instant for entry in entries if entry.episode.date]
    return max(dates, default=None)


def _write_history(feed: FeedGenerator, spec: FeedSpec) -> None:
    """RFC 5005: `fh:archive` on what will not change, and the links from document to document."""
    if spec.archived:
        feed.extra.add("fh:archive")
    for rel, address in spec.links:
        feed.extra.add("atom:link", rel=rel, href=address, type="application/rss+xml")


def _write_directory_fields(feed: FeedGenerator, show: Show, base: str) -> None:
    if show.author:
        feed.podcast.itunes_author(show.author)
    if show.owner and show.owner.email:
        feed.podcast.itunes_owner(name=show.owner.name, email=show.owner.email)
    feed.podcast.itunes_type(show.type)
    _write_categories(feed, show.categories)
    feed.extra.add("itunes:explicit", true_or_false(show.explicit))
    if show.image:
        feed.extra.add("itunes:image", href=urls.static_file(show.image, base))
    if show.complete:
        feed.extra.add("itunes:complete", "Yes")


def _write_categories(feed: FeedGenerator, categories: Iterable[str]) -> None:
    """Apple, itunes:category: a subcategory stands inside its category."""
    written: dict[str, Any] = {}
    for text in categories:
        parent, _, sub = (part.strip() for part in text.partition(">"))
        if parent not in written:
            written[parent] = feed.extra.add("itunes:category", text=parent)
        if sub:
            written[parent].append(make_element("itunes:category", text=sub))


def _write_podcast_fields(feed: FeedGenerator, show: Show) -> None:
    extra = feed.extra
    extra.add("podcast:medium", show.medium)
    if show.ai_generated:
        extra.add("podcast:txt", "true", purpose="ai-content")
    for way in show.funding:
        extra.add("podcast:funding", way.text, url=way.url)
    write_people(feed, show.people)
    write_terms(feed, show.license, show.location)
    write_values(feed, show.value)


def write_people(place: FeedGenerator, people: Iterable[Person]) -> None:
    """podcast:person of a channel or an item."""
    for person in people:
        place.extra.add(
            "podcast:person",
            person.name,
            role=person.role,
            group=person.group,
            href=person.url,
            img=person.image,
        )


def write_terms(place: FeedGenerator, terms: License | None, location: Location | None) -> None:
    """podcast:license and podcast:location of a channel or an item."""
    if terms:
        place.extra.add("podcast:license", terms.name, url=terms.url)
    if location:
        place.extra.add(
            "podcast:location",
            location.name,
            geo=location.geo,
            osm=location.osm,
            rel=location.rel,
            country=location.country,
        )


def write_values(place: FeedGenerator, values: Iterable[Value]) -> None:
    """podcast:value of a channel or an item."""
    for value in values:
        element = place.extra.add(
            "podcast:value", type=value.type, method=value.method, suggested=value.suggested
        )
        element.extend(map(_recipient, value.recipients))


def _recipient(one: Recipient) -> Any:
    return make_element(
        "podcast:valueRecipient",
        name=one.name,
        type=one.type,
        address=one.address,
        split=str(one.split),
        customKey=one.custom_key,
        customValue=one.custom_value,
        fee=None if one.fee is None else true_or_false(one.fee),
    )


def _write_identity(feed: FeedGenerator, spec: FeedSpec, archive: Archive) -> None:
    """What belongs to the show itself, and so to its main feed only."""
    show, extra = archive.show, feed.extra
    if show.guid:
        extra.add("podcast:guid", show.guid)
    if show.locked is not None:
        owner = show.owner.email if show.owner else None
        extra.add("podcast:locked", "yes" if show.locked else "no", owner=owner)
    for one in show.txt:
        extra.add("podcast:txt", one.text, purpose=one.purpose)
    if archive.site.feed.previous_urls:
        # Apple, itunes:new-feed-url: in the new feed, and equal to its own address.
        extra.add("itunes:new-feed-url", spec.address)
    if show.block:
        _hide_from_directories(feed)


def _hide_from_directories(feed: FeedGenerator) -> None:
    """itunes:block and podcast:block: apps read the feed all the same, directories leave it out."""
    feed.extra.add("itunes:block", "Yes")
    feed.extra.add("podcast:block", "yes")
