"""The words of each episode, as runs that nothing but a space or a hyphen divides.

What many episodes say in the same words (a block about a sponsor, how to subscribe, credits) is
left out, and so is what notes advertise.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from backlist.commands.suggest_topics.han import HAN, Lexicon
from backlist.parse import host_lines
from backlist.parse.features import terms
from backlist.parse.features.things import LINK, unpaid_lines, writes_nouns_large
from backlist.resolve import EpisodeFile

TITLE, SUMMARY, NOTES = "title", "summary", "notes"

REPEATED = 3
"""A sentence that so many episodes have is no part of what they are about."""
LONG = 5
"""Words of such a sentence; shorter ones may be names and headings."""
OFTEN, OFTEN_SHARE = 5, 0.1
"""What so many episodes have, in so large a share, is none however short it is."""

SHORT_NOTES, LONG_NOTES = 60, 500
"""Words of an episode up to which naming a thing once is treating it, and from which it takes
three times; between them two."""

_NOISE = re.compile(
    r"`[^`\n]*`|https?://\S+|(?<![\w.+-])[\w.+-]++@[\w.-]+|<[^<>\n]*>|&#?\w+;"
    r"|(?<!\d)\d{1,3}:\d\d(?::\d\d)?|[*~\\_#]{1,6}(?=\W|$)|(?:(?<=\W)|^)[*~\\_#]{1,6}|@\w+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|io|fm|de|co|tv|me)\b(?:/\S*)?"
)
_SENTENCES = re.compile(r"(?<=[.!?…。！？])(?:[\"'”’)\]]*\s+|(?=[\u3040-\u9fff]))|\n")
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?<!\S)\.[A-Z]\w+"
    rf"|{HAN}+|[\u30a0-\u30fa\u30fc-\u30ff]+|[\u3041-\u309f]+"
    rf"|(?:(?!{HAN}|[\u3041-\u30ff])[^\W_])(?:(?!{HAN}|[\u3041-\u30ff])[\w\u200c])*"
    r"(?:(?:['’]|\.(?=[a-z\d]|[A-Z]{2}))\w+)*[+#]*"
)
_JOINS = frozenset((" ", "-", "‑", "", "\u200c", "\xa0"))


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

    @property
    def needed(self) -> int:
        """How often an episode names what it treats, if its title does not."""
        return 1 if self.size <= SHORT_NOTES else 2 if self.size < LONG_NOTES else 3


def words_of(name: str) -> list[str]:
    """The words of a name."""
    return _TOKEN.findall(name)


def read(items: Sequence[EpisodeFile]) -> dict[str, Said]:
    """What each episode says, by slug."""
    parts = {item.episode.slug: list(_sentences(item)) for item in items}
    repeated = _repeated(parts.values(), len(parts))
    kept = {
        slug: [(where, text) for where, text in found if _key(text) not in repeated]
        for slug, found in parts.items()
    }
    lexicon = Lexicon([[text for _, text in found] for found in kept.values()])
    german = {item.episode.slug for item in items if writes_nouns_large(item.episode.language)}
    return {slug: _said(found, lexicon, slug in german) for slug, found in kept.items()}


def _said(found: Iterable[tuple[str, str]], lexicon: Lexicon, german: bool) -> Said:
    runs = tuple(run for where, text in found for run in _runs(text, where, lexicon))
    if german:
        runs = tuple(replace(run, is_prose=False) for run in runs)
    return Said(runs, sum(len(run.words) for run in runs))


def _sentences(item: EpisodeFile) -> Iterator[tuple[str, str]]:
    """Where each sentence of an episode stands, and its words without marks of any kind."""
    episode = item.episode
    yield TITLE, episode.title
    seen = set[str]()
    for where, lines in (
        (SUMMARY, (episode.summary or "").splitlines()),
        (NOTES, unpaid_lines(host_lines.without(episode.body))),
    ):
        for line in lines:
            for plain in sentences(line):
                if plain not in seen:  # a summary is often the beginning of the notes
                    seen.add(plain)
                    yield where, plain


def sentences(line: str) -> Iterator[str]:
    """The sentences of a line of Markdown, without what is no words."""
    for part in _SENTENCES.split(_NOISE.sub(" | ", LINK.sub(r"\1", line))):
        if plain := " ".join(part.split()):
            yield plain


def _repeated(parts: Iterable[Iterable[tuple[str, str]]], size: int) -> set[str]:
    having = Counter(
        key for found in parts for key in {_key(text) for where, text in found if where != TITLE}
    )
    often = max(OFTEN, OFTEN_SHARE * size)
    return {
        key
        for key, count in having.items()
        if count >= (REPEATED if key.count(" ") >= LONG - 1 else often) and " " in key
    }


def _key(sentence: str) -> str:
    """A sentence as it is compared."""
    return " ".join(terms.words(sentence))


def _runs(sentence: str, where: str, lexicon: Lexicon) -> Iterator[Run]:
    tokens = list(_tokens(sentence, lexicon))
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


def _tokens(sentence: str, lexicon: Lexicon) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(sentence):
        if lexicon.knows(match[0]):
            yield from lexicon.cut(match[0], match.start())
        else:
            yield match[0], match.start(), match.end()
