"""Problems: what is wrong, where, and what to do about it.

A stage never stops at the first problem: it adds a `Problem` to the `Problems` handed down
the chain and goes on with what is left. `BacklistError` is for "cannot go on" and is raised
only where files, addresses or the command line are touched; it is shown the same way.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum

_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]")
"""What a file name or a server could tell a terminal to do, and what no encoding knows."""


_ENDLESS = re.compile(r"([^\n]{1000})[^\n]+")
"""What a message quotes of a file can be of any length."""


def printable(text: str) -> str:
    """Text of anybody as a terminal can be given it: what would steer it is spelt out."""
    return _UNPRINTABLE.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


class Level(IntEnum):
    """How much a problem matters: an info needs no action, a warning a fix, an error stops."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file: path as the person knows it, line counted from 1 (0: the file itself)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        file = self.file.replace("\n", "\\n")
        return f"{file}:{self.line}" if self.line else file


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its place, its level, what is wrong, and what to do about it.

    `kind` is what a program goes by, empty for most; `accept` the option of the command, or the
    address, that a person accepts it by, where there is one.
    """

    where: Where
    level: Level
    message: str
    hint: str = ""
    kind: str = ""
    accept: str = ""

    def __str__(self) -> str:
        message = self.message.replace("\n", "\\n")
        head = f"{self.where}: {self.level}: {message}"
        told = "\n".join([head, *(f"  {line}" for line in self.hint.splitlines())])
        return printable(_ENDLESS.sub(r"\1 …", told))


class BacklistError(Exception):
    """The run cannot go on; `problem` says why, in the form of every other problem."""

    def __init__(self, where: Where, message: str, hint: str = "") -> None:
        self.problem = Problem(where, Level.ERROR, message, hint)
        super().__init__(str(self.problem))

    def __reduce__(self) -> tuple[type["BacklistError"], tuple[Where, str, str]]:
        """What another process raised is raised in this one, whole."""
        return BacklistError, (self.problem.where, self.problem.message, self.problem.hint)


class Problems:
    """All problems of one run, each reported once."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found = dict.fromkeys(found)

    @property
    def found(self) -> list[Problem]:
        """Every problem, in the order it was found in."""
        return [*self._found]

    def error(
        self, where: Where, message: str, hint: str = "", *, kind: str = "", accept: str = ""
    ) -> None:
        """Add a problem that must stop the run before it writes."""
        self._add(Problem(where, Level.ERROR, message, hint, kind, accept))

    def warning(
        self, where: Where, message: str, hint: str = "", *, kind: str = "", accept: str = ""
    ) -> None:
        """Add a problem that a reader or subscriber will notice."""
        self._add(Problem(where, Level.WARNING, message, hint, kind, accept))

    def info(
        self, where: Where, message: str, hint: str = "", *, kind: str = "", accept: str = ""
    ) -> None:
        """Add a fact worth knowing that needs no action."""
        self._add(Problem(where, Level.INFO, message, hint, kind, accept))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems found elsewhere."""
        for problem in problems:
            self._add(problem)

    def withdraw(self, where: Where, message: str) -> None:
        """Remove a problem that another check reports better."""
        self._found = {p: None for p in self._found if (p.where, p.message) != (where, message)}

    def as_data(self) -> list[dict[str, object]]:
        """Every problem as texts and numbers, for a machine."""
        return [
            {
                "file": problem.where.file,
                "line": problem.where.line,
                "level": str(problem.level),
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in self
        ]

    def _add(self, problem: Problem) -> None:
        self._found.setdefault(problem)

    def __iter__(self) -> Iterator[Problem]:
        """Problems in the order a person works through them: by file, then by line."""
        return iter(sorted(self._found, key=lambda p: (p.where, -p.level)))

    def count(self, level: Level) -> int:
        """How many problems have exactly this level."""
        return sum(problem.level is level for problem in self._found)

    def stop(self, *, strict: bool = False) -> bool:
        """Whether the run must not write: an error, or under `strict` a warning."""
        worst = max((problem.level for problem in self._found), default=Level.INFO)
        return worst >= (Level.WARNING if strict else Level.ERROR)


@contextmanager
def working_on(where: Where) -> Iterator[None]:
    """Note on an error that nobody expected what was worked on (PEP 678)."""
    try:
        yield
    except BacklistError:
        raise
    except Exception as error:
        error.add_note(str(where))
        raise


def tally(problems: Problems) -> str:
    """The count of each level in words, or an empty text when there is nothing to count.

    >>> tally(Problems())
    ''
    """
    counts = ((level, problems.count(level)) for level in reversed(Level))
    return ", ".join(
        f"{n} {level}{'s' if n > 1 and level is not Level.INFO else ''}" for level, n in counts if n
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or else lists the known ones."""
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    listed = ", ".join(words[:8]) + (" …" if words[8:] else "")
    return f"known here: {listed}" if words else ""
