"""The map in a real browser: with script, with keys only, with fingers, and without script."""

import functools
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from backlist.extras import map as map_page
from backlist.files.output import Outputs
from backlist.outputs import assets
from backlist.pages.context import SiteContext
from tests.axe import COLOURS, violations
from tests.conftest import SITES, built
from tests.extras.map import invented
from tests.extras.map.test_page import THEME

pytestmark = pytest.mark.browser

ADDRESS = "https://map.example/"
BOXES = """(kind) => [...document.querySelectorAll(kind)].filter(one => one.getClientRects().length)
  .map(one => {
    const line = one.getBoundingClientRect()
    const style = getComputedStyle(one), pen = document.createElement("canvas").getContext("2d")
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const ink = pen.measureText(one.textContent)
    const size = ink.fontBoundingBoxAscent + ink.fontBoundingBoxDescent
    const scale = line.height / size, base = line.top + ink.fontBoundingBoxAscent * scale
    return [line.left, base - ink.actualBoundingBoxAscent * scale,
            line.right, base + ink.actualBoundingBoxDescent * scale]
  })"""
"""Where the letters of texts are: typefaces differ in the room they keep above and below them."""


@functools.cache
def outputs(count: int) -> Outputs:
    """What the map's page of an archive needs; the rich site for none."""
    if not count:
        rich, _ = built(SITES / "rich")
        assert rich is not None
        return rich.outputs
    archive = invented.archive(count, {200: 4.0}.get(count, 1.0))
    site = SiteContext(archive, THEME)
    made = [*map_page.make(site), *assets.make(site)]
    return {output.path: output for output in made}


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open the map of an archive of a size in a fresh window."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(count: int, width: int = 1280, at: str = "", **how: object) -> Page:
        def serve(route: Route) -> None:
            path = route.request.url.removeprefix(ADDRESS).partition("#")[0]
            path += "index.html" if not path or path.endswith("/") else ""
            if path not in outputs(count):
                return route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")
            kinds = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
            kind = kinds.get(path.rsplit(".", 1)[-1], "text/html")
            return route.fulfill(body=outputs(count)[path].read(), content_type=kind)

        context = browser.new_context(
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            **how,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.route("**/*", serve)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{ADDRESS}map/{at}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def focused(page: Page) -> str:
    said = page.evaluate("document.activeElement.querySelector('title')?.textContent ?? ''")
    return str(said).split("\n", maxsplit=1)[0]


def shown(page: Page) -> set[str]:
    told = page.evaluate("[...document.querySelectorAll('.on title')].map(one => one.textContent)")
    return {str(one).split("\n", maxsplit=1)[0] for one in told}


CACHES = "Caches at Low Tide"
AGAIN = "Low Tide, Again: The Same Paper with the Lights On"
QUEUES = "Queues That Forget: Dropping Work on Purpose"


def test_without_script_the_picture_is_links(visit: Open) -> None:
    page = visit(0, java_script_enabled=False)

    expect(page.locator("[data-picking]")).to_be_hidden()
    page.locator(".node", has_text="Queues That Forget").click()
    assert page.url == f"{ADDRESS}episodes/queues-that-forget/"
    page.go_back()
    page.locator(".lanes .name", has_text="Evicting the Sea").click()
    assert "/works/" in page.url


def test_without_script_an_address_marks_its_episode(visit: Open) -> None:
    page = visit(0, at="#episode-queues-that-forget", java_script_enabled=False)

    colour = "(s) => getComputedStyle(document.querySelector(s)).fill"
    marked = page.evaluate(colour, "#episode-queues-that-forget circle")
    assert marked != page.evaluate(colour, "#episode-caches-at-low-tide circle")


def test_an_address_picks_its_episode(visit: Open) -> None:
    page = visit(200, at="#episode-e150")

    expect(page.locator("#episode-e150")).to_be_focused()
    expect(page.locator("#episode-e150")).to_be_in_viewport()
    expect(page.locator(".at")).to_have_count(1)


def test_pointing_shows_what_an_episode_is_connected_with(visit: Open) -> None:
    page = visit(0)
    page.locator("#episode-caches-at-low-tide text:visible").first.hover()

    assert {CACHES, AGAIN, QUEUES, "The Lost Pilot", "Evicting the Sea"} <= shown(page)
    assert "δ-mem and Friends: What 50× Compression Costs, I/O Included" not in shown(page)
    assert page.locator(".own").get_attribute("d") != ""
    expect(page.locator("[data-telling]")).to_contain_text("Mentions")

    page.locator("h1").hover()
    assert shown(page) == set()


def test_keys_walk_in_time_and_to_what_is_connected(visit: Open) -> None:
    page = visit(0)
    page.locator("button[type=reset]").focus()
    page.keyboard.press("Tab")
    assert focused(page).startswith("δ-mem")

    page.keyboard.press("ArrowDown")
    assert focused(page) == CACHES
    connected = shown(page) - {CACHES}
    met = set()
    for _ in connected:
        page.keyboard.press("ArrowRight")
        met.add(focused(page))
        expect(page.locator(".at title")).to_contain_text(CACHES)
    assert met == connected
    page.keyboard.press("ArrowRight")
    assert focused(page) == CACHES
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    assert focused(page).startswith("δ-mem")

    page.keyboard.press("Escape")
    assert shown(page) == set()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{ADDRESS}episodes/delta-mem-friends/")


def test_tab_passes_the_picture_in_one_step(visit: Open) -> None:
    page = visit(2000)
    page.locator("button[type=reset]").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".node:focus")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")

    expect(page.locator(".map-text summary")).to_be_focused()


