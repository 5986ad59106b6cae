"""The order of names as readers look them up.

That of Unicode (UTS 10) for all scripts, by pyuca, and over it the letters that a language places
otherwise, as in CLDR 48 (`common/collation`). ICU has both, but no package of it that could be
installed without a compiler has its collation.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from backlist.locale.formats import script_of

if TYPE_CHECKING:
    # Loading the weights of all characters takes a quarter of a second.
    from pyuca import Collator

Names = tuple[str, ...]
Ranking = tuple[str, Names]
"""A language (BCP 47), and the names to be ordered in it."""

_NORDIC = "d=đ y=ü z<æ=ä<ø=ö=œ<å=aa"
_SOUTH_SLAVIC = "c<č<ć d<dž<đ l<lj n<nj s<š z<ž"
_TURKIC = "c<ç g<ğ h<ı o<ö s<ş u<ü"
_LETTERS = {
    "ar": "ء=أ=ؤ=إ=ئ=ا<آ ة=ت ى=ي",
    "az": "c<ç e<ə g<ğ h<x<ı k<q o<ö s<ş u<ü z<w",
    "bs": _SOUTH_SLAVIC,
    "ca": "l=ŀl",
    "cs": "c<č h<ch r<ř s<š z<ž",
    "cy": "c<ch d<dd f<ff g<ng l<ll p<ph r<rh t<th",
    "da": "d=đ y=ü z<æ=ä<ø=ö<å=aa",
    "eo": "c<ĉ g<ĝ h<ĥ j<ĵ s<ŝ u<ŭ",
    "es": "n<ñ",
    "et": "s<š<z<ž w<õ<ä<ö<ü",
    "fa": "ئ<آ ا<ء=أ=ؤ=ئ ق<ک=ڪ=ك و<ه=ە=ہ=ة=ۃ=ۀ=ھ ی=ى=ے=ي",
    "fi": "z<å<ä=æ<ö=ø d=đ t=ŧ g=ǥ n=ŋ y=ü",
    "fo": _NORDIC,
    "hr": _SOUTH_SLAVIC,
    "hu": "c<cs d<dz<dzs g<gy l<ly n<ny o<ö=ő s<sz t<ty u<ü=ű z<zs",
    "is": "a<á d=đ<ð e<é i<í o<ó u<ú y<ý z<þ<æ=ä<ö=ø<å",
    "lt": "c<č i=y s<š z<ž",
    "lv": "c<č g<ģ i=y k<ķ l<ļ n<ņ r<ŗ s<š z<ž",
    "mt": "b<ċ f<ġ g<għ h<ħ y<ż",
    "nb": _NORDIC,
    "nn": _NORDIC,
    "no": _NORDIC,
    "pl": "a<ą c<ć e<ę l<ł n<ń o<ó s<ś z<ź<ż",
    "ro": "a<ă<â i<î s<ş=ș t<ţ=ț",
    "sk": "a<ä c<č h<ch o<ô s<š z<ž",
    "sl": "c<č<ć d<đ s<š z<ž",
    "sq": "c<ç d<dh e<ë g<gj l<ll n<nj r<rr s<sh t<th x<xh z<zh",
    "sr-Latn": _SOUTH_SLAVIC,
    "sv": "d=đ y=ü z<å<ä=æ<ö=ø=œ",
    "tr": _TURKIC,
    "uk": "г<ґ і<ї",
    "vi": "a<ă<â d<đ e<ê o<ô<ơ u<ư",
}
"""Letters of a language, each group after the letter it follows: `<` before a letter of its own,
`=` before another form of the one before. English, French, German, Italian, Portuguese, Russian and
many more have none: there a letter with an accent is a form of the one without."""

_HAN = {"ja": "euc_jp", "zh": "gb2312", "zh-Hant": "big5"}
"""Character sets that list the characters in use as dictionaries do: by reading, or by strokes."""

_FIRST = {
    "Arab": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI", "Geor": "GEORGIAN", "Grek": "GREEK", "Hans": "CJK", "Hant": "CJK",
    "Hebr": "HEBREW", "Kore": "HANGUL", "Taml": "TAMIL", "Thai": "THAI",
}  # fmt: skip
"""Scripts that come before Latin letters where they are the language's own, by how Unicode calls
their characters. Japanese has Latin letters first."""

_BETWEEN = 1 / 64
"""How far apart letters stand that have their place between two of Unicode's."""

Element = list[float]


def ranked(asked: Ranking) -> dict[str, int]:
    """The place of each name among all: accents and capitals count only where letters are equal.

    Names in one script stand together, those in the language's own first. Loading the weights of
    all characters takes a quarter of a second, so a caller keeps the answer.

    >>> names = ("Zürich", "Öl", "apfel", "Äpfel", "Ofen")
    >>> [sorted(names, key=ranked((language, names)).get) for language in ("de", "sv")]
    [['apfel', 'Äpfel', 'Ofen', 'Öl', 'Zürich'], ['apfel', 'Ofen', 'Zürich', 'Äpfel', 'Öl']]
    """
    language, names = asked
    weigh = _order(language).key
    ordered = sorted(set(names), key=lambda name: (weigh(name), name))
    return {name: place for place, name in enumerate(ordered)}


