"""The player that other sites show in a frame, and how they find it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, expect

from backlist.build import Options, build
from backlist.problems import Problems
from tests.conftest import NOW, SETTINGS, MakeSite, built, episode
from tests.serving import serving

BASE = "https://example.org/show/"
SOUND = "{url: 'https://a.example/a.mp3', duration: 754}"
TITLE = "Tides & “currents” <1>"
FILES = {
    "site.yaml": SETTINGS,
    "content/episodes/a.md": episode(f"'{TITLE}'", "a", audio=SOUND),
    "content/episodes/b.md": episode("B", "b", audio="{url: 'https://a.example/b.pdf'}"),
    "content/episodes/c.md": episode("C", "c"),
    "content/episodes/d.md": episode("D", "d", audio="{url: 'https://a.example/d.mp4'}"),
}


def test_an_episode_that_plays_is_found_by_its_address(site: MakeSite) -> None:
    made, _ = built(site(FILES), Options(base_url=BASE))
    assert made is not None
    outputs = made.outputs
    page = html.document_fromstring(outputs["episodes/a/index.html"].read())

    assert page.xpath("//link[@type='application/json+oembed']/@href") == [
        f"{BASE}episodes/a/embed/oembed.json"
    ]
    told = json.loads(outputs["episodes/a/embed/oembed.json"].read())
    (frame,) = html.fragments_fromstring(told["html"])
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", TITLE)
    assert frame.get("src") == f"{BASE}episodes/a/embed/"
    assert frame.get("title", "").startswith(TITLE)
    assert page.findtext(".//textarea") == told["html"]
    assert frame.get("height") == str(told["height"]) == "180"
    # A film is taller; what does not play has neither code nor page.
    assert json.loads(outputs["episodes/d/embed/oembed.json"].read())["height"] > 400
    for slug in "bc":
        assert f"episodes/{slug}/embed/index.html" not in outputs
        assert b"<textarea" not in outputs[f"episodes/{slug}/index.html"].read()


@pytest.mark.parametrize(
    "image", ["", "  image: cover.png\n", "  image: https://a.example/x.png\n"]
)
def test_a_thumbnail_is_ours_and_its_size_is_told(site: MakeSite, image: str) -> None:
    """oEmbed 1.0, 2.3.4: who names a thumbnail must name its size. A host's picture is left out."""
    settings = "\n".join(line for line in SETTINGS.split("\n") if not line.startswith("  image:"))
    root = site({**FILES, "site.yaml": settings.replace("show:\n", f"show:\n{image}")})
    (root / "static").mkdir()
    Image.new("RGB", (1400, 1400), "#a33b20").save(root / "static/cover.png")
    made, problems = built(root, Options(base_url=BASE))
    assert made is not None, list(problems)
    told = json.loads(made.outputs["episodes/a/embed/oembed.json"].read())

    thumbnail = told.get("thumbnail_url", "").removeprefix(BASE)
    assert bool(thumbnail) == ("https" not in image)
    if thumbnail:
        shown = Image.open(io.BytesIO(made.outputs[thumbnail].read()))
        assert shown.size == (told["thumbnail_width"], told["thumbnail_height"])


def test_it_is_listed_nowhere_and_stands_for_its_episode(site: MakeSite) -> None:
    made, _ = built(site(FILES), Options(base_url=BASE))
    assert made is not None
    page = html.document_fromstring(made.outputs["episodes/a/embed/index.html"].read())

    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{BASE}episodes/a/"]
    assert b"/embed/" not in made.outputs["sitemap.xml"].read()


@pytest.mark.parametrize(
    ("wanted", "begins"), [("all", "<iframe"), ("auto", '<p><a href="https'), ("off", None)]
)
def test_a_large_archive_offers_the_players_of_browsers(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch, wanted: str, begins: str | None
) -> None:
    monkeypatch.setattr("backlist.pages.share_image.MOST", 1)
    settings = SETTINGS.replace("site:\n", f"site:\n  embeds: {wanted}\n")
    made, _ = built(site({**FILES, "site.yaml": settings}), Options(base_url=BASE))
    assert made is not None
    page = html.document_fromstring(made.outputs["episodes/a/index.html"].read())

    assert ("episodes/a/embed/index.html" in made.outputs) == (wanted == "all")
    code = page.findtext(".//textarea")
    assert (code or "").startswith(begins or "") and (code is None) == (begins is None)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same site, served."""
    root = tmp_path_factory.mktemp("embed")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    assert build(root, root / "out", NOW, Options(), Problems()) is not None
    with serving(root / "out") as served:
        yield served


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without"])
def test_it_fits_its_frame_on_another_site_and_is_small(
    browser: Browser, address: str, tmp_path: Path, javascript: bool
) -> None:
    frames = "".join(
        f'<iframe src="{address}episodes/{slug}/embed/" width="{width}" height="{height}"></iframe>'
        for slug, height in (("a", 180), ("d", 430))
        for width in (320, 480, 700)
    )
    (tmp_path / "index.html").write_text(f"<!doctype html>{frames}", "utf-8")
    with serving(tmp_path) as other:
        context = browser.new_context(java_script_enabled=javascript)
        page = context.new_page()
        sizes: dict[str, int] = {}
        page.on(
            "response",
            lambda got: sizes.update({got.url: int(got.headers.get("content-length", 0))}),
        )
        page.goto(other.replace("127.0.0.1", "localhost"))
        player = ".play-button" if javascript else "audio"
        for number, frame in enumerate(page.frames[1:]):
            film = number > 2
            control = frame.locator("video" if film else player)
            control.wait_for()
            box, outer = control.bounding_box(), frame.frame_element().bounding_box()
            assert box and outer
            assert outer["x"] <= box["x"] and box["x"] + box["width"] <= outer["x"] + outer["width"]
            assert box["y"] + box["height"] <= outer["y"] + outer["height"]
            assert box["height"] > (200 if film else 40)
            assert frame.get_by_role("link", name="D" if film else "Tides").is_visible()
            assert frame.locator(":root").evaluate(
                "e => e.scrollWidth <= innerWidth && e.scrollHeight <= innerHeight"
            )
        whole = [size for url, size in sizes.items() if "/a/embed/" in url or "/static/" in url]
        assert 0 < sum(whole) <= 30_000
        context.close()


@pytest.mark.browser
def test_the_code_is_copied_from_the_field_that_shows_it(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}episodes/a/")
    page.locator(".embed-code summary").click()
    page.get_by_role("button", name="Copy code").click()

    expect(page.locator(".embed-code [role=status]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".embed-code textarea").input_value()
    assert copied.startswith("<iframe ")
    context.close()
