"""Visualizations in their frames: how they start, how tall they are, and what they cannot reach."""

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.conftest import CHROMIUM_FLAGS, HEADLESS, PATIENCE, SHARED
from tests.playing import EPISODE, moment, publish, settled, start, until
from tests.serving import serving
from tests.windows import lent

pytestmark = pytest.mark.browser

CAP = 1350
"""Pixels: one and a half times the height of the window."""

HEAD = "<!doctype html><html><head><title>Lab</title></head>"


def tall(pixels: int, style: str = "") -> str:
    """A page whose content is so many pixels tall."""
    body = f'<p id="p" style="margin:0;height:{pixels}px">x</p>'
    return f"{HEAD}<style>body{{margin:0}}{style}</style><body>{body}</body></html>"


@pytest.fixture(scope="module")
def scrolling(browser: Browser, typeface: dict[str, str]) -> Iterator[Browser]:
    """A Chromium that shows scrollbars, as a reader's does."""
    launched = browser.browser_type.launch(
        executable_path=HEADLESS,
        args=CHROMIUM_FLAGS,
        ignore_default_args=["--hide-scrollbars"],
        env={**typeface},
    )
    page = launched.new_page()
    page.set_content("<!doctype html><p style='height:9999px'>x")
    assert page.evaluate("innerWidth > document.documentElement.clientWidth")
    page.close()
    yield launched
    launched.close()


Files = dict[str, str | bytes]


def each(pages: Mapping[str, str | bytes]) -> Files:
    """A visualization of each page, by its name."""
    files: Files = {}
    for name, page in pages.items():
        files |= {f"{name}/index.html": page, f"{name}/visualization.yaml": f"title: {name}\n"}
    return files


Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Files], str]]:
    """The address of a site with these visualizations; the same ones are published once."""
    with ExitStack() as stack:

        @functools.cache
        def publish_once(files: tuple[tuple[str, str | bytes], ...]) -> str:
            folder = tmp_path_factory.mktemp("lab")
            return stack.enter_context(serving(publish(folder, dict(files))))

        yield lambda files: publish_once(tuple(files.items()))


@pytest.fixture
def opened(published: Callable[[Files], str], scrolling: Browser) -> Iterator[Opened]:
    """Publish a page as the visualization of an episode, and open the episode; faults fail.

    In place of a page it takes the files of several visualizations.
    """
    with ExitStack() as stack:
        faults: list[list[str]] = []

        def open_page(
            html: str | bytes | Files, keys: str = "", *, path: str = EPISODE, **how: object
        ) -> Page:
            lab = {"lab/index.html": html, "lab/visualization.yaml": f"title: The lab\n{keys}"}
            address = published(html if isinstance(html, dict) else lab)  # type: ignore[arg-type]
            wishes: dict[str, object] = {"viewport": {"width": 1200, "height": 900}, **how}
            window = stack.enter_context(lent(scrolling, address, **wishes))
            faults.append(window.faults)
            window.page.goto(address + path)
            return window.page

        yield open_page
    assert not any(faults)


# ---- starting and closing


def test_nothing_runs_before_it_is_asked_for(opened: Opened) -> None:
    page = opened(tall(500))

    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile("Open in full view.*The lab"))).to_be_visible()
    assert not [one for one in page.context.pages[0].frames if "frame.html" in one.url]


def test_a_click_on_the_picture_starts_it_and_the_keyboard_goes_on_inside(opened: Opened) -> None:
    page = opened(tall(500).replace("x</p>", '<button id="b">One</button></p>'))

    page.locator(".poster").click(force=True)

    expect(page.locator("iframe")).to_be_focused()
    inside = page.frames[1]
    inside.wait_for_selector("#b")
    page.keyboard.press("Tab")
    until(inside, "document.activeElement.id === 'b'")
    assert "allow-same-origin" not in (page.locator("iframe").get_attribute("sandbox") or "")


def test_closing_frees_it_and_gives_the_focus_back(opened: Opened) -> None:
    page = opened(tall(500))
    start(page)

    page.get_by_role("button", name=re.compile("Close.*The lab")).click()

    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Start.*The lab"))).to_be_focused()
    assert len(page.frames) == 1
    start(page)
    assert settled(page) == 500


