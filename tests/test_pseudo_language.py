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
from lxml import etree, html
from playwright.sync_api import Browser, expect

from backlist.files.output import Outputs
from backlist.locale import catalogues
from tests import pseudo
from tests.conftest import SITES, built
from tests.page_kinds import texts
from tests.serving import serving

LANGUAGES = ("el", "ar")
"""Languages whose dates and units have no Latin letter, so that what has one is English.

The second is written from the right.
"""


ASKED = "qqqq"
"""What nothing on the site has."""

STATIC = Path(__file__).parent.parent / "static"
STYLES = sorted([*STATIC.glob("*.css"), *STATIC.glob("themes/*.css")])


@pytest.fixture(scope="module")
def known() -> str:
    return pseudo.content(SITES / "rich")


@pytest.fixture(scope="module", params=LANGUAGES)
def translated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outputs]:
    language = str(request.param)
    folder = tmp_path_factory.mktemp("locale")
    pseudo.catalogue(folder, language)
    root = tmp_path_factory.mktemp("site") / "rich"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "FOLDER", folder)
        yield _site(root, language)


def _site(root: Path, language: str) -> Outputs:
    shutil.copytree(SITES / "rich", root, ignore=shutil.ignore_patterns(".cache"))
    settings = root / "site.yaml"
    text = settings.read_text("utf-8")
    page = root / "content/pages/about.md"
    page.write_text(page.read_text("utf-8").replace("---\n", "---\naliases: [/old-about/]\n", 1))
    told = re.sub("(?m)^  language: .*\n", "", text)
    settings.write_text(told.replace("show:\n", f"show:\n  language: {language}\n", 1), "utf-8")
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


def test_every_page_runs_the_way_of_its_language(translated: Outputs) -> None:
    pages = {path: html.document_fromstring(page) for path, page in texts(translated).items()}
    found = {(page.get("lang"), page.get("dir")) for page in pages.values()}

    assert found in ({("el", None)}, {("ar", "rtl")})


PHYSICAL = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float|clear):\s*(?:left|right)"
)


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_no_rule_names_a_side_that_some_languages_have_on_the_other(sheet: Path) -> None:
    assert PHYSICAL.findall(re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S)) == []


@pytest.mark.browser
def test_no_script_says_an_english_word(
    browser: Browser, translated: Outputs, known: str, tmp_path: Path
) -> None:
    for path, output in translated.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(output.read())
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script("delete Navigator.prototype.share")
    context.route(re.compile(r"^https?://(?!127)"), lambda route: route.abort())
    page = context.new_page()
    page.set_default_timeout(10_000)
    left: dict[str, list[str]] = {}

    def look(where: str) -> None:
        said = pseudo.read_out(page.content().encode())
        found = {*pseudo.untranslated(said, known)} - {ASKED}
        left.setdefault(where, []).extend(sorted(found))

    with serving(tmp_path) as address:
        page.goto(f"{address}episodes/queues-that-forget/")
        for summary in page.locator(".player-tools summary").all():
            summary.click()
        page.locator(".embed-code button").click()
        look("embed")
        page.locator("[data-do=share]").click()
        expect(page.locator(".player [role=status]").first).not_to_be_empty()
        look("share")
        page.locator(".player-bar [data-do=toggle]").click()
        expect(page.locator(".player [role=status]").first).to_have_text(
            pseudo.accented("The episode could not be loaded. Try again, or download it.")
        )
        look("player")
        page.locator(".theme-toggle").click()
        page.goto(f"{address}episodes/")
        page.locator("#filter").fill(ASKED)
        expect(page.locator(".filter [role=status]")).not_to_be_empty()
        look("filter")
        page.goto(f"{address}search/")
        for asked in ("queues", ASKED):
            page.get_by_role("searchbox").first.fill(asked)
            expect(page.get_by_role("status").first).to_have_text(re.compile(r"\[!!"))
            look(f"search for {asked}")
        page.goto(address)
        page.keyboard.press("/")
        page.locator("dialog[open]").wait_for()
        look("dialog")
        page.goto(f"{address}map/")
        look("map")
    context.close()
    assert {where: found for where, found in left.items() if found} == {}


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


def test_no_item_of_a_feed_has_an_english_word(translated: Outputs, known: str) -> None:
    left: dict[str, list[str]] = {}
    for path, output in translated.items():
        if path.endswith(("feed.xml", "feed.json")):
            said = [*_words_of_items(path, output.read())]
            assert said
            found = sorted({*pseudo.untranslated(said, known)})
            left |= {path: found} if found else {}

    assert left == {}


SHOWN = ("title", "description", "encoded", "subtitle", "summary")
"""Elements of an item, and members of a JSON item, that an app shows as text."""


def _words_of_items(path: str, data: bytes) -> Iterator[str]:
    """Every text that an app shows of the items of a feed."""
    if path.endswith(".json"):
        items = json.loads(data)["items"]
        said = [one[name] for one in items for name in ("title", "content_html", "summary")]
    else:
        elements = etree.fromstring(data).iterfind("channel/item/*")
        said = [one.text for one in elements if etree.QName(one).localname in SHOWN]
    for text in filter(None, said):
        yield from html.fromstring(f"<div>{text}</div>").itertext()


def test_an_old_address_says_in_the_language_that_the_page_has_moved(translated: Outputs) -> None:
    moved = [o.read().decode() for p, o in translated.items() if o.maker.startswith("alias")]

    assert moved
    assert all(pseudo.accented("This page has moved:") in page for page in moved)


def test_the_search_has_its_words_from_the_labels(translated: Outputs) -> None:
    words = json.loads(translated["search/words.json"].read())
    told = [*words.values(), *words.pop("kinds", {}).values()]

    assert len(told) > 10
    said = [text for text in told if isinstance(text, str)]
    assert [text for text in said if re.search("[A-Za-z]{2}(?![^{]*})", text)] == []


SCRIPTS = sorted(STATIC.glob("*.js"))
KEYS = {"Enter", "Escape", "Space"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_sentence_of_its_own(script: Path) -> None:
    """A text of a script is a word with a capital, or several words in a row."""
    text = re.sub(r"(?m)(?<![:\"'])//.*$|/\*.*?\*/", "", script.read_text("utf-8"), flags=re.S)
    literals = {one for pair in re.findall(r'"([^"\n]*)"|`([^`\n]*)`', text) for one in pair}
    said = {one for one in literals if re.match(r"[A-Z][a-z]+([ ,.…$]|$)|[a-z]+( [a-z]+){2}", one)}

    assert {one for one in said if not one.startswith("alpha beta")} - KEYS == set()
