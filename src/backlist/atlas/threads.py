"""Works that episodes share, as threads beside the rows they touch.

A thread runs from the newest episode on it to the oldest. Threads that do not meet in time use
one lane. Of many, those are drawn that most episodes share: as many as fit into `MOST` threads
and `LANES` lanes, cut where the number of episodes changes, so that it can be said in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from backlist.atlas.picture import Drawn, Stop, Thread
from backlist.atlas.rows import Row
from backlist.relate.archive import Archive, Work

MOST = 40
"""Threads that are drawn at most."""

LANES = 16
"""Threads that stand side by side at most."""

CLEARANCE = 30.0
"""Pixels between two threads of one lane."""

LINE = 18.0
"""Pixels from one thread's name to the next."""

AWAY = 2 * LINE
"""Pixels that a name may stand below its thread."""

FURNITURE = 12
"""Episodes that share something at least before it can be too common to tell anything."""

_BARE, _ANY = 1 / 5, 2 / 3
"""The share of episodes past which an address without a title is furniture, and any cited work."""


@dataclass(frozen=True, slots=True)
class Bond:
    """What holds episodes together: a work, or takes on one subject; newest episode first."""

    work: str | None
    about: tuple[str, ...]
    cited_by: tuple[str, ...]

    @property
    def episodes(self) -> tuple[str, ...]:
        """Everybody it holds together."""
        return (*self.about, *self.cited_by)


def bonds(archive: Archive) -> tuple[Bond, ...]:
    """Every bond of two episodes or more, those of the most episodes first, then the newest."""
    place = {entry.slug: number for number, entry in enumerate(archive.entries)}
    families = _families(archive)
    found = [*_works(archive, place, families), *_takes(archive, families)]
    return tuple(
        sorted(
            (bond for bond in found if len(bond.episodes) > 1),
            key=lambda bond: (
                -len(bond.episodes),
                min(map(place.__getitem__, bond.episodes)),
                bond.work or "",
            ),
        )
    )


def telling(archive: Archive, found: Sequence[Bond]) -> tuple[Bond, ...]:
    """The bonds that tell episodes apart, in their order.

    What nearly all notes end with, the show's own addresses above all, is furniture: it would be
    every thread of the picture and say nothing. What an episode is about never is.
    """
    return tuple(bond for bond in found if not _is_furniture(archive, bond))


def _is_furniture(archive: Archive, bond: Bond) -> bool:
    count = len(bond.episodes)
    if bond.work is None or bond.about or count <= FURNITURE:
        return False
    bare = archive.work(bond.work).title is None
    return count > (_BARE if bare else _ANY) * len(archive.entries)


def spin(
    found: Sequence[Bond], rows: Sequence[Row], height: float
) -> tuple[tuple[Thread, ...], int, Drawn]:
    """The threads that are drawn, from top to bottom, how many lanes they take, how many are not.

    `found` has the most shared first, as `bonds` gives it.
    """
    at = {slug: row.y for row in rows for slug in row.slugs}
    kept = _kept(found, at)
    lanes = _lanes(kept, at)
    count = max(lanes.values(), default=-1) + 1
    order = sorted(range(len(kept)), key=lambda n: (_extent(kept[n], at)[0], lanes[n]))
    heights = dict(zip(order, _name_heights([kept[n] for n in order], at, height), strict=True))
    threads = tuple(
        _thread(kept[n], at, (lanes[n] + 0.5) * 100 / max(count, 4), heights[n]) for n in order
    )
    least = min((len(bond.episodes) for bond in kept), default=0)
    every = len(kept) == len(found) or len(found[len(kept)].episodes) < least
    return threads, count, Drawn(len(kept), len(found), least, every=every)


def _families(archive: Archive) -> dict[str, tuple[str, ...]]:
    """Each family of takes by every member, in the archive's order."""
    place = {entry.slug: number for number, entry in enumerate(archive.entries)}
    found: dict[str, tuple[str, ...]] = {}
    for entry in archive.entries:
        if entry.takes and entry.slug not in found:
            family = tuple(sorted((entry.slug, *entry.takes), key=place.__getitem__))
            found.update(dict.fromkeys(family, family))
    return found


def _works(
    archive: Archive, place: Mapping[str, int], families: Mapping[str, tuple[str, ...]]
) -> Iterable[Bond]:
    """A bond a work. Takes without a source of their own are about what their family is about."""
    for work in archive.works:
        about = dict.fromkeys(work.subject_of)
        family = families.get(work.subject_of[0], ()) if work.subject_of else ()
        if family and work is _subject(archive, family):
            about |= dict.fromkeys(family)
        yield Bond(
            work.id,
            tuple(sorted(about, key=place.__getitem__)),
            tuple(sorted({*work.cited_by} - {*about}, key=place.__getitem__)),
        )


def _takes(archive: Archive, families: Mapping[str, tuple[str, ...]]) -> Iterable[Bond]:
    """A bond for each family of takes that has no work."""
    for family in dict.fromkeys(families.values()):
        if _subject(archive, family) is None:
            yield Bond(None, family, ())


def _subject(archive: Archive, family: Iterable[str]) -> Work | None:
    """The work that most of a family is about."""
    members = {*family}
    works = [work for work in archive.works if members & {*work.subject_of}]
    return min(works, key=lambda work: (-len(members & {*work.subject_of}), work.id), default=None)


def _kept(found: Sequence[Bond], at: Mapping[str, float]) -> Sequence[Bond]:
    """The bonds to draw: all down to some number of episodes, or the first when they are alike."""
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


def _fits(kept: Sequence[Bond], at: Mapping[str, float]) -> bool:
    return max(_lanes(kept, at).values(), default=0) < LANES


def _lanes(kept: Sequence[Bond], at: Mapping[str, float]) -> dict[int, int]:
    """The lane of each bond: from the top down, the first that is free (interval colouring)."""
    extents = sorted((*_extent(bond, at), number) for number, bond in enumerate(kept))
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    lanes: dict[int, int] = {}
    for top, bottom, number in extents:
        while busy and busy[0][0] + CLEARANCE <= top:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        lanes[number] = lane
        heappush(busy, (bottom, lane))
    return lanes


def _extent(bond: Bond, at: Mapping[str, float]) -> tuple[float, float]:
    heights = [at[slug] for slug in bond.episodes]
    return min(heights), max(heights)


def _name_heights(
    kept: Sequence[Bond], at: Mapping[str, float], height: float
) -> list[float | None]:
    """Where the names of bonds stand without touching each other, each beside its thread.

    From the top down, and the most shared first where threads begin together. A name that those
    above would push past its thread's end by more than `AWAY`, or out of the picture, is left out.
    """
    extents = [_extent(bond, at) for bond in kept]
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


def _thread(bond: Bond, at: Mapping[str, float], x: float, name_y: float | None) -> Thread:
    heights = sorted({at[slug] for slug in bond.episodes})
    about = {at[slug] for slug in bond.about}
    count = {y: sum(at[slug] == y for slug in bond.episodes) for y in heights}
    return Thread(
        work=bond.work,
        about=bond.about,
        cited_by=bond.cited_by,
        x=round(x, 2),
        stops=tuple(Stop(y, count[y], y in about) for y in heights),
        name_y=name_y,
    )
