"""Documentation says what the program does, and all of it."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist import __version__, files, model
from backlist.cli import main
from backlist.model import reference
from backlist.model.reference import PLACES, records_page
from tests.conftest import HERE, built
from tests.test_architecture import LEVEL, OWNERS

ROOT = HERE.parent
RECORDS = ROOT / "docs/records.md"


def test_the_table_of_keys_is_written_from_the_records() -> None:
    assert RECORDS.read_text("utf-8") == records_page()


def test_every_record_and_key_is_described() -> None:
    records = {
        value
        for value in vars(model).values()
        if isinstance(value, type) and issubclass(value, model.Record)
    }
    assert records - {model.Record} == set(PLACES)
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
        LEVEL.keys() - {"cache", "commands", "feed", "__main__"}
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


def _said(path: Path) -> Iterator[str]:
    """The texts of a module that may reach a person: all but docstrings, which commands show."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and isinstance(node.body[0], ast.Expr)
        and not any("command" in ast.unparse(one) for one in getattr(node, "decorator_list", ()))
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node.value


def test_whatever_a_message_points_to_is_installed() -> None:
    guides = files.shipped_guides()
    known = {*guides, *reference.FILES, *(key.name for key in reference.all_keys())}
    page = re.compile(rf"(?<!/)\bdocs/|\b(?:{'|'.join(guides)})\.md\b")
    wrong, named = [], 0
    for path in sorted((ROOT / "src/backlist").rglob("*.py")):
        for text in _said(path):
            asked = re.findall(r"`backlist docs ([a-z][\w.-]*)`", text)
            named += len(asked)
            lost = [name for name in asked if name not in known and f"episode.{name}" not in known]
            lost += set(re.findall(r"`backlist ([a-z-]+)\b", text)) - set(main.commands)
            lost += page.findall(text)
            if lost and text != reference.INTRODUCTION:
                wrong.append((path.name, text, lost))

    assert wrong == []
    assert named > 10


def test_the_wheel_takes_every_guide_along() -> None:
    target = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]
    wheel = target["build"]["targets"]["wheel"]
    assert wheel["sources"]["docs"] == "backlist/_docs" and "docs" in wheel["only-include"]
    assert {path.stem for path in (ROOT / "docs").glob("*.md")} == files.shipped_guides().keys()


def test_docs_lists_and_explains() -> None:
    def say(*names: str) -> str:
        done = CliRunner().invoke(main, ["docs", *names])
        assert done.exit_code == 0, done.output
        return done.output

    assert "  writing " in say() and "show, site, episode" in say()
    assert say("writing").startswith("# Writing records by hand")
    assert say("docs/writing.md") == say("writing")
    covers = say("site.covers")
    assert covers.startswith("site.covers\n") and "`cards`, `books`" in covers
    assert "episode.sources.url\n" in say("sources[2].url")
    assert "  slug " in say("episode")
    told = [reference.describe(key) for key in reference.all_keys()]
    assert len(told) > 300 and all(text.count("\n") >= 3 for text in told)


def test_docs_of_what_there_is_not_names_the_nearest() -> None:
    done = CliRunner().invoke(main, ["docs", "site.coverz"])

    assert (done.exit_code, done.stderr.count("did you mean `site.covers`?")) == (1, 1)
