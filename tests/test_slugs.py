"""Slugs in every script: what they keep, and that all of a site works with them."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from backlist import urls
from backlist.build import Options, build
from backlist.commands import create_site
from backlist.importers.run import import_sources
from backlist.model import Episode
from backlist.pages.citations import cite
from backlist.problems import Problems
from backlist.relate.slugs import slugs_of
from tests.conftest import NOW, MakeSite, built, episode
from tests.serving import serving

TITLES = {
    "می‌روم به کتاب‌ها": "میروم-به-کتابها",
    "\u202bسلام،\u202c دنیا!": "سلام-دنیا",
    "ســـلام": "سلام",
    "海辺のまちで、暮らす": "海辺のまちで-暮らす",
    "ｶﾞｲﾄﾞ １２": "ガイド-12",
    "हिन्दी में": "हिन्दी-में",
    "น้ำกับน้ำ": "น้ำกับน้ำ",
    "שָׁלוֹם": unicodedata.normalize("NFC", "שָׁלוֹם"),
    "Καλός ΚΑΛΌΣ": "καλός-καλός",
    "İstanbul ve Straße": "istanbul-ve-strasse",
    "Café Привет": "cafe-привет",
    "A 2× story": "a-2x-story",
    "❤️ دل": "دل",
    "☃": "",
}


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_a_slug_keeps_letters_and_marks_and_nothing_unseen(title: str, slug: str) -> None:
    assert urls.slug_of(title, every_script=True) == slug


@given(st.text())
def test_a_slug_of_any_text_can_be_a_file_and_is_its_own_slug(text: str) -> None:
    slug = urls.slug_of(text, every_script=True)

    assert not slug or urls.is_slug(slug)
    assert len(f"2026-01-01-{slug}-0123456789-imported.md".encode()) <= 255
    assert urls.slug_of(slug, every_script=True) == slug


@given(st.from_regex(r"[A-Za-zÀ-ÿ0-9 .,!+/'-]*", fullmatch=True))
def test_a_latin_title_has_one_slug_either_way(text: str) -> None:
    assert urls.slug_of(text, every_script=True) == urls.slug_of(text)


def test_a_long_word_ends_after_a_whole_letter() -> None:
    slug = urls.slug_of("कि" * 99, every_script=True)

    assert slug == "कि" * (len(slug) // 2)
    assert len(slug) <= urls.SLUG_LENGTH


def test_names_that_a_disk_takes_for_one_have_one_address_or_two() -> None:
    names = slugs_of([["ΚΑΛΌΣ"], ["καλόσ", "C++ با", "C با"]], every_script=True)

    assert names["ΚΑΛΌΣ"] == names["καλόσ"] == "καλός"
    assert names["C با"] != names["C++ با"]


def test_two_slugs_that_differ_in_nothing_a_disk_keeps_are_an_error(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "λόγος", guid="a"),
            "content/episodes/b.md": episode("B", "λόγοσ", guid="b"),
        }
    )
    _, problems = built(root)

    assert any("`slug` is the same as in" in one.message for one in problems)


def test_a_slug_may_be_written_in_parts_and_is_kept_whole() -> None:
    written = unicodedata.normalize("NFD", "ガイド")

    assert Episode(title="A", slug=written).slug == "ガイド" != written


@pytest.mark.parametrize(
    "wrong",
    ["Привет", "a b", "سلام--دنیا", "سلام\u200cدنیا", "ガイド!", "-کار", "\u064bکار", "海" * 99],
)
def test_what_is_no_slug_is_refused(wrong: str) -> None:
    assert not urls.is_slug(wrong)


FEED = (
    "<rss><channel><title>رادیو</title><description>ب</description><language>{}</language>"
    "<item><title>سلام دنیا</title><guid>g-{}</guid></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("language", "slug"), [("fa", "سلام-دنیا"), ("ru", "slm-dny"), ("en", "slm-dny")]
)
def test_a_new_site_keeps_the_script_of_its_language(
    tmp_path: Path, language: str, slug: str
) -> None:
    for number in (1, 2):  # the second import goes by what the first wrote down
        feed = tmp_path / f"{number}.xml"
        text = FEED.format(language, number)
        feed.write_text(text if number == 1 else text.replace("دنیا", "فردا"), "utf-8")
        import_sources(tmp_path / "site", [str(feed)], problems=Problems())
    names = sorted(path.stem for path in (tmp_path / "site/content/episodes").iterdir())

    assert slug in names
    assert all(name.isascii() == slug.isascii() for name in names)
    settings = (tmp_path / "site/site.yaml").read_text("utf-8")
    assert ("slugs: unicode" in settings) == (create_site.slugs_in(language) == "unicode")


SITE = """\
show:
  title: رادیو دریا
  author: ما
  description: گفت‌وگو
  language: fa
site:
  base_url: https://x.example/show/
  slugs: unicode
  map: true
