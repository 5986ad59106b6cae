"""The rows of lists play, in the page's one player, in a real Chromium with a real sound."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backlist.build import Options, build
from backlist.problems import Problems
from tests.axe import COLOURS, violations
from tests.conftest import NOW, SITES
from tests.serving import serving
from tests.windows import lent

pytestmark = pytest.mark.browser

FOUR, TWO = "Four Bells of the Middle Watch", "The First Two Bells, Written Down"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("rows") / "out"
    problems = Problems()
    assert build(SITES / "listening", out, NOW, Options(drafts=True), problems) is not None, list(
        problems
    )
    with serving(out) as server:
        yield server


@pytest.fixture(params=[360, 1280], ids=lambda width: f"{width} px")
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A reader's browser; a fault in a page or a request to anybody else fails the test."""
    with lent(browser, address, viewport={"width": request.param, "height": 800}) as window:
        yield window.page
    assert window.faults == []
    assert window.elsewhere == []


def playing(page: Page) -> None:
    page.wait_for_function(
        "(a => !a.paused && a.currentTime > 0.1)(document.querySelector('audio'))"
    )


def test_a_row_plays_and_pauses_in_the_bar_and_the_place_is_that_of_the_episode(
    page: Page, address: str
) -> None:
    page.goto(f"{address}episodes/")
    bar = page.get_by_role("group", name="Player")
    expect(bar).to_be_hidden()

    page.get_by_role("button", name=f"Play {FOUR}").click()
    playing(page)
    expect(bar.get_by_role("link", name=FOUR)).to_be_visible()
    page.keyboard.press("l")
    page.wait_for_function("document.querySelector('audio').currentTime >= 30")
    page.get_by_role("button", name=f"Pause {FOUR}").click()
    expect(page.get_by_role("button", name=f"Play {FOUR}")).to_be_visible()

    # Another row takes its place; both keep theirs.
    page.get_by_role("button", name=f"Play {TWO}").click()
    playing(page)
    assert page.locator("audio").count() == 1
    page.get_by_role("button", name="Close").click()
    expect(bar).to_be_hidden()
    assert page.evaluate("document.querySelector('audio').paused")

    page.goto(f"{address}episodes/four-bells/")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"Continues at 0:3\d"))


def test_a_page_with_a_player_plays_a_row_in_it_and_goes_back_to_its_own(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.get_by_role("button", name=f"Play {FOUR}").click()
    playing(page)
    assert page.locator("audio").evaluate("a => a.currentSrc").endswith("/bells.mp3")
    expect(page.locator(".now-playing")).to_contain_text(FOUR)

    page.get_by_role("link", name="Play latest").click()
    playing(page)
    assert page.locator("audio").evaluate("a => a.currentSrc").endswith("/two-bells.mp3")
    expect(page.locator(".now-playing")).not_to_contain_text(FOUR)
    expect(page.get_by_role("button", name=f"Play {FOUR}")).to_be_attached()


def test_axe_finds_nothing_while_a_row_plays(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    page.get_by_role("button", name=f"Play {FOUR}").click()
    playing(page)
    page.emulate_media(color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []


def test_without_script_there_is_no_button(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}episodes/")
    assert page.get_by_role("button").count() == 0
    expect(page.get_by_role("link", name=FOUR)).to_be_visible()
    context.close()


def test_the_filter_says_that_it_finds_nothing_and_can_be_cleared(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/")
    page.get_by_label("Filter by title or topic").fill("middle watch")
    expect(page.get_by_role("status").first).to_have_text("1 of 2 shown")
    page.get_by_label("Filter by title or topic").fill("zebra")
    expect(page.get_by_role("status").first).to_have_text("Nothing matches “zebra”.")
    everywhere = page.get_by_role("link", name="Search all episodes")
    assert (everywhere.get_attribute("href") or "").endswith("search/?q=zebra")

    page.get_by_role("button", name="Clear filter").click()
    expect(page.get_by_role("link", name=FOUR)).to_be_visible()
    expect(page.get_by_label("Filter by title or topic")).to_be_focused()
    expect(page.get_by_role("button", name="Clear filter")).to_be_hidden()
