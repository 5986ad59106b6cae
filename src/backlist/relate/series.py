"""Which titles are of one series: `Potluck — …`, `My Story: …`, `… part 2`."""

import re
from collections import Counter
from collections.abc import Sequence

_LEAD = re.compile(r"(.{3,30}?)\s*(?: [-–×|] |—|: )")
_PART = re.compile(
    r"(?<![\s,:–-])[\s,:–-]*\(?\b(?:part|pt|episode|ep|vol|round)\.?\s*(?:\d+|[ivx]+|one|two|three|four)\b.*$"
)
_LEAST = 3
"""A lead this many titles begin with is a series."""


def of(titles: Sequence[str]) -> list[str | None]:
    """The series of each title, or None."""
    leads = [_lead(title) for title in titles]
    counted = Counter(lead for lead in leads if lead)
    return [
        lead if lead and counted[lead] >= _LEAST else _part(title)
        for lead, title in zip(leads, titles, strict=True)
    ]


def _lead(title: str) -> str | None:
    match = _LEAD.match(title.strip().casefold())
    return re.sub(r"\d+", "", match[1]).strip() or None if match else None


def _part(title: str) -> str | None:
    folded = title.strip().casefold()
    whole = _PART.sub("", folded)
    return whole if whole != folded and len(whole) > 3 else None
