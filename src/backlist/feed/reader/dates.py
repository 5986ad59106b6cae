"""Publication dates of feeds: RFC 822 with the offset kept, and the forms feeds write instead.

Not dateutil and not dateparser: both fill in what is missing ("10", "next week") from today's
date, and a date that nobody wrote would reorder an archive.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from backlist.model.scalars import Moment, moment
from backlist.problems import Problems, Where

_ZONES = {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9, "AEST": 10, "AEDT": 11}
_ZONE = re.compile(r"\s([A-Z]{2,5})\s*\Z")
_KNOWN = frozenset(["UT", "UTC", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"])


def read_date(said: str, where: Where, problems: Problems) -> Moment | None:
    """The moment a `pubDate` names, or None with a warning.

    RFC 822, section 5, knows the zone names of North America; a few more are taken here, and an
    unknown one is read as UTC and reported.
    """
    flat = " ".join(said.split())
    zone = _ZONE.search(flat)
    if zone and zone[1] not in _KNOWN:
        if zone[1] not in _ZONES:
            problems.warning(where, f"unknown time zone `{zone[1]}`; read as UTC", "check the date")
        offset = timedelta(hours=_ZONES.get(zone[1], 0))
        found = _parse(flat[: zone.start()])
        if found is None:
            _refuse(said, where, problems)
            return None
        return Moment(found.replace(tzinfo=timezone(offset) if offset else UTC))
    found = _parse(flat)
    if found is not None:
        return Moment(found if found.tzinfo else found.replace(tzinfo=UTC))
    try:
        return moment(flat)
    except ValueError:
        _refuse(said, where, problems)
        return None


def _parse(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _refuse(said: str, where: Where, problems: Problems) -> None:
    problems.warning(
        where,
        f'the publication date cannot be read: "{" ".join(said.split())}"',
        "write `date:` into the record, such as 2026-03-18T06:30:00+01:00",
    )
