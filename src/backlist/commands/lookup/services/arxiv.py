"""arXiv API, `/api/query`, which answers in Atom (info.arxiv.org, "API User's Manual")."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from lxml import etree

from backlist.commands.lookup import titles
from backlist.commands.lookup.records import Author, Form, Found, Question, Record
from backlist.commands.lookup.services import shape
from backlist.feed.reader.xml import SAFE
from backlist.parse.features import identity

_SPACES = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}
_OF_IT = re.compile(
    r"\b(?:this|the|our)\s+(?:\w+\s+)?(?:paper|article|submission|manuscript|preprint|work|version)"
    r"\s+(?:has|have|was|is|had)\b[^.]*\b(?:withdrawn|retracted)\b|^\W*(?:withdrawn|retracted)\b",
    re.IGNORECASE,
)
MOST_WORDS = 8


def search(base: str, question: Question) -> str:
    """The address that asks for the longest words of a title."""
    words = sorted(shape.search_words(question.title), key=len, reverse=True)[:MOST_WORDS]
    asked = " AND ".join(f"ti:{word}" for word in words)
    return f"{base}/api/query?{urlencode({'search_query': asked, 'max_results': shape.ROWS})}"


def by_id(base: str, found: Sequence[Found]) -> str:
    """The address of several articles; empty where none is at arXiv."""
    ids = sorted(filter(None, (one.arxiv for one in found)))
    asked = {"id_list": ",".join(ids), "max_results": len(ids)}
    return f"{base}/api/query?{urlencode(asked)}" if ids else ""


def read(data: bytes) -> list[Record]:
    """The entries of a feed. Raises `ValueError`, also where the one entry is an error."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as error:
        raise ValueError("is no XML") from error
    if root.tag != f"{{{_SPACES['a']}}}feed":
        raise ValueError("is no feed")
    entries = root.findall("a:entry", _SPACES)
    if any("/api/errors" in _text(entry, "a:id") for entry in entries):
        raise ValueError("is an error")
    return [one for one in map(_record, entries) if one.arxiv]


def _record(entry: Any) -> Record:
    arxiv = identity.ids(_text(entry, "a:id").replace("http://", "https://")).get("arxiv", "")
    comment, summary = _text(entry, "x:comment"), _text(entry, "a:summary")
    title, is_marked = titles.without_mark(_text(entry, "a:title"))
    is_withdrawn = is_marked or bool(_OF_IT.search(comment) or _OF_IT.search(summary[:300]))
    address = f"https://arxiv.org/abs/{arxiv}"
    return Record(
        service="arXiv",
        title=title,
        authors=tuple(_authors(entry)),
        year=shape.number(_text(entry, "a:published")[:4]),
        form=Form.PREPRINT,
        arxiv=arxiv,
        url=address,
        seen=address,
        related=frozenset(filter(None, [shape.key(_text(entry, "x:doi"))])),
        retracted="withdrawn at arXiv" if is_withdrawn else "",
    )


def _text(entry: Any, path: str) -> str:
    return shape.text(entry.findtext(path, "", _SPACES))


def _authors(entry: Any) -> Iterator[Author]:
    for one in entry.findall("a:author", _SPACES):
        if name := shape.name(_text(one, "a:name")):
            yield Author(name)
