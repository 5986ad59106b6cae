"""Files people hand over in place of a feed: called what they are, with the feed that they name."""

import codecs
import json
import re
from collections.abc import Iterable
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from backlist import urls
from backlist.feed.reader.text import collapse, shorten
from backlist.feed.reader.xml import SAFE
from backlist.feed.rules.secrets import mask

HINT = "give a podcast feed (RSS), or a directory page saved as text or HTML"
_RSS = "application/rss+xml"
_FEEDS = (_RSS, "application/atom+xml", "application/feed+json")
_LOOKS_LIKE_FEED = re.compile(
    r"(?:/feed/?|\.rss|/rss/?|(?:feed|rss|podcast)\.xml)(?:\?.*)?\Z", re.IGNORECASE
)
_FEED_URL = re.compile(r'"(?:feedUrl|feed_url|xmlUrl)"\s*:\s*"([^"\\\s]+)"')
"""How directories name a feed in their data, which their pages hold as well."""

_SHOWN = 5
_CATALOG = "`python scripts/import_visualization_catalog.py CATALOG --site DIR` imports it"
_BINARY = (
    (b"ID3", "an MP3 file"),
    (b"\xff\xfb", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"RIFF", "a WAV file"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_ROOT = re.compile(
    rb"\A(?>\s+|<\?.*?\?>|<!--.*?-->|<![A-Za-z][^>\[]*>)*+<(?:[\w-]+:)?([A-Za-z]+)", re.DOTALL
)


def explain(data: bytes, name: str) -> tuple[str, str] | None:
    """What a file is that is no source of episodes, and what to do; None where it may be one."""
    body = data.removeprefix(codecs.BOM_UTF8).lstrip()
    if not body:
        return "is empty", HINT
    kind = next((kind for magic, kind in _BINARY if data.startswith(magic)), None)
    if kind or b"ftyp" in data[4:8]:
        return f"is {kind or 'an audio or video file (MP4)'}, not a feed", HINT
    if b"\0" in data:
        return "is not text", HINT
    if body[:1] in (b"{", b"["):
        return _explain_json(body)
    root = _ROOT.match(body[:20_000])
    explain_root = _BY_ROOT.get(root[1].lower()) if root else None
    return explain_root(body, name) if explain_root else None


def _explain_json(body: bytes) -> tuple[str, str] | None:
    if b'"visualizations"' in body:
        return "is a catalogue of visualizations, which `import` no longer reads", _CATALOG
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(said, dict) and "jsonfeed.org" in str(said.get("version")):
        home = str(said.get("home_page_url") or "")
        where = f" at {mask(home)}" if urls.is_address(home) else ""
        return (
            "is a JSON Feed, which podcast apps do not read, and neither does `import`",
            f"give the show's RSS feed: look for it{where}, or ask its host",
        )
    feeds = _list(filter(urls.is_address, _FEED_URL.findall(body.decode("utf-8", "replace"))))
    return "is JSON, not a feed", f"import the feed it names: {feeds}" if feeds else HINT


def _explain_opml(body: bytes, name: str) -> tuple[str, str]:
    root = etree.fromstring(body, etree.XMLParser(**SAFE, recover=True))
    said = [_lower(outline) for outline in root.iter("outline")] if root is not None else []
    feeds = [each.get("xmlurl", "").strip() for each in said]
    found = _list(filter(urls.is_address, feeds))
    count = sum(map(bool, feeds))
    return (
        f"is an OPML file, a list of {count} feed{'' if count == 1 else 's'}",
        f"import the feed of your show: {found}" if found else HINT,
    )


def _explain_atom(body: bytes, name: str) -> tuple[str, str]:
    root = etree.fromstring(body, etree.XMLParser(**SAFE, recover=True))
    links = [] if root is None else [_lower(link) for link in root.findall("{*}link")]
    rss = [urls.join(name, one.get("href", "")) for one in links if one.get("type") == _RSS]
    found = _list(filter(urls.is_address, rss))
    return (
        "is an Atom feed, which podcast directories do not take, and neither does `import`",
        f"import the show's RSS feed: {found}"
        if found
        else "give the show's RSS feed: most hosts have one beside it, often with `rss` in its "
        "address in place of `atom`",
    )


def _explain_sitemap(body: bytes, name: str) -> tuple[str, str]:
    return "is a sitemap, a list of pages", HINT


def _explain_redirect(body: bytes, name: str) -> tuple[str, str]:
    root = etree.fromstring(body, etree.XMLParser(**SAFE, recover=True))
    said = ["".join(one.itertext()).strip() for one in root.iter("{*}newLocation")]
    found = _list(filter(urls.is_address, said))
    return (
        "is a redirect: the feed has moved",
        f"import it from where it is now: {found}" if found else HINT,
    )


_BY_ROOT = {
    b"redirect": _explain_redirect,
    b"opml": _explain_opml,
    b"feed": _explain_atom,
    b"urlset": _explain_sitemap,
    b"sitemapindex": _explain_sitemap,
}


def find_feeds(page: str, name: str) -> str:
    """The feeds that a web page names (HTML, `rel=alternate`), else those that it links to.

    Empty where there is none; feeds of comments are none of a show.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return ""
    based = next((_lower(each).get("href", "") for each in tree.iter("base")), "")
    base = urls.join(name, based) if based else name
    links = [_lower(each) for each in tree.iter("link")]
    named = [
        one.get("href", "")
        for kind in _FEEDS
        for one in links
        if "alternate" in one.get("rel", "").lower() and one.get("type", "").lower() == kind
    ]
    named = named or _FEED_URL.findall(page)
    if not named:
        anchors = [_lower(each).get("href", "").strip() for each in tree.iter("a")]
        named = [each for each in anchors if _LOOKS_LIKE_FEED.search(each)]
    whole = (urls.join(base, one.strip()) if "://" in base else one.strip() for one in named)
    return _list(each for each in whole if each and "comment" not in each)


def _lower(element: Any) -> dict[str, str]:
    return {str(key).lower(): str(value) for key, value in element.items()}


def _list(addresses: Iterable[str]) -> str:
    """The first of several addresses, in words."""
    found = list(dict.fromkeys(shorten(collapse(mask(each)), 200) for each in addresses))
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more
