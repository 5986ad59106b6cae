"""The shipped translations: every message, its places, its plural forms; and what a show gets."""

import io
import subprocess
import sys
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from backlist.locale import catalogues
from backlist.model import Labels
from backlist.model.label_forms import BY_LANGUAGE, Forms, fault, form_of
from scripts import messages
from tests.conftest import SETTINGS, MakeSite, built, episode

SHIPPED = ["ar", "de", "es", "fa", "fr", "ja", "pt"]


def catalogue(language: str) -> Catalog:
    path = catalogues.FOLDER / language / "LC_MESSAGES/backlist.po"
    return read_po(io.BytesIO(path.read_bytes()), locale=language)


def told(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)


def faults(language: str) -> Iterator[str]:
    """What is wrong with a catalogue, message by message."""
    found = catalogue(language)
    known = {str(message.context): message for message in found if message.context}
    for name, english in catalogues.messages():
        message = known.get(name)
        if message is None or not all(told(message)):
            yield f"{name}: is not translated: {english}"
            continue
        forms = told(message)
        if message.fuzzy:
            yield f"{name}: is marked fuzzy; read it again: {english}"
        if len(forms) != (found.num_plurals if isinstance(message.id, tuple) else 1):
            yield f"{name}: has {len(forms)} of {found.num_plurals} plural forms"
        if wrong := fault(" | ".join(forms), english, found.num_plurals):
            yield f"{name}: {wrong}: {' | '.join(forms)}"
        if english.strip() == english and any(form.strip() != form for form in forms):
            yield f"{name}: begins or ends with a space"
        if "…" in english and any("..." in form for form in forms):
            yield f"{name}: has three dots for an ellipsis"


@pytest.mark.parametrize("language", SHIPPED)
def test_a_catalogue_translates_every_message_with_its_places_and_forms(language: str) -> None:
    assert list(faults(language)) == []


@pytest.mark.parametrize("language", SHIPPED)
def test_plurals_are_those_of_the_language(language: str) -> None:
    found, rules = catalogue(language), catalogues.plurals(language)

    assert (found.num_plurals, found.plural_expr) == rules


def test_the_catalogues_are_as_make_messages_writes_them() -> None:
    """Run `make messages` after a label was added, removed or changed."""
    wanted = messages.template()
    stale = [
        path.relative_to(catalogues.FOLDER).as_posix()
        for path, made in (
            (catalogues.FOLDER / messages.TEMPLATE, wanted),
            *(
                (path, messages.catalogue(path, path.parents[1].name, wanted))
                for path in catalogues.FOLDER.glob("*/LC_MESSAGES/backlist.po")
            ),
        )
        if path.read_bytes() != messages.text(made)
    ]

    assert stale == []


def test_every_label_but_those_that_a_language_brings_is_a_message() -> None:
    translated = {name for name, _ in catalogues.messages()}

    assert set(Labels.model_fields) - translated == set(BY_LANGUAGE)


def german(labels: str = "") -> str:
    told = SETTINGS.replace("show:\n", "show:\n  language: de-AT\n")
    return told + (f"  labels:\n    {labels}\n" if labels else "")


EPISODE = episode(
    "Eulen", "a", date="2026-03-05", audio="{url: 'https://a.example/a.mp3', duration: '1:05:00'}"
)


def test_dates_and_lengths_are_written_as_the_language_of_the_show_does(site: MakeSite) -> None:
    made, _ = built(site({"site.yaml": german(), "content/episodes/a.md": EPISODE}))
    assert made is not None
    page = made.outputs["episodes/a/index.html"].read().decode()

    assert '<time datetime="2026-03-05">5. März 2026</time>' in page
    assert "1 Std., 5 Min." in page


def test_what_a_show_says_of_dates_and_lengths_stands(site: MakeSite) -> None:
    own = german('date: "{month} {day}, {year}"\n    hours: "{h} Stunde {m}"')
    made, _ = built(site({"site.yaml": own, "content/episodes/a.md": EPISODE}))
    assert made is not None
    page = made.outputs["episodes/a/index.html"].read().decode()

    assert "März 5, 2026</time>" in page
    assert "1 Stunde 05" in page


def test_what_stays_english_is_reported_once(site: MakeSite) -> None:
    text = german("episodes: Folgen").replace("de-AT", "tlh")
    _, problems = built(site({"site.yaml": text, "content/episodes/a.md": EPISODE}))

    (message,) = [one for one in problems if "not translated" in one.message]
    assert message.where.line == 2
    assert f"{len([*catalogues.messages()]) - 1} of its words" in message.message


def test_a_count_has_no_more_forms_than_its_language(site: MakeSite) -> None:
    text = german('n_episodes: "{n} a | {n} b | {n} c"')
    polish = text.replace("de-AT", "pl")
    for settings, faulty in ((text, True), (polish, False)):
        _, problems = built(site({"site.yaml": settings, "content/episodes/a.md": EPISODE}))
        assert ("too many forms" in " ".join(map(str, problems))) is faulty


@pytest.mark.parametrize(
    ("label", "number", "form"),
    [
        (Forms("a | b | c | d | e | f", "ar", catalogues.plurals("ar")[1]), 11, "e"),
        (Forms("one | many", "ar", catalogues.plurals("ar")[1]), 0, "many"),
        (Forms("one | many", "ja", catalogues.plurals("ja")[1]), 2, "many"),
        (Forms("one | many", "fr", catalogues.plurals("fr")[1]), 0, "one"),
        (Forms("all", "pl", catalogues.plurals("pl")[1]), 5, "all"),
    ],
)
def test_a_number_takes_the_form_of_its_language(label: str, number: int, form: str) -> None:
    assert form_of(label, number) == form


def test_an_english_site_imports_no_babel(site: MakeSite) -> None:
    root = site({"site.yaml": SETTINGS, "content/episodes/a.md": EPISODE})
    code = (
        "import sys; from tests.conftest import built; from pathlib import Path; "
        f"built(Path({str(root)!r})); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_are_in_the_order_of_the_alphabet_whatever_their_slugs(site: MakeSite) -> None:
    names = ["Zebra", "Öl", "Ofen", "Äpfel", "apfel saft", "پرنده", "بازار"]
    files = {
        f"content/episodes/{n}.md": episode(f"E {n}", f"e-{n}", topics=f"[{name}]")
        for n, name in enumerate(names)
    }
    made, _ = built(site({"site.yaml": german(), **files}))
    assert made is not None

    assert [one.title for one in made.archive.topics] == [
        *("Äpfel", "apfel saft", "Ofen", "Öl", "Zebra"),
        *("بازار", "پرنده"),
    ]
