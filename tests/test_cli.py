"""The program as a person types it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.cli import main
from tests.conftest import MakeSite, episode

PAGE = """\
The Small Hours

Night Radio

A show about things that happen late.

  1. 2D AGO

    Owls in the Server Room

    This episode counts owls. Sources: 1. https://arxiv.org/pdf/2401.00001v2 \
2. A Night of Birds — Ann Roe, 2020 https://birds.example/night \
3. The Small Hours: Foxes — The Hosts, 2026 \
https://audio.night.example/e/2026-01-01-foxes-under-the-floor-aaaaaa.mp3 \
Interactive Visualization: Owls

Ratings & Reviews
"""


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, "utf-8")
    return path


def test_build_says_what_it_wrote_and_counts_notices(site: MakeSite, tmp_path: Path) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})

    code, said = run("build", "--site", root)

    assert code == 0
    assert " written, 0 unchanged, 0 removed" in said
    assert said.endswith("1 notice; `backlist check` lists the notices\n")
    assert (root / "build/index.html").is_file()


def test_a_fault_ends_with_one_and_says_what_was_left(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": "---\ntitle: A\n---\n"})

    code, said = run("build", "--site", root)

    assert code == 1
    assert "content/episodes/a.md:2: error: `slug` is missing" in said
    assert f"1 error; {root / 'build'} was left as it was" in said
    assert not (root / "build").exists()


def test_check_lists_notices_and_writes_nothing(site: MakeSite) -> None:
    root = site({"content/episodes/a.md": episode("A", "a")})

    code, said = run("check", "--site", root)

    assert code == 0
    assert said.count("has no audio address: a page without a player, not in the feed") == 1
    assert not (root / "build").exists()


def test_strict_makes_warnings_fatal(site: MakeSite) -> None:
    root = site(
        {"content/episodes/a.md": episode("A", "a", guid="a", audio="https://a.example/a.mp3")}
    )

    assert run("check", "--site", root)[0] == 0
    assert run("check", "--strict", "--site", root)[0] == 1


def test_a_folder_that_is_no_site_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "something").write_text("")

    code, said = run("build", "--site", tmp_path)

    assert code == 1
    assert "is not a site: it has no `site.yaml`" in said


def test_wrong_usage_ends_with_two(site: MakeSite) -> None:
    assert run("build", "--base-url", "example.org", "--site", site({}))[0] == 2
    assert run("import")[0] == 2


def test_importing_into_an_empty_folder_founds_a_site_that_builds(
    tmp_path: Path, page: Path
) -> None:
    root = tmp_path / "new"
    root.mkdir()

    code, said = run("import", page, "--as-of", "2026-03-22", "--stubs", "--site", root)

    assert code == 0, said
    settings = (root / "site.yaml").read_text("utf-8")
    assert "title: The Small Hours" in settings
    assert run("build", "--site", root)[0] == 0
    assert (root / "build/episodes/owls-in-the-server-room/index.html").is_file()
    assert (root / "build/episodes/foxes/index.html").is_file()


def test_a_failed_import_founds_nothing(tmp_path: Path) -> None:
    root = tmp_path / "new"
    root.mkdir()
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("just some words\n")

    code, said = run("import", wrong, "--site", root)

    assert code == 1
    assert "neither a feed nor a directory page" in said
    assert list(root.iterdir()) == []


def test_a_second_import_changes_nothing_and_says_so(site: MakeSite, page: Path) -> None:
    root = site({})
    run("import", page, "--as-of", "2026-03-22", "--stubs", "--site", root)
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}

    code, said = run("import", page, "--as-of", "2026-03-22", "--stubs", "--site", root)

    assert code == 0
    assert "nothing changed" in said
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_every_fault_of_every_source_is_told_in_one_run(
    site: MakeSite, tmp_path: Path, page: Path
) -> None:
    root = site({})
    files = {"empty.txt": b"", "binary.bin": b"\x00\x01\x02", "words.txt": b"hello\n"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    code, said = run(
        "import", page, *(tmp_path / name for name in files), tmp_path / "none.xml", "--site", root
    )

    assert code == 1
    assert all(name in said for name in (*files, "none.xml"))
    assert said.count("error:") == 4
    assert not (root / "content").exists()


def test_init_makes_a_site_that_builds(tmp_path: Path) -> None:
    code, said = run("init", tmp_path / "new")

    assert code == 0
    assert "site.yaml" in said
    assert run("build", "--site", tmp_path / "new")[0] == 0
    assert run("init", tmp_path / "new")[0] == 1


def test_adopting_makes_the_audio_address_the_guid(site: MakeSite) -> None:
    text = episode("A", "a", audio="https://a.example/a.mp3")
    root = site({"content/episodes/a.md": text})

    code, said = run("adopt", "a", "--site", root)

    assert (code, said) == (0, "a: guid https://a.example/a.mp3\n")
    assert (root / "content/episodes/a.md").read_text() == text.replace(
        "\n---\n\n", "\nguid: https://a.example/a.mp3\n---\n\n"
    )


def test_adopting_never_changes_a_guid_and_does_all_or_nothing(site: MakeSite) -> None:
    root = site(
        {
            "content/episodes/a.md": episode("A", "a", audio="https://a.example/a.mp3"),
            "content/episodes/b.md": episode("B", "b", audio="https://a.example/b.mp3", guid="b"),
        }
    )

    code, said = run("adopt", "a", "b", "c", "--site", root)

    assert code == 1
    assert "no episode is called `c`" in said
    assert "has a guid already: b" in said
    assert "guid" not in (root / "content/episodes/a.md").read_text()


def test_help_waits_for_no_library(tmp_path: Path) -> None:
    """The heavy libraries are imported by the commands that need them."""
    code = "import sys, backlist.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded = set(done.stdout.split())

    assert not loaded & {
        "lxml",
        "yaml",
        "jinja2",
        "pydantic",
        "feedgen",
        "markdown_it",
        "livereload",
    }
