"""Mentions as arcs between rows; of very many, those of the most mentioned episodes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backlist.extras.map.records import Arc, Drawn
from backlist.extras.map.rows import Row
from backlist.relate.archive import Entry

MOST = 240
"""Arcs that are drawn at most."""

REACH = 97.0
"""How far the widest arc leaves the axis, in hundredths of its zone."""

Mention = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Arched:
    """The arcs that are drawn and the height of the highest; what they stand for, and what not.

    `within` counts the mentions inside one row, which have no arc.
    """

    arcs: tuple[Arc, ...]
    span: float
    mentions: Drawn
    within: int


def layout(entries: Sequence[Entry], rows: Sequence[Row]) -> Arched:
    """Mentions between rows as arcs."""
    at = {slug: row.y for row in rows for slug in row.slugs}
    mentions = [(entry.slug, target) for entry in entries for target in entry.mentions]
    between = [(a, b) for a, b in mentions if at[a] != at[b]]
    kept, drawn = _kept(between, at)
    pairs = _pairs(kept, at)
    span = max((bottom - top for top, bottom in pairs), default=0.0)
    arcs = tuple(
        Arc(top, bottom, down, up, path(top, bottom, span))
        for (top, bottom), (down, up) in sorted(pairs.items(), key=_longest_first)
    )
    return Arched(arcs, round(span, 1), drawn, within=len(mentions) - len(between))


def path(top: float, bottom: float, span: float) -> str:
    """An arc to the left; the longer, the wider, and short ones still stand out.

    `static/map.js` draws the arcs of one episode by the same rule.
    """
    reach = REACH * ((bottom - top) / span) ** 0.6
    x = 100 - reach * 4 / 3
    return f"M100 {top:g}C{x:.1f} {top:g} {x:.1f} {bottom:g} 100 {bottom:g}"


def _kept(mentions: Sequence[Mention], at: Mapping[str, float]) -> tuple[Sequence[Mention], Drawn]:
    """Mentions of episodes that so many mention that their arcs fit.

    Where even the most mentioned are too many, the newest mentions of them.
    """
    times = Counter(target for _, target in mentions)
    kept, least = mentions, 0
    for least in sorted({*times.values()}):
        kept = [(a, b) for a, b in mentions if times[b] >= least]
        if len(_pairs(kept, at)) <= MOST:
            return kept, Drawn(len(kept), len(mentions), least)
    return kept[:MOST], Drawn(min(len(kept), MOST), len(mentions), least, every=False)


def _pairs(
    mentions: Sequence[Mention], at: Mapping[str, float]
) -> dict[tuple[float, float], tuple[int, int]]:
    """Mentions between two heights: how many lead down, and how many up."""
    down: Counter[tuple[float, float]] = Counter()
    up: Counter[tuple[float, float]] = Counter()
    for source, target in mentions:
        a, b = at[source], at[target]
        if a < b:
            down[a, b] += 1
        else:
            up[b, a] += 1
    return {pair: (down[pair], up[pair]) for pair in {*down, *up}}


def _longest_first(item: tuple[tuple[float, float], tuple[int, int]]) -> tuple[float, float]:
    (top, bottom), _ = item
    return (top - bottom, top)
