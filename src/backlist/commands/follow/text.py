"""Changes and troubles in Markdown, for people who read them on a hosting service.

What a feed says is somebody else's word: it only ever stands in code, where nothing is a link, a
name that is called, or a number of an issue that a service would close.
"""

import difflib
import html
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from backlist.commands.follow.changes import Changed, Changes, Field
from backlist.problems import Level, Problem, Problems, printable, tally

LONGEST = 60_000
"""Characters; GitHub takes 65,536."""

_MOST_LINES = 60
_MOST_ROWS = 100
_VALUE = 240
_LINE = 300
_LONG = ("body", "summary")


def count_changes(changes: Changes) -> str:
    """How many changes of each kind: `2 new episodes, 1 changed`."""
    conflicts, others = len(changes.conflicts), len(changes.others)
    counts = (
        (len(changes.new), "new"),
        (len(changes.changed), "changed"),
        (len(changes.gone), "gone from the feed"),
        (len(changes.back), "back in the feed"),
        (len(changes.guids), "with another guid in the feed"),
        (len(changes.joined), "found in the feed"),
        (len(changes.deleted), "deleted"),
    )
    parts = [f"{number} {word}" for number, word in counts if number]
    if parts:
        number, _, word = parts[0].partition(" ")
        noun = "episode" if number == "1" else "episodes"
        parts[0] = f"{number} {word} {noun}" if " " not in word else f"{number} {noun} {word}"
    parts += [f"{conflicts} conflict{'s' if conflicts > 1 else ''}"] if conflicts else []
    parts += ["the show"] if changes.show else []
    if not parts and others:
        parts = [f"{others} file{'s' if others > 1 else ''}"]
    return ", ".join(parts) or "nothing"


def describe(changes: Changes) -> Iterator[str]:
    """The changes, a block each, the most important first."""
    if changes.new:
        yield f"### New\n\n{_new_table(changes.new)}"
    yield from _each("### Changed", changes.changed, ("your site", "the feed now"))
    if changes.conflicts:
        yield (
            "### Conflicts: your edits stay\n\nYou edited these fields, and the feed changed them "
            "as well. Merging keeps yours. To take the feed's words, write them into the file on "
            "this branch."
        )
        yield from _each("", changes.conflicts, ("your edit, kept", "the feed now"))
    if changes.guids:
        yield "### Other guids in the feed\n\nApps know these episodes by the guids of your site."
        yield from _each("", changes.guids, ("your site, kept", "the feed now"))
    yield from _named("### Gone from the feed, kept on the site", changes.gone)
    yield from _named("### Back in the feed", changes.back)
    yield from _named("### Found in the feed for the first time", changes.joined)
    if changes.show:
        yield (
            "### The show\n\nThe feed describes the show in other words than before. Nothing of "
            "this changes `site.yaml`: edit it if you want to follow.\n\n"
            + _table(changes.show, ("the feed before", "the feed now"))
        )
    if changes.deleted:
        yield "### Deleted on this branch\n\n" + _list(changes.deleted)
    if changes.others:
        yield "### Other files\n\n" + _list(changes.others)


def fit(blocks: Iterable[str], room: int = LONGEST) -> str:
    """As many whole blocks as there is room for, and how many are left out."""
    shown: list[str] = []
    left = 0
    for block in blocks:
        room -= len(block) + 2
        if room >= 0 and not left:
            shown.append(block)
        else:
            left += 1
    more = [f"… and {left} more: see the files that change."] if left else []
    return "\n\n".join(shown + more)


def list_problems(problems: Problems) -> str:
    """What the checks find, the worst first, as a command shows it."""
    found = sorted((p for p in problems if p.level > Level.INFO), key=lambda one: -one.level)
    if not found:
        return "`backlist check` finds nothing wrong."
    shown = "\n".join(map(str, found[:20]))
    more = f"\n… and {len(found) - 20} more" if len(found) > 20 else ""
    return f"`backlist check` finds {tally(Problems(found))}:\n\n{fenced(shown + more)}"


def problem_in_words(problem: Problem) -> str:
    """A problem and what to do about it, as a command says it."""
    said = f"{problem.where}: {problem.message}"
    return fenced("\n".join([said, *problem.hint.splitlines()]))


def code(text: str, *, cell: bool = False) -> str:
    """A text as code on one line, whatever is in it; empty for an empty one.

    >>> code("a `b`"), code("")
    ('`` a `b` ``', '')
    """
    text = printable(" ".join(text.split()))
    text = text if len(text) <= _VALUE else f"{text[:_VALUE]}…"
    if not text:
        return ""
    text = text.replace("|", "\\|") if cell else text
    fence = _fence_for(text, 1)
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def fenced(text: str, language: str = "") -> str:
    """A text as a block of code, whatever is in it."""
    lines = [printable(line)[:_LINE] for line in text.split("\n")]
    fence = _fence_for(text, 3)
    return "\n".join([fence + language, *lines, fence])


def _fence_for(text: str, least: int) -> str:
    return "`" * max(least, 1 + max(map(len, re.findall("`+", text)), default=0))


def _new_table(found: Sequence[Changed]) -> str:
    rows = ["| episode | date | file |", "| --- | --- | --- |"]
    for each in found[:_MOST_ROWS]:
        said = {field.name: field.after for field in each.fields}
        cells = (each.title, said.get("date", ""), each.path)
        rows.append(f"| {' | '.join(code(cell, cell=True) for cell in cells)} |")
    more = len(found) - _MOST_ROWS
    return "\n".join([*rows, *([f"| … and {more} more | | |"] if more > 0 else [])])


def _each(head: str, found: Sequence[Changed], columns: tuple[str, str]) -> Iterator[str]:
    for number, each in enumerate(found):
        start = f"{head}\n\n" if head and not number else ""
        short = [field for field in each.fields if not _is_long(field)]
        parts = [f"{start}**{code(each.title)}** in {code(each.path)}"]
        parts += [_table(short, columns)] if short else []
        parts += [_difference(field) for field in each.fields if _is_long(field)]
        yield "\n\n".join(parts)


def _is_long(field: Field) -> bool:
    return field.name in _LONG or "\n" in field.before + field.after


def _table(fields: Iterable[Field], columns: tuple[str, str]) -> str:
    rows = [f"| field | {columns[0]} | {columns[1]} |", "| --- | --- | --- |"]
    for field in fields:
        values = (field.name, field.before, field.after)
        rows.append(f"| {' | '.join(code(value, cell=True) for value in values)} |")
    return "\n".join(rows)


def _difference(field: Field) -> str:
    before, after = _wrap(field.before), _wrap(field.after)
    lines = list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]
    more = [f"… {len(lines) - _MOST_LINES} more lines"] if len(lines) > _MOST_LINES else []
    shown = fenced("\n".join(lines[:_MOST_LINES] + more), "diff")
    name = html.escape(field.name)
    return f"<details><summary><code>{name}</code></summary>\n\n{shown}\n\n</details>"


def _wrap(text: str) -> list[str]:
    """The lines of a text, long ones broken where the eye can follow."""
    return [
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, 100, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _named(head: str, found: Sequence[Changed]) -> Iterator[str]:
    if found:
        lines = [f"- {code(each.title)} in {code(each.path)}" for each in found[:_MOST_ROWS]]
        more = len(found) - _MOST_ROWS
        yield "\n".join([f"{head}\n", *lines, *([f"- … and {more} more"] if more > 0 else [])])


def _list(names: Sequence[str]) -> str:
    more = [f"- and {len(names) - 20} more"] if len(names) > 20 else []
    return "\n".join([*(f"- {code(name)}" for name in names[:20]), *more])
