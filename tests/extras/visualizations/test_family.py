"""What the six original visualizations have in common, each in a real Chromium."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from backlist.extras.visualizations.sandbox import embed
from tests.axe import faint, violations
from tests.extras.visualizations.hand import CONTROLS, IDS, VISUALIZATIONS, Hand, opened

pytestmark = pytest.mark.browser
six = pytest.mark.parametrize("name", IDS)

# A later state of each, reached by these clicks: picked, painted, patched, opened.
LATER = {
    "page-cache": ("second", "evict=lru", "summary"),
    "spec-patches": ("promise2", "keep=spec", "summary"),
    "block-routing": ("again", "summary"),
    "ssd-reads": ("scattered", "best", "summary"),
    "cxl-fabric": ("ring", "coherence=host", "switch 5", "summary"),
    "two-tiers": ("chat A", "chat B", "guess", "reveal", "summary"),
}


@six
def test_one_small_file_that_names_no_other(name: str) -> None:
    page = (VISUALIZATIONS / name / "index.html").read_bytes()
    text = page.decode("utf-8")

    assert len(page) < 60_000
    assert re.findall(r"https?:|@import|url\((?!#)|\bsrc=|\bhref=", text) == []
    assert re.search(r"localStorage|sessionStorage|indexedDB|cookie", text) is None


@six
def test_it_says_what_to_try_and_what_to_notice(browser: Browser, name: str) -> None:
    with opened(browser, name) as hand:
        assert hand.page.locator("html").get_attribute("lang") == "en"
        assert hand.page.title() == hand.text("h1")
        assert re.search(r"\bnotice\b", hand.text(".lead"))
        claims = hand.page.locator(".claims dt").all_inner_texts()
        assert claims == ["What the paper says", "What this page assumes"]


@six
def test_nothing_is_wrong_for_assistive_technology(browser: Browser, name: str) -> None:
    with opened(browser, name) as hand:
        for later in (False, True):
            if later:
                hand.click(*LATER[name])
            for width in (360, 1040):
                hand.page.set_viewport_size({"width": width, "height": 900})
                hand.page.emulate_media(color_scheme="light", reduced_motion="reduce")
                assert violations(hand.page) == [], (width, later)
                hand.page.emulate_media(color_scheme="dark")
                assert faint(hand.page) == [], (width, "dark", later)


@six
def test_it_is_read_and_touched_on_a_small_phone(browser: Browser, name: str) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
    with opened(browser, name, **phone) as hand:
        for later in ((), LATER[name]):
            for control in later:
                hand.move(control, lambda at: at.tap(force=True))
            assert hand.page.evaluate("document.documentElement.scrollWidth") == 360
            assert _small_words(hand) == []
            assert _small_targets(hand) == []


@six
def test_its_layout_holds_in_a_narrow_and_in_a_wide_typeface(browser: Browser, name: str) -> None:
    """Letters so much closer, or farther apart, make lines as long as Liberation's or DejaVu's."""
    with opened(browser, name, reduced_motion="reduce") as hand:
        for spacing in ("-0.03em", "0.03em"):
            hand.page.set_viewport_size({"width": 720, "height": 900})
            hand.page.reload()
            hand.page.add_style_tag(content=f"* {{ letter-spacing: {spacing} !important }}")
            main = "document.querySelector('main').getBoundingClientRect().height"
            assert abs(hand.page.evaluate(main) - _recorded_height(name)) < 60, spacing
            for later in ((), LATER[name]):
                hand.click(*later)
                for width in (360, 720, 1040):
                    hand.page.set_viewport_size({"width": width, "height": 900})
                    wide = hand.page.evaluate("document.documentElement.scrollWidth")
                    assert wide == width, spacing


def _small_words(hand: Hand) -> list[str]:
    """Words that are drawn smaller than 12 px, in a drawing after its scale."""
    return list(
        hand.page.evaluate(
            """() => [...document.querySelectorAll("main *")]
              .filter((el) => [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
              .filter((el) => !el.closest(".aside"))
              .map((el) => [el.textContent, parseFloat(getComputedStyle(el).fontSize)
                * (el.getScreenCTM ? el.getScreenCTM().a : 1)])
              .filter(([, size]) => size < 12).map(([text, size]) => `${text}: ${size}`)"""
        )
    )


def _small_targets(hand: Hand) -> list[str]:
    """Controls below 44 by 44 px; the label of a control is part of it."""
    return list(
        hand.page.evaluate(
            """(css) => [...document.querySelectorAll(css)]
              .filter((el) => el.getClientRects().length)
              .map((el) => [nameOf(el), (el.closest("label") || el).getBoundingClientRect()])
              .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
              .map(([name, box]) => `${name}: ${box.width} by ${box.height}`)""",
            CONTROLS,
        )
    )


@six
def test_every_control_is_driven_by_the_keyboard_alone(browser: Browser, name: str) -> None:
    with opened(browser, name, reduced_motion="reduce") as hand:
        # Some controls wait for others: a second start, a first pick. Two more rounds reach them.
        for _ in range(3):
            if hand.untouched():
                _walk(hand)
        assert hand.untouched() == set()


def _walk(hand: Hand) -> None:
    """Go through the page with Tab, work what has the focus, and see the focus each time."""
    keyboard = hand.page.keyboard
    hand.page.evaluate("document.activeElement.blur()")
    seen: list[str] = []
    while len(seen) < 60:
        keyboard.press("Tab")
        here = hand.page.evaluate(
            """(css) => { const el = document.activeElement;
              return el.matches(css) ? [nameOf(el), el.type || el.tagName] : null; }""",
            CONTROLS,
        )
        if here is None or here[0] in seen:
            return
        seen.append(here[0])
        assert _focus_shows(hand), f"the focus on {here[0]} is not seen"
        for key in _keys(*here):
            before = hand.shown()
            keyboard.press(key)
            now = hand.page.evaluate("nameOf(document.activeElement)")
            if hand.shown() != before:
                hand.moved.add(now)


def _keys(name: str, kind: str) -> tuple[str, ...]:
    """What one presses on a control of that kind; a clock that runs is stopped again."""
    if name == "play":
        return "Enter", "Enter"
    return {
        "range": ("ArrowLeft", "ArrowRight", "ArrowRight"),
        "radio": ("ArrowRight", "ArrowRight"),
        "checkbox": (" ",),
        "select-one": ("ArrowDown",),
        "svg": ("ArrowRight", " ", "Shift+ArrowRight"),
    }.get(kind, ("Enter",))


def _focus_shows(hand: Hand) -> bool:
    """Whether an outline, or what stands for it, is drawn around the focus or its label."""
    return bool(
        hand.page.evaluate(
            """() => { const el = document.activeElement, label = el.closest("label");
              const ring = el.querySelector(".ring");
              const outlined = (at) => at && getComputedStyle(at).outlineStyle !== "none";
              return Boolean(outlined(el) || outlined(label)
                || ring && getComputedStyle(ring).stroke !== "none"); }"""
        )
    )


@six
def test_nothing_moves_by_itself_when_motion_is_unwelcome(browser: Browser, name: str) -> None:
    with opened(browser, name, reduced_motion="reduce") as hand:
        moving = "document.getAnimations().filter((a) => a.playState === 'running').length"
        assert hand.page.evaluate(moving) == 0
        hand.click(*LATER[name])
        assert hand.page.evaluate(moving) == 0


FRAMED = """<!doctype html><title>t</title><body style="margin: 0">
<iframe title="t" sandbox="allow-scripts"
  style="width: 100%; height: 640px; border: 0"></iframe>
<script>
  window.heights = [];
  const frame = document.querySelector("iframe");
  addEventListener("message", (event) => {
    heights.push(event.data.height);
    frame.style.height = event.data.height + "px";
  });
</script>"""


@six
def test_in_its_frame_it_works_and_keeps_a_steady_height(browser: Browser, name: str) -> None:
    copy = embed((VISUALIZATIONS / name / "index.html").read_bytes()).decode()
    page = browser.new_page(viewport={"width": 720, "height": 900}, reduced_motion="reduce")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.set_content(FRAMED)
    page.evaluate("(copy) => { document.querySelector('iframe').srcdoc = copy; }", copy)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    page.wait_for_function("heights.length > 0")
    # The frame and the page inside it are at rest when ten pictures in a row change nothing.
    page.evaluate(
        """new Promise((done) => { let n = 10;
          (function go() { n-- ? requestAnimationFrame(go) : done(); })(); })"""
    )
    heights = page.evaluate("heights")

    assert len(heights) <= 3
    bottom = frame.locator("main").evaluate("(el) => el.getBoundingClientRect().bottom + scrollY")
    assert abs(bottom - heights[-1]) < 2
    assert abs(heights[-1] - _recorded_height(name)) < 60
    before = heights[-1]
    frame.locator("summary").click()
    page.wait_for_function("(before) => heights[heights.length - 1] > before", arg=before)
    page.close()
    assert faults == []


def _recorded_height(name: str) -> int:
    record = (VISUALIZATIONS / name / "visualization.yaml").read_text("utf-8")
    found = re.search(r"^height: (\d+)$", record, re.MULTILINE)
    assert found
    return int(found[1])


def test_the_six_are_worked_in_six_ways(browser: Browser) -> None:
    """Each has a thing to do that no other has; sliders alone are no interaction of its own."""
    own = {
        "page-cache": "#figure + input[type=range]",
        "spec-patches": ".clause input[type=checkbox]",
        "block-routing": "#again",
        "ssd-reads": "[role=listbox]",
        "cxl-fabric": "svg [role=button]",
        "two-tiers": ".card",
    }
    for name in IDS:
        with opened(browser, name) as hand:
            have = [who for who, css in own.items() if _has(hand.page.locator(css))]
            assert have == [name]


def _has(found: Locator) -> bool:
    return found.count() > 0
