"""Every address, output path and slug is decided here.

Inside the site a page is known by its output path (`episodes/hello/index.html`); the address
of one page from another is always relative, so that the same bytes work at the root of a
server, under `/repo/`, and behind any base URL. Absolute addresses (feed, sitemap, canonical)
are the base URL plus the path.
"""

import posixpath
import re
import unicodedata
from html import unescape
from urllib.parse import unquote, urlsplit

from slugify import slugify

AUDIO_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/x-m4a",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp4": "video/mp4",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
}
"""Media type by file extension (Apple, "A Podcaster's Guide to RSS", enclosure)."""

SLUG_LENGTH = 100

HOME = "index.html"
ARCHIVE = "episodes/index.html"
TOPICS = "topics/index.html"
YEARS = "years/index.html"
VISUALIZATIONS = "visualizations/index.html"
FEED = "feed.xml"
ARCHIVE_JSON = "archive.json"
SITEMAP = "sitemap.xml"


def episode(slug: str) -> str:
    """The output path of an episode's page."""
    return f"episodes/{slug}/index.html"


def topic(name: str) -> str:
    """The output path of the page that lists a topic's episodes."""
    return f"topics/{slug_of(name)}/index.html"


def year(number: int) -> str:
    """The output path of the page that lists a year's episodes."""
    return f"years/{number}/index.html"


def page(slug: str) -> str:
    """The output path of a page of the site's own, such as `about`."""
    return f"{slug}/index.html"


def visualization(ident: str) -> str:
    """The output path of a visualization's full view."""
    return f"visualizations/{ident}/index.html"


def visualization_file(ident: str, name: str) -> str:
    """The output path of a file that belongs to a visualization."""
    return f"visualizations/{ident}/{name}"


def relative(target: str, page: str) -> str:
    """The address of output path `target` as written in the page at output path `page`.

    >>> relative("episodes/b/index.html", "episodes/a/index.html")
    '../b/'
    >>> relative("index.html", "index.html")
    './'
    """
    path, mark, fragment = target.partition("#")
    folder = posixpath.dirname(page) or "."
    href = posixpath.relpath(path, folder)
    if posixpath.basename(path) == "index.html":
        href = posixpath.relpath(posixpath.dirname(path) or ".", folder) + "/"
    return href + mark + fragment


def absolute(target: str, base_url: str) -> str:
    """The public address of output path `target`; `base_url` ends in a slash.

    >>> absolute("episodes/a/index.html", "https://example.org/shows/apt/")
    'https://example.org/shows/apt/episodes/a/'
    """
    path, mark, fragment = target.partition("#")
    if posixpath.basename(path) == "index.html":
        path = path.removesuffix("index.html")
    return base_url + path + mark + fragment


def base_path(base_url: str) -> str:
    """The path part of the base URL, for the one page that is served from any depth: the 404."""
    return urlsplit(base_url).path or "/"


def decode_entities(text: str) -> str:
    """Text with HTML entities decoded until nothing changes (at most four rounds).

    Directories and feeds double-encode; `A &amp;amp; B` is `A & B`.
    """
    for _ in range(4):
        decoded = unescape(text)
        if decoded == text:
            break
        text = decoded
    return text


def slug_of(text: str) -> str:
    """An ASCII slug: entities decoded, lone Greek letters named, the rest transliterated.

    Cut at a word; empty when nothing in the text can be spelt in ASCII.

    >>> slug_of("δ-mem: SSD I/O &amp; café")
    'delta-mem-ssd-io-cafe'
    """
    text = decode_entities(text)
    text = re.sub(r"(?<![^\W_])[\u0370-\u03ff](?![^\W_])", _greek_name, text)
    text = re.sub(r"(?<=\b\w)/(?=\w\b)", "", text)
    text = re.sub(r"['’ʼ]", "", text)
    return slugify(text, max_length=SLUG_LENGTH, word_boundary=True, save_order=True)


def _greek_name(match: re.Match[str]) -> str:
    words = unicodedata.name(match[0], "").split()
    return words[3].lower() if words[1:3] in (["SMALL", "LETTER"], ["CAPITAL", "LETTER"]) else ""


def file_name(url: str) -> str:
    """The last part of an address's path, decoded; the identity of an audio file on any host.

    >>> file_name("https://cdn.example.net/e/2026-03-16-hello-10bb81.mp3?x=1")
    '2026-03-16-hello-10bb81.mp3'
    """
    return unquote(posixpath.basename(urlsplit(url).path))


def host(url: str) -> str:
    """The host of an address, lower case, without `www.`; empty when there is none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_audio(url: str) -> bool:
    """Whether an address names a sound or video file a podcast would carry."""
    return posixpath.splitext(urlsplit(url).path)[1].lower() in AUDIO_TYPES


def audio_type(url: str) -> str | None:
    """The media type an enclosure's file extension stands for, or None."""
    return AUDIO_TYPES.get(posixpath.splitext(urlsplit(url).path)[1].lower())


def readable(url: str) -> str:
    """An address as a person reads it: host and last part of the path.

    >>> readable("https://www.usenix.org/system/files/fast26-zheng.pdf")
    'usenix.org › fast26-zheng.pdf'
    """
    name = file_name(url.rstrip("/"))
    return f"{host(url)} › {name}" if name else host(url) or url
