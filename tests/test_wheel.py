"""The wheel works away from the checkout: install, import a page, build, publish.

Only here a process other than the tests' own asks another computer: pip, which asks the index it
is set up with for what builds the wheel.
"""

import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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
    """The programs of a clean environment into which a stranger installed the wheel.

    What the wheel says it needs, and nothing else, is lent to it from the environment of the
    tests, into which pip installed it: to load and unpack it again takes half a minute.
    """
    folder = tmp_path_factory.mktemp("wheel")
    pip = ("-m", "pip", "--disable-pip-version-check")
    wheel = ("wheel", "--quiet", "--no-deps", "--wheel-dir", folder, HERE.parent)
    run(sys.executable, *pip, *wheel, cwd=folder)
    (made,) = folder.glob("backlist-*.whl")
    venv.create(folder / "env")
    (packages,) = folder.glob("env/lib/*/site-packages")
    lend(distribution("pip"), packages)
    for needed in needs(made):
        lend(needed, packages)
    install = ("install", "--quiet", "--no-index", "--no-deps", made)
    run(folder / "env/bin/python", *pip, *install, cwd=folder)
    run(folder / "env/bin/python", *pip, "check", cwd=folder)
    made.unlink()
    return folder / "env/bin"


def needs(wheel: Path) -> Iterator[Distribution]:
    """What a wheel needs, and what that needs, as it is installed for the tests."""
    with zipfile.ZipFile(wheel) as files:
        (name,) = (name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(files.read(name).decode()).get_all("Requires-Dist", [])
    asked = [(requirement, "") for requirement in map(Requirement, said)]
    met: set[tuple[str, str]] = set()
    while asked:
        requirement, extra = asked.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        found = distribution(requirement.name)
        assert requirement.specifier.contains(found.version, prereleases=True), str(requirement)
        yield found
        for wanted in {"", *requirement.extras}:
            if (requirement.name, wanted) not in met:
                met.add((requirement.name, wanted))
                asked += [(Requirement(one), wanted) for one in found.requires or ()]


def lend(found: Distribution, packages: Path) -> None:
    """Link what a package brought along into another environment: modules and programs."""
    for file in found.files or ():
        if file.parts[0] != "..":
            place = packages / file.parts[0]
        elif file.parent.name == "bin":
            place = packages.parents[2] / "bin" / file.name
        else:
            continue
        there = Path(str(found.locate_file(file if file.parts[0] == ".." else file.parts[0])))
        if file.parts[0] != "__pycache__" and not place.exists():
            place.symlink_to(there.resolve())


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
