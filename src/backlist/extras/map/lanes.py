"""Works that episodes share, as lanes beside the rows they touch.

A lane runs from the newest episode on it to the oldest. Lanes that do not meet in time use
one column. Of many, those are drawn that most episodes share: as many as fit into `MOST` lanes
and `COLUMNS` columns, cut where the number of episodes changes, so that it can be said in words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from backlist.extras.map.records import Drawn, Lane, Stop
from backlist.extras.map.rows import Row
from backlist.relate.archive import Archive, Work

MOST = 40
"""Lanes that are drawn at most."""

COLUMNS = 16
"""Lanes that stand side by side at most."""

CLEARANCE = 30.0
"""Pixels between two lanes of one column."""

LINE = 18.0
"""Pixels from one lane's name to the next."""

AWAY = 2 * LINE
"""Pixels that a name may stand below its lane."""

BOILERPLATE = 12
"""Episodes that share something at least before it can be too common to tell anything."""

_BARE, _ANY = 1 / 5, 2 / 3
"""The share of episodes past which an address without a title is boilerplate, or any cited work."""


Family = tuple[str, ...]
"""Takes on one subject, in the archive's order."""


@dataclass(frozen=True, slots=True)
class Link:
    """What holds episodes together: a work, or takes on one subject; newest episode first."""

    work: str | None
    about: tuple[str, ...]
    cited_by: tuple[str, ...]

    @property
    def episodes(self) -> tuple[str, ...]:
        """Everybody it holds together."""
        return (*self.about, *self.cited_by)


def links(archive: Archive) -> tuple[Link, ...]:
    """Every link of two episodes or more, those of the most episodes first, then the newest."""
    place = {entry.slug: number for number, entry in enumerate(archive.entries)}
    families = _families(archive)
    subjects = _subjects(archive, families)
    found = [*_works(archive, place, families, subjects), *_takes(families, subjects)]
    return tuple(
        sorted(
            (link for link in found if len(link.episodes) > 1),
            key=lambda link: (
                -len(link.episodes),
                min(map(place.__getitem__, link.episodes)),
                link.work or "",
            ),
        )
    )


def telling(archive: Archive, found: Sequence[Link]) -> tuple[Link, ...]:
    """The links that tell episodes apart, in their order.

    What nearly all notes end with, the show's own addresses above all, is boilerplate: it would be
    every lane of the picture and say nothing. What an episode is about never is.
    """
    return tuple(link for link in found if not _is_boilerplate(archive, link))


def _is_boilerplate(archive: Archive, link: Link) -> bool:
    count = len(link.episodes)
    if link.work is None or link.about or count <= BOILERPLATE:
        return False
    bare = archive.work(link.work).title is None
    return count > (_BARE if bare else _ANY) * len(archive.entries)


def layout(
    found: Sequence[Link], rows: Sequence[Row], height: float
) -> tuple[tuple[Lane, ...], int, Drawn]:
    """The lanes that are drawn, from top to bottom, how many columns they take, how many are not.

    `found` has the most shared first, as `links` gives it.
    """
    at = {slug: row.y for row in rows for slug in row.slugs}
    kept = _kept(found, at)
    columns = _columns(kept, at)
    count = max(columns.values(), default=-1) + 1
    order = sorted(range(len(kept)), key=lambda n: (_extent(kept[n], at)[0], columns[n]))
    heights = dict(zip(order, _name_heights([kept[n] for n in order], at, height), strict=True))
    lanes = tuple(
        _lane(kept[n], at, (columns[n] + 0.5) * 100 / max(count, 4), heights[n]) for n in order
    )
    least = min((len(link.episodes) for link in kept), default=0)
    every = len(kept) == len(found) or len(found[len(kept)].episodes) < least
    return lanes, count, Drawn(len(kept), len(found), least, every=every)


def _families(archive: Archive) -> dict[str, Family]:
    """Each family of takes by every member, in the archive's order.

    Takes are a family where each is a take of every other: an episode about two works is in none.
    """
    place = {entry.slug: number for number, entry in enumerate(archive.entries)}
    near = {entry.slug: frozenset((entry.slug, *entry.takes)) for entry in archive.entries}
    found: dict[str, Family] = {}
    for slug, family in near.items():
        if len(family) > 1 and slug not in found and all(near[one] == family for one in family):
            ordered = tuple(sorted(family, key=place.__getitem__))
            found.update(dict.fromkeys(ordered, ordered))
    return found


