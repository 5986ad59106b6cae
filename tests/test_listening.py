"""Every control of the player and all that follows it, in a real Chromium with a real sound."""

import functools
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from backlist.build import Options, build
from backlist.problems import Problems
from tests.axe import COLOURS, violations
from tests.conftest import NOW, SITES
from tests.playing import AT_REST
from tests.serving import serving

pytestmark = pytest.mark.browser

BELLS = "episodes/four-bells/"
EARLIER = "watch/4/"
WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Build a site and give the address it is served at."""
    with ExitStack() as servers:

        def publish(root: Path) -> str:
            out = tmp_path_factory.mktemp("out")
            problems = Problems()
            assert build(root, out, NOW, Options(drafts=True), problems) is not None, list(problems)
            return servers.enter_context(serving(out))

        yield publish


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str]) -> str:
    return serve(SITES / "listening")


at_both_widths = pytest.mark.parametrize("width", WIDTHS, ids=lambda width: f"{width} px")
"""For what is where on a page; what a control does is the same at any width."""


@pytest.fixture
def width() -> int:
    return WIDTHS[0]


@contextmanager
def _reader(browser: Browser, width: int) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A reader's browser, and what goes wrong in it: a fault, or a request to anybody else."""
    made = browser.new_context(viewport={"width": width, "height": 800})
    faults: list[str] = []
    made.on("weberror", lambda error: faults.append(str(error.error)))
    made.on("request", lambda r: None if "127.0.0.1" in r.url else faults.append(r.url))
    made.add_init_script("window.audio = () => document.querySelector('audio')")
    yield made, faults
    made.close()


@pytest.fixture
def context(browser: Browser, width: int) -> Iterator[BrowserContext]:
    """A browser of its own: for scripts that stay in it, and for what was loaded before."""
    with _reader(browser, width) as (made, faults):
        yield made
    assert faults == []


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Callable[[int], tuple[Page, list[str]]]]:
    """A window of each width."""
    with ExitStack() as readers:

        @functools.cache
        def opened(width: int) -> tuple[Page, list[str]]:
            made, faults = readers.enter_context(_reader(browser, width))
            return made.new_page(), faults

        yield opened


@pytest.fixture
def window(
    windows: Callable[[int], tuple[Page, list[str]]], width: int, address: str
) -> Iterator[Page]:
    """The module's window as if it were new, nothing of the show in it; a fault fails the test."""
    page, faults = windows(width)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
    page.goto(f"{address}robots.txt")  # which has no script that would keep anything
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    faults.clear()
    yield page
    page.unroute_all()
    page.context.clear_permissions()
    for other in page.context.pages:
        if other is not page:
            other.close()
    assert faults == []


@pytest.fixture
def page(window: Page, address: str) -> Page:
    """The page of an episode with chapters, transcript and sound, nothing done on it yet."""
    window.goto(address + BELLS)
    return window


