"""The wheel works away from the checkout: install, import a page, build."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import HERE
from tests.test_cli import PAGE


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout and give what it said."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.wheel
def test_a_stranger_installs_imports_and_builds(tmp_path: Path) -> None:
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        tmp_path,
        HERE.parent,
        cwd=tmp_path,
    )
    (wheel,) = tmp_path.glob("backlist-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env/bin/python"
    run(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    empty = tmp_path / "site"
    empty.mkdir()

    backlist = tmp_path / "env/bin/backlist"
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
    where = run(python, "-c", "import backlist.theme as t; print(t.shipped_folder())", cwd=empty)
    assert str(tmp_path / "env") in where
