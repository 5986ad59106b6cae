"""Links in HTML of unknown origin, made whole: show notes are read far from the page they name."""

import re
from typing import Any

from backlist import urls
from backlist.parse.times import moment_of
from backlist.urls import schemes

Element = Any

_WHOLE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_ONE_SLASH = re.compile(r"https?:/[^/\s]", re.IGNORECASE)
_INSIDE = re.compile(r"https?://\S+", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_FILE = re.compile(
    r"[^/?#]*\.(?:html?|php|aspx?|jsp|pdf|png|jpe?g|gif|svg|webp|mp3|m4a|xml|txt|zip|md)(?:[?#].*)?",
    re.IGNORECASE,
)


def make_absolute(tree: Element, base: str | None) -> tuple[str, ...]:
    """Give every link and image a whole address; the addresses that were not whole.

    An address that can lead nowhere is taken off: its words stay, an image goes.
    """
    odd = []
    for anchor in list(tree.iter("a")):
        said = (anchor.get("href") or "").strip()
        if is_link(said):
            anchor.set("href", said)  # browsers do not see the blanks around it
            continue
        found = complete(said, base)
        if said:
            odd.append(said)
        if found:
            anchor.set("href", found)
        else:
            anchor.attrib.pop("href", None)
            anchor.tag = "span"
    for image in list(tree.iter("img")):
        said = (image.get("src") or "").strip()
        found = said if _WHOLE.match(said) else complete(said, base)
        if found:
            image.set("src", found)
        else:
            image.drop_tree()
    return tuple(odd)


def is_link(said: str) -> bool:
    """Whether an address is whole: of the web with a host, of another scheme, or a moment.

    `#t=12:30` is a moment of the recording on every page that plays it.
    """
    whole = _WHOLE.match(said) or schemes.of(said) in schemes.LINKED - schemes.WEB
    return bool(whole) or (said.startswith("#") and moment_of(said) is not None)


def complete(said: str, base: str | None) -> str | None:
    """The whole address meant by a relative or careless one, or None.

    `www.example.org` is a host whose scheme was forgotten; words before an address are not part
    of it; the rest starts from `base`, as a browser has it (RFC 3986, section 5).

    >>> complete("about.html", "https://example.org/show/1")
    'https://example.org/show/about.html'
    >>> complete("www.example.org/a", None)
    'http://www.example.org/a'
    """
    inside = _INSIDE.search(said)
    if inside:
        return inside[0]
    if _ONE_SLASH.match(said):
        return said.replace(":/", "://", 1)
    if said.startswith("//"):
        return f"https:{said}"
    if _HOST.fullmatch(said) and not _FILE.fullmatch(said):
        return f"http://{said}"
    if not said or base is None or _SCHEME.match(said):
        return None
    joined = urls.join(base, said)
    return joined if urls.split(joined).netloc else None