def play(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("!audio().paused && audio().currentTime > 0.1")


def at(page: Page, seconds: float, within: float = 1.5) -> None:
    """Wait until the recording is at a place or a moment after it."""
    page.wait_for_function(
        f"audio().readyState && audio().currentTime >= {seconds - 0.05}"
        f" && audio().currentTime < {seconds + within}"
    )


def paused(page: Page) -> bool:
    return bool(page.evaluate("audio().paused"))


@at_both_widths
def test_play_pause_and_both_skips(page: Page) -> None:
    play(page)
    page.get_by_role("button", name="Forward 30 seconds").click()
    at(page, 30, 3)
    page.get_by_role("button", name="Pause", exact=True).click()
    assert paused(page)
    place = page.evaluate("audio().currentTime")
    page.get_by_role("button", name="Back 15 seconds").click()
    at(page, place - 15)
    expect(page.locator(".elapsed")).to_have_text(re.compile(r"^0:1[5-8]$"))
    expect(page.locator(".remaining")).to_have_text(re.compile(r"^−0:(29|3[0-3])$"))
    assert page.locator("audio").get_attribute("controls") is None


def test_nothing_is_loaded_before_somebody_listens(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{BELLS}#t=24")
    page.get_by_role("button", name="Forward 30 seconds").click()
    page.get_by_role("button", name="Back 15 seconds").click()

    expect(page.locator(".elapsed")).to_have_text("0:33")
    assert not [url for url in asked if url.endswith(".mp3")]
    play(page)
    at(page, 33, 3)
    assert [url for url in asked if url.endswith(".mp3")]


@at_both_widths
def test_the_slider_works_before_and_after_loading(page: Page) -> None:
    slider = page.get_by_role("slider", name="Position")
    box = slider.bounding_box()
    assert box
    slider.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.locator(".elapsed")).to_have_text("0:24")
    expect(slider).to_have_attribute(
        "aria-valuetext", "24 seconds of 48 seconds, Three bells: why they come in pairs"
    )
    play(page)
    at(page, 24, 2)
    slider.focus()
    page.keyboard.press("ArrowRight")
    at(page, 29, 3)
    page.keyboard.press("Home")
    at(page, 0, 2)
    expect(page.locator(".chapter-marks i")).to_have_count(3)


def test_speed_is_kept_for_the_next_episode(page: Page, address: str) -> None:
    page.get_by_label("Speed").select_option("1.5×")
    play(page)
    assert page.evaluate("audio().playbackRate") == 1.5

    page.goto(f"{address}episodes/two-bells/")
    play(page)

    assert page.evaluate("audio().playbackRate") == 1.5


def test_an_address_names_a_moment(window: Page, address: str) -> None:
    for moment in ("24", "0:24", "00:00:24"):
        window.goto("about:blank")
        window.goto(f"{address}{BELLS}#t={moment}")
        expect(window.locator(".elapsed"), moment).to_have_text("0:24")
        expect(window.locator(".chapters [aria-current]"), moment).to_contain_text("Three bells")
        assert paused(window), "a page does not speak before it is asked to"
    play(window)
    at(window, 24, 2)

    window.evaluate("location.hash = '#t=0:36'")
    at(window, 36, 2)


MOMENTS = [
    "#t=24",
    "#t=24.4",
    "#t=0%3A24",
    "#t=24,30",
    "#t=npt:24,30",
    "#t=npt:0:24",
    "#t=24s",
    "#t=0h0m24s",
    "#t=00m24",
    "#xywh=0,0,1,1&t=24",
    "#0:24",
    "?t=24",
    "?t=0m24s",
    "?utm_source=x&start=0:24",
    "?t=5#t=24",
    "?t=24#credits",
]
NO_MOMENTS = [
    "#t=soon",
    "#t=24x",
    "#t=1:2:3:4",
    f"#t={'9' * 400}",
    f"?t={'9' * 400}:00",
    "?t=",
    "?q=24",
    "#%",
    "#24",
]


@at_both_widths
def test_old_links_to_a_moment_begin_at_it_with_the_player_in_sight(
    window: Page, address: str
) -> None:
    size = window.viewport_size
    assert size is not None
    window.set_viewport_size({"width": size["width"], "height": 120})
    window.goto(address + BELLS)
    expect(window.get_by_role("button", name="Play", exact=True)).not_to_be_in_viewport()
    for said in MOMENTS if size["width"] == WIDTHS[0] else MOMENTS[:1]:
        window.goto("about:blank")
        window.goto(address + BELLS + said)
        expect(window.locator(".elapsed"), said).to_have_text("0:24")
        expect(window.get_by_role("button", name="Play", exact=True), said).to_be_in_viewport()


def test_what_is_no_moment_begins_at_the_beginning(window: Page, address: str) -> None:
    for said in NO_MOMENTS:
        window.goto("about:blank")
        window.goto(address + BELLS + said)
        expect(window.locator(".elapsed"), said).to_have_text("0:00")


def test_a_moment_beyond_the_end_is_the_end(window: Page, address: str) -> None:
    window.goto(f"{address}{BELLS}#t=75:30")
    expect(window.locator(".elapsed")).to_have_text("0:48")


def test_a_moment_beyond_the_first_hour(window: Page, address: str) -> None:
    window.route(
        f"**/{BELLS}*", lambda route: route.fulfill(body=_an_hour_more(route.fetch().text()))
    )
    for said in ("#t=75:30", "?t=4530", "#t=1h15m30s", "#t=1:15:30", "#75:30"):
        window.goto("about:blank")
        window.goto(f"{address}{BELLS}{said}")
        expect(window.locator(".elapsed"), said).to_have_text("1:15:30")


def _an_hour_more(page: str) -> str:
    return page.replace('data-seconds="48"', 'data-seconds="7200"')


@at_both_widths
def test_a_moment_in_the_transcript_shows_its_words_and_the_player(
    window: Page, address: str
) -> None:
    window.goto(f"{address}{BELLS}#t-24")
    expect(window.locator(".elapsed")).to_have_text("0:24")
    expect(window.locator("#t-24")).to_be_in_viewport()
    expect(window.get_by_role("button", name="Play", exact=True)).to_be_in_viewport()
    assert paused(window)


def test_an_earlier_address_keeps_the_moment(window: Page, address: str) -> None:
    for said in ("#t=24", "?t=24", "?from=app#t=0:24"):
        window.goto("about:blank")
        window.goto(f"{address}{EARLIER}{said}")
        window.wait_for_url(f"**/{BELLS}{said}")
        expect(window.locator(".elapsed")).to_have_text("0:24")


def test_an_earlier_address_leads_on_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + EARLIER)
    page.wait_for_url(f"**/{BELLS}")
    context.close()


