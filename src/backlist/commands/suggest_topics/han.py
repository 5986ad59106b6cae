"""Words of a Chinese text, which no spaces divide, and which of them name things.

Both are told by the dictionary of jieba, which has a part of speech and a frequency for each word.
"""

import re
from collections.abc import Iterator
from functools import cache

import rjieba

HAN = "[\u3400-\u4dbf\u4e00-\u9fff\u3005]"
COMMON = 2000
"""How often jieba's texts, of about sixty million words, have what is in every conversation."""

_RUN = re.compile(HAN + "+")
_EASTERN = re.compile(rf"{HAN}|[\u3040-\u30ff]")
_NOUNS = ("n", "vn", "j")
_PERSON, _PLACE = "nr", "ns"


def cut(text: str, offset: int) -> Iterator[tuple[str, int, int]]:
    """The words of Chinese characters with their places."""
    for word in _jieba().cut(text):
        yield word, offset, offset + len(word)
        offset += len(word)


def is_run(text: str) -> bool:
    """Whether a text is Chinese characters only."""
    return _RUN.fullmatch(text) is not None


def names_things(form: str) -> bool:
    """Whether what is Chinese of a phrase names things, if anything is."""
    return all(map(_is_thing, _RUN.findall(form)))


def _is_thing(text: str) -> bool:
    """Whether words end in a noun, and are no person."""
    kinds = [kind for _, kind in _jieba().tag(text)]
    return kinds[-1].startswith(_NOUNS) and not any(map(_is_person, kinds))


def _is_person(kind: str) -> bool:
    return kind.startswith(_PERSON)


def is_everyday(form: str) -> bool:
    """Whether a Chinese word is one of every conversation, and no place."""
    kinds = _jieba().tag(form)
    return kinds[-1][1] != _PLACE and _jieba().suggest_freq(form) >= COMMON


def is_eastern(text: str) -> bool:
    """Whether a text has Chinese characters or kana."""
    return _EASTERN.search(text) is not None


@cache
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()