def test_start_and_close_stand_in_one_place_and_escape_closes(opened: Opened) -> None:
    page = opened(tall(500).replace("x</p>", '<button id="b">One</button></p>'))
    begin = page.get_by_role("button", name=re.compile("Start.*The lab"))
    before = begin.bounding_box()
    frame = start(page)
    close = page.get_by_role("button", name=re.compile("Close.*The lab"))
    assert close.bounding_box() == before

    close.focus()
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_have_count(0)
    expect(begin).to_be_focused()

    frame = start(page)
    frame.locator("#b").focus()
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_have_count(0)
    expect(begin).to_be_focused()
    assert begin.bounding_box() == before


def test_without_a_poster_there_is_the_title(opened: Opened) -> None:
    page = opened(tall(500))

    expect(page.locator(".title-card")).to_have_text("The lab")
    assert page.locator(".poster svg").count() == 0


def test_on_a_phone_the_full_view_is_all_there_is(opened: Opened) -> None:
    page = opened(tall(2000))
    page.set_viewport_size({"width": 360, "height": 760})
    page.get_by_role("link", name=re.compile("Open in full view.*The lab")).click()
    page.wait_for_url("**/visualizations/**")

    box = page.locator("iframe").bounding_box()
    assert box is not None
    wide = page.evaluate("document.documentElement.clientWidth")  # all but a scrollbar's place
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, wide, 760)
    assert box["height"] > 640
    assert page.evaluate("document.documentElement.scrollHeight") == 760


def test_the_start_by_itself_waits_for_the_reader_to_come_near(opened: Opened) -> None:
    page = opened(tall(500), "autostart: true\nheight: 500\n")
    page.locator("figure").scroll_into_view_if_needed()

    expect(page.locator("iframe")).to_have_count(1)
    expect(page.locator("iframe")).not_to_be_focused()


def test_nothing_jumps_when_it_starts_by_itself(opened: Opened) -> None:
    page = opened(
        tall(500), "autostart: true\nheight: 500\n", path=EPISODE, reduced_motion="reduce"
    )
    expect(page.locator("iframe")).to_have_count(0)
    page.emulate_media(reduced_motion="no-preference")
    reserved = page.locator(".poster").bounding_box()
    page.reload()
    page.locator("iframe").wait_for()
    settled(page)
    frame = page.locator("iframe").bounding_box()

    assert reserved is not None
    assert frame is not None
    assert abs(reserved["height"] - frame["height"]) <= 2


@pytest.mark.parametrize(
    "how", [{"reduced_motion": "reduce"}, {"viewport": {"width": 390, "height": 800}}]
)
def test_it_does_not_start_by_itself_for_who_wants_rest_or_has_a_small_screen(
    opened: Opened, how: dict[str, object]
) -> None:
    page = opened(tall(500), "autostart: true\n", **how)
    page.locator("figure").scroll_into_view_if_needed()
    moment(page)

    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_on_a_small_screen_the_picture_leads_to_the_full_view(opened: Opened) -> None:
    page = opened(tall(500), viewport={"width": 390, "height": 800})

    page.locator(".poster").click(force=True)

    expect(page.locator("h1")).to_have_text("The lab")
    assert page.url.endswith("visualizations/lab/")


def test_without_script_the_picture_leads_to_the_full_view_that_runs(opened: Opened) -> None:
    page = opened(tall(500), java_script_enabled=False)
    expect(page.get_by_role("button")).to_have_count(0)

    page.locator(".poster").click(force=True)

    frame = page.locator("iframe")
    expect(frame).to_be_visible()
    expect(frame.content_frame.locator("#p")).to_be_visible()
    box = frame.bounding_box()
    assert box is not None
    assert box["width"] >= 1180  # all but a scrollbar
    assert box["height"] > 480


def test_on_paper_there_is_the_picture(opened: Opened) -> None:
    page = opened(tall(500))
    start(page)
    page.emulate_media(media="print")

    expect(page.locator(".poster")).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    expect(page.get_by_role("button", name="Close")).to_be_hidden()


