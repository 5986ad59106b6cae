"""Publication dates of feeds: RFC 822 with the offset kept, and the forms people write instead.

dateutil reads day and time. It fills in what is missing ("10", "March 2024") from a date of its
own, and a date that nobody wrote would reorder an archive: it is asked twice, with two such
dates, and only what both answers share was written. The zone is read here, because dateutil
passes over a name it does not know.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil.parser import parse, parserinfo

from backlist.model.scalars import Moment
from backlist.problems import Problems, Where

_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0.0),
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "NST": -3.5,
    "NDT": -2.5,
    "WEST": 1,
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EET": 2,
    "SAST": 2,
    "EEST": 3,
    "MSK": 3,
    "KST": 9,
    "JST": 9,
    "AWST": 8,
    "ACST": 9.5,
    "ACDT": 10.5,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
}
"""Hours east of Greenwich: the names of RFC 822, section 5, and others that mean one zone only."""

_CLOCK = re.compile(
    r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[AP]\.?M\b\.?)?|\b\d{1,2}\s*[AP]M\b|(?<=\d)T\d{4}(?:\d\d)?(?!\d)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?P<zone>.*?)(?P<year>\s\d{4})?")
_OFFSET = re.compile(r"(?:(?:GMT|UTC?)\s?)?([+−-])\s?(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_NOTE = re.compile(r"\s*\(([^()]*)\)\Z")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d\d)\b")
_DEFAULTS = (datetime(2000, 1, 1), datetime(2003, 2, 2, 3, 4, 5))
_LONGEST = 100


class _Years(parserinfo):
    """Two digits stand for the same year whenever they are read (RFC 2822, section 4.3)."""

    def convertyear(self, year: int, century_specified: bool = False) -> int:
        """The whole year."""
        return year if century_specified or year > 99 else year + (2000 if year < 50 else 1900)


def read_date(said: str, where: Where, problems: Problems) -> Moment | None:
    """The moment a `pubDate` names, or None with a warning.

    A time whose zone is missing or unknown is read as UTC, with a warning.
    """
    flat = " ".join(said.split())
    clock = _CLOCK.search(flat)
    after = _AFTER.fullmatch(flat[clock.end() :]) if clock else None
    zone = after["zone"].strip(" ,") if after else ""
    found = _parse(flat[: clock.end()] + (after["year"] or "") if clock and after else flat)
    if found is None or found.day_only == (clock is not None):
        problems.warning(
            where,
            f'the publication date cannot be read: "{flat}"',
            "write `date:` into the record, such as 2026-03-18T06:30:00+01:00",
        )
        return None
    if re.fullmatch(r"(?:GMT|UTC?)\s?[+−-]\s?[0-9]{1,2}", zone, re.IGNORECASE):
        problems.warning(
            where,
            f'`{zone}` is read as hours before or after UTC, `+` as east: "{flat}"',
            "a few systems mean the opposite: check `date:` in the record",
        )
    return found if found.day_only else _place(found, zone, flat, where, problems)


def _parse(text: str) -> Moment | None:
    """Day and time without a zone; None where a part is missing, impossible, or ambiguous."""
    numeric = _NUMERIC.search(text)
    # With dots the day comes first everywhere; with slashes only a number over 12 tells.
    if numeric and numeric[2] != "." and max(int(numeric[1]), int(numeric[3])) <= 12:
        return None
    first = numeric is not None and numeric[2] == "."
    try:
        one, other = (
            parse(text, _Years(dayfirst=first), default=default, ignoretz=True)
            for default in _DEFAULTS
            if len(text) < _LONGEST
        )
    except (ValueError, OverflowError):
        return None
    if one.date() != other.date():
        return None
    return Moment(one.replace(tzinfo=UTC), day_only=one.hour != other.hour)


def _place(found: Moment, zone: str, flat: str, where: Where, problems: Problems) -> Moment:
    """The time where its zone has it."""
    local = found.instant
    known = _read_zone(zone)
    if known is None:
        wrong = f"unknown time zone `{zone}`" if zone else "no time zone is named"
        problems.warning(where, f'{wrong}; read as UTC: "{flat}"', "check `date:` in the record")
        return found
    offset = local.replace(tzinfo=known).utcoffset() or timedelta()
    return Moment(local.replace(tzinfo=timezone(offset) if offset else UTC))


def _read_zone(said: str) -> tzinfo | None:
    """`-0400`, `GMT+2`, `EDT`, `Europe/Berlin`, `GMT-0400 (EDT)`; None for one that is not known.

    `GMT+2` is east of Greenwich, as in all but POSIX.
    """
    note = _NOTE.search(said)
    bare = said[: note.start()] if note else said
    if note and not bare:
        return _read_zone(note[1])
    offset = _OFFSET.fullmatch(bare)
    if offset:
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        east = timedelta(hours=hours, minutes=minutes)
        return timezone(east if offset[1] == "+" else -east)
    if bare.upper() in _ZONES:
        return timezone(timedelta(hours=_ZONES[bare.upper()]))
    try:
        return ZoneInfo(bare) if "/" in bare else None
    except (ValueError, OSError, KeyError):
        return None
