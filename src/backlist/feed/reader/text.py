"""Text of unknown origin on its way into a record."""

import re

from backlist.problems import Problems, Where


def clean(text: str, where: Where, problems: Problems) -> str:
    """Text or HTML without what no file may hold, with plain line ends; removals warn."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    # Unicode's own line ends; and the byte order mark, which says nothing inside a text.
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\ufeff", "")
    kept = strip_controls(text)
    named = text.count("&#") - kept.count("&#")
    removed = named or len(text) - len(kept)
    if removed:
        problems.warning(
            where,
            f"{removed} control character{'s' if removed > 1 else ''} removed",
            "the text is kept without them; check whether a letter is missing",
        )
    return kept


_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters of the categories Cc, without tab and line end, and Cs, and two that are none."""

_REFERENCE = re.compile(r"&#(?:([0-9]{1,7})|[xX]([0-9A-Fa-f]{1,6}))(?![0-9A-Fa-f]);?")


def strip_controls(text: str) -> str:
    """Text or HTML without control characters, lone surrogates, and references to them."""
    return _NO_TEXT.sub("", _REFERENCE.sub(_keep_reference, text))


def _keep_reference(match: re.Match[str]) -> str:
    """A reference, unless to a control character; HTML reads 128 to 159 as Windows does."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    kept = code < 0x110000 and (code == 13 or 128 <= code < 160 or not _NO_TEXT.match(chr(code)))
    return match[0] if kept else ""


def collapse(text: str) -> str:
    """Text on one line, every run of white space one space."""
    return " ".join(text.split())


def shorten(words: str, most: int = 80) -> str:
    """A text of at most so many characters, cut at a word where it has any."""
    if len(words) <= most:
        return words
    return (words[: most - 1].rpartition(" ")[0].rstrip(" ,;:") or words[: most - 1]) + "…"
