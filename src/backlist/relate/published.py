"""Where a source words a work otherwise than the publication: title, authors, year.

Only what somebody looked up can tell (`status:` in `content/works.yaml`). A source that leaves
authors out behind "et al.", writes initials, or gives a span of years that holds the right one,
does not differ.
"""

import re
from collections.abc import Iterator

from backlist.model import Source
from backlist.parse.features import identity
from backlist.relate.records import Published, Work


def differences(source: Source, authors: str | None, work: Work) -> Published | None:
    """How the publication differs from what a source says; None where it does not.

    `authors` are those the source gives, where they name somebody.
    """
    if work.status is None or not work.status.verdict.is_found:
        return None
    found = Published(
        year=work.year,
        title=work.title if _is_other_title(source.title, work.title) else None,
        authors=work.authors if _are_others(authors, work.authors) else None,
    )
    differs = found.title or found.authors or _is_other_year(source.year, work.year)
    return found if differs else None


def _is_other_title(given: str | None, published: str | None) -> bool:
    if not given or not published:
        return False
    return identity.title_words(given) != identity.title_words(published)


def _is_other_year(given: str | None, published: str | None) -> bool:
    """Whether a year lies outside those given: `2024-2025` is all from the first to the last."""
    said, real = _years(given), _years(published)
    return bool(said and real) and not min(said) <= real[0] <= max(said)


def _years(text: str | None) -> list[int]:
    return [int(found) for found in re.findall(r"(?<!\d)[12]\d{3}(?!\d)", text or "")]


_OTHERS = re.compile(r"\bet\.?\s*al\b\.?|\b(?:and|&)\s+others\b\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;&]|\band\b", re.IGNORECASE)


def _are_others(given: str | None, published: str | None) -> bool:
    """Whether a list of authors names somebody else, or leaves somebody out as if it were whole."""
    if not given or not published:
        return False
    real = list(_people(published))
    said = list(_people(given))
    if any(not any(_agree(one, other) for other in real) for one in said):
        return True
    named = [other for other in real if any(_agree(one, other) for one in said)]
    return not _OTHERS.search(given) and len(named) < len(real) and not _OTHERS.search(published)


def _people(text: str) -> Iterator[list[str]]:
    """The words of each name in a list, without initials and what stands in brackets."""
    plain = _OTHERS.sub("", re.sub(r"\([^)]*\)", "", text))
    for part in _BETWEEN.split(plain):
        words = [word for word in identity.title_words(part) if len(word) > 1]
        if words:
            yield words


def _agree(one: list[str], other: list[str]) -> bool:
    """Whether two names may be one person's: one holds the other, or a name and an initial."""
    if set(one) <= set(other) or set(one) >= set(other) or "".join(one) == "".join(other):
        return True
    return bool(set(one) & set(other)) and one[0][0] == other[0][0]
