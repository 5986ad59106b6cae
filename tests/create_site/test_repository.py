"""The files of a new repository: valid for the host that reads them, and pinned."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from backlist.create_site import repository

PLACES = {"PYTHON": "3.12", "SHOW": "The Small Hours"}
SCHEMAS = {".github/workflows/": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci"}
HOSTS = pytest.mark.parametrize("host", repository.HOSTS)


def schema_of(name: str) -> str:
    """The schema that a file has to fit, if there is one."""
    return next((schema for start, schema in SCHEMAS.items() if name.startswith(start)), "")


@HOSTS
def test_what_a_host_reads_fits_its_schema(host: str, tmp_path: Path) -> None:
    checked = 0
    for name, text in repository.texts(host, PLACES).items():
        if schema := schema_of(name):
            (tmp_path / "one.yml").write_text(text, "utf-8")
            command = ["-m", "check_jsonschema", "--builtin-schema", schema, "one.yml"]
            done = subprocess.run(
                [sys.executable, *command],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            checked += 1

    assert checked >= 1


def test_every_action_is_pinned_to_a_commit_and_says_its_version() -> None:
    texts = repository.texts("github", PLACES)
    used = [
        line.strip()
        for name, text in texts.items()
        if name.startswith(".github/")
        for line in text.splitlines()
        if "uses:" in line
    ]

    assert used
    assert [
        one for one in used if not re.search(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+", one)
    ] == []


@HOSTS
def test_a_host_gets_the_files_of_every_repository_and_its_own(host: str) -> None:
    texts = repository.texts(host, PLACES)

    assert texts[".python-version"] == "3.12\n"
    assert "/build/" in texts[".gitignore"]
    assert sum(1 for name in texts if schema_of(name)) >= 1