@at_both_widths
def test_times_in_the_notes_and_chapters_play_from_there(page: Page) -> None:
    page.locator(".prose").get_by_role("link", name="0:24").click()
    at(page, 24, 3)
    assert page.url.endswith("#t=24")
    expect(page.locator(".player-status .current-chapter")).to_have_text(
        "Three bells: why they come in pairs"
    )

    page.get_by_role("link", name="Four bells: the watch is half done").click()
    at(page, 36, 3)
    expect(page.locator(".chapters [aria-current]")).to_contain_text("Four bells")
    assert not paused(page)


def test_a_list_in_the_notes_is_chapters(window: Page, address: str) -> None:
    window.goto(f"{address}episodes/two-bells/")
    expect(window.locator(".chapters .chapter-link")).to_have_count(3)
    window.locator(".prose").get_by_role("link", name="0:12").click()
    at(window, 12, 3)
    expect(window.locator(".chapters [aria-current]")).to_contain_text("Two bells")
    expect(window.locator(".speaker")).to_have_text(["Ines Falk", "Rui Ode", "Ines Falk"])


def test_the_place_is_remembered_and_an_address_wins(page: Page, address: str) -> None:
    page.locator(".chapter-link", has_text="Three bells").click()
    at(page, 24, 3)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.goto(address)
    page.goto(address + BELLS)

    expect(page.locator(".player").get_by_role("status")).to_have_text(
        re.compile(r"Continues at 0:2[4-6]")
    )
    play(page)
    at(page, 24, 5)
    page.goto(address)
    page.goto(f"{address}{BELLS}#t=12")
    expect(page.locator(".elapsed")).to_have_text("0:12")
    page.goto(address)
    page.goto(address + BELLS)
    page.get_by_role("button", name="Play from the beginning").click()
    at(page, 0, 3)
    expect(page.get_by_role("button", name="Play from the beginning")).to_be_hidden()


def test_what_was_heard_to_the_end_begins_anew(page: Page, address: str) -> None:
    page.get_by_role("link", name="Four bells: the watch is half done").click()
    at(page, 36, 3)
    page.evaluate("audio().currentTime = 47.5")
    page.wait_for_function("audio().ended")
    page.goto(address)
    page.goto(address + BELLS)
    expect(page.locator(".elapsed")).to_have_text("0:00")
    expect(page.get_by_role("button", name="Play from the beginning")).to_be_hidden()