def test_a_topic_shows_its_episodes_and_what_they_share(visit: Open) -> None:
    page = visit(0)
    page.select_option("[name=topic]", label="Caches (3)")

    assert {CACHES, AGAIN, "Evicting the Sea"} <= shown(page)
    assert QUEUES not in shown(page)
    expect(page.locator("[data-telling]")).to_have_text("3 of 5 shown")
    page.get_by_role("button", name="Clear").click()
    assert shown(page) == set()
    assert page.locator("[name=topic]").input_value() == ""


def test_a_work_shows_its_episodes(visit: Open) -> None:
    page = visit(0)
    page.select_option("[name=work]", index=1)
    name = page.locator(".lanes a title").first.text_content() or ""

    assert len(shown(page)) == 3
    assert name.split("\n")[0] in shown(page)
    page.keyboard.press("Escape")
    assert page.locator("[name=work]").input_value() == ""


def test_the_first_touch_picks_and_the_second_opens(visit: Open) -> None:
    page = visit(0, width=360, has_touch=True)
    spot = page.locator("#episode-queues-that-forget circle")

    spot.tap()
    expect(page.locator("[data-telling]")).to_contain_text(QUEUES)
    assert page.url == f"{ADDRESS}map/"
    spot.tap()
    page.wait_for_url(f"{ADDRESS}episodes/queues-that-forget/")


@pytest.mark.parametrize("count", [22, 200, 2000])
def test_it_can_be_read_at_any_size_and_width(visit: Open, count: int) -> None:
    page = visit(count, width=320)
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for kind in (".node text", ".lanes .name", ".time text"):
            boxes = sorted(page.evaluate(BOXES, kind), key=lambda box: box[1])
            for place, (left, top, right, bottom) in enumerate(boxes):
                assert left >= 0, kind
                assert right <= width, kind
                for other in boxes[place + 1 : place + 6]:
                    apart = other[1] >= bottom or other[0] >= right or other[2] <= left
                    assert apart, f"{kind}: {(left, top, right, bottom)} and {other}"


@pytest.mark.parametrize("count", [22, 200, 2000])
def test_axe_finds_nothing(visit: Open, count: int) -> None:
    page = visit(count)
    # What is true of sixty episodes is true of thousands, and told sooner.
    for each in (".node", ".map-text .row"):
        page.locator(each).evaluate_all("all => all.slice(61).forEach((one) => one.remove())")
    found = violations(page)
    page.locator(".node").nth(3).focus()
    page.emulate_media(color_scheme="dark")
    page.keyboard.press("Escape")

    assert found + violations(page, COLOURS) == []


def test_colours_of_the_system_leave_it_readable(visit: Open) -> None:
    page = visit(22, forced_colors="active")
    style = "(s) => getComputedStyle(document.querySelector(s))"

    ground = page.evaluate(f"({style})('body').backgroundColor")
    assert page.evaluate(f"({style})('.node:not(.stub) circle').fill") != ground
    assert page.evaluate(f"({style})('.arc').stroke") != ground


def test_on_paper_the_picture_is_whole(visit: Open) -> None:
    page = visit(22)
    page.emulate_media(media="print")

    expect(page.locator("[data-picking]")).to_be_hidden()
    expect(page.locator(".nodes")).to_be_visible()
