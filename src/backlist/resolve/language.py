"""The labels of a show in its language: its own, else a translation, else English."""

from collections.abc import Iterator, Sequence

from backlist import locale
from backlist.cache.keys import key_of
from backlist.content import Document
from backlist.files import read
from backlist.load import Reader
from backlist.model import Labels, Settings
from backlist.model.label_forms import fault
from backlist.problems import Problems

NAMED = 3
"""Labels without a translation that a message names."""


def spoken(settings: Settings, document: Document, reader: Reader, problems: Problems) -> Settings:
    """The settings with labels in the show's language; what stays English is reported once."""
    language = settings.show.language
    catalogue = None if locale.is_english(language) else _catalogue(language, reader)
    forms, _ = catalogue[0] if catalogue else locale.plurals(language)
    labels, missing = locale.speak(settings.site.labels, language, catalogue)
    _check_forms(labels, max(forms, 2), document, problems)
    if missing:
        _report(language, missing, document, problems)
    if labels is settings.site.labels:
        return settings
    site = settings.site.model_copy(update={"labels": labels})
    return settings.model_copy(update={"site": site})


def _catalogue(language: str, reader: Reader) -> locale.Catalogue | None:
    path = locale.file_of(language)
    if path is None:
        return None
    data = read(path)
    return reader.make("catalogue", locale.read, [(key_of(data), data)])[0]


def _check_forms(labels: Labels, most: int, document: Document, problems: Problems) -> None:
    """Report labels of the show with more forms than its language tells apart."""
    for name, default in _own(labels):
        if wrong := fault(str(getattr(labels, name)), default, most):
            where = document.where("site", "labels", name)
            problems.error(
                where, f"`site.labels.{name}` {wrong}", f"write it like the default: {default}"
            )


def _own(labels: Labels) -> Iterator[tuple[str, str]]:
    for name, field in type(labels).model_fields.items():
        if labels.is_own(name):
            yield name, str(field.default)


def _report(language: str, missing: Sequence[str], document: Document, problems: Problems) -> None:
    named = ", ".join(f"`{name}`" for name in missing[:NAMED])
    more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    problems.info(
        document.where("show", "language"),
        f"the site is in `{language}`, and {len(missing)} of its words are not translated: "
        f"{named}{more}; they are English",
        "give them under `site.labels`, or translate them for everybody: `backlist docs languages`",
    )
