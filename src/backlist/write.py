"""Outputs to disk: what differs is made and written, what backlist once wrote goes.

`prepare` makes content beside its place and changes nothing that is published, so that a site can
be checked whole before `publish` puts it there. A manifest in the output folder lists what backlist
wrote, so nothing of anybody else's is ever removed. Every file is replaced whole.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

from filelock import FileLock

from backlist import content, cores, files
from backlist.cache import NO_CACHE
from backlist.output import Made, Output, Outputs
from backlist.problems import BacklistError, Problem, Problems, Where

MANIFEST = ".backlist-manifest.json"
STAGE = ".backlist-new"
"""Where in the output folder content waits until the site is known to be good."""

F = TypeVar("F")

State = dict[str, tuple[bytes, int, int]]
"""Output path → the key of what was written there, and the file's size and time since."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a build wrote, left as they were, and removed.

    `locked` counts the items that are new in the feed lock; `assigned` are guids written into
    files, by file; `left_out` says which episodes are not in the feed; `due` is when an episode of
    the future comes out.
    """

    written: int
    kept: int
    removed: int
    locked: int = 0
    assigned: Mapping[str, str] = field(default_factory=dict)
    left_out: str = ""
    due: datetime | None = None


class Keeper(Protocol):
    """What remembers facts of outputs, and the state of an output folder, between runs."""

    def known(self, kind: str, key: bytes) -> object:
        """What was kept under a key; None where nothing was."""

    def keep(self, kind: str, key: bytes, value: object) -> None:
        """Keep a value, which is not None, under a key."""


@dataclass(frozen=True)
class Prepared(Generic[F]):
    """What is known of the outputs once they could be made, and what waits to be published.

    `facts` are those of each page; `staged` the paths whose content waits, each with its number in
    the stage; `state` is that of what need not be looked at again.
    """

    facts: Mapping[str, F] = field(default_factory=dict)
    staged: Mapping[str, int] = field(default_factory=dict)
    state: State = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An output to be made: its number, and whether its facts and its bytes are missing."""

    number: int
    output: Output
    facts: bool
    content: bool


def prepare(
    outputs: Outputs,
    out: Path | None,
    read: Callable[[Output, bytes], F],
    keeper: Keeper,
    problems: Problems,
) -> Prepared[F]:
    """Make what is not known yet, on all cores; `read` gives the facts of a page.

    With an output folder, content that is not there yet waits in its stage. Raises
    `BacklistError` when that cannot be written; what is wrong with a template goes to `problems`.
    """
    with _telling(out):
        there = {} if out is None else _there(outputs, out, keeper)
        facts = _known_facts(outputs, keeper)
        wanted = [
            _Wanted(number, output, facts=no_facts, content=no_content)
            for number, output in enumerate(outputs.values())
            for no_facts in [output.is_page and output.path not in facts]
            for no_content in [out is not None and output.path not in there]
            if no_facts or no_content
        ]
        if out is not None and any(one.content for one in wanted):
            (out / STAGE).mkdir(parents=True, exist_ok=True)
        _bundle(wanted, problems)
        made = cores.spread(lambda one: _make(one, out, read), wanted)
    staged = {}
    for one, answer in zip(wanted, made, strict=True):
        if isinstance(answer, Problem):
            problems.extend([answer])
            continue
        found, differs = answer
        if found is not None:
            facts[one.output.path] = found
            keeper.keep("facts", _fact_key(one.output), found)
        if differs:
            staged[one.output.path] = one.number
    return Prepared(facts, staged, there)


def _bundle(wanted: Iterable[_Wanted], problems: Problems) -> None:
    """Make what is only made all together, once and here, before the cores share the rest."""
    contents = (one.output.content for one in wanted)
    made = (content.together for content in contents if isinstance(content, Made))
    for bundle in dict.fromkeys(filter(None, made)):
        try:
            _ = bundle.files
        except BacklistError as error:
            problems.extend([error.problem])


def _there(outputs: Outputs, out: Path, keeper: Keeper) -> State:
    """The outputs that lie in the folder already, untouched since they were written there."""
    discard(out)
    known = keeper.known(f"state {_name(out)}", b"")
    state: State = known if isinstance(known, dict) else {}
    return {
        path: state[path]
        for path, output in outputs.items()
        if path in state
        and state[path][0] == output.key
        and _seen(out / path) == tuple(state[path][1:])
    }


def _known_facts(outputs: Outputs, keeper: Keeper) -> dict[str, Any]:
    pages = (output for output in outputs.values() if output.is_page)
    known = ((page.path, keeper.known("facts", _fact_key(page))) for page in pages)
    return {path: facts for path, facts in known if facts is not None}


def _fact_key(output: Output) -> bytes:
    """Facts are those of a page at its place: what it links to is told from there."""
    return output.path.encode("utf-8", "surrogateescape") + output.key


def _make(
    one: _Wanted, out: Path | None, read: Callable[[Output, bytes], F]
) -> tuple[F | None, bool] | Problem:
    """The facts of an output, and whether its bytes differ from what is published."""
    output = one.output
    try:
        if isinstance(output.content, Path):
            assert out is not None, "a file to copy has no facts"
            with output.reading():
                source = output.content.open("rb")
            with source:
                return None, _stage_copy(source, out, output.path, one.number)
        data = output.read()
    except BacklistError as error:
        return error.problem
    found = read(output, data) if one.facts else None
    return found, one.content and out is not None and _stage(data, out, output.path, one.number)


