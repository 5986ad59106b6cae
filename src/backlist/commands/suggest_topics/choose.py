"""The topics that divide an archive best, among what may be one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from backlist.commands.suggest_topics.candidates import NAME, PAIR, WORD, Candidate

MOST, FEWEST = 40, 5
"""Topics of an archive; where there are fewer, what is less sure is offered too."""
SMALLEST, SMALLEST_SHARE = 2, 0.006
"""A topic of fewer episodes divides nothing."""
LARGEST, LARGEST_LEAST = 0.25, 5
"""A topic of more of the episodes tells them from none of the others; in a small archive five may
be."""
EPISODES_EACH = 6
"""Where titles name fewer topics than one for so many episodes, what only notes say is offered."""
SAID = 3
"""Episodes, at least, of a topic that no title names."""
TITLED = {NAME: 0.15, PAIR: 0.25, WORD: 0.34}
"""The share of a topic's episodes, at least, that have it in their title."""
ALIKE = 0.5
"""Topics that share more of their episodes (Jaccard) are one to a listener."""
LEAST_NEW = 0.3
"""The share of a topic's episodes, at least, that the topics before leave without one."""
SAME = 4
"""Letters, at least, that words have in common which differ only in their endings."""
WEIGHTS = {NAME: 1.0, PAIR: 0.9, WORD: 0.5}


def choose(
    found: Sequence[Candidate], size: int, covered: Sequence[Iterable[str]], most: int
) -> list[Candidate]:
    """At most `most` candidates, the best first; `covered` are the episodes of topics there are."""
    least = max(SMALLEST, round(SMALLEST_SHARE * size))
    limit = max(LARGEST_LEAST, LARGEST * size)
    having = Counter(slug for group in covered for slug in group)
    few = FEWEST - len(covered)
    chosen: list[Candidate] = []
    touched = [replace(one, episodes=one.touched) for one in found if _is_touched(one)]
    for candidates, is_fitting, wanted in (
        (found, _is_sure, most),
        (found, _is_said, max(few, size // EPISODES_EACH)),
        (found, _is_told, few),
        (touched, _is_told, few),
    ):
        fitting = [
            one for one in candidates if is_fitting(one) and least <= len(one.episodes) <= limit
        ]
        _add(chosen, fitting, having, min(most, wanted))
    return chosen


def _is_sure(one: Candidate) -> bool:
    """Whether titles say it often enough, and it is no single word that may be any."""
    titled = len(one.titled & one.episodes)
    return one.noun and titled >= max(1, TITLED[one.kind] * len(one.episodes))


def _is_said(one: Candidate) -> bool:
    """Whether several episodes treat a name or words that no title has."""
    return one.kind in (NAME, PAIR) and len(one.episodes) >= SAID


def _is_told(one: Candidate) -> bool:
    titled = len(one.titled & one.episodes)
    return one.kind in (NAME, PAIR) or (one.noun and titled > 0)


def _is_touched(one: Candidate) -> bool:
    """Whether several episodes nearly treat what is surely a thing."""
    return one.kind != WORD and len(one.touched) >= (SMALLEST if one.titled else SAID)


def _add(chosen: list[Candidate], found: list[Candidate], having: Counter[str], most: int) -> None:
    fitting = {min(one.keys): one for one in found}
    for one in chosen:
        fitting.pop(min(one.keys), None)
    while fitting and len(chosen) < most:
        key = max(fitting, key=lambda key: (_gain(fitting[key], having), key))
        one = fitting.pop(key)
        new = sum(not having[slug] for slug in one.episodes)
        is_covered = len(chosen) >= FEWEST and new < LEAST_NEW * len(one.episodes)
        if is_covered or any(_is_alike(one, other) for other in chosen):
            continue
        chosen.append(one)
        having.update(one.episodes)


def _gain(one: Candidate, having: Mapping[str, int]) -> float:
    """How much a topic divides: its episodes, those without one and with it in the title first."""
    return WEIGHTS[one.kind] * sum(
        (1 + 2 * (slug in one.titled)) / (1 + having[slug]) for slug in one.episodes
    )


def _is_alike(one: Candidate, other: Candidate) -> bool:
    if _is_one_word(one.words, other.words):
        return True
    both = len(one.episodes & other.episodes)
    return both > ALIKE * len(one.episodes | other.episodes)


def _is_one_word(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether words differ only in how the last ends: `web developer`, `web development`."""
    if len(one) != len(other) or tuple(one[:-1]) != tuple(other[:-1]):
        return False
    pairs = zip(one[-1], other[-1], strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared >= max(SAME, min(len(one[-1]), len(other[-1])) - 2)
