"""What may be a topic: names, and words side by side, with who says them and how."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from backlist.commands.suggest_topics.texts import Run, Said
from backlist.commands.suggest_topics.told import PASSING, TITLE
from backlist.commands.suggest_topics.words import Language, fold
from backlist.parse.features.things import OWNED, is_shaped

MOST_WORDS, MOST_COMPOUND = 3, 5
"""Words of a phrase, and of one that has hyphens."""
HYPHENS = ("-", "‑")
_AT = (["at"], ["@"], ["bei"], ["chez"], ["presso"])
"""Before the name of somebody's employer."""
REACH = 3
"""Words beside a phrase, the last of which may be one of a longer name: `Sense and the Sea`."""
END = "|"
"""The neighbour of a word at the end of a run."""


@dataclass
class Phrase:
    """Words that several episodes say: how they are written, by whom, and what stands beside."""

    words: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)
    titled: set[str] = field(default_factory=set)
    noted: Counter[str] = field(default_factory=Counter)
    passing: Counter[str] = field(default_factory=Counter)
    """Occurrences where nothing is told of it, and as the place where somebody works."""
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)
    """The next words that say something, where words that only join stand between."""
    begins: int = 0
    ends: int = 0
    """Occurrences with a mark or a word that says nothing before, and after."""
    capital: int = 0
    lower: int = 0
    shaped: int = 0
    beside: int = 0
    """Occurrences in sentences of notes beside another word with a capital, of `prose` in all."""
    prose: int = 0
    opened: int = 0
    """Titles that begin with it."""
    whole: set[str] = field(default_factory=set)
    """Episodes in whose title it is a part by itself, between marks."""

    @property
    def key(self) -> str:
        """What spellings of it have in common."""
        return "".join(self.words)

    @property
    def form(self) -> str:
        """How it is written most often, capitals of headlines last."""
        return min(self.forms.items(), key=lambda pair: (-pair[1], pair[0]))[0]


def find(said: Mapping[str, Said], language: Language, least: int) -> dict[str, Phrase]:
    """The phrases that at least so many episodes say, by key."""
    having = Counter(
        key
        for one in said.values()
        for key in {key for run in one.runs for key, _, _ in _spans(run, language)}
    )
    found: dict[str, Phrase] = {}
    for slug, one in said.items():
        parted = _is_parted(one, language)
        for run in one.runs:
            for key, start, end in _spans(run, language):
                if having[key] >= least:
                    if key not in found:
                        words = tuple(map(fold, run.words[start:end]))
                        found[key] = Phrase(words)
                    _note(found[key], slug, run, (start, end), language, parted=parted)
    return found


def _spans(run: Run, language: Language) -> Iterator[tuple[str, int, int]]:
    """Each phrase of a run: its key, and where it begins and ends; no compound is cut apart."""
    size = len(run.words)
    edges = [language.is_edge(word) for word in run.words]
    folded = [fold(word) for word in run.words]
    tied = [gap in HYPHENS for gap in run.gaps]
    for start in range(size):
        if not edges[start] or (start and tied[start - 1]):
            continue
        most = MOST_WORDS
        for end in range(start + 1, min(start + MOST_COMPOUND, size) + 1):
            if end < size and tied[end - 1]:
                most += 1
                continue
            if end - start > most:
                break
            if end - start > 1 and OWNED.search(run.words[end - 1]):
                continue
            if edges[end - 1] and all(
                edges[n] or tied[n] or tied[n - 1] or language.links(run.words, n)
                for n in range(start + 1, end - 1)
            ):
                yield "".join(folded[start:end]), start, end


def _is_parted(said: Said, language: Language) -> bool:
    """Whether marks divide a title into parts that say something, which numbers do not."""
    titles = [run for run in said.runs if run.where == TITLE]
    return sum(any(map(language.is_edge, run.words)) for run in titles) > 1


def _note(
    phrase: Phrase, slug: str, run: Run, span: tuple[int, int], language: Language, *, parted: bool
) -> None:
    start, end = span
    words, headline = run.words, run.where == TITLE
    form, parts = OWNED.sub("", run.form(start, end)), words[start:end]
    phrase.times[slug] += 1
    phrase.forms[form] += 1 if headline else 3
    phrase.before[fold(words[start - 1]) if start else END] += 1
    phrase.after[fold(words[end]) if end < len(words) else END] += 1
    for side in (reversed(words[max(0, start - REACH) : start]), words[end : end + REACH]):
        if word := _beyond(side, language):
            phrase.beyond[word] += 1
    phrase.ends += end == len(words) or language.is_stop(words[end])
    phrase.begins += start == 0 or language.is_stop(words[start - 1])
    is_place = _is_workplace(words, start)
    if headline:
        if not is_place:
            phrase.titled.add(slug)
        if start == 0 and end == len(words) and parted:
            phrase.whole.add(slug)
        phrase.opened += start == 0 and (run.first or end < len(words))
    else:
        phrase.noted[slug] += 1
        phrase.passing[slug] += is_place or run.where == PASSING
        phrase.beside += run.is_prose and _is_beside_capital(run, start, end)
        phrase.prose += run.is_prose
    phrase.shaped += any(map(is_shaped, parts))
    if not headline and run.is_prose and (start > 0 or not run.opens):
        phrase.capital += parts[0][0].isupper() and parts[-1][0].isupper()
    phrase.lower += any(p[0].islower() and not is_shaped(p) for p in (parts[0], parts[-1]))


def _is_workplace(words: Sequence[str], start: int) -> bool:
    """Whether the words from a place on are where somebody works: `at the University`."""
    before = [word.casefold() for word in words[max(0, start - 2) : start]]
    return before[-1:] in _AT or (before[-1:] == ["the"] and before[:1] in _AT)


def _beyond(side: Iterable[str], language: Language) -> str | None:
    """The first word of a side that says something, if words stand before it that only join."""
    joined = False
    for word in side:
        if not language.is_function(word.casefold()):
            return fold(word) if joined and language.is_edge(word) else None
        joined = True
    return None


def _is_beside_capital(run: Run, start: int, end: int) -> bool:
    """Whether a word with a capital stands before or after, no beginning of a sentence."""
    before = start > 0 and (start > 1 or not run.opens) and run.words[start - 1][0].isupper()
    return before or (end < len(run.words) and run.words[end][0].isupper())
