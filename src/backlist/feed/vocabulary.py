"""The vocabulary of podcast feeds: namespaces, element names, media types.

One table for the reader, the writer, the rules, the feed lock and the probe. A name is a pair of
prefix and local name; RSS's own elements have the prefix "". Prefixes are ours: what a feed calls
a namespace does not matter, its address does (Namespaces in XML 1.0, section 3).
"""

import re
from collections.abc import Mapping
from typing import Literal

Name = tuple[str, str]

FEED_FORMAT = "feed"
"""How an import marks what came from a feed, and not from a directory page."""

RSS = ""
ITUNES = "itunes"
PODCAST = "podcast"
CONTENT = "content"
ATOM = "atom"
HISTORY = "fh"
PSC = "psc"
DC = "dc"

NAMESPACES = {
    ITUNES: "http://www.itunes.com/dtds/podcast-1.0.dtd",
    PODCAST: "https://podcastindex.org/namespace/1.0",
    CONTENT: "http://purl.org/rss/1.0/modules/content/",
    ATOM: "http://www.w3.org/2005/Atom",
    HISTORY: "http://purl.org/syndication/history/1.0",
    PSC: "http://podlove.org/simple-chapters",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    DC: "http://purl.org/dc/elements/1.1/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "media": "http://search.yahoo.com/mrss/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "rawvoice": "http://www.rawvoice.com/rawvoiceRssModule/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "spotify": "http://www.spotify.com/ns/rss",
    "acast": "https://schema.acast.com/1.0/",
    "fireside": "http://fireside.fm/modules/rss/fireside",
    "dcterms": "http://purl.org/dc/terms/",
    "georss": "http://www.georss.org/georss",
    "thr": "http://purl.org/syndication/thread/1.0",
}
"""Prefix → address, in the spelling that is published."""

XHTML = "http://www.w3.org/1999/xhtml"

_OTHER_SPELLINGS = {
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": PODCAST,
    "rssboard.org/media-rss": "media",
}


NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that no XML document can hold (XML 1.0, section 2.2)."""


def without_control(text: str) -> str:
    """Text that XML can hold; a vertical tab or form feed parts words, but not an address."""
    return NOT_XML.sub(_leave_out, text)


def _leave_out(match: re.Match[str]) -> str:
    word = re.split(r"\s", match.string[max(0, match.start() - 200) : match.start()])[-1]
    return " " if match[0] in "\x0b\x0c" and "://" not in word else ""


def _bare(address: str) -> str:
    """A namespace's address without scheme, capitals, `www.` and last slash: feeds vary these."""
    return re.sub(r"^https?://(?:www\.)?", "", address.strip().lower()).rstrip("/")


_PREFIXES = {_bare(address): prefix for prefix, address in NAMESPACES.items()} | _OTHER_SPELLINGS


def prefix_of(address: str) -> str:
    """Our prefix for a namespace, however a feed spells its address; empty for an unknown one.

    >>> prefix_of("HTTP://www.iTunes.com/DTDs/Podcast-1.0.dtd")
    'itunes'
    """
    return _PREFIXES.get(_bare(address), "")


def tag(name: str) -> str:
    """A name as lxml and ElementTree write it; without a prefix it is RSS's own.

    >>> tag("podcast:guid"), tag("item")
    ('{https://podcastindex.org/namespace/1.0}guid', 'item')
    """
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def names(prefix: str, *locals_: str) -> frozenset[Name]:
    """Several names of one namespace."""
    return frozenset((prefix, local) for local in locals_)


_IN_BOTH = (
    names(RSS, "title", "link", "description")
    | names(ITUNES, "image", "explicit")
    | names(PODCAST, "person", "license", "location", "value")
)

IN_ITEM = (
    _IN_BOTH
    | names(RSS, "guid", "enclosure", "pubDate")
    | names(CONTENT, "encoded")
    | names(ITUNES, "duration", "season", "episode", "episodeType")
    | names(PODCAST, "transcript", "chapters", "soundbite")
    | names(PSC, "chapters")
    | names(DC, "language")
)
"""The children of an item that the keys of a record hold; it is published from them."""

