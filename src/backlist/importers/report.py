"""What an import did, in lines a person reads: counts first, then names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_MOST = 12


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of importing one source, or of several joined together.

    `updated` and `kept` pair a record's file with the fields written, or left as a person wrote
    them. `mentions` counts sources that are episodes of the show, `mentioned_episodes` their
    files, `mentioned_here` those that are episodes of the source itself.
    """

    sources: tuple[str, ...] = ()
    found: int = 0
    new: tuple[str, ...] = ()
    updated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unchanged: int = 0
    kept: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stubs: tuple[str, ...] = ()
    matched_by_title: tuple[str, ...] = ()
    mentions: int = 0
    mentioned_episodes: int = 0
    mentioned_here: int = 0
    unknown: tuple[str, ...] = field(default=())
    wrote: int = 0

    def lines(self) -> list[str]:
        """The report, at most a page of it."""
        said = [f"read {_count(self.found, 'episode')} from {', '.join(self.sources)}"]
        said.append(self._outcome())
        said += _list("new", self.new)
        said += _list("completed", [f"{path}: {', '.join(names)}" for path, names in self.updated])
        said += _list("stub", self.stubs)
        said += _list("matched by title alone", self.matched_by_title)
        said += _list(
            "kept as edited", [f"{path}: {', '.join(names)}" for path, names in self.kept]
        )
        return said + self._mention_lines()

    def _outcome(self) -> str:
        if not self.wrote:
            return "nothing changed"
        parts = (
            f"{len(self.new)} new",
            f"{len(self.updated)} completed",
            f"{self.unchanged} unchanged",
            f"{_count(len(self.stubs), 'stub')}" if self.stubs else "",
        )
        return ", ".join(filter(None, parts))

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


def join(reports: Sequence[Report]) -> Report:
    """One report of several imports."""
    return Report(
        sources=tuple(name for each in reports for name in each.sources),
        found=sum(each.found for each in reports),
        new=tuple(path for each in reports for path in each.new),
        updated=tuple(pair for each in reports for pair in each.updated),
        unchanged=sum(each.unchanged for each in reports),
        kept=tuple(pair for each in reports for pair in each.kept),
        stubs=tuple(path for each in reports for path in each.stubs),
        matched_by_title=tuple(path for each in reports for path in each.matched_by_title),
        mentions=sum(each.mentions for each in reports),
        mentioned_episodes=sum(each.mentioned_episodes for each in reports),
        mentioned_here=sum(each.mentioned_here for each in reports),
        unknown=tuple(dict.fromkeys(file for each in reports for file in each.unknown)),
        wrote=sum(each.wrote for each in reports),
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _list(label: str, items: Iterable[str]) -> list[str]:
    found = list(items)
    said = [f"  {label}: {item}" for item in found[:_MOST]]
    return said + ([f"  {label}: and {len(found) - _MOST} more"] if len(found) > _MOST else [])
