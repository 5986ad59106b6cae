"""Dates, lengths, counts and sizes as a reader reads them."""

import unicodedata
from datetime import date

from backlist import locale
from backlist.model import Labels
from backlist.model.scalars import Moment, clock
from backlist.pages.views import DateView

ENGLISH = Labels()

counted, figure, listed = locale.counted, locale.figure, locale.listed


def day(
    moment: Moment | None, labels: Labels = ENGLISH, *, approximate: bool = False
) -> DateView | None:
    """The day of a moment, in the offset it was given in."""
    if moment is None:
        return None
    when = moment.instant
    if _by_language(labels, "date", "months"):
        text = locale.day(when.date(), labels.language)
    else:
        named = month(when.month, labels)
        text = labels.date.format(day=when.day, month=named, year=when.year)
    said = labels.around.format(date=text) if approximate else text
    return DateView(when.date().isoformat(), said, approximate)


def _by_language(labels: Labels, *names: str) -> bool:
    """Whether the language writes it: not English, and the show has no words of its own for it."""
    return bool(labels.language) and not any(map(labels.is_own, names))


def month(number: int, labels: Labels = ENGLISH) -> str:
    """The name of a month, 1 to 12."""
    if _by_language(labels, "months"):
        return locale.month(number, labels.language)
    return labels.months.split(",")[number - 1].strip()


def short_month(number: int, labels: Labels = ENGLISH) -> str:
    """The name of a month, cut to as many letters (three or more) as tell all twelve apart."""
    if _by_language(labels, "months"):
        return locale.month(number, labels.language, "abbreviated")
    names = [month(one, labels) for one in range(1, 13)]
    apart = (most for most in range(3, 20) if len({name[:most] for name in names}) == 12)
    return names[number - 1][: next(apart, 20)]


def day_and_month(when: date, labels: Labels, width: locale.Width = "wide") -> str:
    """A day without its year."""
    if _by_language(labels, "date", "months"):
        return locale.day_and_month(when, labels.language, width)
    name = month if width == "wide" else short_month
    return f"{when.day} {name(when.month, labels)}"


def year(number: int, labels: Labels) -> str:
    """A year, in the digits of the language."""
    return plain(number, labels)


def plain(number: int | str, labels: Labels) -> str:
    """A number that names something, as of a season: not in groups, in digits of the language."""
    return locale.digits(str(number), labels.language)


def duration(length: int | None, labels: Labels = ENGLISH) -> str:
    """`42 min` from two minutes on, the clock below; empty when unknown or zero."""
    if not length:
        return ""
    if length < 120:
        return clock(length)
    if _by_language(labels, "minutes", "hours"):
        return locale.duration(round(length / 60), labels.language)
    hours, minutes = divmod(round(length / 60), 60)
    if not hours:
        return labels.minutes.format(m=minutes)
    return labels.hours.format(h=hours, m=f"{minutes:02}")


def size(length: int | None, labels: Labels = ENGLISH) -> str:
    """A file's size; empty when unknown.

    >>> size(66_400), size(2_000_000), size(400), size(None)
    ('66 kB', '2.0 MB', '1 kB', '')
    """
    if not length:
        return ""
    if _by_language(labels, "kilobytes", "megabytes"):
        return locale.size(length, labels.language)
    if length < 1_000_000:
        return labels.kilobytes.format(n=max(1, round(length / 1000)))
    return labels.megabytes.format(n=f"{length / 1_000_000:.1f}")


def role(name: str, labels: Labels) -> str:
    """What somebody does in an episode; the commonest roles have words of the show's own.

    So have those that an import gives people whom a feed names without one.
    """
    known = {
        "host": labels.host,
        "guest": labels.guest,
        "contributor": labels.contributor,
        "author": labels.author,
    }
    return known.get(name.lower(), name)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "episode"), count(3, "episode")
    ('1 episode', '3 episodes')
    """
    return f"{figure(number)} {one if number == 1 else many or one + 's'}"


def cut(text: str, most: int) -> str:
    """A text cut at a word to at most `most` characters, with an ellipsis when it was cut."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–—-") + "…"


def letters(text: str) -> int:
    """How many letters wide a text is: one of Chinese or Japanese is as wide as two others.

    >>> letters("Bells"), letters("ラジオ")
    (5, 6)
    """
    return sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in text)
