"""What a reader finds: the search of a built site in a real Chromium, under a sub-path."""

import re
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route, expect

from backlist.build import Options, build
from backlist.outputs.search.words import query
from backlist.problems import Problems
from tests.axe import COLOURS, violations
from tests.conftest import NOW
from tests.outputs.search.searchable import FIELDS, FILES
from tests.serving import serving

pytestmark = pytest.mark.browser

SUB_PATH = "shows/found/"
PALETTE = "dialog[open]"
STATUS = ".search-box [role=status]"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The findable site, published behind a sub-path."""
    top = tmp_path_factory.mktemp("found")
    for name, text in FILES.items():
        path = top / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    options = Options(base_url=f"https://example.org/{SUB_PATH}")
    out = top / "www" / SUB_PATH
    assert build(top / "site", out, NOW, options, Problems()) is not None
    with serving(top / "www") as server:
        yield f"{server}{SUB_PATH}"


@contextmanager
def _opened(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A window, and what goes wrong in it: a fault of a page, or a request to anybody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("dialog", lambda dialog: faults.append(f"said {dialog.message}"))
    opened.on("request", lambda asked: faults.append(asked.url) if _elsewhere(asked.url) else None)
    yield opened, faults
    context.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    with _opened(browser) as opened:
        yield opened


@pytest.fixture
def page(window: tuple[Page, list[str]], address: str) -> Iterator[Page]:
    """The window of the module as if it were new; a fault in it fails the test."""
    opened, faults = window
    opened.goto(f"{address}robots.txt")  # which has no script that would keep anything
    opened.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    faults.clear()
    yield opened
    opened.unroute_all()
    assert faults == []


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Page]:
    """A window of its own: for scripts that stay in it, and for what was loaded before."""
    with _opened(browser) as (opened, faults):
        yield opened
    assert faults == []


def _elsewhere(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:"))


@pytest.fixture
def find(page: Page, address: str) -> Callable[[str], list[str]]:
    """The titles found for a text, best first."""

    def found(text: str) -> list[str]:
        page.goto(f"{address}search/")
        page.get_by_role("searchbox").fill(text)
        expect(page.locator(STATUS)).to_have_text(re.compile(r"episode|Nothing"))
        return page.locator(".search-result .title").all_inner_texts()

    return found


H2O = "Heavy hitters: what a cache may forget"
DELTA = "δ-mem: a memory that learns"


FIRST = {
    "2306.14048": H2O,
    "arXiv:2306.14048": H2O,
    "arxiv 2306.14048v3": H2O,
    "https://arxiv.org/abs/2306.14048v3": H2O,
    "https://arxiv.org/pdf/2306.14048.pdf": H2O,
    "H2O": H2O,
    "h2o": H2O,
    "1.58-bit": H2O,
    "1.58 bit": H2O,
    "1.58": H2O,
    "δ-mem": DELTA,
    "Δ-MEM": DELTA,
    "delta-mem": DELTA,
    "delta mem": DELTA,
    "deltamem": DELTA,
    "Zhenyu Zhang": H2O,
    "zhang ying": H2O,
    "Ines Falk": H2O,
    "Shuming": H2O,
    "HeavyHitterKV": H2O,
    "the hitters episode": H2O,
    "wombat": H2O,
    "run": H2O,
    "zoe": H2O,
    "Zoë": H2O,
    "hitter forget": H2O,
    "quokka": "The forgotten quokka",
}


def ask(page: Page, typed: str) -> list[str]:
    """The titles found for a text on the page of the search, after those of another are gone."""
    box = page.get_by_role("searchbox")
    box.fill("")
    expect(page.locator(STATUS)).to_be_empty()
    box.fill(typed)
    expect(page.locator(STATUS)).to_have_text(re.compile("episode|No results"))
    return page.locator(".search-result .title").all_inner_texts()


def test_what_readers_look_for_is_found_first(page: Page, address: str) -> None:
    page.goto(f"{address}search/")

    assert {typed: ask(page, typed)[0] for typed in FIRST} == FIRST


LAGOON, MILL = "A lagoon by the sea", "The mill"


QUESTIONS = {
    # Side by side in notes; in the transcript only late, after both have been said often.
    '"tide lagoon"': [MILL, LAGOON],
    '"tide lagoon" -mill': [LAGOON],
    '"lagoon tide"': [],
    "„tide lagoon“": [MILL, LAGOON],
    '"tide lagoon itself"': [LAGOON],
    '"fed a mill" lagoon': [MILL],
    "lagoon -mill": [LAGOON],
    'lagoon -"fed a mill"': [LAGOON],
    "topic:tides": [LAGOON, MILL],
    "topic:tides year:2025": [LAGOON],
    "topic:tides -topic:caches": [MILL],
    "season:1": [MILL],
    "has:transcript lagoon": [LAGOON],
    'guest:"Ines Falk" -topic:tides': [H2O],
    "person:quay lagoon": [LAGOON],
    "topic:nowhere": [],
    "laggon by the sea": [LAGOON],
    "HevayHitterKV": [H2O],
    "wombatt": [H2O],
    "interludes": [H2O],
}


def test_questions_have_parts(page: Page, address: str) -> None:
    page.goto(f"{address}search/")

    assert {typed: ask(page, typed) for typed in QUESTIONS} == QUESTIONS


def test_a_spelling_that_was_put_right_is_told(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=wombta")

    said = "1 episode for “wombat”. Nothing has “wombta”."
    expect(page.locator(STATUS)).to_have_text(said)


def test_the_likeliest_transcripts_are_looked_through_for_a_phrase(
    page: Page, address: str
) -> None:
    page.goto(f'{address}search/?q="tide+lagoon"')

    expect(page.locator(".search-result .title")).to_have_text([MILL, LAGOON])
    expect(page.locator(STATUS)).to_have_text("2 episodes")
    found = page.locator(".search-result").last
    expect(found).to_contain_text("we reach the tide lagoon itself")
    expect(found.get_by_role("link", name="Transcript at 20:00")).to_be_visible()
    expect(page.get_by_role("button", name="Look through")).to_be_hidden()


def test_a_reader_who_saves_data_asks_for_transcripts(new_page: Page, address: str) -> None:
    new_page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    new_page.goto(f'{address}search/?q="tide+lagoon"')
    titles = new_page.locator(".search-result .title")
    expect(titles).to_have_text([MILL])
    expect(new_page.locator(STATUS)).to_have_text("1 episode")

    new_page.get_by_role("button", name="Look through 1 more transcript").click()

    expect(titles).to_have_text([MILL, LAGOON])
    expect(new_page.locator(STATUS)).to_have_text("2 episodes")


def test_facets_narrow_results_count_them_and_go_back(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=lagoon")
    expect(page.locator(".search-result")).to_have_count(2)

    page.get_by_role("button", name="Filter results").click()
    page.locator(".facet summary", has_text="Topics").click()
    counts = page.locator(".facet[open] li").all_inner_texts()
    assert [" ".join(one.split()) for one in counts] == ["Caches 1", "Tides 2"]
    page.get_by_role("checkbox", name="Caches").check()

    expect(page.locator(".search-result .title")).to_have_text([LAGOON])
    expect(page).to_have_url(f"{address}search/?q=lagoon&topic=Caches")
    # A second value of a facet adds to the first, so its count is as it was.
    expect(page.locator(".facet[open] li", has_text="Tides")).to_have_text(re.compile("2"))
    page.locator(".facet summary", has_text="Years").click()
    expect(page.get_by_role("checkbox", name="2024")).to_be_disabled()

    page.go_back()

    expect(page.locator(".search-result")).to_have_count(2)
    expect(page).to_have_url(f"{address}search/?q=lagoon")
    page.go_forward()
    expect(page.locator(".search-result .title")).to_have_text([LAGOON])
    page.get_by_role("button", name="Remove filter: Caches").click()
    expect(page.locator(".search-result")).to_have_count(2)


def test_an_address_with_facets_alone_can_be_shared(page: Page, address: str) -> None:
    page.goto(f"{address}search/?season=1&topic=Tides")

    expect(page.locator(".search-result .title")).to_have_text([MILL])
    chosen = page.locator(".chosen-facets li")
    expect(chosen).to_have_text(["Tides", "Season 1"])


def test_escape_closes_a_facet_and_nothing_else(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=lagoon")
    page.get_by_role("button", name="Filter results").click()
    summary = page.locator(".facet summary", has_text="Topics")
    summary.click()
    page.get_by_role("checkbox", name="Tides").focus()

    page.keyboard.press("Escape")

    expect(page.locator(".facet[open]")).to_have_count(0)
    expect(summary).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("lagoon")


def test_the_list_of_all_episodes_has_the_facets(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/")
    page.get_by_role("button", name="More filters").click()
    page.locator(".facet summary", has_text="Topics").click()
    page.get_by_role("checkbox", name="Tides").check()

    expect(page.locator(".search-result .title")).to_have_text([LAGOON, MILL])
    expect(page.locator(".episode-row").first).to_be_hidden()
    expect(page).to_have_url(f"{address}episodes/?topic=Tides")
    page.reload()
    expect(page.locator(".search-result .title")).to_have_text([LAGOON, MILL])
    page.get_by_role("button", name="Remove filter: Tides").click()
    expect(page.locator(".episode-row").first).to_be_visible()


def test_a_result_plays_at_the_moment(page: Page, address: str) -> None:
    page.route("https://sound.example/**", lambda route: route.abort())
    page.goto(f'{address}search/?q="nobody+had+called"')

    button = page.get_by_role("button", name="Play at 20:05")
    expect(button).to_be_visible()
    assert button.get_attribute("data-plays") == "https://sound.example/lagoon.mp3"
    assert button.get_attribute("data-at") == "1205"


def test_better_fields_rank_higher(find: Callable[[str], list[str]]) -> None:
    ranks = [re.sub(r"Ranked by (\w+).*", r"\1", title) for title in find("okapi")]

    assert ranks == list(FIELDS)


def test_equals_come_newest_first(find: Callable[[str], list[str]]) -> None:
    assert find("lighthouse") == [f"Lighthouse number {n}" for n in range(20, 12, -1)]


def test_every_result_says_where_it_was_found(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=okapi")

    hits = page.locator(".search-result")
    expect(hits).to_have_count(8)
    labels = [hit.locator(".field").first.inner_text() for hit in hits.all()]
    assert labels == [
        "Title",
        "Summary",
        "Notes",
        "Transcript at 12:34",
        "Source 1",
        "Authors of source 1",
        "Identifier of source 1",
        "Other names",
    ]
    marked = page.locator("mark").all_inner_texts()
    assert {word.lower() for word in marked} == {"okapi"}
    said = hits.nth(3)
    expect(said).to_contain_text("Here the okapi walks past the harbour")
    link = said.get_by_role("link", name="Transcript at 12:34")
    assert link.get_attribute("href") == f"{address}episodes/by-transcript/#t=754"
    source = hits.nth(4).get_by_role("link", name="Source 1")
    assert source.get_attribute("href") == f"{address}episodes/by-source/#source-1"


def test_notes_that_begin_with_the_summary_are_shown_for_what_they_add(
    page: Page, address: str
) -> None:
    page.goto(f"{address}search/")

    def fields(typed: str) -> list[str]:
        ask(page, typed)
        return page.locator(".search-matches li").all_inner_texts()

    summary = "Summary The numbat sleeps in a hollow log."
    assert fields("sleeps hollow") == [summary]
    assert fields("numbat") == [
        summary,
        "Notes … Outside the log it eats. A numbat is rare.",
    ]
    assert fields('"log outside"') == [
        "Notes The numbat sleeps in a hollow log. Outside the log it eats. A numbat is rare."
    ]
    assert fields("bilby") == ["Summary A bilby digs in the sand, and we watch."]
    assert fields("bilby night")[1:] == ["Notes … bilby digs in the sand all night."]


def test_an_id_leads_to_everything_on_its_work(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=2306.14048")

    hit = page.locator(".search-result").first
    expect(hit).to_contain_text("H2O: Heavy-Hitter Oracle")
    hit.get_by_role("link", name="everything on this work").click()
    expect(page.locator("h1")).to_contain_text("H2O: Heavy-Hitter Oracle")


def test_a_found_moment_and_a_found_source_are_there(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=okapi")
    page.get_by_role("link", name="Source 1", exact=True).first.click()

    expect(page.locator("#source-1")).to_be_visible()
    assert page.url.endswith("#source-1")


def test_what_is_not_there_is_not_found_and_the_reader_is_told(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    for typed in ("2306.99999", "h2x", "qqqwwweee", "– …", "1.59-bit"):
        assert ask(page, typed) == [], typed
        expect(page.locator(STATUS)).to_contain_text("No results for “")
        expect(page.locator(".search-result")).to_have_count(0)
        expect(page.get_by_role("heading", name="Or browse by topic")).to_be_visible()

    page.locator(STATUS).get_by_role("link", name="all episodes").click()
    assert page.url == f"{address}episodes/"


def test_a_word_that_is_nowhere_is_named(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=okapi+qqqwww")

    expect(page.locator(STATUS)).to_have_text("8 episodes. Not found: “qqqwww”")


def test_hidden_episodes_are_not_found(find: Callable[[str], list[str]]) -> None:
    assert find("xyzzy") == []
    assert find("xyzzybody") == []


def test_a_stub_says_what_it_is(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=quokka")

    expect(page.locator(".search-result .badge")).to_have_text("Not in the archive")


def test_markup_in_an_episode_stays_text(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=mischief")

    hit = page.locator(".search-result")
    expect(hit).to_contain_text("<img src=x onerror=alert(1)> & the <b>bold</b> escape")
    expect(hit).to_contain_text("</p><img src=x onerror=alert(3)> mischief")
    expect(hit).to_contain_text("<quoted> <script>alert(2)</script> mischief")
    assert page.locator(".search-result :is(img, script)").count() == 0


def test_the_address_can_be_shared(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").fill("δ-mem & co?")
    expect(page).to_have_url(re.compile(r"q=%CE%B4-mem\+%26\+co%3F$"))

    page.goto(page.url)

    expect(page.get_by_role("searchbox")).to_have_value("δ-mem & co?")
    expect(page.locator(".search-result .title").first).to_have_text(DELTA)
    expect(page).to_have_title(re.compile("^δ-mem & co\\? · Search"))
    expect(page.get_by_role("heading", name="Or browse by topic")).to_be_hidden()
    page.get_by_role("searchbox").fill("")
    expect(page).to_have_url(f"{address}search/")
    expect(page.locator(STATUS)).to_be_empty()


def test_back_from_an_episode_the_results_are_there(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=h2o")
    page.get_by_role("link", name=H2O).click()
    expect(page.locator("h1")).to_have_text(H2O)

    page.go_back()

    expect(page.locator(".search-result .title").first).to_have_text(H2O)


def test_more_results_come_when_asked_for(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=lighthouse")
    expect(page.locator(".search-result")).to_have_count(8)
    expect(page.locator(STATUS)).to_have_text("20 episodes")

    page.get_by_role("button", name="Show more").click()

    expect(page.locator(".search-result")).to_have_count(16)
    expect(page.locator(".search-result").nth(8).get_by_role("link")).to_be_focused()
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".search-result")).to_have_count(20)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_the_last_question_wins(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    box = page.get_by_role("searchbox")
    for text in ("lighthouse", "okapi", "h2o", "quokka"):
        box.fill(text)
        page.wait_for_timeout(160)

    expect(page.locator(".search-result .title")).to_have_text(["The forgotten quokka"])


@pytest.mark.parametrize("path", ["", "episodes/heavy-hitters/", "404.html"])
def test_keys_open_search_on_any_page(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    for keys in ("/", "Control+k", "Meta+k"):
        page.keyboard.press("Escape")
        expect(page.locator(PALETTE)).to_have_count(0)
        page.keyboard.press(keys)
        expect(page.locator(PALETTE)).to_be_visible()
        expect(page.locator(PALETTE).get_by_role("searchbox")).to_be_focused()

    page.keyboard.type("h2o")

    expect(page.locator(f"{PALETTE} .search-result .title").first).to_have_text(H2O)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(H2O)


def test_arrows_walk_the_results_and_escape_leads_back(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.locator(PALETTE).wait_for()
    page.keyboard.type("okapi")
    box = page.locator(PALETTE).get_by_role("searchbox")
    links = page.locator(f"{PALETTE} .search-result a")
    expect(links).to_have_count(12)

    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    for _ in range(17):
        page.keyboard.press("ArrowDown")
    expect(links.nth(11)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(box).to_have_value("okapi")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()


def test_what_is_typed_before_the_script_is_there_is_not_lost(page: Page, address: str) -> None:
    waiting: list[Route] = []
    page.route("**/static/search*.js", lambda route: waiting.append(route))
    page.goto(f"{address}episodes/by-transcript/")
    with page.expect_request("**/static/search*.js"):
        page.keyboard.press("/")
    page.keyboard.type("kv ok")
    assert len(waiting) == 1
    waiting[0].continue_()

    box = page.locator(PALETTE).get_by_role("searchbox")
    expect(box).to_have_value("kv ok")
    page.keyboard.type("api")
    expect(box).to_have_value("kv okapi")


def test_a_reader_who_wants_no_keys_has_none(page: Page, address: str) -> None:
    """WCAG 2.2, 2.1.4: the player's switch holds for `/` too; with a modifier keys stay."""
    page.goto(address)
    page.evaluate("localStorage.setItem('backlist-keys', 'off')")
    page.reload()
    expect(page.locator(".search-link kbd")).to_be_hidden()

    page.keyboard.press("/")
    page.wait_for_timeout(100)
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.locator(PALETTE)).to_be_visible()


