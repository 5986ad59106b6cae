"""An episode in another language than its show: its own words say so wherever they stand."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, expect

from backlist.build import Options, build
from backlist.cache.store import Cache
from backlist.feed.vocabulary import NAMESPACES
from backlist.files.output import Outputs
from backlist.model import Labels
from backlist.problems import Problems
from backlist.theme import Theme
from tests.conftest import NOW, SEARCHED, SETTINGS, MakeSite, built, episode, tree
from tests.page_kinds import texts
from tests.serving import serving

DC = NAMESPACES["dc"]
AUDIO = "https://audio.example"
OWN = ("Ebbe", "Sommerwind", "Watt", "Abfahrt", "Guten Abend", "Berichtigt")
"""A word of each text of the German episode."""

FILES = {
    "content/episodes/ebbe.md": episode(
        "Die Ebbe am Abend",
        "ebbe",
        "Im Watt steht ein Haus [2].\n\n![](https://pictures.example/watt.png)",
        guid="ebbe",
        date="2026-01-02",
        language="de-AT",
        audio=f"{{url: '{AUDIO}/ebbe.mp3', type: audio/mpeg, length: 1, duration: 600}}",
        summary="Ein Sommerwind geht über das Wasser.",
        corrections="[{date: 2026-02-01, text: Berichtigt ist die Tiefe.}]",
        transcripts="[ebbe.vtt]",
        chapters="[{start: 0:00, title: Abfahrt}, {start: 1:00}]",
        visualizations="[tides]",
        sources="[{title: Tides, url: 'https://doi.org/10.1000/tides', role: subject}, "
        "{title: House}]",
    ),
    "content/episodes/flood.md": episode(
        "The Flood",
        "flood",
        "On tides, after [the last one](/episodes/ebbe/).",
        guid="flood",
        date="2026-01-03",
        audio=f"{AUDIO}/flood.mp3",
        transcripts="[{url: flood.vtt, language: fr}]",
        same_paper="[ebbe]",
        sources="[{title: Tides, url: 'https://doi.org/10.1000/tides', role: subject}, "
        f"{{title: The Small Hours - Die Ebbe am Abend, url: '{AUDIO}/ebbe.mp3'}}]",
    ),
    "content/episodes/calm.md": episode(
        "The Calm", "calm", guid="calm", date="2026-01-01", audio=f"{AUDIO}/calm.mp3"
    ),
    "content/transcripts/ebbe.vtt": "WEBVTT\n\n00:10.000 --> 00:20.000\nGuten Abend, Ada.\n",
    "content/transcripts/flood.vtt": "WEBVTT\n\n00:10.000 --> 00:20.000\nBonsoir, Ada.\n",
    "content/visualizations/tides.html": "<!doctype html><title>T</title><p>Tides</p>",
    "content/visualizations/tides.yaml": "title: Tides\nepisodes: [ebbe]\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    root = tmp_path_factory.mktemp("site")
    for name, text in {"site.yaml": f"{SETTINGS}  map: true\n", **FILES}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    found, problems = built(root)
    assert found is not None, [str(one) for one in problems]
    return found.outputs


def _spoken(page: bytes) -> Iterator[tuple[str, str]]:
    """Each text of a page with the language it is in."""
    document = html.document_fromstring(page)
    for element in document.iter("*"):
        if element.tag in ("script", "style", "textarea"):
            continue
        own = element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
        around = element.xpath("string(ancestor::*[@lang][1]/@lang)")
        yield element.text or "", own
        yield element.tail or "", around


def test_every_text_of_the_episode_has_its_language_and_no_other_text_has(made: Outputs) -> None:
    seen: dict[str, set[str]] = {word: set() for word in OWN}
    wrong = []
    for path, page in texts(made).items():
        for text, language in _spoken(page):
            own = [word for word in OWN if word in text]
            for word in own:
                seen[word].add(path)
            is_mixed = own and ("Transcript:" in text or "Small Hours" in text)
            wanted = "de-AT" if own else "fr" if "Bonsoir" in text else "en"
            if re.search("[A-Za-z]", text) and language != wanted and not is_mixed:
                wrong.append((path, language, " ".join(text.split())))

    assert wrong == []
    assert seen["Ebbe"] >= {
        *("index.html", "episodes/index.html", "episodes/ebbe/index.html"),
        *("episodes/ebbe/embed/index.html", "episodes/flood/index.html"),
        *("episodes/calm/index.html", "map/index.html", "works/tides/index.html"),
        "visualizations/tides/index.html",
    }
    assert all(seen.values())
    # The site's own words in the notes are in its language.
    assert b'<span lang="en">Picture at pictures.example</span>' in (
        made["episodes/ebbe/index.html"].read()
    )


def test_the_page_says_in_words_which_language_it_is(made: Outputs) -> None:
    page = html.document_fromstring(made["episodes/ebbe/index.html"].read())
    text = made["episodes/ebbe/index.md"].read().decode()

    assert "Language: German (Austria)" in page.xpath("string(//main//p[@class='meta'][1])")
    assert "- Language: German (Austria)\n" in text
    assert page.find("head/title").get("lang") == "de-AT"
    assert "Language:" not in made["episodes/flood/index.md"].read().decode()


def test_programs_are_told_the_language(made: Outputs) -> None:
    page = html.document_fromstring(made["episodes/ebbe/index.html"].read())
    said = {
        meta.get("property") or meta.get("name"): meta.get("content") for meta in page.iter("meta")
    }
    thing = json.loads(page.findtext("head/script[@type='application/ld+json']") or "")
    archive = json.loads(made["archive.json"].read())

    assert said["og:locale"] == "de_AT"
    assert said["citation_language"] == "de-AT"
    assert thing["@graph"][0]["inLanguage"] == "de-AT"
    assert {one["slug"]: one["language"] for one in archive["episodes"]} == {
        "ebbe": "de-AT",
        "flood": "en",
        "calm": "en",
    }


def test_a_citation_has_the_language(made: Outputs) -> None:
    items = {one["title"]: one.get("language") for one in json.loads(made["citations.json"].read())}
    entries = made["citations.bib"].read().decode().split("\n\n")
    ris = made["citations.ris"].read().decode()

    assert items["Die Ebbe am Abend"] == "de-AT"
    assert items["The Flood"] == "en"
    assert [one for one in entries if "Ebbe" in one and "langid = {naustrian}" in one]
    assert [one for one in entries if "Flood" in one and "langid = {english}" in one]
    assert "TI  - Die Ebbe am Abend" in ris and "LA  - de-AT" in ris


def test_a_feed_has_the_language_of_the_item_that_differs(made: Outputs) -> None:
    items = etree.fromstring(made["feed.xml"].read()).iterfind("channel/item")
    listed = json.loads(made["feed.json"].read())["items"]

    assert {one.findtext("guid"): one.findtext(f"{{{DC}}}language") for one in items} == {
        "ebbe": "de-AT",
        "flood": None,
        "calm": None,
    }
    assert {one["id"]: one.get("language") for one in listed} == {
        "ebbe": "de-AT",
        "flood": None,
        "calm": None,
    }


def test_the_corpus_has_the_language_of_each_text(site: MakeSite) -> None:
    found, _ = built(site({**FILES, "site.yaml": f"{SETTINGS}  corpus: true\n"}))
    assert found is not None
    lines = gzip.decompress(found.outputs["corpus.jsonl.gz"].read()).splitlines()
    rows = [json.loads(line) for line in lines]

    assert {(one["episode"], one["kind"] == "transcript", one["language"]) for one in rows} == {
        ("ebbe", False, "de-AT"),
        ("ebbe", True, "de-AT"),
        ("flood", False, "en"),
        ("flood", True, "fr"),
        ("calm", False, "en"),
    }


def test_a_language_that_only_repeats_the_show_s_is_no_other(site: MakeSite) -> None:
    files = {
        f"content/episodes/{slug}.md": episode(
            slug, slug, guid=slug, date="2026-01-01", audio=f"{AUDIO}/{slug}.mp3", language=tag
        )
        for slug, tag in (("same", "EN-gb"), ("wider", "en"))
    }
    settings = SETTINGS.replace("site:\n", "  language: en-GB\nsite:\n", 1)
    found, _ = built(site({**files, "site.yaml": settings}))
    assert found is not None
    page = html.document_fromstring(found.outputs["episodes/index.html"].read())

    assert [one.get("lang") for one in page.iter("*") if one.get("lang")] == ["en-GB"]
    assert b"dc:language>" not in found.outputs["feed.xml"].read()


@pytest.mark.browser
def test_rows_player_and_search_results_have_the_language(
    browser: Browser, site: MakeSite, tmp_path: Path
) -> None:
    root, out = site({**FILES, "site.yaml": f"{SEARCHED}  map: true\n"}), tmp_path / "www"
    assert build(root, out, NOW, Options(), Problems()) is not None
    page = browser.new_page()
    page.route(re.compile(r"^https?://(?!127)"), lambda route: route.abort())
    german = ":is(:lang(de))"
    with serving(out) as address:
        page.goto(f"{address}episodes/")
        row = page.locator(".episode-row", has_text="Ebbe")
        expect(row.locator(".title")).to_have_attribute("lang", "de-AT")
        row.locator("[data-plays]").click()
        expect(page.locator(".now-playing a")).to_have_attribute("lang", "de-AT")

        page.goto(f"{address}search/")
        # One index has the words of every language.
        for typed, title, excerpt in (
            ("last one", "The Flood", "en"),
            ("Sommerwind", "Die Ebbe am Abend", "de-AT"),
            ("Bonsoir", "The Flood", "fr"),
            ("Guten", "Die Ebbe am Abend", "de-AT"),
        ):
            page.get_by_role("searchbox").first.fill(typed)
            found = page.locator(".search-result")
            expect(found.locator(".title")).to_have_text(title)
            of_title = "de-AT" if "Ebbe" in title else None
            assert found.locator(".title").get_attribute("lang") == of_title
            marked = found.locator(".search-matches mark").first
            own = marked.evaluate("element => element.closest('[lang]').lang")
            assert own == excerpt, typed

        page.goto(f"{address}map/#episode-ebbe")
        told = page.locator("[data-telling] a").first
        expect(told).to_have_text("Die Ebbe am Abend")
        assert told.get_attribute("lang") == "de-AT"

        page.goto(f"{address}episodes/ebbe/#t=5")
        expect(page.locator(".current-chapter")).to_have_text("Abfahrt")
        expect(page.locator(f".now-playing b{german}")).to_have_text("Die Ebbe am Abend")
        expect(page.locator(f".current-chapter{german}")).to_have_text("Abfahrt")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("show", "own", "text"),
    [("fa", "en", "The Backpacker from The Netherlands"), ("en", "ar", "رحلة إلى البحر البعيد")],
)
def test_words_of_the_site_keep_their_way_on_a_page_that_runs_the_other(
    browser: Browser, site: MakeSite, tmp_path: Path, show: str, own: str, text: str
) -> None:
    about = {"fa": "پادکستی دربارهٔ سفر و دریا", "en": "A show on travels."}[show]
    settings = SETTINGS.replace("The Small Hours", about).replace("A show for tests.", about)
    settings = settings.replace("site:\n", f"  language: {show}\nsite:\n", 1)
    record = episode(text, "a", text, language=own, audio=f"{AUDIO}/a.mp3", date="2026-01-01")
    root = site({"site.yaml": settings, "content/episodes/a.md": record})
    assert build(root, tmp_path / "www", NOW, Options(), Problems()) is not None
    ways = {"fa": "rtl", "en": "ltr", "ar": "rtl"}
    page = browser.new_page()
    page.route(re.compile(r"^https?://(?!127)"), lambda route: route.abort())
    with serving(tmp_path / "www") as address:
        page.goto(f"{address}episodes/a/")
        found = [
            page.locator(place).first.evaluate("element => getComputedStyle(element).direction")
            for place in ("main h1", ".app-list a", ".player-tools a", ".heading .meta > span")
        ]
    page.close()

    assert found == [ways[own], *[ways[show]] * 3]


GREEK = SEARCHED.replace("  categories", "  language: el\n  categories") + (
    "  labels:\n    show_notes: Σημειώσεις\n    listen_in: Εγγραφή\n"
    "  navigation:\n    - {label: Αρχή, url: /about/}\n"
)


def _languages(page: html.HtmlElement) -> dict[str, set[str]]:
    """Each text of a page, and each name of a button, with the languages it is said to be in."""
    said: dict[str, set[str]] = {}
    for one in page.iter("a", "h1", "h2", "span", "summary", "button", "input"):
        language = one.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
        for text in (one.text_content().strip(), one.get("aria-label")):
            if text:
                said.setdefault(text, set()).add(language)
    return said


def test_words_that_stay_english_say_so_and_no_others(site: MakeSite) -> None:
    """There is no Greek catalogue; the show has two labels of its own."""
    record = episode(
        "Η παλίρροια", "tide", "Νερό.", topics="[Νερό]", audio="https://a.example/a.mp3"
    )
    more = episode("Η άμπωτη", "ebb", "Νερό.", topics="[Νερό]", date="2025-01-01")
    about = "---\ntitle: Σχετικά\nslug: about\n---\n\nΕμείς.\n"
    files = {
        "site.yaml": GREEK,
        "content/episodes/tide.md": record,
        "content/episodes/ebb.md": more,
        "content/pages/about.md": about,
    }
    made, problems = built(site(files))
    assert made is not None, list(problems)
    page = html.document_fromstring(made.outputs["episodes/tide/index.html"].read())
    said = _languages(page)

    english = ("Skip to content", "Episodes", "Search", "Accessibility", "Cite this episode")
    buttons = ("Play", "Back 15 seconds", "Position", "Speed", "Keyboard shortcuts")
    assert page.get("lang") == "el"
    assert {text: said[text] for text in (*english, *buttons)} == {
        text: {"en"} for text in (*english, *buttons)
    }
    own = ("The Small Hours", "Αρχή", "Εγγραφή", "Σημειώσεις", "Η παλίρροια", "Νερό")
    assert {text: said[text] for text in own} == {text: {"el"} for text in own}


def test_a_word_that_the_show_now_says_itself_is_marked_no_more(
    site: MakeSite, tmp_path: Path
) -> None:
    about = "---\ntitle: Σχετικά\nslug: about\n---\n\nΕμείς.\n"
    files = {"content/episodes/a.md": episode("A", "a"), "content/pages/about.md": about}
    root = site({"site.yaml": GREEK, **files})
    given = GREEK.replace("labels:\n", "labels:\n    skip: Skip to content\n")
    assert given != GREEK

    def build_with(store: str) -> dict[str, bytes]:
        with Cache(tmp_path / store) as cache:
            assert build(root, tmp_path / f"{store}-out", NOW, Options(), Problems(), cache)
        return tree(tmp_path / f"{store}-out")

    build_with("kept")
    (root / "site.yaml").write_text(given, "utf-8")

    assert build_with("kept") == build_with("fresh")


@pytest.mark.parametrize("language", ["en", "en-gb", "de", "pt-br"])
def test_a_site_whose_words_are_in_its_language_marks_none(site: MakeSite, language: str) -> None:
    settings = SEARCHED.replace("  categories", f"  language: {language}\n  categories")
    files = {"site.yaml": settings, "content/episodes/a.md": episode("A", "a")}
    made, problems = built(site(files))
    assert made is not None, list(problems)

    pages = {path: html.document_fromstring(page) for path, page in texts(made.outputs).items()}
    assert [path for path, page in pages.items() if page.xpath("//body//@lang")] == []


@pytest.mark.parametrize(
    ("template", "marked"),
    [
        ("<p>{{ labels.map }}</p>", '<p lang="en">{{ labels.map }}</p>'),
        (
            '<a{% if a < b %} id="c"{% endif %} href="{{ d }}">\n  {{ labels.map }}</a>',
            '<a lang="en"{% if a < b %} id="c"{% endif %} href="{{ d }}">\n  {{ labels.map }}</a>',
        ),
        ("<p>{{ labels.map }}{{ x }}</p>", None),
        ("<p>{{ x }} {{ labels.map }}</p>", None),
        ("<p>{{ labels.topics }}</p>", None),
        ('<p lang="{{ x }}">{{ labels.map }}</p>', None),
        ('<ul aria-label="{{ labels.map }}"><li>{{ x }}</li></ul>', None),
        ('<button aria-label="{{ labels.map }} {{ x }}">+</button>', None),
        (
            '<button aria-label="{{ labels.map }}">+</button>',
            '<button lang="en" aria-label="{{ labels.map }}">+</button>',
        ),
    ],
)
def test_only_an_element_of_one_english_label_is_marked(template: str, marked: str | None) -> None:
    labels = Labels().staying_english({"map"})
    theme = Theme({"a.html": template}, {}, {}, labels=labels)
    assert theme.environment.loader is not None
    source, _, _ = theme.environment.loader.get_source(theme.environment, "a.html")

    assert source == (marked or template)
