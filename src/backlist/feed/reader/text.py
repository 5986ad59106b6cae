"""Text of unknown origin on its way into a record."""

import unicodedata

from backlist.problems import Problems, Where


def clean(text: str, where: Where, problems: Problems) -> str:
    """Text without control characters and lone surrogates, with plain line ends; removals warn."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
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


def collapse(text: str) -> str:
    """Text on one line, every run of white space one space."""
    return " ".join(text.split())


def shorten(words: str, most: int) -> str:
    """A text of at most so many characters, cut at a word."""
    if len(words) <= most:
        return words
    return (words[: most - 1].rpartition(" ")[0].rstrip(" ,;:") or words[: most - 1]) + "…"
