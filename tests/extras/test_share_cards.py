"""Cards: the right size, the same bytes, drawn once, and never a box for a missing letter."""

import io
from pathlib import Path

import pytest
from PIL import Image

from backlist import memo
from backlist.build import Options, build
from backlist.extras import cards, cover_art
from backlist.extras.cards import Words, card, writable
from backlist.extras.cover_art.shelf import Book
from backlist.problems import Problems
from tests.conftest import NOW, MakeSite, built, episode

STOCK = (Book(1.2, 0.8), Book(2.0, 1.0, bands=2, leaning=True), Book(1.0, 0.5, faint=True))
CLOTH = cover_art.CLOTHS[0]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_card_has_the_size_that_is_asked_for_and_nothing_but_pixels() -> None:
    png = card(Words("The Show", "A title", "1 May 2026", "3 sources"), STOCK, CLOTH)

    picture = opened(png)
    assert picture.size == (1200, 630)
    assert picture.info.keys() <= {"transparency"}
    assert b"tIME" not in png and b"tEXt" not in png
    assert len(png) < 40_000


def test_the_same_words_give_the_same_bytes() -> None:
    words = Words("The Show", "δ-mem: I/O, ångström & co", "1 May 2026", "3 sources")

    assert card(words, STOCK, CLOTH) == card(words, STOCK, CLOTH)
    assert card(words, STOCK, CLOTH) != card(Words("The Show", "Another"), STOCK, CLOTH)


@pytest.mark.parametrize("title", ["深層学習の論文", "مقالات", "Deep 深"])
def test_a_title_with_a_letter_the_typeface_lacks_gives_way_to_the_drawing(title: str) -> None:
    assert writable(title) is None

    assert card(Words("The Show", title), STOCK, CLOTH) == card(Words("The Show", ""), STOCK, CLOTH)


def test_a_symbol_the_typeface_lacks_is_left_out() -> None:
    assert writable("Waves 🙂 and\u200b  tides") == "Waves and tides"
    assert writable("δ-mem: Ω ≤ 2×, Ångström, Żółw, Привет") is not None


@pytest.mark.parametrize("title", ["word " * 200, "x" * 900, "I", ""])
def test_any_title_fits(title: str) -> None:
    picture = opened(card(Words("S" * 300, title, "d" * 300, "n" * 300), STOCK, CLOTH)).convert("L")

    ground = picture.getpixel((2, 2))
    margin = picture.crop((1140, 0, 1200, 380))
    assert {value for _, value in margin.getcolors() or ()} == {ground}


def test_a_card_is_drawn_once_and_forgotten_when_nobody_asks(
    site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "[{url: https://papers.example/a}]"
    root = site({"content/episodes/a.md": episode("A", "a", sources=source)})
    cache, drawn = tmp_path / "cache", list[str]()
    paint = cards._painted

    def counted(drawing: cover_art.shelf.Drawing) -> Image.Image:
        drawn.append(drawing.ground)
        return paint(drawing)

    monkeypatch.setattr(cards, "_painted", counted)

    def published() -> bytes:
        with memo.remembering(cache):
            build(root, tmp_path / "out", NOW, Options(), Problems())
        return (tmp_path / "out/episodes/a/card.png").read_bytes()

    first = published()
    assert len(drawn) == 2
    assert published() == first
    assert len(drawn) == 2
    kept = len(list((cache / "files").iterdir()))

    (root / "content/episodes/a.md").write_text(episode("A new title", "a", sources=source))
    assert published() != first
    assert len(drawn) == 3
    assert len(list((cache / "files").iterdir())) == kept


def test_pages_name_their_card_and_episodes_their_cover(rich: Path) -> None:
    made, _ = built(rich)
    assert made is not None

    home = made.outputs["index.html"].read().decode()
    page = made.outputs["episodes/caches-at-low-tide/index.html"].read().decode()
    stub = made.outputs["episodes/the-lost-pilot/index.html"].read().decode()

    base = "https://tide.example/archive/"
    assert f'content="{base}card.png"' in home
    assert f'content="{base}episodes/caches-at-low-tide/card.png"' in page
    assert '<img class="cover" src="cover.svg" alt=""' in page
    assert f'content="{base}card.png"' in stub
    assert "episodes/the-lost-pilot/card.png" not in made.outputs
    assert "cards/queue-lab.png" in made.outputs


def test_a_picture_of_its_own_is_used_when_it_is_here_and_never_fetched(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", image="art.png"),
            "content/episodes/b.md": episode("B", "b", image="https://cdn.example/art.png"),
            "static/art.png": "not a picture, which is nobody's business here",
        }
    )

    made, _ = built(root)

    assert made is not None
    own = made.outputs["episodes/a/index.html"].read().decode()
    drawn = made.outputs["episodes/b/index.html"].read().decode()
    assert '<img class="cover" src="../../static/art.png"' in own
    assert "episodes/a/cover.svg" not in made.outputs
    assert '<img class="cover" src="cover.svg"' in drawn
    assert 'src="https' not in drawn
