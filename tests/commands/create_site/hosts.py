"""Stand-ins for the hosts: what their runners do with the files of a repository."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@a.example",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@a.example",
}
"""A person's settings, and nothing of this computer's."""


def git(folder: Path, *words: str) -> str:
    """What git says, for somebody whose settings are `GIT`."""
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **GIT},
    )
    return done.stdout


def push_new(folder: Path, origin: Path) -> None:
    """Make a repository of a folder, and push it to a new empty one at `origin`."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", origin], check=True)
    git(origin, "config", "receive.advertisePushOptions", "true")  # as GitLab does
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Start the archive")
    git(folder, "push", "-q", str(origin), "main")


def clone(origin: Path, folder: Path) -> None:
    """A fresh checkout, as a runner makes it."""
    git(origin.parent, "clone", "-q", "--depth", "1", f"file://{origin}", str(folder))


def programs(folder: Path) -> Path:
    """A folder of programs for PATH: `backlist` as it is here, and a pip that installs nothing."""
    folder.mkdir()
    for name, script in {
        "backlist": f'exec {sys.executable} -m backlist "$@"',
        "python": f'[ "$2" = pip ] && test -f requirements.txt && exit\nexec {sys.executable} "$@"',
    }.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return folder


def shell_steps(host: str, folder: Path, address: str) -> list[tuple[str, dict[str, str]]]:
    """The scripts of what publishes at a host, each with its variables filled in."""
    if host == "gitlab":
        job = _read(folder / ".gitlab-ci.yml")["pages"]
        return [(script, {"BASE_URL": address}) for script in job["script"]]
    jobs = _read(folder / ".github/workflows/publish.yml")["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"] if "run" in step]
    said = {"steps.pages.outputs.base_url": address}
    return [(step["run"], _filled(step.get("env", {}), said)) for step in steps]


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _filled(env: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Variables with every `${{ … }}` replaced by what the host would say there."""
    return {
        name: re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: said[found[1]], text)
        for name, text in env.items()
    }


def publish(
    host: str, folder: Path, address: str, path: Path, origin: Path
) -> subprocess.CompletedProcess[str]:
    """Run every shell step as the host's runner does: each in bash, which stops at an error."""
    outer = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
        "CI": "true",
        "CI_REPOSITORY_URL": str(origin),
        "CI_COMMIT_BRANCH": "main",
        "CI_SERVER_HOST": "gitlab.example",
    }
    for script, env in shell_steps(host, folder, address):
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            env={**outer, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            break
    return done
