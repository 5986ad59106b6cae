"""Words of a text in Chinese characters, which no spaces divide, by how an archive uses them.

A string of characters is a word where its parts stand together far more often than chance has
them do, and where what stands before and after it varies ("new word discovery": cohesion and
freedom of neighbours). Nothing here knows a word of any language.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

HAN = "[\u3400-\u4dbf\u4e00-\u9fff\u3005]"
MOST = 5
"""Characters of a word."""
LEAST_EPISODES = 2
COHESION = 30.0
"""How many times more often the parts of a word meet than by chance."""
FREEDOM = 2
"""Different neighbours that a word has on each side; the end of a text is always another."""
PART = 0.8
"""A string is a part of a longer one where it stands so often in that."""

_RUNS = re.compile(HAN + "+")
_EASTERN = re.compile(rf"{HAN}|[\u3040-\u30ff]")


class Lexicon:
    """The words of Chinese characters in `texts`: sentences of each episode."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        counts, having = Counter[str](), Counter[str]()
        before: dict[str, set[str]] = defaultdict(set)
        after: dict[str, set[str]] = defaultdict(set)
        for sentences in texts:
            seen = set[str]()
            for run in (run for text in sentences for run in _RUNS.findall(text)):
                for start, end in _spans(len(run)):
                    part = run[start:end]
                    counts[part] += 1
                    seen.add(part)
                    before[part].add(run[start - 1] if start else f"|{len(before[part])}")
                    after[part].add(run[end] if end < len(run) else f"|{len(after[part])}")
            having.update(seen)
        size = max(1, sum(n for part, n in counts.items() if len(part) == 1))
        found = {
            part
            for part, count in having.items()
            if len(part) > 1 and count >= LEAST_EPISODES
            if len(before[part]) >= FREEDOM and len(after[part]) >= FREEDOM
            if _cohesion(part, counts, size) >= COHESION
        }
        self.words = {part for part in found if not _is_part(part, found, counts, before, after)}

    def knows(self, text: str) -> bool:
        """Whether a token is one to be cut."""
        return bool(self.words) and len(text) > 2 and _RUNS.fullmatch(text) is not None

    def cut(self, text: str, offset: int) -> Iterator[tuple[str, int, int]]:
        """The words of a run with their places, the longest first; single characters between."""
        place = 0
        while place < len(text):
            most = min(MOST, len(text) - place)
            length = next(
                (n for n in range(most, 1, -1) if text[place : place + n] in self.words), 1
            )
            yield text[place : place + length], offset + place, offset + place + length
            place += length


def _spans(size: int) -> Iterator[tuple[int, int]]:
    return (
        (start, end)
        for start in range(size)
        for end in range(start + 1, min(start + MOST, size) + 1)
    )


def _cohesion(part: str, counts: Counter[str], size: int) -> float:
    return min(
        counts[part] * size / (counts[part[:cut]] * counts[part[cut:]])
        for cut in range(1, len(part))
    )


def _is_part(
    part: str,
    found: set[str],
    counts: Counter[str],
    before: dict[str, set[str]],
    after: dict[str, set[str]],
) -> bool:
    """Whether a string stands nearly always in a longer one that is a word too."""
    longer = [one + part for one in before[part]] + [part + one for one in after[part]]
    return any(one in found and counts[one] >= PART * counts[part] for one in longer)


def is_eastern(text: str) -> bool:
    """Whether a text has Chinese characters or kana."""
    return _EASTERN.search(text) is not None
