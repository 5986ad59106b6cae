"""The wheel works away from the checkout: install, import a page, build, publish.

Only here a process other than the tests' own asks another computer: pip, which asks the index it
is set up with for what the wheel needs.
"""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.commands.create_site import hosts
from tests.commands.create_site.test_repository import FEED
from tests.conftest import HERE
from tests.test_cli import PAGE

UNCOMPILED = {"PIP_NO_COMPILE": "1"}
"""Of what is installed a tenth is imported, and compiled then."""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout and give what it said."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env |= UNCOMPILED
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a clean environment into which a stranger installed the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = ("-m", "pip", "--disable-pip-version-check")
    wheel = ("wheel", "--quiet", "--no-deps", "--wheel-dir", folder, HERE.parent)
    run(sys.executable, *pip, *wheel, cwd=folder)
    (made,) = folder.glob("backlist-*.whl")
    venv.create(folder / "env", with_pip=True)
    run(folder / "env/bin/python", *pip, "install", "--quiet", made, cwd=folder)
    made.unlink()
    return folder / "env/bin"


@pytest.mark.long
@pytest.mark.wheel
def test_a_stranger_imports_and_builds(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    empty = tmp_path / "site"
    empty.mkdir()

    backlist = programs / "backlist"
    run(backlist, "import", "../page.txt", "--as-of", "2026-03-22", "--stubs", cwd=empty)
    run(backlist, "build", cwd=empty)

    page = (empty / "build/episodes/owls-in-the-server-room/index.html").read_text("utf-8")
    assert "This episode counts owls." in page
    assert any((empty / "build/static").glob("site.*.css"))
    assert (empty / "build/search/words.json").is_file()
    settings = empty / "site.yaml"
    text = re.sub("(?m)^  language: .*\n", "", settings.read_text("utf-8"))
    settings.write_text(text.replace("show:\n", "show:\n  language: de\n", 1), "utf-8")
    run(backlist, "build", cwd=empty)
    assert 'lang="de"' in (empty / "build/index.html").read_text("utf-8")
    assert "Folgen" in (empty / "build/episodes/index.html").read_text("utf-8")
    told = "import backlist.theme as t; print(t.shipped_folder())"
    where = run(programs / "python", "-c", told, cwd=empty)
    assert str(programs.parent) in where


@pytest.mark.long
@pytest.mark.wheel
def test_a_stranger_gets_from_nothing_to_a_folder_that_deploys(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel was deleted after its installation: the repository has one all the same."""
    (tmp_path / "feed.xml").write_text(FEED, "utf-8")
    root, origin, runner = (tmp_path / name for name in ("my-show", "origin.git", "runner"))
    run(programs / "backlist", "init", root, "--from", "feed.xml", "--github", cwd=tmp_path)
    hosts.push_new(root, origin)
    hosts.clone(origin, runner)
    # The runner has what the wheel needs, so that nothing is loaded twice, but not the program.
    run(programs / "python", "-m", "pip", "uninstall", "--yes", "--quiet", "backlist", cwd=tmp_path)
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        monkeypatch.delenv(name)
    for name, value in UNCOMPILED.items():
        monkeypatch.setenv(name, value)
    done = hosts.publish("github", runner, "https://me.example/my-show", programs, origin)

    assert done.returncode == 0, done.stdout + done.stderr
    build = runner / "build"
    assert "https://me.example/my-show/" in (build / "episodes/owls/index.html").read_text("utf-8")
    assert (build / "404.html").is_file() and (build / "feed.xml").is_file()
    assert (build / "search/words.json").is_file()
    assert "- guid: g-1" in hosts.git(origin, "show", "main:content/feed.lock.yaml")
    assert hosts.git(runner, "status", "--porcelain") == ""
