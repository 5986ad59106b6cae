"""A window that tests use again keeps nothing, and tells each of them its own faults."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.serving import serving
from tests.windows import lent

LEFT = "[document.cookie, localStorage.length, sessionStorage.length, innerWidth, self.stays]"


@pytest.mark.browser
def test_a_window_is_lent_as_if_it_were_new(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>")
    (tmp_path / "robots.txt").write_text("")
    wrong = (
        "setTimeout(() => { throw new Error('wrong') }); new Image().src = 'http://else.example/'"
    )
    keep = "document.cookie = 'a=1'; localStorage.a = sessionStorage.a = 1; self.stays = 1"
    with serving(tmp_path) as address:
        with lent(browser, address, viewport={"width": 700, "height": 600}) as window:
            first = window.page
            first.goto(address)
            first.evaluate(f"() => {{ {keep}; {wrong} }}")
            first.route("**/*", lambda route: route.abort())
            first.emulate_media(media="print", color_scheme="dark")
            first.context.new_page()
            assert first.evaluate(LEFT) == ["a=1", 1, 1, 700, 1]
        assert window.faults == ["wrong"]
        assert window.elsewhere == ["http://else.example/"]

        with lent(browser, address) as window:
            page = window.page
            page.goto(address)
            assert page is first
            assert (window.faults, window.elsewhere) == ([], [])
            assert page.evaluate(LEFT) == ["", 0, 0, 1280, None]
            assert page.evaluate("matchMedia('print').matches") is False
            assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is False
            assert page.context.pages == [page]