def test_what_is_elsewhere_is_a_link_and_framed_only_where_that_is_declared(
    tmp_path: Path, scrolling: Browser
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / "index.html").write_text(
        tall(2000)
        + "<script>parent.postMessage({type: 'backlist-height', height: 900}, '*')</script>"
    )
    with serving(away) as there:
        keys = f"title: Far away\nurl: {there}\nheight: 600\n"
        out = publish(
            tmp_path,
            {"link.yaml": keys, "framed.yaml": f"{keys}frame_src: [{there}]\n"},
        )
        with serving(out) as address:
            page = scrolling.new_page()
            page.goto(address + EPISODE)
            asked: list[str] = []
            page.on("request", lambda one: asked.append(one.url) if there in one.url else None)
            expect(
                page.get_by_role("link", name=re.compile("Open at 127.0.0.1.*Far away"))
            ).to_have_count(2)
            expect(page.get_by_role("button", name="Start")).to_have_count(1)
            assert asked == []

            inside = start(page)

            inside.wait_for_selector("#p")
            assert inside.evaluate("self.origin") == "null"
            assert settled(page) == 600
            page.goto(f"{address}visualizations/framed/")
            expect(page.get_by_role("button", name="Start")).to_be_visible()
            page.close()


# ---- height


HEIGHTS: dict[str, tuple[str, int, int]] = {
    "plain": (tall(500), 500, 500),
    "100vh-body": (tall(500, "body{min-height:100vh}"), 500, 500),
    "full-height-body-with-padding": (
        tall(500, "html,body{height:100%;min-height:100vh}body{padding:0 0 40px}"),
        540,
        540,
    ),
    "margin-below": (tall(500, "#p{margin-bottom:64px!important}"), 564, 564),
    "no-doctype": (tall(500).replace("<!doctype html>", ""), 500, 500),
    "27000-px": (tall(27000), CAP, CAP),
    "100vh-inside": (tall(500, "#p{height:100vh!important;min-height:500px}"), 500, CAP),
    "more-than-100vh-inside": (tall(500, "#p{height:calc(100vh + 60px)!important}"), 500, CAP),
    "absolute": (tall(500, "#p{position:absolute;top:0}"), 640, 640),
    "all-fixed": (tall(900, "#p{position:fixed;inset:0}"), 640, 640),
    "tiny": (tall(60), 240, 240),
    "fixed-bar": (tall(500) + '<div style="position:fixed;bottom:0">bar</div>', 500, 500),
    "bar-below": (tall(500) + '<i style="position:absolute;bottom:0">x</i>', 500, 500),
}
"""Pages, and the least and the most that their frames may be tall."""


@pytest.mark.parametrize("window", [402, 762, 1200])
def test_a_frame_takes_the_height_of_its_page_and_stays(opened: Opened, window: int) -> None:
    page = opened(
        each({name: text for name, (text, _, _) in HEIGHTS.items()}),
        viewport={"width": window, "height": 900},
    )

    wrong = {}
    for number, (name, (_, least, most)) in enumerate(HEIGHTS.items()):
        start(page, number)
        found = settled(page, number)
        if not least <= found <= most:
            wrong[name] = found

    assert wrong == {}
    resize = "(frames, height) => frames.forEach((one) => { one.style.height = height })"
    page.locator("iframe").evaluate_all(resize, "20000px")
    moment(page)
    for inside in page.frames[1:]:
        inside.evaluate("dispatchEvent(new Event('resize'))")
    page.locator("iframe").evaluate_all(resize, "")
    assert all(inside.evaluate("document.body.isConnected") for inside in page.frames[1:])


def test_a_frame_follows_its_page_up_and_down(opened: Opened) -> None:
    page = opened(tall(500, "body{min-height:100vh}"))
    inside = start(page)
    assert settled(page) == 500

    for pixels in (900, 300, 27000, 640):
        inside.evaluate(f"document.querySelector('#p').style.height = '{pixels}px'")
        assert settled(page) == min(pixels, CAP)


def test_a_page_that_grows_for_ever_stops_at_the_cap(opened: Opened) -> None:
    endless = tall(300).replace(
        "</body>",
        "<script>setInterval(() => { const d = document.createElement('div');"
        "d.style.height = '40px'; document.body.append(d) }, 20)</script></body>",
    )
    page = opened(endless)
    inside = start(page)
    until(inside, "document.body.scrollHeight > 3000")

    assert settled(page) == CAP
    expect(page.get_by_text("There is more below")).to_be_visible()


