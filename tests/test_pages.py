"""Every kind of page, for everyone: axe, landmarks, focus, small windows, and HTML as specified."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from justhtml import JustHTML
from lxml import html
from playwright.sync_api import Browser, Page

from backlist.files.output import Outputs
from tests.axe import faint, violations
from tests.conftest import BASE
from tests.page_kinds import kinds, texts
from tests.serving import serving_outputs

WIDTHS = (360, 1280)
UNSEEN = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const inside = ["AUDIO", "IFRAME"]; // the browser shows the focus on a part of it
  if (one === document.body) return "";
  const name = one.outerHTML.slice(0, 90);
  if (getComputedStyle(one).outlineStyle === "none" && !inside.includes(one.tagName))
    return name + " shows no outline";
  if (box.width < 4 || box.bottom < 0 || box.top > innerHeight || box.left < 0)
    return name + " is out of sight";
}"""
"""What is wrong with the element that has the focus, for a person who looks for it."""
ALL_UNSEEN = f"""() => [...document.querySelectorAll("*")].flatMap((one) => {{
  if (one.tabIndex < 0) return [];
  one.focus({{ focusVisible: true }});
  return one === document.activeElement ? [({UNSEEN})() ?? ""] : [];
}})"""
"""The same of each element that can be reached by Tab, which takes a key for each."""


@pytest.fixture(scope="module")
def pages(outputs: Outputs) -> dict[str, bytes]:
    return texts(outputs)


@pytest.fixture(scope="module")
def shown(pages: dict[str, bytes], outputs: Outputs, rich_outputs: Outputs) -> list[str]:
    """Pages that stand for the site; what the fictional one has is looked at there."""
    return kinds(pages, {} if outputs is rich_outputs else texts(rich_outputs))


@pytest.fixture(scope="module")
def served(outputs: Outputs) -> Iterator[tuple[str, list[str]]]:
    """Where the site is served from memory, and what it was asked for and lacks."""
    missing: list[str] = []
    below = urlsplit(BASE).path.removeprefix("/")

    def find(path: str) -> bytes | None:
        place = path.removeprefix(below)
        if path.startswith(below) and place in outputs:
            return outputs[place].read()
        missing.append(path)
        return None

    with serving_outputs(find) as address:
        yield address + below, missing


@pytest.fixture
def page(browser: Browser, served: tuple[str, list[str]]) -> Iterator[Page]:
    """A window on the site; a file it lacks fails the test."""
    address, missing = served
    context = browser.new_context(reduced_motion="reduce", base_url=address)
    context.on("requestfailed", lambda one: missing.append(one.url) if BASE in one.url else None)
    yield context.new_page()
    context.close()
    assert missing == []


def test_html_is_parsed_without_a_single_error(pages: dict[str, bytes]) -> None:
    """HTML Living Standard, 13.2.2: every parse error it names."""
    found = [
        f"{path}:{error.line}: {error.code}"
        for path, text in pages.items()
        for error in JustHTML(text, collect_errors=True, sanitize=False).errors
    ]

    assert not found, "\n".join(found)


def test_ids_are_unique_and_every_reference_to_one_is_met(pages: dict[str, bytes]) -> None:
    found = []
    for path, text in pages.items():
        document = html.document_fromstring(text)
        ids = [str(one) for one in document.xpath("//@id")]
        named = document.xpath("//@for|//@aria-labelledby|//@aria-describedby|//@aria-controls")
        found += [f"{path}: twice {one}" for one in sorted(set(ids)) if ids.count(one) > 1]
        lost = {name for names in named for name in str(names).split()} - set(ids)
        found += [f"{path}: nothing is called {one}" for one in sorted(lost)]

    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.browser
def test_axe_finds_nothing_and_nothing_scrolls_sideways_on_any_kind_of_page(
    pages: dict[str, bytes], shown: list[str], page: Page
) -> None:
    """The windows are those of WCAG 2.2, 1.4.4 and 1.4.10: 1280 px at 200 % and at 400 %."""
    found = []
    for path in dict.fromkeys([*kinds(pages), *shown]):
        page.goto(path)
        for width in WIDTHS if path in shown else ():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="light")
            found += [f"{path} at {width}: {one}" for one in violations(page)]
            page.emulate_media(color_scheme="dark")
            found += [f"{path} dark at {width}: {one}" for one in faint(page)]
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 640})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{path}: {wide} px wide at {width}")

    assert not found, "\n".join(found)


@pytest.mark.browser
def test_a_keyboard_gets_around(shown: list[str], page: Page) -> None:
    """WCAG 2.2, 2.4.1, 2.4.7, 2.4.11: a way past the header, and a focus that can be seen."""
    for path in shown:
        if path.endswith("/embed/index.html"):
            continue  # it has nothing but main
        page.goto(path)
        landmarks = [page.get_by_role(name).count() for name in ("banner", "main", "contentinfo")]
        assert landmarks == [1, 1, 1], path
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", path
        for _ in range(5):
            page.keyboard.press("Tab")
            fault = page.evaluate(UNSEEN)
            assert not fault, f"{path}: {fault}"
        faults = page.evaluate(ALL_UNSEEN)
        assert len(faults) > 5 and not any(faults), (path, *filter(None, faults))
        page.locator(".skip-link").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main", path


@pytest.mark.browser
def test_html_of_the_owner_runs_where_frames_are_restricted(
    pages: dict[str, bytes], page: Page
) -> None:
    framed = [path for path, text in pages.items() if b"Content-Security-Policy" in text]
    counting = [path for path in framed if b"window.counted" in pages[path]]
    for path in counting:
        page.goto(path)
        assert page.evaluate("window.counted") == 1, path


def test_the_parts_of_an_episode_s_page_are_in_the_order_of_use(rich_outputs: Outputs) -> None:
    wanted = [
        *("corrections", "chapters", "notes", "next", "subject", "interactive", "sources"),
        *("transcript", "cite", "takes", "related", "mentions"),
    ]
    seen = set()
    for path, output in rich_outputs.items():
        if path.startswith("episodes/") and path.count("/") == 2 and path.endswith(".html"):
            given = re.findall('<section[^>]* aria-labelledby="([^"]*)"', output.read().decode())
            places = [wanted.index(one) for one in given if one in wanted]
            assert places == sorted(places), path
            seen |= {*given}
    assert {*wanted} - seen <= {"interactive"}
