"""The words of each episode, as runs that nothing but a space or a hyphen divides."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from backlist.commands.suggest_topics import told
from backlist.commands.suggest_topics.han import HAN, cut, is_run
from backlist.commands.suggest_topics.told import TITLE
from backlist.commands.suggest_topics.words import Language, fold
from backlist.parse.features.things import writes_nouns_large
from backlist.resolve import EpisodeFile

SHORT_NOTES, LONG_NOTES = 60, 500
"""Words of an episode up to which naming a thing once is treating it, and from which it takes
three times; between them two."""
TELLING = 12
"""Different words of notes that would say what the title means."""

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?<!\S)\.[A-Z]\w+"
    rf"|{HAN}+|[\u30a0-\u30fa\u30fc-\u30ff]+|[\u3041-\u309f]+"
    rf"|(?:(?!{HAN}|[\u3041-\u30ff])[^\W_])(?:(?!{HAN}|[\u3041-\u30ff])[\w\u200c])*"
    r"(?:(?:['’]|\.(?=[a-z\d]|[A-Z]{2}))\w+)*[+#]*"
)
_JOINS = frozenset((" ", "-", "‑", "", "\u200c", "\xa0", "'", "’"))
_ELIDED = re.compile(
    r"(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu|(?:de|ne|su|da|a)ll|un)(?=['’]\w)", re.I
)
"""A word of French, Italian or Catalan that lost its last letter before a vowel."""


@dataclass(frozen=True)
class Run:
    """Words side by side, as written, with what stood between them.

    `opens` says that a sentence begins here, `is_prose` that capitals in it are evidence of names.
    """

    where: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    opens: bool
    is_prose: bool
    first: bool = False

    def form(self, start: int, end: int) -> str:
        """The words from `start` to before `end` as they are written."""
        parts = [self.words[start]]
        for place in range(start + 1, end):
            parts += (self.gaps[place - 1], self.words[place])
        return "".join(parts)


@dataclass(frozen=True)
class Said:
    """What an episode says: its runs, and how many words that are."""

    runs: tuple[Run, ...]
    size: int
    noted: frozenset[str]
    """The words of its notes and summary, as spellings of one are compared."""

    @property
    def needed(self) -> int:
        """How often an episode names what it treats, if its title does not."""
        return 1 if self.size <= SHORT_NOTES else 2 if self.size < LONG_NOTES else 3

    @property
    def tells(self) -> bool:
        """Whether notes are long enough to say what the title means."""
        return len(self.noted) >= TELLING


def words_of(name: str) -> list[str]:
    """The words of a name."""
    return _TOKEN.findall(name)


def read(items: Sequence[EpisodeFile], language: Language) -> dict[str, Said]:
    """What each episode says, by slug."""
    german = {item.episode.slug for item in items if writes_nouns_large(item.episode.language)}
    return {
        slug: _said(found, language, slug in german) for slug, found in told.read(items).items()
    }


def _said(found: Iterable[tuple[str, str]], language: Language, german: bool) -> Said:
    runs = tuple(run for where, text in found for run in _runs(text, where, language))
    if german:
        runs = tuple(replace(run, is_prose=False) for run in runs)
    noted = frozenset(fold(word) for run in runs if run.where != TITLE for word in run.words)
    return Said(runs, sum(len(run.words) for run in runs), noted)


def _runs(sentence: str, where: str, language: Language) -> Iterator[Run]:
    tokens = list(_tokens(sentence, language))
    low = sum(text[0].islower() for text, _, _ in tokens)
    is_prose = where != TITLE and len(tokens) >= 4 and low >= 0.4 * len(tokens)
    words: list[str] = []
    gaps: list[str] = []
    opens, first, last = True, True, 0
    for text, start, end in tokens:
        gap = sentence[last:start]
        if words and gap not in _JOINS:
            yield Run(where, tuple(words), tuple(gaps), opens, is_prose, first)
            first = False
            words, gaps, opens = [], [], not set(gap).isdisjoint(':–—|"“„«(')
        elif words:
            gaps.append(gap)
        words.append(text)
        last = end
    if words:
        yield Run(where, tuple(words), tuple(gaps), opens, is_prose, first)


def _tokens(sentence: str, language: Language) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(sentence):
        if language.is_chinese and is_run(match[0]):
            yield from cut(match[0], match.start())
        elif language.elides and (short := _ELIDED.match(match[0])):
            yield short[0], match.start(), match.start() + short.end()
            yield match[0][short.end() + 1 :], match.start() + short.end() + 1, match.end()
        else:
            yield match[0], match.start(), match.end()
