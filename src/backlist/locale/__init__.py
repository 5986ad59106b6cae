"""The language of a show: its words from a catalogue, its dates, numbers and order by CLDR.

`LANG/LC_MESSAGES/backlist.po` are the translations, `backlist.pot` is what there is to translate,
written from the labels by `make messages`. English needs none of it: nothing here imports Babel
before another language asks.
"""

from backlist.locale.catalogues import Catalogue, file_of, plurals, read, speak
from backlist.locale.collation import distinct, initial, ranked
from backlist.locale.formats import (
    Width,
    counted,
    day,
    day_and_month,
    digits,
    duration,
    figure,
    in_language,
    is_english,
    language_name,
    listed,
    month,
    other_language,
    script_of,
    size,
)

__all__ = [
    "Catalogue",
    "Width",
    "counted",
    "day",
    "day_and_month",
    "digits",
    "distinct",
    "duration",
    "figure",
    "file_of",
    "in_language",
    "initial",
    "is_english",
    "language_name",
    "listed",
    "month",
    "other_language",
    "plurals",
    "ranked",
    "read",
    "script_of",
    "size",
    "speak",
]