def _stage(data: bytes, out: Path, path: str, number: int) -> bool:
    """Put bytes into the stage, unless they are what is published; whether they were put there."""
    target = out / path
    with suppress(OSError):
        if target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
    (out / STAGE / str(number)).write_bytes(data)
    return True


def _stage_copy(source: BinaryIO, out: Path, path: str, number: int) -> bool:
    """Put a copy into the stage, unless it is what is published; whether it was put there."""
    size = os.fstat(source.fileno()).st_size
    with suppress(OSError), (out / path).open("rb") as there:
        if os.fstat(there.fileno()).st_size == size and _are_equal(source, there):
            return False
    source.seek(0)
    with (out / STAGE / str(number)).open("wb") as copy:
        shutil.copyfileobj(source, copy, _CHUNK)
    return True


_CHUNK = 1 << 20


def _are_equal(one: BinaryIO, other: BinaryIO) -> bool:
    while data := one.read(_CHUNK):
        if other.read(_CHUNK) != data:
            return False
    return not other.read(1)


def _name(out: Path) -> str:
    return str(out.resolve())


def _seen(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 (a third faster than `Path`, ten thousand times)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def claim(outputs: Outputs, out: Path) -> None:
    """Name old and new files together in the manifest.

    After a crash the next build then still knows what is its own. Raises `BacklistError` when the
    folder cannot be written, before anything in it has changed.
    """
    with _telling(out):
        files.sweep(out)
        listed = _listed(out)
        if not outputs.keys() <= listed:
            _list(out, listed | outputs.keys())


def publish(outputs: Outputs, prepared: Prepared[F], out: Path, keeper: Keeper) -> Written:
    """Bring folder `out`, which was claimed, to hold `outputs`, as they were prepared.

    Raises `BacklistError` when it cannot be written.
    """
    with _telling(out):
        listed = _listed(out)
        stale = sorted(listed - outputs.keys())
        blocking = _blocking(stale, prepared.staged)
        for path in blocking:
            _remove(out, path)
        for path, number in prepared.staged.items():
            _put(out / STAGE / str(number), out / path)
        for path in stale:
            if path not in blocking:
                _remove(out, path)
        if listed != outputs.keys():
            _list(out, outputs.keys())
        discard(out)
        changed = dict(_present(outputs, prepared.state, out))
        keeper.keep(f"state {_name(out)}", b"", {**prepared.state, **changed})
    return Written(len(prepared.staged), len(outputs) - len(prepared.staged), len(stale))


def _blocking(stale: Iterable[str], staged: Mapping[str, int]) -> set[str]:
    """Old files where a folder has to be, and in folders where a file has to be."""
    old = {path: _above(path) for path in stale}
    folders = {folder for path in staged for folder in _above(path)} if old else set()
    return {path for path, above in old.items() if path in folders or above & staged.keys()}


def _above(path: str) -> set[str]:
    """The folders that an output path lies in."""
    parts = path.split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts))}


def write(outputs: Outputs, out: Path) -> Written:
    """Bring folder `out` to hold `outputs`, unchecked and at once.

    Raises `BacklistError` when it cannot be written, or an output cannot be made.
    """
    problems = Problems()
    prepared = prepare(outputs, out, lambda output, data: None, NO_CACHE, problems)
    for problem in problems:
        raise BacklistError(problem.where, problem.message, problem.hint)
    claim(outputs, out)
    return publish(outputs, prepared, out, NO_CACHE)


def _put(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)


def _present(
    outputs: Outputs, known: State, out: Path
) -> Iterator[tuple[str, tuple[bytes, int, int]]]:
    for path, output in outputs.items():
        seen = None if path in known else _seen(out / path)
        if seen is not None:
            yield path, (output.key, *seen)


def discard(out: Path) -> None:
    """Drop what waits in the stage, and the output folder with it if there is nothing else."""
    with suppress(OSError):  # a folder that cannot be written has been told of
        shutil.rmtree(out / STAGE)
        out.rmdir()


@contextmanager
def exclusive(out: Path) -> Iterator[None]:
    """Build an output folder alone: a second build of it waits until the first is done.

    What says so lies in the system's folder for temporary files, so that no folder is made or
    littered; where it cannot be made, for instance because it is another person's, nobody waits.
    """
    name = hashlib.sha256(_name(out).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"backlist-{name}.lock")
    with suppress(OSError):
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _telling(out: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BacklistError(
            Where(str(out)),
            f"cannot be written: {error.strerror or error}",
            "free some space, or fix the folder's permissions; files written so far are complete",
        ) from error


def guard(out: Path, root: Path) -> None:
    """Refuse an output folder that contains the site's own files.

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
            "contains the site's own files",
            "choose a separate folder with `--out`, such as `build`",
        )
    if (place / content.SITE).exists():
        raise BacklistError(
            Where(str(out)), "is itself a site: it contains `site.yaml`", "name another folder"
        )


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
    return {p for p in paths if isinstance(p, str) and not _leads_out(p)}


def _leads_out(path: str) -> bool:
    return path.startswith("/") or ".." in path.split("/")


def _list(out: Path, paths: Iterable[str]) -> None:
    text = json.dumps({"files": sorted(paths)}, indent=0) + "\n"
    files.replace(out / MANIFEST, text.encode())
