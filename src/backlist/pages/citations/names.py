"""An authors text as people: split only when every part of it looks like a name.

A wrong split invents a person; a text kept whole is only less useful. So whatever is not clearly
a list of names stays one literal name, as CSL calls it (CSL 1.0.2, "Names"): an organisation, a
lone word, `Last, First`, a list in a script that does not show which word is the family name.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from backlist.pages.citations.text_cleaning import one_line
from backlist.parse.features.identity import is_placeholder

MOST_WORDS = 6
"""A name of more words is a sentence."""

_NOTE = re.compile(r"\s*\(([^()]*)\)$")
_OTHERS = re.compile(
    r"(?:^|(?<![\s,;])[\s,;]+)(?:and\s+|&\s*)?(?:et\.?\s*al\b\.?|(?<=and\s)others\b\.?|(?<=&\s)others\b\.?)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;]\s*(?:(?:and|&)\s+)?|\s+(?:and|&)\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’ʼ.]+[^\W\d_]+)*\.?")
_INITIALS = re.compile(r"[^\W\d_](?:[.-]+[^\W\d_])*\.?")
_HONORIFIC = re.compile(r"(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame|rev)\.?", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[Jj]r|[Ss]r|II|III|IV)\.?")
_PARTICLE = re.compile(
    r"af|al|bin|da|das|de|dei|del|della|den|der|di|do|dos|du|el|ibn|la|le|ten|ter|van|vom|von|y|zu|"
    r"zum|zur"
)
_ORGANISATION = re.compile(
    r"(?<!\S)(?:academy|agency|ai|alliance|amazon|anthropic|association|bureau|center|centre|college|"
    r"collaboration|committee|community|company|consortium|contributors|corp|corporation|council|"
    r"deepmind|department|developers|editors|engineering|facebook|foundation|gmbh|google|group|"
    r"hugging|ibm|inc|initiative|institute|intel|international|laborator(?:y|ies)|labs?|llc|ltd|"
    r"meta|microsoft|ministry|mozilla|network|nvidia|openai|organi[sz]ation|project|research|"
    r"sciences|society|systems|team|technologies|the|university|wikipedia|workshop)[.,]?(?!\S)",
    re.IGNORECASE,
)
"""Words that tell an organisation from a person, where both are capitalised words."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the parts CSL knows; a `literal` name has no other part."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def last(self) -> str:
        """The family name with its particle, `van der Berg`."""
        return f"{self.particle} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Names:
    """Who made something: the names in order, whether there are others, what else was said."""

    people: tuple[Name, ...] = ()
    others: bool = False
    note: str = ""


def authors(text: str | None) -> Names:
    """The names in an authors text; a text that names nobody gives none.

    >>> authors("Kwon et al. (vLLM)")
    Names(people=(Name(family='Kwon', given='', particle='', suffix='', literal=''),), \
others=True, note='vLLM')
    """
    said = unicodedata.normalize("NFC", one_line(text))
    if is_placeholder(said):
        return Names()
    named, note = _without(_NOTE, said)
    named, others = _without(_OTHERS, named)
    people = _people(named, others=bool(others))
    return Names(people, bool(others and people), note.strip(" ()"))


def person(text: str) -> Name:
    """One person's name, without honorifics; what does not look like a full name is literal.

    >>> person("Dr. Ada Shannon").last, person("mcgrof").literal
    ('Shannon', 'mcgrof')
    """
    said = unicodedata.normalize("NFC", one_line(text))
    words = _words(said)
    return _name(words) if _count(words) > 1 else Name(literal=said)


def spoken(name: Name) -> str:
    """A name in the order it is said."""
    parts = (name.given, name.particle, name.family, name.suffix)
    return name.literal or " ".join(part for part in parts if part)


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """A text without what a pattern finds at its end, and that."""
    match = pattern.search(text)
    return (text[: match.start()].strip(), match[0].strip()) if match else (text, "")


def _people(text: str, *, others: bool) -> tuple[Name, ...]:
    if not text:
        return ()
    if ";" in text:
        found = [_turned(part) for part in re.split(r"\s*;\s*(?:(?:and|&)\s+)?", text)]
    else:
        found = _listed(text, others=others)
    return tuple(name for name in found if name) if found and all(found) else (Name(literal=text),)


def _turned(part: str) -> Name | None:
    """A part between semicolons, where `Last, First` can only be one name."""
    last, comma, first = part.partition(", ")
    family, given = _words(last), first.split()
    if not comma:
        return _name(family) if _count(family) else None
    if _count(family) != 1 or not given or not all(map(_is_capital, given)):
        return None
    name = _name(family)
    return Name(name.family, " ".join(given), name.particle)


def _listed(text: str, *, others: bool) -> list[Name | None]:
    """The names of `A, B, and C`: all of them full names, or all of them family names."""
    parts = [_words(part) for part in _BETWEEN.split(text)]
    counts = [_count(words) for words in parts]
    full = all(count > 1 for count in counts)
    if not full and not (set(counts) == {1} and _is_list(text, len(parts), others=others)):
        return []
    return [_name(words) for words in parts]


def _is_list(text: str, length: int, *, others: bool) -> bool:
    """Whether single words are a list of family names and not `Last, First` once or more."""
    between = [found.strip(" ,") for found in _BETWEEN.findall(text)]
    if length == 1:
        return others
    if any(between):
        return all(between) or not any(between[:-1])
    return length % 2 == 1


def _words(text: str) -> list[str]:
    words = text.split()
    while len(words) > 1 and _HONORIFIC.fullmatch(words[0]):
        words = words[1:]
    return words


def _count(words: Sequence[str]) -> int:
    """How many words of a name there are, particles and suffix aside; 0 if it is none."""
    if not words or len(words) > MOST_WORDS or _ORGANISATION.search(" ".join(words)):
        return 0
    body = words[:-1] if _has_suffix(words) else words
    rest = [word for word in body if not _PARTICLE.fullmatch(word)]
    return len(rest) if _is_family(body[-1]) and all(map(_is_capital, rest)) else 0


def _is_capital(word: str) -> bool:
    """Whether a word is written as a name is: `Ré`, `J.-P.`, `Hakkani-Tür`, not `IEEE` or `3D`."""
    shouted = word.isupper() and len(word) > 2 and not _INITIALS.fullmatch(word)
    return bool(_WORD.fullmatch(word)) and word[0].isupper() and not shouted


def _is_family(word: str) -> bool:
    """Whether a word can end a name: not an initial, as in `Turing A.M.`, and no particle."""
    return _is_capital(word) and not word.isupper() and not word.endswith(".")


def _has_suffix(words: Sequence[str]) -> bool:
    return len(words) > 2 and bool(_SUFFIX.fullmatch(words[-1]))


def _name(words: Sequence[str]) -> Name:
    """The parts of a name that `_count` has accepted; particles belong to the family name."""
    suffix = words[-1] if _has_suffix(words) else ""
    body = list(words[:-1] if suffix else words)
    start = len(body) - 1
    while start > 0 and _PARTICLE.fullmatch(body[start - 1]):
        start -= 1
    return Name(body[-1], " ".join(body[:start]), " ".join(body[start:-1]), suffix)
