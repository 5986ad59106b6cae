"""Pictures, frames and media of a page as what notes can show: a picture, a letter, a link."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from backlist import urls
from backlist.importers.markup_clean import LAZY, LAZY_SETS

Element = Any

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_EMOJI = re.compile(
    r"s\.w\.org/images/core/emoji|twemoji|twimg\.com/emoji|notoemoji|images/emoji\.php"
    r"|icons/emoji|/emoji/|/smil(?:ey|ie)s?/",
    re.IGNORECASE,
)
_EMOJI_CLASS = re.compile(r"\b(?:wp-smiley|emoji\w*|smil(?:ey|ie)|twemoji)\b", re.IGNORECASE)
_CODE_POINTS = re.compile(
    r"/(?:emoji_)?u?([0-9a-f]{4,5}(?:[-_][0-9a-f]{4,5})*)\.(?:png|svg|gif|webp)"
)
_WORDS = (
    "p",
    "span",
    "b",
    "strong",
    "i",
    "em",
    "a",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
_YOUTUBE = re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{11})(?:\?(.*))?")
_VIMEO = re.compile(r"https?://player\.vimeo\.com/video/(\d+)/?(?:\?(?!.*\bh=).*)?")


@dataclass(frozen=True, slots=True)
class Media:
    """What was put in the place of something else.

    `linked` are addresses of frames and players that became links, `lazy` those of pictures that
    waited for a script.
    """

    linked: tuple[str, ...] = ()
    lazy: tuple[str, ...] = ()


NO_MEDIA = Media()


def settle_media(tree: Element) -> Media:
    """Give pictures their address, and put letters for emoji and links for frames and media.

    Tracking pixels and other pictures that nobody was meant to see go.
    """
    for element in list(tree.iter("picture")):
        _settle_choice(element)
    lazy = [_settle_picture(image) for image in list(tree.iter("img"))]
    for area in tree.iter("area"):
        area.tag, area.text = "a", area.get("alt") or area.get("title") or area.get("href")
    frames = list(tree.iter("object", "iframe", "embed", "video", "audio"))
    linked = [_settle_frame(element) for element in frames]
    return Media(tuple(filter(None, linked)), tuple(filter(None, lazy)))


def _settle_choice(picture: Element) -> None:
    """The image of a `<picture>`, with an address of its sources where it has none."""
    sources = list(picture.iter("source"))
    image = picture.find(".//img")
    if image is None and sources:
        image = picture.makeelement("img")
        picture.append(image)
    if image is not None and picture_address(image) is None:
        found = (picture_address(source) for source in sources)
        image.set("src", next(filter(None, found), ""))
    for source in sources:
        # libxml2 takes the image for a child of the source before it.
        source.drop_tag()
    picture.drop_tag()


def _settle_picture(image: Element) -> str | None:
    """Settle one picture; its address where that was not the one it had."""
    address = picture_address(image)
    letter = emoji_of(image)
    if letter:
        _replace(image, letter)
    elif is_hidden(image):
        image.drop_tree()
    elif address is None:
        _replace(image, image.get("alt") or "")
    elif _is_repeat(image, address):
        image.drop_tree()
    elif image.get("src") != address:
        image.set("src", address)
        return address
    return None


def picture_address(element: Element) -> str | None:
    """Where a picture is: what scripts would load counts before what stands in for it."""
    return next(picture_addresses(element), None)


def picture_addresses(element: Element) -> Iterator[str]:
    """Every address of a picture, the one to show first; data in place of an address is none."""
    said = [element.get(name, "") for name in LAZY]
    said += [_largest(element.get(name, "")) for name in LAZY_SETS[:-1]]
    said += [element.get("src", ""), _largest(element.get("srcset", ""))]
    yield from (one.strip() for one in said if one.strip() and not _is_no_address(one))


def _is_no_address(said: str) -> bool:
    return re.match(r"\s*(?:data|blob|about|javascript):", said, re.IGNORECASE) is not None


def _largest(srcset: str) -> str:
    """The address with the greatest width or density (HTML, 4.8.4.3: image candidate strings)."""
    found = [candidate.split() for candidate in re.split(r",\s+|,(?=https?:)", srcset)]
    sized = [(_size(parts[1:]), parts[0].rstrip(",")) for parts in found if parts]
    return max(sized, key=lambda pair: pair[0])[1] if sized else ""


def _size(descriptor: list[str]) -> float:
    match = re.match(r"\d{1,9}(?:\.\d+)?", descriptor[0]) if descriptor else None
    return float(match[0]) if match else 1.0


def is_hidden(element: Element) -> bool:
    """Whether a picture or frame is there to be loaded and not to be seen."""
    sizes = [element.get("width", ""), element.get("height", "")]
    tiny = any(size.strip() in ("0", "1", "0px", "1px") for size in sizes)
    return tiny or _HIDDEN.search(element.get("style", "")) is not None


def emoji_of(image: Element) -> str:
    """The letters that a picture stands for; empty where it is a picture."""
    address, alt = (
        image.get("src") or picture_address(image) or "",
        (image.get("alt") or "").strip(),
    )
    if alt and len(alt) <= 16 and all(map(_is_emoji, alt)):
        return alt
    if not (_EMOJI.search(address) or _EMOJI_CLASS.search(image.get("class", ""))):
        return ""
    spelled = _CODE_POINTS.search(address)
    if spelled and not alt:
        points = (int(point, 16) for point in re.split("[-_]", spelled[1]))
        return "".join(chr(point) for point in points if point <= 0x10FFFF)
    return alt


def _is_emoji(char: str) -> bool:
    return (
        unicodedata.category(char) == "So" or char in "\u200d\ufe0f\u20e3" or "🏻" <= char <= "🏿"
    )


def _is_repeat(image: Element, address: str) -> bool:
    """Whether the same picture stands right before: once for scripts, once for `<noscript>`."""
    previous = image.getprevious()
    return (
        previous is not None
        and previous.tag == "img"
        and not (previous.tail or "").strip()
        and previous.get("src") == address
    )


def _replace(element: Element, text: str) -> None:
    element.tail = text + (element.tail or "")
    element.drop_tree()


def _settle_frame(element: Element) -> str | None:
    """A link to what a frame or player shows; the words for browsers without it go."""
    if element.getparent() is None:
        return None
    address = frame_address(element)
    if is_hidden(element) and element.tag == "iframe":
        element.drop_tree()
    elif address is None:
        # An object without an address shows what is inside it.
        element.drop_tag() if element.tag == "object" else element.drop_tree()
    else:
        _put_link(element, address)
        return address
    return None


def frame_address(element: Element) -> str | None:
    """The address a person would open to see what a frame, film or sound shows."""
    said = [*picture_addresses(element), element.get("data", "")]
    said += [one.get("value", "") for one in element.iter("param") if _is_film(one)]
    said += [
        address for one in element.iter("source", "embed") for address in picture_addresses(one)
    ]
    found = next((one for one in said if one and not _is_no_address(one)), None)
    return as_opened(found) if found else None


def _is_film(param: Element) -> bool:
    return param.get("name", "").lower() in ("movie", "src", "url", "filename")


def as_opened(address: str) -> str:
    """The page of a film in place of its player, which refuses to be opened by itself.

    >>> as_opened("//www.youtube.com/embed/AbCdEfGh123?rel=0&start=30")
    'https://www.youtube.com/watch?v=AbCdEfGh123&t=30s'
    """
    address = f"https:{address}" if address.startswith("//") else address
    film = _YOUTUBE.fullmatch(address)
    if film and film[1] != "videoseries":
        start = re.search(r"\bstart=(\d+)", film[2] or "")
        return f"https://www.youtube.com/watch?v={film[1]}" + (f"&t={start[1]}s" if start else "")
    film = _VIMEO.fullmatch(address)
    return f"https://vimeo.com/{film[1]}" if film else address


def _put_link(element: Element, address: str) -> None:
    host = urls.host(address)
    title = " ".join((element.get("title") or "").split())
    named = f"{title} ({host})" if title and host else title or host or address
    poster = element.get("poster", "")
    for child in list(element):
        element.remove(child)
    tail = element.tail
    element.clear()
    element.tail = tail
    link = element
    if element.getparent().tag in _WORDS:
        element.tail = " " + (tail or "")
    else:
        link = element.makeelement("a")
        element.append(link)
        element.tag = "p"
    link.tag = "a"
    link.text = named
    link.set("href", address)
    if poster and not _is_no_address(poster):
        link.text = None
        image = link.makeelement("img", {"src": poster, "alt": named})
        link.append(image)
