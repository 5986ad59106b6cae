"""Seasons, the order of serial shows, and numbers as a feed gives them."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from backlist.files.output import Outputs
from backlist.pages import groups
from tests.conftest import SETTINGS, MakeSite, built, episode

SERIAL = SETTINGS.replace("show:\n", "show:\n  type: serial\n")


def made(site: MakeSite, files: Mapping[str, str]) -> Outputs:
    result, problems = built(site(files))
    assert result is not None and not problems.stop(), list(map(str, problems))
    return result.outputs


def text(outputs: Outputs, path: str) -> str:
    return outputs[path].read().decode()


def titles(page: str) -> list[str]:
    return re.findall(r'class="title" href="[^"]*">([^<]*)<', page)


def parts(**more: str) -> dict[str, str]:
    """Two seasons of a serial show, a trailer and a bonus; the numbers disagree with the days."""
    told: dict[str, dict[str, Any]] = {
        "trailer": {"date": "2025-01-01", "season": 1, "type": "trailer"},
        "one": {"date": "2025-01-09", "season": 1, "number": 1},
        "two": {"date": "2025-01-08", "season": 1, "number": 2},
        "extra": {"date": "2025-01-10", "season": 1, "type": "bonus"},
        "three": {"date": "2025-03-01", "season": 2, "number": 1, **more},
        "four": {"date": "2025-03-08", "season": 2, "number": 2},
    }
    sound = {"audio": "{url: 'https://a.example/%s.mp3', duration: 60}"}
    return {
        f"content/episodes/{slug}.md": episode(
            slug.title(), slug, **{"audio": sound["audio"] % slug, **fields}
        )
        for slug, fields in told.items()
    }


def test_a_serial_show_leads_with_part_one_and_reads_in_order(site: MakeSite) -> None:
    outputs = made(site, {"site.yaml": SERIAL, **parts()})

    order = ["Trailer", "One", "Two", "Extra", "Three", "Four"]
    assert titles(text(outputs, "episodes/index.html")) == order
    home = text(outputs, "index.html")
    assert "Start with episode 1</a>" in home
    lead, _, rest = home.partition("Episodes in order")
    assert '<a href="./episodes/one/">One</a>' in lead
    assert titles(rest) == ["Trailer", "Two", "Extra", "Three", "Four"]
    offers = text(outputs, "episodes/two/index.html").partition('id="next"')[2]
    assert titles(offers)[0] == "Extra" and "Next part" in offers


def test_seasons_have_pages_by_name_and_an_index(site: MakeSite) -> None:
    named = "['<podcast:season name=\"The Sea\">2</podcast:season>']"
    outputs = made(site, parts(feed_elements=named))

    assert titles(text(outputs, "seasons/1/index.html")) == ["Extra", "One", "Two", "Trailer"]
    assert "<h1>The Sea</h1>" in text(outputs, "seasons/2/index.html")
    index = text(outputs, "seasons/index.html")
    assert "The Sea" in index and "Season 1" in index
    archive = text(outputs, "episodes/index.html")
    assert re.findall(r'class="year" id="(\w+)"', archive) == ["s2", "s1"]
    assert '<span class="number">S1 E2</span>' in archive
    assert '">Seasons</a>' in archive


def test_one_season_has_no_page_and_no_number_of_its_own(site: MakeSite) -> None:
    files = {"content/episodes/a.md": episode("A", "a", season=1, number=7)}
    outputs = made(site, files)

    assert not [path for path in outputs if path.startswith("seasons/")]
    assert '<span class="number">7</span>' in text(outputs, "episodes/index.html")
    hidden = made(site, {"site.yaml": SETTINGS + "  numbers: false\n", **files})
    assert 'class="number"' not in text(hidden, "episodes/index.html")


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ("<podcast:episode>1.5</podcast:episode>", "1.5"),
        ('<podcast:episode display="Ch. 3">204</podcast:episode>', "Ch. 3"),
        ('<podcast:episode display="R &amp; D"/>', "R &amp; D"),
        ('<podcast:episode display="A">54</podcast:episode>', "54"),
    ],
)
def test_a_number_is_shown_as_the_feed_gives_it(site: MakeSite, element: str, shown: str) -> None:
    outputs = made(
        site, {"content/episodes/a.md": episode("A", "a", feed_elements=f"['{element}']")}
    )
    assert f'<span class="number">{shown}</span>' in text(outputs, "episodes/index.html")
    assert f"<span>Episode {shown}</span>" in text(outputs, "episodes/a/index.html")


def test_hundreds_of_episodes_are_listed_in_pages(site: MakeSite) -> None:
    count = groups.PAGE + 20
    files = {
        f"content/episodes/{n}.md": episode(
            f"E{n}", f"e{n}", topics="[Tides]", date=f"{2026 - n // 200}-01-01", order=n + 1
        )
        for n in range(count)
    }
    outputs = made(site, files)

    archive = text(outputs, "episodes/index.html")
    assert len(titles(archive)) == 200
    assert '<a href="../years/2025/"><span class="name">2025</span></a>' in archive
    first, second = (text(outputs, f"topics/tides/{name}index.html") for name in ("", "2/"))
    assert titles(first) + titles(second) == [f"E{n}" for n in range(count)]
    assert '<a href="../../../topics/tides/2/" aria-current="page">2</a>' in second
    assert "<title>Tides, page 2 · " in second
    assert "topics/tides/2/" not in text(outputs, "sitemap.xml")


def test_lists_that_divide_nothing_are_no_way_in(site: MakeSite) -> None:
    same = {"topics": "[Tides]", "people": "[Ada, Ben]"}
    files = {
        f"content/episodes/{n}.md": episode(f"E{n}", f"e{n}", date=f"{2020 + n}-01-01", **same)
        for n in range(3)
    }
    page = text(made(site, files), "index.html")

    for way in ("topics", "people", "years", "seasons"):
        assert f'id="{way}"' not in page and f'href="./{way}/"' not in page


def test_a_film_and_a_document_are_not_played_from_a_list(site: MakeSite) -> None:
    files = {
        f"content/episodes/{kind}.md": episode(kind, kind, audio=f"https://a.example/a.{kind}")
        for kind in ("mp3", "mp4", "pdf")
    }
    page = text(made(site, files), "episodes/index.html")

    assert re.findall('data-plays="([^"]*)"', page) == ["https://a.example/a.mp3"]
