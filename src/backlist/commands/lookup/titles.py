"""When two titles are one: spelt as services and shows spell them, and how alike they are.

Services give a title with HTML, MathML, LaTeX or a stray space in a formula, a show gives it as
somebody typed it. What is compared are its letters and digits alone.
"""

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from backlist import urls
from backlist.parse.features import identity

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MATH = re.compile(r"\$(?=\S)([^$]*)(?<=\S)\$(?!\d)")
"""Mathematics between dollars, as Pandoc tells it from money ("tex_math_dollars")."""

_NOT_LATEX = re.compile(r"(?<!\\)[%#&]")
_TRAILING = re.compile(
    r"\s*[(\[](?:[^()\[\]]*\b[12]\d{3}|pdf|arxiv(?:[ :][^()\[\]]*)?|preprint|paper)[)\]]\s*$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[:：]\s+|\s+[–—-]\s+|(?<=[?!])\s+")
_TAKEN_BACK = re.compile(
    r"^\W*(?:(?:retracted|withdrawn)(?: (?:article|chapter|paper))?\b\W*)+(?=\w)", re.IGNORECASE
)
_NOTICE = frozenset(
    (
        "abstract",
        "addendum",
        "artifact",
        "code",
        "comment",
        "comments",
        "correction",
        "corrigendum",
        "data",
        "demo",
        "discussion",
        "editorial",
        "errata",
        "erratum",
        "figure",
        "invited",
        "keynote",
        "letter",
        "panel",
        "poster",
        "preface",
        "presentation",
        "reply",
        "reprint",
        "response",
        "retraction",
        "review",
        "session",
        "slides",
        "summary",
        "supplement",
        "supplementary",
        "table",
        "talk",
        "thesis",
        "translation",
        "tutorial",
        "workshop",
    )
)
"""What stands before a paper's title, or after it, in the title of something about it."""

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""Letters of Thai, Lao, Japanese and Chinese."""

FEWEST_WORDS = 4
"""A title of fewer words is one that many papers may bear."""

TYPED = 5
"""Letters of a word from which on one wrong letter is a typing error, not another word."""

NEAR = 0.75
"""How alike two titles are that one paper bore one after the other (see `judge`)."""


class Likeness(IntEnum):
    """How two titles are alike, the surest last."""

    NONE = 0
    NEAR = 1
    """Most of both is the same."""
    TYPING = 2
    """The same but for single letters of long words."""
    LEAD = 3
    """One has a name before it, `vLLM: …`, that the other lacks."""
    SUBTITLE = 4
    """The first lacks the other's subtitle."""
    EQUAL = 5


@lru_cache(maxsize=4096)
def words(title: str) -> tuple[str, ...]:
    r"""The words of a title in plain letters and digits; Greek letters are spelt out.

    >>> words(r"$\delta$-mem &amp; H<sub>2</sub>O"), words("δ-mem and H2O")
    (('delta', 'mem', 'h2o'), ('delta', 'mem', 'h2o'))
    """
    text = _TAG.sub("", urls.decode_entities(urls.decode_entities(title)))
    text = _TRAILING.sub("", _without_latex(text))
    text = "".join(map(_spelt, unicodedata.normalize("NFKC", text)))
    return tuple(word for word in identity.title_words(text) if word != "and")


def shown(title: str) -> str:
    r"""A title as a page shows it: without markup, LaTeX and the mark of a footnote.

    >>> shown(r"$\delta$-mem &amp; H<sub>2</sub>O: \emph{Deep} Memory*")
    'δ-mem & H2O: Deep Memory'
    """
    text = _TAG.sub("", urls.decode_entities(urls.decode_entities(title)))
    return " ".join(_without_latex(text).rstrip(" *†‡").split())


def key(title: str) -> str:
    """A title as one word: hyphens and the spaces of formulas say nothing."""
    return "".join(words(title))


def without_mark(title: str) -> tuple[str, bool]:
    """A title without `RETRACTED:` before it, and whether it had that.

    >>> without_mark("RETRACTED ARTICLE: Owls"), without_mark("Retracted papers by field")
    (('Owls', True), ('Retracted papers by field', False))
    """
    match = _TAKEN_BACK.match(title)
    is_mark = match is not None and re.search(r"[:\]\-–—]\s*$", match[0]) is not None
    return (title[match.end() :], True) if match and is_mark else (title, False)


