"""Documentation says what the program does, and all of it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist import __version__, model
from backlist.cli import main
from tests.conftest import HERE, built
from tests.documented import PLACES, RECORDS, is_record, records_page
from tests.test_architecture import LEVEL, OWNERS

ROOT = HERE.parent


def test_the_table_of_keys_is_written_from_the_records() -> None:
    assert RECORDS.read_text("utf-8") == records_page()


def test_every_record_and_key_is_described() -> None:
    assert {record for record in vars(model).values() if is_record(record)} == set(PLACES)
    assert [
        f"{record.__name__}.{name}"
        for record in PLACES
        for name, field in record.model_fields.items()
        if not field.exclude and not field.description
    ] == []


def test_every_key_of_archive_json_is_documented(rich: Path) -> None:
    made, _ = built(rich)
    assert made is not None
    data = json.loads(made.outputs["archive.json"].read())
    documented = set(
        re.findall(r"`([a-z_.\[\]]+)`", (ROOT / "docs/archive-json.md").read_text("utf-8"))
    )

    def keys(value: object, path: str) -> set[str]:
        if isinstance(value, list):
            return {key for item in value for key in keys(item, f"{path}[]")}
        if isinstance(value, dict) and not path.endswith(".ids"):
            return {
                key
                for name, item in value.items()
                for key in {f"{path}.{name}".lstrip("."), *keys(item, f"{path}.{name}".lstrip("."))}
            }
        return set()

    assert keys(data, "") - documented == set()


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme_and_helps(command: str) -> None:
    assert f"`backlist {command}" in (ROOT / "README.md").read_text("utf-8")
    assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0


def test_the_architecture_shows_the_rooms_in_their_layers_and_what_they_own() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("| room |")[2].partition("## ")[0]
    rows = re.findall(r"^\| (`.*?) \| .* \| (.*?) ?\|$", table, re.M)
    shown = [
        (re.findall("`([^`]+)`", rooms), set(re.findall(r"\w+", owned))) for rooms, owned in rows
    ]
    order = [LEVEL[room] for rooms, _ in shown for room in rooms]
    owning: dict[str, set[str]] = {}
    for package, owners in OWNERS.items():
        for room in owners:
            owning.setdefault(room, set()).add(package.removesuffix("_core"))

    assert sorted(room for rooms, _ in shown for room in rooms) == sorted(
        LEVEL.keys() - {"feed", "__main__"}
    )
    assert order == sorted(order)
    assert [owned for _, owned in shown] == [
        set[str]().union(*(owning.get(room, set()) for room in rooms)) for rooms, _ in shown
    ]


def test_links_in_the_documentation_lead_to_files() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
