"""Every address, output path and slug is decided here.

Inside the site a page is known by its output path (`episodes/hello/index.html`); the address
of one page from another is always relative, so that the same bytes work at the root of a
server, under `/repo/`, and behind any base URL. Absolute addresses (feed, sitemap, canonical)
are the base URL plus the path.
"""

import posixpath
import re
import unicodedata
from contextlib import suppress
from html import unescape
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from slugify import slugify

from backlist.feed.vocabulary import AUDIO_TYPES, DOCUMENT_TYPES

SLUG_LENGTH = 100

ROOT = "\0/"
"""Stands for the way to the home page, which each page has its own, until a page is done."""

HOME = "index.html"
ARCHIVE = "episodes/index.html"
TOPICS = "topics/index.html"
YEARS = "years/index.html"
SEASONS = "seasons/index.html"
WORKS = "works/index.html"
PEOPLE = "people/index.html"
MAP = "map/index.html"
VISUALIZATIONS = "visualizations/index.html"
SEARCH = "search/index.html"
FEED = "feed.xml"
FEED_JSON = "feed.json"
ARCHIVE_JSON = "archive.json"
SITEMAP = "sitemap.xml"
LLMS = "llms.txt"
ROBOTS = "robots.txt"
CARD = "card.png"


def episode(slug: str) -> str:
    """The output path of an episode's page."""
    return f"episodes/{slug}/index.html"


def source(slug: str, number: int) -> str:
    """The output path of an entry of an episode's numbered source list."""
    return f"{episode(slug)}#source-{number}"


def card(slug: str) -> str:
    """The output path of the card that a shared link to an episode shows."""
    return f"episodes/{slug}/card.png"


def embed(slug: str) -> str:
    """The output path of an episode's page for frames on other sites."""
    return f"episodes/{slug}/embed/index.html"


def oembed(slug: str) -> str:
    """The output path of what says so, for readers that look for it (oEmbed)."""
    return f"episodes/{slug}/embed/oembed.json"


def visualization_card(ident: str) -> str:
    """The output path of a visualization's card; its own folder is its author's."""
    return f"cards/{ident}.png"


def sized(digest: str, side: int, kind: str) -> str:
    """The output path of a copy of a picture, `side` pixels wide and high.

    >>> sized("0f3a", 320, "webp")
    'static/sized/0f3a-320.webp'
    """
    return f"static/sized/{digest}-{side}.{kind}"


def on_map(slug: str) -> str:
    """The output path of the map, at an episode."""
    return f"{MAP}#episode-{slug}"


def chapters(slug: str) -> str:
    """The output path of an episode's chapters for apps."""
    return f"episodes/{slug}/chapters.json"


def transcript(name: str) -> str:
    """The output path of a file in `content/transcripts/`; XML could run, so it goes as text."""
    return f"transcripts/{name}{'.txt' if extension(name) in ('.ttml', '.dfxp') else ''}"


def transcript_page(slug: str) -> str:
    """The output path of the page of a long transcript."""
    return f"episodes/{slug}/transcript/index.html"


def topic_feed(slug: str) -> str:
    """The output path of a topic's feed, beside its page."""
    return f"topics/{slug}/feed.xml"


def feed_page(number: int) -> str:
    """The output path of an archive page of the feed; 1 is the oldest."""
    return f"feed-{number}.xml"


def topic(slug: str) -> str:
    """The output path of the page that lists a topic's episodes."""
    return f"topics/{slug}/index.html"


def season(number: int) -> str:
    """The output path of the page that lists a season's episodes."""
    return f"seasons/{number}/index.html"


def further(page: str, number: int) -> str:
    """The output path of a further page of the list at output path `page`.

    >>> further("topics/a/index.html", 2)
    'topics/a/2/index.html'
    """
    return f"{page.removesuffix(HOME)}{number}/{HOME}" if number > 1 else page


def year(number: int) -> str:
    """The output path of the page that lists a year's episodes."""
    return f"years/{number}/index.html"


def work(slug: str) -> str:
    """The output path of a work's page."""
    return f"works/{slug}/index.html"


def person(slug: str) -> str:
    """The output path of the page about somebody heard in episodes."""
    return f"people/{slug}/index.html"


def work_letter(letter: str) -> str:
    """The output path of the works of one letter, where they are too many for one page."""
    return f"works/letters/{letter_slug(letter)}/index.html"


def letter_slug(name: str) -> str:
    """How addresses spell the letter of a list: one of another script by its number in Unicode."""
    return slug_of(name) if len(name) > 1 or name.isascii() else f"u{ord(name):x}"


def citations(extension: str) -> str:
    """The output path of the citations of the whole archive in the format of an extension."""
    return f"citations.{extension}"


def page(slug: str) -> str:
    """The output path of a page of the site's own, such as `about`."""
    return f"{slug}/index.html"


def markdown(page: str) -> str | None:
    """The output path of the Markdown page that belongs to the page at output path `page`.

    None where there is none: a topic, year, season or person is a section of the Markdown page of
    its list, and neither search page, map nor a page for frames has a text of its own.

    >>> markdown("episodes/a/index.html"), markdown("topics/a/index.html")
    ('episodes/a/index.md', None)
    """
    folder, _, rest = page.partition("/")
    in_list = folder in ("topics", "years", "seasons", "people") and rest != HOME
    framed = folder == "episodes" and rest.endswith(f"/embed/{HOME}")
    if in_list or framed or page in (SEARCH, MAP) or posixpath.basename(page) != HOME:
        return None
    return page.removesuffix(".html") + ".md"


def search_file(name: str) -> str:
    """The output path of a file that searching needs, beside its page."""
    return f"search/{name}"


def visualization(ident: str) -> str:
    """The output path of a visualization's full view."""
    return f"visualizations/{ident}/index.html"


