"""When two addresses are the same source.

The key of an address drops what does not change the place it names: scheme, `www.`, mirrors
for phones, tracking parameters, fragment, index pages; and reads identifiers out of the places
most sources point at. The address itself is never altered.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode

from backlist import urls

_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|mc_.*|igshid|ref|ref_.*|si|feature|share.*|source|s|tag|camp|creative.*"
    r"|ie|linkcode|linkid|ascsub.*|sr|qid|keywords|crid|sprefix|th|psc|pf_rd.*|pd_rd.*|_encoding",
    re.IGNORECASE,
)
_MIRROR = re.compile(r"^(?:www\d?|m|mobile|amp|old|smile)\.(?=[^.]+\.)")
_SAME = {
    "x.com": "twitter.com",
    "fb.com": "facebook.com",
    "en.m.wikipedia.org": "en.wikipedia.org",
}
_INDEX = re.compile(r"/(?:index|default)\.\w+$")


def home(url: str) -> str:
    """The host an address is at, mirrors and aliases folded; empty when it has none."""
    host = _MIRROR.sub("", (urls.split(url).hostname or "").lower())
    return _SAME.get(host, host)


def key(url: str) -> str:
    """What identifies the place an address names.

    >>> key("http://www.youtube.com/watch?v=abc&feature=share"), key("https://youtu.be/abc?si=1")
    ('youtube.com/abc', 'youtube.com/abc')
    """
    parts = urls.split(url.strip())
    host = home(url)
    path = _INDEX.sub("", re.sub(r"/{2,}", "/", unquote(parts.path))).rstrip("/.,;")
    asked = parse_qsl(parts.query) if parts.query else ()
    query = [(name, value) for name, value in asked if not _TRACKING.fullmatch(name)]
    whole = f"{host}{path}?{urlencode(query)}" if _HAS_KNOWN.search(host) else ""
    for pattern, form in _KNOWN if whole else ():
        match = pattern.match(whole)
        if match:
            # Video ids tell capitals apart; the rest of these places do not.
            found = match.expand(form)
            return found if found.startswith("youtube.com") else found.lower()
    return host + path.lower() + (f"?{urlencode(sorted(query))}" if query else "")


_SCHEME = re.compile(r"https?://(www\.)?")


def plain(address: str) -> str:
    """An address without scheme, `www.`, fragment and trailing slash, for comparison.

    Unlike `key` this keeps the query, and says nothing of what the address leads to.

    >>> plain("https://www.example.org/E/#top")
    'example.org/e'
    """
    found = address.strip().partition("#")[0]
    scheme = _SCHEME.match(found)
    found = found[scheme.end() :] if scheme else found
    return found.removesuffix("index.html").rstrip("/").casefold()


_HAS_KNOWN = re.compile(r"youtu|github|twitter|amazon")
_KNOWN = [
    (re.compile(r"youtube\.com/watch\?(?:.*&)?v=([\w-]+)"), r"youtube.com/\1"),
    (re.compile(r"youtube\.com/(?:embed|shorts|live)/([\w-]+)"), r"youtube.com/\1"),
    (re.compile(r"youtu\.be/([\w-]+)"), r"youtube.com/\1"),
    (
        re.compile(r"github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/(issues|pull|discussions)/(\d+)"),
        r"github.com/\1/\2/\3/\4",
    ),
    (re.compile(r"github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/|\?|$)"), r"github.com/\1/\2"),
    (re.compile(r"twitter\.com/\w+/status/(\d+)"), r"twitter.com/status/\1"),
    (re.compile(r"twitter\.com/(\w+)"), r"twitter.com/\1"),
    (
        re.compile(r"(?:[\w-]+\.)?amazon\.[\w.]+/(?:.*/)?(?:dp|gp/product|product)/(\w{10})"),
        r"amazon/\1",
    ),
]
