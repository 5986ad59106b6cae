"""Dates, lengths, counts and sizes as a reader reads them."""

import calendar

from backlist.render.views import DateView
from backlist.scalars import Moment, clock

_MONTHS = tuple(calendar.month_name)


def day(moment: Moment | None, *, approximate: bool = False) -> DateView | None:
    """The day of a moment, in the offset it was given in."""
    if moment is None:
        return None
    when = moment.instant
    text = f"{when.day} {_MONTHS[when.month]} {when.year}"
    return DateView(when.date().isoformat(), text, approximate)


def month(number: int) -> str:
    """The name of a month, 1 to 12."""
    return _MONTHS[number]


def duration(length: int | None) -> str:
    """`42 min` from two minutes on, the clock below; empty when unknown or zero."""
    if not length:
        return ""
    if length < 120:
        return clock(length)
    hours, minutes = divmod(round(length / 60), 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"


def size(length: int | None) -> str:
    """A file's size in MB, a small one's in KB; empty when unknown."""
    if not length:
        return ""
    return f"{length / 1_000_000:.1f} MB" if length >= 100_000 else f"{length / 1000:.0f} KB"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "episode"), count(3, "episode")
    ('1 episode', '3 episodes')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", "\u202f")


def cut(text: str, most: int) -> str:
    """A text cut at a word to at most `most` characters, with an ellipsis when it was cut."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–—-") + "…"
