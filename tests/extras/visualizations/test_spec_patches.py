"""Patch the specification, not the code: how far each of twelve changes reaches."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.extras.visualizations.hand import Hand, opened

pytestmark = pytest.mark.browser

MODULES = range(6)


def test_every_control_by_pointer(browser: Browser) -> None:
    with opened(browser, "spec-patches") as hand:
        assert (_count(hand, "code"), _count(hand, "spec")) == (5, 1)
        arcs = hand.page.locator("#arcs path.live")
        assert arcs.count() == 8
        hand.click("keep=spec")
        assert arcs.count() == 0
        assert hand.page.locator(".module.reached").count() == 1
        hand.click("keep=code", "next")
        assert "Inode" in hand.text("#outcome")
        hand.click("none")
        assert hand.text("#outcome").startswith("Nothing changes.")
        assert hand.page.locator(".module.reached").count() == 0
        for kind in ("promise", "own"):
            for at in MODULES:
                hand.click(f"{kind}{at}")
                struck = hand(f"{kind}{at}").locator("xpath=..").locator("del")
                style = struck.evaluate("(el) => getComputedStyle(el).textDecoration")
                assert "line-through" in style
        assert _count(hand, "code") == _count(hand, "spec") == 6
        hand.click("summary")
        assert hand.untouched() == set()


def _count(hand: Hand, keep: str) -> int:
    found, whole = hand.text(f"#{keep}-count").split(" of ")
    assert whole == "6"
    return int(found)


def test_each_change_reaches_what_its_rule_says(browser: Browser) -> None:
    with opened(browser, "spec-patches") as hand:
        modules: list[dict[str, Any]] = hand.page.evaluate("MODULES")
        sums = {"code": 0, "spec": 0}
        for at in MODULES:
            for kind in ("promise", "own"):
                hand("none").click(force=True)
                hand.click(f"{kind}{at}")
                calling = callers(modules, at)
                citing = {i for i in MODULES if at in modules[i]["cites"]}
                patched = {at} | (citing if kind == "promise" else set())
                for keep, reached in (("code", calling), ("spec", patched)):
                    sums[keep] += len(reached)
                    assert _count(hand, keep) == len(reached)
                    if not hand(f"keep={keep}").is_checked():
                        hand.click(f"keep={keep}")
                    assert _reached(hand) == {modules[i]["name"] for i in reached}
        for keep, total in sums.items():
            assert hand.text(f"#{keep}-mean").startswith(f"{total / 12:.2f} on average")


def callers(modules: list[dict[str, Any]], at: int) -> set[int]:
    """A module and all whose calls lead to it."""
    reached = {at}
    while True:
        more = {i for i in MODULES if reached & set(modules[i]["calls"])} | reached
        if more == reached:
            return reached
        reached = more


def _reached(hand: Hand) -> set[str]:
    return set(hand.page.locator(".module.reached h2").all_inner_texts())


def test_a_citation_is_a_call_and_the_tour_has_every_change(browser: Browser) -> None:
    with opened(browser, "spec-patches") as hand:
        modules: list[dict[str, Any]] = hand.page.evaluate("MODULES")
        assert all(set(module["cites"]) <= set(module["calls"]) for module in modules)
        # Calls go down the stack only, so that nothing calls itself through others.
        assert all(min(m["calls"], default=6) > at for at, m in enumerate(modules))
        taken = set()
        for _ in range(12):
            hand.click("next")
            taken.add(hand.page.locator(".clause :checked").get_attribute("id"))
        assert taken == {f"{kind}{at}" for kind in ("promise", "own") for at in MODULES}


def test_the_share_drawn_is_the_papers(browser: Browser) -> None:
    with opened(browser, "spec-patches") as hand:
        first, rest = (
            float(at.evaluate("(el) => el.getBoundingClientRect().width"))
            for at in hand.page.locator(".count rect").all()
        )
        assert hand.text(".count b") == "82.4%"
        assert first / (first + rest) == pytest.approx(0.824, abs=0.003)
