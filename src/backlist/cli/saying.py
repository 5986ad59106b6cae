"""What a person reads: problems, their count, and how far long work has come."""

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from backlist.problems import Level, Problem, Problems, Where, tally

_SHOWN = 3
_LONGEST = 200
_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}


class Counter:
    """One line on a terminal that counts as long work goes on; nothing elsewhere."""

    last = 0.0

    def wanted(self) -> bool:
        """Whether somebody watches."""
        return sys.stderr.isatty()

    def __enter__(self) -> "Counter":
        return self

    def tell(self, what: str, done: int, of: int) -> None:
        """Show how far it is, at most ten times a second."""
        now = time.monotonic()
        if self.wanted() and now - self.last >= 0.1:
            self.last = now
            click.echo(f"\r\x1b[K{what} {done} of {of}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.last:
            click.echo("\r\x1b[K", nl=False, err=True)


def finish(
    problems: Problems,
    left: str,
    *,
    strict: bool = False,
    quiet: bool = False,
    shown: Problems | None = None,
) -> None:
    """Show the problems, or `shown` for them, and end with their exit code.

    `quiet` only counts what has the level info; under `strict` a warning is an error, and is
    called one.
    """
    if strict:
        problems, shown = _as_errors(problems), None if shown is None else _as_errors(shown)
    stop = problems.stop()
    show(problems if shown is None else shown, least=Level.WARNING if quiet else Level.INFO)
    total = tally(problems)
    if total:
        hint = "; `backlist check` shows every info" if quiet and problems.count(Level.INFO) else ""
        click.echo(f"{total}{'; ' + left if stop and left else hint}", err=True)
    if stop:
        sys.exit(1)


TRACEBACK = "BACKLIST_TRACEBACK"
"""The environment variable that shows where in the program an unexpected error was raised."""


def explain(error: Exception) -> Problem:
    """An error that nobody expected, at the file that was worked on as far as it is known."""
    notes = getattr(error, "__notes__", ())
    if isinstance(error, OSError) and error.strerror:
        where = str(error.filename or (notes[0] if notes else "backlist"))
        hint = "check that it is there, its permissions, and the space on the disk"
        return Problem(Where(where), Level.ERROR, f"cannot be used: {error.strerror}", hint)
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return Problem(
        Where(notes[0] if notes else "backlist"),
        Level.ERROR,
        f"an error nobody expected: {said[:_LONGEST]}",
        "this is a fault of backlist: please report it to its authors, with that file if you can;\n"
        f"`{TRACEBACK}=1` before the command shows the whole error",
    )


def _as_errors(problems: Problems) -> Problems:
    """The problems, every warning an error."""
    return Problems(replace(one, level=_RAISED.get(one.level, one.level)) for one in problems)


_RAISED = {Level.WARNING: Level.ERROR}


def show(problems: Problems, least: Level = Level.INFO) -> None:
    """Show every problem of at least a level, on standard error."""
    for problem in problems:
        if problem.level < least:
            continue
        level = click.style(f"{problem.level}:", fg=_COLOURS[problem.level], bold=True)
        click.echo(str(problem).replace(f"{problem.level}:", level, 1), err=True)


def guid_lines(assigned: Mapping[str, str]) -> list[str]:
    """What a build wrote into records, the first three."""
    lines = [f"{file}: guid {guid}" for file, guid in assigned.items()]
    more = len(lines) - _SHOWN
    return lines[:_SHOWN] + ([f"and {more} more guids"] if more > 0 else [])


def answer_of(files: int, left_out: str, problems: Problems) -> dict[str, object]:
    """What a good build said, to be said again as long as nothing changes."""
    reported = [
        [problem.where.file, problem.where.line, int(problem.level), problem.message, problem.hint]
        for problem in problems
    ]
    return {"files": files, "left_out": left_out, "problems": reported}


def repeat(out: Path, answer: Mapping[str, Any]) -> None:
    """Say what the last good build said."""
    click.echo(f"{out}: nothing has changed, {answer['files']} files")
    if answer["left_out"]:
        click.echo(answer["left_out"])
    reported = answer["problems"]
    found = (Problem(Where(at, line), Level(how), *rest) for at, line, how, *rest in reported)
    finish(Problems(found), "", quiet=True)
