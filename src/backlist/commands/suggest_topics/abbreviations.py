"""Which abbreviation stands for which words, by an archive's own evidence.

That is a text with one in parentheses after the other (`Large Language Model (LLM)`; Schwartz and
Hearst 2003), or both in the same episodes where one is the initials of the other, the capitals in
it (`JavaScript`, `JS`), its first and last letter with a number between (`i18n`), or the
same words with one cut short (`web dev`, `web development`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from backlist.commands.suggest_topics.phrases import Phrase
from backlist.commands.suggest_topics.words import fold

TOGETHER, TOGETHER_SHARE = 2, 0.3
"""How many episodes, and which share of the rarer one's, have an abbreviation and its words."""
PAIR_SHARE = 0.5
"""The share of the episodes of two letters, at least, that have their words."""
CUT = 3
"""Letters, at least, of a word that is cut short."""

Siblings = Mapping[tuple[int, str], list[Phrase]]

_BOTH = re.compile(
    r"(?<![\w'’-])(?P<long>(?:[^\W_][\w'’-]{0,30}[ ]){0,7}[^\W_][\w'’-]{0,30})"
    r"[ ]?\((?P<short>[^\W_][\w.&]{1,7})\)"
)
_REVERSED = re.compile(r"\b(?P<short>[A-Z][A-Z\d]{1,6}s?)[ ]\((?P<long>[^()\n]{5,60})\)")
_SHORT = re.compile(r"[A-Z][A-Z\d&]{1,6}s?")
_NUMERONYM = re.compile(r"([A-Za-z])(\d{1,2})([A-Za-z])")


def find(texts: Iterable[str], phrases: Mapping[str, Phrase]) -> dict[str, str]:
    """The key of the words that each abbreviation's key stands for."""
    told: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for text in texts:
        for short, long in explained(text):
            if short in phrases and long in phrases and short != long:
                told[short][long] += 1
    found = {
        short: max(longs.items(), key=lambda pair: (pair[1], pair[0]))[0]
        for short, longs in told.items()
    }
    for short, long in _together(phrases):
        found.setdefault(short, long)
    return found


def explained(text: str) -> Iterator[tuple[str, str]]:
    """Each abbreviation in a text with the words it has in parentheses, or is in, as keys."""
    for pattern in (_BOTH, _REVERSED):
        for match in pattern.finditer(text):
            short, words = match["short"], re.split(r"[\s-]+", match["long"].strip())
            if not any(map(str.isupper, short)):
                continue
            for count in range(1, min(len(words), len(short) + 2) + 1):
                part = words[-count:] if pattern is _BOTH else words[:count]
                if _is_short_for(short, part):
                    yield fold(short), "".join(map(fold, part))
                    break


def _is_short_for(short: str, words: list[str]) -> bool:
    """Whether the letters of `short` are in `words` in order, the first at their beginning."""
    letters = re.sub(r"[\W_]", "", short.removesuffix("s") if short[:-1].isupper() else short)
    if len(letters) < 2 or not words[0] or words[0][0].casefold() != letters[0].casefold():
        return False
    return _initials(words) == letters.casefold() or _humps("".join(words)) == letters.casefold()


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words if word and not _is_link(word)).casefold()


def _is_link(word: str) -> bool:
    return len(word) <= 3 and word.islower()


def _humps(word: str) -> str:
    """The capitals of a word that has some inside, in lower case."""
    found = re.findall("[A-Z]", word)
    return "".join(found).casefold() if re.fullmatch("(?:[A-Z][a-z]+){2,}", word) else ""


def _together(phrases: Mapping[str, Phrase]) -> Iterator[tuple[str, str]]:
    """Abbreviations with words that the same episodes have, the surest of each."""
    by_letters: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases.values():
        for letters in _letters(phrase):
            by_letters[letters].append(phrase)
    siblings = _siblings(phrases.values())
    for key, phrase in phrases.items():
        form = phrase.form
        named = len(phrase.words) == 1 and (_SHORT.fullmatch(form) or _NUMERONYM.fullmatch(form))
        wanted = form.removesuffix("s") if form[:-1].isupper() else form
        longs = (
            by_letters.get(wanted.casefold(), []) if named else _uncut(phrase, phrases, siblings)
        )
        best = max(longs, key=lambda one: (_both(phrase, one), one.key), default=None)
        if best is not None and phrase.words[0] not in best.words and _is_sure(phrase, best):
            yield key, best.key


def _letters(phrase: Phrase) -> Iterator[str]:
    """What may be an abbreviation of a phrase."""
    form = phrase.form
    parts = re.split(r"[\s-]+", form)
    if len(parts) > 1:
        yield _initials(parts)
    elif len(form) > 3:
        if letters := _humps(form):
            yield letters
        yield f"{form[0]}{len(form) - 2}{form[-1]}".casefold()


def _uncut(phrase: Phrase, phrases: Mapping[str, Phrase], siblings: Siblings) -> list[Phrase]:
    """The phrases of the same words with one of them not cut short."""
    if len(phrase.words) < 2:
        form = phrase.form
        base = form.partition(".")[0]
        if base != form and len(base) > 2 and fold(base) in phrases:  # `Vue.js` and `Vue`
            return [phrases[fold(base)]]
        return []
    alike = (
        one
        for word in {phrase.words[0], phrase.words[-1]}
        for one in siblings.get((len(phrase.words), word), ())
    )
    return [one for one in alike if _is_cut_of(phrase.words, one.words)]


def _siblings(phrases: Iterable[Phrase]) -> Siblings:
    """The phrases of several words by how many they are, and by the first and the last of them."""
    found: dict[tuple[int, str], list[Phrase]] = defaultdict(list)
    for one in phrases:
        for word in {one.words[0], one.words[-1]} if len(one.words) > 1 else ():
            found[len(one.words), word].append(one)
    return found


def _is_cut_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    unlike = [(a, b) for a, b in zip(short, long, strict=True) if a != b]
    if len(unlike) != 1:
        return False
    cut, whole = unlike[0]
    return CUT <= len(cut) <= len(whole) - 3 and whole.startswith(cut)


def _both(one: Phrase, other: Phrase) -> int:
    return len(one.times.keys() & other.times.keys())


def _is_sure(short: Phrase, long: Phrase) -> bool:
    both, rarer = _both(short, long), min(len(short.times), len(long.times))
    if (
        len(short.form) <= 2
        and re.search(r"[\s-]", long.form)
        and both < PAIR_SHARE * len(short.times)
    ):
        return False
    return both >= TOGETHER and both >= TOGETHER_SHARE * rarer
