"""What lies in a site folder and cannot be read is told, wherever it lies."""

import os
import re
import shutil
import socket
from pathlib import Path

import pytest

from backlist.build import Options, make
from backlist.cache import stamp
from backlist.files import read
from backlist.problems import Problems
from tests.conftest import NOW, SITES, MakeSite, built, episode
from tests.nobody import NEEDS_FORK, without_privileges

EPISODE = {"content/episodes/one.md": episode("One", "one")}
FOLDERS = ["pages", "visualizations", "transcripts", "chapters"]


@pytest.mark.parametrize(
    "folder", [*(f"content/{name}" for name in FOLDERS), "templates", "static"]
)
def test_a_file_in_the_place_of_a_folder_is_told(site: MakeSite, folder: str) -> None:
    _, problems = built(site({**EPISODE, folder: "in the way"}))

    assert problems.stop()
    assert f"{folder}: error: is not a directory" in [str(p).split("\n")[0] for p in problems]


def test_no_episodes_because_their_folder_is_a_file_is_told(site: MakeSite) -> None:
    _, problems = built(site({"content/episodes": "in the way"}))

    assert [str(problem).split("\n")[0] for problem in problems] == [
        "content/episodes: error: is not a directory"
    ]


@pytest.mark.parametrize("folder", ["visualizations/lab", "transcripts", "chapters", ""])
def test_a_link_to_what_is_not_there_is_told(site: MakeSite, folder: str) -> None:
    root = site(EPISODE)
    place = root / "content" / folder if folder else root / "static"
    place.mkdir(parents=True)
    (place / "logo.svg").symlink_to("gone.svg")
    (place / ".#logo.svg").symlink_to("an-editor@here.4711")
    _, problems = built(root)

    told = [str(problem) for problem in problems if "link" in problem.message]
    name = (place / "logo.svg").relative_to(root).as_posix()
    assert told == [f"{name}: error: is a broken symlink: gone.svg\n  fix the link, or remove it"]


def test_links_of_an_editor_beside_a_record_are_passed_over(site: MakeSite) -> None:
    root = site(EPISODE)
    (root / "content/episodes/.#one.md").symlink_to("an-editor@here.4711")
    made, problems = built(root)

    assert made is not None and not problems.stop()


# --- links

PLACES = [
    "site.yaml",
    "content",
    "content/feed.lock.yaml",
    "content/works.yaml",
    "content/episodes",
    "content/episodes/two.md",
    "content/episodes/deep",
    "content/pages/about.md",
    "content/transcripts/one.vtt",
    "content/chapters/one.json",
    "content/imported/episodes/one.yaml",
    "content/visualizations/lab",
    "content/visualizations/lab/data.json",
    "static",
    "static/photo.jpg",
    "static/deep/album",
    "templates/base.html",
    "templates",
]
"""Where a pull request could lay a link."""


@pytest.mark.parametrize("place", PLACES)
def test_a_link_out_of_the_site_is_refused_by_name(
    site: MakeSite, tmp_path: Path, place: str
) -> None:
    root = site(EPISODE)
    secret = tmp_path / "secret"
    folder = place in ("content", "static", "templates") or "." not in place
    if folder:
        secret.mkdir()
        (secret / "key.html").write_text("xyzzy")
    else:
        secret.write_text("xyzzy")
    path = root / place
    if place == "content":
        shutil.rmtree(path)
    elif place == "content/episodes":
        (path / "one.md").unlink()
        path.rmdir()
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(secret)

    made, problems = built(root)

    told = [problem for problem in problems if "out of the site folder" in problem.message]
    named = {problem.where.file for problem in told}
    assert problems.stop()
    assert named and all(name == place or name.startswith(f"{place}/") for name in named)
    assert all(problem.hint for problem in told)
    assert "xyzzy" not in " ".join(str(problem) for problem in problems)
    assert made is None or not any(b"xyzzy" in one.read() for one in made.outputs.values())


