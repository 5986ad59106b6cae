"""Slugs: the readable part of an address, in Latin letters or in those of the title."""

import re
import unicodedata
from functools import lru_cache

from slugify import slugify

from backlist.urls.addresses import decode_entities

SLUG_LENGTH = 100

SLUG_BYTES = 180
"""Of UTF-8: a disk takes names of 255 bytes, and a record's has its day before the slug."""

_MOST_BYTES = 240
"""What a person may write, so that `SLUG.yaml` and `SLUG.vtt` are still names of files."""

_UNSEEN = re.compile(
    "[\u00ad\u034f\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Joiners, marks of direction and other signs that show nothing (Unicode, DerivedCoreProperties,
`Default_Ignorable_Code_Point`), and the line by which Arabic letters are drawn out."""

_LATIN = re.compile("[a-z\u00aa\u00ba\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff\u2c60-\u2c7f]+")


@lru_cache(maxsize=1 << 13)
def slug_of(text: str, *, every_script: bool = False) -> str:
    """A slug: entities decoded, lone Greek letters named, the rest transliterated to ASCII.

    With `every_script` letters of other scripts than Latin stay as they are, with their marks, in
    normalization form C; Latin ones are ASCII all the same, so that a Latin title has one slug
    either way. Signs that show nothing are left out, and capitals are small.

    Cut at a word; empty when nothing in the text can be spelt.

    >>> slug_of("δ-mem: SSD I/O &amp; café"), slug_of("Привет")
    ('delta-mem-ssd-io-cafe', 'privet')
    >>> slug_of("Привет, Café", every_script=True)
    'привет-cafe'
    """
    text = decode_entities(text)
    if every_script and not text.isascii():
        plain = _normalized(_normalized(_UNSEEN.sub("", text)).lower())
        if any(one.isalpha() and not _LATIN.match(one) for one in plain):
            return _in_every_script(plain)
    text = re.sub(r"(?<![^\W_])[\u0370-\u03ff](?![^\W_])", _greek_name, text)
    text = re.sub(r"(?<=\b\w)/(?=\w\b)", "", text)
    text = re.sub(r"['’ʼ]", "", text)
    return slugify(text, max_length=SLUG_LENGTH, word_boundary=True, save_order=True)


def is_slug(text: str) -> bool:
    """Whether a text can be a slug: words of small letters and digits, joined by `-` or `_`.

    >>> is_slug("a-good_slug"), is_slug("سلام-دنیا"), is_slug("A slug"), is_slug("a--b")
    (True, True, False, False)
    """
    if len(text.encode("utf-8", "surrogatepass")) > _MOST_BYTES:
        return False
    if text.isascii():
        return re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", text) is not None
    plain = text == unicodedata.normalize("NFC", text.lower()) and not _UNSEEN.search(text)
    words = re.split("[-_]", text)
    return plain and all(_is_word(word) for word in words)


def _is_word(text: str) -> bool:
    return text[:1].isalnum() and all(one.isalnum() or _is_mark(one) for one in text)


def folded(slug: str) -> str:
    """A slug as disks compare it that know no case: `ς` is `σ` there, and `ß` may be `ss`."""
    return slug if slug.isascii() else unicodedata.normalize("NFC", slug.casefold())


def cut(slug: str, fewer: int = 0, *, words: bool = True) -> str:
    """As much of a slug as a name has room for, `fewer` letters less; whole `words` if there are.

    A word that is too long alone, as in scripts without spaces, ends after a whole letter.

    >>> cut("one-two-three", fewer=SLUG_LENGTH - 9), len(cut("海" * 99))
    ('one-two', 60)
    """
    room = slice(max(0, SLUG_BYTES - fewer))
    held = slug[: SLUG_LENGTH - fewer].encode()[room].decode(errors="ignore")
    if held == slug:
        return slug
    following = slug[len(held)]
    if words and "-" in held and following != "-":
        return held.rpartition("-")[0].strip("-")
    return _without_half_a_letter(held, following).strip("-")


def _without_half_a_letter(text: str, following: str) -> str:
    """A text before a letter, without the letter that a mark would still have belonged to."""
    while text and _is_mark(following):
        text, following = text[:-1], text[-1]
    return text


def _normalized(text: str) -> str:
    """Normalization form KC, but for two vowels of Thai and Lao, which nobody writes in parts."""
    plain = unicodedata.normalize("NFKC", text)
    return plain.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


def _in_every_script(text: str) -> str:
    text = re.sub(r"(?<=\b\w)/(?=\w\b)", "", re.sub(r"['’ʼ]", "", text))
    # Latin letters before the marks: an accent on one of them goes with it.
    text = _LATIN.sub(lambda found: slugify(found[0]), unicodedata.normalize("NFC", text))
    spelt = ""
    for sign in text:
        if sign.isalnum():
            spelt += sign
        elif not _is_mark(sign):
            spelt += "-"
        elif spelt and not spelt[-1].isascii():  # a mark on a sign or an ASCII letter is no letter
            spelt += sign
    return cut(re.sub("-+", "-", unicodedata.normalize("NFC", spelt)).strip("-"))


def _is_mark(sign: str) -> bool:
    """Whether a sign stands on the letter before it (general categories Mn and Mc)."""
    return unicodedata.category(sign) in ("Mn", "Mc")


def _greek_name(match: re.Match[str]) -> str:
    words = unicodedata.name(match[0], "").split()
    return words[3].lower() if words[1:3] in (["SMALL", "LETTER"], ["CAPITAL", "LETTER"]) else ""
