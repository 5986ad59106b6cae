"""Records of several services as works: a paper, its preprint and its second DOI are one.

Records are one where they share an identifier, where a service says so, or where they bear one
title, in years near each other, and have authors in common. Never by title alone.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from backlist.commands.lookup import people, titles
from backlist.commands.lookup.records import Author, Form, Found, Record

YEARS_APART = 3
"""Between a preprint and what came of it there are seldom more years."""

MOST_COMPARED = 50
"""Authors that are compared; a collaboration has thousands, and the same first ones."""

MOST_AUTHORS = 20
"""Authors that are written out; of more, only so many."""


def join(records: Sequence[Record], years: Sequence[int] = ()) -> list[Found]:
    """The works that records are of, in the order of their first records.

    Of two publications of one work, such as a talk and its article, that of `years` is it.
    """
    groups: list[list[Record]] = []
    for record in records:
        if not titles.key(record.title):
            continue
        mine = [group for group in groups if any(_is_same(record, one) for one in group)]
        groups = [group for group in groups if not any(group is one for one in mine)]
        groups.append([*(one for group in mine for one in group), record])
    order = {id(record): place for place, record in enumerate(records)}
    groups.sort(key=lambda group: min(order[id(one)] for one in group))
    notices = {doi for record in records for doi in record.retracts}
    return [_found(sorted(group, key=partial(_rank, years)), notices) for group in groups]


def _is_same(one: Record, other: Record) -> bool:
    if Form.OTHER in (one.form, other.form) and one.form is not other.form:
        return False  # slides and data of a paper bear its title, and are not it
    if (one.keys | one.related) & other.keys or (other.keys | other.related) & one.keys:
        return True
    near = not one.year or not other.year or abs(one.year - other.year) <= YEARS_APART
    return near and _same_title(one, other) and _same_people(one.authors, other.authors)


def _same_title(one: Record, other: Record) -> bool:
    mine = {titles.key(one.title), titles.key(one.full_title)}
    return bool(mine & {titles.key(other.title), titles.key(other.full_title)})


def _same_people(one: Sequence[Author], other: Sequence[Author]) -> bool:
    """Whether two lists of authors are of one paper: the first, or half of the shorter, agree."""
    if not one or not other:
        return False
    one, other = one[:MOST_COMPARED], other[:MOST_COMPARED]
    fewer, more = sorted((one, other), key=len)
    shared = sum(people.has(more, author) for author in fewer)
    return shared > 0 and (people.has(other[:1], one[0]) or 2 * shared >= len(fewer))


def _found(group: Sequence[Record], notices: set[str]) -> Found:
    """One work of its records, of which the first is the publication."""
    best = group[0]
    preprints = [one for one in group if one.form is Form.PREPRINT]
    published = [one for one in group if one.form is not Form.PREPRINT]
    arxiv = best.arxiv or next((one.arxiv for one in group if one.arxiv), "")
    arxiv = arxiv or _named("arxiv", group)
    doi = best.doi or next((one.doi for one in published if one.doi), "")
    # arXiv knows the DOI of what came of a preprint.
    later = _named("doi", group) if best.form is Form.PREPRINT and not doi else ""
    doi = doi or later
    return Found(
        title=_shown_title(group),
        titles=tuple(dict.fromkeys(_titles(group))),
        # Some services know only the first author.
        authors=max((one.authors for one in group), key=len),
        year=best.year or next((one.year for one in group if one.year), 0),
        years=frozenset(one.year for one in group if one.year),
        venue=titles.shown(best.venue or next((o.venue for o in published if o.venue), "")),
        url=_address(doi, arxiv, best, published),
        doi=doi,
        arxiv=arxiv,
        is_preprint=not published and not later,
        preprint_year=min((one.year for one in preprints if one.year), default=0),
        is_other=best.form is Form.OTHER,
        services=tuple(dict.fromkeys(one.service for one in group)),
        seen=tuple(dict.fromkeys(one.seen for one in group if one.seen)),
        retracted=_retracted(group, published, notices),
    )


def _rank(years: Sequence[int], record: Record) -> tuple[int, bool, bool, int, int]:
    """The publication before its preprint, what has a DOI and authors before what has none."""
    order = (Form.PUBLISHED, Form.BOOK, Form.PREPRINT, Form.OTHER)
    away = min((abs(record.year - year) for year in years), default=0)
    known = not record.doi, not record.authors
    return order.index(record.form), *known, away, record.year or 9999


def _shown_title(group: Sequence[Record]) -> str:
    """The title of the publication; in capitals only where all have it so."""
    wanted = titles.key(group[0].full_title)
    same = [titles.shown(o.full_title) for o in group if titles.key(o.full_title) == wanted]
    quiet = [title for title in same if not title.isupper()]
    return (quiet or same)[0]


def _named(kind: str, group: Iterable[Record]) -> str:
    """An identifier that records only refer to."""
    keys = sorted(key for one in group for key in one.related if key.startswith(f"{kind}:"))
    return keys[0].partition(":")[2] if keys else ""


def _titles(group: Iterable[Record]) -> Iterable[str]:
    for one in group:
        yield from (one.full_title, one.title)


def _address(doi: str, arxiv: str, best: Record, published: Sequence[Record]) -> str:
    if doi:
        return f"https://doi.org/{doi}"
    elsewhere = [one.url for one in (best, *published) if one in published and one.url]
    return next(iter(elsewhere), f"https://arxiv.org/abs/{arxiv}" if arxiv else best.url)


def _retracted(group: Sequence[Record], published: Sequence[Record], notices: set[str]) -> str:
    """Why a work is retracted; a preprint that was withdrawn for its publication is not."""
    for one in published or group:
        if one.retracted:
            return one.retracted
        if one.doi and one.doi in notices:
            return "retracted by a notice at Crossref"
    return ""