@pytest.mark.parametrize("target", [".env", ".git/config", "../site/.env"])
def test_a_link_to_a_hidden_file_of_the_site_is_refused(site: MakeSite, target: str) -> None:
    """A checkout on a build machine keeps its token in `.git/config`."""
    root = site({**EPISODE, ".env": "xyzzy", ".git/config": "xyzzy", "static/a.txt": ""})
    (root / "static/settings.txt").symlink_to(f"../{target}")

    _, problems = built(root)

    assert [
        str(problem).split(": ../")[0] for problem in problems if "symlink" in problem.message
    ] == ["static/settings.txt: error: is a symlink to a hidden file or folder"]


def test_links_inside_the_site_are_followed(site: MakeSite) -> None:
    root = site({**EPISODE, "shared/logo.svg": "<svg/>", "shared/deep/data.csv": "1"})
    (root / "static").mkdir()
    (root / "static/logo.svg").symlink_to("../shared/logo.svg")
    (root / "static/all").symlink_to(root / "shared")
    (root / "content/episodes/two.md").symlink_to("../../notes.md")
    (root / "notes.md").write_text(episode("Two", "two"))

    made, problems = built(root)

    assert not problems.stop() and made is not None
    wanted = {"static/logo.svg", "static/all/deep/data.csv", "episodes/two/index.html"}
    assert wanted <= made.outputs.keys()


def test_a_site_that_is_reached_by_a_link_is_whole(site: MakeSite, tmp_path: Path) -> None:
    root = site({**EPISODE, "static/a.txt": "1"})
    (tmp_path / "link").symlink_to(root)

    made, problems = built(tmp_path / "link")

    assert not problems.stop() and made is not None
    assert "static/a.txt" in made.outputs


def test_links_in_circles_and_links_that_double_end(site: MakeSite) -> None:
    root = site({**EPISODE, "static/a/x.txt": "1", "static/b/y.txt": "2"})
    for name in ("a", "b"):
        for number in range(9):
            (root / f"static/{name}/{number}").symlink_to("../a" if name == "b" else "../b")
    (root / "static/a/up").symlink_to("..")
    (root / "static/self").symlink_to("self")

    _, problems = built(root)

    told = {problem.where.file: problem.message for problem in problems if problem.hint}
    assert told["static/a/up"] == "is a symlink to a folder it lies in"
    assert told["static/self"].startswith("is a broken symlink")
    assert "in a folder that is a symlink itself" in told["static/a/0/3"]
    places = [str(root / name) for name in ("content", "static")]
    assert len(list(stamp.look(places))) < 50


def test_a_link_that_became_a_text_is_warned_of(site: MakeSite) -> None:
    """So git checks links out on Windows, and so they come out of some archives."""
    texts = {"static/logo.svg": "../shared/logo.svg", "static/note.txt": "a/b", "static/x.txt": ""}
    _, problems = built(site({**EPISODE, **texts, "shared/logo.svg": "<svg/>"}))

    assert [(one.where.file, one.message) for one in problems if "symlink" in one.message] == [
        (
            "static/logo.svg",
            "is a text that says `../shared/logo.svg`, as git writes a symlink where it cannot",
        )
    ]


# --- what cannot be read

UNREADABLE = [
    "content",
    "content/episodes",
    "content/episodes/one.md",
    "content/pages",
    "content/pages/about.md",
    "content/transcripts",
    "content/transcripts/one.vtt",
    "content/chapters",
    "content/chapters/one.json",
    "content/visualizations",
    "content/visualizations/lab",
    "content/visualizations/lab/index.html",
    "content/visualizations/lab/x.vl.json",
    "content/feed.lock.yaml",
    "content/works.yaml",
    "site.yaml",
    "static",
    "static/deep",
    "static/site.css",
    "static/deep/sound.mp3",
    "templates",
    "templates/base.html",
]
NAMING = episode("One", "one", transcripts="[one.vtt]", chapters_file="one.json")
FULL = {
    "content/episodes/one.md": NAMING,
    "content/pages/about.md": "---\ntitle: About\nslug: about\n---\n",
    "content/transcripts/one.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n",
    "content/chapters/one.json": '{"version": "1.2.0", "chapters": []}',
    "content/visualizations/lab/index.html": "<p>Hello",
    "content/visualizations/lab/x.vl.json": "{}",
    "content/feed.lock.yaml": "items: []\n",
    "content/works.yaml": "works: []\n",
    "static/site.css": "p {}",
    "static/deep/sound.mp3": "sound",
    "templates/base.html": "{% extends 'theme/base.html' %}",
}


