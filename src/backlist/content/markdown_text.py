"""Words and links written as Markdown in which no sign of theirs means anything (CommonMark 0.31).

The way back, from Markdown to what it says, is `prose`.
"""

import re

_TIMESTAMP = r"\[(?:\d{1,3}(?::\d\d){1,2}|[1-9]\d{0,2})\](?![\[(:])"
"""A moment, or the number of a source: what leads there where it stands in notes."""
_INLINE = re.compile(
    rf"(?P<keep>{_TIMESTAMP})"
    r"|(?P<word>(?<=[^\W_])_+(?=[^\W_]))"
    r"|(?P<mark>[\\`*_\[\]~|^$]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!(?=\[))"
)
_LINE_START = re.compile(r"(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)|(?P<mark>[-+=#>:])")
_PLAIN = re.compile(r"[^\s()<>\\&]+")


def escape(text: str) -> str:
    """One line of text with a backslash before what Markdown would read as a sign."""
    return _INLINE.sub(lambda match: f"\\{match[0]}" if match["mark"] else match[0], text)


def escape_start(line: str) -> str:
    """The sign that would make a line a heading, a list or a rule, made harmless; else nothing."""
    start = _LINE_START.match(line)
    if start is None:
        return ""
    if start["number"]:
        return f"{start['number']}\\{start['dot']}"
    return f"\\{start['mark']}"


def escape_words(text: str) -> str:
    """Words that may stand at the start of a line, escaped."""
    space = text[: len(text) - len(text.lstrip())]
    rest = text[len(space) :]
    start = escape_start(rest)
    return space + start + escape(rest[len(start.replace("\\", "")) :])


def guard(written: str) -> str:
    """Markdown that a link follows: its last sign must not join with the link's first."""
    return f"{written[:-1]}\\{written[-1]}" if written.endswith(("!", "<")) else written


def line(text: str | None) -> str:
    """Text of any kind as the words of one line, none of them a sign."""
    return escape_words(" ".join((text or "").split()))


def link(text: str, url: str) -> str:
    """A link (section 6.3); words without an address stay words, an address alone names itself."""
    if not url:
        return line(text)
    words = escape(" ".join(text.split()) or url)
    return f"[{words}]({url if _PLAIN.fullmatch(url) else _bracketed(url)})"


def _bracketed(url: str) -> str:
    marked = re.sub(r"[<>&\\]", lambda match: f"\\{match[0]}", " ".join(url.split()))
    return f"<{marked}>"
