"""The text of a page whose encoding it says, or does not say (HTML, 13.2.3.2).

Servers send pages as UTF-8 whatever they say of themselves (GitHub Pages does), so a copy of ours
is always UTF-8; a byte order mark outweighs what the page still says.
"""

import re
from collections.abc import Iterator

import webencodings

MARK = "\ufeff"
SAID_WITHIN = 1024
"""Bytes at the beginning of a page in which a browser looks for its encoding."""

_META = re.compile(rb"""<meta[^<>]*?charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)


def inside(tag: str, page: str) -> Iterator[str]:
    """What stands between the tags of each element of one name; one that never ends is none.

    A pattern for both tags would look for an end from every beginning, which takes the square.
    """
    opening = re.compile(rf"<{tag}\b[^<>]*>", re.IGNORECASE)
    ending = re.compile(rf"</{tag}", re.IGNORECASE)
    first = opening.search(page)
    while first and (last := ending.search(page, first.end())):
        yield page[first.end() : last.start()]
        first = opening.search(page, last.end())


def text(page: bytes) -> str:
    """A page as text; bytes that its encoding does not know in UTF-8 come back when it is encoded.

    The line feeds and a byte order mark in UTF-8 are as they were.
    """
    if is_utf8(page):
        return page.decode("utf-8", "surrogateescape")
    return str(webencodings.decode(page, _fallback(page), errors="replace")[0])


def is_utf8(page: bytes) -> bool:
    """Whether a page is UTF-8 already: by its mark, by what it says, or by being nothing else."""
    return name(page) == "utf-8"


def name(page: bytes) -> str:
    """The encoding of a page, as the Encoding Standard calls it."""
    if page.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if page.startswith((b"\xfe\xff", b"\xff\xfe")):
        return "utf-16"
    return str(_fallback(page).name)


def _fallback(page: bytes) -> webencodings.Encoding:
    said = _META.search(_COMMENT.sub(b"", page[:SAID_WITHIN]))
    found = webencodings.lookup(said[1].decode("ascii", "replace")) if said else None
    if found is not None:
        # A page that could say so in ASCII is no UTF-16.
        return webencodings.UTF8 if found.name.startswith("utf-16") else found
    try:
        page.decode()
    except UnicodeDecodeError:
        return webencodings.lookup("windows-1252")
    return webencodings.UTF8
