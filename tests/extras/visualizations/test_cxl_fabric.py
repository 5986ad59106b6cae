"""Must every message climb to the root: loads of a fabric the reader wires."""

import re
from collections import defaultdict
from itertools import combinations, pairwise, product

import pytest
from playwright.sync_api import Browser

from tests.extras.visualizations.hand import Hand, opened

pytestmark = pytest.mark.browser

Link = tuple[int, int]
TREE: set[Link] = {(1, 2), (1, 3), (2, 4), (2, 5), (3, 6), (3, 7)}
HOME = {device: 4 + place // 2 for place, device in enumerate("abcdefgh")}


def test_every_control_by_pointer(browser: Browser) -> None:
    with opened(browser, "cxl-fabric") as hand:
        assert hand.text("#followed") == "c → f crosses 6 links by one path, over switch 1."
        hand.click("switch 5")
        assert hand("switch 5").get_attribute("aria-pressed") == "true"
        assert hand.page.locator("#wires .ghost").count() == 5
        hand.click("switch 6")
        assert links(hand) == TREE | {(5, 6)}
        assert hand.text("#followed") == "c → f crosses 3 links by one path, not over switch 1."
        for first, second in ((1, 4), (2, 7), (3, 7)):
            hand.click(f"switch {first}", f"switch {second}")
        assert links(hand) == {(1, 2), (1, 3), (1, 4), (2, 4), (2, 5), (2, 7), (3, 6), (5, 6)}
        for preset, count in (("ring", 7), ("spine", 12), ("mesh", 21), ("tree", 6)):
            hand.click(preset)
            assert len(links(hand)) == count
            assert hand(preset).get_attribute("aria-pressed") == "true"
        hand.click("mesh", "routing=tree")
        assert "17 links are idle" in hand.text("#outcome")
        hand.click("routing=pbr", "coherence=host")
        assert hand.text("#outcome").startswith("The host’s link is hottest")
        hand.click("coherence=peer")
        hand.move("from", lambda at: at.select_option("a"))
        hand.move("to", lambda at: at.select_option("b"))
        assert hand.text("#followed").startswith("a → b crosses 2 links")
        hand.move("to", lambda at: at.select_option("a"))
        assert hand.text("#followed").startswith("b → a")
        hand.click("summary")
        assert hand.untouched() == set()


def test_a_pick_is_let_go_again(browser: Browser) -> None:
    with opened(browser, "cxl-fabric") as hand:
        hint = hand.text("#hint")
        for let_go in ("switch", "Escape", "ground"):
            hand.click("switch 4")
            assert hand.text("#hint").startswith("Switch 4 is picked.")
            if let_go == "switch":
                hand.click("switch 4")
            elif let_go == "Escape":
                hand.page.keyboard.press("Escape")
            else:
                hand.page.locator("#figure").click(position={"x": 5, "y": 5})
            assert hand.text("#hint") == hint
        assert links(hand) == TREE


def test_the_link_that_is_offered_is_laid_by_a_tap_on_it(browser: Browser) -> None:
    with opened(browser, "cxl-fabric") as hand:
        hand.page.locator("#wires [data-link] rect").click(force=True)
        assert links(hand) == TREE | {(5, 6)}
        assert hand.page.locator("#wires [data-link]").count() == 0


def test_a_cut_fabric_is_told_as_cut(browser: Browser) -> None:
    with opened(browser, "cxl-fabric") as hand:
        hand.click("switch 2", "switch 4")
        assert hand.text("#outcome").startswith("Cut off. 24 of the 56 pairs have no path.")
        assert hand.text("#hops") == hand.text("#sat") == "–"


def links(hand: Hand) -> set[Link]:
    """The links between switches, as the drawing tells them."""
    return {(int(a), int(b)) for a, b in re.findall(r"(\d)–(\d)", hand.label("#figure"))}


def test_the_loads_are_those_of_shortest_paths(browser: Browser) -> None:
    with opened(browser, "cxl-fabric") as hand:
        for steps in (["tree"], ["tree", "switch 5", "switch 6"], ["ring"], ["spine"], ["mesh"]):
            for step in steps:
                hand(step).click()
            for routing, coherence in product(("tree", "pbr"), ("host", "peer")):
                hand(f"routing={routing}").check(force=True)
                hand(f"coherence={coherence}").check(force=True)
                _compare(hand, routing == "tree", coherence == "host")


def _compare(hand: Hand, tree: bool, host: bool) -> None:
    wires = links(hand)
    hottest, hops = loads(spanning(wires) if tree else wires, host)

    told = hand.text("#law")
    assert float(re.findall(r"([\d.]+)%", told)[0]) == pytest.approx(100 * hottest, abs=0.051)
    assert float(hand.text("#sat")) == pytest.approx(1 / hottest, abs=0.0051)
    assert float(hand.text("#hops")) == pytest.approx(hops, abs=0.0051)


def spanning(wires: set[Link]) -> set[Link]:
    """The tree of the links from switch 1, breadth first, lower number first."""
    kept, seen, queue = set(), {1}, [1]
    for at in queue:
        for other in range(1, 8):
            link = (min(at, other), max(at, other))
            if link in wires and other not in seen:
                seen.add(other)
                queue.append(other)
                kept.add(link)
    return kept


def loads(wires: set[Link], host: bool) -> tuple[float, float]:
    """The hottest load of any link in one direction, and the mean number of links crossed.

    Every path is written out, which is slow and simple, where the page counts ways.
    """
    near: dict[object, list[object]] = defaultdict(list)
    more: list[tuple[object, object]] = [(1, "host"), *((at, who) for who, at in HOME.items())]
    for a, b in [*wires, *more]:
        near[a].append(b)
        near[b].append(a)
    load: dict[tuple[object, object], float] = defaultdict(float)
    hops = 0
    pairs = [pair for two in combinations(HOME, 2) for pair in (two, two[::-1])]
    for a, b in pairs:
        legs = [(a, "host"), ("host", b)] if host else [(a, b)]
        for start, end in legs:
            ways = shortest(near, start, end)
            hops += len(ways[0]) - 1
            for way in ways:
                for step in pairwise(way):
                    load[step] += 1 / len(ways) / len(pairs)
    return max(load.values()), hops / len(pairs)


def shortest(
    near: dict[object, list[object]], start: object, end: object
) -> list[tuple[object, ...]]:
    """All shortest ways from one node to another."""
    ways: list[tuple[object, ...]] = [(start,)]
    while True:
        there = [way for way in ways if way[-1] == end]
        if there:
            return there
        ways = [(*way, to) for way in ways for to in near[way[-1]] if to not in way]