IN_CHANNEL = (
    _IN_BOTH
    | names(RSS, "item", "language", "copyright", "image")
    | names(ITUNES, "author", "owner", "category", "type", "block", "complete")
    | names(PODCAST, "guid", "locked", "funding", "medium", "txt", "block")
)
"""The children of a channel that the keys of the settings hold."""

OF_DOCUMENT = (
    names(RSS, "lastBuildDate", "generator", "docs", "cloud")
    | names(ITUNES, "new-feed-url")
    | names(HISTORY, "archive", "complete")
    | names("feedburner", "info")
)
"""What a channel says of its own document and of where that lies: every feed has its own."""

_OWN_LINKS = frozenset(("self", "first", "last", "next", "prev", "previous", "current")) | {
    "prev-archive",
    "next-archive",
}


def is_of_document(name: Name, attributes: Mapping[str, str], *, in_channel: bool) -> bool:
    """Whether an element tells of its feed document (RFC 5005, RSS 2.0) and not of the show."""
    if name == (ATOM, "link"):
        return attributes.get("rel", "").lower() in _OWN_LINKS and in_channel
    return in_channel and (name in OF_DOCUMENT or name == (RSS, "pubDate"))


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
    ".webm": "video/webm",
}
"""Media type of an enclosure by file extension (Apple, "A Podcaster's Guide to RSS")."""

DOCUMENT_TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip"}
"""Media type of an enclosure that is read (Apple takes both), by file extension."""

Kind = Literal["audio", "video", "document", "image"]

_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp"))
_UNTYPED = frozenset(("application/octet-stream", "binary/octet-stream", "application/binary"))
_PLAYED: dict[str, Kind] = {
    "application/ogg": "audio",
    "application/x-mpegurl": "video",
    "application/vnd.apple.mpegurl": "video",
    "application/dash+xml": "video",
}


def media_kind(kind: str, extension: str) -> Kind:
    """What a file of a media type and extension is: heard, seen, read, or looked at.

    A known extension wins over a type of another kind, as hosts type carelessly and servers go
    by the extension; an `.mp4` may hold either. What says neither is taken for audio.

    >>> media_kind("audio/mpeg", ".jpg"), media_kind("audio/mp4", ".mp4"), media_kind("", "")
    ('image', 'audio', 'audio')
    """
    kind = kind.partition(";")[0].strip().lower()
    main = kind.partition("/")[0]
    if extension in _PICTURES:
        return "image"
    if extension in DOCUMENT_TYPES:
        return "document"
    if main in ("audio", "video"):
        return "audio" if main == "audio" else "video"
    if extension in AUDIO_TYPES:
        return "video" if AUDIO_TYPES[extension].startswith("video/") else "audio"
    if main == "image":
        return "image"
    return _PLAYED.get(kind, "audio" if not kind or kind in _UNTYPED else "document")


TRANSCRIPT_TYPES = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".tsv": "text/plain",
    ".ttml": "application/ttml+xml",
    ".dfxp": "application/ttml+xml",
}
"""Media type of a transcript that is read, by file extension.

The first six are those of the podcast namespace, transcript.
"""

LINKED_TYPES = {
    **DOCUMENT_TYPES,
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
}
"""Media type of a transcript that is published and linked as it came, and not read."""

_MP3 = frozenset({"audio/mpeg", "audio/mp3", "audio/x-mp3", "audio/x-mpeg", "x-audio/mp3"})
_MP4 = frozenset({"audio/mp4", "audio/m4a", "audio/x-m4a", "audio/aac", "video/mp4"})
_SUBRIP = frozenset({"application/x-subrip", "application/srt", "text/srt", "text/x-subrip"})


def is_mp3(kind: str) -> bool:
    """Whether a media type is one of the spellings of MP3."""
    return kind in _MP3


def is_mp4(kind: str) -> bool:
    """Whether a media type is one that hosts give to files in an MP4 container."""
    return kind in _MP4


def registered_transcript_type(kind: str) -> str:
    """A transcript's media type as the namespace lists it; SubRip has four spellings."""
    return TRANSCRIPT_TYPES[".srt"] if kind in _SUBRIP else kind


def says_yes(text: str | None) -> bool:
    """Whether a flag is set: `itunes:block` and `itunes:complete` act on Yes alone (Apple)."""
    return (text or "").strip().lower() == "yes"
