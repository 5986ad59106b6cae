"""The shipped workflow: its shell step, run as a runner does, against stand-ins of everything."""

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml

from backlist.commands import create_site
from tests.commands.create_site import hosts
from tests.commands.follow.hub import REPOSITORY, TOKEN, Hub
from tests.commands.follow.world import FIRST, World

WORKFLOW = (
    Path(create_site.__file__).parent / "repository/github/.github/workflows/follow.yml"
).read_text("utf-8")
JOB: dict[str, Any] = yaml.safe_load(WORKFLOW)["jobs"]["follow"]


def step(name: str) -> dict[str, Any]:
    return next(each for each in JOB["steps"] if each.get("name", each.get("uses")) == name)


def run_as_runner(world: World, work: Path, path: Path, **inputs: str) -> dict[str, str]:
    """Run the step on a fresh shallow checkout; what it said, and what it told the runner."""
    hosts.clone(world.remote, work)
    github = world.github
    assert github is not None
    told = {name: work.parent / f"{work.name}-{name}" for name in ("OUTPUT", "STEP_SUMMARY")}
    said = {
        "github.token": TOKEN,
        "steps.pages.outputs.base_url": f"{world.address}/site",
        **{f"inputs.{name}": "" for name in ("allow_removed", "keep_guids", "refresh")},
        **{f"inputs.{name}": value for name, value in inputs.items()},
        **{f"secrets.{each}": "" for each in ("BACKLIST_FEED", "BACKLIST_LOGIN", "PODPING_TOKEN")},
    }
    env = {name: said[value.strip("${} ")] for name, value in step("Follow")["env"].items()}
    outer = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step("Follow")["run"]],
        cwd=work,
        env={
            **outer,
            **env,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
            "CI": "true",
            "SOURCE_DATE_EPOCH": str(int(FIRST.timestamp())),
            "GITHUB_API_URL": github.api,
            "GITHUB_SERVER_URL": github.server,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_WORKFLOW_REF": f"{REPOSITORY}/.github/workflows/follow.yml@refs/heads/main",
            **{f"GITHUB_{name}": str(file) for name, file in told.items()},
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {"said": done.stdout} | {name: file.read_text() for name, file in told.items()}


def test_its_step_proposes_builds_the_preview_and_accepts(
    world: World, hub: Hub, tmp_path: Path
) -> None:
    world.create()
    path = hosts.programs(tmp_path / "bin")

    told = run_as_runner(world, tmp_path / "first", path)

    assert told["OUTPUT"] == "preview=true\n"
    assert (tmp_path / "first/preview/episodes/part-3/index.html").is_file()
    assert "| `Part 3` |" in told["STEP_SUMMARY"]
    assert "**Preview:** the artefact `preview`" in hub.open_pulls[0]["body"]
    assert TOKEN not in told["said"] + told["STEP_SUMMARY"]
    world.merge()
    hub.close(hub.open_pulls[0], merged=True)
    world.host.items = world.host.items[:2]
    told = run_as_runner(world, tmp_path / "second", path, allow_removed="1")
    assert told["OUTPUT"] == "preview=true\n"
    assert hub.open_pulls[0]["title"] == "Follow the feed: 1 episode gone from the feed"


def test_its_program_is_allowed_what_it_does_and_the_artefact_is_its_preview() -> None:
    writes = {name for name, access in JOB["permissions"].items() if access == "write"}

    assert writes == {"contents", "pull-requests", "issues", "actions"}
    upload = next(each for each in JOB["steps"] if "upload-artifact" in each.get("uses", ""))
    assert upload["with"]["path"] == "preview"
    assert upload["if"] == "steps.follow.outputs.preview == 'true'"