def test_a_page_as_tall_as_its_frame_does_not_chase_it(opened: Opened) -> None:
    chasing = tall(300).replace(
        "</body>",
        "<script>addEventListener('resize', () => {"
        "document.querySelector('#p').style.height = innerHeight + 30 + 'px' })</script></body>",
    )
    page = opened(chasing)
    start(page)

    assert settled(page) <= CAP


def test_a_line_that_wraps_beside_the_scrollbar_does_not_flicker(opened: Opened) -> None:
    # In no typeface is this as tall as a frame may be: beyond that a scrollbar is meant.
    words = "<p>" + "wide words wrap anew " * 30 + "</p>"
    page = opened(f"{HEAD}<body>{words * 2}</body>")
    for width in range(396, 420, 4):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        inside = start(page)
        assert settled(page) < CAP
        seen = inside.evaluate("document.documentElement.clientWidth === innerWidth")
        assert seen, f"a scrollbar stays at {width}"


def test_many_small_changes_end_at_the_right_height(opened: Opened) -> None:
    page = opened(tall(300))
    inside = start(page)
    settled(page)

    inside.evaluate(
        "() => { let n = 300; const t = setInterval(() => { n += 10;"
        "document.querySelector('#p').style.height = n + 'px'; n >= 900 && clearInterval(t) }, 8) }"
    )

    page.wait_for_function("document.querySelector('iframe').clientHeight === 900")


def test_a_page_that_writes_itself_anew_is_still_measured(opened: Opened) -> None:
    page = opened(tall(300))
    inside = start(page)
    settled(page)

    inside.evaluate(
        "document.open(); document.write('<p style=\"height:700px\">new'); document.close()"
    )

    assert settled(page) in range(700, 760)


def test_a_page_that_writes_while_it_loads_is_measured(opened: Opened) -> None:
    written = '<p style=\\"height:720px;margin:0\\">w'
    page = opened(f"{HEAD}<body style='margin:0'><script>document.write(\"{written}\")</script>")
    start(page)

    assert settled(page) == 720


def test_two_frames_of_one_page_have_their_own_heights(tmp_path: Path, scrolling: Browser) -> None:
    out = publish(tmp_path, {"one.html": tall(400), "two.html": tall(800)})
    with serving(out) as address:
        page = scrolling.new_page(viewport={"width": 1200, "height": 900})
        page.goto(address + EPISODE)
        for heights in ("400", "400,800"):
            page.get_by_role("button", name="Start").first.click()
            # A frame that changes its height moves the next button, between press and release too.
            page.wait_for_function(
                "(wanted) => wanted === [...document.querySelectorAll('iframe')]"
                ".map((one) => one.clientHeight).join()",
                arg=heights,
                timeout=1000 * PATIENCE,
            )
        page.close()


# ---- messages


FORGED = ("NaN", "Infinity", "-Infinity", "'900'", "null", "[900]", "{}", "undefined")


def test_forged_and_senseless_heights_are_not_heard(opened: Opened) -> None:
    page = opened(tall(500))
    inside = start(page)
    settled(page)

    for forged in FORGED:
        inside.evaluate(f"parent.postMessage({{ type: 'backlist-height', height: {forged} }}, '*')")
    for forged in ("null", "'backlist-height'", "7", "{ type: 'backlist-height' }"):
        inside.evaluate(f"parent.postMessage({forged}, '*')")
    page.evaluate("postMessage({ type: 'backlist-height', height: 999 }, '*')")
    page.evaluate(
        "() => { const f = document.createElement('iframe'); f.srcdoc = '<script>"
        'parent.postMessage({ type: "backlist-height", height: 999 }, "*")</scr\' + \'ipt>\';'
        "document.body.append(f) }"
    )

    assert settled(page) == 500


def test_heights_out_of_reason_are_held_to_it(opened: Opened) -> None:
    page = opened(tall(500))
    inside = start(page)
    settled(page)

    for asked, given in ((-500, 240), (1e308, CAP), (0.5, 240)):
        inside.evaluate(f"parent.postMessage({{ type: 'backlist-height', height: {asked} }}, '*')")
        page.wait_for_function(f"document.querySelector('iframe').clientHeight === {given}")


