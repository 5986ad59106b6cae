"""Copies of covers are small, upright, in sRGB and bare; a cover's colour is the site's."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw

from backlist import pictures
from backlist.pictures import JPEG, SIDES, WEBP, Picture, accent, look
from backlist.pictures.copies import copy
from tests.conftest import SETTINGS, MakeSite, built, episode
from tests.pictures import picture

BLUE = (30, 111, 168)


def saved(folder: Path, data: bytes, name: str = "x") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def is_near(one: object, other: tuple[int, int, int], by: int = 14) -> bool:
    assert isinstance(one, tuple)
    return all(abs(here - there) <= by for here, there in zip(one[:3], other, strict=True))


def clear(colour: str) -> bytes:
    """A disc on nothing."""
    made = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(made).ellipse((60, 60, 240, 240), fill=colour)
    file = io.BytesIO()
    made.save(file, "PNG")
    return file.getvalue()


def turned() -> bytes:
    """A picture that a camera saved on its side: its bar belongs to the right."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    return picture((800, 800), BLUE, "JPEG", exif=exif)


def moving() -> bytes:
    frames = [Image.new("RGB", (400, 400), colour) for colour in (BLUE, "red")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (picture((1400, 1400), BLUE, "JPEG"), "JPEG", (1400, 1400)),
        (picture((6000, 6000), BLUE, "JPEG"), "JPEG", (6000, 6000)),
        (picture((900, 900), BLUE, "JPEG", "CMYK"), "JPEG", (900, 900)),
        (picture((800, 500), BLUE), "PNG", (800, 500)),
        (picture((900, 300), BLUE), "PNG", (900, 300)),
        (picture((700, 700), 111, "PNG", "L"), "PNG", (700, 700)),
        (picture((700, 700), BLUE, "WEBP"), "WEBP", (700, 700)),
        (moving(), "GIF", (400, 400)),
        (turned(), "JPEG", (800, 800)),
    ],
    ids=["jpeg", "huge", "cmyk", "wide", "banner", "grey", "webp", "moving", "turned"],
)
def test_any_picture_has_square_copies_in_plain_rgb(
    tmp_path: Path, data: bytes, kind: str, size: tuple[int, int]
) -> None:
    path = saved(tmp_path, data)
    found = look(path)

    assert (found.kind, found.width, found.height) == (kind, *size)
    for how, made in ((WEBP, "WEBP"), (JPEG, "JPEG")):
        small = opened(copy(path, found.digest, 128, how))
        assert (small.format, small.size, small.mode) == (made, (128, 128), "RGB")
        assert not small.getexif()
        assert "icc_profile" not in small.info
        wanted = (111, 111, 111) if kind == "PNG" and size == (700, 700) else BLUE
        assert is_near(small.getpixel((40, 90)), wanted, 30)
    assert len(copy(path, found.digest, 128, WEBP)) < 4000


def test_a_picture_stands_as_its_camera_was_held(tmp_path: Path) -> None:
    path = saved(tmp_path, turned())

    small = opened(copy(path, look(path).digest, 128, JPEG))

    assert is_near(small.getpixel((120, 20)), (16, 16, 16), 30)
    assert is_near(small.getpixel((20, 20)), BLUE)


def test_what_is_clear_stands_on_white_and_what_is_light_on_black(tmp_path: Path) -> None:
    for colour, ground in (("#204080", (255, 255, 255)), ("#fdfdfd", (0, 0, 0))):
        path = saved(tmp_path, clear(colour), colour[1:])
        small = opened(copy(path, colour, 128, JPEG))
        assert is_near(small.getpixel((4, 4)), ground)
        assert not is_near(small.getpixel((64, 64)), ground, 60)


def test_a_picture_is_shown_in_the_colours_its_profile_means(tmp_path: Path) -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    broken = saved(tmp_path, picture((300, 300), BLUE, "JPEG", icc_profile=b"no profile"), "b")
    other = saved(tmp_path, picture((300, 300), BLUE, "JPEG", icc_profile=swapped.tobytes()), "o")

    for path in (broken, other):
        assert is_near(opened(copy(path, path.name, 128, JPEG)).getpixel((100, 100)), BLUE)


def test_no_copy_is_larger_than_its_picture() -> None:
    assert Picture("", "PNG", 3000, 3000).sides() == SIDES
    assert Picture("", "PNG", 500, 400).sides() == (128, 320, 400)
    assert Picture("", "PNG", 100, 100).sides() == (100,)
    assert Picture("").sides() == ()


