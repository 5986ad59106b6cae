"""Pictures in `static/`: what they are, and the sized copies of them that pages show.

Pillow reads and writes them. It is imported only where a file is looked at that was not known, or
a copy is made that is not there: a build without changes opens no picture.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}
"""The formats that are shown, and how files of them end. SVG is none of them: it can run scripts,
and apps do not show it."""

LARGEST = 64_000_000
"""Pixels a picture may have: what unpacks to more is an accident or an attack."""

SIDES = (128, 320, 640)
"""Pixels a side of the copies has: for rows, for cards, and for the head of a page, each sharp on
a screen of two pixels a point."""

OWN_SIDES = (128, 640)
"""Those of a picture that only one episode has: each costs the archive a file an episode."""

WEBP, JPEG = "webp", "jpg"
"""How copies end, and so what they are."""

VERSION = 1
"""To be raised when the same picture gives other copies."""

FEW_SIDES = (320,)
"""Those where more than `MANY` episodes have a picture of their own."""
MANY = 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is: its format, pixels as it is shown, colours, and a digest of its bytes.

    `kind` is empty where it is none that copies are made of. 3 `channels` are RGB, 4 RGB with
    transparency or CMYK. `name` is that of its file in `static/`.
    """

    digest: str
    kind: str = ""
    width: int = 0
    height: int = 0
    channels: int = 0
    name: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether pages show it; a drawing as SVG is shown as it is."""
        return bool(self.kind) or self.name.lower().endswith(".svg")

    @property
    def side(self) -> int:
        """The side of the largest square in it."""
        return min(self.width, self.height)

    def sides(self, wanted: tuple[int, ...] = SIDES) -> tuple[int, ...]:
        """The sides of its copies: none is larger than the picture itself."""
        return tuple(sorted({min(side, self.side) for side in wanted})) if self.kind else ()


def look(path: Path) -> Picture:
    """What the file says it is; only its first bytes are understood."""
    from backlist.pictures.opening import header

    data = path.read_bytes()
    digest = hashlib.blake2b(data, digest_size=6).hexdigest()
    return header(data, digest)


def accent(path: Path) -> str:
    """The strongest colour of a cover, `#rrggbb`; empty where it is grey."""
    from backlist.pictures.colours import strongest

    return strongest(path)
