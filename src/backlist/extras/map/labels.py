"""Which episodes have their titles written, so that no two titles touch."""

from bisect import bisect, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backlist.extras.map import text_width
from backlist.extras.map.lanes import Link
from backlist.extras.map.records import Grain, Label
from backlist.extras.map.rows import Row, Rows
from backlist.relate.archive import Archive

LEADING = 17.0
"""Pixels between two titles where only some are written."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Ems that a title may be long on a phone (in lines), on a wider page, and on a wide one.

    They follow from the zones of `static/site.css`, each at the least width it is for. `strip` is
    what a row of ticks would leave to its title at each width if it had none.
    """

    narrow: float
    lines: int
    middle: float
    wide: float
    strip: tuple[float, float, float] = (0.0, 0.0, 0.0)


MEASURES = {
    Grain.TITLES: Measure(9.2, 2, 18.5, 25.0),
    Grain.LINES: Measure(11.0, 1, 19.5, 27.0),
    Grain.PERIODS: Measure(6.2, 1, 11.5, 16.3, (5.1, 9.2, 13.6)),
}


def weigh(archive: Archive, found: Sequence[Link]) -> Mapping[str, int]:
    """How connected each episode is: mentions either way, and links it is in."""
    bound = Counter(slug for link in found for slug in link.episodes)
    return {
        entry.slug: len(entry.mentions) + 2 * len(entry.mentioned_by) + bound[entry.slug]
        for entry in archive.entries
    }


def write(archive: Archive, grid: Rows, weights: Mapping[str, int]) -> dict[str, Label]:
    """The labels: all of them in a small archive, else the most connected that find room."""
    chosen = (
        [slug for row in grid.rows for slug in row.slugs]
        if grid.grain is Grain.TITLES
        else _chosen(archive, grid.rows, weights)
    )
    free = {slug: 1 - grid.end(row) / 100 for row in grid.rows for slug in row.slugs}
    measure = MEASURES[grid.grain]
    return {slug: _label(archive.entry(slug).episode.title, measure, free[slug]) for slug in chosen}


def _chosen(archive: Archive, rows: Sequence[Row], weights: Mapping[str, int]) -> list[str]:
    """Episodes by weight, each where no heavier one stands too near; one of no weight never."""
    at = {slug: row.y for row in rows for slug in row.slugs}
    ranked = sorted(
        (entry.slug for entry in archive.entries if weights[entry.slug]),
        key=lambda slug: (-weights[slug], at[slug], slug),
    )
    taken: list[float] = []
    chosen = []
    for slug in ranked:
        y = at[slug]
        place = bisect(taken, y)
        near = [*taken[max(place - 1, 0) : place], *taken[place : place + 1]]
        if all(abs(y - other) >= LEADING for other in near):
            insort(taken, y)
            chosen.append(slug)
    return chosen


def _label(title: str, measure: Measure, free: float) -> Label:
    narrow, middle, wide = (one * free for one in measure.strip)
    return Label(
        text_width.wrap(title, measure.narrow + narrow, measure.lines),
        text_width.fit(title, measure.middle + middle),
        text_width.fit(title, measure.wide + wide),
    )
