"""Words whose meaning is in their tags: powers, indices, fractions, abbreviations, readings."""

import re
from typing import Any

Element = Any

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|[eoaªº]|er|re|ère|ème|eme|nde?|os|as|[TS]M|[\[(*†‡§¶#®™].*)",
    re.IGNORECASE | re.DOTALL,
)


def settle_words(tree: Element) -> None:
    """Write into the text what Markdown has no sign for: `10<sup>9</sup>` is 10⁹, never 109."""
    for power in tree.iter("msup", "msub"):
        if len(power) > 1:
            power[1].tag = power.tag[1:]
    for fraction in tree.iter("mfrac"):
        if len(fraction) > 1:
            fraction[0].tail = "/"
    for element in tree.iter("sup", "sub"):
        _settle_raised(element)
    for element in list(tree.iter("abbr", "acronym")):
        _spell_out(element)
    _settle_readings(tree)


def _settle_raised(element: Element) -> None:
    words = element.text_content().strip()
    signs = _RAISED if element.tag == "sup" else _LOWERED
    if words and all(ord(char) in signs for char in words):
        for inside in element.iter():
            inside.text = (inside.text or "").translate(signs)
            if inside is not element:
                inside.tail = (inside.tail or "").translate(signs)
    elif words and not _ORDINAL.fullmatch(words) and _follows_word(element):
        mark = "^" if element.tag == "sup" else "_"
        alone = words.isalnum()
        element.text = mark + ("" if alone else "(") + (element.text or "").lstrip()
        element.tail = ("" if alone else ")") + (element.tail or "")


def _follows_word(element: Element) -> bool:
    previous = element.getprevious()
    parent = element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    if not before and previous is not None:
        before = previous.text_content()
    return (before or "")[-1:].isalnum() or (before or "")[-1:] == ")"


def _spell_out(element: Element) -> None:
    """An abbreviation with what it stands for, where a machine would not read it."""
    title = " ".join((element.get("title") or "").split())
    if title and title.lower() != element.text_content().strip().lower():
        element.tail = f" ({title})" + (element.tail or "")


def _settle_readings(tree: Element) -> None:
    """Readings of East Asian letters in parentheses (HTML, 4.5.10)."""
    for element in list(tree.iter("rp")):
        element.tag, element.text = "span", None
    for element in tree.iter("rt"):
        if element.text_content().strip():
            element.text = f"({element.text or ''}"
            element.tail = f"){element.tail or ''}"
