"""Files beside a visualization, published so that none of them runs as a page of the site.

A page in a sandboxed frame may open files beside it in a new tab, which leaves the sandbox. So
a file keeps its name only where a browser does nothing but show, play or save it. A picture in
SVG is published as a copy of what draws and nothing else; all else is published as text.
"""

import gzip
import io
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from backlist.urls import schemes

_PASSIVE = frozenset(
    """
    png jpg jpeg gif webp avif ico bmp apng jxl tif tiff
    mp3 m4a aac ogg oga opus wav flac mp4 m4v webm ogv mov vtt srt
    woff woff2 ttf otf eot css js mjs map wasm
    json geojson topojson ndjson jsonl csv tsv txt md yaml yml toml tex bib ris
    zip gz npy npz parquet arrow bin dat glb gltf obj stl ply pdf epub
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
"""Endings of files that no browser runs as a page (MIME Sniffing, 7: what servers send for them).

What is in no list, `page.html.de` or a name without an ending, servers send as they please.
"""

SVG = (".svg", ".svgz")
_MOST = 20_000_000
"""Bytes of a picture, uncompressed, up to which it is read."""

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ELEMENTS = frozenset(
    """
    svg g defs symbol use switch view title desc style a image
    path rect circle ellipse line polyline polygon text tspan textPath tref altGlyph
    linearGradient radialGradient meshgradient meshrow meshpatch stop pattern clipPath mask
    marker hatch hatchpath filter feBlend feColorMatrix feComponentTransfer feComposite
    feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
    feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology
    feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    animate animateColor animateMotion animateTransform set mpath
    font font-face glyph missing-glyph hkern vkern
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
"""What draws or moves (SVG 2, appendix I); not `script`, `foreignObject` or another language's."""

_RASTER = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp|avif);base64,", re.IGNORECASE)
_ASKS = re.compile(r"url\(\s*(?![\"']?(?:#|data:(?:image/(?!svg)|font/)))", re.IGNORECASE)
_STYLED = re.compile(rf"{_ASKS.pattern}|@import|image-set\(|\\", re.IGNORECASE)
"""A style that asks for another file, or hides by an escape what it asks for."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture that only draws: its bytes, and what was taken out, each kind once."""

    content: bytes
    taken_out: tuple[str, ...] = ()


def name(given: str) -> str:
    """The name a file is published by: its own where that is safe, else one of a text.

    >>> name("a.png"), name("b.svg"), name("c.html"), name("README")
    ('a.png', 'b.svg', 'c.html.txt', 'README.txt')
    """
    return given if is_picture(given) or _ending(given)[1:] in _PASSIVE else f"{given}.txt"


def is_picture(given: str) -> bool:
    """Whether a file is a picture in SVG, which is published cleaned."""
    return _ending(given) in SVG


def published(given: str, data: bytes) -> bytes:
    """What is published of a picture in SVG: its clean copy, or an empty one of what is none."""
    found = clean(given, data)
    if found:
        return found.content
    return gzip.compress(_EMPTY, mtime=0) if _ending(given) == ".svgz" else _EMPTY


_EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg"/>\n'


def clean(given: str, data: bytes) -> Clean | None:
    """A picture in SVG, or in compressed SVG, without what could run or ask for other files.

    None where it is no well-formed SVG: no browser draws that, and it is better not guessed at.
    """
    if _ending(given) != ".svgz":
        return _clean(data)
    try:
        with gzip.open(io.BytesIO(data)) as file:
            found = _clean(file.read(_MOST + 1))
    except (OSError, EOFError):
        return None
    return Clean(gzip.compress(found.content, mtime=0), found.taken_out) if found else None


def _ending(given: str) -> str:
    return posixpath.splitext(given)[1].lower()


def _clean(data: bytes) -> Clean | None:
    if len(data) > _MOST:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root.tag != f"{_SVG}svg":
        return None
    taken_out = dict.fromkeys(_take_out(root))
    return Clean(etree.tostring(root, encoding="utf-8") + b"\n", tuple(taken_out))


def _take_out(root: "etree._Element") -> Iterator[str]:
    """Empty what does not merely draw, and say what it was where it could do harm."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        found = _fault(element)
        if found is None:
            yield from _without_attributes(element)
            waiting += element
            continue
        if found:
            yield found
        # A group draws nothing, and keeps what stands after it in its place.
        parent, empty = element.getparent(), etree.Element(f"{_SVG}g")
        if parent is not None:
            empty.tail = element.tail
            parent.replace(element, empty)


def _fault(element: "etree._Element") -> str | None:
    """What an element is where it may not stay, empty where it only told of the picture."""
    if not isinstance(element.tag, str):
        return "entities"
    local = element.tag.removeprefix(_SVG)
    if local == element.tag:
        return "HTML" if element.tag.startswith(_XHTML) else ""
    if local not in _ELEMENTS:
        return "" if local == "metadata" else f"`<{local}>`"
    if local == "style" and _STYLED.search("".join(element.itertext())):
        return "a style that asks for other files"
    moved = (element.get("attributeName") or "").lower().strip()
    return "an animated link" if moved.endswith("href") or moved.startswith("on") else None


def _without_attributes(element: "etree._Element") -> Iterator[str]:
    for key, value in element.attrib.items():
        fault = _attribute_fault(element.tag.removeprefix(_SVG), key, value)
        if fault is not None:
            del element.attrib[key]
            if fault:
                yield fault


def _attribute_fault(local: str, key: str, value: str) -> str | None:
    """What an attribute is where it may not stay, empty where nobody misses it."""
    if key in ("href", f"{_XLINK}href"):
        return None if _may_refer(local, value) else f"a link to `{value[:40]}`"
    if key.lower().startswith("on"):
        return f"`{key}`"
    if key.startswith("{") and not key.startswith((f"{_XML}space", f"{_XML}lang", _XLINK)):
        return ""
    asks = _STYLED.search(value) if key == "style" else _ASKS.search(value)
    return "a style that asks for other files" if asks else None


def _may_refer(local: str, address: str) -> bool:
    """Whether an element may refer to an address: links to pages, pictures to pictures here."""
    if local == "a":
        return schemes.is_linkable(address)
    if local in ("image", "feImage"):
        beside = not schemes.of(address) and not address.strip().startswith(("//", "\\\\", "/\\"))
        return beside or bool(_RASTER.match(address))
    return address.startswith("#")
