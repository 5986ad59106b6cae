"""The map of an archive as positions: what a picture of it consists of, before it is drawn.

Time runs down the page, newest on top. Each episode has its row; arcs on one side of the rows
are mentions, lanes on the other are works that several episodes share. The picture thins with
the archive (see `Grain`), and says what it leaves out.
"""

import math
from collections.abc import Iterator, Mapping

from backlist.extras.map import arcs, labels, lanes, rows
from backlist.extras.map.records import Grain, Label, Layout, Node
from backlist.relate.archive import Archive


def layout(archive: Archive) -> Layout | None:
    """The map, or None where no episode is connected with another."""
    if not archive.connected:
        return None
    every = lanes.links(archive)
    links = lanes.telling(archive, every)
    grid = rows.layout(archive.entries)
    chosen, columns, works = lanes.layout(links, grid.rows, grid.height)
    arched = arcs.layout(archive.entries, grid.rows)
    weights = labels.weigh(archive, links)
    drawn = {(lane.work, lane.episodes) for lane in chosen}
    rest = (link.episodes for link in links if (link.work, link.episodes) not in drawn)
    return Layout(
        grain=grid.grain,
        period=grid.period,
        height=grid.height,
        step=grid.step,
        span=arched.span,
        marks=grid.marks,
        nodes=tuple(_nodes(grid, weights, labels.write(archive, grid, weights), archive)),
        arcs=arched.arcs,
        lanes=chosen,
        columns=columns,
        shared=(*(lane.episodes for lane in chosen), *rest),
        mentions=arched.mentions,
        works=works,
        boilerplate=len(every) - len(links),
        within=arched.within,
    )


def _nodes(
    grid: rows.Rows, weights: Mapping[str, int], written: Mapping[str, Label], archive: Archive
) -> Iterator[Node]:
    """Every episode from the top, inside a row from the left."""
    for row in grid.rows:
        for number, slug in enumerate(row.slugs):
            size = _size(grid.grain, weights[slug], len(archive.entry(slug).mentioned_by))
            end = grid.end(row)
            x = round(end - (len(row.slugs) - 1 - number) * grid.step, 2)
            yield Node(slug, x, row.y, size, end, written.get(slug))


def _size(grain: Grain, weight: int, mentioned: int) -> float:
    """A node's radius, after the mentions of it; a tick's height, after all its connections."""
    if grain is Grain.TITLES:
        return round(min(4 + 1.6 * math.sqrt(mentioned), 9), 1)
    if grain is Grain.LINES:
        return round(min(2.2 + 0.9 * math.sqrt(mentioned), 5), 1)
    return round(min(4 + 2.2 * math.sqrt(weight), 14), 1)
