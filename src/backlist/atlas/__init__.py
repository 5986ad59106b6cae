"""The map of an archive as positions: what a picture of it consists of, before it is drawn.

Time runs down the page, newest on top. Each episode has its row; arcs on one side of the rows
are mentions, threads on the other are works that several episodes share. The picture thins with
the archive (see `Grain`), and says what it leaves out.
"""

import math
from collections.abc import Iterator, Mapping

from backlist.atlas import arcs, labels, rows, threads
from backlist.atlas.picture import Arc, Atlas, Drawn, Grain, Label, Mark, Period, Spot, Stop, Thread
from backlist.relate.archive import Archive

__all__ = [
    "Arc",
    "Atlas",
    "Drawn",
    "Grain",
    "Label",
    "Mark",
    "Period",
    "Spot",
    "Stop",
    "Thread",
    "draw",
]


def draw(archive: Archive) -> Atlas | None:
    """The map, or None where no episode is connected with another."""
    if not archive.connected:
        return None
    every = threads.bonds(archive)
    bonds = threads.telling(archive, every)
    laid = rows.lay(archive.entries)
    spun, lanes, works = threads.spin(bonds, laid.rows, laid.height)
    bent = arcs.bend(archive.entries, laid.rows)
    weights = labels.weigh(archive, bonds)
    drawn = {(thread.work, thread.episodes) for thread in spun}
    rest = (bond.episodes for bond in bonds if (bond.work, bond.episodes) not in drawn)
    return Atlas(
        grain=laid.grain,
        period=laid.period,
        height=laid.height,
        step=laid.step,
        span=bent.span,
        marks=laid.marks,
        spots=tuple(_spots(laid, weights, labels.write(archive, laid, weights), archive)),
        arcs=bent.arcs,
        threads=spun,
        lanes=lanes,
        shared=(*(thread.episodes for thread in spun), *rest),
        mentions=bent.mentions,
        works=works,
        furniture=len(every) - len(bonds),
        within=bent.within,
    )


def _spots(
    laid: rows.Rows, weights: Mapping[str, int], written: Mapping[str, Label], archive: Archive
) -> Iterator[Spot]:
    """Every episode from the top, inside a row from the left."""
    for row in laid.rows:
        for number, slug in enumerate(row.slugs):
            size = _size(laid.grain, weights[slug], len(archive.entry(slug).mentioned_by))
            end = laid.end(row)
            x = round(end - (len(row.slugs) - 1 - number) * laid.step, 2)
            yield Spot(slug, x, row.y, size, end, written.get(slug))


def _size(grain: Grain, weight: int, mentioned: int) -> float:
    """A node's radius, after the mentions of it; a tick's height, after all its connections."""
    if grain is Grain.TITLES:
        return round(min(4 + 1.6 * math.sqrt(mentioned), 9), 1)
    if grain is Grain.LINES:
        return round(min(2.2 + 0.9 * math.sqrt(mentioned), 5), 1)
    return round(min(4 + 2.2 * math.sqrt(weight), 14), 1)
