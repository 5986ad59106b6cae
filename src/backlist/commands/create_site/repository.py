"""The files with which a site's repository publishes itself, as pushed, at one host.

`repository/common/` holds what every repository gets, `repository/github/` and
`repository/gitlab/` what one host reads. A text has places such as `@PYTHON@`, which are filled
in; every other byte is written as it lies there.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import backlist
from backlist import files
from backlist.commands.create_site.program import NAME, WHEEL, Program
from backlist.problems import Problems

HOSTS = {"github": "GitHub", "gitlab": "GitLab"}
"""Hosts that a repository can be written for, by the name of their folder."""
VENDOR = "vendor"
"""Where a repository keeps the wheel of a program that is not a release."""

_FOLDER = Path(__file__).parent / "repository"
_PLACE = re.compile(r"@([A-Z]+)@")
_OWN = ("README.md", ".gitignore", ".gitattributes")
"""What a show's people write themselves once it is there: it is never replaced."""


@dataclass(frozen=True, slots=True)
class Written:
    """The files written, those that were there and were left, and older wheels removed."""

    wrote: Sequence[str]
    kept: Sequence[str]
    removed: Sequence[str] = ()


def write(
    root: Path,
    host: str,
    show: str,
    program: Program,
    problems: Problems,
    *,
    renew: bool = False,
) -> Written:
    """Write the files for `host`, a key of `HOSTS`, into a repository.

    Files that are there are left as they are; `renew` replaces those that nobody writes by hand,
    and removes wheels of other versions. Nothing is written where a symlink would lead out of the
    site: that is reported. Raises `OSError` where the disk does not let it.
    """
    made: dict[str, bytes] = {
        name: text.encode() for name, text in texts(host, places(host, show, program)).items()
    }
    if program.wheel:
        made[f"{VENDOR}/{WHEEL}"] = program.wheel
    there = {name for name in made if files.exists(root, name, problems)}
    if problems.stop():
        return Written((), ())
    same = {name for name in there if _is(root / name, made[name])}
    kept = {name for name in there - same if name in _OWN or not renew}
    wrote = [name for name in made if name not in kept | same]
    for name in wrote:
        files.replace(root / name, made[name])
    removed = _remove_others(root, program) if renew else []
    return Written(wrote, sorted(kept), removed)


def extras_of(root: Path) -> str:
    """The extras that a site needs, in brackets: those for charts, if it has specifications."""
    found = any((root / "content/visualizations").rglob("*.vl.json"))
    return "[charts]" if found else ""


def _remove_others(root: Path, program: Program) -> list[str]:
    """Remove the program's wheels that are not the one it is installed from; gives their names."""
    others = [
        f"{VENDOR}/{path.name}"
        for path in sorted((root / VENDOR).glob(f"{NAME}-*.whl"))
        if path.name not in program.requirement
    ]
    for name in others:
        (root / name).unlink()
    return others


def _is(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def places(host: str, show: str, program: Program) -> dict[str, str]:
    """What stands at the places of the texts, by their names."""
    versions = program.versions or {}
    return {
        "BACKLIST": program.requirement,
        "CONSTRAINTS": "\n".join(f"{name}=={version}" for name, version in versions.items()),
        "HOST": host,
        "PYTHON": f"{sys.version_info.major}.{sys.version_info.minor}",
        "SHOW": " ".join(show.split()),
        "STEPS": (_FOLDER / f"{host}.steps.md").read_text("utf-8").rstrip("\n"),
        "VERSION": backlist.__version__,
    }


def texts(host: str, said: Mapping[str, str]) -> dict[str, str]:
    """Name in the repository → text, of all files for a host, in order.

    `said` gives the text for each `@NAME@`; `KeyError` for a place that is not among them.
    """
    found = {
        path.relative_to(_FOLDER / folder).as_posix(): path
        for folder in ("common", host)
        for path in sorted((_FOLDER / folder).rglob("*"))
        if path.is_file()
    }
    return {
        name: _PLACE.sub(lambda place: said[place[1]], path.read_text("utf-8"))
        for name, path in found.items()
    }


def common(name: str) -> str:
    """The text of one file that every repository gets, which has no places."""
    return (_FOLDER / "common" / name).read_text("utf-8")
