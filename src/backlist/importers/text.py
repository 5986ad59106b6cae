"""Plain text of unknown origin: characters no file may hold, and the way into Markdown."""

import re
from collections.abc import Sequence
from itertools import pairwise

from backlist.content.markdown_text import escape, escape_start, guard
from backlist.feed.reader.text import clean, collapse
from backlist.importers.source_lists import URL
from backlist.problems import Problems, Where
from backlist.urls import decode_entities

_STRONG = re.compile(r"\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*")
_ITEM = re.compile(r"(?:[-–—*•·▪►]\s*)?[\[(]?\d{1,3}:\d\d|[-–—*•·▪►]\s|\d{1,3}[.)]\s|https?://\S+$")
_NARROWEST, _WIDEST, _FEWEST = 55, 100, 2
_HOST = r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?"
_PLAIN_URL = re.compile(_HOST + r"(?:[/?#][A-Za-z0-9:/?#@!$&'()*+,;=._~-]*)?")
_LINKABLE = re.compile(_HOST + r"(?:[/?#]\S*)?")


def read_title(raw: str, where: Where, problems: Problems) -> str:
    """A title with its entities decoded, on one line, without a leaked `Episode: `."""
    title = collapse(clean(raw, where, problems))
    decoded = collapse(decode_entities(title))
    if decoded != title:
        problems.info(where, f"the title was encoded twice; read as `{decoded}`")
    if decoded.startswith("Episode: "):
        decoded = decoded.removeprefix("Episode: ")
        problems.info(where, f"`Episode: ` taken off the title `{decoded}`")
    return decoded


def name_of(words: str) -> str:
    """The name where it stands after an e-mail address, as RSS 2.0 writes people; else the words.

    >>> name_of("ada@ebb.example (Ada Brine)"), name_of("Ada Brine (host)")
    ('Ada Brine', 'Ada Brine (host)')
    """
    address, _, name = words.partition("(")
    is_one = "@" in address and len(address.split()) == 1
    return (name.removesuffix(")").strip() if is_one and name.endswith(")") else "") or words


def to_markdown(text: str) -> str:
    """Markdown that shows plain text as it is.

    Blank lines part paragraphs, lines stay lines (unless the text is wrapped at a column),
    addresses become links, `**words**` become strong.
    """
    blocks = re.split(r"\n[^\S\n]*\n\s*", text.strip())
    wrapped = is_wrapped(text.split("\n"))
    return "\n\n".join(_write_block(block, wrapped) for block in blocks if block.strip())


def _write_block(block: str, wrapped: bool) -> str:
    lines = [line.strip() for line in block.split("\n")]
    # Chapters and lists would run together, whatever the width of the text.
    kept = not wrapped or sum(_ITEM.match(line) is not None for line in lines) > 1
    return ("\\\n" if kept else "\n").join(_write_line(line) for line in lines)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines end where a column is full, as in e-mail, and not where something ends.

    Then every line is as long as the next word allows, and sentences go on in the next one.
    """
    lines = [line.strip() for line in lines]
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    breaks = [(line, following) for line, following in pairwise(lines) if line and following]
    full = sum(len(line) + 1 + len(following.split()[0]) > width for line, following in breaks)
    open_ = sum(line[-1] not in ".!?:;…。！？" for line, _ in breaks)
    return len(breaks) >= _FEWEST and full == len(breaks) and 2 * open_ >= len(breaks)


def _write_line(line: str) -> str:
    start = escape_start(line)
    return start + _write_inline(line[len(start.replace("\\", "")) :])


def _write_inline(text: str) -> str:
    written = ""
    last = 0
    for match in URL.finditer(text):
        url = trim_address(match[0])
        if not _LINKABLE.fullmatch(url):
            continue
        written += guard(_write_words(text[last : match.start()])) + _write_link(url)
        last = match.start() + len(url)
    return written + _write_words(text[last:])


def trim_address(url: str) -> str:
    """An address in running text without the punctuation of the sentence around it."""
    url = re.split(r'[<>"]', url, maxsplit=1)[0]
    while url[-1] in ".,;:!?'*" or (url[-1] == ")" and url.count("(") < url.count(")")):
        url = url[:-1]
    return url


def _write_link(url: str) -> str:
    if _PLAIN_URL.fullmatch(url):
        return f"<{url}>"
    target = re.sub(r"[<>&\\]", lambda match: f"\\{match[0]}", url)
    return f"[{escape(url)}](<{target}>)"


def _write_words(text: str) -> str:
    written = ""
    last = 0
    for match in _STRONG.finditer(text):
        written += escape(text[last : match.start()]) + f"**{escape(match[1])}**"
        last = match.end()
    return written + escape(text[last:])
