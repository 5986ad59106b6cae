"""The icons beside links: one file of symbols a site, with only those that its pages show.

`icons.svg` has what there is: each line a symbol, by the name that `model/platforms.py` gives.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backlist.theme.styles import hashed

FILE = Path(__file__).with_name("icons.svg")

_SYMBOL = re.compile(r'^<symbol id="([a-z0-9]+)".*</symbol>$', re.MULTILINE)
_OPEN = '<svg xmlns="http://www.w3.org/2000/svg">\n'
_NOTE = "<!-- Of Simple Icons, https://simpleicons.org, CC0 1.0; the marks are their owners'. -->\n"


@dataclass(frozen=True, slots=True)
class Sprite:
    """A file of symbols, its output path with a digest of what is in it."""

    path: str
    content: bytes

    def place(self, name: str) -> str:
        """The output path of a symbol in it."""
        return f"{self.path}#{name}"


def sprite(names: Iterable[str]) -> Sprite:
    """The file of the symbols of these names; a name that has none is passed over."""
    known = _symbols()
    chosen = "".join(f"{known[name]}\n" for name in sorted(set(names)) if name in known)
    content = f"{_OPEN}{_NOTE}{chosen}</svg>\n".encode()
    return Sprite(f"static/{hashed(FILE.name, content)}", content)


@cache
def _symbols() -> Mapping[str, str]:
    return {match[1]: match[0] for match in _SYMBOL.finditer(FILE.read_text("utf-8"))}
