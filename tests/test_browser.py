"""What a reader sees: the built site in a real Chromium, from a server, under a sub-path."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backlist.build import Options, build
from backlist.problems import Problems
from tests.conftest import HERE, NOW, SITES
from tests.playing import AT_REST
from tests.serving import serving
from tests.windows import lent

pytestmark = pytest.mark.browser

SUB_PATH = "shows/tide/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The rich site and this repository's own, published behind a sub-path."""
    top = tmp_path_factory.mktemp("served")
    for root, name in ((SITES / "rich", "tide"), (HERE.parent, "own")):
        out = top / "shows" / name
        base = f"https://example.org/shows/{name}/"
        assert build(root, out, NOW, Options(base_url=base), Problems()) is not None
    with serving(top) as server:
        yield f"{server}{SUB_PATH}"


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page as if it were fresh; anything that goes wrong inside it fails the test."""
    size = {"width": 1280, "height": 900}
    with lent(browser, address, java_script_enabled=request.param, viewport=size) as window:
        yield window.page
    assert window.faults == []
    assert window.elsewhere == []


@pytest.fixture
def scripted(browser: Browser, address: str) -> Iterator[Page]:
    """The same, for what needs script."""
    with lent(browser, address) as window:
        yield window.page
    assert window.faults == []
    assert window.elsewhere == []


def test_a_reader_follows_a_mention_and_comes_back(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Episodes", exact=True).first.click()
    page.get_by_role("link", name="Caches at Low Tide", exact=True).first.click()
    assert page.url == f"{address}episodes/caches-at-low-tide/"

    sources = page.locator("#source-3")
    sources.get_by_role("link", name="Queues That Forget: Dropping Work on Purpose").click()

    expect(page.locator("h1")).to_have_text("Queues That Forget: Dropping Work on Purpose")
    backlink = page.get_by_role("link", name="Caches at Low Tide").first
    expect(backlink).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Caches at Low Tide")


def test_an_episode_shows_player_sources_reasons_and_takes(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/caches-at-low-tide/")

    play = page.get_by_role("button", name="Play", exact=True)
    expect(page.locator("audio[controls]").or_(play)).to_be_visible()
    expect(page.locator("audio")).to_have_attribute("preload", "none")
    expect(page.get_by_text("mentioned in this episode").first).to_be_visible()
    expect(page.get_by_text("both cite Patience").first).to_be_visible()
    expect(page.get_by_role("heading", name="More on this paper")).to_be_visible()
    expect(page.locator("[id^=source-]")).to_have_count(4)


def test_corrections_stand_above_the_notes(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/queues-that-forget/")
    corrected = page.get_by_role("region", name="Corrections")

    expect(corrected.get_by_role("listitem")).to_have_count(2)
    expect(corrected).to_contain_text("2 December 2025")
    told, notes = corrected.bounding_box(), page.locator("#notes").bounding_box()
    assert told and notes and told["y"] + told["height"] <= notes["y"]
    expect(page.locator("footer")).to_contain_text("Only the harbour bell in this episode is")
    expect(page.locator("footer")).not_to_contain_text("The voices of this show are synthetic")


def test_a_stub_says_what_it_is(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/the-lost-pilot/")

    expect(page.get_by_role("heading", name="Mentioned by")).to_be_visible()
    expect(page.get_by_role("link", name="Caches at Low Tide").first).to_be_visible()


def test_a_wrong_address_leads_back_from_any_depth(page: Page, address: str) -> None:
    missing = page.request.get(f"{address}404.html").text()

    assert f'href="/{SUB_PATH}"' in missing


def test_no_page_scrolls_sideways(scripted: Page, address: str) -> None:
    page = scripted
    own = address.replace("/tide/", "/own/")
    longest = "episodes/bidaw-computation-storage-aware-kv-caching-for-llms/"
    for path in (
        address,
        own,
        f"{own}episodes/",
        own + longest,
        f"{own}topics/",
        f"{own}about/",
        f"{own}works/",
    ):
        page.goto(path)
        for width in (360, 768, 1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} px wide at {width}"


def test_the_archive_can_be_filtered_in_place(scripted: Page, address: str) -> None:
    page = scripted
    page.goto(f"{address}episodes/")

    page.get_by_role("searchbox").fill("low tide")

    expect(
        page.get_by_role("link", name="Low Tide, Again: The Same Paper with the Lights On")
    ).to_be_visible()
    expect(
        page.get_by_role("link", name="Queues That Forget: Dropping Work on Purpose")
    ).to_be_hidden()


def test_light_and_dark_can_be_switched_and_are_remembered(scripted: Page, address: str) -> None:
    page = scripted
    page.goto(address)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)

    page.locator("header button, footer button").first.click()
    switched = page.evaluate(ground)
    page.reload()

    assert switched != light
    assert page.evaluate(ground) == switched


def test_the_shows_own_archive_reads_as_one(page: Page, address: str) -> None:
    own = address.replace("/tide/", "/own/")
    page.goto(f"{own}episodes/solidattention-co-designing-sparse-attention-and-ssd-io/")

    expect(page.locator("[id^=source-]")).to_have_count(16)
    expect(page.locator("audio")).to_have_count(1)
    mistyped = "LLM Cold Starts: Fixing Linux Page Cache for Model Loading"
    page.get_by_text("Show 8 more").click()
    page.locator("#source-16").get_by_role("link", name=mistyped).click()
    expect(page.locator("h1")).to_have_text(mistyped)


def test_a_reader_goes_from_a_source_to_its_work_and_to_the_other_episode(
    page: Page, address: str
) -> None:
    page.goto(f"{address}episodes/caches-at-low-tide/")
    page.locator("#source-2").get_by_role("link", name="About this work").click()

    expect(page.locator("h1")).to_have_text("Patience: A Theory of Waiting Lines")
    expect(page.get_by_role("heading", name="Episodes that cite it")).to_be_visible()
    other = page.get_by_role("link", name="Queues That Forget: Dropping Work on Purpose")
    other.first.click()
    expect(page.locator("h1")).to_have_text("Queues That Forget: Dropping Work on Purpose")


def test_the_works_can_be_filtered_in_place(scripted: Page, address: str) -> None:
    page = scripted
    page.goto(f"{address}works/")

    page.get_by_role("searchbox").fill("patience")

    expect(
        page.get_by_role("link", name="Patience: A Theory of Waiting Lines").first
    ).to_be_visible()
    expect(page.get_by_role("link", name="Evicting the Sea").first).to_be_hidden()


def test_a_jump_in_a_long_archive_lands_on_its_year(scripted: Page, address: str) -> None:
    """Rows that are not looked at have a guessed height; the goal must be met all the same."""
    page = scripted
    page.set_viewport_size({"width": 1280, "height": 700})
    page.goto(f"{address}episodes/")
    page.evaluate(
        """() => {
          const [part] = document.querySelectorAll("[data-rows] .section");
          for (let year = 1; year <= 12; year += 1) {
            const copy = part.cloneNode(true);
            copy.querySelector("h2").id = `copy-${year}`;
            const rows = copy.querySelector(".rows");
            for (let more = 0; more < 60 + 9 * year; more += 1) {
              rows.append(rows.firstElementChild.cloneNode(true));
            }
            part.parentElement.append(copy);
          }
          const link = document.createElement("a");
          link.href = "#copy-11";
          link.textContent = "There";
          document.querySelector(".page-nav").append(link);
        }"""
    )

    page.get_by_role("link", name="There", exact=True).click()
    page.wait_for_function("location.hash === '#copy-11'")
    page.evaluate(AT_REST)

    top = page.evaluate("document.querySelector('#copy-11').getBoundingClientRect().top")
    assert -2 <= top <= 60


def test_the_feed_address_can_be_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)

    page.get_by_role("button", name="Copy").click()

    expect(page.locator(".feed-address [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".feed-address a").inner_text()
    context.close()


def test_a_citation_can_be_saved_without_script_and_copied_with_it(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}episodes/caches-at-low-tide/")
    box = page.locator("section", has=page.get_by_role("heading", name="Cite this episode"))
    box.get_by_role("button", name="Copy RIS").click()
    expect(box.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()

    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}episodes/caches-at-low-tide/")
    box = page.locator("section", has=page.get_by_role("heading", name="Cite this episode"))
    expect(box.get_by_role("button")).to_have_count(0)
    with page.expect_download() as saved:
        box.get_by_role("link", name="RIS").click()
    text = saved.value.path().read_bytes().decode()
    assert saved.value.suggested_filename.endswith(".ris")
    plain.close()

    assert text.startswith("TY  - SOUND\r\n") and "Caches at Low Tide" in text
    assert copied.replace("\r\n", "\n") == text.replace("\r\n", "\n")
