"""Ranking by words: one sparse vector an episode, an inverted index, and the best of each.

Weight of a term: ln(1 + count) · ln((N + 1) / (df + 1)), for terms of at least two episodes and
at most three in ten. An episode asks with its heaviest terms, and an answer's length counts
with a pivot (Singhal, Buckley and Mitra 1996), so that short notes are not hubs. Long lines that
several episodes have are repeated blocks, whose words do not count. What is nearer in time counts
more: a show comes back to a subject while it is one.

Episodes are places in the archive's order. All of them are asked about in blocks whose scores
fit into a processor's cache, because a call of numpy an episode costs more than the sums do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backlist.parse.features.terms import NOTES, REPEATED, Lines, Terms

Numbers = npt.NDArray[np.integer[Any]]
Weights = npt.NDArray[np.float64]

ASKED, ASKED_SPOKEN, SPOKEN = 60, 100, 0.2
"""Terms an episode asks with; more where over a fifth of the episodes have transcripts."""

COMMON, COMMON_LEAST, COMMON_MOST = 0.3, 10, 3_000
"""A term in more than three in ten episodes says nothing; in a small archive ten are allowed,
and in one of more than ten thousand no more than `COMMON_MOST`."""

LARGE, REACHED = 10_000, 20_000
"""In an archive of more than `LARGE` episodes one asks with its heaviest terms only, those that
lead to `REACHED` places: about as many as in an archive of that size, so that an answer costs the
same in a larger one."""

NEAR, NEAR_DAYS = 0.5, 730
"""What an episode of the same day scores more, as a share; it falls evenly to nothing at so many
days, in either direction. Where a date is not known there is none."""

SLOPE = 0.75
DEPTH = 20
"""Answers kept for each episode."""

BLOCK = 1 << 18
"""Scores that are worked on at once: two megabytes of them."""

RUN = 16
"""Scores of which the best stands for all, while a bound for the answers is sought."""


class Rows(NamedTuple):
    """Runs of numbered things, each with a weight; run n is `starts[n]` to `starts[n + 1]`."""

    starts: Numbers
    numbers: Numbers
    weights: Weights


class Answers(NamedTuple):
    """The best of every episode, best first: run n of `starts` has those of episode n."""

    starts: Numbers
    places: Numbers
    scores: Weights


class Index:
    """The vectors of an archive, ready to be asked.

    Documents are taken one at a time and packed: an archive of ten thousand has millions of
    terms, and as Python objects they would fill the memory. `rows` has each episode's terms in
    the order of their texts, `asked` those it asks with, heaviest first; `postings` has the
    episodes of each term.
    """

    def __init__(
        self, documents: Iterable[Terms], days: Sequence[int | None] | None = None
    ) -> None:
        terms, counts, lengths, vocabulary, spoken = _read(documents)
        self.size = len(lengths)
        self.days = _dated(days or [None] * self.size)
        self.most_asked = ASKED_SPOKEN if spoken > SPOKEN * self.size else ASKED
        spread = np.bincount(terms, minlength=len(vocabulary))
        most = min(max(COMMON * self.size, COMMON_LEAST), COMMON_MOST)
        telling = (spread >= 2) & (spread <= most)
        rarity = np.log((self.size + 1) / (spread + 1))
        here = telling[terms]
        places = np.repeat(np.arange(self.size, dtype=np.int32), lengths)[here]
        weights = np.log1p(counts[here].astype(np.float64)) * rarity[terms[here]]
        self.texts, numbers = _by_text(vocabulary, np.flatnonzero(telling))
        self.rows = Rows(_starts(places, self.size), numbers[terms[here]], weights)
        self._order(places)

    def _order(self, places: Numbers) -> None:
        """What each episode asks with, and what each term leads to."""
        _, terms, weights = self.rows
        norms = np.sqrt(np.bincount(places, weights * weights, minlength=self.size))
        mean = norms.mean() if self.size else 0.0
        pivots = (1 - SLOPE) * mean + SLOPE * norms
        pivots[pivots == 0], norms[norms == 0] = 1.0, 1.0
        spread = np.bincount(terms, minlength=len(self.texts))
        # Sorted as single numbers, which is several times as fast as sorting an order of them.
        shift = len(terms).bit_length()
        by_term = np.sort((terms.astype(np.int64) << shift) + np.arange(len(terms)))
        by_term &= (1 << shift) - 1
        self.postings = Rows(
            np.concatenate(([0], np.cumsum(spread))),
            places[by_term].astype(np.int64),
            (weights / pivots[places])[by_term],
        )
        self.norms = norms
        self.asked = self._asked(spread)

    def _asked(self, spread: Numbers) -> Rows:
        """The heaviest terms of each episode, as many as it may ask with."""
        starts, terms, weights = self.rows
        chosen = []
        for first in range(0, self.size, 512):
            last = min(first + 512, self.size)
            lengths = np.diff(starts[first : last + 1])
            widest = int(lengths.max(initial=0))
            # Rows stand backwards, so that of equal weights the later text comes first.
            column = np.arange(widest)
            there = starts[first + 1 : last + 1, None] - 1 - column
            table = np.where(column < lengths[:, None], -weights[np.maximum(there, 0)], np.inf)
            heaviest = np.argsort(table, axis=1, kind="stable")[:, : self.most_asked]
            found = starts[first + 1 : last + 1, None] - 1 - heaviest
            real = heaviest < lengths[:, None]
            if self.size > LARGE:
                reached = np.where(real, spread[terms[np.maximum(found, 0)]], 0)
                real &= np.cumsum(reached, axis=1) <= REACHED
            chosen.append((found, real))
        runs = [real.sum(axis=1) for _, real in chosen]
        lengths = np.concatenate(runs) if runs else np.zeros(0, dtype=np.int64)
        at = np.concatenate([f[r] for f, r in chosen]) if chosen else np.zeros(0, dtype=np.int64)
        return Rows(np.concatenate(([0], np.cumsum(lengths))), terms[at], weights[at])

    def answers(self, barred: Mapping[int, Iterable[int]]) -> Answers:
        """The most alike episodes of each with their scores, best first, newer first on a tie.

        `barred` names those that an episode must not be offered.
        """
        step = max(1, BLOCK // (self.size or 1))
        blocks = [
            self._block(first, min(first + step, self.size), barred)
            for first in range(0, self.size, step)
        ]
        askers, places, scores = (
            np.concatenate([block[n] for block in blocks] or [np.zeros(0)]) for n in range(3)
        )
        return Answers(_starts(askers, self.size), places, scores)

    def _block(
        self, first: int, last: int, barred: Mapping[int, Iterable[int]]
    ) -> tuple[Numbers, Numbers, Weights]:
        """Who asks, the episode found, and its score, for the episodes from `first` to `last`."""
        scores = self._scores(first, last)
        scores[np.arange(last - first), np.arange(first, last)] = 0.0
        for asker in range(first, last):
            if asker in barred:
                scores[asker - first, list(barred[asker])] = 0.0
        # Rounding is for ties, and ties are settled by order: nothing within it may be cut off.
        least = np.maximum(_bounds(scores) - 1e-8, 1e-10)
        askers, places = np.nonzero(scores >= (least / (1 + NEAR))[:, None])
        found = scores[askers, places] * self._nearness(askers + first, places)
        near = found >= least[askers]
        askers, places, found = askers[near], places[near], np.round(found[near], 9)
        best = np.lexsort((places, -found, askers))
        askers, places, found = askers[best], places[best], found[best]
        rank = np.arange(len(askers)) - np.searchsorted(askers, askers)
        kept = (rank < DEPTH) & (found > 0)
        return askers[kept] + first, places[kept].astype(np.int32), found[kept]

    def _nearness(self, askers: Numbers, places: Numbers) -> Weights:
        """What the scores of pairs are multiplied by, for being near in time."""
        apart = np.abs(self.days[askers] - self.days[places])
        factors: Weights = 1 + NEAR * np.maximum(0, NEAR_DAYS - apart) / NEAR_DAYS
        return factors

    def _scores(self, first: int, last: int) -> Weights:
        """How alike every episode is to those from `first` to `last`, a row each."""
        starts, terms, weights = self.asked
        asked = slice(starts[first], starts[last])
        row = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        asking = weights[asked] / self.norms[first:last][row]
        begins = self.postings.starts[terms[asked]]
        spread = self.postings.starts[terms[asked] + 1] - begins
        # The postings of all terms one after another: each term's run, shifted to where it lies.
        # What is done in place is a third faster: these columns are longer than all else here.
        run = np.repeat(begins - (np.cumsum(spread) - spread), spread)
        run += np.arange(len(run))
        cells = self.postings.numbers[run]
        cells += np.repeat(row * self.size, spread)
        gained = self.postings.weights[run]
        gained *= np.repeat(asking, spread)
        whole = np.bincount(cells, gained, minlength=(last - first) * self.size)
        return whole.astype(np.float64, copy=False).reshape(last - first, self.size)


def _dated(days: Sequence[int | None]) -> Numbers:
    """The days, those that are not known so far from all others that they are near to none."""
    far = max((day for day in days if day is not None), default=0) + NEAR_DAYS
    return np.array(
        [far + n * NEAR_DAYS if day is None else day for n, day in enumerate(days)], dtype=np.int64
    )


def _read(
    documents: Iterable[Terms],
) -> tuple[Numbers, Numbers, Numbers, list[str], int]:
    """Terms by number and their counts, how many each document has, the texts; how many speak."""
    vocabulary: dict[str, int] = defaultdict(count().__next__)
    numbers, counts, lengths, lines = [], [], [], []
    spoken = 0
    for document in documents:
        names = document.names.split("\n") if document.names else []
        numbers.append(np.fromiter(map(vocabulary.__getitem__, names), np.int32, len(names)))
        counts.append(document.counts)
        lengths.append(len(names))
        lines.append(document.lines)
        spoken += document.spoken
    terms = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int32)
    size = np.array(lengths, dtype=np.int64)
    weights = np.frombuffer(b"".join(counts), dtype=np.int32) - NOTES * _repeated(lines, size)
    left = weights > 0
    owners = np.repeat(np.arange(len(size)), size)[left]
    return (
        terms[left],
        weights[left],
        np.bincount(owners, minlength=len(size)),
        list(vocabulary),
        spoken,
    )


def _repeated(lines: Sequence[Lines], size: Numbers) -> Numbers:
    """How often each term stands in lines that are repeated blocks; `size` terms a document."""
    keys, runs, places = (
        np.frombuffer(b"".join(one[n] for one in lines), kind)
        for n, kind in enumerate((np.int64, np.int32, np.int32))
    )
    each = [len(one.keys) // 8 for one in lines]
    owners = np.repeat(np.arange(len(lines)), each)
    _, number = np.unique(keys, return_inverse=True)
    # A line that stands twice in one episode is there once.
    having = np.unique(number * len(lines) + owners) // max(len(lines), 1)
    repeated = np.bincount(having, minlength=len(keys))[number] >= REPEATED
    begins = np.cumsum(size) - size
    at = (places + np.repeat(begins[owners], runs))[np.repeat(repeated, runs)]
    return np.bincount(at, minlength=int(size.sum()))


def _by_text(vocabulary: Sequence[str], kept: Numbers) -> tuple[list[str], Numbers]:
    """The kept texts in their order, and the place of each of the vocabulary among them."""
    ordered = sorted((vocabulary[number], number) for number in kept.tolist())
    numbers = np.zeros(len(vocabulary), dtype=np.int32)
    numbers[[number for _, number in ordered]] = np.arange(len(ordered), dtype=np.int32)
    return [text for text, _ in ordered], numbers


def _starts(numbers: Numbers, most: int) -> Numbers:
    """Where each number's run begins in a sorted list of them; one past the last as well."""
    return np.searchsorted(numbers, np.arange(most + 1))


def _bounds(scores: Weights) -> Weights:
    """For each row a score that at least `DEPTH` of it reach, or 0.

    The `DEPTH`-th best of the best of runs: cheaper than that of all, and hardly below it.
    """
    count, size = scores.shape
    runs = size // RUN
    if runs <= DEPTH:
        return np.zeros(count)
    best = scores[:, : runs * RUN].reshape(count, RUN, runs).max(axis=1)
    bounds: Weights = np.partition(best, runs - DEPTH, axis=1)[:, runs - DEPTH]
    return bounds
