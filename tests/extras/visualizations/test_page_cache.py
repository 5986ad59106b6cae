"""Why the SSD idles in a cold start: two lanes, a clock to drag, and a second start."""

import re
from itertools import product

import pytest
from playwright.sync_api import Browser, expect

from tests.extras.visualizations.hand import Hand, opened

pytestmark = pytest.mark.browser

CHUNKS = 32
WINDOWS = (1, 2, 4, 8, 16)
USE = 0.25
"""Ticks the reader takes for a chunk; the page states it as an assumption."""


def test_every_control_by_pointer(browser: Browser) -> None:
    with opened(browser, "page-cache") as hand:
        assert hand.text("#outcome").startswith("1.9× as fast in this model.")
        assert hand.page.locator("#choices").is_hidden()
        assert hand.page.locator("#figure .soft", has_text="idle").count() > 0

        hand.drag("window", 1)
        assert hand.text("#outcome").startswith("A tie.")
        hand.drag("window", 0.25)
        hand.drag("latency", 0)
        assert "100%" in hand.text("#law")
        hand.drag("latency", 1)
        hand.drag("time", 0)
        assert hand.text("#say0") == hand.text("#say1") == "0 of 32 chunks read"
        hand.click("second", "evict=lru")
        refetched = hand.text("#f2")
        hand.click("evict=order")
        assert hand.text("#f2") != refetched
        hand.drag("cache", 0)
        assert hand.text("#cache-value") == "12 of 32"
        hand.click("play", "summary")
        assert hand.text("#play") == "Pause"
        assert hand.untouched() == set()


def test_dragging_across_the_drawing_moves_the_clock(browser: Browser) -> None:
    with opened(browser, "page-cache") as hand:
        box = hand.page.locator("#figure").bounding_box()
        assert box is not None
        mouse, middle = hand.page.mouse, box["y"] + 60
        read = []
        mouse.move(box["x"] + 30, middle)
        mouse.down()
        for share in (0.2, 0.5, 0.99):
            mouse.move(box["x"] + share * box["width"], middle)
            read.append(int(hand.text("#say0").split()[0].replace("all", "32")))
        mouse.up()

        assert read == sorted(read)
        assert read[0] < read[1] < read[2]
        clock = float(hand("time").input_value())
        mouse.move(box["x"] + 30, middle)
        assert float(hand("time").input_value()) == clock


def test_the_lanes_take_as_long_as_the_rules_say(browser: Browser) -> None:
    with opened(browser, "page-cache") as hand:
        for place, latency in product(range(len(WINDOWS)), (1, 8, 12)):
            hand.set("window", place)
            hand.set("latency", latency)
            _compare(hand, WINDOWS[place], latency)


def _compare(hand: Hand, width: int, latency: int) -> None:
    # A window takes max(W, L + 1) ticks; the last one ends with its last chunk's use.
    each = max(width, latency + 1)
    cautious = (CHUNKS // width - 1) * each + latency + width + USE
    known = latency + CHUNKS + USE

    share = min(1, width / (latency + 1))
    assert hand.text("#law").endswith(f"= {share:.0%} of the SSD’s")
    slow, fast = map(int, re.findall(r"after (\d+)", hand.label("#figure")))
    assert slow == pytest.approx(cautious, abs=0.76)
    assert fast == pytest.approx(known, abs=0.76)
    said = re.match(r"([\d.]+)×|A tie", hand.text("#outcome"))
    assert said
    assert float(said[1] or 1) == pytest.approx(cautious / known, abs=0.051)


def test_lru_fetches_all_again_and_the_order_only_what_did_not_fit(browser: Browser) -> None:
    with opened(browser, "page-cache") as hand:
        hand.click("second")
        again = r"Fetched again: (\d+) and (\d+)\."
        for size in (22, 26, 30):
            hand.set("cache", size)
            assert re.findall(again, hand.text("#f2")) == [(str(CHUNKS), str(CHUNKS - size))]
        # Requests under way need room too, so that a small cache keeps less.
        hand.set("cache", 12)
        lru, order = map(int, re.findall(again, hand.text("#f2"))[0])
        assert lru == CHUNKS
        assert CHUNKS - 12 < order <= CHUNKS
        hand.set("cache", CHUNKS)
        assert re.findall(again, hand.text("#f2")) == [("0", "0")]
        hand.click("second")
        assert hand.page.locator("#ledger").is_hidden()


def test_the_clock_runs_pauses_and_ends(browser: Browser) -> None:
    with opened(browser, "page-cache") as hand:
        hand.click("play")
        expect(hand("time")).not_to_have_value("0")
        hand("play").click()
        assert hand.text("#play") == "Run the clock"
        halted = hand("time").input_value()
        hand.page.evaluate("new Promise((done) => requestAnimationFrame(done))")
        assert hand("time").input_value() == halted


def test_without_motion_the_clock_goes_in_still_steps(browser: Browser) -> None:
    with opened(browser, "page-cache", reduced_motion="reduce") as hand:
        span = float(hand("time").get_attribute("max") or 0)
        hand.click("play")
        value = float(hand("time").input_value())
        assert value == pytest.approx(span / 12, abs=0.26)
        hand("play").click()
        assert hand.text("#play") == "Run the clock"
