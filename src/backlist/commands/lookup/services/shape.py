"""Reading JSON of the documented shape: what has another shape is not understood.

Values inside a record are forgiving, for services keep what was deposited: a number for a text,
a missing list. That the answer as a whole is another one is an error.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from backlist.commands.lookup import titles
from backlist.parse.features import identity

Json = Mapping[str, Any]
ROWS = 8
"""Answers wanted of a service; what is meant is seldom further down."""

MOST_WORDS = 12
"""Words of a title that are searched for."""


def document(data: bytes) -> Json:
    """An answer as a mapping; raises `ValueError` where it is none."""
    found = json.loads(data)
    if not isinstance(found, dict):
        raise ValueError("is no object")
    return found


def mapping(value: object) -> Json:
    """A value where an object belongs; empty for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> Iterator[Json]:
    """The objects of a list; nothing for anything else."""
    yield from (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def text(value: object) -> str:
    """A text on one line; the first of a list; empty for anything else."""
    if isinstance(value, list):
        value = next(iter(value), "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def name(value: object) -> str:
    """A name without the markup that was deposited with it; empty for anything else."""
    return titles.shown(text(value))


def number(value: object) -> int:
    """A year; 0 for anything else."""
    written = str(value) if isinstance(value, int | str) else ""
    return int(written) if re.fullmatch(r"[12]\d{3}", written) else 0


def doi_key(value: object) -> tuple[str, str]:
    """A DOI, bare or as an address, as its key: `("doi", …)`, of arXiv's own `("arxiv", …)`."""
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text(value), flags=re.I)
    found = identity.ids(f"https://doi.org/{quote(bare, safe='/:()')}") if bare else {}
    return next(iter(found.items()), ("", ""))


def key(value: object) -> str:
    """A DOI as `doi:…` or `arxiv:…`; empty for anything else."""
    kind, ident = doi_key(value)
    return f"{kind}:{ident}" if ident else ""


def search_words(title: str) -> list[str]:
    """The words a title is searched for by: the longest, in their order, each once.

    What remains of signs, and short words, are left out where there are others.
    """
    every = titles.words(title)
    long = [word for word in every if len(word) > 2 or not word.isascii()]
    plain = long if len(long) > 2 else every
    kept = sorted(set(plain), key=lambda word: (-len(word), word))[:MOST_WORDS]
    return [word for word in dict.fromkeys(plain) if word in kept and word not in _OPERATORS]


_OPERATORS = ("and", "or", "not", "to")
"""What a query would take for more than a word."""
