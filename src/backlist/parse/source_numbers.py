"""Where a text leads to a numbered source: `[3]`, `[1, 4]` and `[2-5]`.

Only numbers of sources that are there lead anywhere. A range that runs downwards, `[3-1]`, is the
result of a match; what an address follows in round brackets is a link already.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = r"[1-9]\d{0,2}"
_NUMBERS = re.compile(rf"\[({_NUMBER}(?:\s?[,;]\s?{_NUMBER}|\s?[-–]\s?{_NUMBER})*)\](?!\()")
_SPAN = re.compile(rf"({_NUMBER})\s?[-–]\s?({_NUMBER})")


class Piece(NamedTuple):
    """A part of a text, and the number of the source it leads to; 0 where it leads nowhere."""

    text: str
    source: int = 0


def find(text: str, start: int = 0, end: int | None = None) -> str | None:
    """The numbers in brackets that begin at `start`, with the brackets; None without any."""
    match = _NUMBERS.match(text, start, len(text) if end is None else end)
    return match[0] if match and not _is_score(match[1]) else None


def are_there(numbers: str, count: int) -> bool:
    """Whether all of the numbers are of sources that are there, `count` of them."""
    return all(int(one) <= count for one in re.findall(_NUMBER, numbers))


def pieces(numbers: str) -> Iterator[Piece]:
    """Numbers in brackets as parts that each lead somewhere, or nowhere.

    Where a number stands alone the brackets are part of the link.

    >>> [*pieces("[3]")], [piece.text for piece in pieces("[1, 4]")]
    ([Piece(text='[3]', source=3)], ['[', '1', ', ', '4', ']'])
    """
    inside = numbers[1:-1]
    if inside.isdecimal():
        yield Piece(numbers, int(inside))
        return
    for place, part in enumerate(re.split(rf"({_NUMBER})", numbers)):
        if part:
            yield Piece(part, int(part) if place % 2 else 0)


def split(text: str, count: int) -> Iterator[Piece]:
    """A plain text in parts that each lead to a source, or nowhere; `count` sources are there."""
    done = 0
    for match in _NUMBERS.finditer(text) if count else ():
        if not _is_score(match[1]) and are_there(match[0], count):
            if match.start() > done:
                yield Piece(text[done : match.start()])
            yield from pieces(match[0])
            done = match.end()
    if text[done:]:
        yield Piece(text[done:])


def _is_score(numbers: str) -> bool:
    return any(int(first) >= int(last) for first, last in _SPAN.findall(numbers))
