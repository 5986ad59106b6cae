"""The style sheet of a look, its typefaces, and that no line moves when they arrive."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from backlist.build import Options, build
from backlist.files import shipped_folder
from backlist.problems import Problems
from backlist.theme.styles import Styles
from tests.conftest import NOW, MakeSite, episode
from tests.serving import serving

SHEETS = {
    path.relative_to(shipped_folder() / "static").as_posix(): path
    for path in (shipped_folder() / "static").rglob("*")
    if path.is_file()
}

PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
MOVED = """self.moved = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) self.moved += one.value;
}).observe({ type: "layout-shift", buffered: true });"""

MIXED = {"fa": "گفت‌وگو با نویسندهٔ ", "ja": "海辺のまちで聞いた "}
"""What titles of other languages begin with before words in Latin letters."""

TEXT = """\
Ships carried bells so that nobody on deck had to ask what time it was. A boy turned a glass of
sand every half hour, and struck once more than the last time, until eight ended the *watch*.

Clocks that could be trusted at sea came late: Harrison's fourth was finished in 1759, and for
years captains checked it against the moon. We read from **three logs** of that time, and ask
why sailors went on counting in bells when every cabin had a watch of its own.

In the second half, a bell founder from Ghent explains how bronze is poured, why a bell is tuned
with a lathe, and what happens to its voice when it has been struck for two hundred years in
salt air."""


@pytest.mark.parametrize(
    ("look", "font", "families"),
    [
        ("classic", "", {"source-serif-4", "source-sans-3"}),
        ("classic", "Charter, Georgia, serif", {"source-sans-3"}),
        ("classic", "Onest, sans-serif", {"source-sans-3", "onest"}),
        ("studio", "", {"onest"}),
    ],
)
def test_a_site_publishes_the_typefaces_it_uses(look: str, font: str, families: set[str]) -> None:
    styles = Styles(SHEETS, look, font)
    assert {Path(name).stem for name in styles.used} == families
    published = {name for name in SHEETS if name not in styles.unpublished}
    assert not [n for n in published if n.endswith(".css") and "/" in n]
    kept = {
        re.split(r"-(?:latin|greek|cyr|viet)|\.", Path(n).name)[0]
        for n in published
        if "fonts/" in n
    }
    assert kept == families
    faces = re.findall(r'url\("(fonts/[^"]+\.[0-9a-f]{8}\.woff2)"\)', styles.sheet)
    assert sorted(faces) == sorted(styles.names.values())
    assert 0 < sum(SHEETS[n].stat().st_size for n in styles.names if "-latin." in n) < 65_000


@pytest.mark.parametrize(
    ("language", "files"),
    [
        ("de-AT", ["source-sans-3-latin", "source-serif-4-latin"]),
        ("uk", ["source-sans-3-cyrillic", "source-serif-4-cyrillic"]),
        ("fa", []),
    ],
)
def test_a_page_loads_at_once_what_its_language_is_written_in(
    language: str, files: list[str]
) -> None:
    first = Styles(SHEETS).first(language)
    assert [Path(name).name.partition(".")[0] for name in first] == files


@pytest.mark.browser
@pytest.mark.parametrize(
    ("look", "language", "width"),
    [
        ("classic", "en", 412),
        ("studio", "en", 1280),
        ("classic", "fa", 412),
        ("classic", "ja", 1280),
    ],
)
def test_nothing_moves_when_the_typefaces_arrive_and_they_weigh_little(
    browser: Browser, site: MakeSite, tmp_path: Path, look: str, language: str, width: int
) -> None:
    settings = (
        "show:\n  title: The Weekly Review of Books\n  author: A\n  description: About *it*.\n"
        f"  language: {language}\nsite:\n  base_url: https://x.example/\n  search: false\n"
        f"  theme: {look}\n"
    )
    files = {"site.yaml": settings} | {
        f"content/episodes/{slug}.md": episode(
            f"{MIXED.get(language, '')}The {slug} letter of a long alphabet, read aloud",
            slug,
            TEXT,
            guid=slug,
            audio="{url: 'https://a.example/a.mp3', duration: 754}",
        )
        for slug in ("first", "second", "third")
    }
    problems = Problems()
    out = tmp_path / "out"
    assert build(site(files), out, NOW, Options(), problems) is not None, list(problems)
    weights: dict[str, int] = {}

    held: list[Route] = []
    arriving: list[str] = []

    def hold(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name.endswith(".woff2"):
            weights[name] = (out / "static/fonts" / name).stat().st_size
        if path in arriving:
            route.continue_()
        else:
            held.append(route)

    with serving(out) as address:
        for path in ("", "episodes/first/", "404.html"):
            # What is as narrow is a phone, where pages have other parts.
            phone = width < 600
            context = browser.new_context(
                viewport={"width": width, "height": 800}, is_mobile=phone, has_touch=phone
            )
            page = context.new_page()
            page.route(re.compile(r"\.(?:woff2|js)$"), hold)
            page.add_init_script(MOVED)
            page.goto(address + path, wait_until="commit")
            # Typefaces and scripts arrive after the words are seen.
            page.wait_for_function(PAINTED)
            assert any(one.request.url.endswith(".woff2") for one in held)
            arriving.append(path)
            while held:
                held.pop().continue_()
            page.wait_for_load_state()
            page.evaluate("document.fonts.ready")
            assert page.evaluate("[...document.fonts].some(one => one.status === 'loaded')")
            page.evaluate("() => new Promise(done => setTimeout(done, 100))")
            assert round(page.evaluate("self.moved"), 3) == 0, path
            context.close()
    assert 0 < sum(weights.values()) < 90_000, weights


OWN = (shipped_folder() / "docs/theming.md").read_text("utf-8")


def test_one_block_and_one_component_are_replaced_as_the_documentation_shows(
    site: MakeSite, tmp_path: Path
) -> None:
    shown = re.findall(r"```jinja\n\{# (templates/\S+) #\}\n(.*?)```", OWN, re.DOTALL)
    assert {name for name, _ in shown} >= {"templates/home.html", "templates/components/row.html"}
    files = dict(shown) | {
        f"content/episodes/{slug}.md": episode(slug.title(), slug, "Words of it.", guid=slug)
        for slug in ("first", "second")
    }
    problems = Problems()
    out = tmp_path / "out"
    assert build(site(files), out, NOW, Options(), problems) is not None, list(problems)
    home = (out / "index.html").read_text("utf-8")
    assert "<p>Every second Friday</p>" in home and '<header class="hero">' in home
    assert "--ground: light-dark(#fff, #101418)" in home
    listed = (out / "episodes/index.html").read_text("utf-8")
    assert ">Second</a><span" in listed and "row-body" not in listed


def test_every_component_is_documented_with_its_macros() -> None:
    for path in (shipped_folder() / "templates/components").glob("*.html"):
        macros = re.findall(r"macro (\w+)\(", path.read_text("utf-8"))
        named = ", ".join(f"`{name}`" for name in macros)
        assert f"| `{path.name}` | {named} |" in OWN


def test_every_custom_property_that_is_used_is_set() -> None:
    sheets = "".join(path.read_text("utf-8") for n, path in SHEETS.items() if n.endswith(".css"))
    places = "".join(p.read_text("utf-8") for p in (shipped_folder() / "templates").rglob("*.html"))
    given = set(re.findall(r"(--[\w-]+):", sheets + places))
    script = {"--at"}
    assert set(re.findall(r"var\((--[\w-]+)\)", sheets)) <= given | script
