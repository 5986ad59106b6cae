"""Message catalogues (gettext's `.po`), and the labels of a show in its language.

A label is a message: its name is the context, its English default the `msgid`, for a count
`msgid` and `msgid_plural`. A `.po` is read at build by Babel, once for each content of the file,
so there is no compiled copy that could be out of date, or missing from a checkout.
"""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from backlist.locale.formats import is_english, locale
from backlist.model import Labels
from backlist.model.label_forms import BAR, BY_LANGUAGE, ONE_AND_MANY

FOLDER = Path(__file__).parent
"""Where the catalogues are, each in a folder called as its language."""

Plurals = tuple[int, str]
"""How many forms the counts of a language have, and the rule that chooses one."""

Catalogue = tuple[Plurals, Mapping[str, tuple[str, str]]]
"""Plurals; and by name what was translated, and its translation, forms parted by bars."""


def messages() -> Iterator[tuple[str, str]]:
    """Every label that is translated, in the order of the record, with its English."""
    for name, field in Labels.model_fields.items():
        if name not in BY_LANGUAGE:
            yield name, str(field.default)


def file_of(language: str) -> Path | None:
    """The catalogue of a language (BCP 47), or of the one it is a kind of; None without any."""
    tag = language.replace("-", "_").lower()
    known = {path.name.lower(): path for path in FOLDER.iterdir() if path.is_dir()}
    while tag:
        path = known.get(tag, FOLDER) / "LC_MESSAGES/backlist.po"
        if path.is_file():
            return path
        tag = tag.rpartition("_")[0]
    return None


def read(data: bytes) -> Catalogue:
    """What a catalogue says; what its translator marked as unsure counts as missing."""
    from babel.messages.pofile import read_po

    found = read_po(io.BytesIO(data))
    words = {}
    for message in found:
        if message.context and message.string and not message.fuzzy:
            given = message.string
            forms = tuple(map(str, given)) if isinstance(given, tuple) else (str(given),)
            if all(forms):
                words[message.context] = _source(message.id), BAR.join(forms)
    return (found.num_plurals, found.plural_expr), words


def _source(given: object) -> str:
    return BAR.join(given) if isinstance(given, (tuple, list)) else str(given)


def source(english: str) -> str:
    """The English of a label as catalogues compare it."""
    forms = english.split("|")
    return BAR.join(form.strip() for form in forms) if len(forms) > 1 else english


def speak(labels: Labels, language: str, known: Catalogue | None) -> tuple[Labels, list[str]]:
    """The labels of a show in its language, and the names of those that stay English."""
    if is_english(language) or not _is_a_code(language):
        return labels, []
    if locale(language) is None:
        missing = [name for name, _ in messages() if not labels.is_own(name)]
        return labels.staying_english(missing), missing
    (_, rule), words = known or (plurals(language), {})
    told = {
        name: words[name][1]
        for name, english in messages()
        if name in words and words[name][0] == source(english)
    }
    spoken = labels.spoken(language, rule, told)
    missing = [name for name, _ in messages() if name not in told and not spoken.is_own(name)]
    return spoken.staying_english(missing), missing


def plurals(language: str) -> Plurals:
    """The plurals of a language without a catalogue."""
    if is_english(language):
        return 2, ONE_AND_MANY
    from babel.messages.plurals import get_plural

    known = locale(language)
    if known is None:
        return 2, ONE_AND_MANY
    found = get_plural(known)
    return found.num_plurals, found.plural_expr


def _is_a_code(language: str) -> bool:
    """Whether it looks like a language; that it does not is reported elsewhere."""
    return re.match("[A-Za-z]{2,3}([-_]|$)", language) is not None
