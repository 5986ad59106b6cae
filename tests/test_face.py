"""What a listener sees first: bounds in pixels that hold at any title, on a phone and a desk."""

import functools
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from backlist.build import Options, build
from backlist.problems import Problems
from tests.conftest import NOW, MakeSite, episode, write_site
from tests.serving import serving
from tests.windows import lent

PAGES = {
    f"content/pages/{slug}.md": f"---\ntitle: {slug.title()}\nslug: {slug}\n---\n\nUs.\n"
    for slug in ("about", "contact", "members")
}
pytestmark = pytest.mark.browser

SHOW = "A Show with a Name That Was Meant to Say Everything There Is to Say about What It Is"
LONG = " ".join(["Software Engineering and Computer Science, a Difference Worth a Long Title"] * 3)
APPS = [
    "https://podcasts.apple.com/podcast/id1",
    "https://open.spotify.com/show/1",
    "{url: 'https://pods.example/1', label: Harbour Pods and Talks}",
    "https://music.amazon.com/podcasts/1",
    "https://podcastaddict.com/podcast/1",
    *(f"{{url: 'https://pods.example/{n}', label: Pods {n}}}" for n in range(7)),
]
"""A dozen, the first five among them with long names, and some without an icon of their own."""
SCREENS = [(1280, 800, 420), (360, 760, 480)]
"""Width and height of a window, and how far down a player may begin."""


@pytest.fixture(scope="module")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Publish a show of a given title, with an episode of a short and one of a long title."""
    with ExitStack() as servers:

        @functools.cache
        def show(title: str) -> str:
            audio = "{url: 'https://a.example/a.mp3', duration: 754}"
            people = "[Ada Lovelace, Grace Hopper, Barbara Liskov, Frances Allen, Radia Perlman]"
            settings = (
                f"show:\n  title: {title}\n  author: A\n  description: About it.\n"
                "  language: en\nsite:\n  base_url: https://x.example/\n  search: false\n"
                f"  subscribe: [{', '.join(APPS)}]\n"
            )
            given = {"audio": audio, "season": "12", "number": "104", "date": "2026-01-02"}
            files = {
                "site.yaml": settings,
                "content/episodes/a.md": episode(LONG, "a", guid="a", people=people, **given),
                "content/episodes/b.md": episode(
                    "Short", "b", guid="b", **{**given, "date": "2025-01-02"}
                ),
            }
            problems = Problems()
            top = tmp_path_factory.mktemp("face")
            root, out = write_site(top / "site", files), top / "out"
            assert build(root, out, NOW, Options(), problems) is not None, list(problems)
            return servers.enter_context(serving(out))

        yield show


def top_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize(("width", "height", "most"), SCREENS)
def test_the_player_is_in_sight_on_arrival(
    browser: Browser,
    publish: Callable[[str], str],
    width: int,
    height: int,
    most: int,
    javascript: bool,
) -> None:
    address = publish(SHOW)
    size = {"width": width, "height": height}
    with lent(browser, address, viewport=size, java_script_enabled=javascript) as window:
        page = window.page
        for slug in "ab":
            page.goto(f"{address}episodes/{slug}/")
            assert top_of(page, ".player-bar:visible" if javascript else "audio") <= most
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("letters", [8, 80, 160])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (360, 760)])
def test_the_title_of_a_show_has_two_lines_at_most(
    browser: Browser, publish: Callable[[str], str], width: int, height: int, letters: int
) -> None:
    address = publish((SHOW * 2)[:letters].strip())
    with lent(browser, address, viewport={"width": width, "height": height}) as window:
        page = window.page
        page.goto(address)

        lines = page.evaluate(
            "() => { const h = document.querySelector('h1'), s = getComputedStyle(h);"
            " return h.clientHeight / parseFloat(s.lineHeight); }"
        )
        assert lines <= 2.2
        assert top_of(page, ".latest-episode .title") <= 600


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(
    ".site-header > :not(nav):not([hidden]), .site-header nav > ul > li"
  )].map((e) => [e.textContent.trim().slice(0, 20), e.getBoundingClientRect()]);
  const apart = (a, b) =>
    Math.max(a.left, b.left) >= Math.min(a.right, b.right) - 1 ||
    Math.max(a.top, b.top) >= Math.min(a.bottom, b.bottom) - 1;
  return boxes.flatMap(([name, a], n) => [
    ...(a.left < 0 || a.right > innerWidth + 1 ? [`${name} sticks out`] : []),
    ...boxes.slice(n + 1).filter(([, b]) => !apart(a, b)).map(([other]) => `${name} on ${other}`),
  ]);
}"""