def two(*colours: str, share: float = 0.3) -> bytes:
    made = Image.new("RGB", (300, 300), colours[0])
    for number, colour in enumerate(colours[1:]):
        side = round(300 * share**0.5)
        made.paste(colour, (0, number * side, side, number * side + side))
    file = io.BytesIO()
    made.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (two("#c0392b"), "#c0392b"),
        (two("#ffffff", "#1155cc"), "#1155cc"),
        (two("#111111", "#f4d03f"), "#f4d03f"),
        (two("#12343b", "#e67e22", share=0.1), "#e67e22"),
        (two("#1155cc", "#ff0000", share=0.004), "#1155cc"),
        (two("#777777", "#eeeeee"), ""),
        (two("#000000"), ""),
        (two("#ffffff"), ""),
        (two("#f3efe8", "#3a3733"), ""),
        (b"no picture", ""),
    ],
)
def test_the_accent_is_the_strongest_colour_that_fills_much_of_a_cover(
    tmp_path: Path, data: bytes, wanted: str
) -> None:
    path = saved(tmp_path, data)
    found = accent(path)

    assert found == accent(path)
    if not wanted:
        assert found == ""
        return
    parts = [tuple(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in (found, wanted)]
    assert is_near(parts[0], parts[1], 6)  # type: ignore[arg-type]


def with_picture(root: Path, data: bytes) -> Path:
    saved(root / "static", data, "art.png")
    return root


def test_shows_without_a_picture_have_colours_of_their_own(site: MakeSite) -> None:
    settings = SETTINGS.replace("https://small.example/cover.jpg", "")
    colours = set()
    for title in ("The Small Hours", "Tea at Five", "Night Ferry"):
        made, _ = built(site({"site.yaml": settings.replace("The Small Hours", title)}))
        assert made is not None
        colours.add(made.archive.site.accent)

    assert len(colours) == 3


@pytest.mark.parametrize(("said", "shown"), [("", "#1f6fa8"), ("  accent: '#aa3300'\n", "#aa3300")])
def test_a_site_has_the_colour_of_its_cover_unless_it_says_another(
    site: MakeSite, said: str, shown: str
) -> None:
    settings = SETTINGS.replace("https://small.example/cover.jpg", "art.png") + said
    root = site({"site.yaml": settings, "static/art.png": ""})

    made, _ = built(with_picture(root, picture((300, 300), "#1f6fa8")))

    assert made is not None
    page = made.outputs["index.html"].read().decode()
    assert f'style="--accent: {shown}' in page
    assert (
        f'<meta name="theme-color" content="{shown}" media="(prefers-color-scheme: light)">' in page
    )


def test_episodes_with_the_same_picture_share_its_copies(site: MakeSite) -> None:
    files = {
        f"content/episodes/{n}.md": episode("E", f"e{n}", image=f"{n % 2}.png") for n in range(6)
    }
    root = site({**files, "static/0.png": "", "static/1.png": "", "static/art.png": ""})
    for name in ("0.png", "1.png"):
        saved(root / "static", picture((700, 700), "#117733"), name)

    made, _ = built(root)

    assert made is not None
    assert len([path for path in made.outputs if path.startswith("static/sized/")]) == 2


def test_many_pictures_of_their_own_have_one_copy_each(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MANY", 2)
    files = {f"content/episodes/{n}.md": episode("E", f"e{n}", image=f"{n}.png") for n in range(3)}
    root = site({**files, "static/0.png": "", "static/1.png": "", "static/2.png": ""})
    for n in range(3):
        saved(root / "static", picture((700, 700), (n, 60, 60)), f"{n}.png")

    made, _ = built(root)

    assert made is not None
    sized = [path for path in made.outputs if path.startswith("static/sized/")]
    assert [path.rpartition("-")[2] for path in sized] == ["320.webp"] * 3


def test_the_icon_of_a_site_is_its_picture_unless_it_has_one(site: MakeSite) -> None:
    settings = SETTINGS.replace("https://small.example/cover.jpg", "art.png")
    root = with_picture(site({"site.yaml": settings, "static/art.png": ""}), picture((400, 400)))

    def head() -> str:
        made, _ = built(root)
        assert made is not None
        return made.outputs["index.html"].read().decode().partition("<body")[0]

    assert re.search(r'<link rel="icon" href="./static/sized/\w+-128.jpg">', head())
    assert re.search(r'<link rel="apple-touch-icon" href="./static/sized/\w+-320.jpg">', head())
    (root / "static/favicon.svg").write_text("<svg/>", "utf-8")
    assert '<link rel="icon" type="image/svg+xml" href="./static/favicon.svg">' in head()


def test_pictures_that_are_not_shown_are_told_once(site: MakeSite) -> None:
    elsewhere = {
        f"content/episodes/{n}.md": episode("E", f"e{n}", image=f"https://h.example/{n}.png")
        for n in range(3)
    }
    _, problems = built(site(elsewhere))

    told = [one for one in problems if "other hosts" in one.message]
    assert [one.message for one in told] == [
        "pictures are at other hosts, and pages do not show them: that of the show and those of 3 "
        "episodes"
    ]
    assert "backlist mirror" in told[0].hint
