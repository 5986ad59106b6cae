"""The shipped Pages workflow is a valid one."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.conftest import HERE

WORKFLOW = HERE.parent / ".github/workflows/pages.yml"

ENV = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def test_the_workflow_fits_githubs_schema() -> None:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
    ]

    done = subprocess.run([*command, str(WORKFLOW)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_it_builds_with_the_address_of_the_pages_site_and_keeps_the_cache() -> None:
    text = WORKFLOW.read_text("utf-8")

    assert "steps.pages.outputs.base_url" in text
    assert "path: .cache" in text
    for action in ("configure-pages", "upload-pages-artifact", "deploy-pages"):
        assert f"actions/{action}@" in text


def test_it_keeps_the_lock_before_it_deploys() -> None:
    text = WORKFLOW.read_text("utf-8")

    steps = ["--update-lock", "git add -- content/feed.lock.yaml", "git push", "upload-pages"]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert "contents: write" in text


def test_its_commands_commit_the_lock_and_new_guids_once(tmp_path: Path) -> None:
    """The step as the shell runs it, in a repository with a remote of its own."""
    (step,) = re.findall(
        r"- name: Keep the feed lock\n +run: \|\n((?: {10}.*\n)+)", WORKFLOW.read_text()
    )
    script = "set -e\n" + textwrap.dedent(step)
    origin, work = tmp_path / "origin", tmp_path / "work"

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=work, capture_output=True, text=True, check=True, env=ENV
        )
        return done.stdout

    work.mkdir()
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(origin)], check=True, env=ENV)
    git("init", "-q", "-b", "main")
    (work / "content/episodes").mkdir(parents=True)
    (work / "content/episodes/a.md").write_text("---\ntitle: A\n---\n")
    git("add", "-A")
    git("-c", "user.name=A", "-c", "user.email=a@a.example", "commit", "-q", "-m", "Start")
    git("remote", "add", "origin", str(origin))
    git("push", "-q", "-u", "origin", "main")
    (work / "content/feed.lock.yaml").write_text("items: []\n")
    (work / "content/episodes/a.md").write_text("---\ntitle: A\nguid: a\n---\n")
    (work / "build").mkdir()

    for _ in range(2):
        subprocess.run(["bash", "-c", script], cwd=work, check=True, env=ENV, capture_output=True)

    log = git("log", "--format=%s", "--name-only", "origin/main").split()
    assert log[:6] == ["Record", "what", "the", "feed", "publishes", "content/episodes/a.md"]
    assert log.count("Record") == 1 and "content/feed.lock.yaml" in log
