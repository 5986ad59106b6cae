"""Outputs to disk: what differs is written, what backlist once wrote and no longer makes goes.

A manifest in the output folder lists what backlist wrote there, so nothing of anybody else's
is ever removed. Every file is replaced whole.
"""

import filecmp
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backlist import content, files
from backlist.output import Output, Outputs
from backlist.problems import BacklistError, Where

MANIFEST = ".backlist-manifest.json"


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a build wrote, left as they were, and removed.

    `locked` counts the items that are new in the feed lock.
    """

    written: int
    kept: int
    removed: int
    locked: int = 0


def claim(outputs: Outputs, out: Path) -> None:
    """Name old and new files together in the manifest, and clear what a crash left half written.

    After a crash the next build then still knows what is its own. Raises `BacklistError` when the
    folder cannot be written, before anything in it has changed.
    """
    with _telling(out):
        files.sweep(out)
        _list(out, _listed(out) | outputs.keys())


def write(outputs: Outputs, out: Path) -> Written:
    """Bring folder `out` to hold `outputs`. Raises `BacklistError` when it cannot be written."""
    claim(outputs, out)
    with _telling(out):
        return _write(outputs, out)


@contextmanager
def _telling(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BacklistError(
            Where(str(out)),
            f"cannot be written: {error.strerror or error}",
            "make room, or mend the folder's permissions; what was written so far is whole",
        ) from error


def guard(out: Path, root: Path) -> None:
    """Refuse an output folder that holds the site's own files.

    Raises `BacklistError` naming it.
    """
    inside = root.resolve()
    place = out.resolve()
    inputs = [inside / name for name in ("content", "templates", "static", "src", "tests", ".git")]
    if (
        place == inside
        or place in inside.parents
        or any(place == folder or folder in place.parents for folder in inputs)
    ):
        raise BacklistError(
            Where(str(out)),
            "holds the site's own files",
            "name a folder of its own with `--out`, such as `build`",
        )
    if (place / content.SITE).exists():
        raise BacklistError(
            Where(str(out)), "is a site itself: it holds `site.yaml`", "name another folder"
        )


def _write(outputs: Outputs, out: Path) -> Written:
    old = _listed(out)
    changed = [output for output in outputs.values() if _differs(output, out / output.path)]
    for output in changed:
        files.replace(out / output.path, output.read())
    stale = sorted(old - outputs.keys())
    for path in stale:
        _remove(out, path)
    _list(out, outputs.keys())
    return Written(len(changed), len(outputs) - len(changed), len(stale))


def _differs(output: Output, path: Path) -> bool:
    if not path.is_file():
        return True
    if isinstance(output.content, Path):
        return not filecmp.cmp(output.content, path, shallow=False)
    return path.stat().st_size != len(output.content) or path.read_bytes() != output.content


def _remove(out: Path, path: str) -> None:
    target = out / path
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == out or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def _listed(out: Path) -> set[str]:
    """What an earlier build wrote here; paths that would lead outside are not believed."""
    try:
        paths = json.loads((out / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {p for p in paths if isinstance(p, str) and ".." not in p and not p.startswith("/")}


def _list(out: Path, paths: Iterable[str]) -> None:
    text = json.dumps({"files": sorted(paths)}, indent=0) + "\n"
    files.replace(out / MANIFEST, text.encode())