def visualization_file(ident: str, name: str) -> str:
    """The output path of a file that belongs to a visualization."""
    return f"visualizations/{ident}/{name}"


def static_name(given: str) -> str:
    """The name in `static/` that a record gives, with or without the folder before it.

    >>> static_name("/static/a/b.png")
    'a/b.png'
    """
    return given.lstrip("/").removeprefix("static/").lstrip("/")


ROOT_FILES = ("CNAME", "robots.txt", "ads.txt", "app-ads.txt", "_redirects", "_headers")
"""Files in `static/` that mean something only at the root of a site, where hosts look for them."""
HIDDEN = (".well-known", ".htaccess", ".domains")
"""Names with a leading dot that `static/` may publish, at the root as well (RFC 8615)."""


def asset(name: str) -> str:
    """The output path of a file in `static/`, by its name there; style sheets get a hash later.

    >>> asset("a/b.png"), asset("CNAME"), asset(".well-known/x.json"), asset("root/favicon.ico")
    ('static/a/b.png', 'CNAME', '.well-known/x.json', 'favicon.ico')
    """
    first, slash, rest = name.partition("/")
    if first == "root" and slash:
        return rest
    return name if name in ROOT_FILES or first in HIDDEN else f"static/{name}"


def in_notes(name: str) -> str:
    """The address by which notes show a file of `static/`.

    >>> in_notes("pictures/one-1.png")
    '/static/pictures/one-1.png'
    """
    return "/" + asset(name)


def static_file(given: str, base_url: str) -> str:
    """The public address of a file in `static/`, or the address itself, in ASCII."""
    return escaped(given) if "://" in given else base_url + quote(asset(static_name(given)))


def escaped(url: str) -> str:
    """An address in ASCII, as servers and apps need it (RFC 3986, 2.1; its host by RFC 5891).

    >>> escaped("https://münchen.example/My%20Episode 4.mp3")
    'https://xn--mnchen-3ya.example/My%20Episode%204.mp3'
    >>> escaped("https://[::1]/talk [1].mp3")
    'https://[::1]/talk%20%5B1%5D.mp3'
    """
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


_SAFE = "%/:?#@!$&'()*+,;=~"


def rooted(target: str) -> str:
    """The address of an output path behind `ROOT`, as parts of pages hold it."""
    path, mark, fragment = target.partition("#")
    folder = path.removesuffix(HOME) if posixpath.basename(path) == HOME else path
    return f"{ROOT}{folder}{mark}{fragment}"


def relative(target: str, page: str) -> str:
    """The address of output path `target` as written in the page at output path `page`.

    >>> relative("b/index.html", "a/index.html"), relative("a/my-index.html", "a/index.html")
    ('../b/', 'my-index.html')
    """
    path, mark, fragment = target.partition("#")
    here, there = page.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    href = "../" * (len(here) - shared) + "/".join(there[shared:])
    if there[-1] == HOME:
        href = href.removesuffix(HOME) or "./"
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
    return split(base_url).path or "/"


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


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


def output_path(address: str, page: str, base: str) -> str:
    """The output path that an address without a host stands for on the page at output path `page`.

    `base` is the path of the base URL.

    >>> output_path("../b/", "episodes/a/index.html", "/"), output_path("/x.png", "a.html", "/")
    ('episodes/b/index.html', 'x.png')
    >>> output_path("/k%C3%BCche/", "404.html", "/k%C3%BCche/")
    'index.html'
    """
    path, base = unquote(address), unquote(base)
    if not path:
        return page
    if path.startswith("/"):
        joined = path.removeprefix(base) if path.startswith(base) else f"..{path}"
    else:
        joined = posixpath.join(posixpath.dirname(page), path)
    target = posixpath.normpath(joined) if joined else "."
    folder = path.endswith("/") or target in (".", "")
    return posixpath.normpath(posixpath.join(target, "index.html")) if folder else target


def is_address(text: str) -> bool:
    """Whether a text is a whole web address, whose host can be read.

    >>> is_address("https://example.org"), is_address("www.example.org"), is_address("http://[x]/")
    (True, False, False)
    """
    return bool(re.match(r"(?i:https?)://[^\s/]+", text) and split(text).netloc)


def join(base: str, url: str) -> str:
    """An address as it is meant on the page at `base`; one that cannot be read stays as it is."""
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
    """How the path of an address ends, in lower case: `.mp3`; empty when it has no ending."""
    return posixpath.splitext(split(url).path)[1].lower()


def is_audio(url: str) -> bool:
    """Whether an address names a sound or video file a podcast would carry."""
    return extension(url) in AUDIO_TYPES


def audio_type(url: str) -> str | None:
    """The media type an enclosure's file extension stands for, or None."""
    return AUDIO_TYPES.get(extension(url)) or DOCUMENT_TYPES.get(extension(url))


def is_placeholder(url: str) -> bool:
    """Whether an address is at a host that exists for examples only (RFC 2606, section 3)."""
    return host(url) in ("example.org", "example.com", "example.net")


def alias(said: str) -> str | None:
    """The output path that answers at an earlier address of this site, written from `/` on.

    With or without its last slash a path is the same page; None when no page can answer there.

    >>> alias("/old/path"), alias("/old.html"), alias("/old?p=1")
    ('old/path/index.html', 'old.html', None)
    """
    path = unquote(said)
    wrong = "?" in said or "#" in said or "\\" in path or "\0" in path or "//" in path
    parts = path.strip("/").split("/")
    if wrong or not path.startswith("/") or {".", ".."} & set(parts):
        return None
    page = path.endswith((".html", ".htm"))
    return path.removeprefix("/") if page else posixpath.join(*parts, HOME)
