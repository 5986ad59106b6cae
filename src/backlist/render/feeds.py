"""`feed.xml`: the show's RSS feed, by feedgen.

RSS 2.0 with the itunes, content, atom and podcast namespaces, as Apple's "A Podcaster's Guide
to RSS", the RSS Board's profile and PSP-1 ask. An episode is in the feed when it has a guid
and a sound file; the guid goes out byte for byte. The same archive gives the same bytes: the
build date is the newest date in it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from backlist import urls
from backlist.archive import Archive, Entry
from backlist.model import Show, Status
from backlist.outputs import Output
from backlist.render import notes
from backlist.theme import Theme

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Extra:
    """Elements feedgen has no method for, or refuses; written in the order they were added."""

    def __init__(self) -> None:
        self.elements: list[tuple[str, str | None, dict[str, str]]] = []

    def add(self, tag: str, text: str | None = None, **attributes: str) -> None:
        self.elements.append((tag, text, attributes))

    def append_to(self, parent: Any) -> None:
        for tag, text, attributes in self.elements:
            etree.SubElement(parent, tag, attributes).text = text


class _FeedExtra(_Extra, BaseExtension):  # type: ignore[misc]
    def extend_ns(self) -> dict[str, str]:
        return {"podcast": PODCAST}

    def extend_rss(self, rss: Any) -> Any:
        self.append_to(rss[0])
        return rss


class _EntryExtra(_Extra, BaseEntryExtension):  # type: ignore[misc]
    def extend_rss(self, item: Any) -> Any:
        self.append_to(item)
        return item


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The main feed, every item in it, newest first."""
    feed = _channel(archive)
    for entry in carried(archive):
        # feedgen prepends unless told otherwise (lkiesow/python-feedgen#55).
        _item(feed.add_entry(order="append"), entry, archive)
    yield Output(urls.FEED, feed.rss_str(pretty=True), "feeds")


def carried(archive: Archive) -> list[Entry]:
    """The episodes the feed carries: published, with a guid and a sound file."""
    return [
        entry
        for entry in archive.entries
        if entry.episode.status is Status.PUBLISHED
        and entry.episode.guid is not None
        and entry.episode.audio is not None
    ]


def _channel(archive: Archive) -> FeedGenerator:
    show, base = archive.show, archive.site.base_url
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.register_extension("extra", _FeedExtra, _EntryExtra)
    feed.title(_clean(show.title))
    # The last link becomes the channel's <link>, so the page comes after the feed itself.
    feed.link(href=urls.absolute(urls.FEED, base), rel="self", type="application/rss+xml")
    feed.link(href=base, rel="alternate")
    feed.description(_clean(show.description))
    feed.language(show.language)
    feed.generator("backlist")
    feed.docs("")
    feed.lastBuildDate(_newest(archive))
    if show.copyright:
        feed.rights(_clean(show.copyright))
    _directory_fields(feed, show)
    _podcast_fields(feed, show, base)
    return feed


def _directory_fields(feed: FeedGenerator, show: Show) -> None:
    if show.author:
        feed.podcast.itunes_author(_clean(show.author))
    if show.owner and show.owner.email:
        feed.podcast.itunes_owner(name=show.owner.name, email=show.owner.email)
    feed.podcast.itunes_type(show.type)
    if show.categories:
        feed.podcast.itunes_category([_category(text) for text in show.categories])


def _category(text: str) -> dict[str, str]:
    parent, _, sub = (part.strip() for part in text.partition(">"))
    return {"cat": parent, "sub": sub} if sub else {"cat": parent}


def _podcast_fields(feed: FeedGenerator, show: Show, base: str) -> None:
    feed.extra.add(f"{{{ITUNES}}}explicit", _yes(show.explicit))
    if show.image:
        feed.extra.add(f"{{{ITUNES}}}image", href=picture(show.image, base))
    if show.guid:
        feed.extra.add(f"{{{PODCAST}}}guid", show.guid)
    feed.extra.add(f"{{{PODCAST}}}medium", "podcast")
    if show.ai_generated:
        feed.extra.add(f"{{{PODCAST}}}txt", "true", purpose="ai-content")
    for person in show.people:
        feed.extra.add(f"{{{PODCAST}}}person", _clean(person.name), role=person.role)


def _item(item: FeedEntry, entry: Entry, archive: Archive) -> None:
    episode, base = entry.episode, archive.site.base_url
    assert episode.guid is not None and episode.audio is not None, "`carried` sees to both"
    item.title(_clean(episode.title))
    item.guid(episode.guid, permalink=episode.permalink)
    item.link(href=urls.absolute(urls.episode(entry.slug), base))
    item.description(_clean(notes.short(entry, archive)))
    item.content(_clean(notes.full(entry, archive)), type="CDATA")
    audio = episode.audio
    kind = audio.type or urls.audio_type(audio.url) or "audio/mpeg"
    # RSS 2.0 demands a length; 0 stands for unknown, which `check` warns of.
    item.enclosure(audio.url, str(audio.length or 0), kind)
    if episode.date:
        item.pubDate(episode.date.instant)
    if audio.duration:
        item.podcast.itunes_duration(audio.duration)
    if episode.season:
        item.podcast.itunes_season(episode.season)
    if episode.number:
        item.podcast.itunes_episode(episode.number)
    item.podcast.itunes_episode_type(episode.type)
    explicit = archive.show.explicit if episode.explicit is None else episode.explicit
    item.extra.add(f"{{{ITUNES}}}explicit", _yes(explicit))
    if episode.image:
        item.extra.add(f"{{{ITUNES}}}image", href=picture(episode.image, base))
    for person in episode.people:
        item.extra.add(f"{{{PODCAST}}}person", _clean(person.name), role=person.role)


def picture(image: str, base: str) -> str:
    """The public address of a cover given as an address or as a path in `static/`."""
    return image if "://" in image else base + "static/" + image.removeprefix("static/").lstrip("/")


def _newest(archive: Archive) -> datetime:
    """The newest date in the feed; a build at another time gives the same bytes."""
    dates = [e.episode.date.instant for e in carried(archive) if e.episode.date]
    return max(dates, default=_EPOCH)


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _clean(text: str) -> str:
    """Text without the characters XML 1.0 cannot hold (section 2.2)."""
    return _CONTROL.sub("", text)
