"""Which episodes have their titles written, so that no two titles touch."""

from bisect import bisect, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backlist.archive import Archive
from backlist.atlas import lettering
from backlist.atlas.picture import Grain, Label
from backlist.atlas.rows import Row
from backlist.atlas.threads import Bond

LEADING = 17.0
"""Pixels between two titles where only some are written."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Ems that a title may be long on a phone (in lines), on a wider page, and on a wide one."""

    narrow: float
    lines: int
    middle: float
    wide: float


MEASURES = {
    Grain.TITLES: Measure(9.2, 2, 17.0, 26.0),
    Grain.LINES: Measure(11.5, 1, 19.0, 27.0),
    Grain.PERIODS: Measure(8.0, 1, 14.0, 20.0),
}


def weigh(archive: Archive, found: Sequence[Bond]) -> Mapping[str, int]:
    """How connected each episode is: mentions either way, and bonds it is in."""
    bound = Counter(slug for bond in found for slug in bond.episodes)
    return {
        entry.slug: len(entry.mentions) + 2 * len(entry.mentioned_by) + bound[entry.slug]
        for entry in archive.entries
    }


def write(
    archive: Archive, grain: Grain, rows: Sequence[Row], weights: Mapping[str, int]
) -> dict[str, Label]:
    """The labels: all of them in a small archive, else the most connected that find room."""
    measure = MEASURES[grain]
    chosen = (
        [slug for row in rows for slug in row.slugs]
        if grain is Grain.TITLES
        else _chosen(archive, rows, weights)
    )
    return {slug: _label(archive.entry(slug).episode.title, measure) for slug in chosen}


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


def _label(title: str, measure: Measure) -> Label:
    return Label(
        lettering.wrap(title, measure.narrow, measure.lines),
        lettering.fit(title, measure.middle),
        lettering.fit(title, measure.wide),
    )