@NEEDS_FORK
@pytest.mark.parametrize("place", UNREADABLE)
def test_what_cannot_be_read_is_an_error_and_never_empty(site: MakeSite, place: str) -> None:
    root = site(FULL)
    mode = (root / place).stat().st_mode

    def look() -> list[tuple[str, str, str]]:
        problems = Problems()
        make(root, NOW, Options(), problems)
        return [(one.where.file, one.message, one.hint) for one in problems]

    (root / place).chmod(0)
    try:
        told = without_privileges(look)
    finally:
        (root / place).chmod(mode)

    reasons = [one for one in told if one[1] == "cannot be read: Permission denied"]
    assert reasons, told
    assert all(name == place or name.startswith(f"{place}/") for name, _, _ in reasons)
    assert {hint for _, _, hint in reasons} == {"fix its permissions"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs")
@pytest.mark.parametrize(
    "place",
    [
        "site.yaml",
        "content/works.yaml",
        "content/feed.lock.yaml",
        "content/episodes/two.md",
        "content/pages/about.md",
        "content/transcripts/one.vtt",
        "content/visualizations/lab/index.html",
        "static/photo.jpg",
        "templates/base.html",
    ],
)
def test_a_fifo_holds_nobody_up(site: MakeSite, place: str) -> None:
    root = site(EPISODE)
    (root / place).unlink(missing_ok=True)
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(root / place)

    _, problems = built(root)

    assert [f"{place}: error: is not a regular file but a FIFO, a socket or a device"] == [
        str(problem).split("\n")[0] for problem in problems if "regular" in problem.message
    ]


def test_a_socket_is_told(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site({**EPISODE, "static/a.txt": ""})
    monkeypatch.chdir(root)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("static/talk")
        _, problems = built(root)

    assert "static/talk" in {problem.where.file for problem in problems}


def test_a_file_that_became_a_fifo_after_it_was_found_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(OSError, match="not a regular file"):
        read(tmp_path / "a")


def test_a_file_without_end_is_told(site: MakeSite) -> None:
    root = site({"content/episodes/one.md": NAMING})
    (root / "content/transcripts").mkdir()
    with (root / "content/transcripts/one.vtt").open("wb") as file:
        file.truncate(5_000_000_000)

    _, problems = built(root)

    assert [str(problem).split("\n")[0] for problem in problems if "MB" in problem.message] == [
        "content/transcripts/one.vtt: error: cannot be read: it has 5000 MB, and may have 64"
    ]


# --- names


@pytest.mark.parametrize("name", [b"a\xffb.txt", b"a\nb.txt", b"a\x1b[31mb.txt", b"\x7f.txt"])
def test_a_name_that_cannot_be_an_address_is_told_and_harmless(site: MakeSite, name: bytes) -> None:
    root = site({**EPISODE, "static/a.txt": ""})
    Path(os.fsdecode(os.fsencode(root / "static") + b"/" + name)).write_text("")

    _, problems = built(root)

    (told,) = (str(problem) for problem in problems if "name" in problem.message)
    assert re.match(r"static/.*: error: has a (name that is not UTF-8|control character)", told)
    assert told.encode() and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", told)


def test_names_that_are_one_file_elsewhere_are_warned_of(site: MakeSite) -> None:
    two = {
        "content/episodes/Two.md": episode("A", "a"),
        "content/episodes/two.md": EPISODE["content/episodes/one.md"],
    }
    accents = {"static/caf\u00e9.txt": "", "static/cafe\u0301.txt": ""}

    _, problems = built(site({**two, **accents}))

    told = [str(one).split("\n")[0] for one in problems if "macOS" in one.message]
    assert told == [
        "content/episodes/two.md: warning: is the same file as `Two.md` on macOS and Windows",
        "static/caf\u00e9.txt: warning: is the same file as `cafe\u0301.txt` on macOS and Windows",
    ]
    assert any("would be written twice" in problem.message for problem in problems)


def test_a_name_too_long_for_a_disk_is_told(site: MakeSite) -> None:
    root = site(
        {
            **EPISODE,
            f"static/{'a' * 240}.css": "p {}",
            "content/episodes/two.md": episode("Two", "two", aliases=f"[/{'t' * 300}/]"),
        }
    )

    _, problems = built(root)

    told = [problem.where.file for problem in problems if "longer than 255" in problem.message]
    assert f"static/{'a' * 240}.css" not in told
    assert "content/episodes/two.md" in told


def record(slug: str) -> str:
    return episode(slug.title(), slug)


def told(problems: Problems, file: str) -> list[str]:
    return [str(one).split("\n")[0] for one in problems if one.where.file == file]


def test_records_are_read_wherever_they_lie_and_however_they_end(site: MakeSite) -> None:
    files = {
        "content/episodes/one.md": record("one"),
        "content/episodes/TWO.MD": record("two"),
        "content/episodes/three.markdown": record("three"),
        "content/episodes/season-2/part/four.md": record("four"),
        "content/pages/more/about.Markdown": record("about"),
    }
    made, problems = built(site(files))

    assert made is not None and not problems.stop()
    slugs = {entry.slug for entry in made.archive.entries}
    assert slugs == {"one", "two", "three", "four"}
    assert [page.slug for page in made.archive.pages] == ["about"]


def test_what_is_not_read_is_told(site: MakeSite) -> None:
    strays = [
        "content/episodes/two.md.txt",
        "content/episodes/season-2/cover.jpg",
        "content/pages/old.html",
    ]
    lost = ["content/episode", "content/three.md"]
    files = {**EPISODE, "content/episode/four.md": record("four"), "content/three.md": "x"}
    _, problems = built(site(files | dict.fromkeys(strays, "x")))

    for name in strays:
        assert told(problems, name) == [f"{name}: warning: is not read: it is not Markdown"]
    hints = {one.where.file: one.hint for one in problems}
    assert hints[strays[0]] == "rename it to `two.md`"
    for name in lost:
        assert told(problems, name) == [f"{name}: warning: is not read: nothing has this name"]
    assert "did you mean `episodes`?" in [one.hint for one in problems]


AT_ROOT = ["CNAME", "robots.txt", "ads.txt", "app-ads.txt", "_redirects", "_headers"]


def test_files_for_the_root_land_there(site: MakeSite) -> None:
    root = site(EPISODE)
    names = {
        **{f"static/{name}": name for name in AT_ROOT},
        "static/.well-known/security.txt": ".well-known/security.txt",
        "static/root/favicon.ico": "favicon.ico",
        "static/root/.htaccess": ".htaccess",
        "static/root/site.css": "site.css",
        "static/root/old/page.html": "old/page.html",
        "static/data.csv": "static/data.csv",
    }
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    made, problems = built(root)

    assert made is not None and not problems.stop()
    assert {path: made.outputs[path].read().decode() for path in names.values()} == {
        path: name for name, path in names.items()
    }


def test_robots_are_told_where_the_sitemap_is_unless_the_site_has_its_own(site: MakeSite) -> None:
    made, _ = built(site(EPISODE))
    assert made is not None and b"sitemap.xml" in made.outputs["robots.txt"].read()

    made, _ = built(site({"static/robots.txt": "User-agent: *\nDisallow: /\n"}))
    assert made is not None and b"sitemap.xml" not in made.outputs["robots.txt"].read()


def test_a_file_for_the_root_that_an_output_is_called_like_is_an_error(site: MakeSite) -> None:
    files = {"static/root/feed.xml": "mine", "static/root/CNAME": "a", "static/CNAME": "b"}
    _, problems = built(site({**EPISODE, **files}))
    found = [(one.message, one.hint) for one in problems if "twice" in one.message]

    assert len(found) == 2
    assert found[0][0] == "CNAME would be written twice"
    assert "static/CNAME" in found[0][1] and "static/root/CNAME" in found[0][1]
    assert found[1][0] == "feed.xml would be written twice"
    assert "static/root/feed.xml" in found[1][1] and "by feeds" in found[1][1]


def test_the_address_of_a_picture_at_the_root_is_the_one_it_is_published_at(
    site: MakeSite,
) -> None:
    text = episode("One", "one", image="root/one.png", guid="g", audio="https://a.example/1.mp3")
    root = site({"content/episodes/one.md": text})
    (root / "static/root").mkdir(parents=True)
    (root / "static/root/one.png").write_bytes((SITES / "rich/static/cover.png").read_bytes())
    made, problems = built(root)

    assert made is not None and not problems.stop()
    assert b'href="https://small.example/one.png"' in made.outputs["feed.xml"].read()


def test_hidden_files_are_not_published_and_told_where_they_may_be_meant(site: MakeSite) -> None:
    names = [".env", ".nojekyll", ".DS_Store", ".gitkeep"]
    made, problems = built(site({**EPISODE, **{f"static/root/{name}": "x" for name in names}}))

    assert made is not None
    assert [name for name in names if name in made.outputs] == [".nojekyll"]
    assert told(problems, "static/root/.env") == [
        "static/root/.env: info: is hidden, and not published"
    ]
    assert [one.where.file for one in problems if "is hidden" in one.message] == [
        "static/root/.env"
    ]


def test_transcripts_and_chapters_in_capitals_are_read(site: MakeSite) -> None:
    fields = {
        "transcripts": "[ONE.VTT]",
        "chapters_file": "One.Txt",
        "audio": "https://a.example/1.mp3",
        "guid": "g",
    }
    files = {
        "content/episodes/one.md": episode("One", "one", **fields),
        "content/transcripts/ONE.VTT": "WEBVTT\n\n00:00.000 --> 00:09.000\nTides and kettles\n",
        "content/chapters/One.Txt": "00:00 Begin\n01:00 Kettles\n",
        "content/visualizations/pond.HTML": "<!doctype html><title>Pond</title><p>x</p>",
    }
    made, problems = built(site(files))

    assert made is not None and not problems.stop()
    page = made.outputs["episodes/one/index.html"].read().decode()
    assert "Tides and kettles" in page and "Kettles" in page
    assert [one.id for one in made.archive.visualizations] == ["pond"]


def test_transcripts_and_chapters_that_nobody_names_are_told(site: MakeSite) -> None:
    files = {"content/transcripts/one.VTT": "WEBVTT\n", "content/chapters/one.txt": "00:00 A\n"}
    _, problems = built(site({**EPISODE, **files}))

    for name in files:
        assert told(problems, name) == [f"{name}: info: is not used: no episode names it"]


def test_a_cover_that_differs_in_capitals_is_told(site: MakeSite) -> None:
    root = site({"content/episodes/one.md": episode("One", "one", image="one.png")})
    (root / "static").mkdir()
    (root / "static/ONE.PNG").write_bytes((SITES / "rich/static/cover.png").read_bytes())
    _, problems = built(root)

    (found,) = [one for one in problems if "`image` names" in one.message]
    assert found.hint == "write it with the same capitals as the file: static/ONE.PNG"
