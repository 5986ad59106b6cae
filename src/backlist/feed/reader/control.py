"""What no XML can hold, left out of the bytes of a feed or page before they are parsed.

libxml2's recovery loses the text around such a character, and makes invalid UTF-8 of the number of
a surrogate (`&#xD800;`).
"""

import re

from backlist.feed.vocabulary import NOT_XML
from backlist.problems import Problems, Where

_FOUND = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"
    rb"|&#(?:x(?P<hex>[0-9a-fA-F]{1,8})|(?P<number>[0-9]{1,10}));"
)
_MOST = 10


def leave_out(data: bytes, file: str, problems: Problems, skipped: int = 0) -> bytes:
    """The bytes without such characters; the same object where there are none.

    Each line that has some is reported, the first ten by themselves. A vertical tab or form feed
    becomes a space. `skipped` is the number of lines before the bytes.
    """
    found = [match for match in _FOUND.finditer(data) if _is_wrong(match)]
    if not found:
        return data
    lines: dict[int, int] = {}
    line, last = 1 + skipped, 0
    parts = []
    for match in found:
        between = data[last : match.start()]
        line += between.count(b"\n")
        lines[line] = lines.get(line, 0) + 1
        parts += [between, b" " if match[0] in b"\x0b\x0c" else b""]
        last = match.end()
    _report(lines, file, problems)
    return b"".join([*parts, data[last:]])


def _is_wrong(match: re.Match[bytes]) -> bool:
    if not match[0].startswith(b"&"):
        return True
    code = int(match["hex"], 16) if match["hex"] else int(match["number"])
    return code > 0x10FFFF or NOT_XML.match(chr(code)) is not None


def _report(lines: dict[int, int], file: str, problems: Problems) -> None:
    hint = "the text is kept without them; check whether a letter is missing"
    for line, count in list(lines.items())[:_MOST]:
        many = f"{count} control characters" if count > 1 else "a control character"
        problems.warning(Where(file, line), f"has {many} that no feed can hold; left out", hint)
    if len(lines) > _MOST:
        more = f"{len(lines) - _MOST} more lines have control characters; left out"
        problems.warning(Where(file), more, hint)
