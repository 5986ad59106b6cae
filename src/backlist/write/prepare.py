"""What differs is made, and waits in the stage: nothing that is published changes."""

import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

from backlist.cache import cores
from backlist.files.output import Joined, Made, Output, Outputs
from backlist.problems import BacklistError, Problem, Problems
from backlist.write.place import Place, discard, telling

F = TypeVar("F")

State = dict[str, tuple[bytes, int, int]]
"""Output path → the key of what was written there, and the file's size and time since."""


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
    here: Place | None,
    read: Callable[[Output, bytes], F],
    keeper: Keeper,
    problems: Problems,
    share: Callable[[F], F] = lambda facts: facts,
) -> Prepared[F]:
    """Make what is not known yet, on all cores; `read` gives the facts of a page.

    `share` gives the same facts, in which what other pages have as well is held once for all.
    With an output folder, content that is not there yet waits in its stage. Raises
    `BacklistError` when that cannot be written; what is wrong with a template goes to `problems`.
    """
    with telling(here):
        there = {} if here is None else _there(outputs, here, keeper)
        known = _known_facts(keeper)
        facts = {path: one[1] for path, one in known.items() if _is_of(outputs.get(path), one[0])}
        wanted = [
            _Wanted(number, output, facts=no_facts, content=no_content)
            for number, output in enumerate(outputs.values())
            for no_facts in [output.is_page and output.path not in facts]
            for no_content in [here is not None and output.path not in there]
            if no_facts or no_content
        ]
        if here is not None and any(one.content for one in wanted):
            here.stage.mkdir(parents=True)
        _bundle(wanted, problems)
        staged = {}
        with cores.spread(lambda one: _make(one, here, read), wanted) as made:
            for one, answer in zip(wanted, made, strict=True):
                if isinstance(answer, Problem):
                    problems.extend([answer])
                    continue
                found, differs = answer
                if found is not None:
                    facts[one.output.path] = share(found)
                if differs:
                    staged[one.output.path] = one.number
    told = {path: (outputs[path].key, found) for path, found in facts.items()}
    if told.keys() != known.keys() or any(one.facts for one in wanted):
        keeper.keep(_FACTS, b"", told)
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


def _there(outputs: Outputs, here: Place, keeper: Keeper) -> State:
    """The outputs that lie in the folder already, untouched since they were written there."""
    discard(here)
    known = keeper.known(f"state {here.out}", b"")
    state: State = known if isinstance(known, dict) else {}
    return {
        path: state[path]
        for path, output in outputs.items()
        if path in state
        and state[path][0] == output.key
        and seen(f"{here.out}/{path}") == tuple(state[path][1:])
    }


_FACTS = "facts of pages"


def _known_facts(keeper: Keeper) -> dict[str, tuple[bytes, Any]]:
    """The facts of the pages of the last run with the key of each page, by path.

    They are one entry, because most of what pages link to is the same on many.
    """
    known = keeper.known(_FACTS, b"")
    return known if isinstance(known, dict) else {}


def _is_of(output: Output | None, key: bytes) -> bool:
    """Whether facts are those of a page as it is now: what it links to is told from its place."""
    return output is not None and output.is_page and output.key == key


def _make(
    one: _Wanted, here: Place | None, read: Callable[[Output, bytes], F]
) -> tuple[F | None, bool] | Problem:
    """The facts of an output, and whether its bytes differ from what is published."""
    output = one.output
    try:
        if isinstance(output.content, Path):
            assert here is not None, "a file to copy has no facts"
            with output.reading():
                source = output.content.open("rb")
            with source:
                return None, _stage_copy(source, here, output.path, one.number)
        if isinstance(output.content, Joined):
            assert here is not None, "what is no page has no facts"
            with output.making():
                return None, _stage_parts(output.content.parts(), here, output.path, one.number)
        data = output.read()
    except BacklistError as error:
        return error.problem
    found = read(output, data) if one.facts else None
    return found, one.content and here is not None and _stage(data, here, output.path, one.number)


def _stage(data: bytes, here: Place, path: str, number: int) -> bool:
    """Put bytes into the stage, unless they are what is published; whether they were put there."""
    target = here.out / path
    with suppress(OSError):
        told = seen(target)
        if told and told[0] == len(data) and target.read_bytes() == data:
            return False
    (here.stage / str(number)).write_bytes(data)
    return True


def _stage_parts(parts: Iterable[bytes], here: Place, path: str, number: int) -> bool:
    """Put parts into the stage one after another; whether they differ from what is published."""
    target, waiting = here.out / path, here.stage / str(number)
    with waiting.open("wb") as file:
        file.writelines(parts)
    with suppress(OSError):
        told = seen(target)
        if told and told[0] == waiting.stat().st_size:
            with waiting.open("rb") as made, target.open("rb") as there:
                differs = not _are_equal(made, there)
            if not differs:
                waiting.unlink()
                return False
    return True


def _stage_copy(source: BinaryIO, here: Place, path: str, number: int) -> bool:
    """Put a copy into the stage, unless it is what is published; whether it was put there."""
    target = here.out / path
    with suppress(OSError):
        told = seen(target)
        if told and told[0] == os.fstat(source.fileno()).st_size:
            with target.open("rb") as there:
                if _are_equal(source, there):
                    return False
    source.seek(0)
    with (here.stage / str(number)).open("wb") as copy:
        shutil.copyfileobj(source, copy, _CHUNK)
    return True


_CHUNK = 1 << 20


def _are_equal(one: BinaryIO, other: BinaryIO) -> bool:
    while data := one.read(_CHUNK):
        if other.read(_CHUNK) != data:
            return False
    return not other.read(1)


def seen(path: str | Path) -> tuple[int, int] | None:
    """Size and time of a regular file; None for everything else, links to files too."""
    try:
        status = os.lstat(path)  # a third faster than `Path`, ten thousand times
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
