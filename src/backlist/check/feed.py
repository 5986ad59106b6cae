"""The built feed against the rules of its readers, each rule with its source.

Apple: "A Podcaster's Guide to RSS" and its podcast requirements. RSSB: the RSS Board's
profile. PSP: the PSP-1 podcast RSS specification.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from backlist import urls
from backlist.archive import Archive
from backlist.outputs import Outputs
from backlist.problems import Problems, Where

NAMES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
Rule = Callable[[Any], Iterator[str]]


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Report every broken rule as an error: backlist wrote the feed, so the fault is in it."""
    output = outputs.get(urls.FEED)
    if output is None:
        return
    for fault in faults(output.read()):
        problems.error(Where(urls.FEED), fault, "mend the record the item comes from")


def faults(feed: bytes) -> list[str]:
    """What is wrong with an RSS podcast feed, in the order of the rules."""
    try:
        channel = etree.fromstring(feed).find("channel")
    except etree.XMLSyntaxError as error:
        return [f"is not well-formed XML: {error.msg}"]
    if channel is None:
        return ["has no channel"]
    return [fault for rule in RULES for fault in rule(channel)]


def _channel_has_its_parts(channel: Any) -> Iterator[str]:
    """RSS 2.0, "Required channel elements"; PSP, channel."""
    for tag in ("title", "link", "description", "language"):
        if not (channel.findtext(tag) or "").strip():
            yield f"the channel has no {tag}"


def _channel_names_itself(channel: Any) -> Iterator[str]:
    """RSSB and PSP: one `atom:link rel="self"` of type application/rss+xml."""
    own = channel.findall("atom:link[@rel='self']", NAMES)
    if len(own) != 1 or own[0].get("type") != "application/rss+xml":
        yield "the channel does not name its own address once, with its type"


def _explicit_is_true_or_false(channel: Any) -> Iterator[str]:
    """Apple: `itunes:explicit` is `true` or `false`."""
    for place in (channel, *channel.findall("item")):
        if place.findtext("itunes:explicit", namespaces=NAMES) not in ("true", "false"):
            yield f"itunes:explicit of {_name(place)} is neither true nor false"


def _items_have_their_parts(channel: Any) -> Iterator[str]:
    """PSP, items: title, one enclosure with url, length and type, and a guid."""
    for item in channel.findall("item"):
        enclosures = item.findall("enclosure")
        if len(enclosures) != 1 or not all(enclosures[0].get(k) for k in ("url", "length", "type")):
            yield f"{_name(item)} does not have one whole enclosure"
        for tag in ("title", "guid"):
            if not item.findtext(tag):
                yield f"{_name(item)} has no {tag}"


def _identities_are_unique(channel: Any) -> Iterator[str]:
    """Apple: an item with the guid or the enclosure address of another is ignored."""
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    sounds = [e.get("url") for item in items for e in item.findall("enclosure")]
    for kind, values in (("guid", guids), ("enclosure address", sounds)):
        for value, number in Counter(values).items():
            if number > 1:
                yield f"{number} items have the {kind} {value}"


def _permalinks_are_addresses(channel: Any) -> Iterator[str]:
    """RSS 2.0, guid: `isPermaLink` is true by default, and then the guid is an address."""
    for guid in channel.findall("item/guid"):
        claims = guid.get("isPermaLink", "true") == "true"
        if claims and not (guid.text or "").startswith(("http://", "https://")):
            yield f"the guid {guid.text} claims to be an address and is none"


def _descriptions_are_short(channel: Any) -> Iterator[str]:
    """Apple: a description has at most 4,000 bytes."""
    for place in (channel, *channel.findall("item")):
        size = len((place.findtext("description") or "").encode())
        if size > 4000:
            yield f"the description of {_name(place)} has {size} bytes, more than 4000"


def _newest_comes_first(channel: Any) -> Iterator[str]:
    """Many clients show a feed in its own order."""
    dates = [parsedate_to_datetime(text) for text in channel.xpath("item/pubDate/text()")]
    if dates != sorted(dates, reverse=True):
        yield "the items are not ordered newest first"


def _name(place: Any) -> str:
    return "the channel" if place.tag == "channel" else f"item “{place.findtext('title')}”"


RULES: tuple[Rule, ...] = (
    _channel_has_its_parts,
    _channel_names_itself,
    _explicit_is_true_or_false,
    _items_have_their_parts,
    _identities_are_unique,
    _permalinks_are_addresses,
    _descriptions_are_short,
    _newest_comes_first,
)
