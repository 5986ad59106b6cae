"""Items as CSL-JSON, for citeproc, pandoc and Zotero (CSL 1.0.2, input schema `csl-data.json`)."""

import json
from collections.abc import Iterable
from typing import Any

from backlist.pages.citations.items import Item
from backlist.pages.citations.names import Name

OTHERS = {"literal": "others"}
"""The last name where there are more: CSL-JSON has no mark for it, and without one the first
author would look like the only one. BibTeX's word, as pandoc writes and reads it."""


def write(items: Iterable[Item]) -> str:
    """The items as one JSON list, a line an item, keys sorted."""
    lines = (json.dumps(record(item), ensure_ascii=False, sort_keys=True) for item in items)
    return "[" + ",\n ".join(lines) + "]\n"


def record(item: Item) -> dict[str, Any]:
    """One item with the variables that are known (CSL 1.0.2, appendix IV)."""
    people = [_name(name) for name in item.author.people]
    known = {
        "title": item.title,
        "author": [*people, *([OTHERS] if item.author.others else [])],
        "guest": [_name(name) for name in item.guest],
        "issued": {"date-parts": [list(item.issued)]} if item.issued else None,
        "container-title": item.container_title,
        "publisher": item.publisher,
        "genre": item.genre,
        "number": item.number,
        "dimensions": item.dimensions,
        "language": item.language,
        "URL": item.url,
        "DOI": item.doi,
        "note": item.note,
    }
    return {"id": item.id, "type": item.type} | {name: got for name, got in known.items() if got}


def _name(name: Name) -> dict[str, str]:
    """A name in CSL's parts; a particle stays with the family name (`non-dropping-particle`)."""
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: text for part, text in parts.items() if text}
