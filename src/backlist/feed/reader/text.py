"""Text of unknown origin on its way into a record."""

import re
import unicodedata

from backlist.problems import Problems, Where


def clean(text: str, where: Where, problems: Problems) -> str:
    """Text without control characters and lone surrogates, with plain line ends; removals warn."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    kept = "".join(char for char in text if _is_text(char))
    removed = len(text) - len(kept)
    if removed:
        problems.warning(
            where,
            f"{removed} control character{'s' if removed > 1 else ''} removed",
            "the text is kept without them; check whether a letter is missing",
        )
    return kept


def _is_text(char: str) -> bool:
    if char in "\t\n":
        return True
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in "\ufffe\uffff"


def clean_markup(text: str, where: Where, problems: Problems) -> str:
    """HTML without control characters, also those written as numbers (`&#1;`); removals warn."""
    named = _REFERENCE.sub(_spell_control, text)
    return clean(named, where, problems)


_REFERENCE = re.compile(r"&#(?:([0-9]{1,7})|[xX]([0-9A-Fa-f]{1,6}));?")


def _spell_control(match: re.Match[str]) -> str:
    """A control character that a reference stands for; HTML reads 128 to 159 as Windows does."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    char = chr(code) if code < 0x110000 else "\0"
    return match[0] if _is_text(char) or char == "\r" or 128 <= code < 160 else char


def collapse(text: str) -> str:
    """Text on one line, every run of white space one space."""
    return " ".join(text.split())


def shorten(words: str, most: int = 80) -> str:
    """A text of at most so many characters, cut at a word where it has any."""
    if len(words) <= most:
        return words
    return (words[: most - 1].rpartition(" ")[0].rstrip(" ,;:") or words[: most - 1]) + "…"