"""


@pytest.fixture(scope="module")
def persian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and folder of a site whose addresses are Persian, at a path of its server."""
    top = tmp_path_factory.mktemp("persian")
    root, out = top / "site", top / "www/show"
    (root / "content/episodes").mkdir(parents=True)
    (root / "site.yaml").write_text(SITE, "utf-8")
    for title, slug, text, more in (
        ("سفر به دریا", "سفر-به-دریا", "از آب گفتیم", {"aliases": "[/قدیم/سفر/]"}),
        ("خانه", "خانه", "پس از [دریا](../سفر-به-دریا/)", {}),
    ):
        name, person = "آب‌ها" if more else "شهر", "مهمان یک" if more else "مهمان دو"
        record = episode(
            title,
            slug,
            text,
            guid=slug.encode().hex(),
            audio="{url: 'https://a.example/a.mp3', duration: '5:00', length: 1}",
            date="2026-01-02" if more else "2026-01-01",
            topics=f"[{name}, همه]",
            people=f"[{person}]",
            sources="[{title: کتاب آب, url: https://b.example/1}]",
            **more,
        )
        (root / f"content/episodes/{slug}.md").write_text(record, "utf-8")
    problems = Problems()
    assert build(root, out, NOW, Options(), problems) is not None, list(map(str, problems))
    with serving(top / "www") as address:
        yield f"{address}show/", out


def test_what_programs_read_is_ascii(persian: tuple[str, Path]) -> None:
    _, out = persian
    page = (out / "episodes/سفر-به-دریا/index.html").read_text("utf-8")
    said = re.findall(r'rel="canonical" href="([^"]+)"|property="og:url" content="([^"]+)"', page)
    said += re.findall(r"<(?:loc|link)>()([^<]+)", (out / "sitemap.xml").read_text("utf-8"))
    said += re.findall(r"<(?:loc|link)>()([^<]+)", (out / "feed.xml").read_text("utf-8"))
    addresses = {one or other for one, other in said}

    assert (
        "https://x.example/show/episodes/"
        + "%D8%B3%D9%81%D8%B1"
        + ("-%D8%A8%D9%87-%D8%AF%D8%B1%DB%8C%D8%A7/")
        in addresses
    )
    for address in addresses:
        path = unquote(urlsplit(address).path).removeprefix("/show/")
        assert address.isascii()
        assert (out / path / "index.html").is_file() or (out / path).is_file(), address
    for name in ("archive.json", "feed.json", "episodes/سفر-به-دریا/embed/oembed.json"):
        text = json.dumps(json.loads((out / name).read_text("utf-8")), ensure_ascii=False)
        assert all(one.isascii() for one in re.findall(r"https://x\.example/[^\"\s<]*", text)), name


def test_an_episode_is_cited_by_its_slug_with_an_address_that_works(site: MakeSite) -> None:
    made, _ = built(site({"site.yaml": SITE, "content/episodes/a.md": episode("خانه", "خانه")}))
    assert made is not None
    assert "episodes/خانه/" in cite.cite(made.archive, "خانه", "text")
    for form in ("bibtex", "ris", "csl"):
        assert "episodes/%D8%AE%D8%A7%D9%86%D9%87/" in cite.cite(made.archive, "خانه", form)


@pytest.mark.browser
def test_a_reader_comes_by_every_way_to_pages_with_such_addresses(
    browser: Browser, persian: tuple[str, Path]
) -> None:
    home, _ = persian
    page = browser.new_page()
    page.set_default_timeout(5000)
    for start, link, path, title in (
        ("", "خانه", "episodes/خانه/", "خانه"),
        ("episodes/خانه/", "دریا", "episodes/سفر-به-دریا/", "سفر به دریا"),
        ("episodes/سفر-به-دریا/", "آب‌ها", "topics/آبها/", "آب‌ها"),
    ):
        page.goto(home + start)
        page.locator("main").get_by_role("link", name=link, exact=True).first.click()
        expect(page.locator("h1")).to_have_text(title)
        assert unquote(page.url) == home + path
    page.goto(f"{home}قدیم/سفر/?t=60")
    page.wait_for_url(re.compile(r"/episodes/[^/]+/\?t=60"))
    assert unquote(page.url) == f"{home}episodes/سفر-به-دریا/?t=60"
    found = page.locator('link[type="application/json+oembed"]').get_attribute("href") or ""
    with urlopen(found.replace("https://x.example/show/", home)) as answer:
        frame = re.search(r'src="https://x.example/show/([^"]+)"', json.load(answer)["html"])
    assert frame
    page.goto(home + frame[1])
    expect(page.get_by_role("link", name="سفر به دریا")).to_have_count(1)
    page.goto(f"{home}search/")
    page.get_by_role("searchbox").fill("دریا")
    page.locator(".search-result .title", has_text="سفر").click()
    expect(page.locator("h1")).to_have_text("سفر به دریا")
    page.goto(f"{home}map/#episode-خانه")
    expect(page.locator("a.node:focus title")).to_have_text(re.compile("خانه"))
    page.close()
