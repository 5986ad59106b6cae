"""What an import did: a page that a person reads, or the same for a machine."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import reduce
from operator import add
from typing import Any

from backlist.importers.losses import Loss
from backlist.problems import Level, Problem, Problems, Where

_MOST = 8
_SHOWN = 3
_VARYING = re.compile(r'`[^`]*`|"[^"]*"|\S*[0-9/]\S*')

Pairs = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of importing one source, or of several joined together.

    `completed` (only empty fields filled), `changed` and `kept` (a conflict: a person's edit
    stays) pair a record's file with fields. `mentions` counts sources that are episodes of the
    show, `mentioned_episodes` their files, `mentioned_here` those that are episodes of the source
    itself, `unknown` those without a record. `carried` counts elements that
    are kept as they came, `losses` what written records do not show of their notes. `gone` names
    records whose removal from the source was allowed, `guids_kept` those whose source has
    given them another guid, `unasked` the sources whose servers say that
    nothing changed. `wrote` counts files, `dry` says that none of them was really written.
    """

    sources: tuple[str, ...] = ()
    found: int = 0
    new: tuple[str, ...] = ()
    completed: Pairs = ()
    changed: Pairs = ()
    unchanged: int = 0
    kept: Pairs = ()
    stubs: tuple[str, ...] = ()
    matched_by_title: tuple[str, ...] = ()
    mentions: int = 0
    mentioned_episodes: int = 0
    mentioned_here: int = 0
    unknown: tuple[str, ...] = ()
    carried: tuple[tuple[str, int], ...] = ()
    losses: tuple[Loss, ...] = ()
    redirects: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    guids_kept: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    wrote: int = 0
    dry: bool = False

    @property
    def writes_records(self) -> bool:
        """Whether a record is new or differs, beside what is kept of the source."""
        return bool(self.new or self.completed or self.changed or self.stubs)

    def lines(self) -> list[str]:
        """The report, at most a page of it."""
        lines = _list("redirected", self.redirects, indent="")
        lines += [f"{source}: not changed since the last import" for source in self.unasked]
        if self.sources:
            lines.append(f"read {_count(self.found, 'episode')} from {', '.join(self.sources)}")
        lines.append(self._outcome())
        lines += _list("new", self.new)
        lines += _list("completed", _spell(self.completed))
        lines += _list("changed", _spell(self.changed))
        lines += _list("stub", self.stubs)
        lines += _list("matched by title", self.matched_by_title)
        lines += _list("conflict, your edit kept", _spell(self.kept))
        lines += _list("gone from the source, record kept", self.gone)
        # Each pair: a person has to look at them before the guids of the source are passed over.
        lines += [f"  guid kept: {pair}" for pair in self.guids_kept]
        lines += self._carried_lines() + self.loss_lines()
        return lines + self._mention_lines()

    def _outcome(self) -> str:
        """What happened to how many episodes: `3 new episodes, 1 changed`."""
        if not self.wrote:
            return "nothing changed"
        counts = (
            (len(self.new), "new"),
            (len(self.completed), "completed"),
            (len(self.changed), "changed"),
            (self.unchanged, "unchanged"),
        )
        parts = [f"{number} {word}" for number, word in counts if number]
        if parts:
            parts[0] += " episode" if parts[0].startswith("1 ") else " episodes"
        parts += [_count(len(self.stubs), "stub")] if self.stubs else []
        parts += [_count(len(self.kept), "conflict")] if self.kept else []
        outcome = ", ".join(parts) or f"{_count(self.wrote, 'file')} updated"
        return f"{outcome}; dry run, nothing written" if self.dry else outcome

    def _carried_lines(self) -> list[str]:
        if not self.carried:
            return []
        named = [f"{name} ({count})" for name, count in self.carried]
        more = f" and {len(named) - 2 * _MOST} more" if len(named) > 2 * _MOST else ""
        return [
            "kept as they came, in `feed_elements`, for the feed to say again: "
            f"{', '.join(named[: 2 * _MOST])}{more}"
        ]

    def loss_lines(self) -> list[str]:
        """What of the notes is gone: a line a kind, with the first example and its file."""
        kinds: dict[str, list[Loss]] = defaultdict(list)
        for loss in self.losses:
            kinds[loss.kind].append(loss)
        return [
            "not shown by the records: "
            f"{_count(sum(loss.count for loss in found), kind.removesuffix('s'))} of "
            f"{_count(len(found), 'episode')}, such as `{found[0].example}` ({found[0].file})"
            for kind, found in kinds.items()
        ]

    def _mention_lines(self) -> list[str]:
        if not self.mentions:
            return []
        lines = [
            f"{_count(self.mentions, 'mention')} of {_count(self.mentioned_episodes, 'episode')} "
            f"of the show, {self.mentioned_here} of them in this import"
        ]
        if self.unknown:
            lines.append(
                f"{_count(len(self.unknown), 'mentioned episode')} without a record; "
                "`--stubs` creates a stub for each"
            )
        return lines


def join(reports: Sequence[Report]) -> Report:
    """One report of several imports: counts added, lists joined."""
    values: dict[str, Any] = {
        each.name: reduce(add, (getattr(report, each.name) for report in reports))
        for each in fields(Report)
        if reports and each.name != "dry"
    }
    joined = Report(**values)
    counts: Counter[str] = Counter()
    for name, count in joined.carried:
        counts[name] += count
    return replace(
        joined,
        unknown=tuple(dict.fromkeys(joined.unknown)),
        carried=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def as_data(report: Report | None, problems: Problems) -> dict[str, Any]:
    """A report and every problem as mappings, lists, texts and numbers; fields by record's file.

    The report is None where an error forbade the import.
    """
    faults = problems.as_data()
    if report is None:
        return {"report": None, "problems": faults}
    data = asdict(report) | {"carried": dict(report.carried)}
    for name in ("completed", "changed", "kept"):
        data[name] = {path: list(names) for path, names in data[name]}
    return {"report": data, "problems": faults}


def condense(problems: Problems) -> Problems:
    """The same problems, of every kind of warning and info in a file only the first few whole.

    A feed repeats its errors in every item: the rest of a kind is one problem that counts them
    and names lines. Errors all stay.
    """
    kinds: dict[tuple[str, Level, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        varies = problem.level is not Level.ERROR
        kind = _VARYING.sub("…", problem.message) if varies else problem.message
        kinds[problem.where.file, problem.level, kind].append(problem)
    shown = Problems()
    for (file, level, kind), found in kinds.items():
        many = level is not Level.ERROR and len(found) > _SHOWN + 1
        shown.extend(found[:_SHOWN] if many else found)
        if many:
            rest = found[_SHOWN:]
            # Told with the first of them: problems are shown in the order of lines.
            where = Where(file, rest[0].where.line)
            shown.extend([Problem(where, level, f"{len(rest)} more: {kind}", _name_lines(rest))])
    return shown


def _name_lines(found: list[Problem]) -> str:
    lines = [str(problem.where.line) for problem in found if problem.where.line]
    if not lines:
        return "`--json` lists them all"
    more = ", …" if len(lines) > _MOST else ""
    return f"lines {', '.join(lines[:_MOST])}{more}; `--json` lists them all"


def _spell(pairs: Pairs) -> list[str]:
    return [f"{path}: {', '.join(names)}" for path, names in pairs]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _list(label: str, items: Iterable[str], indent: str = "  ") -> list[str]:
    found = list(items)
    lines = [f"{indent}{label}: {item}" for item in found[:_MOST]]
    more = len(found) - _MOST
    return lines + ([f"{indent}{label}: and {more} more"] if more > 0 else [])
