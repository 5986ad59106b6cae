"""The shipped Pages workflow is a valid one."""

import subprocess
import sys

from tests.conftest import HERE

WORKFLOW = HERE.parent / ".github/workflows/pages.yml"


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
