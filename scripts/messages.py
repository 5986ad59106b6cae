"""`make messages`: write what there is to translate, and bring every catalogue up to date.

`backlist.pot` lists the labels of `model/labels.py` in their order. Each catalogue, which is
`LANG/LC_MESSAGES/backlist.po`, gets new messages without a translation, and loses those that are
no more. Where the English of a label has changed, its translation is kept and marked `fuzzy`: it
counts as missing until somebody has read it again and removed the mark.
`python -m scripts.messages nl` begins another language.
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from backlist import __version__
from backlist.locale import catalogues
from backlist.model import Labels

FOLDER = catalogues.FOLDER
TEMPLATE = "backlist.pot"
HEADER = "# Translations of backlist: one message a label; see docs/languages.md.\n#"


def template() -> Catalog:
    """Every label as a message, with where it stands."""
    made = _empty(None)
    for name, english in catalogues.messages():
        comment = [f"{Labels.model_fields[name].description}"]
        made.add(_id(english), context=name, auto_comments=comment)
    return made


def catalogue(path: Path, language: str, wanted: Catalog) -> Catalog:
    """A catalogue with the messages of the template, and the translations it has of them."""
    made = _empty(language)
    known = read_po(io.BytesIO(path.read_bytes())) if path.is_file() else made
    if path.is_file():
        made.last_translator, made.language_team = known.last_translator, known.language_team
        made.header_comment, made.revision_date = known.header_comment, known.revision_date
    translated = {message.context: message for message in known if message.context}
    for message in wanted:
        if message.context:
            _add(made, message, translated.get(message.context))
    return made


def _empty(language: str | None) -> Catalog:
    return Catalog(
        language,
        project="backlist",
        version=__version__,
        header_comment=HEADER,
        msgid_bugs_address="none",
        last_translator="none",
        language_team=language or "none",
        fuzzy=False,
    )


def _add(made: Catalog, message: Message, known: Message | None) -> None:
    text = known.string if known else ""
    plural = isinstance(message.id, tuple)
    if not text or plural != isinstance(text, tuple):
        text = ("",) * made.num_plurals if plural else ""
    elif plural and len(text) != made.num_plurals:
        text = (*text, *[text[-1]] * made.num_plurals)[: made.num_plurals]
    changed = known is not None and any(text) and known.id != message.id
    flags = {*(known.flags if known and any(text) else ()), *(["fuzzy"] if changed else [])}
    made.add(
        message.id,
        text,
        flags=flags - {"python-brace-format"},
        auto_comments=message.auto_comments,
        user_comments=known.user_comments if known else (),
        context=message.context,
    )


def _id(english: str) -> str | tuple[str, str]:
    one, bar, many = catalogues.source(english).partition("|")
    return (one.strip(), many.strip()) if bar else english


def text(made: Catalog) -> bytes:
    """A catalogue as its file holds it."""
    file = io.BytesIO()
    write_po(file, made, width=100, ignore_obsolete=True)
    # Without the time it was written, in which any two changes would differ.
    return re.sub(rb'"POT-Creation-Date: .*\n', b"", file.getvalue())


def _write(path: Path, made: Catalog) -> None:
    data = text(made)
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    print(f"wrote {path.relative_to(FOLDER)}")


def main(languages: list[str]) -> None:
    """Write the template and every catalogue, those of new languages too."""
    wanted = template()
    _write(FOLDER / TEMPLATE, wanted)
    known = {path.parents[1].name for path in FOLDER.glob("*/LC_MESSAGES/backlist.po")}
    for language in sorted({*known, *languages}):
        path = FOLDER / language / "LC_MESSAGES/backlist.po"
        _write(path, catalogue(path, language, wanted))


if __name__ == "__main__":
    main(sys.argv[1:])
