"""Long texts of records, held compressed: most are asked for once, by one page or one feed.

They are two thirds of what an archive takes in memory, and of what is read of it at each build.
"""

import zlib
from typing import Any

LEAST = 400
"""Characters from which on a text is compressed; of less, little would be spared."""

_FAST = 1
"""The level of zlib: a higher one takes twice the time for a tenth less."""

_CODEC = ("utf-8", "surrogatepass")


class PackedText:
    """A field of a frozen dataclass that is written and read as `str`; empty by default."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._place = f"_{name}"

    def __get__(self, record: Any, owner: type) -> str:
        if record is None:  # a dataclass asks its class for the default
            return ""
        kept: str | bytes = record.__dict__[self._place]
        return kept if isinstance(kept, str) else zlib.decompress(kept).decode(*_CODEC)

    def __set__(self, record: Any, value: str) -> None:
        is_long = len(value) >= LEAST
        packed = zlib.compress(value.encode(*_CODEC), _FAST) if is_long else value
        record.__dict__[self._place] = packed


class PackedBytes:
    """A field of a frozen dataclass that is written and read as `bytes`; empty by default."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._place = f"_{name}"

    def __get__(self, record: Any, owner: type) -> bytes:
        if record is None:
            return b""
        return zlib.decompress(record.__dict__[self._place])

    def __set__(self, record: Any, value: bytes) -> None:
        record.__dict__[self._place] = zlib.compress(value, _FAST)
