"""Ranking by words: one sparse vector an episode, an inverted index, and the best of each.

Weight of a term: ln(1 + count) · ln((N + 1) / (df + 1)), for terms of at least two episodes and
at most three in ten. An episode asks with its heaviest terms, and an answer's length counts
with a pivot (Singhal, Buckley and Mitra 1996), so that short notes are not hubs.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np
import numpy.typing as npt

from backlist.relate.terms import Terms

Places = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float64]

ASKED, ASKED_SPOKEN, SPOKEN = 60, 100, 0.2
"""Terms an episode asks with; more where over a fifth of the episodes have transcripts."""

COMMON, COMMON_LEAST = 0.3, 10
"""A term in more than three in ten episodes says nothing; in a small archive ten are allowed."""

SLOPE = 0.75
DEPTH = 20
"""Answers kept for each episode."""

FLOOR, FLOOR_MOST, SMALL = 0.2, 0.75, 7.5
"""An answer below this share of the archive's median best score is chance. The fewer episodes
there are, the rarer every word looks, so a small archive asks for more: `SMALL` over its size."""

FIRST, SERIES = 5, 2
"""Of the first five answers at most two are of one series of titles."""


class Index:
    """The vectors of an archive, ready to be asked; episodes are places in the archive's order."""

    def __init__(self, documents: Sequence[Terms]) -> None:
        self.size = len(documents)
        spoken = sum(document.spoken for document in documents)
        self.most_asked = ASKED_SPOKEN if spoken > SPOKEN * self.size else ASKED
        spread: dict[str, int] = defaultdict(int)
        for document in documents:
            for term in document.weights:
                spread[term] += 1
        most = max(COMMON * self.size, COMMON_LEAST)
        rarity = {
            term: math.log((self.size + 1) / (df + 1))
            for term, df in spread.items()
            if 2 <= df <= most
        }
        self.vectors: list[dict[str, float]] = [
            {
                term: math.log1p(weight) * rarity[term]
                for term, weight in document.weights.items()
                if term in rarity
            }
            for document in documents
        ]
        norms = [math.sqrt(sum(w * w for w in vector.values())) for vector in self.vectors]
        mean = sum(norms) / len(norms) if norms else 0.0
        self.norms = norms
        self.pivots = [(1 - SLOPE) * mean + SLOPE * norm or 1.0 for norm in norms]
        self.places, self.weights = self._postings()
        self.asked = [self._heaviest(vector) for vector in self.vectors]

    def _postings(self) -> tuple[dict[str, Places], dict[str, Weights]]:
        """For each term the episodes that have it, and its weight there over the pivot."""
        places: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, list[float]] = defaultdict(list)
        for place, vector in enumerate(self.vectors):
            for term, weight in vector.items():
                places[term].append(place)
                weights[term].append(weight / self.pivots[place])
        return (
            {term: np.array(found, dtype=np.int32) for term, found in places.items()},
            {term: np.array(found, dtype=np.float64) for term, found in weights.items()},
        )

    def _heaviest(self, vector: Mapping[str, float]) -> list[str]:
        """The terms an episode asks with, ties by the term itself."""
        weighed = sorted(zip(vector.values(), vector, strict=True), reverse=True)
        return [term for _, term in weighed[: self.most_asked]]

    def best(self, place: int, barred: set[int]) -> list[tuple[int, float]]:
        """The most alike episodes with their scores, best first, newer first on a tie."""
        scores = np.zeros(self.size)
        vector, norm = self.vectors[place], self.norms[place] or 1.0
        for term in self.asked[place]:
            # An episode stands once in a term's list, so adding by index adds each weight.
            scores[self.places[term]] += self.weights[term] * (vector[term] / norm)
        scores = np.round(scores, 9)
        scores[[place, *barred]] = 0.0
        # The DEPTH-th best score, then all that reach it: ties are settled by order, not by luck.
        least = np.partition(scores, -DEPTH)[-DEPTH] if self.size > DEPTH else 0.0
        reached = np.flatnonzero((scores >= least) & (scores > 0))
        found = [(int(other), float(scores[other])) for other in reached]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:DEPTH]

    def shared(self, place: int, other: int) -> list[str]:
        """The terms that make two episodes alike, heaviest first."""
        mine, theirs = self.vectors[place], self.vectors[other]
        common = [term for term in self.asked[place] if term in theirs]
        return sorted(common, key=lambda term: (-mine[term] * theirs[term], term))


def rank(
    index: Index, barred: Mapping[int, set[int]], series: Sequence[str | None]
) -> list[list[int]]:
    """The answers for every episode, best first: floor, series and orphans seen to.

    `barred` names what an episode must not be offered; `series` is each episode's, or None.
    """
    found = [index.best(place, barred.get(place, set())) for place in range(index.size)]
    tops = [answers[0][1] for answers in found if answers]
    share = min(FLOOR_MOST, max(FLOOR, SMALL / (index.size or 1)))
    least = share * median(tops) if tops else 0.0
    found = [[pair for pair in answers if pair[1] >= least] for answers in found]
    lists = [_spread([other for other, _ in answers], series) for answers in found]
    _adopt_orphans(lists, found)
    return lists


def _spread(answers: list[int], series: Sequence[str | None]) -> list[int]:
    """Answers with the third and later of one series moved behind the first five."""
    first: list[int] = []
    later: list[int] = []
    for other in answers:
        alike = sum(series[other] is not None and series[one] == series[other] for one in first)
        (first if len(first) < FIRST and alike < SERIES else later).append(other)
    return first + later


def _adopt_orphans(lists: list[list[int]], found: Sequence[Sequence[tuple[int, float]]]) -> None:
    """Give an episode that is in nobody's first five the fifth place where it rates best.

    Only where the one it displaces is listed elsewhere too; each list gives way once.
    """
    inbound = Counter(other for answers in lists for other in answers[:FIRST])
    rated: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for place, scored in enumerate(found):
        for other, score in scored:
            if not inbound[other]:
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