def _works(
    archive: Archive,
    place: Mapping[str, int],
    families: Mapping[str, Family],
    subjects: Mapping[Family, Work],
) -> Iterable[Link]:
    """A link a work. Takes without a source of their own are about what their family is about."""
    for work in archive.works:
        about = dict.fromkeys(work.subject_of)
        family = families.get(work.subject_of[0], ()) if work.subject_of else ()
        if family and work is subjects.get(family):
            about |= dict.fromkeys(family)
        yield Link(
            work.id,
            tuple(sorted(about, key=place.__getitem__)),
            tuple(sorted({*work.cited_by} - {*about}, key=place.__getitem__)),
        )


def _takes(families: Mapping[str, Family], subjects: Mapping[Family, Work]) -> Iterable[Link]:
    """A link for each family of takes that has no work."""
    for family in dict.fromkeys(families.values()):
        if family not in subjects:
            yield Link(None, family, ())


def _subjects(archive: Archive, families: Mapping[str, Family]) -> dict[Family, Work]:
    """The work that most of each family is about, where any of it is about one."""
    times: dict[Family, Counter[str]] = {}
    for work in archive.works:
        for slug in dict.fromkeys(work.subject_of):
            if slug in families:
                times.setdefault(families[slug], Counter())[work.id] += 1
    return {
        family: archive.work(min(counted, key=lambda ident: (-counted[ident], ident)))
        for family, counted in times.items()
    }


def _kept(found: Sequence[Link], at: Mapping[str, float]) -> Sequence[Link]:
    """The links to draw: all down to some number of episodes, or the first when they are alike."""
    ends = [
        number
        for number in range(1, len(found) + 1)
        if number == len(found) or len(found[number].episodes) < len(found[number - 1].episodes)
    ]
    fitting = [end for end in ends if end <= MOST and _fits(found[:end], at)]
    if fitting:
        return found[: fitting[-1]]
    most = min(MOST, len(found))
    return found[: next((n for n in range(most, 0, -1) if _fits(found[:n], at)), 0)]


def _fits(kept: Sequence[Link], at: Mapping[str, float]) -> bool:
    return max(_columns(kept, at).values(), default=0) < COLUMNS


def _columns(kept: Sequence[Link], at: Mapping[str, float]) -> dict[int, int]:
    """The column of each link: from the top down, the first that is free (interval colouring)."""
    extents = sorted((*_extent(link, at), number) for number, link in enumerate(kept))
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    columns: dict[int, int] = {}
    for top, bottom, number in extents:
        while busy and busy[0][0] + CLEARANCE <= top:
            heappush(free, heappop(busy)[1])
        column = heappop(free) if free else len(busy)
        columns[number] = column
        heappush(busy, (bottom, column))
    return columns


def _extent(link: Link, at: Mapping[str, float]) -> tuple[float, float]:
    heights = [at[slug] for slug in link.episodes]
    return min(heights), max(heights)


def _name_heights(
    kept: Sequence[Link], at: Mapping[str, float], height: float
) -> list[float | None]:
    """Where the names of links stand without touching each other, each beside its lane.

    From the top down, and the most shared first where lanes begin together. A name that those
    above would push past its lane's end by more than `AWAY`, or out of the picture, is left out.
    """
    extents = [_extent(link, at) for link in kept]
    order = sorted(range(len(kept)), key=lambda n: (extents[n][0], -len(kept[n].episodes), n))
    placed: list[float | None] = [None] * len(kept)
    free = LINE / 2
    for n in order:
        top, bottom = extents[n]
        y = max(top, free)
        if y <= min(bottom + AWAY, height - LINE / 2):
            placed[n] = round(y, 1)
            free = y + LINE
    return placed


def _lane(link: Link, at: Mapping[str, float], x: float, name_y: float | None) -> Lane:
    heights = sorted({at[slug] for slug in link.episodes})
    about = {at[slug] for slug in link.about}
    count = {y: sum(at[slug] == y for slug in link.episodes) for y in heights}
    return Lane(
        work=link.work,
        about=link.about,
        cited_by=link.cited_by,
        x=round(x, 2),
        stops=tuple(Stop(y, count[y], y in about) for y in heights),
        name_y=name_y,
    )