def test_nothing_overlaps_at_any_width(browser: Browser, site: MakeSite, tmp_path: Path) -> None:
    """With a title of a hundred letters, and more places to go than the header has room for."""
    title = (SHOW * 2)[:100].strip()
    settings = (
        f"show:\n  title: {title}\n  author: A\n  description: About it.\n"
        "site:\n  base_url: https://x.example/\n"
    )
    episodes = {
        f"content/episodes/{n}.md": episode(
            LONG if n else "Short",
            f"e{n}",
            season=n % 2 + 1,
            number=n + 1,
            date=f"{2020 + n // 5}-01-{n % 5 + 1:02}",
            topics=f"[Topic {n % 2}, A topic with a longer name {n % 3}]",
            people=f"[Host, Guest {n % 3}]",
            audio=f"{{url: 'https://a.example/{n}.mp3', duration: 4000}}",
        )
        for n in range(14)
    }
    out = tmp_path / "out"
    files = {"site.yaml": settings, **PAGES, **episodes}
    assert build(site(files), out, NOW, Options(), Problems()) is not None
    with serving(out) as address, lent(browser, address) as window:
        page = window.page
        for path in ("", "episodes/", "episodes/e1/", "topics/topic-1/", "seasons/"):
            page.goto(f"{address}{path}")
            assert page.locator(".site-header nav > ul > li").count() == 6, "five entries and More"
            for width in (320, 360, 768, 1024, 1280, 1920):
                page.set_viewport_size({"width": width, "height": 800})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert (path, width, wide) == (path, width, width)
                assert (path, width, page.evaluate(OVERLAPS)) == (path, width, [])


def test_a_phone_has_one_line_of_ways_and_a_thumb_can_press_them(
    browser: Browser, site: MakeSite, tmp_path: Path
) -> None:
    """Whatever the header has no room for is behind "More", and nothing is lost."""
    episodes = {
        f"content/episodes/{n}.md": episode(
            f"E{n}",
            f"e{n}",
            season=n % 2 + 1,
            number=n + 1,
            date=f"202{n % 5}-01-01",
            topics=f"[Topic {n % 2}, A topic with a longer name {n % 3}]",
            people=f"[Host, Guest {n % 3}]",
        )
        for n in range(6)
    }
    files = {**PAGES, **episodes}
    assert build(site(files), tmp_path / "o", NOW, Options(), Problems()) is not None
    with (
        serving(tmp_path / "o") as address,
        lent(browser, address, viewport={"width": 1280, "height": 760}) as window,
    ):
        page = window.page
        page.goto(address)
        all_links = {
            link.get_attribute("href") for link in page.locator(".site-header nav a").all()
        }
        page.set_viewport_size({"width": 360, "height": 760})
        ways = page.locator(".site-header nav > ul > li:visible").all()
        boxes = [box for way in ways if (box := way.bounding_box())]
        assert 2 <= len(boxes) <= 4
        assert len({box["y"] for box in boxes}) == 1
        assert min(box["height"] for box in boxes) >= 44
        page.locator(".site-header summary").click()
        shown = page.locator(".site-header nav a:visible").all()
        assert {link.get_attribute("href") for link in shown} == all_links
        box = page.locator(".theme-toggle").bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 44


def test_one_episode_needs_no_filter(browser: Browser, site: MakeSite, tmp_path: Path) -> None:
    records = [episode(f"E{n}", f"e{n}", date=f"202{n}-01-01") for n in range(2)]
    for count in (1, 2):
        files = {f"content/episodes/{n}.md": one for n, one in enumerate(records[:count])}
        out = tmp_path / f"o{count}"
        assert build(site(files), out, NOW, Options(), Problems()) is not None
        with serving(out) as address, lent(browser, address) as window:
            page = window.page
            page.goto(f"{address}episodes/")
            assert page.locator(".filter").is_visible() is (count == 2)


def test_the_head_of_a_group_stays_in_sight(
    browser: Browser, site: MakeSite, tmp_path: Path
) -> None:
    files = {
        f"content/episodes/{n}.md": episode(f"E{n}", f"e{n}", date=f"{2020 + n // 20}-01-01")
        for n in range(40)
    }
    assert build(site(files), tmp_path / "o", NOW, Options(), Problems()) is not None
    with serving(tmp_path / "o") as address:
        for width in (360, 1280):
            page = browser.new_page(viewport={"width": width, "height": 700})
            page.goto(f"{address}episodes/")
            page.get_by_role("link", name="E32", exact=True).scroll_into_view_if_needed()
            page.mouse.wheel(0, 150)
            head = page.get_by_role("heading", name="2021")
            page.wait_for_function("scrollY > 200")
            box = head.bounding_box()
            assert box is not None and 0 <= box["y"] <= 40, (width, box)
            page.close()


