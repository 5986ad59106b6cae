"""When two addresses are the same place.

Two addresses are joined only by what a standard or the host itself says; all else is kept: the
case of the path, the order of repeated parameters, every parameter that is not known to track.
So `bit.ly/2AbCd` is not `bit.ly/2aBcD`, and `?s=11` is not `?s=22`. A wrong join states a false
fact, a missed one costs a link. What single hosts document is in `hosts`. The address itself is
never altered.

Kept libraries join more than is true: courlan drops `source`, `ref` and `uid` at every host,
w3lib the routes behind `#!`, url-normalize rewrites those, and none of them knows a host.
"""

import re
from urllib.parse import quote

from backlist import urls
from backlist.parse.features import hosts

_TRACKING = re.compile(
    # Google Analytics and Ads, "URL builders", "Auto-tagging", "Cross-domain measurement"
    r"utm_.+|gclid|gclsrc|gbraid|wbraid|dclid|gad_source|gad_campaignid|srsltid|_ga|_gl"
    # the click identifiers of Meta, Microsoft, X, TikTok, LinkedIn, Pinterest, Reddit, Yandex
    r"|fbclid|igshid|igsh|msclkid|twclid|ttclid|li_fat_id|epik|rdt_cid|yclid|ysclid|_openstat"
    # newsletters: Mailchimp, HubSpot, Marketo, Omeda, Vero, MailerLite, Drip, Klaviyo
    r"|mc_cid|mc_eid|_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsctatracking|mkt_tok|oly_anon_id"
    r"|oly_enc_id|vero_id|vero_conv|ml_subscriber|ml_subscriber_hash|__s|_kx"
    # Matomo, "Tracking campaigns"
    r"|(?:mtm|matomo|pk|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)",
    re.IGNORECASE,
)
"""Parameters that their vendors say are for measuring; browsers strip the same (Firefox's
query-stripping list, Brave's, AdGuard's "URL Tracking" filter)."""

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!'()*:@,$")
"""Unreserved characters (RFC 3986, 6.2.2.2), and those delimiters that paths give no meaning."""


def home(url: str) -> str:
    """The host an address is at, mirrors and aliases folded; empty when it has none."""
    return hosts.plain(urls.split(url).hostname or "")


def key(url: str) -> str:
    """What identifies the place an address names.

    >>> key("http://www.youtube.com/watch?v=dQw4w9WgXcQ"), key("https://youtu.be/dQw4w9WgXcQ?si=1")
    ('youtube.com/dQw4w9WgXcQ', 'youtube.com/dQw4w9WgXcQ')
    """
    parts = urls.split(url.strip())
    host = home(url)
    path, query = _path(parts.path), _query(parts.query, host)
    found = hosts.place(host, f"{path}?{query}" if query else path)
    if found:
        return found
    given = f"{path}?{query}" if query else path
    return _user(parts.netloc) + host + _port(parts.netloc) + given + _route(parts.fragment)


_SCHEME = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


def plain(address: str) -> str:
    """An address without scheme, `www.`, section and trailing slash, for comparison.

    Unlike `key` this keeps the query, and says nothing of what the address leads to. Only the
    host is folded: paths tell capitals apart.

    >>> plain("https://www.Example.org/E/#top")
    'example.org/E'
    """
    found, _, fragment = address.strip().partition("#")
    scheme = _SCHEME.match(found)
    if scheme:
        host, slash, path = found[scheme.end() :].partition("/")
        found = host.lower() + slash + path
    return _folder(found) + _route(fragment)


def _folder(path: str) -> str:
    """A path without a trailing slash, or the page that every server gives for its folder.

    `index.html` is the default of Apache (`DirectoryIndex`), nginx (`index`), GitHub Pages and
    Netlify. `index.php` or `index.xml` may be something else than the folder's page.
    """
    name = path.rpartition("/")[2]
    return (path.removesuffix(name) if name in ("index.html", "index.htm") else path).rstrip("/")


def _path(path: str) -> str:
    if "/." in path:  # browsers take these out before they ask (RFC 3986, 5.2.4)
        path = _without_dots(path)
    return _folder(_escaped(path))


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[max(len(kept) - 1, 1) :]
        elif part != ".":
            kept.append(part)
    return "/".join(kept) + ("/" if path.endswith(("/.", "/..")) else "")


def _query(query: str, host: str) -> str:
    """A query without what tracks, its parameters in one order where each has a name.

    The values of one name keep theirs.
    """
    if not query:
        return ""
    given = [part for part in query.split("&") if part]
    kept = [part for part in given if not _tracks(part.partition("=")[0], host)]
    if all("=" in part for part in kept):
        kept.sort(key=lambda part: part.partition("=")[0])
    return _escaped("&".join(kept).replace("+", "%20"))


def _tracks(name: str, host: str) -> bool:
    return bool(_TRACKING.fullmatch(name)) or hosts.tracks(host, name)


def _escaped(text: str) -> str:
    """Percent-encoding in one form (RFC 3986, 6.2.2): only what means the same is decoded."""
    if not text.isascii() or " " in text:
        text = quote(text, safe="%/?#[]@!$&'()*+,;=:~|^`{}\"<>\\", errors="replace")
    return _ESCAPE.sub(_unescape, text) if "%" in text else text


def _unescape(match: re.Match[str]) -> str:
    letter = chr(int(match[1], 16))
    return letter if letter in _SAFE else match[0].upper()


def _route(fragment: str) -> str:
    """A fragment that names a page of an application (`#/a`, `#!a`, `#id=7`), not a section."""
    if fragment.startswith(("/", "!")):
        return f"#{fragment}"
    section = "=" not in fragment or ":~:" in fragment  # text fragments, W3C
    names = (part.partition("=")[0] for part in fragment.split("&"))
    return "" if section or all(map(_SECTION.fullmatch, names)) else f"#{fragment}"


_SECTION = re.compile(
    # places in a PDF (RFC 8118), a recording (Media Fragments), a document of Google's; AT Internet
    r"page|nameddest|zoom|view|search|t|xywh|track|gid|heading|slide|xtor|" + _TRACKING.pattern,
    re.IGNORECASE,
)


def _user(netloc: str) -> str:
    user, at, _ = netloc.rpartition("@")
    return user + at


def _port(netloc: str) -> str:
    """A port that is not the scheme's own (RFC 3986, 6.2.3)."""
    match = re.search(r":(\d+)$", netloc)
    return match[0] if match and match[1] not in ("80", "443") else ""
