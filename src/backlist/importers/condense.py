"""Faults of one kind told together: a feed repeats its faults in every item."""

import re
from collections import defaultdict

from backlist.problems import Level, Problem, Problems, Where

_SHOWN = 3
_LINES = 8
_VARYING = re.compile(r'`[^`]*`|"[^"]*"|\S*[0-9/]\S*')


def condense(problems: Problems) -> Problems:
    """The same problems, of every kind of warning and notice in a file only the first few whole.

    The rest of a kind is one problem that counts them and names lines. Errors all stay.
    """
    kinds: dict[tuple[str, Level, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        varies = problem.level is not Level.ERROR
        kind = _VARYING.sub("…", problem.what) if varies else problem.what
        kinds[problem.where.file, problem.level, kind].append(problem)
    shown = Problems()
    for (file, level, kind), found in kinds.items():
        many = level is not Level.ERROR and len(found) > _SHOWN + 1
        shown.extend(found[:_SHOWN] if many else found)
        if many:
            rest = found[_SHOWN:]
            # Told with the first of them: problems are shown in the order of lines.
            place = Where(file, rest[0].where.line)
            shown.extend([Problem(place, level, f"{len(rest)} more: {kind}", _name_lines(rest))])
    return shown


def _name_lines(found: list[Problem]) -> str:
    lines = [str(problem.where.line) for problem in found if problem.where.line]
    if not lines:
        return "`--json` lists them all"
    more = ", …" if len(lines) > _LINES else ""
    return f"lines {', '.join(lines[:_LINES])}{more}; `--json` lists them all"
