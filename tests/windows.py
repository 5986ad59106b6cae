"""Windows of a browser that are used again: a new one takes longer than most of what is done in it.

What a test opens in one begins as in a new window. Scripts that a test adds to all pages
(`add_init_script`) stay, and so do its listeners: who needs the first takes a window of its own.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, Request


class Window(NamedTuple):
    """A window, and what went wrong in it or was asked of others since it was lent."""

    page: Page
    faults: list[str]
    elsewhere: list[str]


_KEPT: dict[tuple[Browser, str], Window] = {}


@contextmanager
def lent(browser: Browser, home: str, **wishes: Any) -> Iterator[Window]:
    """A window in which nothing is kept of the site at the address `home`.

    The wishes are those of a context. Windows that differ in size and looks alone are one.
    """
    size = wishes.pop("viewport", {"width": 1280, "height": 720})
    scheme = wishes.pop("color_scheme", "light")
    motion = wishes.pop("reduced_motion", "no-preference")
    key = browser, json.dumps(wishes, sort_keys=True)
    window = _KEPT.pop(key, None) or _opened(browser, wishes)
    window.page.set_viewport_size(size)
    window.page.emulate_media(color_scheme=scheme, reduced_motion=motion)
    window.faults.clear()
    window.elsewhere.clear()
    try:
        yield window
        _clear(window.page, home)
    except BaseException:
        window.page.context.close()
        raise
    _KEPT[key] = window


def _opened(browser: Browser, wishes: dict[str, Any]) -> Window:
    context = browser.new_context(**wishes)
    window = Window(context.new_page(), [], [])

    def note(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            window.elsewhere.append(request.url)

    context.on("weberror", lambda error: window.faults.append(str(error.error)))
    context.on("request", note)
    return window


def _clear(page: Page, home: str) -> None:
    """Leave the site, with nothing of it in the window and nothing running."""
    context = page.context
    page.unroute_all()
    context.unroute_all()
    for other in context.pages:
        if other is not page:
            other.close()
    page.goto(f"{home}robots.txt")  # which has no script that would keep anything
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    context.clear_cookies()
    context.clear_permissions()
    page.emulate_media(media="null", forced_colors="null", contrast="null")
