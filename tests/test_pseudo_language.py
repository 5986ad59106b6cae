"""A site in a language that nobody speaks has no English word left but its content.

The pages of every kind are among those of the rich site; a word that stands in a template, a view
or a script, and not in a label, is found here.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from backlist.locale import catalogues
from backlist.output import Outputs
from tests import pseudo
from tests.conftest import SITES, built
from tests.page_kinds import texts

LANGUAGE = "el"
"""A language whose dates and units have no Latin letter, so that what has one is English."""


@pytest.fixture(scope="module")
def known() -> str:
    return pseudo.content(SITES / "rich")


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outputs]:
    folder = tmp_path_factory.mktemp("locale")
    pseudo.catalogue(folder, LANGUAGE)
    root = tmp_path_factory.mktemp("site") / "rich"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "FOLDER", folder)
        yield _site(root)


def _site(root: Path) -> Outputs:
    shutil.copytree(SITES / "rich", root, ignore=shutil.ignore_patterns(".cache"))
    settings = root / "site.yaml"
    text = settings.read_text("utf-8")
    page = root / "content/pages/about.md"
    page.write_text(page.read_text("utf-8").replace("---\n", "---\naliases: [/old-about/]\n", 1))
    told = re.sub("(?m)^  language: .*\n", "", text)
    settings.write_text(told.replace("show:\n", f"show:\n  language: {LANGUAGE}\n", 1), "utf-8")
    made, problems = built(root)
    assert made is not None
    assert not [one for one in problems if "not translated" in one.message]
    return made.outputs


def test_no_page_has_an_english_word(translated: Outputs, known: str) -> None:
    left = {
        path: found
        for path, page in texts(translated).items()
        if (found := sorted({*pseudo.untranslated(pseudo.read_out(page), known)}))
    }

    assert left == {}


def test_no_markdown_page_has_an_english_word(translated: Outputs, known: str) -> None:
    left: dict[str, list[str]] = {}
    for path, output in translated.items():
        if path.endswith((".md", "llms.txt")):
            lines = re.sub(r"\]\([^)]*\)|<http[^>]*>", "]", output.read().decode()).splitlines()
            found = sorted({*pseudo.untranslated(lines, known)} - {"Optional"})
            left |= {path: found} if found else {}

    assert left == {}


def test_no_feed_describes_itself_in_english(translated: Outputs, known: str) -> None:
    channels = [
        etree.fromstring(output.read()).find("channel")
        for path, output in translated.items()
        if path.endswith("feed.xml")
    ]
    told = [
        channel.findtext(name) or ""
        for channel in channels
        if channel is not None
        for name in ("title", "description")
    ]

    assert len(told) > 2
    assert [*pseudo.untranslated(told, known)] == []


def test_an_old_address_says_in_the_language_that_the_page_has_moved(translated: Outputs) -> None:
    moved = [o.read().decode() for p, o in translated.items() if o.maker.startswith("alias")]

    assert moved
    assert all(pseudo.accented("This page has moved:") in page for page in moved)


def test_the_search_has_its_words_from_the_labels(translated: Outputs) -> None:
    words = json.loads(translated["search/words.json"].read())

    assert [text for text in words.values() if re.search("[A-Za-z]{2}(?![^{]*})", text)] == []


SCRIPTS = sorted((Path(__file__).parent.parent / "static").glob("*.js"))
KEYS = {"Enter", "Escape", "Space"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_sentence_of_its_own(script: Path) -> None:
    """A text of a script is a word with a capital, or several words in a row."""
    text = re.sub(r"(?m)(?<![:\"'])//.*$|/\*.*?\*/", "", script.read_text("utf-8"), flags=re.S)
    literals = {one for pair in re.findall(r'"([^"\n]*)"|`([^`\n]*)`', text) for one in pair}
    said = {one for one in literals if re.match(r"[A-Z][a-z]+([ ,.…$]|$)|[a-z]+( [a-z]+){2}", one)}

    assert {one for one in said if not one.startswith("alpha beta")} - KEYS == set()
