"""Citation keys: what a person types to cite an item in LaTeX or Markdown.

A key is small ASCII letters and digits, `zhang2023h2o`, and follows from the item alone. Two
items of one key are told apart by a hyphen and the head of a digest of what each of them is, so
that neither their order nor a third of that key changes them.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from backlist import urls

MARK = 4
"""Letters of the digest that tell two keys apart; more where these are the same."""

SHOW_LENGTH = 24
"""Letters of a show's title in a key, whole words."""

_SMALL = re.compile(r"an?|and|are|as|at|by|for|from|how|in|is|of|on|or|the|to|via|what|with")


def of_work(author: str, year: int | None, title: str, ident: str) -> str:
    """First author, year, first word of the title; without author, two words of the title.

    >>> of_work("Zhang", 2023, "H2O: Heavy-Hitter Oracle", ""), of_work("", None, "", "arxiv:1.2")
    ('zhang2023h2o', 'arxiv12')
    """
    who, words = _letters(author), _words(title)
    if not who and not words:
        return _letters(ident) or "work"
    if not who:
        who, words = words[0], words[1:]
    return f"{who}{year or ''}{words[0] if words else ''}"


def of_episode(show: str, year: int | None, slug: str) -> str:
    """The show, the year, the first two words of the slug."""
    return f"{_of_show(show)}{year or ''}{''.join(_words(slug)[:2])}"


@cache
def _of_show(title: str) -> str:
    parts = urls.slug_of(title).split("-")
    who = parts[0]
    for part in parts[1:]:
        if len(who) + len(part) > SHOW_LENGTH:
            break
        who += part
    return who or "episode"


def first_word(text: str) -> str:
    """The first word of a text that says something, empty if there is none."""
    return next(iter(_words(text)), "")


def told_apart(wanted: Mapping[str, str]) -> dict[str, str]:
    """The key of each thing, unique: `wanted` maps what it is to the key it would like."""
    groups: dict[str, list[str]] = defaultdict(list)
    for ident, key in wanted.items():
        groups[key].append(ident)
    return {
        ident: key if len(idents) == 1 else f"{key}-{mark}"
        for key, idents in groups.items()
        for ident, mark in _marks(idents).items()
    }


def _marks(idents: Iterable[str]) -> dict[str, str]:
    digests = {
        ident: hashlib.sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()
        for ident in idents
    }
    length = MARK
    while len({digest[:length] for digest in digests.values()}) < len(digests):
        length += 1
    return {ident: digest[:length] for ident, digest in digests.items()}


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", urls.slug_of(text))


def _words(text: str) -> list[str]:
    """The words of a title that say something, or all of them if none does."""
    words = re.findall(r"[a-z0-9]+", text if _is_slug(text) else urls.slug_of(text))
    return [word for word in words if not _SMALL.fullmatch(word)] or words


def _is_slug(text: str) -> bool:
    """Whether `slug_of` would leave a text as it is, which it takes its time to find."""
    short = len(text) <= urls.SLUG_LENGTH
    return short and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) is not None
