"""Read more, wait less: tokens painted, blocks read, and what they cost."""

import re

import pytest
from playwright.sync_api import Browser

from tests.extras.visualizations.hand import Hand, opened

pytestmark = pytest.mark.browser

LENGTHS = (1, 2, 4, 8, 16, 32, 64)
TOKEN = 4096
"""Bytes of keys and values of a token in one layer, as the page states."""


def test_every_control_by_pointer(browser: Browser) -> None:
    with opened(browser, "ssd-reads") as hand:
        assert "instead of" in hand.text("#outcome")
        hand.click("none")
        assert hand.text("#outcome").startswith("Nothing to read.")
        hand.move("strip", lambda at: at.click(position={"x": 300, "y": 50}))
        assert len(wanted(hand)) == 1
        for preset, count in (("scattered", 20), ("recent", 20), ("clustered", 32)):
            hand.click(preset)
            assert len(wanted(hand)) == count
            assert hand(preset).get_attribute("aria-pressed") == "true"
        hand.drag("block", 1)
        assert hand.text("#block-value") == "64 tokens"
        hand.click("best")
        assert "No block length is faster" in hand.text("#outcome")
        for name, value in (("lat", "200 µs"), ("queue", "32"), ("rate", "7 GB/s")):
            hand.drag(name, 1)
            assert hand.text(f"#{name}-value") == value
        note = hand.text("#gauge-note")
        hand.drag("ctx", 0)
        assert hand.text("#gauge-note") != note
        assert "fits in 8 GB" in hand.text("#gauge-note")
        hand.click("summary")
        assert hand.untouched() == set()


def wanted(hand: Hand) -> set[int]:
    """The tokens that are wanted, as the page tells assistive technology."""
    return set(
        hand.page.evaluate(
            "[...document.querySelectorAll('[role=option][aria-selected=true]')]"
            ".map((el) => +el.id.slice(1))"
        )
    )


def cost(tokens: set[int], block: int, drive: tuple[float, int, float]) -> tuple[int, int, float]:
    """Reads, tokens fetched and microseconds, for blocks of a length."""
    latency, queue, rate = drive
    blocks = {token // block for token in tokens}
    reads = sum(at - 1 not in blocks for at in blocks)
    fetched = len(blocks) * block
    return reads, fetched, reads * latency / queue + fetched * TOKEN / (rate * 1000)


def test_the_time_is_the_formulas(browser: Browser) -> None:
    with opened(browser, "ssd-reads") as hand:
        for drive in ((80.0, 4, 3.0), (200.0, 1, 7.0)):
            for preset in ("clustered", "scattered", "recent"):
                hand(preset).click()
                _compare(hand, drive)


def _compare(hand: Hand, drive: tuple[float, int, float]) -> None:
    hand.set("lat", drive[0])
    hand.set("queue", drive[1].bit_length() - 1)
    hand.set("rate", drive[2])
    tokens = wanted(hand)
    times = {}
    for place, block in enumerate(LENGTHS):
        hand.set("block", place)
        reads, fetched, times[block] = cost(tokens, block, drive)
        law = hand.text("#law")
        assert f"= {reads} · " in law
        assert f" + {fetched} · " in law
        assert _microseconds(law.rsplit("= ", 1)[1]) == near(times[block])
        assert f"{reads} read" in hand.text("#outcome")
    best = min(times, key=lambda block: (round(times[block], 6), block))
    hand("best").click()
    assert hand.text("#block-value") in {f"{best} tokens", f"{best} token"}
    assert _microseconds(hand.text("#naive")) == near(times[1])


def near(time: float) -> object:
    """A time as the page rounds it: whole microseconds, or two digits of a millisecond."""
    return pytest.approx(time, abs=max(0.51, 0.006 * time))


def _microseconds(words: str) -> float:
    value, unit = words.split()
    return float(value) * {"µs": 1, "ms": 1000}[unit]


def test_a_stroke_paints_and_a_second_one_wipes(browser: Browser) -> None:
    with opened(browser, "ssd-reads") as hand:
        hand("none").click()
        box = hand.page.locator("#t20").bounding_box()
        end = hand.page.locator("#t40").bounding_box()
        assert box is not None
        assert end is not None
        mouse = hand.page.mouse
        for left in ({*range(20, 41)}, set()):
            mouse.move(box["x"] + 3, box["y"] + 8)
            mouse.down()
            mouse.move(end["x"] + 3, box["y"] + 30)
            mouse.move(end["x"] + 3, end["y"] + 8)
            mouse.up()
            assert wanted(hand) == left


def test_the_keyboard_paints_too(browser: Browser) -> None:
    with opened(browser, "ssd-reads") as hand:
        hand("none").click()
        hand.page.locator("#strip").focus()
        for key in ("Home", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight", "End", " "):
            hand.page.keyboard.press(key)
        assert wanted(hand) == {64, 65, 66, 255}
        hand.page.keyboard.press("Enter")
        assert wanted(hand) == {64, 65, 66}


def test_the_cache_is_four_times_the_weights_where_the_page_says_so(browser: Browser) -> None:
    with opened(browser, "ssd-reads") as hand:
        for place in range(6):
            hand.set("ctx", place)
            tokens = 4096 * 2**place
            ratio = 2 * 32 * 8 * 128 * tokens * 2 / (8e9 / 2)
            told = re.findall(r"([\d.]+) times the weights", hand.text("#gauge-note"))
            assert float(told[0]) == pytest.approx(ratio, abs=0.051)
            assert hand.text("#ctx-value") == f"{tokens:,}"


def test_a_finger_paints_along_the_strip_and_scrolls_across_it(browser: Browser) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
    with opened(browser, "ssd-reads", **phone) as hand:
        hand("none").tap()
        hand.page.locator("#strip").scroll_into_view_if_needed()
        box = hand.page.locator("#t36").bounding_box()
        assert box is not None
        finger = hand.page.context.new_cdp_session(hand.page)

        def touch(kind: str, *places: tuple[float, float]) -> None:
            points = [{"x": x, "y": y} for x, y in places]
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        x, y = box["x"] + 4, box["y"] + 8
        for along in (True, False):
            before, scrolled = wanted(hand), hand.page.evaluate("scrollY")
            touch("touchStart", (x, y))
            for step in range(1, 9):
                touch("touchMove", (x + 8 * step, y) if along else (x, y - 20 * step))
            touch("touchEnd")
            if along:
                assert wanted(hand) >= {*range(36, 42)}
                assert hand.page.evaluate("scrollY") == scrolled
            else:
                hand.page.wait_for_function("(was) => scrollY !== was", arg=scrolled)
                assert wanted(hand) == before
