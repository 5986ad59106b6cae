"""Shows in other scripts than Latin, and with longer words than English."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from backlist.build import Options, build
from backlist.problems import Level, Problems
from tests.conftest import NOW, episode
from tests.serving import serving

SHOWS = {
    "fa": (
        "پادکست رادیو دریا",
        "گفت‌وگو با مهمان‌هایی از سراسر جهان",
        "سفر دور و دراز به سرزمین برف و باران",
    ),
    "ar": (
        "بودكاست مختبر الأفكار",
        "حوارات عن العلوم والتقنية",
        "الطاقة الشمسية وأثرها على مستقبل المدن",
    ),
    "ja": (
        "ラジオまちの声と人々の暮らし",
        "まちの話題をお届けする番組",
        "海辺のまちで暮らす人々に聞いたおいしい話",
    ),
    "de": (
        "Donaudampfschifffahrtsgesellschaft",
        "Gespräche",
        "Rechtsschutzversicherungsgesellschaften im Vergleich",
    ),
}
ENGLISH = "GPT-4, with a guest from Canada!"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where a small show in each language is published."""
    made = {}
    for language, (show, about, title) in SHOWS.items():
        root = tmp_path_factory.mktemp(language)
        (root / "content/episodes").mkdir(parents=True)
        (root / "site.yaml").write_text(
            f"show:\n  title: {show}\n  author: {show}\n  description: {about}\n"
            f"  language: {language}\nsite:\n  base_url: https://x.example/\n  map: true\n",
            "utf-8",
        )
        given = {
            "season": "1",
            "topics": f"[{about}]",
            "people": f"[{show}]",
            "summary": about,
        }
        for number, slug in enumerate("abc", 1):
            sound = (
                f"{{url: 'https://a.example/{slug}.mp3', duration: '1:05:00', length: 45800000}}"
            )
            text = f"{about} [{title}](../a/)" if slug != "a" else about
            (root / f"content/episodes/{slug}.md").write_text(
                episode(
                    title if slug != "c" or language in ("ja", "de") else ENGLISH,
                    slug,
                    text,
                    guid=slug,
                    audio=sound,
                    number=str(number),
                    date=f"2025-0{4 - number}-01",
                    **given,
                ),
                "utf-8",
            )
        problems = Problems()
        assert build(root, root / "out", NOW, Options(), problems) is not None, [
            str(one) for one in problems if one.level is Level.ERROR
        ]
        made[language] = root / "out"
    return made


@pytest.fixture
def show(
    browser: Browser, sites: dict[str, Path], request: pytest.FixtureRequest
) -> Iterator[tuple[Page, str]]:
    """A phone, and the address of the site in the language that the test names."""
    page = browser.new_page(viewport={"width": 360, "height": 760})
    with serving(sites[request.param]) as address:
        yield page, address
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("show", SHOWS, indirect=True)
def test_no_page_is_wider_than_a_phone(show: tuple[Page, str]) -> None:
    page, address = show
    for path in ("", "episodes/", "episodes/a/", "map/", "search/", "404.html"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


LATIN_IN_ARABIC = re.compile(r"[A-Za-z]+")
NAMES = {"RSS", "https", "x", "example", "feed", "xml"}
"""What stands in Latin letters in every language: the feed, and its address."""


@pytest.mark.browser
@pytest.mark.parametrize("show", ["fa", "ar"], indirect=True)
def test_the_home_page_has_no_word_in_other_letters(show: tuple[Page, str]) -> None:
    page, address = show
    page.goto(address)
    page.locator(".player-bar:visible").wait_for()
    words = page.evaluate(
        "() => [document.body.innerText, ...[...document.body.querySelectorAll('*')]"
        ".map((one) => `${one.ariaLabel || ''} ${one.title || ''}`)].join(' ')"
    )
    assert set(LATIN_IN_ARABIC.findall(words.replace(ENGLISH, ""))) <= NAMES


@pytest.mark.browser
@pytest.mark.parametrize("show", ["fa"], indirect=True)
def test_sound_runs_from_the_left_and_arrows_with_the_reading(show: tuple[Page, str]) -> None:
    page, address = show
    page.goto(f"{address}episodes/b/")
    bar = page.locator(".player-bar:visible")
    back, forward = (bar.locator(f"[data-do={way}]").bounding_box() for way in ("back", "forward"))
    assert back and forward and back["x"] < forward["x"]
    line = bar.locator("input[type=range]").evaluate(
        "(line) => [getComputedStyle(line).direction, getComputedStyle(line).backgroundImage]"
    )
    assert line[0] == "ltr" and "to left" not in line[1]
    older = page.locator(".older span").first
    assert older.evaluate("(one) => getComputedStyle(one, '::before').content") == '"→ "'


def test_a_title_that_runs_against_the_site_says_so(sites: dict[str, Path]) -> None:
    text = (sites["fa"] / "episodes/index.html").read_text("utf-8")

    assert re.search(f'<a class="title" href="[^"]*c/" dir="ltr">{re.escape(ENGLISH)}</a>', text)
    assert text.count('dir="ltr"') == 1
    assert 'dir="' not in (sites["de"] / "episodes/index.html").read_text("utf-8")


def test_numbers_are_written_in_the_digits_of_the_language(sites: dict[str, Path]) -> None:
    text = (sites["fa"] / "episodes/a/index.html").read_text("utf-8")

    assert "فصل ۱، قسمت ۱" in text
    assert "۱ ساعت ۵ دقیقه" in text
    assert "۴۵٫۸ مگابایت" in text
    assert "1 س و5 د" in (sites["ar"] / "episodes/a/index.html").read_text("utf-8")
    assert "1時間5分" in (sites["ja"] / "episodes/a/index.html").read_text("utf-8")
