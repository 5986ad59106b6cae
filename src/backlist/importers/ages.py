"""When an episode appeared, in the words of a directory page: `4D AGO`, `MAR 18`, a full date.

A relative age is no date until somebody says on which day the page was saved.
"""

import re
from datetime import date, timedelta

from backlist.model.scalars import Moment, moment

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY}{_YEAR}",
        rf"{_DAY}\s+{_MONTH}{_YEAR}",
    )
)
_RELATIVE = re.compile(
    r"(?P<count>\d{1,3})\s*"
    r"(?P<unit>m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?"
    r"|mo(?:n(?:th)?s?)?|y(?:(?:ea)?rs?)?)\s+ago",
    re.IGNORECASE,
)
_DAYS = {"m": 0, "h": 0, "d": 1, "w": 7}
_WORDS = {"just now": 0, "today": 0, "yesterday": 1}


def is_age(text: str) -> bool:
    """Whether a line says nothing but when an episode appeared."""
    text = text.strip()
    return bool(
        text.lower() in _WORDS
        or _RELATIVE.fullmatch(text)
        or re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)
        or any(form.fullmatch(text) for form in _FORMS)
    )


def is_relative(text: str) -> bool:
    """Whether an age needs the day the page was saved: it is counted back, or has no year."""
    return is_age(text) and date_of(text, None) is None


def date_of(text: str, as_of: date | None) -> Moment | None:
    """The day an age means, or None where that is not certain.

    Hours, days and weeks are counted back from `as_of`; months and years ago name no day. A day
    without a year is the last such day up to `as_of`.
    """
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return _on(*map(int, text.split("-")))
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            month = 1 + _MONTHS.index(match["month"][:3].lower())
            return _calendar(match["year"], month, int(match["day"]), as_of)
    return None if as_of is None else _count_back(text.lower(), as_of)


def _calendar(year: str | None, month: int, day: int, as_of: date | None) -> Moment | None:
    if year:
        return _on(int(year), month, day)
    if as_of is None:
        return None
    this_year = (month, day) <= (as_of.month, as_of.day)
    return _on(as_of.year if this_year else as_of.year - 1, month, day)


def _on(year: int, month: int, day: int) -> Moment | None:
    try:
        return moment(date(year, month, day).isoformat())
    except ValueError:
        return None


def _count_back(text: str, as_of: date) -> Moment | None:
    if text in _WORDS:
        return moment((as_of - timedelta(days=_WORDS[text])).isoformat())
    match = _RELATIVE.fullmatch(text)
    if match is None or match["unit"].startswith("mo") or match["unit"][0] not in _DAYS:
        return None
    days = _DAYS[match["unit"][0]] * int(match["count"])
    if match["unit"][0] == "h":
        days = int(match["count"]) // 24
    return moment((as_of - timedelta(days=days)).isoformat())