def test_enter_in_the_dialog_leads_to_an_address_that_can_be_shared(
    page: Page, address: str
) -> None:
    page.goto(f"{address}episodes/heavy-hitters/")
    page.keyboard.press("Control+k")
    page.locator(PALETTE).wait_for()
    page.keyboard.type("okapi")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{address}search/?q=okapi")
    expect(page.locator(".search-result")).to_have_count(8)


def test_enter_on_the_search_page_goes_to_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    page.get_by_role("searchbox").press_sequentially("h2o")
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name=H2O)).to_be_focused()
    assert page.url == f"{address}search/?q=h2o"


def test_the_dialog_closes_and_the_reader_is_where_he_was(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/heavy-hitters/")
    control = page.get_by_role("link", name="Search", exact=False).first
    control.click()
    expect(page.locator(PALETTE)).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("dialog")).to_be_hidden()
    expect(control).to_be_focused()

    control.click()
    expect(page.locator(PALETTE)).to_be_visible()
    page.mouse.click(5, 500)
    expect(page.locator("dialog")).to_be_hidden()


def test_a_slash_in_a_field_is_a_slash(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/")
    box = page.get_by_label("Filter by title or topic")
    box.press_sequentially("I/O")

    expect(box).to_have_value("I/O")
    expect(page.locator("dialog")).to_have_count(0)


def test_a_moment_of_this_very_page_is_one_step_away(page: Page, address: str) -> None:
    page.goto(f"{address}episodes/by-transcript/")
    page.keyboard.press("/")
    page.locator(PALETTE).wait_for()
    page.keyboard.type("okapi harbour")
    page.get_by_role("link", name="Transcript at 12:34").click()

    expect(page.locator("dialog")).to_be_hidden()
    assert page.url == f"{address}episodes/by-transcript/#t=754"


def test_the_home_page_has_a_way_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Search 35 episodes").fill("h2o")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{address}search/?q=h2o")
    expect(page.locator(".search-result .title").first).to_have_text(H2O)


