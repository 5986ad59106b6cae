"""The card of a visualization that has no poster: drawn from its name, the same every time.

A shelf as on the theme's emblem, one book pulled out, and a slider under it: something to move.
Its colours are the page's, so that it is light or dark with it.
"""

import hashlib
from collections.abc import Iterator

WIDTH, HEIGHT = 1200, 750
"""Pixels, as a poster's."""

_EDGE, _FLOOR = 90, 560
_TALL = (150, 400)
_WIDE = (26, 78)


def drawn(name: str) -> str:
    """An SVG picture (SVG 2) for the visualization called `name`."""
    dice = _dice(name)
    spines = list(_spines(dice))
    pulled = len(spines) // 4 + next(dice) % (len(spines) // 2)
    x, width, height = spines[pulled]
    knob = x + width / 2
    shelf = "".join(
        _rect(x, _FLOOR - height, width, height)
        for place, (x, width, height) in enumerate(spines)
        if place != pulled
    )
    rules = "".join(f"M0 {y}H{WIDTH}" for y in range(60, _FLOOR, 100))
    return (
        f'<svg class="drawn" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'<path class="rules" d="{rules}"/><path class="spines" d="{shelf}"/>'
        f'<path class="pulled" d="{_rect(x, _FLOOR - height - 90, width, height)}"/>'
        f'<path class="floor" d="M0 {_FLOOR + 4}H{WIDTH}"/>'
        f'<path class="track" d="M90 660H1110"/>'
        f'<path class="gone" d="M90 660H{knob:g}"/>'
        f'<circle class="pulled" cx="{knob:g}" cy="660" r="26"/></svg>'
    )


def _dice(name: str) -> Iterator[int]:
    """Numbers from 0 to 255 that follow from a name alone."""
    turn = 0
    while True:
        yield from hashlib.sha256(f"{turn}:{name}".encode("utf-8", "surrogatepass")).digest()
        turn += 1


def _spines(dice: Iterator[int]) -> Iterator[tuple[int, int, int]]:
    """Books from left to right: where, how wide, how tall."""
    x, end = _EDGE, WIDTH - _EDGE
    while x < end:
        width = _WIDE[0] + next(dice) % (_WIDE[1] - _WIDE[0])
        height = _TALL[0] + next(dice) % (_TALL[1] - _TALL[0])
        rest = end - x - width - 8
        width = width if rest >= _WIDE[0] else end - x
        yield x, width, height
        x += width + 8


def _rect(x: int, y: int, width: int, height: int) -> str:
    return f"M{x} {y}h{width}v{height}h-{width}z"
