"""Whether what was found is what a source means.

Two facts have to agree: the title, and an author or the year. The looser the title, the more of
the rest. What a show words otherwise is accepted with the difference named; what could as well be
another paper is a candidate that a person decides. A wrong paper states a false fact on a page, a
missed one costs a look. `benchmarks/lookup.py` measures what these rules get right.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from backlist.commands.lookup import people, titles
from backlist.commands.lookup.people import Agreement
from backlist.commands.lookup.records import Found, Judged, Question
from backlist.commands.lookup.titles import Likeness

LONG = 9
"""Words of a title that hardly two papers share: there the year alone may agree."""

ENOUGH = 3
"""Authors who, all the same in one year, stand for a title that was changed in between."""

FARTHEST = 5
"""Years that the same authors may lie apart: what is later under the same title is another work,
an article's book."""

FAR = f"its year is more than {FARTHEST} years from the source's"

SHARED = 0.8
"""How much of its words a candidate shares at least; else author and year have to agree."""

AGREES, NEAR, OPEN, DISAGREES = "agrees", "near", "open", "disagrees"


def judge(question: Question, found: Sequence[Found]) -> tuple[Judged | None, list[Judged]]:
    """The work a question means, if one of those found is it; and the others, likeliest first."""
    judged = [_judge(question, one) for one in found]
    judged.sort(key=lambda one: -one.score)
    accepted = [one for one in judged if not one.against]
    exact = [one for one in accepted if "title" not in one.differs]
    whole = [one for one in exact or accepted if not one.differs]
    left = whole or exact or accepted
    if len(left) == 1:
        return left[0], [one for one in judged if one is not left[0]]
    if left:
        against = "another work agrees as well"
        again = [replace(one, against=one.against or against) for one in judged]
        return None, again
    return None, judged


def _judge(question: Question, found: Found) -> Judged:
    likeness = max(titles.compare(question.title, one) for one in found.titles)
    alike = max(titles.alike(question.title, one) for one in found.titles)
    shared = max(titles.shared(question.title, one) for one in found.titles)
    authors = people.compare(question.authors, found.authors)
    year = _year(question.year, found)
    differs = {
        "title": likeness is not Likeness.EQUAL,
        "authors": not authors.is_open and not authors.is_whole,
        "year": _is_other_year(question.year, found),
    }
    return Judged(
        found,
        _score(alike, authors, year),
        tuple(name for name, is_so in differs.items() if is_so),
        _against(question, found, likeness, authors, year),
        is_likely=shared >= SHARED or (authors.agrees and year == AGREES),
    )


def _against(
    question: Question, found: Found, likeness: Likeness, authors: Agreement, year: str
) -> str:
    """Why a work is not accepted; empty where it is."""
    if found.is_other:
        return "it is not the paper itself"
    if likeness is Likeness.EQUAL:
        return _against_equal(question, found, authors, year)
    if likeness is Likeness.NONE:
        return "the title differs"
    if likeness is Likeness.NEAR:
        name = any(titles.same_name(question.title, one) for one in found.titles)
        enough = authors.is_whole and authors.given >= ENOUGH and not authors.others
        return "" if name and enough and year == AGREES else "the title differs"
    if not authors.agrees:
        return "the title differs, and no author agrees"
    is_near = year == AGREES or (year == NEAR and likeness is not Likeness.SUBTITLE)
    return "" if is_near else "the title and the year differ"


def _against_equal(question: Question, found: Found, authors: Agreement, year: str) -> str:
    if titles.is_short(question.title):
        agree = authors.agrees and year in (AGREES, NEAR)
        return "" if agree else "many works have such a title: author and year have to agree"
    if authors.agrees:
        return "" if year != DISAGREES or _is_within(question.year, found, FARTHEST) else FAR
    if authors.is_open:
        return "" if year == AGREES else "neither an author nor the year agrees"
    is_long = titles.length(question.title) >= LONG
    return "" if year == AGREES and is_long else "its authors are others"


def _year(given: str, found: Found) -> str:
    """Whether the year a source gives is one of the work's, one beside it, or another."""
    if not years_in(given) or not found.years:
        return OPEN
    if _is_within(given, found, 0):
        years = years_in(given)
        return AGREES if max(years) - min(years) <= 1 else NEAR  # `2010-2024` says little
    return NEAR if _is_within(given, found, 1) else DISAGREES


def years_in(given: str) -> list[int]:
    """The years that a text names: `2024-2025`, `May 2017`."""
    return [int(one) for one in re.findall(r"(?<!\d)[12]\d{3}(?!\d)", given)]


def _is_within(given: str, found: Found, distance: int) -> bool:
    """Whether a year of the work is at most so many years from those a source gives."""
    first, last = min(years_in(given)) - distance, max(years_in(given)) + distance
    return any(first <= year <= last for year in found.years)


def _is_other_year(given: str, found: Found) -> bool:
    """Whether a source's year is none of the work's.

    A preprint says little of it: what came of it, a year or two later, may be listed nowhere.
    """
    if _year(given, found) == OPEN or _is_within(given, found, 0):
        return False
    after = max(years_in(given)) - found.preprint_year
    return not (found.is_preprint and 0 <= after <= 2)


def _score(alike: float, authors: Agreement, year: str) -> float:
    """How much agrees, 0 to 1: the title most, then authors, then the year."""
    parts = [(0.6, alike)]
    if not authors.is_open:
        parts.append((0.25, authors.share))
    if year != OPEN:
        parts.append((0.15, {AGREES: 1.0, NEAR: 0.5}.get(year, 0.0)))
    # What is open is not agreement: it weighs half, as neither.
    total = sum(weight for weight, _ in parts)
    known = sum(weight * value for weight, value in parts)
    return round(known + (1 - total) * 0.5, 2)
