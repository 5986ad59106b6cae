"""How wide words are, near enough, without knowing the typeface; and words cut to a width."""

import unicodedata

_NARROW = frozenset("iIjlft.,:;'’|!()[]{}/\\`´·-‐ ")
_WIDE = frozenset("mwMW@%&—…")

_JOINTS = "-–—/"


def width(text: str) -> float:
    """The width of a text in ems, rather too large than too small.

    >>> width("iii") < width("mmm")
    True
    """
    return sum(map(_em, text))


def fit(text: str, ems: float) -> str:
    """A text cut to a width: at a word where that loses little, with an ellipsis when cut.

    >>> fit("A Theory of Waiting", 40), fit("A Theory of Waiting", 7)
    ('A Theory of Waiting', 'A Theory of…')
    """
    text = " ".join(text.split())
    if width(text) <= ems:
        return text
    kept = _within(text, ems - width("…"))
    return kept.rstrip(" ,;:.–—-") + "…"


def wrap(text: str, ems: float, lines: int) -> tuple[str, ...]:
    """A text in at most so many lines of a width; the last is cut when there is more."""
    text = " ".join(text.split())
    told: list[str] = []
    while text and len(told) < lines - 1 and width(text) > ems:
        kept = _within(text, ems)
        told.append(kept.rstrip())
        text = text[len(kept) :].lstrip()
    return (*told, fit(text, ems)) if text else tuple(told)


def _within(text: str, ems: float) -> str:
    """As much of a text as a width holds, up to a space if one is near; at least one character."""
    taken, used = 0, 0.0
    for character in text:
        used += _em(character)
        if used > ems and taken:
            break
        taken += 1
    if taken >= len(text):
        return text
    space = text.rfind(" ", 0, taken + 1)
    joint = max(text.rfind(sign, 0, taken) for sign in _JOINTS) + 1
    end = max(space, joint)
    return text[:end] if end > taken * 0.3 else text[:taken]


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.31
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in _WIDE:
        return 0.9
    return 0.66 if character.isupper() else 0.5
