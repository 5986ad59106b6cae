"""A site of four episodes, and what is done to it."""

from pathlib import Path
from typing import Any

from backlist.build import Options, build
from backlist.load import LOCK
from backlist.problems import Problems
from tests.conftest import NOW, episode

AUDIO = "https://audio.small.example/e"


def record(number: int, **fields: Any) -> str:
    told = {
        "guid": f"small-{number}",
        "date": f"2026-01-{number:02}",
        "audio": f"{{url: {AUDIO}/{number}.mp3, length: {number}}}",
        **fields,
    }
    return episode(f"Night {number}", f"night-{number}", **told)


def run(root: Path, **options: Any) -> tuple[bool, list[str]]:
    """Build; whether it was written, and what was told but for what records lack."""
    problems = Problems()
    written = build(root, root / "build", NOW, Options(**options), problems)
    return written is not None, [str(one) for one in problems if "lock" in str(one.where)]


def lock(root: Path) -> str:
    return (root / LOCK).read_text("utf-8")


def edit(root: Path, number: int, **fields: Any) -> None:
    (root / f"content/episodes/{number}.md").write_text(record(number, **fields))
