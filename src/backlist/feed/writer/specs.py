"""Which feeds there are, where each is published, and which episodes are in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from backlist import urls
from backlist.model import Status
from backlist.relate.archive import Archive, Entry, Topic

TOPIC_ITEMS = 100
"""The most items in the feed of a topic: its readers want what is new."""


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed document: its title, its place, and its episodes, newest first.

    `address` is its own public address, `page` that of the page it belongs to. `links` are the
    (rel, address) pairs of RFC 5005; `archived` marks a document that will not change any more.
    Only the `main` one is the show: it alone says what directories identify a show by. In a
    `brief` one an item has its description and leads to the page, which has the whole text.
    """

    path: str
    address: str
    title: str
    description: str
    page: str
    entries: tuple[Entry, ...]
    main: bool = False
    archived: bool = False
    brief: bool = False
    links: tuple[tuple[str, str], ...] = ()


def in_feed(archive: Archive) -> list[Entry]:
    """The episodes in the main feed: published, with a guid; newest first."""
    return [entry for entry in archive.entries if entry.in_feed]


def left_out(archive: Archive, hidden: Mapping[str, int]) -> str:
    """Which episodes are not in the main feed, and why, in a sentence; empty if all are.

    `hidden` counts by reason those that the archive does not know.
    """
    reasons: dict[str, list[str]] = defaultdict(list)
    for entry in archive.entries:
        if not entry.in_feed:
            reasons[_reason(entry)].append(entry.slug)
    parts = [f"{len(slugs)} {why}{_examples(why, slugs)}" for why, slugs in reasons.items()]
    parts += [f"{count} {why}" for why, count in hidden.items()]
    return f"not in the feed: {', '.join(parts)}" if parts else ""


_NO_AUDIO = "without audio"
_NO_GUID = "without a guid"
_REMEDIES = {_NO_GUID: "import the live feed, or run `backlist assign-guid`"}
_NAMED = 3


def _reason(entry: Entry) -> str:
    if entry.episode.status is not Status.PUBLISHED:
        return f"with `status: {entry.episode.status}`"
    return _NO_AUDIO if entry.episode.audio is None else _NO_GUID


def _examples(why: str, slugs: list[str]) -> str:
    if why not in (_NO_AUDIO, _NO_GUID):
        return ""
    named = ", ".join(slugs[:_NAMED]) + (", …" if len(slugs) > _NAMED else "")
    return f" ({'; '.join(filter(None, (named, _REMEDIES.get(why))))})"


def feed_specs(archive: Archive) -> Iterator[FeedSpec]:
    """Every RSS feed of the site: the main one, its archive pages, one a topic."""
    episodes = in_feed(archive)
    pages = list(_pages(archive, episodes))
    yield _main(archive, episodes, pages)
    yield from pages
    feeds = topic_feeds(archive)
    for topic in archive.topics:
        if topic.slug in feeds:
            yield _topic(archive, topic, feeds[topic.slug])


def topic_feeds(archive: Archive) -> dict[str, list[Entry]]:
    """A topic's slug → the newest 100 of its episodes; no topics when the site wants no feeds."""
    if not archive.site.feed.topics:
        return {}
    found = {
        topic.slug: [one for one in map(archive.entry, topic.episodes) if one.in_feed][:TOPIC_ITEMS]
        for topic in archive.topics
    }
    return {slug: entries for slug, entries in found.items() if entries}


def renamed_topic_feeds(archive: Archive) -> dict[str, str]:
    """The path of a feed under a topic's earlier name → that of the feed it is now."""
    feeds = topic_feeds(archive)
    return {
        urls.topic_feed(old): urls.topic_feed(topic.slug)
        for old, topic in renamed_topics(archive)
        if topic.slug in feeds
    }


def renamed_topics(archive: Archive) -> list[tuple[str, Topic]]:
    """The slug of each earlier name of a topic, and the topic; without names nothing has."""
    renamed = archive.site.renamed_topics.items()
    found = (
        (urls.slug_of(old, every_script=archive.site.every_script), archive.topic_called(new))
        for old, new in renamed
    )
    return [(old, topic) for old, topic in found if topic and old != topic.slug]


def alias_paths(archive: Archive) -> list[str]:
    """The output paths beside `feed.xml` at which the main feed is found as well.

    These are its own address and its old ones as far as they lie under the base URL and name a
    file; an address that ends in a slash or has a query is for the server to redirect.
    """
    found = (
        own_path(url, archive) for url in (archive.feed_address, *archive.site.feed.previous_urls)
    )
    return [path for path in dict.fromkeys(found) if path and path != urls.FEED]


def own_path(address: str, archive: Archive) -> str:
    """The output path of an address under the base URL; empty for one we cannot write."""
    base = archive.site.base_url
    path = unquote(address.removeprefix(base)) if address.startswith(base) else ""
    parts = path.split("/")
    return "" if {"", "..", "."} & set(parts) or "?" in path or "#" in path else path


def _main(archive: Archive, episodes: list[Entry], pages: list[FeedSpec]) -> FeedSpec:
    show, settings = archive.show, archive.site.feed
    links: tuple[tuple[str, str], ...] = ()
    entries = episodes
    if pages and not settings.complete:
        entries = episodes[: settings.page_size]
        links = (("next", pages[-1].address), ("prev-archive", pages[-1].address))
    return FeedSpec(
        path=urls.FEED,
        address=archive.feed_address,
        title=show.title,
        description=show.description,
        page=archive.site.base_url,
        entries=tuple(entries),
        main=True,
        links=links,
    )


def _pages(archive: Archive, episodes: list[Entry]) -> Iterator[FeedSpec]:
    """Archive documents (RFC 5005, section 4), the oldest episodes in number 1.

    Only full ones are made, so that a new episode changes none of them; what is newer than the
    last is in the main feed, which has a page's worth at least.
    """
    size = archive.site.feed.page_size
    if size is None or len(episodes) <= size:
        return
    count = len(episodes) // size
    oldest_first = episodes[::-1]
    for number in range(1, count + 1):
        entries = oldest_first[(number - 1) * size : number * size]
        yield FeedSpec(
            path=urls.feed_page(number),
            address=_page_address(number, archive),
            title=archive.show.title,
            description=archive.show.description,
            page=archive.site.base_url,
            entries=tuple(reversed(entries)),
            archived=True,
            links=tuple(_page_links(number, count, archive)),
        )


def _page_links(number: int, count: int, archive: Archive) -> Iterator[tuple[str, str]]:
    """The way on; `next` leads to older items too, for readers of paged feeds (section 3)."""
    yield "current", archive.feed_address
    if number > 1:
        yield "next", _page_address(number - 1, archive)
        yield "prev-archive", _page_address(number - 1, archive)
    if number < count:
        yield "next-archive", _page_address(number + 1, archive)


def _page_address(number: int, archive: Archive) -> str:
    return urls.absolute(urls.feed_page(number), archive.site.base_url)


def _topic(archive: Archive, topic: Topic, entries: list[Entry]) -> FeedSpec:
    show, base, labels = archive.show, archive.site.base_url, archive.site.labels
    return FeedSpec(
        path=urls.topic_feed(topic.slug),
        address=urls.absolute(urls.topic_feed(topic.slug), base),
        title=f"{show.title}{labels.colon}{topic.title}",
        description=labels.topic_feed_about.format(show=show.title, topic=topic.title),
        page=urls.absolute(urls.topic(topic.slug), base),
        entries=tuple(entries),
        brief=True,
    )
