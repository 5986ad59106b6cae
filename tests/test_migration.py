"""docs/migrating.md, done: its commands are run, its edits made, its answers looked for.

A ``console`` block holds commands after `$ ` and lines of their answers, in order; `…` in a line
stands for anything. A ``diff`` block is an edit of the file its first line names.
"""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from backlist.cli import main
from tests.conftest import HERE

PAGE = HERE.parent / "docs/migrating.md"
DATA = HERE / "importers/data"
SERVED = {"feed.xml": "tide-desk.xml", "later.xml": "tide-desk-later.xml"}
"""What the old host serves under the name a download gets."""


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each fenced block: its language and its lines."""
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield match[1], match[2].splitlines()


def commands(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block and the lines of its answer."""
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    assert starts[0] == 0
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start].removeprefix("$ "), lines[start + 1 : end]


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """What a command of the page ends with and says; downloads come from the tests' data."""
    match shlex.split(command):
        case ["backlist", *words]:
            result = CliRunner().invoke(main, words)
            ended = result.exception is None or isinstance(result.exception, SystemExit)
            assert ended, result.output
            return result.exit_code, result.output
        case ["curl", "-L", "-o", name, _]:
            shutil.copy(DATA / SERVED[name], name)
        case ["cd", folder]:
            monkeypatch.chdir(folder)
        case ["grep", word, file]:
            lines = Path(file).read_text("utf-8").splitlines()
            return 0, "\n".join(line for line in lines if word in line)
        case other:
            pytest.fail(f"the page uses a program the test does not know: {other}")
    return 0, ""


def edit(lines: list[str]) -> None:
    """Make the change of a diff block; what it changes must stand there exactly once."""
    file = Path(lines[0].removeprefix("--- "))
    old = "".join(f"{line[1:]}\n" for line in lines[1:] if line[0] in " -")
    new = "".join(f"{line[1:]}\n" for line in lines[1:] if line[0] in " +")
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file} does not hold {old!r} once"
    file.write_text(text.replace(old, new), "utf-8")


def unsaid(answer: list[str], real: str) -> list[str]:
    """The lines of the page that the real answer does not hold, or not in this order."""
    rest = iter(real.splitlines())
    missing = []
    for line in answer:
        shape = re.compile(".*".join(re.escape(part) for part in line.split("…")))
        if not any(shape.fullmatch(each) for each in rest):
            missing.append(line)
    return missing


def test_the_walkthrough_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    monkeypatch.delenv("CI", raising=False)
    ran = []
    for language, lines in blocks(PAGE.read_text("utf-8")):
        if language == "diff":
            edit(lines)
            continue
        for command, answer in commands(lines):
            code, real = run(command, monkeypatch)
            ran.append(command)
            assert unsaid(answer, real) == [], f"$ {command}\n{real}"
            refused = any(": error: " in line for line in answer)
            assert code == (1 if refused else 0), f"$ {command}\n{real}"

    assert {" ".join(each.split()[:2]) for each in ran if each.startswith("backlist")} == {
        f"backlist {name}" for name in ("init", "import", "check", "build", "accept-changes")
    }
    published = Path("build/feed.xml").read_text("utf-8")
    live = (DATA / SERVED["later.xml"]).read_text("utf-8")
    for fact in (r"<guid[^>]*>[^<]*<", r"<enclosure url=\"[^\"]*\"", r"<pubDate>[^<]*<"):
        assert sorted(re.findall(fact, published)) == sorted(re.findall(fact, live))
