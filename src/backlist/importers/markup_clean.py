"""HTML of unknown origin made safe to walk: nothing runs, depth has an end, lines are lines."""

import re
from html import escape
from typing import Any

import nh3
from lxml import html as lxml_html
from lxml.etree import ParserError

from backlist.importers.text import is_wrapped
from backlist.urls import schemes

Element = Any

BLOCKS = {
    *("address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dir"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
    *("h4", "h5", "h6", "header", "hr", "legend", "main", "menu", "nav", "ol", "p", "pre"),
    *("section", "summary", "table", "ul"),
}
MEDIA = {"audio", "embed", "iframe", "object", "param", "picture", "source", "video"}
TAGS = {
    *("a", "abbr", "acronym", "area", "b", "br", "cite", "code", "del", "em", "i", "img", "kbd"),
    *("li", "math", "mfrac", "msub", "msup", "mi", "mn", "mo", "mrow", "q", "rp", "rt", "ruby"),
    *("s", "samp", "span", "strike", "strong", "sub", "sup", "tbody", "td", "tfoot", "th", "thead"),
    *("tr", "tt", "u", *BLOCKS, *MEDIA),
}
SHOWN_AS_WORDS = {
    *("bdi", "bdo", "big", "button", "data", "dfn", "font", "ins", "label", "map", "mark"),
    *("noscript", "small", "time", "var", "wbr"),
}
"""Tags of which only the words, or what stands inside them, are shown."""

_OTHERS = {
    *("base", "basefont", "blink", "body", "canvas", "col", "colgroup", "dialog", "frame"),
    *("frameset", "head", "hgroup", "html", "input", "link", "marquee", "meta", "meter", "nobr"),
    *("optgroup", "option", "output", "progress", "rb", "rtc", "search", "slot", "track"),
}
"""The other names of HTML; a name that is none of its names may be code, as in `Vec<Order>`."""

NEVER = {
    *("annotation", "annotation-xml", "script", "select", "style", "svg", "template"),
    *("textarea", "title"),
}
LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "data-lazy", "data-echo")
"""Attributes in which scripts keep an address until its place comes into view."""

LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_SIZES = {"width", "height", "style"}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "acronym": {"title"},
    "area": {"href", "alt", "title"},
    "code": {"class"},
    "img": {"src", "alt", "title", "class", *LAZY, *LAZY_SETS, *_SIZES},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "pre": {"class"},
    "param": {"name", "value"},
    "td": {"colspan"},
    "th": {"colspan"},
    "object": {"data", "title", *_SIZES},
} | {
    tag: {"src", "title", "poster", *LAZY, *LAZY_SETS, *_SIZES}
    for tag in MEDIA - {"object", "param"}
}

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)[^<>]*>?")
_EMBED = re.compile(r"<embed\b[^<>]*>", re.IGNORECASE)
_FILM = re.compile(
    r"<lite-(youtube|vimeo)\b([^<>]{0,2000})>.{0,2000}?</lite-\1>", re.IGNORECASE | re.DOTALL
)
_FILM_ID = re.compile(r"""\bvideoid\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_FRAMES = {
    "youtube": "https://www.youtube.com/embed/{}",
    "vimeo": "https://player.vimeo.com/video/{}",
}
_DEEPEST = 60
_CLOSE_THEMSELVES = {
    *("a", "area", "br", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option"),
    *("p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr"),
}
_OPAQUE = {"noembed", "noframes", "noscript", "plaintext", "xmp"}
"""Tags in which HTML would be text; notes have no script, so what stands in them counts."""

_NAMES = TAGS | NEVER | SHOWN_AS_WORDS | _OTHERS

_LINE_TAGS = re.compile(r"<(?:p|br|div|table|pre|center|article|section)\b", re.IGNORECASE)
_SPLIT = re.compile(r"(<[A-Za-z/!][^<>]*>)")


def read_tree(html: str) -> Element:
    """The tree of HTML: only tags and attributes known to show something, inside a `div`."""
    safe = nh3.clean(
        _limit_depth(_break_lines(framed_films(html))),
        tags=TAGS,
        clean_content_tags=NEVER,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes=set(schemes.LINKED),
    )
    try:
        return lxml_html.fragment_fromstring(closed_embeds(safe), create_parent="div")
    except ParserError:
        return lxml_html.Element("div")


def framed_films(html: str) -> str:
    """HTML in which `<lite-youtube videoid="…">` is the frame that its script makes of it.

    <https://github.com/paulirish/lite-youtube-embed>; what it has inside is for want of the script.
    """

    def frame(match: re.Match[str]) -> str:
        film = _FILM_ID.search(match[2])
        if film is None:
            return match[0]
        return f'<iframe src="{_FRAMES[match[1].lower()].format(film[1])}"></iframe>'

    return _FILM.sub(frame, html)


def closed_embeds(html: str) -> str:
    """HTML whose `<embed>` ends at once: libxml2 takes what follows one for its fallback."""
    return _EMBED.sub(r"\g<0></embed>", html)


def _limit_depth(html: str) -> str:
    """HTML nested no deeper than readers of trees bear; the words of deeper elements stay."""
    open_tags = dropped = 0
    closed = set(re.findall("</([a-z0-9]+)", html.lower()))

    def settle(match: re.Match[str]) -> str:
        nonlocal open_tags, dropped
        tag = match[2].lower()
        if tag in _OPAQUE:
            return ""
        if tag not in _NAMES:
            return "" if tag in closed else _unknown(match[0])
        if tag in _CLOSE_THEMSELVES or match[0].endswith("/>"):
            return match[0]
        if match[1]:
            if dropped:
                dropped -= 1
                return "<br>" if tag in BLOCKS else ""
            open_tags = max(0, open_tags - 1)
        elif open_tags == _DEEPEST:
            dropped += 1
            return "<br>" if tag in BLOCKS else ""
        else:
            open_tags += 1
        return match[0]

    return _TAG.sub(settle, html)


def _unknown(tag: str) -> str:
    """What a name that HTML does not know becomes: an address, a foreign tag's nothing, text.

    The cleaner would drop all that stands inside `<product>`, a name of MathML.
    """
    address = re.fullmatch(r"<(https?://[^\s<>]+)>", tag)
    if address:
        return f'<a href="{escape(address[1])}">{escape(address[1])}</a>'
    is_foreign = "@" not in tag and re.search("[=:-]", tag)
    return "" if is_foreign else escape(tag, quote=False)


def _break_lines(html: str) -> str:
    """HTML without a tag that would part lines: its own line ends do, outside lists and headings.

    SoundCloud, YouTube and others put links into plain text; editors save paragraphs as blank
    lines.
    """
    if "\n" not in html or _LINE_TAGS.search(html):
        return html
    parts = _SPLIT.split(html)
    lines = "".join(parts[::2]).split("\n")
    single = "\n" if is_wrapped(lines) else "<br>"
    inside, written = 0, []
    for place, part in enumerate(parts):
        if place % 2:
            inside = max(0, inside + _nesting(part))
            written.append(part)
        elif inside:
            written.append(part)
        else:
            before = place > 0 and _is_block(parts[place - 1])
            after = place + 1 < len(parts) and _is_block(parts[place + 1])
            text = part.lstrip() if before else part
            text = text.rstrip() if after else text
            text = re.sub(r"\n\s*\n", "\0", text)
            written.append(text.replace("\n", single).replace("\0", "<br><br>"))
    return "".join(written)


def _is_block(tag: str) -> bool:
    name = re.match("</?([A-Za-z0-9]+)", tag)
    return name is not None and name[1].lower() in BLOCKS


def _nesting(tag: str) -> int:
    opens = _is_block(tag) and not re.match("</?hr", tag, re.IGNORECASE)
    return (-1 if tag.startswith("</") else 1) if opens else 0