def test_play_latest_plays_on_the_home_page(
    browser: Browser, publish: Callable[[str], str]
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(
        "HTMLMediaElement.prototype.play = function () { window.played = this.currentSrc"
        " || this.querySelector('source').src; return Promise.resolve(); }"
    )
    page.goto(publish("Tides"))

    page.get_by_role("link", name="Play latest").click()

    assert page.evaluate("window.played") == "https://a.example/a.mp3"
    page.close()


def test_long_notes_fold_and_open_for_who_leads_into_them(
    browser: Browser, site: MakeSite, tmp_path: Path
) -> None:
    body = "\n\n".join(f"Paragraph {n} of long notes, with words enough." for n in range(40))
    text = episode("A", "a") + body + "\n\n## The end\n\n[Last](https://x.example/)\n"
    problems = Problems()
    assert build(site({"content/episodes/a.md": text}), tmp_path / "o", NOW, Options(), problems)
    with serving(tmp_path / "o") as address, lent(browser, address) as window:
        page = window.page
        page.goto(f"{address}episodes/a/")
        notes = page.locator(".prose")
        folded = notes.bounding_box()
        button = page.get_by_role("button", name="Show all notes")
        button.click()
        whole = notes.bounding_box()
        assert folded and whole and whole["height"] > folded["height"] * 2
        page.get_by_role("button", name="Show less").click()
        page.get_by_role("link", name="Last").focus()
        again = notes.bounding_box()
        assert again and again["height"] == whole["height"]


def test_paper_has_all_notes_and_all_sources(
    browser: Browser, site: MakeSite, tmp_path: Path
) -> None:
    sources = "[" + ", ".join(f"{{title: Paper {n}}}" for n in range(12)) + "]"
    body = "\n\n".join(f"Paragraph {n} of long notes, with words enough." for n in range(40))
    text = episode("A", "a", body, sources=sources)
    assert build(site({"content/episodes/a.md": text}), tmp_path / "o", NOW, Options(), Problems())
    with serving(tmp_path / "o") as address, lent(browser, address) as window:
        page = window.page
        page.goto(f"{address}episodes/a/")
        folded = page.locator(".prose").bounding_box()
        page.emulate_media(media="print")
        whole = page.locator(".prose").bounding_box()
        assert folded and whole and whole["height"] > folded["height"] * 2
        assert page.get_by_text("Paper 11").first.evaluate(
            "e => e.checkVisibility({ contentVisibilityAuto: true })"
        )


CONTRAST = """
colours => {
  const root = document.documentElement
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
  const probe = document.body.appendChild(document.createElement("p"))
  const light = value => {
    probe.style.color = value
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = getComputedStyle(probe).color
    pen.fillRect(0, 0, 1, 1)
    const parts = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
    const [r, g, b] = parts.map(p => p <= 0.04045 ? p / 12.92 : ((p + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const between = (one, other) => {
    const [a, b] = [light(one), light(other)]
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }
  const low = []
  for (const scheme of ["light", "dark"]) {
    root.dataset.theme = scheme
    for (const colour of colours) {
      root.style.setProperty("--accent", colour)
      for (const [one, other] of [["--link", "--ground"], ["--link", "--wash"]]) {
        const found = between(`var(${one})`, `var(${other})`)
        if (!(found >= 4.5)) low.push([scheme, colour, other, found])
      }
    }
  }
  return low
}
"""
"""The accents whose links are too weak on the page, by the contrast of WCAG 2.2, 1.4.3."""


def test_links_can_be_read_whatever_the_accent(
    publish: Callable[[str], str], browser: Browser
) -> None:
    dice = random.Random(12)
    named = ["#ffff00", "#808080", "#000000", "#ffffff", "#00ff00", "#00ffff", "#0000ff", "#ff00ff"]
    any_colour = [f"#{dice.randrange(1 << 24):06x}" for _ in range(50 - len(named))]
    page = browser.new_page()
    try:
        page.goto(publish("Short"))
        assert page.evaluate(CONTRAST, named + any_colour) == []
    finally:
        page.close()


def test_a_thumb_can_press_years_letters_and_indexes(
    browser: Browser, site: MakeSite, tmp_path: Path
) -> None:
    """44 pixels high on a phone; on a desk rows are no heavier for it."""
    source = "\n  - title: A paper on {n}\n    url: https://p.example/{n}"
    records = {
        f"content/episodes/e{n:03}.md": episode(
            f"E{n}",
            f"e{n:03}",
            date=f"{2015 + n % 9}-01-01",
            topics=f"[Owls, Topic {n % 20}]",
            people=f"[Host, Guest {n % 20}]",
            sources=source.format(n="abcdefgh"[n % 8] + str(n)),
        )
        for n in range(208)
    }
    lists = ["topics", "topics/owls", "years", "years/2016", "people", "people/guest-1"]
    paths = ["episodes", "works", *lists]
    links = ".page-nav a, .index-list a, .page-header .meta a, .section > .year a"
    heights = "links => links.map(one => [one.innerText, one.getBoundingClientRect().height])"
    assert build(site(records), tmp_path / "o", NOW, Options(), Problems()) is not None
    with serving(tmp_path / "o") as address, lent(browser, address) as window:
        page = window.page
        low, desk = {}, {}
        for path in paths:
            page.set_viewport_size({"width": 360, "height": 760})
            page.goto(f"{address}{path}/")
            found = page.locator(links).evaluate_all(heights)
            assert found, path
            low[path] = [text for text, height in found if height < 44]
            page.set_viewport_size({"width": 1280, "height": 760})
            rows = page.locator(".page-nav a, .index-list a").evaluate_all(heights)
            desk[path] = [text for text, height in rows if not 24 <= height < 40]
        assert low == desk == {path: [] for path in paths}
