"""What an import did: a page that a person reads, or the same for a machine."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from backlist.problems import Problems

_MOST = 8

Pairs = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of importing one source, or of several joined together.

    `completed` (only empty fields filled), `changed` and `kept` (a conflict: a person's edit
    stays) pair a record's file with fields. `mentions` counts sources that are episodes of the
    show, `mentioned_episodes` their files, `mentioned_here` those that are episodes of the source
    itself, `unknown` those without a record. `not_understood` counts elements that only the raw
    records keep. `catalogues` and `visualizations` are for catalogues what `sources` and `found`
    are for shows; `left_out` counts entries not used. `gone` names records whose loss at the
    source was insisted on, `unasked` the sources whose servers say that nothing changed. `wrote`
    counts files, `dry` says that none of them was really written.
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
    not_understood: tuple[tuple[str, int], ...] = ()
    catalogues: tuple[str, ...] = ()
    visualizations: int = 0
    left_out: int = 0
    redirects: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    wrote: int = 0
    dry: bool = False

    def lines(self) -> list[str]:
        """The report, at most a page of it."""
        said = _list("redirected", self.redirects, indent="")
        said += [f"{source}: not changed since the last import" for source in self.unasked]
        if self.sources:
            said.append(f"read {_count(self.found, 'episode')} from {', '.join(self.sources)}")
        if self.catalogues:
            listed = _count(self.visualizations, "visualization")
            out = f", {self.left_out} left out" if self.left_out else ""
            said.append(f"read {listed} from {', '.join(self.catalogues)}{out}")
        said.append(self._outcome())
        said += _list("new", self.new)
        said += _list("completed", _spell(self.completed))
        said += _list("changed", _spell(self.changed))
        said += _list("stub", self.stubs)
        said += _list("matched by title", self.matched_by_title)
        said += _list("conflict, kept as edited", _spell(self.kept))
        said += _list("gone from the source, record kept", self.gone)
        return said + self._not_understood_lines() + self._mention_lines()

    def _outcome(self) -> str:
        if not self.wrote:
            return "nothing changed"
        parts = (
            f"{len(self.new)} new",
            f"{len(self.completed)} completed",
            f"{len(self.changed)} changed",
            f"{self.unchanged} unchanged",
            _count(len(self.kept), "conflict") if self.kept else "",
            _count(len(self.stubs), "stub") if self.stubs else "",
        )
        counts = ", ".join(filter(None, parts))
        return f"{counts}; a dry run: nothing is written" if self.dry else counts

    def _not_understood_lines(self) -> list[str]:
        if not self.not_understood:
            return []
        named = [f"{name} ({count})" for name, count in self.not_understood]
        more = f" and {len(named) - 2 * _MOST} more" if len(named) > 2 * _MOST else ""
        return [f"kept but not understood: {', '.join(named[: 2 * _MOST])}{more}"]

    def _mention_lines(self) -> list[str]:
        if not self.mentions:
            return []
        said = [
            f"{_count(self.mentions, 'mention')} of {_count(self.mentioned_episodes, 'episode')} "
            f"of the show, {self.mentioned_here} of them in this import"
        ]
        if self.unknown:
            said.append(
                f"{_count(len(self.unknown), 'mentioned episode')} without a record; "
                "`--stubs` makes a stub for each"
            )
        return said


def as_data(report: Report | None, problems: Problems) -> dict[str, Any]:
    """A report and every fault as mappings, lists, texts and numbers; fields by record's file.

    The report is None where an error forbade the import.
    """
    faults = [
        {
            "file": problem.where.file,
            "line": problem.where.line,
            "level": str(problem.level),
            "what": problem.what,
            "remedy": problem.remedy,
        }
        for problem in problems
    ]
    if report is None:
        return {"report": None, "problems": faults}
    data = asdict(report) | {"not_understood": dict(report.not_understood)}
    for name in ("completed", "changed", "kept"):
        data[name] = {path: list(fields) for path, fields in data[name]}
    return {"report": data, "problems": faults}


@dataclass(slots=True)
class Tally:
    """What happens to records while a source is taken in, under the names of `Report`."""

    new: list[str] = field(default_factory=list)
    completed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    changed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    kept: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)
    matched_by_title: list[str] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0

    def report(self) -> Report:
        """What was counted; the source itself is for its importer to tell."""
        return Report(
            new=tuple(self.new),
            completed=tuple(self.completed),
            changed=tuple(self.changed),
            kept=tuple(self.kept),
            stubs=tuple(self.stubs),
            matched_by_title=tuple(self.matched_by_title),
            unchanged=self.unchanged,
            left_out=self.left_out,
        )


def join(reports: Sequence[Report]) -> Report:
    """One report of several imports."""
    counts: dict[str, int] = {}
    for name, count in (pair for each in reports for pair in each.not_understood):
        counts[name] = counts.get(name, 0) + count
    return Report(
        sources=tuple(name for each in reports for name in each.sources),
        found=sum(each.found for each in reports),
        new=tuple(path for each in reports for path in each.new),
        completed=tuple(pair for each in reports for pair in each.completed),
        changed=tuple(pair for each in reports for pair in each.changed),
        unchanged=sum(each.unchanged for each in reports),
        kept=tuple(pair for each in reports for pair in each.kept),
        stubs=tuple(path for each in reports for path in each.stubs),
        matched_by_title=tuple(path for each in reports for path in each.matched_by_title),
        mentions=sum(each.mentions for each in reports),
        mentioned_episodes=sum(each.mentioned_episodes for each in reports),
        mentioned_here=sum(each.mentioned_here for each in reports),
        unknown=tuple(dict.fromkeys(file for each in reports for file in each.unknown)),
        not_understood=tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))),
        catalogues=tuple(name for each in reports for name in each.catalogues),
        visualizations=sum(each.visualizations for each in reports),
        left_out=sum(each.left_out for each in reports),
        wrote=sum(each.wrote for each in reports),
    )


def _spell(pairs: Pairs) -> list[str]:
    return [f"{path}: {', '.join(names)}" for path, names in pairs]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _list(label: str, items: Iterable[str], indent: str = "  ") -> list[str]:
    found = list(items)
    said = [f"{indent}{label}: {item}" for item in found[:_MOST]]
    return said + (
        [f"{indent}{label}: and {len(found) - _MOST} more"] if len(found) > _MOST else []
    )
