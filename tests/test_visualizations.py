"""Visualizations on disk: how they lie there, what they belong to, what is published of them."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.cli import main
from backlist.preview import screenshots
from backlist.problems import Level
from backlist.relate.archive import VisualizationEntry
from tests.conftest import CHROMIUM, MakeSite, built, episode

PAGE = "<!doctype html><title>The lab</title><meta name=viewport content=x><body><p>Play"
SOURCES = """
  - title: "A Theory of Waiting in Long Lines"
    url: "https://arxiv.org/abs/2306.14048"
    role: subject
  - {title: "Another Theory of Very Long Lines", url: "https://arxiv.org/abs/2401.00001"}"""
ONE = episode("One", "one", visualizations="[lab]", sources=SOURCES)


def held(site: MakeSite, files: dict[str, str]) -> tuple[dict[str, VisualizationEntry], list[str]]:
    """The visualizations of a site by id, and its errors."""
    made, problems = built(site({"content/episodes/one.md": ONE, **files}))
    assert made is not None
    errors = [str(one) for one in problems if one.level is Level.ERROR]
    return {one.id: one for one in made.archive.visualizations}, errors


LAB = "content/visualizations/lab"


@pytest.mark.parametrize(
    ("files", "title", "folder"),
    [
        ({f"{LAB}/index.html": PAGE, f"{LAB}/visualization.yaml": "title: Named\n"}, "Named", LAB),
        ({f"{LAB}/any.html": PAGE, f"{LAB}/visualization.yaml": "title: Named\n"}, "Named", LAB),
        ({f"{LAB}/index.html": PAGE}, "The lab", LAB),
        ({f"{LAB}.html": PAGE}, "The lab", "content/visualizations"),
        ({f"{LAB}.html": PAGE, f"{LAB}.yaml": "title: Named\n"}, "Named", "content/visualizations"),
        (
            {f"{LAB}.yaml": "title: Far\nurl: https://a.example/x\n"},
            "Far",
            "content/visualizations",
        ),
    ],
    ids=["folder", "any name", "without keys", "single", "single with keys", "elsewhere"],
)
def test_the_ways_one_may_lie_there(
    site: MakeSite, files: dict[str, str], title: str, folder: str
) -> None:
    found, errors = held(site, files)

    assert errors == []
    assert (found["lab"].title, found["lab"].folder) == (title, folder)
    assert found["lab"].episodes == ("one",)


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({f"{LAB}.html": PAGE, f"{LAB}/index.html": PAGE}, "is the same as in"),
        ({f"{LAB}.html": "<p>x"}, "`title` is missing"),
        ({f"{LAB}.yaml": "title: T\nurl: 'http://[x'\n"}, "is not a web address"),
        (
            {f"{LAB}.html": PAGE, f"{LAB}.yaml": "title: T\nurl: https://a.example/\n"},
            "names `url`, and lab.html",
        ),
        (
            {f"{LAB}.html": PAGE, f"{LAB}.yaml": "title: T\nposter: no.png\n"},
            "there is no file content/visualizations/no.png",
        ),
        (
            {
                f"{LAB}/index.html": PAGE,
                f"{LAB}/visualization.yaml": "title: T\nposter: index.html\n",
            },
            "is not a picture",
        ),
        (
            {f"{LAB}.html": PAGE, f"{LAB}.yaml": "title: T\nworks: [waiting]\n"},
            "no work is called `waiting`",
        ),
        (
            {
                f"{LAB}.html": PAGE,
                f"{LAB}.yaml": "title: T\nframe_src: ['https://a.example; script-src *']\n",
            },
            "is not an origin",
        ),
        (
            {f"{LAB}.html": PAGE, "content/visualizations/My Lab/index.html": PAGE},
            "`My Lab` cannot be a visualization's address",
        ),
    ],
)
def test_what_cannot_be_shown_is_an_error(site: MakeSite, files: dict[str, str], what: str) -> None:
    _, errors = held(site, files)

    assert len(errors) == 1, errors
    assert what in errors[0]


def test_an_unknown_work_gets_the_nearest_one_as_remedy(site: MakeSite) -> None:
    keys = "title: T\nworks: [a-theory-of-wating-in-long-lines]\n"
    _, errors = held(site, {f"{LAB}.html": PAGE, f"{LAB}.yaml": keys})

    assert f"{LAB}.yaml:2: error" in errors[0]
    assert "did you mean `a-theory-of-waiting-in-long-lines`?" in errors[0]


def test_an_empty_folder_is_told(site: MakeSite) -> None:
    files = {f"{LAB}.html": PAGE, "content/visualizations/notes/todo.txt": "x"}
    made, problems = built(site({"content/episodes/one.md": ONE, **files}))

    assert made is not None
    assert [str(one) for one in problems if "is not a visualization" in one.message] == [
        "content/visualizations/notes: warning: is not a visualization: it has neither "
        "`visualization.yaml` nor a page\n"
        "  put its `index.html` there, or remove the folder"
    ]


@pytest.mark.parametrize(
    ("named", "works", "elsewhere"),
    [
        ("", ("arxiv:2306.14048",), ()),
        ("[a-theory-of-waiting-in-long-lines]", ("arxiv:2306.14048",), ()),
        ("['arxiv:2401.00001v3']", ("arxiv:2401.00001",), ()),
        ("['https://arxiv.org/pdf/2401.00001']", ("arxiv:2401.00001",), ()),
        ("['arxiv:1706.03762', 'doi:10.5555/X']", (), ("arxiv:1706.03762", "doi:10.5555/x")),
        ("['https://blog.example/post']", (), ("https://blog.example/post",)),
    ],
)
def test_works_are_found_by_every_name(
    site: MakeSite, named: str, works: tuple[str, ...], elsewhere: tuple[str, ...]
) -> None:
    keys = "title: T\n" + (f"works: {named}\n" if named else "")
    found, errors = held(site, {f"{LAB}.html": PAGE, f"{LAB}.yaml": keys})

    assert errors == []
    assert (found["lab"].works, found["lab"].elsewhere) == (works, elsewhere)


def test_a_work_shows_what_names_it_and_is_named_by_it(site: MakeSite) -> None:
    keys = "title: Named\nworks: ['arxiv:2401.00001', 'arxiv:1706.03762']\n"
    two = episode("Two", "two", sources=SOURCES.replace("    role: subject\n", ""))
    files = {
        "content/episodes/one.md": ONE,
        "content/episodes/two.md": two,
        f"{LAB}.html": PAGE,
        f"{LAB}.yaml": keys,
    }
    made, _ = built(site(files))
    assert made is not None

    def page(path: str) -> str:
        return made.outputs[f"{path}/index.html"].read().decode()

    assert "visualizations/lab/" in page("works/another-theory-of-very-long-lines")
    assert "visualizations/lab/" not in page("works/a-theory-of-waiting-in-long-lines")
    assert "works/another-theory-of-very-long-lines/" in page("visualizations/lab")
    assert "https://arxiv.org/abs/1706.03762" in page("visualizations/lab")


@pytest.mark.parametrize("status", ["private", "draft", "removed"])
def test_what_belongs_to_hidden_episodes_only_is_not_published(site: MakeSite, status: str) -> None:
    hidden = episode("Two", "two", visualizations="[secret, lab]", status=status)
    files = {
        "content/episodes/one.md": ONE,
        "content/episodes/two.md": hidden,
        f"{LAB}.html": PAGE,
        "content/visualizations/secret.html": PAGE.replace("lab", "xyzzy"),
        "content/visualizations/own.html": PAGE,
        "content/visualizations/told.html": PAGE,
        "content/visualizations/told.yaml": "title: xyzzy\nepisodes: [two]\n",
    }
    made, _ = built(site(files))
    assert made is not None

    assert [one.id for one in made.archive.visualizations] == ["lab", "own"]
    assert not any(b"xyzzy" in output.read() for output in made.outputs.values())


def test_the_original_is_kept_byte_for_byte_and_never_as_a_page(site: MakeSite) -> None:
    page = "\ufeff<!DOCTYPE html>\r\n<title>T</title>\r\n<p>x   \r\n"
    made, _ = built(site({"content/episodes/one.md": ONE, f"{LAB}/index.html": page}))
    assert made is not None

    assert made.outputs["visualizations/lab/index.html.txt"].read() == page.encode()
    copy = made.outputs["visualizations/lab/frame.html"].read()
    assert copy.startswith("\ufeff<!DOCTYPE html>".encode())
    assert copy.endswith(b"\r\n<title>T</title>\r\n<p>x   \r\n")


def test_feeds_get_a_plain_link(site: MakeSite) -> None:
    text = episode(
        "One", "one", visualizations="[lab]", guid="g", date="2026-01-01",
        audio="{url: 'https://a.example/x.mp3', length: 1}",
    )  # fmt: skip
    made, _ = built(site({"content/episodes/one.md": text, f"{LAB}.html": PAGE}))
    assert made is not None
    feed = made.outputs["feed.xml"].read().decode()

    assert "https://small.example/visualizations/lab/" in feed
    assert "iframe" not in feed


# ---- screenshots


@pytest.mark.browser
def test_posters_are_taken_kept_and_taken_again(site: MakeSite) -> None:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    # `matchMedia` decides the colour, so that the picture shows what was asked of the browser.
    lively = PAGE + (
        "<script>document.body.style.background = matchMedia('(prefers-reduced-motion)').matches"
        " && self.origin === 'null' ? '#123456' : 'red'</script>"
    )
    blank = "<!doctype html><title>Blank</title><meta name=viewport content=x>"
    files = {
        f"{LAB}.html": lively,
        f"{LAB}/../alone/index.html": lively,
        f"{LAB}/../blank.html": blank,
    }
    root = site({"content/episodes/one.md": ONE, **files})

    first = CliRunner().invoke(main, ["screenshots", "--site", str(root)])

    own = root / "content/visualizations/alone/poster.webp"
    single = root / f"{LAB}.webp"
    assert own.is_file()
    assert single.is_file(), first.output
    assert single.stat().st_size < 40_000
    assert "is a single colour" in first.output
    assert not (root / "content/visualizations/blank.webp").exists()
    from PIL import Image

    with Image.open(single) as picture:
        assert picture.size == (1200, 750)
        assert picture.convert("RGB").getpixel((1100, 700)) == (0x12, 0x34, 0x56)
    made, _ = built(root)
    assert made is not None
    assert "visualizations/lab/lab.webp" in made.outputs
    assert b"lab/lab.webp" in made.outputs["visualizations/index.html"].read()

    single.write_bytes(b"mine")
    CliRunner().invoke(main, ["screenshots", "--site", str(root), "alone"])
    assert single.read_bytes() == b"mine"
    CliRunner().invoke(main, ["screenshots", "--site", str(root), "--refresh", "lab"])
    assert single.read_bytes() != b"mine"


def test_a_page_that_is_drawn_in_part_is_looked_at_again(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    shots = [Image.new("RGB", (8, 4), "white") for _ in range(4)]
    for shot, drawn in zip(shots, (0, 2, 8, 8), strict=True):
        shot.paste("#123456", (0, 0, drawn, 2))
    waiting = iter(shots)

    def run(program: str, page: Path, shot: Path) -> str:
        next(waiting).save(shot)
        return ""

    monkeypatch.setattr(screenshots, "_run", run)
    root = site({"content/episodes/one.md": ONE, f"{LAB}.html": PAGE})
    CliRunner().invoke(main, ["screenshots", "--site", str(root), "--browser", "sh"])

    assert next(waiting, None) is None
    with Image.open(root / f"{LAB}.webp") as picture:
        assert picture.convert("RGB").getpixel((7, 0)) == (0x12, 0x34, 0x56)


def test_a_picture_of_ones_own_making_stays(site: MakeSite) -> None:
    files = {f"{LAB}/index.html": PAGE, f"{LAB}/poster.png": "mine"}
    root = site({"content/episodes/one.md": ONE, **files})

    told = CliRunner().invoke(
        main, ["screenshots", "--site", str(root), "--refresh", "--browser", "sh"]
    )

    assert told.exit_code == 0
    assert (root / LAB / "poster.png").read_text() == "mine"
    assert not (root / LAB / "poster.webp").exists()


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--browser", "no-such-program"], "no-such-program: error: program not found"),
        (["--browser", "false"], "no screenshot was taken: the browser exited with code 1"),
        (["leb"], "did you mean `lab`?"),
    ],
)
def test_faults_of_taking_posters_are_told(site: MakeSite, arguments: list[str], what: str) -> None:
    root = site({"content/episodes/one.md": ONE, f"{LAB}.html": PAGE})

    told = CliRunner().invoke(main, ["screenshots", "--site", str(root), *arguments])

    assert told.exit_code == 1
    assert what in told.output
    assert not list(root.rglob("*.webp"))


def test_a_build_needs_no_browser(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("a program was run")

    monkeypatch.setattr(subprocess, "run", forbidden)
    monkeypatch.setattr(shutil, "which", forbidden)
    made, _ = built(site({"content/episodes/one.md": ONE, f"{LAB}.html": PAGE}))

    assert made is not None
    assert Path(made.archive.visualizations[0].files["lab.html"]).is_file()
