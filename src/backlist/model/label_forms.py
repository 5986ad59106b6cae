"""What a label may say: its places, which the program fills in, and a form for each plural.

A count is written as its forms with bars between them: `{n} episode | {n} episodes`. Which form
a number takes is the language's rule (CLDR), in the notation of gettext's `Plural-Forms`.
"""

import gettext
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from string import Formatter
from typing import Any, Self

from pydantic import PrivateAttr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from backlist.model.base import Record

BAR = " | "
ONE_AND_MANY = "(n != 1)"
MOST_FORMS = 6
"""Forms of the language with the most plurals, Arabic."""

BY_LANGUAGE = frozenset(
    ("months", "date", "minutes", "hours", "kilobytes", "megabytes", "and_last")
)
"""Labels that no translation holds: a language brings these with it (CLDR)."""


class Forms(str):
    """A label in another language than English: it knows which number takes which form."""

    __slots__ = ("language", "rule")
    language: str
    rule: str

    def __new__(cls, text: str, language: str, rule: str) -> "Forms":
        """The label `text` of a language with the plural rule `rule`."""
        made = super().__new__(cls, text)
        made.language, made.rule = language, rule
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Forms, (str(self), self.language, self.rule)


def form_of(label: str, number: int) -> str:
    """The form of a count that a number takes, its place not yet filled in.

    >>> form_of("{n} episode | {n} episodes", 1), form_of("{n} Folgen", 1)
    ('{n} episode', '{n} Folgen')
    >>> form_of(Forms("{n} épisode | {n} épisodes", "fr", "n > 1"), 0)
    '{n} épisode'
    """
    forms = [form.strip() for form in label.split("|")]
    rule = _index_of(label.rule if isinstance(label, Forms) else ONE_AND_MANY)
    if len(forms) == 2 and (rule(1) or not rule(2)):
        # Two forms are one and many, also where the language has more forms, or a single one.
        rule = _index_of(ONE_AND_MANY)
    return forms[min(rule(number), len(forms) - 1)]


@lru_cache(maxsize=8)
def _index_of(rule: str) -> Callable[[int], int]:
    index: Callable[[int], int] = gettext.c2py(rule)
    return index


def places(form: str) -> frozenset[str]:
    """The names in braces; `?` where braces are not in pairs."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(form) if name is not None)
    except ValueError:
        return frozenset("?")


def fault(text: str, default: str, forms: int = MOST_FORMS) -> str:
    """What keeps a text from standing for a label; empty where nothing does.

    Only the last form has to hold a number: `a minute ago` says it already.
    """
    wanted = places(default.partition("|")[0])
    given = text.split("|")
    if len(given) > (forms if "|" in default else 1):
        return "has too many forms"
    for number, form in enumerate(given, start=1):
        if not form.strip() and default.strip():
            return "is empty"
        counted = {"n"} if "|" in default and number < len(given) else set[str]()
        if places(form) | counted != wanted | counted:
            return f"must hold {', '.join(f'{{{n}}}' for n in sorted(wanted)) or 'no braces'}"
    return ""


class Worded(Record):
    """Labels in a language: those a show gives, else a translation, else English."""

    _language: str = PrivateAttr("")
    _own: frozenset[str] | None = PrivateAttr(None)
    _english: frozenset[str] = PrivateAttr(frozenset())

    @property
    def language(self) -> str:
        """The language that writes dates and numbers; empty for English."""
        return self._language

    @property
    def english(self) -> frozenset[str]:
        """The labels that stay English, though the show speaks another language."""
        return self._english

    def is_own(self, name: str) -> bool:
        """Whether the show itself gives a label."""
        return name in (self.model_fields_set if self._own is None else self._own)

    def spoken(self, language: str, rule: str, words: Mapping[str, str]) -> Self:
        """The labels of a show in a language, `words` in the place of those it does not give."""
        own = frozenset(self.model_fields_set)
        told = {name: words.get(name, getattr(self, name)) for name in type(self).model_fields}
        told |= {name: getattr(self, name) for name in own}
        made = self.model_copy(
            update={
                name: Forms(text, language, rule) if "{n}" in text else text
                for name, text in told.items()
            }
        )
        made._language, made._own = language, own
        return made

    def staying_english(self, names: Iterable[str]) -> Self:
        """The same labels, which know that some of them have no translation."""
        made = self.model_copy()
        made._english = frozenset(names)
        return made

    @field_validator("*")
    @classmethod
    def _keeps_its_places(cls, value: str, info: ValidationInfo) -> str:
        """A word without what the program fills in would be wrong on every page."""
        default = str(cls.model_fields[info.field_name or ""].default)
        wrong = fault(value, default)
        if info.field_name == "months" and len(value.split(",")) != 12:
            wrong = "must name twelve months"
        if wrong:
            context = {"message": wrong, "hint": f"write it like the default: {default}"}
            raise PydanticCustomError("backlist", "{message}", context)
        return value