def test_a_frame_that_shakes_the_page_is_no_longer_heard(opened: Opened) -> None:
    page = opened(tall(500))
    inside = start(page)
    settled(page)

    inside.evaluate(
        "() => { self.said = 0; setInterval(() => parent.postMessage({ type: 'backlist-height',"
        "height: said++ % 2 ? 300 : 1200 }, '*'), 5) }"
    )

    until(inside, "said > 60")
    assert settled(page) in (300, 1200)


def test_other_peoples_messages_do_no_harm(opened: Opened) -> None:
    spoken = tall(500).replace(
        "</body>",
        "<script>parent.postMessage('[iFrameSizer]lab:5000:300:init', '*');"
        "parent.postMessage('pymxPYMxlabxPYMxheightxPYMx4000', '*');"
        "parent.postMessage({ 'datawrapper-height': { x: 3000 } }, '*')</script></body>",
    )
    page = opened(spoken)
    start(page)

    assert settled(page) == 500


# ---- the sandbox


HOSTILE = tall(500).replace(
    "</body>",
    """<script>
const tried = (f) => { try { return String(f()) } catch (e) { return e.name } };
document.title = [
  tried(() => parent.document.body.remove()),
  tried(() => top.document.cookie),
  tried(() => localStorage.setItem("x", 1)),
  tried(() => sessionStorage.setItem("x", 1)),
  tried(() => document.cookie = "x=1"),
  tried(() => indexedDB.open("x")),
  tried(() => frameElement),
  tried(() => top.location = "https://else.example/"),
  tried(() => self.origin),
].join();
</script></body>""",
)


def test_a_hostile_page_reaches_nothing(opened: Opened) -> None:
    page = opened(HOSTILE)
    here = page.url
    inside = start(page)
    settled(page)

    assert inside.title().split(",") == [*["SecurityError"] * 6, "null", "SecurityError", "null"]
    assert page.url == here
    expect(page.locator("h1")).to_have_text("Play")
    assert page.evaluate("localStorage.length") == 0


def test_dialogs_downloads_and_forms_are_refused(opened: Opened) -> None:
    page = opened(tall(500).replace("x</p>", "<form><input name=a></form></p>"))
    opening: list[str] = []

    def note(dialog: Dialog) -> None:
        opening.append(dialog.type)

    page.on("dialog", note)
    page.context.on("page", lambda one: opening.append(one.url))
    inside = start(page)

    inside.evaluate(
        "() => { alert(1); confirm(1);"
        "document.forms[0].requestSubmit(); const a = document.createElement('a');"
        "a.href = 'data:,x'; a.download = 'x'; document.body.append(a); a.click() }"
    )
    moment(page)
    page.remove_listener("dialog", note)  # with a listener, no dialog in this window goes away

    assert opening == []
    assert inside.url.endswith("/frame.html")


def test_nothing_is_fetched_and_nothing_framed_that_was_not_named(opened: Opened) -> None:
    page = opened(tall(500))
    inside = start(page)
    asked: list[str] = []
    page.on("response", lambda one: asked.append(one.url))

    outcome = inside.evaluate(
        """async () => {
          const end = (f) => f().then(() => "done", (e) => e.name);
          const add = (tag, name, value) => new Promise((yes, no) => {
            const one = document.createElement(tag);
            one.onload = yes; one.onerror = () => no(new Error());
            one[name] = value; document.body.append(one);
          });
          return [
            await end(() => fetch("./")),
            await end(() => add("img", "src", "https://else.example/x.png")),
            await end(() => add("script", "src", "./x.js")),
          ];
        }"""
    )
    inside.evaluate(
        "() => { const f = document.createElement('iframe'); f.src = 'https://else.example/';"
        "document.body.append(f) }"
    )
    moment(page)

    assert outcome == ["TypeError", "Error", "Error"]
    assert asked == []


def test_a_frame_cannot_lead_itself_elsewhere(opened: Opened, tmp_path: Path) -> None:
    with serving(tmp_path) as elsewhere:
        page = opened(tall(500))
        inside = start(page)
        asked: list[str] = []
        page.on("response", lambda one: asked.append(one.url) if elsewhere in one.url else None)

        with page.expect_event("framenavigated"):  # to what stands for a page that was refused
            inside.evaluate(f"() => {{ location = '{elsewhere}' }}")

        assert asked == []