def test_keys_play_skip_and_turn_chapters(page: Page) -> None:
    page.keyboard.press("k")
    page.wait_for_function("!audio().paused")
    for key, place in (("l", 30), ("p", 24), ("n", 36), ("j", 21)):
        page.keyboard.press(key)
        at(page, place, 4)
    page.keyboard.press("ArrowLeft")
    at(page, 6, 4)
    page.keyboard.press("ArrowRight")
    at(page, 36, 4)
    page.keyboard.press(" ")
    page.wait_for_function("audio().paused")


def test_space_scrolls_until_somebody_listens(page: Page) -> None:
    page.keyboard.press(" ")
    page.wait_for_function("scrollY > 0")
    assert paused(page)


def test_keys_leave_typing_and_other_controls_alone(page: Page) -> None:
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("afterbegin", `
        <input id="i"><textarea id="t"></textarea><select id="s"><option>k<option>l</select>
        <p contenteditable id="c"><b>x</b></p><button id="b">b</button>
        <iframe id="f" srcdoc="<input>"></iframe>`)"""
    )
    page.keyboard.press("k")
    page.wait_for_function("!audio().paused")
    page.keyboard.press("k")
    page.wait_for_function("audio().paused")
    place = page.evaluate("audio().currentTime")
    for field in ("#i", "#t", "#s", "#c"):
        page.locator(field).focus()
        for key in ("k", "l", "j", "n", " ", "ArrowRight"):
            page.keyboard.press(key)
    page.frame_locator("#f").locator("input").focus()
    page.keyboard.press("k")
    page.locator("#b").focus()
    for key in (" ", "Control+l", "Alt+l", "Shift+L", "Meta+j"):  # Ctrl+K opens the search
        page.keyboard.press(key)
    assert paused(page)
    assert page.evaluate("audio().currentTime") == place
    page.keyboard.press("k")
    page.wait_for_function("!audio().paused")


def test_keys_can_be_switched_off_for_good(page: Page) -> None:
    page.get_by_text("Keyboard shortcuts", exact=True).click()
    page.get_by_label("Use keyboard shortcuts").uncheck()
    page.reload()
    page.keyboard.press("k")
    page.wait_for_timeout(200)
    assert paused(page)
    page.get_by_text("Keyboard shortcuts", exact=True).click()
    expect(page.get_by_label("Use keyboard shortcuts")).not_to_be_checked()
    page.get_by_label("Use keyboard shortcuts").check()
    page.keyboard.press("k")
    page.wait_for_function("!audio().paused")


@at_both_widths
def test_everything_is_reached_by_keyboard_alone(page: Page) -> None:
    page.get_by_role("button", name="Play", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!audio().paused")
    names = []
    for _ in range(6):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.nodeName")
        )
    assert names == [
        "Back 15 seconds",
        "Forward 30 seconds",
        "Position",
        "SELECT",
        "A",
        "BUTTON",
    ]
    page.get_by_role("button", name="Forward 30 seconds").focus()
    page.keyboard.press("Space")
    at(page, 30, 4)
    page.locator(".unfold summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="0:12").last.focus()
    page.keyboard.press("Enter")
    at(page, 12, 3)


def test_the_moment_can_be_shared(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Forward 30 seconds").click()
    page.get_by_role("button", name="Share at 0:30").click()

    expect(page.locator(".player").get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert copied.endswith(f"{BELLS}#t=30")


def test_without_a_clipboard_the_address_bar_has_the_moment(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.locator(".player").get_by_role("status")).to_have_text(
        "Copy the link from the address bar"
    )
    assert page.url.endswith(BELLS)


def test_the_lock_screen_knows_and_steers_the_recording(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(
        """const set = MediaSession.prototype.setActionHandler;
        window.handlers = {};
        MediaSession.prototype.setActionHandler = function (name, act) {
          handlers[name] = act;
          set.call(this, name, act);
        };"""
    )
    page.goto(address + BELLS)
    play(page)

    said = page.evaluate(
        """(({ title, artist, artwork }) => [title, artist, artwork[0].src])
        (navigator.mediaSession.metadata)"""
    )
    assert said[:2] == ["Four Bells of the Middle Watch", "Ship's Bells"]
    assert re.fullmatch(rf"{re.escape(address)}static/sized/\w+-640\.jpg", said[2])
    assert page.evaluate("navigator.mediaSession.playbackState") == "playing"
    page.evaluate("handlers.seekto({ seekTime: 20 })")
    at(page, 20)
    page.evaluate("handlers.nexttrack({})")
    at(page, 24)
    page.evaluate("handlers.seekforward({ seekOffset: 10 })")
    at(page, 34, 2)
    page.evaluate("handlers.seekbackward({})")
    at(page, 19, 2)
    page.evaluate("handlers.pause()")
    assert paused(page)
    assert page.evaluate("navigator.mediaSession.playbackState") == "paused"


@at_both_widths
def test_the_transcript_shows_what_is_said_and_seeks(page: Page) -> None:
    page.locator(".unfold summary").click()
    page.locator(".transcript-text").get_by_role("link", name="0:20").click()
    at(page, 20, 2)
    page.wait_for_function(
        "document.querySelector('.transcript-text [aria-current]')?.id === 't-20'"
    )
    page.locator("#t-32").click()
    at(page, 32, 2)
    expect(page.locator("#t-32")).to_have_attribute("aria-current", "true")
    assert page.url.endswith("#t-32")
    expect(page.locator(".transcript-text [aria-current]")).to_have_count(1)
    expect(page.get_by_label("Follow along")).to_be_checked()


def test_reading_does_not_start_the_sound(page: Page) -> None:
    page.locator(".unfold summary").click()
    page.locator("#t-12").click()
    page.wait_for_timeout(200)
    assert paused(page)
    expect(page.locator(".elapsed")).to_have_text("0:00")


@at_both_widths
def test_a_cue_has_an_address_that_unfolds_the_transcript(window: Page, address: str) -> None:
    window.goto(f"{address}{BELLS}#t-32")
    expect(window.locator("#t-32")).to_be_in_viewport()
    expect(window.locator(".elapsed")).to_have_text("0:32")


def test_a_recording_that_fails_says_so_and_can_be_tried_again(window: Page, address: str) -> None:
    window.route("**/*.mp3", lambda route: route.abort())
    window.goto(address + BELLS)
    window.get_by_role("button", name="Forward 30 seconds").click()
    window.get_by_role("button", name="Play", exact=True).click()
    expect(window.locator(".player").get_by_role("status")).to_contain_text("could not be loaded")

    window.unroute("**/*.mp3")
    window.get_by_role("button", name="Play", exact=True).click()
    at(window, 30, 4)
    expect(window.locator(".player").get_by_role("status")).to_be_empty()


def test_two_pages_do_not_speak_at_once(page: Page, address: str) -> None:
    play(page)
    other = page.context.new_page()
    other.goto(f"{address}episodes/two-bells/")
    play(other)
    page.wait_for_function("audio().paused")
    assert not paused(other)


@at_both_widths
def test_the_bar_waits_below_when_the_player_is_scrolled_past(page: Page) -> None:
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".is-floating")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("k")
    page.wait_for_function("!audio().paused")
    page.locator(".unfold summary").click()
    before = page.evaluate("document.querySelector('.transcript-text').offsetTop")
    page.mouse.wheel(0, 4000)
    expect(page.locator(".is-floating")).to_have_count(1)
    assert page.evaluate("document.querySelector('.transcript-text').offsetTop") == before
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_in_viewport()
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    footer, bar = (
        page.locator("footer").bounding_box(),
        page.locator(".player-bar").bounding_box(),
    )
    assert footer and bar and footer["y"] + footer["height"] <= bar["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@at_both_widths
def test_targets_are_large_enough(page: Page) -> None:
    for control in page.locator(".player-bar :is(button, select, input):visible").all():
        box = control.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44


@at_both_widths
def test_no_player_goes_to_paper(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".player-bar")).to_be_hidden()
    expect(page.locator("audio")).to_be_hidden()
    expect(page.locator(".chapters")).to_be_visible()


def test_without_script_everything_can_be_read_and_the_browsers_player_plays(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + BELLS)
    expect(page.locator("audio[controls][preload=none]")).to_be_visible()
    expect(page.locator(".player-bar")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("Share"))).to_be_hidden()
    expect(page.locator(".chapters .chapter-link")).to_have_count(4)
    page.locator(".unfold summary").click()
    expect(page.locator(".speaker").first).to_have_text("Ines Falk")
    expect(page.get_by_text("Counting is for daylight.")).to_be_visible()
    page.goto(f"{address}{BELLS}#t-29")
    expect(page.locator("#t-29")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Edit this page")).to_have_attribute(
        "href",
        "https://github.com/harbour/bells/edit/main/content/episodes/2026-05-01-four-bells.md",
    )
    page.close()


@pytest.fixture(scope="module")
def long(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a transcript of two hours, on a page of its own, over the bells."""
    root = tmp_path_factory.mktemp("long") / "site"
    shutil.copytree(SITES / "listening", root)
    said = "Eight words are said in every second"
    spoken = "".join(
        f"{clock(n)}.000 --> {clock(n + 1)}.000\n<v Ines Falk>{said} {n}.\n\n"
        for n in range(0, 7200, 3)
    )
    (root / "content/transcripts/four-bells.vtt").write_text(f"WEBVTT\n\n{spoken}", "utf-8")
    return f"{serve(root)}{BELLS}transcript/"


def clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


@at_both_widths
def test_a_long_transcript_follows_the_recording_until_the_reader_goes_elsewhere(
    context: BrowserContext, long: str
) -> None:
    window = context.new_page()
    window.goto(long)
    expect(window.locator(".transcript-text span")).to_have_count(2400)
    following = "scrollY > window.before + 100"
    window.locator(".transcript-text").get_by_role("link", name="0:00", exact=True).click()
    window.wait_for_function("audio().currentTime > 0.1")
    window.evaluate(
        "document.querySelector('.transcript-text [aria-current]')"
        ".scrollIntoView({ block: 'end', behavior: 'instant' })"
    )
    window.evaluate("window.before = scrollY; audio().currentTime = 40")
    window.wait_for_function(following)
    expect(window.locator(".transcript-text [aria-current]")).to_be_in_viewport()
    window.evaluate(AT_REST)  # smoothly, so there is no telling when it arrives

    window.evaluate("scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' })")
    window.evaluate("window.before = scrollY; audio().currentTime = 20")
    window.wait_for_function(
        "['t-18', 't-21'].includes(document.querySelector('.transcript-text [aria-current]').id)"
    )
    window.wait_for_timeout(500)
    assert window.evaluate("scrollY === window.before"), "the reader is left alone"


def test_the_place_goes_along_to_the_page_of_the_transcript(
    context: BrowserContext, long: str
) -> None:
    window = context.new_page()
    window.goto(long.removesuffix("transcript/"))
    window.locator(".chapter-link", has_text="Two bells").click()
    at(window, 12, 4)
    window.get_by_role("link", name="Read transcript").click()
    expect(window).to_have_url(long)
    expect(window.locator(".player").get_by_role("status")).to_have_text(
        re.compile("Continues at 0:1")
    )


@at_both_widths
def test_axe_finds_nothing_while_it_plays(page: Page, long: str) -> None:
    page.locator(".unfold summary").click()
    page.get_by_text("Keyboard shortcuts", exact=True).click()
    for opened in (page, page.context.new_page()):
        if opened is not page:
            opened.goto(f"{long}#t-30")
            # What is true of two paragraphs is true of a thousand, and told sooner.
            opened.evaluate(
                "document.querySelectorAll('.transcript-text p + p ~ p').forEach(p => p.remove())"
            )
        opened.emulate_media(reduced_motion="reduce")
        play(opened)
        opened.emulate_media(color_scheme="light")
        assert violations(opened) == []
        opened.emulate_media(color_scheme="dark")
        assert violations(opened, COLOURS) == []
        opened.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(opened.locator(".is-floating")).to_have_count(1)
        assert violations(opened) == []
