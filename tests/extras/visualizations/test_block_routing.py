"""Which block holds the needle: what is shown against the formulas it states."""

import math
import re

import pytest
from playwright.sync_api import Browser

from tests.extras.visualizations.hand import Hand, opened

pytestmark = pytest.mark.browser

KEYS = 512
BLOCKS = (4, 8, 16, 32, 64)
HEADS = (16, 32, 64, 128, 256)


def test_every_control_by_pointer(browser: Browser) -> None:
    with opened(browser, "block-routing") as hand:
        assert hand.text("#law").endswith("= 1.00")
        assert "not read" in hand.text("#figure")

        hand.drag("block", 0)
        assert hand.text("#block-value") == "4"
        assert hand.text("#law").endswith("= 4.00")
        assert _bars(hand) > 128
        hand.drag("head", 1)
        assert hand.text("#law").endswith("= 8.00")
        hand.drag("head", 0)
        assert hand.text("#law").endswith("= 2.00")
        hand.drag("block", 1)
        hand.drag("top", 1)
        assert hand.text("#outcome").startswith("Found, because all 8 blocks are read")
        assert hand.text("#rate") == "100%"
        figure = hand.page.locator("#figure").inner_html()
        hand.click("again", "summary")
        assert hand.page.locator("#figure").inner_html() != figure
        assert hand.untouched() == set()


def _bars(hand: Hand) -> int:
    return hand.page.locator("#figure rect").count()


def test_the_numbers_are_those_of_the_formula(browser: Browser) -> None:
    with opened(browser, "block-routing") as hand:
        for block, head, top in ((4, 2, 1), (2, 0, 3), (0, 2, 1), (1, 1, 8)):
            for name, value in (("block", block), ("head", head), ("top", top)):
                hand.set(name, value)
            size, width = BLOCKS[block], HEADS[head]
            snr, count = math.sqrt(width / size), KEYS // size

            assert hand.text("#law").endswith(f"= {snr:.2f}")
            assert hand.text("#cost") == str(count + top * size)
            told = float(re.findall(r"([\d.]+)%", hand.text("#rate-note"))[0])
            assert told == pytest.approx(100 * found(count, snr, top), abs=0.15)
            simulated = float(hand.text("#rate").rstrip("%"))
            assert simulated == pytest.approx(told, abs=6)
            verdict = hand.text("#outcome").split(".")[0]
            assert ("not read" in hand.text("#figure")) == (verdict == "Missed")


def found(count: int, snr: float, top: int) -> float:
    """The chance that the needle's block is among the best `top` of `count`, by quadrature."""
    total, step = 0.0, 0.01
    for i in range(-800, 801):
        x = i * step
        above = math.erfc((x + snr) / math.sqrt(2)) / 2
        at_most = sum(
            math.comb(count - 1, n) * above**n * (1 - above) ** (count - 1 - n) for n in range(top)
        )
        total += math.exp(-x * x / 2) / math.sqrt(2 * math.pi) * at_most * step
    return total