TRICKS = (
    "<!doctype html><script>/*<head>*/HERE</script><html><head></head>",
    "<!doctype html><html data-x='><head>'><script>HERE</script>",
    "<!--><script>HERE</script>--><html><head></head>",
    "<!-- --!><script>HERE</script>--><!doctype html><html><head></head>",
    "<?xml version='1.0'?><!doctype html SYSTEM '><head>'><script>HERE</script>",
    "<svg><title><head></title></svg><script>HERE</script>",
    "<!doctype html><body><template><head></template><script>HERE</script>",
    "\u00a0<!doctype html><html><head><script>HERE</script></head>",
)


def test_no_trick_of_markup_runs_script_before_the_policy(opened: Opened) -> None:
    code = "self.early = !document.querySelector('meta[http-equiv=Content-Security-Policy]')"
    pages = {
        f"trick-{number}": text.replace("HERE", code) + "<p id=p>x</p>"
        for number, text in enumerate(TRICKS)
    }
    page = opened(each(pages))

    for number, name in enumerate(pages):
        inside = start(page, number)
        inside.wait_for_selector("#p", state="attached")
        assert inside.evaluate("self.early") is not True, name
        fetched = inside.evaluate("fetch('./').then(() => 'done', (e) => e.name)")
        assert fetched == "TypeError", name


def test_no_address_of_the_site_runs_a_page_outside_of_its_frame(
    tmp_path: Path, scrolling: Browser
) -> None:
    hostile = f"{HEAD}<body><script>localStorage.taken = 1; document.title = 'ran'</script>"
    files = {
        "lab/index.html": hostile,
        "lab/more.html": hostile,
        "lab/visualization.yaml": "title: L\n",
    }
    out = publish(tmp_path, files)
    with serving(out) as address:
        page = scrolling.new_page()
        for path in sorted(out.glob("visualizations/lab/*")):
            if path.name == "index.html":
                continue
            page.goto(f"{address}visualizations/lab/{path.name}")
            moment(page)
            assert page.title() != "ran"
            assert page.evaluate("localStorage.length") == 0
        page.goto(f"{address}visualizations/lab/frame.html")
        page.wait_for_url("**/visualizations/lab/")
        page.set_content(f'<iframe src="{address}visualizations/lab/frame.html"></iframe>')
        moment(page)
        assert not any(one.title() == "ran" for one in page.frames)
        page.close()


def test_links_leave_the_frame_and_those_of_the_page_stay(opened: Opened) -> None:
    text = tall(500).replace(
        "x</p>",
        '<a id="out" href="./">out</a> <a id="in" href="#q">in</a>'
        '<a id="js" href="javascript:void(0)" onclick="document.title=\'clicked\'">js</a></p>'
        '<p id="q">q</p>',
    )
    page = opened(text)
    inside = start(page)

    inside.click("#in")
    inside.click("#js")
    until(inside, "document.title === 'clicked'")
    assert len(page.context.pages) == 1
    assert inside.url.endswith("#q")
    with page.context.expect_page() as popup:
        inside.click("#out")
    popup.value.wait_for_load_state()
    assert popup.value.url.endswith("/visualizations/lab/")
    assert popup.value.evaluate("opener") is None


# ---- pages as they come


GREETING = "Grüße, Ænigma"
SAID = f"<p id=p>{GREETING}"
ENCODED: dict[str, bytes] = {
    "utf-8": f"<!doctype html><meta charset=utf-8>{SAID}".encode(),
    "mark": b"\xef\xbb\xbf" + f"<!doctype html>{SAID}".encode(),
    "unsaid": f"<!doctype html>{SAID}".encode(),
    "latin-1": f"<!doctype html><meta charset=iso-8859-1>{SAID}".encode("latin-1"),
    "unsaid-cp1252": f"<!doctype html>{SAID}".encode("cp1252"),
    "utf-16": f"<!doctype html>{SAID}".encode("utf-16"),
    "utf-16-be": b"\xfe\xff" + f"<!doctype html>{SAID}".encode("utf-16-be"),
    "pragma": '<!doctype html><meta http-equiv=content-type content="text/html; '
    f'charset=windows-1252">{SAID}'.encode("cp1252"),
    "bare": SAID.encode(),
}


