"""Pages run the way their language does."""

import re

import pytest

from backlist.pages import direction
from tests.conftest import SETTINGS, MakeSite, built, episode

HEBREW = "תה ומים: שיחה על בארות"


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        *((tag, "rtl") for tag in ("ar", "AR", "he", "iw-IL", "fa", "ur_PK", "ckb", "az-Arab-IR")),
        *((tag, "ltr") for tag in ("en", "de-AT", "ar-Latn", "tr", "sd-Deva", "ha", "", "zh-Hant")),
    ],
)
def test_a_language_has_a_direction(tag: str, way: str) -> None:
    assert direction.of_language(tag) == way


@pytest.mark.parametrize(
    ("text", "way"),
    [("Tea", "ltr"), (HEBREW, "rtl"), (f"RSS 2.0 {HEBREW}", "rtl"), ("12:34 – 5", ""), ("", "")],
)
def test_a_text_has_the_direction_of_its_letters(text: str, way: str) -> None:
    assert direction.of_text(text) == way


def html_of(site: MakeSite, settings: str, *paths: str) -> list[str]:
    """The `html` and `main` tags of pages of a site with an episode of each direction."""
    files = {
        "site.yaml": settings,
        "content/episodes/a.md": episode(f'"{HEBREW}"', "a", HEBREW, aliases="[/old/]"),
        "content/episodes/b.md": episode("Wells", "b", "About wells."),
    }
    made, problems = built(site(files))
    assert made is not None and not problems.stop()
    pages = (made.outputs[path].read().decode() for path in paths)
    found = ("".join(re.findall(r"<(?:html|main)\b[^>]*>", page)) for page in pages)
    return [re.sub(r' (?:id|tabindex|style)="[^"]*"', "", tags) for tags in found]


def test_a_site_in_a_language_from_the_right_runs_from_the_right(site: MakeSite) -> None:
    settings = SETTINGS.replace("show:\n", "show:\n  language: he\n")
    home, old, hebrew, english = html_of(
        site,
        settings,
        *("index.html", "old/index.html", "episodes/a/index.html", "episodes/b/index.html"),
    )

    assert home == hebrew == '<html lang="he" dir="rtl"><main>'
    assert old == '<html lang="he" dir="rtl">'
    assert english == '<html lang="he" dir="rtl"><main dir="ltr">'


def test_an_episode_in_another_language_runs_its_own_way(site: MakeSite) -> None:
    home, hebrew, english = html_of(
        site, SETTINGS, "index.html", "episodes/a/index.html", "episodes/b/index.html"
    )

    assert home == english == '<html lang="en"><main>'
    assert hebrew == '<html lang="en"><main dir="rtl">'


def test_a_show_that_does_not_say_its_language_runs_as_its_words_do(site: MakeSite) -> None:
    settings = re.sub("title: .*", f'title: "{HEBREW}"', SETTINGS, count=1)
    settings = re.sub("description: .*", f'description: "{HEBREW}"', settings, count=1)

    assert html_of(site, settings, "index.html") == ['<html lang="en" dir="rtl"><main>']
