"""Cards: the right size, the same bytes, drawn once, and never a box for a missing letter."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from backlist.build import Options, build
from backlist.cache.store import Cache
from backlist.extras import cards, cover_art
from backlist.extras.cards import Words, card, writable
from backlist.extras.cover_art.shelf import Book, Drawing
from backlist.pages import share_image
from backlist.problems import Problems
from tests.conftest import NOW, SETTINGS, MakeSite, built, episode
from tests.pictures import picture

BOOKS = (Book(1.2, 0.8), Book(2.0, 1.0, stripes=2, leaning=True), Book(1.0, 0.5, faint=True))
BARE = SETTINGS.replace("  image: https://small.example/cover.jpg\n", "")
PALETTE = cover_art.PALETTES[0]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_card_has_the_size_that_is_asked_for_and_nothing_but_pixels() -> None:
    png = card(Words("The Show", "A title", "1 May 2026", "3 sources"), BOOKS, PALETTE)

    picture = opened(png)
    assert picture.size == (1200, 630)
    assert picture.info.keys() <= {"transparency"}
    assert b"tIME" not in png and b"tEXt" not in png
    assert len(png) < 40_000


def test_the_same_words_give_the_same_bytes() -> None:
    words = Words("The Show", "δ-mem: I/O, ångström & co", "1 May 2026", "3 sources")

    assert card(words, BOOKS, PALETTE) == card(words, BOOKS, PALETTE)
    assert card(words, BOOKS, PALETTE) != card(Words("The Show", "Another"), BOOKS, PALETTE)


@pytest.mark.parametrize("title", ["深層学習の論文", "مقالات", "Deep 深"])
def test_a_title_with_a_letter_the_typeface_lacks_gives_way_to_the_drawing(title: str) -> None:
    assert writable(title) is None

    assert card(Words("The Show", title), BOOKS, PALETTE) == card(
        Words("The Show", ""), BOOKS, PALETTE
    )


def test_a_symbol_the_typeface_lacks_is_left_out() -> None:
    assert writable("Waves 🙂 and\u200b  tides") == "Waves and tides"
    assert writable("δ-mem: Ω ≤ 2×, Ångström, Żółw, Привет") is not None


@pytest.mark.parametrize("title", ["word " * 200, "x" * 900, "I", ""])
def test_any_title_fits(title: str) -> None:
    picture = opened(card(Words("S" * 300, title, "d" * 300, "n" * 300), BOOKS, PALETTE)).convert(
        "L"
    )

    background = picture.getpixel((2, 2))
    margin = picture.crop((1140, 0, 1200, 380))
    assert {value for _, value in margin.getcolors() or ()} == {background}


def test_a_card_is_drawn_once(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "[{url: https://papers.example/a}]"
    root = site({"site.yaml": BARE, "content/episodes/a.md": episode("A", "a", sources=source)})
    drawn = list[str]()
    paint = cards._painted

    def counted(drawing: Drawing, palette: cover_art.Palette) -> Image.Image:
        drawn.append(drawing.background)
        return paint(drawing, palette)

    monkeypatch.setattr(cards, "_painted", counted)
    monkeypatch.setenv("BACKLIST_CORES", "1")

    def published() -> bytes:
        with Cache(tmp_path / "cache") as cache:
            build(root, tmp_path / "out", NOW, Options(), Problems(), cache)
        return (tmp_path / "out/episodes/a/card.png").read_bytes()

    first = published()
    assert len(drawn) == 2
    assert published() == first
    assert len(drawn) == 2

    (root / "content/episodes/a.md").write_text(episode("A new title", "a", sources=source))
    assert published() != first
    assert len(drawn) == 3


def test_initials_stand_for_a_shelf_unless_no_letter_can_be_written() -> None:
    def drawn(title: str, initials: str, books: tuple[Book, ...] = BOOKS) -> bytes:
        return card(Words("Show", title, initials=initials), books, PALETTE)

    assert drawn("A", "TD") == drawn("A", "TD", BOOKS[:1]) != drawn("A", "")
    assert drawn("A", "TD") != drawn("A", "SE")
    assert drawn("رادیو", "TD") == drawn("رادیو", "")


def test_a_card_is_painted_in_sixteen_colours() -> None:
    picture = opened(card(Words("The Show", "A title"), BOOKS, PALETTE))

    assert picture.mode == "P"
    assert max(picture.tobytes()) <= cards.FAINT == 15
    pixels = picture.convert("RGB").tobytes()
    shown = {pixels[at : at + 3].hex() for at in range(0, len(pixels), 3)}
    assert shown > {"7c2f22", "f4b544", "f6efe2"}


@pytest.mark.parametrize("breadth", [1.0, 2.2])
def test_any_number_of_books_can_be_painted(breadth: float) -> None:
    many = tuple(
        Book(breadth, 0.5 + n / 250, n % 4, n % 3 == 0, n % 5 == 0, n == 50) for n in range(120)
    )

    assert opened(card(Words("The Show", ""), many, PALETTE)).size == (1200, 630)


def share_images(root: Path) -> dict[str, str]:
    """The picture that a shared link to each page shows, and every card that is drawn."""
    made, problems = built(root)
    assert made is not None, list(problems)
    pages = {
        path.removesuffix("index.html"): re.findall(
            r'og:image" content="https://small.example/([^"]*)"', output.read().decode()
        )
        for path, output in made.outputs.items()
        if path.endswith("index.html")
    }
    cards = {path: "drawn" for path in made.outputs if path.endswith("card.png")}
    return {path: "".join(found) for path, found in pages.items()} | cards


TWO = {
    "content/episodes/a.md": episode("A", "a", image="art.png"),
    "content/episodes/b.md": episode("B", "b"),
    "content/episodes/c.md": episode("C", "c", status="stub"),
    "static/art.png": "not a picture, which is nobody's business here",
}
PICTURED = BARE.replace("show:\n", "show:\n  image: art.png\n")


def site_with(site: MakeSite, wanted: str, settings: str = BARE) -> Path:
    return site({**TWO, "site.yaml": f"{settings}  share_cards: {wanted}\n"})


def test_a_small_archive_without_pictures_has_a_card_an_episode(site: MakeSite) -> None:
    shown = share_images(site_with(site, "auto"))

    assert shown[""] == shown["episodes/c/"] == "card.png"
    assert shown["episodes/a/"] == "static/art.png"
    assert shown["episodes/b/"] == "episodes/b/card.png"
    assert shown["card.png"] == shown["episodes/b/card.png"] == "drawn"
    assert not {"episodes/a/card.png", "episodes/c/card.png"} & shown.keys()


def test_the_picture_of_the_show_stands_for_cards(site: MakeSite) -> None:
    shown = share_images(site_with(site, "auto", PICTURED))

    assert shown[""] == shown["episodes/b/"] == "static/art.png"
    assert not {"card.png", "episodes/b/card.png"} & shown.keys()


def test_cards_can_be_wanted_beside_the_picture_of_the_show(site: MakeSite) -> None:
    shown = share_images(site_with(site, "all", PICTURED))

    assert shown[""] == "static/art.png"
    assert shown["episodes/b/"] == "episodes/b/card.png"


def test_without_cards_a_shared_link_shows_pictures_of_its_own_only(site: MakeSite) -> None:
    shown = share_images(site_with(site, "off"))

    assert shown["episodes/a/"] == "static/art.png"
    assert shown[""] == shown["episodes/b/"] == ""
    assert not any(path.endswith("card.png") for path in shown)


def test_the_episodes_of_a_large_archive_share_the_card_of_the_show(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_image, "MOST", 1)

    shown = share_images(site_with(site, "auto"))

    assert shown["episodes/b/"] == "card.png"
    assert "episodes/b/card.png" not in shown
    assert share_images(site_with(site, "all"))["episodes/b/"] == "episodes/b/card.png"


def test_a_warm_build_loads_no_imaging_library(site: MakeSite, tmp_path: Path) -> None:
    root = site_with(site, "off", PICTURED)
    (root / "static/art.png").write_bytes(picture())
    for path in root.rglob("*"):
        os.utime(path, (1e9, 1e9))  # what was changed this very moment is looked at again
    program = (
        "import sys; from backlist.cli import main\n"
        f"try: main(['build', '--site', {str(root)!r}, '--out', {str(tmp_path / 'out')!r}])\n"
        "except SystemExit: pass\n"
        "print(sorted({'PIL', 'fontpkg'} & sys.modules.keys()))"
    )

    def build() -> str:
        answer = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        return answer.stdout.splitlines()[-1]

    assert build() == "['PIL']"
    sized = sorted(path.name for path in (tmp_path / "out/static/sized").iterdir())
    assert [name.partition("-")[2] for name in sized] == [
        "128.jpg", "128.webp", "320.jpg", "320.webp", "640.jpg", "640.webp"
    ]  # fmt: skip
    record = root / "content/episodes/b.md"
    record.write_text(record.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert build() == "[]"
    assert sorted(path.name for path in (tmp_path / "out/static/sized").iterdir()) == sized


def test_a_picture_of_its_own_is_used_when_it_is_here_and_never_fetched(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", image="art.png"),
            "content/episodes/b.md": episode("B", "b", image="https://cdn.example/art.png"),
            "static/art.png": "",
        }
    )
    (root / "static/art.png").write_bytes(picture())

    made, _ = built(root)

    assert made is not None
    own = made.outputs["episodes/a/index.html"].read().decode()
    drawn = made.outputs["episodes/b/index.html"].read().decode()
    assert '<img src="../../static/art.png"' in own
    assert re.search(r'srcset="../../static/sized/\w+-128.webp 128w, \S+-640.webp 640w"', own)
    assert '<svg class="cover' not in own.partition("<article>")[2]
    assert '<svg class="cover' in drawn.partition("<article>")[2]
    assert 'src="https' not in drawn
    assert 'og:image" content="https://cdn.example/art.png"' in drawn


def test_the_picture_of_the_show_is_the_cover_of_episodes_without_one(site: MakeSite) -> None:
    root = site_with(site, "auto", PICTURED)
    (root / "static/art.png").write_bytes(picture())

    made, _ = built(root)

    assert made is not None
    page = made.outputs["episodes/b/index.html"].read().decode()
    assert re.search(r'<img src="../../static/sized/\w+-640.jpg" srcset="\S+-128.jpg 128w, ', page)
    assert '<svg class="cover"' not in page


def test_what_cannot_be_read_as_a_picture_is_not_shown_and_told(site: MakeSite) -> None:
    root = site_with(site, "off", PICTURED)
    (root / "static/art.png").write_bytes(b"<svg/>")

    made, problems = built(root)

    assert made is not None
    assert not any("sized" in path for path in made.outputs)
    assert "art.png" not in made.outputs["index.html"].read().decode().partition("<body")[2]
    told = [one.message for one in problems if one.where.file == "static/art.png"]
    assert told == ["the cover cannot be read as a picture, and is not shown"]
