"""Ranking by words: one sparse vector an episode, an inverted index, and the best of each.

Weight of a term: ln(1 + count) · ln((N + 1) / (df + 1)), for terms of at least two episodes and
at most three in ten. An episode asks with its heaviest terms, and an answer's length counts
with a pivot (Singhal, Buckley and Mitra 1996), so that short notes are not hubs.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlist.relate.terms import Terms

Numbers = npt.NDArray[np.integer[Any]]
Weights = npt.NDArray[np.float64]


class Rows(NamedTuple):
    """Which episode has which term with which weight: three columns of one length."""

    places: Numbers
    terms: Numbers
    weights: Weights


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
    """The vectors of an archive, ready to be asked; episodes are places in the archive's order.

    Documents are taken one at a time and packed: an archive of ten thousand has millions of
    terms, and as Python objects they would fill the memory. A row of `_rows` holds an episode's
    terms by number, `_postings` the same the other way round.
    """

    def __init__(self, documents: Iterable[Terms]) -> None:
        vocabulary: dict[str, int] = {}
        terms, counts, lengths = array("i"), array("f"), array("i")
        spoken = 0
        for document in documents:
            terms.extend([vocabulary.setdefault(t, len(vocabulary)) for t in document.weights])
            counts.extend(document.weights.values())
            lengths.append(len(document.weights))
            spoken += document.spoken
        self.size = len(lengths)
        self.most_asked = ASKED_SPOKEN if spoken > SPOKEN * self.size else ASKED
        self._weigh(
            np.frombuffer(terms, dtype=np.int32),
            np.frombuffer(counts, dtype=np.float32),
            np.frombuffer(lengths, dtype=np.int32),
            vocabulary,
        )
        self._order()

    def _weigh(
        self,
        terms: Numbers,
        counts: npt.NDArray[np.float32],
        lengths: Numbers,
        vocabulary: Mapping[str, int],
    ) -> None:
        """Keep the terms that tell something, numbered in the order of their texts."""
        spread = np.bincount(terms, minlength=len(vocabulary))
        telling = (spread >= 2) & (spread <= max(COMMON * self.size, COMMON_LEAST))
        kept = sorted((text, number) for text, number in vocabulary.items() if telling[number])
        self._texts = [text for text, _ in kept]
        renumbered = np.zeros(len(vocabulary), dtype=np.int32)
        renumbered[[number for _, number in kept]] = np.arange(len(kept))
        here = telling[terms]
        rarity = np.log((self.size + 1) / (spread + 1))
        weights = np.log1p(counts[here].astype(np.float64)) * rarity[terms[here]]
        self._rows = Rows(
            np.repeat(np.arange(self.size, dtype=np.int32), lengths)[here],
            renumbered[terms[here]],
            weights,
        )

    def _order(self) -> None:
        """Sort what each episode asks with, and what each term leads to."""
        places, terms, weights = self._rows
        heaviest = np.lexsort((-terms, -weights, places))
        self._rows = Rows(places[heaviest], terms[heaviest], weights[heaviest])
        places, terms, weights = self._rows
        self._row_starts = _starts(places, self.size)
        norms = np.sqrt(np.bincount(places, weights * weights, minlength=self.size))
        mean = norms.mean() if self.size else 0.0
        pivots = (1 - SLOPE) * mean + SLOPE * norms
        pivots[pivots == 0], norms[norms == 0] = 1.0, 1.0
        self._norms = norms
        by_term = np.argsort(terms, kind="stable")
        self._postings = Rows(places[by_term], terms[by_term], (weights / pivots[places])[by_term])
        self._posting_starts = _starts(self._postings.terms, len(self._texts))

    def asked(self, place: int) -> slice:
        """Where in the rows an episode's heaviest terms stand: what it asks with."""
        start, end = self._row_starts[place : place + 2]
        return slice(start, min(end, start + self.most_asked))

    def best(self, place: int, barred: set[int]) -> list[tuple[int, float]]:
        """The most alike episodes with their scores, best first, newer first on a tie."""
        asked = self.asked(place)
        terms, weights = self._rows.terms[asked], self._rows.weights[asked] / self._norms[place]
        first = self._posting_starts[terms]
        spread = self._posting_starts[terms + 1] - first
        # The postings of all terms one after another: each term's run, shifted to where it lies.
        run = np.arange(spread.sum()) + np.repeat(first - (np.cumsum(spread) - spread), spread)
        gained = self._postings.weights[run] * np.repeat(weights, spread)
        scores = np.bincount(self._postings.places[run], gained, minlength=self.size)
        scores = np.round(scores, 9)
        scores[[place, *barred]] = 0.0
        # The DEPTH-th best score, then all that reach it: ties are settled by order, not by luck.
        least = np.partition(scores, -DEPTH)[-DEPTH] if self.size > DEPTH else 0.0
        reached = np.flatnonzero((scores >= least) & (scores > 0))
        found = [(int(other), float(scores[other])) for other in reached]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:DEPTH]

    def shared(self, place: int, other: int) -> list[str]:
        """The terms that make two episodes alike, heaviest first."""
        asked, start, end = self.asked(place), *self._row_starts[other : other + 2]
        common, mine, theirs = np.intersect1d(
            self._rows.terms[asked], self._rows.terms[start:end], True, return_indices=True
        )
        heavy = self._rows.weights[asked][mine] * self._rows.weights[start:end][theirs]
        return [self._texts[common[n]] for n in np.lexsort((common, -heavy))]


def _starts(numbers: Numbers, most: int) -> Numbers:
    """Where each number's run begins in a sorted list of them; one past the last as well."""
    return np.searchsorted(numbers, np.arange(most + 1))


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
