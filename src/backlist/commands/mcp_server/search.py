"""Search in passages: BM25 over words in their plainest form, and phrases as they are written.

The weights are those of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009), with the inverse document frequency that is never negative (as in Lucene).
"""

import math
import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backlist.parse.features import terms

K1, B = 1.2, 0.75

_PHRASE = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]')
_SIGNS = str.maketrans("‘’‐‑–—", "''----")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: `words` in plain form rank, and a passage has all `phrases`.

    `text` is the whole of it, in the form that phrases are compared in.
    """

    text: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]


def parse(text: str) -> Query:
    """A question as a person or a model writes it; quotes mark phrases."""
    phrases = tuple(filter(None, (_plain(one) for one in _PHRASE.findall(text))))
    return Query(_plain(text), tuple(dict.fromkeys(_words(text))), phrases)


class Index:
    """The words of texts; a text is known by its place among them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._counts: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._lengths = array("I")
        for place, text in enumerate(texts):
            counted = Counter(_words(text))
            self._lengths.append(sum(counted.values()))
            for word, count in counted.items():
                self._places[word].append(place)
                self._counts[word].append(count)
        self._mean = sum(self._lengths) / max(1, len(texts)) or 1.0

    def find(self, query: Query) -> list[int]:
        """The places of all texts that have a word of the query and its phrases, best first."""
        scores: dict[int, float] = defaultdict(float)
        for word in query.words:
            self._score(word, scores)
        everything = range(len(self._texts))
        found: Iterable[int] = scores
        if query.phrases:
            # All texts are asked where no ranked one has it: words that are too common have no
            # rank, and scripts that do not part words cut a phrase in other places than a text.
            found = self._having(query.phrases, scores) or self._having(query.phrases, everything)
        elif not scores and query.text:
            found = self._having((query.text,), everything)
        return sorted(found, key=lambda place: (-scores[place], place))

    def _having(self, phrases: Sequence[str], places: Iterable[int]) -> list[int]:
        return [place for place in places if _has_all(self._texts[place], phrases)]

    def _score(self, word: str, scores: dict[int, float]) -> None:
        places = self._places.get(word)
        if places is None:
            return
        rarity = math.log(1 + (len(self._texts) - len(places) + 0.5) / (len(places) + 0.5))
        for place, count in zip(places, self._counts[word], strict=True):
            length = K1 * (1 - B + B * self._lengths[place] / self._mean)
            scores[place] += rarity * count * (K1 + 1) / (count + length)


def _words(text: str) -> list[str]:
    return list(terms.words(text))


def _plain(text: str) -> str:
    """A text to find phrases in: no case, no difference between dashes, one space."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold().split())


def _has_all(text: str, phrases: Iterable[str]) -> bool:
    plain = _plain(text)
    return all(re.search(_whole(one), plain) for one in phrases)


def _whole(phrase: str) -> str:
    """A phrase between the ends of words, in scripts that part words."""
    before = r"(?<!\w)" if phrase[0].isascii() else ""
    after = r"(?!\w)" if phrase[-1].isascii() else ""
    return before + re.escape(phrase) + after