def length(title: str) -> int:
    """How many words a title has; where words are not set apart, two signs count as one."""
    return sum(max(1, len(_UNSPACED.findall(word)) // 2) for word in words(title))


def is_short(title: str) -> bool:
    """Whether many papers may bear a title.

    >>> is_short("Deep Learning"), is_short("フクロウの夜間飛行に関する研究")
    (True, False)
    """
    return length(title) < FEWEST_WORDS


def compare(one: str, other: str) -> Likeness:
    """How the title of a source is like that of a paper.

    A source that has a subtitle more is another matter: it says more than the paper does.

    >>> compare("Pond", "Pond: CXL Memory"), compare("GPT-2 in Practice", "GPT-3 in Practice").name
    (<Likeness.SUBTITLE: 4>, 'NONE')
    """
    if not key(one) or not key(other):
        return Likeness.NONE
    if key(one) == key(other):
        return Likeness.EQUAL
    if _is_main(one, other):
        return Likeness.SUBTITLE
    if _is_led(one, other) or (_is_led(other, one) and not _is_numbered(other)):
        return Likeness.LEAD
    if _numbers(one) != _numbers(other):
        return Likeness.NONE
    if _is_mistyped(words(one), words(other)):
        return Likeness.TYPING
    return Likeness.NEAR if alike(one, other) >= NEAR else Likeness.NONE


def alike(one: str, other: str) -> float:
    """How much of two titles is the same, 0 to 1, by the edits between their words."""
    return float(fuzz.ratio(" ".join(words(one)), " ".join(words(other)))) / 100


def shared(one: str, other: str) -> float:
    """How far the words of one of two titles are all in the other, 0 to 1, in whatever order.

    >>> shared("Owls: A Survey", "A Survey of Owls in the North")
    1.0
    """
    return round(float(fuzz.token_set_ratio(" ".join(words(one)), " ".join(words(other)))) / 100, 2)


def same_name(one: str, other: str) -> bool:
    """Whether two titles begin with the same name before a colon: `ServerlessLLM: …`."""
    mine, theirs = _PARTS.split(one, maxsplit=1), _PARTS.split(other, maxsplit=1)
    return len(mine) == len(theirs) == 2 and key(mine[0]) == key(theirs[0])


def _is_main(short: str, long: str) -> bool:
    """Whether a title is another without what follows its first colon."""
    main, *rest = _PARTS.split(long, maxsplit=1)
    return bool(rest) and key(main) == key(short) and not _NOTICE.intersection(words(rest[0])[-1:])


def _is_led(long: str, short: str) -> bool:
    """Whether a title is another with a name of at most two words before it."""
    lead, *rest = _PARTS.split(long, maxsplit=1)
    if not rest or is_short(short) or len(words(lead)) > 2 or _NOTICE.intersection(words(lead)):
        return False
    return key(rest[0]) == key(short)


def _is_numbered(title: str) -> bool:
    """Whether a number stands before a title, as before abstracts of a meeting: `P12: …`."""
    return re.search(r"\d", _PARTS.split(title, maxsplit=1)[0]) is not None


def _is_mistyped(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) != len(other) or len(one) < FEWEST_WORDS:
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) <= 2 and all(
        min(len(a), len(b)) >= TYPED and OSA.distance(a, b) == 1 for a, b in pairs
    )


def _numbers(title: str) -> list[str]:
    """What tells the second paper of a series from the first: numbers, roman ones, a plus."""
    return [word for word in words(title) if re.search(r"[\d+]", word) or word in _ROMAN]


_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi"))


def _without_latex(text: str) -> str:
    if "\\" not in text and not _MATH.search(text):
        return text
    text = _MATH.sub(lambda found: "$" + re.sub("[_^]", "", found[1]) + "$", text)
    text = _NOT_LATEX.sub(lambda found: "\\" + found[0], text)
    reader = LatexNodes2Text(math_mode="text", strict_latex_spaces=False)
    return str(reader.latex_to_text(text, tolerant_parsing=True))


def _spelt(letter: str) -> str:
    name = unicodedata.name(letter, "") if letter > "\u036f" else ""
    return (
        name.rpartition(" ")[2].lower()
        if name.startswith("GREEK ") and "LETTER" in name
        else letter
    )
