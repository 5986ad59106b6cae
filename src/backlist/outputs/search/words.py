"""Texts as words to find: one rule for what is indexed and for what a reader types.

`static/search.js` has the same rule for the reader's side, and a test holds the two together.
A text is spaced first, so that `cloud/cannon` and `arXiv:2306.14048` are two words each; a mark
that takes no room keeps it looking as it did. A word is then found by its plain form: case and
width folded, a Greek letter that stands alone by its name, an arXiv id without its version.
Dots and hyphens stay, for the engine knows what to do with `1.58-bit`.
"""

import re
import unicodedata
from functools import lru_cache

BREAK = "\u200b"
"""Stands where one written word is two words to find; takes no room (ZERO WIDTH SPACE)."""

_JOINT = re.compile(
    "(?<=\\S{2}[:;,/\\\\)\\]}>|=+*?!&#@~^”»…—–·•])(?=[^\\s:;,/\\\\)\\]}>|=+*?!&#@~^”»…—–·•]\\S)"
    "|(?<=\\S{2})(?=[([{<“«]\\S)"
)
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_EAST = re.compile(f"(?<=[{_UNSPACED}])(?=\\S)|(?<=\\S)(?=[{_UNSPACED}])")
_LETTERS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
_NAMES = f"{_LETTERS} sigma sigma tau upsilon phi chi psi omega".split()
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_ALONE = re.compile(f"(?<![{_GREEK}])[α-ω](?![{_GREEK}])")
_ADDRESS = re.compile(
    r"^https?:\S*(?:arxiv\.org/(?:abs|pdf|html)/|doi\.org/)(\S+?)(?:\.pdf)?$",
    re.ASCII | re.IGNORECASE,
)
_VERSION = re.compile("([0-9]{4}\\.[0-9]{4,5})v[0-9]+")


def spaced(text: str) -> str:
    """A text on one line, with `BREAK`s where a written word is several words to find.

    >>> spaced(" arXiv:2306.14048 ").split(BREAK)
    ['arXiv:', '2306.14048']
    """
    return _EAST.sub(BREAK, _JOINT.sub(BREAK, _line(text))).replace(BREAK * 2, BREAK)


def split(spaced_text: str) -> list[str]:
    """The words of a spaced text; a word's place in an index is its place in this list."""
    return re.split(f"[ {BREAK}]", spaced_text) if spaced_text else []


@lru_cache(maxsize=1 << 17)
def plain(word: str) -> str:
    """The form a word is found by; empty when there is nothing to find.

    >>> plain("δ-mem"), plain("H2O"), plain("2306.14048v2")
    ('delta-mem', 'h2o', '2306.14048')
    """
    folded = "".join(unicodedata.normalize("NFKC", word).lower().split())
    return _VERSION.sub(r"\1", _ALONE.sub(_name, folded))


def query(text: str) -> str:
    """What a reader types, as it is asked for; of a pasted arXiv or DOI address, the id.

    >>> query("https://arxiv.org/pdf/2306.14048v2.pdf")
    '2306.14048'
    """
    asked = _ADDRESS.sub(r"\1", _line(text))
    return " ".join(filter(None, map(plain, split(spaced(asked)))))


def _line(text: str) -> str:
    return " ".join(text.replace(BREAK, "").split())


def _name(letter: re.Match[str]) -> str:
    return _NAMES[ord(letter[0]) - ord("α")]
