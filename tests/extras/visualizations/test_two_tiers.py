"""Who goes to the GPU next: the queue as a game, and the share that is recomputed."""

import re
from itertools import permutations

import pytest
from playwright.sync_api import Browser

from tests.extras.visualizations.hand import Hand, opened

pytestmark = pytest.mark.browser

CHATS = "ABCDEFGH"


def test_every_control_by_pointer(browser: Browser) -> None:
    with opened(browser, "two-tiers") as hand:
        assert "when you are done" in hand.text("#figure")
        hand.click("reveal")
        assert "when you are done" not in hand.text("#figure")
        hand.click("chat A")
        assert hand("chat A").get_attribute("aria-label") == (
            "Chat A, RAM, waited 0, needs the GPU for 3 ticks"
        )
        hand.click("back")
        assert hand.text("#outcome").startswith("Tick 0.")
        hand.click("chat A", "chat B")
        assert hand.text("#outcome").startswith("The GPU stalled 3 ticks for B’s cache.")
        hand.click("over")
        assert hand.text("#outcome").startswith("Tick 0.")
        for chat in "ABDCFGEH":
            hand.click(f"chat {chat}")
        assert hand.text("#outcome").startswith("All served.")
        hand.click("guess")
        hand.drag("right", 1)
        assert hand.text("#right-value") == "4 of 4"
        hand.drag("right", 0)
        assert "×" in hand.text("#figure")
        hand.drag("turns", 1)
        assert hand.text("#turns-value") == "14"
        hand.drag("answer", 0)
        assert hand.text("#answer-value") == "50"
        hand.click("summary")
        assert hand.untouched() == set()


def test_a_chat_that_has_not_come_cannot_be_served(browser: Browser) -> None:
    with opened(browser, "two-tiers") as hand:
        shown = hand.shown()
        hand("chat H").click(force=True)
        assert hand.shown() == shown


def test_letters_serve_and_arrows_move(browser: Browser) -> None:
    with opened(browser, "two-tiers") as hand:
        hand("chat A").focus()
        hand.page.keyboard.press("ArrowRight")
        assert hand.page.evaluate("nameOf(document.activeElement)") == "chat B"
        for letter in "abdcfgeh":
            hand.page.keyboard.press(letter)
        assert hand.text("#outcome").startswith("All served.")


def test_the_share_is_the_formulas(browser: Browser) -> None:
    with opened(browser, "two-tiers") as hand:
        for turns, answer in ((2, 50), (8, 200), (10, 200), (14, 600)):
            hand.set("turns", turns)
            hand.set("answer", answer)
            history = sum((t - 1) * (100 + answer) for t in range(1, turns + 1))
            share = history / (history + turns * 100)

            assert float(hand.text("#share b").rstrip("%")) == near(100 * share)
            assert hand.page.locator("#turns-figure rect").count() == 2 * turns + 2


def near(value: float) -> object:
    """A number that is shown with one digit after the point."""
    return pytest.approx(value, abs=0.0501)


def _chats(hand: Hand) -> dict[str, tuple[int, str, int, int]]:
    """Arrival, tier, ticks to prepare and ticks of GPU of each chat, as the page has them."""
    return {
        one["name"]: (one["at"], one["tier"], one["prep"], one["gpu"])
        for one in hand.page.evaluate("QUEUE")
    }


def blind(chats: dict[str, tuple[int, str, int, int]]) -> list[int]:
    """Waits when a load begins only as the GPU turns to the chat."""
    free, waits = 0, []
    for at, _, prep, gpu in chats.values():
        begins = max(free, at) + prep
        waits.append(begins - at)
        free = begins + gpu
    return waits


def informed(chats: dict[str, tuple[int, str, int, int]], order: str) -> list[int]:
    """Waits in an order, when the SSD loads what waits: the chat picked first, else by arrival."""
    ready = {name for name, chat in chats.items() if chat[1] == "ram"}
    waits: list[int] = []
    loading, loaded_at, free, turn, tick = "", 0, 0, 0, 0
    started = True
    while turn < len(order) or not started:
        if loading and loaded_at == tick:
            ready.add(loading)
            loading = ""
        if started and free <= tick and turn < len(order):
            if not any(chats[n][0] <= tick for n in order[turn:]):
                tick += 1
                continue
            started, turn = False, turn + 1
        now = "" if started else order[turn - 1]
        if not loading:
            first = [now, *chats]
            wants = [
                n
                for n in first
                if n and chats[n][1] == "ssd" and n not in ready and chats[n][0] <= tick
            ]
            if wants:
                loading, loaded_at = wants[0], tick + chats[wants[0]][2]
        if now and chats[now][0] <= tick and (now in ready or chats[now][1] == "none"):
            at, tier, prep, gpu = chats[now]
            begins = tick + (prep if tier == "none" else 0)
            waits.append(begins - at)
            free, started = begins + gpu, True
        tick += 1
    return waits


def test_the_waits_are_those_of_the_rules(browser: Browser) -> None:
    with opened(browser, "two-tiers") as hand:
        for order in ("ABCDEFGH", "ABDCFGEH", "ABEDCFHG"):
            hand("over").click(force=True)
            for chat in order:
                hand.click(f"chat {chat}")
            _compare(hand, order)


def _compare(hand: Hand, order: str) -> None:
    chats = _chats(hand)
    waits = informed(chats, order)
    told = {
        chat: int(re.findall(r"waited (\d+)", hand("chat " + chat).inner_text())[0])
        for chat in CHATS
    }

    assert [told[chat] for chat in order] == waits
    served = sum(blind(chats))
    means = re.findall(r"is (\d+\.\d)", hand.text("#outcome"))
    assert float(means[0]) == near(sum(waits) / 8)
    assert float(means[1]) == near(served / 8)
    assert f"total {served}" in hand.text("#figure")


def test_no_order_beats_the_best_it_names(browser: Browser) -> None:
    with opened(browser, "two-tiers") as hand:
        chats = _chats(hand)
        for chat in CHATS:
            hand.click(f"chat {chat}")
        told = re.findall(r"best possible order reaches (\d+\.\d)", hand.text("#outcome"))
        # Only orders in which a chat has come by the time it is picked can be played.
        best = min(sum(informed(chats, "A" + "".join(rest))) for rest in permutations(CHATS[1:]))
        assert float(told[0]) == near(best / 8)
