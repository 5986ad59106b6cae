"""Items as BibTeX, for LaTeX with BibTeX or biber, Zotero, JabRef and pandoc.

Entries are `@misc`, and `@online` for a web page: `@article` and its like demand a journal or a
book that nobody here knows. Text is UTF-8 with LaTeX's special characters escaped; `url`, `doi`
and `eprint` are verbatim fields (biblatex manual, 2.2.1), where nothing may be escaped.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from backlist.pages.citations.items import Item, remarks
from backlist.pages.citations.names import Name

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros every style defines (BibTeX, "BibTeXing", 2.2)."""

_SPECIAL = {
    **{char: f"\\{char}" for char in "&%$#_"},
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
    "\0": "{}",
}
_NAMED = """\
af afrikaans, ar arabic, bg bulgarian, ca catalan, cs czech, cy welsh, da danish, de ngerman,
de-at naustrian, de-ch nswissgerman, el greek, en english, en-au australian, en-ca canadian,
en-gb british, en-nz newzealand, en-us american, eo esperanto, es spanish, et estonian, eu
basque, fa persian, fi finnish, fr french, ga irish, gl galician, he hebrew, hr croatian, hu
hungarian, is icelandic, it italian, ja japanese, ko korean, la latin, lt lithuanian, lv
latvian, nb norsk, nl dutch, nn nynorsk, no norsk, pl polish, pt portuguese, pt-br brazilian, ro
romanian, ru russian, sk slovak, sl slovene, sr serbian, sv swedish, th thai, tr turkish, uk
ukrainian, vi vietnamese"""
_LANGIDS = dict(pair.split() for pair in _NAMED.split(","))
"""What babel and polyglossia, and so the field `langid` of biblatex, call a language (BCP 47)."""

_LIGATURE = re.compile(r"([-'`,])(?=\1)|[!?](?=`)")


def write(items: Iterable[Item]) -> str:
    """The items as one `.bib` file."""
    return "\n".join(_entry(item) for item in items)


def escaped(text: str) -> str:
    r"""A text as LaTeX sets it letter by letter.

    BibTeX counts braces, escaped or not, so they are written `\{` only where they pair;
    what LaTeX would join into a dash, a quote or a `¿` is kept apart.

    >>> print(escaped("R&D for 100% of {x}"), escaped("a_b -- {"))
    R\&D for 100\% of \{x\} a\_b -{}- {\textbraceleft}
    """
    written = _SPECIAL | ({"{": r"\{", "}": r"\}"} if _pairs(text) else {})
    apart = _LIGATURE.sub("\\g<0>\0", text)
    return "".join(written.get(char, char) for char in apart)


def _pairs(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _entry(item: Item) -> str:
    kind = "online" if item.type == "webpage" else "misc"
    lines = "".join(f"  {name} = {value},\n" for name, value in _fields(item))
    return f"@{kind}{{{item.id},\n{lines}}}\n"


def _fields(item: Item) -> Iterator[tuple[str, str]]:
    """The fields of an entry that are known, each with its delimiters."""
    yield from _text("author", _authors(item))
    if item.title:
        # The second pair of braces keeps a style from changing capitals.
        yield "title", f"{{{{{escaped(item.title)}}}}}"
    yield from _text("howpublished", _source(item))
    yield from _date(item)
    yield from _text("eprint", _verbatim(item.arxiv))
    yield from _text("archivePrefix", "arXiv" if item.arxiv else "")
    yield from _text("doi", _verbatim(item.doi))
    yield from _text("url", _verbatim(item.url))
    yield from _text("note", escaped(remarks(item)))
    yield from _text("langid", langid(item.language))


def langid(language: str) -> str:
    """A language's name for `langid` (biblatex manual, 2.2.3); empty where it has none.

    The field `language` is printed in a list of references, so it is not written.

    >>> langid("pt-BR"), langid("de-DE"), langid("tlh")
    ('brazilian', 'ngerman', '')
    """
    tag = language.lower()
    return _LANGIDS.get(tag) or _LANGIDS.get(tag.partition("-")[0], "")


def _text(name: str, value: str) -> Iterator[tuple[str, str]]:
    if value:
        yield name, f"{{{value}}}"


def _date(item: Item) -> Iterator[tuple[str, str]]:
    for name, number in zip(("year", "month", "day"), item.issued, strict=False):
        yield name, MONTHS[number - 1] if name == "month" else f"{{{number}}}"


def _source(item: Item) -> str:
    return escaped(", ".join(part for part in (item.genre, item.container_title) if part))


def _authors(item: Item) -> str:
    listed = [_name(name) for name in item.author.people]
    return " and ".join([*listed, *(["others"] if item.author.others else [])])


def _name(name: Name) -> str:
    """A name as `von Last, Jr, First` (BibTeX, "BibTeXing", 4).

    In braces it is one last name: a literal one, and `de Moura` without first name, whose
    particle some readers take for that.
    """
    if name.literal or (name.particle and not name.given):
        return f"{{{escaped(name.literal or name.last)}}}"
    return ", ".join(escaped(part) for part in (name.last, name.suffix, name.given) if part)


def _verbatim(text: str) -> str:
    """An address or id as it is, but for what would end the field (RFC 3986, 2.1)."""
    return re.sub(r"[{}\\\"\s]", lambda found: quote(found[0]), text)
