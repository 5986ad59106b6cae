"""Addresses of any site (RFC 3986): taken apart, joined, and written in ASCII."""

import posixpath
import re
import unicodedata
from contextlib import suppress
from html import unescape
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from backlist.feed.vocabulary import AUDIO_TYPES, DOCUMENT_TYPES

_SAFE = "%/:?#@!$&'()*+,;=~"
_PLAIN = re.compile(rf"[\w.{re.escape(_SAFE)}-]*", re.ASCII)
"""Most addresses: nothing in them has to be escaped."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def escaped(url: str) -> str:
    """An address in ASCII, as servers and apps need it (RFC 3986, 2.1; its host by RFC 5891).

    >>> escaped("https://münchen.example/My%20Episode 4.mp3")
    'https://xn--mnchen-3ya.example/My%20Episode%204.mp3'
    >>> escaped("https://[::1]/talk [1].mp3")
    'https://[::1]/talk%20%5B1%5D.mp3'
    """
    if _PLAIN.fullmatch(url):
        return url
    name = split(url).netloc.rpartition("@")[2]
    if not name.isascii():
        import idna  # few hosts are written in another script

        with suppress(idna.IDNAError):
            host, colon, port = name.partition(":")
            url = url.replace(name, idna.encode(host, uts46=True).decode() + colon + port, 1)
    host = split(url).netloc
    end = url.find(host) + len(host)
    # RFC 3986, 3.2.2: square brackets stand for themselves around an IPv6 host only.
    return quote(url[:end], safe=f"{_SAFE}[]") + quote(url[end:], safe=_SAFE)


def readable(url: str) -> str:
    """An address as browsers show it: letters of other scripts are not escaped.

    >>> readable("https://example.org/%D8%AE%D8%A7%D9%86%D9%87/a%20b%FF/")
    'https://example.org/خانه/a%20b%FF/'
    """

    def letters(found: re.Match[str]) -> str:
        text = unquote(found[0], errors="replace")
        return (
            text if all(one.isalnum() or unicodedata.combining(one) for one in text) else found[0]
        )

    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+", letters, url)


def decode_entities(text: str) -> str:
    """Text with HTML entities decoded until nothing changes (at most four rounds).

    Directories and feeds double-encode; `A &amp;amp; B` is `A & B`. An entity ends in a
    semicolon: `?a=1&copy=2` is an address.
    """
    for _ in range(4):
        decoded = _ENTITY.sub(lambda match: unescape(match[0]), text)
        if decoded == text:
            break
        text = decoded
    return text


def file_name(url: str) -> str:
    """The last part of an address's path, decoded; the identity of an audio file on any host.

    >>> file_name("https://cdn.example.net/e/2026-03-16-hello-10bb81.mp3?x=1")
    '2026-03-16-hello-10bb81.mp3'
    """
    return unquote(posixpath.basename(split(url).path))


def split(url: str) -> SplitResult:
    """The parts of an address (RFC 3986, section 3); one that cannot be read has no host.

    >>> split("http://[here]/a.mp3").netloc, split("http://[here]/a.mp3").scheme
    ('', 'http')
    """
    try:
        return urlsplit(url)
    except ValueError:
        scheme, _, rest = url.partition(":")
        return SplitResult(scheme.lower(), "", rest, "", "")


def is_address(text: str) -> bool:
    """Whether a text is a whole web address, whose host can be read.

    >>> is_address("https://example.org"), is_address("www.example.org"), is_address("http://[x]/")
    (True, False, False)
    """
    return bool(re.match(r"(?i:https?)://[^\s/]+", text) and split(text).netloc)


_WHOLE = re.compile(r"https?://(?![/?#;\[])(?:(?!\?#)[!-:<-~])+(?<![?#])")
"""A web address that is the same from any page, with nothing in it that `urljoin` would tidy."""


def join(base: str, url: str) -> str:
    """An address as it is meant on the page at `base`; one that cannot be read stays as it is."""
    if _WHOLE.fullmatch(url):
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def host(url: str) -> str:
    """The host of an address, lower case, without `www.`; empty when there is none."""
    return (split(url).hostname or "").removeprefix("www.")


def origin(url: str) -> str:
    """Scheme, host and port of an address, in lower case (HTML, 7.1.1); empty when it has none."""
    parts = split(url)
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""


def extension(url: str) -> str:
    """How the path of an address ends, in lower case: `.mp3`; empty when it has no ending.

    >>> extension("https://example.org/a.MP3?b.c"), extension("//example.org"), extension("a.b")
    ('.mp3', '', '.b')
    """
    path = url.partition("#")[0].partition("?")[0]
    scheme, mark, rest = path.partition("//")
    if mark and (not scheme or scheme.endswith(":")):
        path = rest.partition("/")[2]
    return posixpath.splitext(path)[1].lower()


def is_audio(url: str) -> bool:
    """Whether an address names a sound or video file a podcast would carry."""
    return extension(url) in AUDIO_TYPES


def audio_type(url: str) -> str | None:
    """The media type an enclosure's file extension stands for, or None."""
    return AUDIO_TYPES.get(extension(url)) or DOCUMENT_TYPES.get(extension(url))


def is_placeholder(url: str) -> bool:
    """Whether an address is at a host that exists for examples only (RFC 2606, section 3)."""
    return host(url) in ("example.org", "example.com", "example.net")
