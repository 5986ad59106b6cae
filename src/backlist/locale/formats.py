"""Dates, numbers, lengths and sizes as a language writes them (CLDR, through Babel)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from backlist.model import Labels
from backlist.model.label_forms import Forms, form_of

if TYPE_CHECKING:
    # Importing Babel costs more than an English site needs to be built again.
    from babel import Locale

Width = Literal["wide", "abbreviated"]
Style = Literal["standard", "unit-narrow", "unit-short", "unit"]

_ZEROS = {
    "adlm": 0x1E950,
    "arab": 0x660,
    "arabext": 0x6F0,
    "beng": 0x9E6,
    "cakm": 0x11136,
    "deva": 0x966,
    "mymr": 0x1040,
    "olck": 0x1C50,
    "tibt": 0xF20,
}
"""The digit zero of each numbering system that a language uses where nothing else is said."""


def is_english(language: str) -> bool:
    """Whether a language (BCP 47) is English, which the theme is written in.

    >>> is_english("en-GB"), is_english("EN"), is_english("eng"), is_english("enm")
    (True, True, True, False)
    """
    return language.lower().replace("_", "-").partition("-")[0] in ("en", "eng")


@lru_cache
def locale(language: str) -> "Locale | None":
    """What Babel knows of a language (BCP 47), or of the one it is a kind of; else None."""
    from babel import Locale, UnknownLocaleError

    tag = language.replace("_", "-")
    while tag:
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            tag = tag.rpartition("-")[0]
    return None


def script_of(language: str) -> str:
    """The script that a language (BCP 47) is mostly written in (ISO 15924); `Latn` where unknown.

    >>> script_of("fa"), script_of("sr"), script_of("sr-Latn"), script_of("zh-TW")
    ('Arab', 'Cyrl', 'Latn', 'Hant')
    """
    known = None if is_english(language) else locale(language)
    if known is None or known.script:
        return str(known.script) if known else "Latn"
    from babel.core import get_global

    likely = get_global("likely_subtags")
    whole = likely.get(str(known)) or likely.get(known.language) or ""
    return next((part for part in str(whole).split("_")[1:] if len(part) == 4), "Latn")


def other_language(said: str | None, usual: str) -> str:
    """A language (BCP 47) where it is another than the usual one; else empty.

    One that only says less is no other (RFC 4647, 3.3.1).

    >>> other_language("de", "en"), other_language("EN", "en-us"), other_language("en-GB", "en")
    ('de', '', 'en-GB')
    """
    same = said is None or f"{usual}-".lower().startswith(f"{said}-".lower())
    return "" if same else str(said)


def language_name(tag: str, language: str) -> str:
    """What a language (BCP 47) is called in another; the tag itself where CLDR has no name."""
    known, ours = locale(tag), locale(language)
    return str(known and ours and known.get_display_name(ours)) if known and ours else tag


@lru_cache
def _digits(language: str) -> dict[int, int]:
    known = locale(language)
    zero = _ZEROS.get(known.default_numbering_system if known else "")
    return {ord("0") + one: zero + one for one in range(10)} if zero else {}


def digits(text: str, language: str) -> str:
    """A text with the digits of a language, which Babel leaves to whoever prints it."""
    return text.translate(_digits(language)) if language else text


@lru_cache(maxsize=4096)
def day(when: date, language: str) -> str:
    """A day in full: `5. März 2026`."""
    from babel.dates import format_date

    return digits(format_date(when, "long", locale=locale(language)), language)


def day_and_month(when: date, language: str, width: Width = "wide") -> str:
    """A day without its year: `5. März`."""
    from babel.dates import format_skeleton

    skeleton = "MMMMd" if width == "wide" else "MMMd"
    return digits(format_skeleton(skeleton, when, locale=locale(language)), language)


def month(number: int, language: str, width: Width = "wide") -> str:
    """The name of a month, 1 to 12, as it stands alone."""
    from babel.dates import get_month_names

    names = get_month_names(width, context="stand-alone", locale=locale(language))
    return digits(str(names[number]), language)


def in_language(value: float, language: str, places: int = 0) -> str:
    """A number with the separators and digits of a language."""
    from babel.numbers import format_decimal

    form = "#,##0" + ("." + "0" * places if places else "")
    symbols = "default" if _digits(language) else "latn"
    text = format_decimal(value, form, locale=locale(language), numbering_system=symbols)
    return digits(text, language)


def duration(minutes: int, language: str) -> str:
    """Minutes in words: `42 Min.`, `1 Std., 5 Min.`."""
    from babel.units import format_unit

    known = locale(language)
    hours, rest = divmod(minutes, 60)
    parts = [
        format_unit(count, f"duration-{unit}", "short", locale=known)
        for count, unit in ((hours, "hour"), (rest, "minute"))
        if count
    ]
    text = _joined(parts, language, "unit-narrow", "unit-short", "unit")
    if known and known.language == "ja":
        text = text.replace(" ", "")  # 1時間5分 is one word to its readers
    return digits(text, language)


def size(length: int, language: str) -> str:
    """The size of a file: `66 kB`, `2,0 MB`."""
    from babel.units import format_unit

    large = length >= 1_000_000
    value = length / 1_000_000 if large else max(1, round(length / 1000))
    unit, form = ("digital-megabyte", "0.0") if large else ("digital-kilobyte", "#,##0")
    known = locale(language)
    # Latin letters in a line from the right would turn its order round: there the word is written.
    width: Literal["long", "short"] = "long" if known and known.text_direction == "rtl" else "short"
    symbols = "default" if _digits(language) else "latn"
    text = format_unit(value, unit, width, form, known, numbering_system=symbols)
    return digits(text, language)


def figure(number: int, language: str = "") -> str:
    """A number in groups of three: in English with the space between that no line breaks at.

    >>> figure(6012).split()
    ['6', '012']
    """
    if language:
        return in_language(number, language)
    return f"{number:,}".replace(",", "\u202f")


def counted(number: int, label: str, **others: str) -> str:
    """A number in the form of a label that it takes, with what else the label has places for.

    >>> counted(1, "{n} episode | {n} episodes"), counted(3, "{n} Folgen")
    ('1 episode', '3 Folgen')
    """
    language = label.language if isinstance(label, Forms) else ""
    return form_of(label, number).format(n=figure(number, language), **others)


def listed(names: Sequence[str], labels: Labels) -> str:
    """Names as a sentence has them: `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    if labels.language and not labels.is_own("and_last"):
        return _joined(names, labels.language, "standard")
    return labels.and_last.format(rest=labels.comma.join(names[:-1]), last=names[-1])


def _joined(parts: Sequence[str], language: str, *styles: Style) -> str:
    """Parts by the first of the list patterns that the language has whole (UTS 35)."""
    from babel.lists import format_list

    known = locale(language)
    for style in styles:
        try:
            patterns = known.list_patterns.get(style, {}) if known else {}
            if len(parts) == 2 and "2" not in patterns and "end" in patterns:
                # Babel says the second twice where a language has no pattern of its own for two.
                return str(patterns["end"].format(*parts))
            return format_list(parts, style, locale=known)
        except (KeyError, ValueError):
            continue
    return " ".join(parts)
