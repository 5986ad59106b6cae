"""Items as RIS, for Zotero, EndNote, Mendeley and reference managers older than these.

RIS Format Specifications (Research Information Systems, 2001 and 2011): a line a value, `TAG`,
two spaces, a hyphen, a space; lines end in CR LF. UTF-8 and any character, as every reader of
today expects, not Windows ANSI as in 2001. No library writes it: rispy's writer numbers the
records and leaves line breaks in them.
"""

from collections.abc import Iterable, Iterator

from backlist.pages.citations.items import Item, remarks
from backlist.pages.citations.names import Name

TYPES = {
    "broadcast": "SOUND",
    "paper-conference": "CPAPER",
    "webpage": "ELEC",
}
"""Type of reference by CSL type; the others are `GEN`, generic."""


def write(items: Iterable[Item]) -> str:
    """The items as one `.ris` file."""
    return "".join(f"{tag}  - {value}\r\n" for item in items for tag, value in _lines(item))


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", TYPES.get(item.type, "GEN")
    yield from ((tag, value) for tag, value in _values(item) if value)
    yield "ER", ""


def _values(item: Item) -> Iterator[tuple[str, str]]:
    """Every value there is a tag for, the unknown ones empty."""
    yield "ID", item.id
    yield from (("AU", _name(name)) for name in item.author.people)
    yield "AU", "et al." if item.author.others else ""
    yield "TI", item.title
    yield "T2", item.container_title
    yield "M3", item.genre
    yield "PB", item.publisher
    yield "PY", f"{item.issued[0]:04}" if item.issued else ""
    yield "DA", "/".join(f"{part:02}" for part in item.issued) if len(item.issued) > 1 else ""
    yield "IS", "" if item.arxiv else item.number
    yield "AN", item.number if item.arxiv else ""
    yield "DO", item.doi
    yield "UR", item.url.replace(";", "%3B")  # a semicolon would begin a second address
    yield "LA", item.language
    yield "N1", remarks(item)


def _name(name: Name) -> str:
    """A name as `Last, First, Suffix`."""
    parts = f"{name.last}, {name.given}, {name.suffix}".rstrip(" ,")
    return name.literal or parts
