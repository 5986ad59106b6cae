"""A hand on an original visualization: its controls, what it shows, and its own arithmetic.

The list of controls comes from the page, not from the tests: a control that no test touches
makes `Hand.untouched` say so.
"""

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Locator, Page

from tests.conftest import HERE

VISUALIZATIONS = HERE.parent / "content" / "visualizations"
IDS = (
    "page-cache",
    "spec-patches",
    "block-routing",
    "ssd-reads",
    "cxl-fabric",
    "two-tiers",
)

CONTROLS = "input, button, select, summary, [role=button], [role=listbox]"

# How a control is called in the tests: its id, `name=value` of a radio, or its own words.
_NAMING = """
window.nameOf = (el) => el.id || (el.type === "radio" && `${el.name}=${el.value}`)
  || el.dataset.preset || (el.dataset.switch && `switch ${+el.dataset.switch + 1}`)
  || (el.classList.contains("card") && `chat ${el.querySelector("b").textContent}`)
  || el.tagName.toLowerCase();
window.named = (name) => [...document.querySelectorAll(CONTROLS)].find((el) => nameOf(el) === name);
// What is shown apart from the controls and their labels: results in words, and drawn geometry.
window.shown = () => {
  const words = [];
  for (const el of document.querySelectorAll("main p, main dd, main b, .state, #figure text"))
    if (!el.closest("label, [hidden]")) words.push(el.textContent);
  for (const svg of document.querySelectorAll("main svg")) words.push(svg.innerHTML);
  for (const el of document.querySelectorAll("details")) words.push(el.open);
  return words.join("\\n");
};
""".replace("CONTROLS", repr(CONTROLS))


class Hand:
    """Drives one page and remembers which controls it moved with a visible result."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.moved: set[str] = set()

    def controls(self) -> list[str]:
        """Every control of the page, shown or not."""
        return list(
            self.page.evaluate(
                "(css) => [...document.querySelectorAll(css)].map((el) => nameOf(el))", CONTROLS
            )
        )

    def untouched(self) -> set[str]:
        """The controls that no move has gone through yet."""
        return set(self.controls()) - self.moved

    def __call__(self, name: str) -> Locator:
        """The control of that name."""
        place = self.page.evaluate(
            "([css, name]) => [...document.querySelectorAll(css)].indexOf(named(name))",
            [CONTROLS, name],
        )
        assert place >= 0, f"no control is called {name}"
        return self.page.locator(CONTROLS).nth(place)

    def move(self, name: str, how: Callable[[Locator], Any]) -> None:
        """Move a control; what the page shows must change by it."""
        before = self.shown()
        how(self(name))
        assert self.shown() != before, f"{name} changes nothing that is shown"
        self.moved.add(name)

    def click(self, *names: str) -> None:
        """Click controls one after the other."""
        for name in names:
            # A radio button lies unseen under its label's words; the point is the same.
            self.move(name, lambda at: at.click(force=True))

    def drag(self, name: str, share: float) -> None:
        """Drag a slider's thumb to a share of its length, with the pointer."""

        def drag(at: Locator) -> None:
            at.scroll_into_view_if_needed()
            box = at.bounding_box()
            assert box is not None
            low, high, now = (
                float(at.evaluate(f"(el) => el.{which}")) for which in ("min", "max", "value")
            )
            thumb = 11.0

            def place(part: float) -> float:
                return box["x"] + thumb + part * (box["width"] - 2 * thumb)

            middle = box["y"] + box["height"] / 2
            self.page.mouse.move(place((now - low) / (high - low)), middle)
            self.page.mouse.down()
            self.page.mouse.move(place(share), middle, steps=4)
            self.page.mouse.up()

        self.move(name, drag)

    def set(self, name: str, value: float) -> None:
        """Set a slider to a value, as a reader who knows where to let go."""
        self(name).fill(str(value))

    def shown(self) -> str:
        """What the page shows, apart from the controls themselves."""
        return str(self.page.evaluate("shown()"))

    def text(self, css: str) -> str:
        """The words at a place, as read: spaces are one space."""
        return " ".join((self.page.locator(css).text_content() or "").split())

    def label(self, css: str) -> str:
        """What a drawing says of itself to who does not see it."""
        return self.page.locator(css).get_attribute("aria-label") or ""


@contextmanager
def opened(browser: Browser, name: str, **context: Any) -> Iterator[Hand]:
    """A visualization, loaded anew; faults, and requests for anything else, fail.

    The window is used again by the next who wants the same of it: these pages keep nothing, and a
    new window takes longer than most of what is done in it.
    """
    settings = {
        "viewport": {"width": 720, "height": 900},
        "color_scheme": "light",
        "reduced_motion": "no-preference",
        **context,
    }
    window = _window(browser, json.dumps(settings, sort_keys=True))
    window.said.clear()
    window.asked.clear()
    window.page.set_viewport_size(settings["viewport"])
    window.page.emulate_media(
        color_scheme=settings["color_scheme"], reduced_motion=settings["reduced_motion"]
    )
    address = (VISUALIZATIONS / name / "index.html").as_uri()
    window.page.goto(address)
    yield Hand(window.page)
    assert window.said == []
    assert {*window.asked} == {address}


class _Window(NamedTuple):
    page: Page
    said: list[str]
    """What went wrong in it."""
    asked: list[str]


@functools.lru_cache(maxsize=3)
def _window(browser: Browser, settings: str) -> _Window:
    """A window with the settings given as JSON."""
    window = _Window(browser.new_context(**json.loads(settings)).new_page(), [], [])
    window.page.on("pageerror", lambda error: window.said.append(str(error)))
    window.page.on(
        "console", lambda said: window.said.append(said.text) if said.type == "error" else None
    )
    window.page.on("request", lambda request: window.asked.append(request.url))
    window.page.add_init_script(_NAMING)
    return window
