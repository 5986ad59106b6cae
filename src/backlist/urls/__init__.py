"""Every address, output path and slug is decided here.

Inside the site a page is known by its output path (`episodes/hello/index.html`); the address
of one page from another is always relative, so that the same bytes work at the root of a
server, under `/repo/`, and behind any base URL. Absolute addresses (feed, sitemap, canonical)
are the base URL plus the path.
"""

import posixpath
from urllib.parse import quote, unquote

from backlist.urls.addresses import (
    audio_type as audio_type,
)
from backlist.urls.addresses import (
    decode_entities as decode_entities,
)
from backlist.urls.addresses import (
    escaped as escaped,
)
from backlist.urls.addresses import (
    extension as extension,
)
from backlist.urls.addresses import (
    file_name as file_name,
)
from backlist.urls.addresses import (
    host as host,
)
from backlist.urls.addresses import (
    is_address as is_address,
)
from backlist.urls.addresses import (
    is_audio as is_audio,
)
from backlist.urls.addresses import (
    is_placeholder as is_placeholder,
)
from backlist.urls.addresses import (
    join as join,
)
from backlist.urls.addresses import (
    origin as origin,
)
from backlist.urls.addresses import (
    readable as readable,
)
from backlist.urls.addresses import (
    split as split,
)
from backlist.urls.slugs import (
    SLUG_LENGTH as SLUG_LENGTH,
)
from backlist.urls.slugs import (
    cut as cut,
)
from backlist.urls.slugs import (
    folded as folded,
)
from backlist.urls.slugs import (
    is_slug as is_slug,
)
from backlist.urls.slugs import (
    slug_of as slug_of,
)

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
ACCESSIBILITY = "accessibility/index.html"
FEED = "feed.xml"
FEED_JSON = "feed.json"
ARCHIVE_JSON = "archive.json"
CORPUS = "corpus.jsonl.gz"
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


def schema(name: str) -> str:
    """The output path of the JSON Schema of a kind of file, such as `episode`."""
    return f"schemas/{name}.json"


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


def own_picture(given: str, base_url: str) -> str:
    """The name in `static/` of a picture that a record gives; empty where it is at another host.

    >>> own_picture("https://example.org/static/a.png", "https://example.org/")
    'a.png'
    """
    if "://" not in given:
        return static_name(given)
    home = f"{base_url}static/"
    return unquote(given.removeprefix(home)) if given.startswith(home) else ""


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
    """The public address of output path `target`, in ASCII; `base_url` ends in a slash.

    Addresses between pages are not escaped: HTML takes every letter, and they can be read.

    >>> absolute("episodes/a/index.html", "https://example.org/shows/apt/")
    'https://example.org/shows/apt/episodes/a/'
    >>> absolute("topics/کار/index.html", "https://example.org/")
    'https://example.org/topics/%DA%A9%D8%A7%D8%B1/'
    """
    return base_url + escaped_path(shown_path(target))


def shown_path(target: str) -> str:
    """The path of output path `target` as people read it, from the base URL on.

    >>> shown_path("episodes/a/index.html#source-1")
    'episodes/a/#source-1'
    """
    path, mark, fragment = target.partition("#")
    if posixpath.basename(path) == HOME:
        path = path.removesuffix(HOME)
    return path + mark + fragment


def escaped_path(path: str) -> str:
    """A path in ASCII (RFC 3986, 2.1); what is escaped already is not escaped again."""
    return path if path.isascii() and " " not in path else quote(path, safe="/#%!$&'()*+,;=:@~")


def base_path(base_url: str) -> str:
    """The path part of the base URL, for the one page that is served from any depth: the 404."""
    return split(base_url).path or "/"


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
