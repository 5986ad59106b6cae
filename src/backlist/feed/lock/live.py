"""A snapshot from the bytes of a published feed, read as the importer reads feeds."""

from typing import Any
from urllib.parse import unquote

from backlist import urls
from backlist.feed.lock.lockfile import LockedFeed, LockedItem
from backlist.feed.lock.snapshot import ADDRESS, Snapshot
from backlist.feed.reader import dates, xml
from backlist.feed.reader.media import find_enclosures, length_of
from backlist.feed.vocabulary import says_yes
from backlist.problems import Problems, Where


def snapshot_of_rss(
    data: bytes, file: str, problems: Problems, base_url: str = ""
) -> Snapshot | None:
    """What a live feed holds, or None with the error reported. `file` names it in messages.

    An item without a guid is known by its audio address (Apple, "A Podcaster's Guide to RSS",
    guid); one without audio is no episode to any app and is left out. An item's link counts as
    its page only when it lies under `base_url`.
    """
    root, skipped = xml.parse(data, file, problems)
    if root is None:
        return None
    channel = next((each for each in root.iter() if xml.name_of(each) == ("", "channel")), None)
    if channel is None:
        problems.error(Where(file), "is not an RSS feed: it has no channel", "name another file")
        return None
    items: list[LockedItem] = []
    places: dict[str, Where] = {}
    nameless: set[str] = set()
    silent = 0
    for element in xml.find_items(root):
        where = Where(file, (element.sourceline or 0) + skipped)
        item = _item(element, where, base_url, problems)
        if item is None:
            silent += 1
            continue
        items.append(item)
        places.setdefault(item.guid, where)
        if not _text(element, "", "guid").strip():
            nameless.add(item.guid)
    if silent:
        problems.info(Where(file), f"{silent} of its items have no audio and are not compared", "")
    places[ADDRESS] = Where(file, (channel.sourceline or 0) + skipped)
    return Snapshot(file, _channel(channel), tuple(items), places, nameless=frozenset(nameless))


def _channel(element: Any) -> LockedFeed:
    flags = [
        says_yes(_text(element, space, name))
        for space, name in (("itunes", "block"), ("podcast", "block"), ("itunes", "complete"))
    ]
    return LockedFeed(
        address=_own_address(element),
        guid=_text(element, "podcast", "guid").strip() or None,
        block=flags[0] or flags[1],
        complete=flags[2],
    )


def _own_address(element: Any) -> str | None:
    for link in xml.children(element).get(("atom", "link"), []):
        attributes = xml.attributes(link)
        if attributes.get("rel") == "self" and attributes.get("href"):
            return attributes["href"].strip()
    return None


def _item(element: Any, where: Where, base_url: str, problems: Problems) -> LockedItem | None:
    children = xml.children(element)
    enclosure = next(iter(find_enclosures(children)), None)
    if enclosure is None or enclosure.kind == "image":
        return None
    guid, audio = _text(element, "", "guid"), enclosure.url
    date = _text(element, "", "pubDate").strip()
    link = _text(element, "", "link").strip()
    return LockedItem(
        guid=guid if guid.strip() else audio,
        title=" ".join(_text(element, "", "title").split()) or None,
        date=dates.read_date(date, where, problems) if date else None,
        audio=audio,
        length=length_of(enclosure.said.get("length", "").strip()) or 0,
        type=enclosure.said.get("type", "").strip() or None,
        page=_page(urls.escaped(link), base_url),
        permalink=bool(guid.strip()) and _claims_address(children["", "guid"][0]),
    )


def _claims_address(guid: Any) -> bool:
    """RSS 2.0, guid: `isPermaLink` is true by default."""
    return xml.attributes(guid).get("ispermalink", "true").strip().lower() != "false"


def _page(link: str, base_url: str) -> str | None:
    """The path of a link that lies under the base URL, whatever its scheme."""
    bare, base = link.partition("://")[2], base_url.partition("://")[2]
    if not base or not bare.startswith(base):
        return None
    path = urls.alias("/" + bare.removeprefix(base))
    return unquote(urls.shown_path(path)) if path else None


def _text(element: Any, space: str, name: str) -> str:
    found = xml.children(element).get((space, name))
    return xml.text_of(found[0]) if found else ""
