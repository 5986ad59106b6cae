"""The answers of the index as lists to offer: chance, series and orphans seen to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from backlist.relate.vectors import Index

FLOOR, FLOOR_MOST, SMALL = 0.2, 0.75, 7.5
"""An answer below this share of the archive's median best score is chance. The fewer episodes
there are, the rarer every word looks, so a small archive asks for more: `SMALL` over its size."""

FIRST, SERIES = 5, 2
"""Of the first five answers at most two are of one series of titles."""


def rank(
    index: Index, barred: Mapping[int, Iterable[int]], series: Sequence[str | None]
) -> list[list[int]]:
    """The answers for every episode, best first.

    `barred` names what an episode must not be offered; `series` is each episode's, or None.
    """
    starts, places, scores = (column.tolist() for column in index.answers(barred))
    tops = [scores[a] for a, b in pairwise(starts) if b > a]
    share = min(FLOOR_MOST, max(FLOOR, SMALL / (index.size or 1)))
    least = share * median(tops) if tops else 0.0
    lists, rated = [], []
    for first, last in pairwise(starts):
        while last > first and scores[last - 1] < least:
            last -= 1
        rated.append((places[first:last], scores[first:last]))
        lists.append(_spread(places[first:last], series))
    _adopt_orphans(lists, rated)
    return lists


def _spread(answers: list[int], series: Sequence[str | None]) -> list[int]:
    """Answers with the third and later of one series moved behind the first five."""
    if not any(map(series.__getitem__, answers)):
        return answers
    first: list[int] = []
    later: list[int] = []
    for other in answers:
        alike = sum(series[other] is not None and series[one] == series[other] for one in first)
        (first if len(first) < FIRST and alike < SERIES else later).append(other)
    return first + later


def _adopt_orphans(lists: list[list[int]], found: Sequence[tuple[list[int], list[float]]]) -> None:
    """Give an episode that is in nobody's first five the fifth place where it rates best.

    Only where the one it displaces is listed elsewhere too; each list gives way once.
    """
    inbound = Counter(other for answers in lists for other in answers[:FIRST])
    rated: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for place, (others, scores) in enumerate(found):
        for other, score in zip(others, scores, strict=True):
            if other not in inbound:
                rated[other].append((-score, place))
    free = set(range(len(lists)))
    for orphan in sorted(rated):
        for _, place in sorted(rated[orphan]):
            if place in free and _make_room(lists[place], orphan, inbound):
                free.discard(place)
                break


def _make_room(answers: list[int], orphan: int, inbound: Counter[int]) -> bool:
    """Put an orphan fifth, if the one that is there can be spared."""
    last = answers[FIRST - 1] if len(answers) >= FIRST else None
    if last is not None and inbound[last] < 2:
        return False
    if orphan in answers:
        answers.remove(orphan)
    answers.insert(FIRST - 1, orphan)
    inbound[orphan] += 1
    if last is not None:
        inbound[last] -= 1
    return True
