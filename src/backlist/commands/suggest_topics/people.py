"""Who is named in an archive: its hosts and guests, and who else its notes write like a person.

No list of first names is needed: a person's name is words that are never in lower case, the first
of which begins other such names too, and no article or preposition of place stands before it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from backlist.commands.suggest_topics.phrases import END, Phrase
from backlist.commands.suggest_topics.texts import Said
from backlist.commands.suggest_topics.words import fold
from backlist.parse.features.things import is_shaped
from backlist.resolve import Catalog

_THINGS = frozenset(
    """
    the a an in on using your our this into inside via of der die das dem den im am le la les l el
    los las o os as un une en dans nel il lo gli в на
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)
"""What stands before things and places, and seldom before a person."""
_WITH = frozenset(
    """
    with by and from guest host meet interview interviews featuring feat ft of designer developer
    engineer founder author professor dr mr mrs ms ceo cto welcome joined join mit von und sowie
    gast avec par et invité con por y com e с со и гость from co-host cohost director friend
    editor reporter journalist با مع
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)
"""What stands before a person's name, beside a mark."""
_PARTICLES = frozenset("van von de da del la le bin al ter".split())  # noqa: SIM905
_AND = frozenset(
    """
    and und et y e и و join joined talk talked say said ask asked tell told explain explained share
    discus discussed think thought call called wonder argue remember who
    sagt erzählt erklärt fragt spricht dit raconte explique parle dice cuenta explica habla
    рассказал рассказала рассказывает говорит объясняет
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)
"""What stands after a person's name, as spellings of one are compared."""
BESIDE, WITH = 0.34, 0.25
"""The share of a name's occurrences, at least, beside a mark or one of those, and beside those."""
_DERIVED = re.compile(
    r"(?:ing|tion|ment|ive|able|ible|ity|ness|ous|ics|ical|ance|ence|ized|ises|ated|ship|ism)s?$"
)
"""How words end that are of no name."""
THINGLY = 0.2
"""The share of those, at least, before the name of a thing."""
PERSONAL = 0.5
"""The share of a word's episodes, at least, that have it in a person's name."""
CALLED = 0.15
"""How often a first name stands where those of people do; any other name oftener than not."""
COMMON = 0.1
"""How often, at most, a name is written in lower case."""
SLIP = 0.5


class People:
    """The people of an archive, by the words of their names."""

    def __init__(
        self,
        catalog: Catalog,
        said: Mapping[str, Said],
        phrases: Mapping[str, Phrase],
        things: Collection[str],
    ) -> None:
        self.phrases = phrases
        self.lower, self.upper = _cases(said.values())
        beside = list(_beside(said, self.is_common))
        self.full = {tuple(map(fold, name.split())) for name in _recorded(catalog)}
        self.given = {name[0] for name in self.full if len(name) > 1}
        self.words = {word for name in self.full for word in name if len(word) > 1}
        self.given |= set(_given(beside, phrases))
        unlike = {key for key, one in phrases.items() if self._is_unlike_words(one)}
        self.found = unlike.difference(things)
        self.given |= {phrases[key].words[0] for key in self.found}
        self.episodes: dict[str, set[str]] = _pairs(beside)
        for key in self.found:
            for word in phrases[key].words:
                self.episodes.setdefault(word, set()).update(phrases[key].times)

    def has(self, phrase: Phrase) -> bool:
        """Whether a phrase is a person, or a part of a person's name."""
        words = phrase.words
        if words in self.full or phrase.key in self.found:
            return True
        if len(words) > 1:
            return self._tells_of(phrase) or any(
                _holds(words, name) for name in self.full if len(name) > 1
            )
        word = words[0]
        if word in self.words and not self.is_common(word):
            return True
        share = CALLED if word in self.given else BESIDE if _is_uncased(word) else PERSONAL
        if not self.is_common(word) and _is_called(phrase, share):
            return True
        mine = self.episodes.get(word, set())
        return not self.is_common(word) and (
            len(mine) >= PERSONAL * len(phrase.times)
            or len(mine & phrase.titled) > PERSONAL * max(1, len(phrase.titled))
        )

    def shows_thing(self, phrase: Phrase) -> bool:
        """Whether a name is more than one plain word of notes, or stands where things do."""
        plain = len(phrase.words) == 1 and not phrase.shaped and not phrase.titled
        return not plain or sum(phrase.before[word] for word in _THINGS) > THINGLY * _told(phrase)

    def _tells_of(self, phrase: Phrase) -> bool:
        """Whether a person is a part of words that are no name: `Ann Lee tells`."""
        words = phrase.words
        parts = {"".join(words[:2]), "".join(words[-2:])} if len(words) > 2 else set[str]()
        edges = {words[0], words[-1]}
        return not parts.isdisjoint(self.found) or (
            phrase.lower > 0
            and any(self.has(self.phrases[one]) for one in edges if one in self.phrases)
        )

    def is_common(self, word: str) -> bool:
        """Whether an archive writes a word in lower case too."""
        return self.lower[word] > COMMON * self.upper[word] + SLIP

    def _has_common(self, phrase: Phrase) -> bool:
        first, *between, last = phrase.words
        return (
            self.is_common(first)
            or self.is_common(last)
            or any(self.is_common(word) and word not in _PARTICLES for word in between)
        )

    def _is_unlike_words(self, phrase: Phrase) -> bool:
        """Whether no word of a name is ever written as a common word."""
        return (
            _is_written_as_name(phrase) and not self._has_common(phrase) and not _is_thing(phrase)
        )


def _recorded(catalog: Catalog) -> Iterable[str]:
    show = catalog.settings.show
    yield show.author or ""
    yield from (person.name for person in show.people)
    for item in catalog.episodes:
        yield from (person.name for person in item.episode.people)


def _cases(said: Iterable[Said]) -> tuple[Counter[str], Counter[str]]:
    """How many episodes write each word in lower case, and with a capital."""
    lower, upper = Counter[str](), Counter[str]()
    for one in said:
        words = {word for run in one.runs for word in run.words if word.isalpha()}
        lower.update({fold(word) for word in words if word[0].islower()})
        upper.update({fold(word) for word in words if word[0].isupper()})
    return lower, upper


def _is_written_as_name(phrase: Phrase) -> bool:
    if not 2 <= len(phrase.words) <= 3 or phrase.lower:
        return False
    parts = re.split(r"[\s-]+", phrase.form)
    if len(parts) != len(phrase.words) or not _are_parts(parts):
        return False
    with_somebody = sum(phrase.before[word] for word in _WITH)
    with_somebody += sum(phrase.after[word] for word in _AND)
    doubtful = any(map(_DERIVED.search, parts)) or not phrase.noted
    if doubtful and not (with_somebody or phrase.whole):
        return False
    return with_somebody + phrase.before[END] >= BESIDE * phrase.before.total()


def _are_parts(words: list[str]) -> bool:
    return all(
        _is_part(word) or (0 < n < len(words) - 1 and word in _PARTICLES)
        for n, word in enumerate(words)
    )


def _is_part(word: str) -> bool:
    """Whether a word may be one of a person's name."""
    return word[0].isupper() and not is_shaped(word) and (not word.isupper() or len(word) == 1)


def _is_called(phrase: Phrase, share: float) -> bool:
    """Whether a name by itself stands where those of people do."""
    total = phrase.before.total()
    cues = sum(phrase.before[word] for word in _WITH) + sum(phrase.after[word] for word in _AND)
    return not phrase.shaped and cues > share * total


def _is_uncased(word: str) -> bool:
    """Whether a script has no capitals, which would tell a name."""
    return word.lower() == word.upper()


def _is_thing(phrase: Phrase) -> bool:
    return sum(phrase.before[word] for word in _THINGS) > max(1, THINGLY * _told(phrase))


def _told(phrase: Phrase) -> int:
    """The occurrences of a name behind another word."""
    return phrase.before.total() - phrase.before[END]


def _holds(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether words hold a whole name, or are in it."""
    return f" {' '.join(name)} " in f" {' '.join(words)} " or words == name[: len(words)]


def _beside(
    said: Mapping[str, Said], is_common: Callable[[str], bool]
) -> Iterator[tuple[str, str, str]]:
    """Two words side by side that are never in lower case, and the episode."""
    for slug, one in said.items():
        for run in one.runs:
            for place, (first, second) in enumerate(pairwise(run.words)):
                if run.gaps[place] == " " and _is_part(first) and _is_part(second):
                    names = fold(first), fold(second)
                    if not any(map(is_common, names)):
                        yield *names, slug


def _pairs(found: Iterable[tuple[str, str, str]]) -> dict[str, set[str]]:
    """The episodes in which each word stands beside another that is never in lower case either."""
    pairs: dict[str, set[str]] = defaultdict(set)
    for first, second, slug in found:
        pairs[first].add(slug)
        pairs[second].add(slug)
    return pairs


def _given(found: Iterable[tuple[str, str, str]], phrases: Mapping[str, Phrase]) -> Iterator[str]:
    """Words that begin several names, and stand where persons do."""
    after: dict[str, set[str]] = defaultdict(set)
    for first, second, _ in found:
        after[first].add(second)
    for word, names in after.items():
        before = phrases[word].before if word in phrases else Counter[str]()
        if len(names) > 1 and sum(before[one] for one in _WITH) >= WITH * before.total() > 0:
            yield word