def distinct(names: Iterable[str]) -> Names:
    """Names to be ranked, each once and in an order that is always the same."""
    return tuple(sorted(set(names)))


def initial(name: str, language: str) -> str:
    """The letter under which a name is found: one of the language's own, else without its accent.

    Empty where it begins with a digit or sign. All Chinese characters are one letter.

    >>> initial("ångström", "sv"), initial("ångström", "de"), initial("chléb", "cs")
    ('Å', 'A', 'CH')
    """
    text = unicodedata.normalize("NFC", name).lstrip()
    text = text[next((n for n, sign in enumerate(text) if sign.isalnum()), 0) :]
    own = _order(language).begins(text)
    if own:
        return own.upper()
    plain = unicodedata.normalize("NFKD", text[:1].upper())
    first = next(filter(str.isalnum, plain), "0")
    if unicodedata.name(first, "").startswith("CJK UNIFIED"):
        return "漢"
    return first if first.isalpha() else ""


class _Order:
    """How one language orders names."""

    def __init__(self, language: str) -> None:
        self.letters = dict(_letters(_of(_LETTERS, language) or ""))
        self.han = _of(_HAN, language)
        self.first = _FIRST.get(script_of(language), "")
        longest = sorted(self.letters, key=len, reverse=True)
        self.own = re.compile("|".join(map(re.escape, longest)) or r"(?!)")

    def key(self, name: str) -> tuple[int, tuple[float, ...]]:
        """What names are compared by: their script, then the weights of three levels."""
        elements = [*self._elements(unicodedata.normalize("NFC", name))]
        weights = [[one[level] for one in elements if one[level]] for level in range(3)]
        return self._script(name), (*weights[0], 0, *weights[1], 0, *weights[2])

    def begins(self, text: str) -> str:
        """The language's own letter that a text begins with, in the first of its forms."""
        found = self.own.match(text)
        return self.letters[found[0]][1] if found else ""

    def _script(self, name: str) -> int:
        """Signs and digits are 0, the language's own script 1, every other 2."""
        first = next(filter(str.isalnum, name), "")
        if not first.isalpha():
            return 0
        return 1 if self.first and unicodedata.name(first, "").startswith(self.first) else 2

    def _elements(self, text: str) -> Iterator[Element]:
        place = 0
        for found in self.own.finditer(text):
            yield from self._plain(text[place : found.start()])
            yield self._weights[found[0]]
            place = found.end()
        yield from self._plain(text[place:])

    def _plain(self, text: str) -> Iterator[Element]:
        """By Unicode; Chinese characters by their place in the language's own list."""
        if self.han and not text.isascii():
            for part in re.findall(r"[\u4e00-\u9fff]|[^\u4e00-\u9fff]+", text):
                listed = part.encode(self.han, "ignore") if len(part) == 1 else b""
                if len(listed) == 2 and "\u4e00" <= part <= "\u9fff":
                    yield [0xFB00 + int.from_bytes(listed) / 0x10000, 0x20, 2]
                else:
                    yield from _by_unicode(part)
        elif text:
            yield from _by_unicode(text)

    @cached_property
    def _weights(self) -> Mapping[str, Element]:
        """The weights of the language's own letters, beside those of the letter they follow."""
        found = {}
        for form, (anchor, _, place, variant) in self.letters.items():
            after = _by_unicode(anchor)[-1][0] if anchor else 0.0
            capital = 2 + 6 * sum(map(str.isupper, form)) / len(form)
            found[form] = [after + place * _BETWEEN, 0x20 + variant * _BETWEEN, capital]
        return found


Letter = tuple[str, str, int, int]
"""What a letter follows, the first of its forms (empty where it is a form of what it follows), how
far behind it is, and the how manyth form."""


def _letters(groups: str) -> Iterator[tuple[str, Letter]]:
    """Each spelling of each letter in an entry of `_LETTERS`."""
    for group in groups.split():
        anchor, *rest = re.split("([<=])", group)
        head, place, variant = "", 0, 0
        for sign, letter in zip(rest[::2], rest[1::2], strict=True):
            own = sign == "<"
            place, variant = (place + 1, 0) if own else (place, variant + 1)
            head = letter if own else head
            for form in dict.fromkeys((letter, letter.capitalize(), letter.upper())):
                yield form, (anchor, head, place, variant)


def _of(table: Mapping[str, str], language: str) -> str | None:
    """The entry of a language, or of the language as it is written in its script."""
    tag = language.lower().replace("_", "-")
    tongue = tag.partition("-")[0]
    known = {name.lower(): value for name, value in table.items()}
    written = f"{tongue}-{script_of(language)}".lower()
    return next((known[name] for name in (tag, written, tongue) if name in known), None)


def _by_unicode(text: str) -> list[Element]:
    found: list[Element] = _collator().collation_elements(unicodedata.normalize("NFD", text))
    return found


@lru_cache(maxsize=1)
def _collator() -> "Collator":
    from pyuca import Collator

    return Collator()


@lru_cache(maxsize=4)
def _order(language: str) -> _Order:
    return _Order(language)