def test_nothing_is_loaded_before_a_reader_searches(new_page: Page, address: str) -> None:
    asked: list[str] = []
    new_page.on("request", lambda request: asked.append(request.url))
    for path in ("", "episodes/heavy-hitters/"):
        new_page.goto(address + path, wait_until="networkidle")
    assert not [url for url in asked if "search" in url]

    new_page.keyboard.press("/")
    new_page.locator(PALETTE).get_by_role("searchbox").wait_for()
    new_page.wait_for_load_state("networkidle")
    loaded = {url.rsplit("/", 1)[-1].split(".")[0] for url in asked if "search" in url}
    assert loaded == {"search", "words"}
    assert not [url for url in asked if "/search/" in url and not url.endswith("words.json")]

    new_page.keyboard.type("h2o")
    expect(new_page.locator(f"{PALETTE} .search-result").first).to_be_visible()
    assert [url for url in asked if "/search/engine/" in url]


def test_without_script_search_is_the_list_of_all_episodes(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("", "episodes/heavy-hitters/", "search/", "search/?q=h2o"):
        page.goto(address + path)
        if "search" not in path:
            page.get_by_role("link", name="Search", exact=True).click()

        expect(page).to_have_url(f"{address}episodes/")
        expect(page.get_by_role("link", name=H2O)).to_be_visible()
        expect(page.get_by_role("link", name="Lighthouse number 1", exact=True)).to_be_visible()
    context.close()


def test_without_script_the_form_on_the_home_page_leads_there_too(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Search 35 episodes").fill("h2o")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{address}episodes/")
    context.close()


def test_an_index_that_cannot_be_loaded_leads_to_the_list(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/search/engine/**", lambda route: route.abort())
    page.goto(f"{address}search/?q=h2o")

    status = page.locator(STATUS)
    expect(status).to_contain_text("could not be loaded")
    status.get_by_role("link", name="All episodes").click()
    assert page.url == f"{address}episodes/"
    page.close()


def test_a_script_that_cannot_be_loaded_leads_to_the_search_page(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.route("**/static/search*.js", lambda route: route.abort())
    page.goto(address)
    page.keyboard.press("/")

    expect(page).to_have_url(f"{address}search/")
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_results_and_dialog(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()

    def require_none() -> None:
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == []
        page.emulate_media(color_scheme="light")

    page.goto(f"{address}search/?q=okapi")
    expect(page.locator(".search-result")).to_have_count(8)
    require_none()
    page.get_by_role("searchbox").fill("qqqwwweee")
    expect(page.locator(STATUS)).to_contain_text("No results for “")
    require_none()

    page.goto(f"{address}episodes/heavy-hitters/")
    page.keyboard.press("/")
    page.keyboard.type("okapi")
    expect(page.locator(f"{PALETTE} .search-result")).to_have_count(8)
    require_none()
    context.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_results_fit_any_window(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()

    def sideways(of: str) -> list[int]:
        """By how many pixels an element is too wide, in the light and in the dark."""
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        measured = []
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            measured.append(page.evaluate(f"{of}.scrollWidth - {of}.clientWidth"))
        return measured

    page.goto(f"{address}search/?q=okapi")
    expect(page.locator(".search-result")).to_have_count(8)
    assert max(sideways("document.documentElement")) <= 0

    page.goto(address)
    page.keyboard.press("/")
    page.locator(PALETTE).wait_for()
    page.keyboard.type("okapi")
    expect(page.locator(f"{PALETTE} .search-result")).to_have_count(8)
    assert max(sideways("document.documentElement")) <= 0
    assert max(sideways("document.querySelector('dialog')")) <= 0
    context.close()


def test_a_policy_of_the_server_can_be_strict(browser: Browser, address: str) -> None:
    """What `docs/search.md` says a Content-Security-Policy has to allow."""
    page = browser.new_page()
    policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; form-action 'self'; img-src 'self' data:"  # noqa: E501

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, headers={**answer.headers, "content-security-policy": policy}
        )

    page.route(re.compile(r"/search/(\?.*)?$"), with_policy)
    page.goto(f"{address}search/?q=h2o")

    expect(page.locator(".search-result .title").first).to_have_text(H2O)
    page.close()


TYPED = st.text(
    st.one_of(
        # Of `Cn`, the unassigned, browsers know more than Python: its Unicode is an older one.
        st.characters(
            exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"], exclude_characters="\ufeff"
        ),
        st.sampled_from(string.punctuation + " δΣλ(1v2.0注カ"),
    ),
    max_size=24,
)
PASTED = st.builds(
    "{}{}{}".format,
    st.sampled_from(["https://arxiv.org/abs/", "HTTP:doi.org/", "http://x.org/?u=arxiv.org/pdf/"]),
    TYPED,
    st.sampled_from(["", ".pdf"]),
)


def test_the_reader_s_side_has_the_same_rule_of_words(page: Page, address: str) -> None:
    """`static/search.js` and `outputs/search/words.py` ask for the same."""
    page.goto(f"{address}search/")
    script = page.locator("script[src*='search.']").get_attribute("src")
    source = f"async texts => {{ const m = await import(new URL('{script}', document.baseURI));"
    ask = f"{source} return texts.map(m.query); }}"

    @settings(max_examples=25)
    @given(st.lists(TYPED | PASTED, min_size=40, max_size=40))
    def agree(texts: list[str]) -> None:
        assert page.evaluate(ask, texts) == [query(text) for text in texts]

    agree()
