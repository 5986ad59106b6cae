"""Pictures of chapters on pages, in the player and in feeds; a player in the show's digits."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from backlist.build import Options, build
from backlist.problems import Problems
from tests.conftest import NOW, MakeSite, built, episode
from tests.pictures import picture
from tests.serving import serving

SITE = """\
show: {title: رادیو, author: ما, description: گفت‌وگو, language: fa}
site: {base_url: 'https://x.example/', search: false}
"""
CHAPTERS = """
  - {start: '0:00', title: یک}
  - {start: '1:05', title: دو, image: static/two.png}
  - {start: '2:00', title: سه, image: 'https://x.example/static/three.png'}
  - {start: '3:00', title: چهار, image: 'https://other.example/four.png'}"""


def _site(site: MakeSite) -> Path:
    given = {"audio": "{url: 'https://a.example/a.mp3', duration: '20:00', length: 1}"}
    root = site(
        {
            "site.yaml": SITE,
            "content/episodes/a.md": episode("A", "a", guid="a", chapters=CHAPTERS, **given),
            "content/episodes/b.md": episode(
                "B", "b", guid="b", status="private", chapters="[{start: 5, image: secret.png}]"
            ),
        }
    )
    (root / "static").mkdir()
    for name, colour in {"two": "#a00000", "three": "#00a000", "secret": "#0000a0"}.items():
        (root / f"static/{name}.png").write_bytes(picture((600, 600), colour))
    return root


def test_a_picture_at_home_is_shown_and_one_elsewhere_is_for_apps(site: MakeSite) -> None:
    made, problems = built(_site(site))
    assert made is not None, list(problems)
    page = made.outputs["episodes/a/index.html"].read().decode()
    listed = page.partition('class="chapters"')[2].partition("</ol>")[0]
    marks = json.loads(made.outputs["episodes/a/chapters.json"].read())["chapters"]

    assert listed.count("<img") == 2
    assert all(f'src="../../{path}"' in listed for path in made.outputs if "-256.webp" in path)
    assert "other.example" not in page
    assert [one.get("img") for one in marks] == [
        None,
        "https://x.example/static/two.png",
        "https://x.example/static/three.png",
        "https://other.example/four.png",
    ]
    assert "static/secret.png" not in made.outputs
    assert "۱:۰۵" in listed
    assert ">−۱۵<" in page and ">۱٫۲×<" in page


@pytest.mark.browser
def test_the_player_shows_the_chapter_and_counts_in_the_digits_of_the_language(
    browser: Browser, site: MakeSite, tmp_path: Path
) -> None:
    assert build(_site(site), tmp_path / "out", NOW, Options(), Problems()) is not None
    page = browser.new_page()
    page.route("https://**", lambda route: route.abort())
    shown = page.locator(".now-playing img")
    with serving(tmp_path / "out") as address:
        page.goto(f"{address}episodes/a/#t=70")
        chapter = page.locator(".chapter-link img").first.get_attribute("src") or ""
        expect(shown).to_have_attribute("src", f"{address}{chapter.removeprefix('../../')}")
        expect(page.locator(".elapsed")).to_have_text("۱:۱۰")
        page.get_by_role("link", name="۰:۰۰").click()
        expect(shown).to_have_attribute("src", re.compile(r"card\.png$"))
        key = page.locator("[data-player]").get_attribute("data-player")
        page.evaluate(f"localStorage.setItem('backlist-place:{key}', '480')")
        page.goto(f"{address}404.html")
        page.goto(f"{address}episodes/a/")
        status = page.locator(".player").get_by_role("status")
        expect(status).to_have_text("ادامه از ۸:۰۰ · ۱۲ دقیقه مانده")
    page.close()