def test_every_encoding_is_read(opened: Opened) -> None:
    page = opened(each(ENCODED))

    for number, name in enumerate(ENCODED):
        assert start(page, number).locator("#p").inner_text().strip() == GREETING, name


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        (
            "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
            "null",
        ),
        ('<base href="https://else.example/">', "null"),
        ('<base target="_top">', "null"),
        ("<script type=module>self.modular = 1</script>", "null"),
    ],
    ids=["own policy", "base address", "base target", "inline module"],
)
def test_what_a_page_says_of_itself_does_not_keep_it_from_running(
    opened: Opened, extra: str, told: str
) -> None:
    page = opened(tall(500).replace("<title>", f"{extra}<title>"))
    inside = start(page)

    assert settled(page) == 500
    assert inside.evaluate("self.origin") == told
    assert inside.evaluate("document.compatMode") == "CSS1Compat"


def test_a_page_of_several_files_gets_its_script_style_and_pictures(
    tmp_path: Path, scrolling: Browser
) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="70" height="7"></svg>'
    html = (
        f'{HEAD}<link rel=stylesheet href="look.css"><script src="js/run.js"></script>'
        '<body><img id="i" src="dot.svg" alt=""><p id="p">x</p></body>'
    )
    files = {
        "lab/visualization.yaml": "title: L\n",
        "lab/index.html": html,
        "lab/look.css": "p{color:rgb(1,2,3)}",
        "lab/js/run.js": "self.ran = 1",
        "lab/dot.svg": svg,
    }
    with serving(publish(tmp_path, files)) as address:
        page = scrolling.new_page()
        page.goto(address + EPISODE)
        inside = start(page)
        until(inside, "document.querySelector('#i').naturalWidth === 70")
        assert inside.evaluate("[self.ran, self.origin]") == [1, "null"]
        assert (
            inside.evaluate("getComputedStyle(document.querySelector('#p')).color")
            == "rgb(1, 2, 3)"
        )
        page.close()


# ---- other people's pages, where a developer has them


@pytest.mark.skipif(not (SHARED / "visualizations").is_dir(), reason="no pages of other people")
@pytest.mark.parametrize("width", [360, 720, 1040])
def test_pages_of_other_people_run_without_faults_and_keep_still(
    tmp_path: Path, scrolling: Browser, width: int
) -> None:
    found = sorted((SHARED / "visualizations").rglob("*.html"))
    files = {f"{path.stem.replace('_', '-')}.html": path.read_bytes() for path in found}
    restless: list[object] = []
    faults: list[str] = []
    with serving(publish(tmp_path, files)) as address:
        context = scrolling.new_context(viewport={"width": width + 160, "height": 900})
        # Fonts from elsewhere are all they may ask for, and tests ask nobody.
        context.route("**/*", lambda r: r.continue_() if address in r.request.url else r.abort())
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address + EPISODE)
        page.add_style_tag(content=f"figure.visualization{{width:{width + 2}px;max-width:none}}")
        for _ in files:
            page.get_by_role("button", name="Start").first.click()
        for frame in page.frames[1:]:
            frame.wait_for_load_state()
        # Some of these pages are still drawing after they are loaded; then they are to be at rest.
        before: list[tuple[int, int]] = []
        after = _sizes(page)
        while before != after:
            before = after
            for _ in range(2):
                moment(page)
            after = _sizes(page)
        for _ in range(4):
            moment(page)
            restless += [pair for pair in zip(after, _sizes(page), strict=True) if len({*pair}) > 1]
        origins = {
            one.evaluate("self.origin") for one in page.frames[1:] if "frame.html" in one.url
        }
        context.close()

    assert faults == []
    assert restless == []
    assert {one[0] for one in after} == {width}
    assert all(240 <= one[1] <= CAP for one in after)
    assert origins == {"null"}


def _sizes(page: Page) -> list[tuple[int, int]]:
    measure = "all => all.map((one) => [one.clientWidth, one.clientHeight])"
    return [(w, h) for w, h in page.locator("iframe").evaluate_all(measure)]
