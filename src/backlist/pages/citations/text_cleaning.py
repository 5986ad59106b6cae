"""Text as a bibliography can carry it: one line, and nothing that is not text."""

import unicodedata

_NOT_TEXT = ("Cc", "Cs")


def one_line(text: str | None) -> str:
    r"""A text on one line: white space becomes single spaces, controls and lone surrogates go.

    >>> one_line(" A title\n on two lines\0 ")
    'A title on two lines'
    """
    if text and text.isprintable():
        return " ".join(text.split())
    kept = (c for c in text or "" if c.isspace() or unicodedata.category(c) not in _NOT_TEXT)
    return " ".join("".join(kept).split())
