"""`[3]` in notes and transcripts: the source in place with script, the list without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backlist.build import Options, build
from backlist.problems import Problems
from tests.axe import violations
from tests.conftest import NOW, SETTINGS, episode
from tests.serving import serving
from tests.windows import lent

pytestmark = pytest.mark.browser

SOURCES = ", ".join(f"{{title: Owl {n}, url: 'https://owls.example/{n}'}}" for n in range(1, 13))
NOTES = "Ann saw it first [12], others later [2, 3]; `[3]` is code.\n\n" + "More.\n\n" * 40
SAID = "WEBVTT\n\n00:01.000 --> 00:09.000\nAs in [4], and never in [13].\n"
WORKS = """
works:
  - known_as: [Owl 12]
    title: Owls by Night
    year: 2024
    status: {verdict: retracted, date: 2026-01-02}
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    top = tmp_path_factory.mktemp("cited")
    files = {
        "site.yaml": SETTINGS,
        "content/works.yaml": WORKS,
        "content/transcripts/a.vtt": SAID,
        "content/episodes/a.md": episode(
            "A", "a", NOTES, sources=f"[{SOURCES}]", transcripts="[a.vtt]"
        ),
    }
    for name, text in files.items():
        path = top / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert build(top / "site", top / "build", NOW, Options(), Problems()) is not None
    with serving(top / "build") as server:
        yield f"{server}episodes/a/"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with lent(browser, address, viewport={"width": 1280, "height": 900}) as window:
        window.page.goto(address)
        yield window.page
    assert window.faults == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_number_shows_its_source_beside_it(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("link", name="[12]").click()

    shown = page.get_by_role("dialog", name="Source 12")
    expect(shown).to_contain_text("Published as Owls by Night, 2024")
    expect(shown).to_contain_text("Retracted, checked 2 January 2026")
    expect(shown.get_by_role("link", name="Owl 12")).to_be_visible()
    box = shown.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] >= 0 and box["y"] + box["height"] <= 900
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("scrollY") == 0
    assert violations(page) == []


def test_the_keyboard_opens_closes_and_comes_back(page: Page) -> None:
    cited = page.get_by_role("link", name="2", exact=True).first
    cited.focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog", name="Source 2")
    expect(shown).to_be_focused()

    page.keyboard.press("Tab")
    expect(shown.get_by_role("link", name="Owl 2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(cited).to_be_focused()

    page.keyboard.press("Enter")
    shown.get_by_role("button", name="Close").press("Enter")
    expect(shown).to_be_hidden()
    expect(cited).to_be_focused()


def test_one_source_after_the_other_and_on_to_the_list(page: Page) -> None:
    page.get_by_role("link", name="[12]").click()
    page.locator(".prose").get_by_role("link", name="3", exact=True).click()
    shown = page.get_by_role("dialog")
    expect(shown).to_have_accessible_name("Source 3")

    shown.get_by_role("link", name="Show in the list").click()
    expect(shown).to_be_hidden()
    expect(page.locator("#source-3")).to_be_in_viewport()
    assert page.url.endswith("#source-3")


def test_a_transcript_cites_as_notes_do(page: Page) -> None:
    page.get_by_text("Read transcript").click()
    said = page.locator(".transcript-text")
    expect(said.get_by_role("link")).to_have_text(["0:01", "[4]"])

    said.get_by_role("link", name="[4]").click()
    expect(page.get_by_role("dialog", name="Source 4")).to_contain_text("Owl 4")


def test_without_script_a_number_leads_to_the_list(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    opened.get_by_role("link", name="[12]").click()

    expect(opened.locator("#source-12")).to_be_in_viewport()
    context.close()
