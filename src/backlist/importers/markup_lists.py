"""Lists in HTML as Markdown can say them: nested in items, numbered on, told from their neighbours.

CommonMark 0.31, section 5.3: only the first number of a list counts, and two lists that follow
each other are one unless their signs differ.
"""

from itertools import pairwise
from typing import Any

Element = Any

_LISTS = ("ol", "ul", "dir", "menu")
_SIGNS = {"ul": "-*", "ol": ".)"}
_SEEN = ("hr", "img", "table", "pre")


def number_items(tree: Element) -> None:
    """Write its number into the `value` of every item of a numbered list (HTML, 4.4.8)."""
    for numbered in tree.iter("ol"):
        items = [item for item in numbered if item.tag == "li"]
        step = 1 if numbered.get("reversed") is None else -1
        number = _number(numbered.get("start"), 1 if step == 1 else len(items))
        for item in items:
            number = _number(item.get("value"), number)
            item.set("value", str(number))
            number += step


def _number(said: str | None, other: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else other


def settle_lists(tree: Element) -> None:
    """Reshape the lists of a tree, and write each item's sign into its `mark`."""
    for element in tree.iter("dir", "menu"):
        element.tag = "ul"
    _wrap_loose_items(tree)
    for element in list(tree.iter("ol", "ul")):
        _nest(element)
    for lettered in [one for one in tree.iter("ol") if one.get("type") in ("a", "A")]:
        _spell_letters(lettered)
    for numbered in list(tree.iter("ol")):
        _split_where_numbers_jump(numbered)
    _Marker().walk(tree)


def _wrap_loose_items(tree: Element) -> None:
    """Give list items that stand in no list one of their own."""
    for item in list(tree.iter("li")):
        parent = item.getparent()
        if parent is None or parent.tag in _LISTS:
            continue
        previous = item.getprevious()
        if previous is not None and previous.get("class") == "loose" and not _text(previous.tail):
            previous.append(item)
            previous.tail, item.tail = item.tail, None
            continue
        wrapper = item.makeelement("ul", {"class": "loose"})
        item.addprevious(wrapper)
        wrapper.tail, item.tail = item.tail, None
        wrapper.append(item)


def _text(text: str | None) -> str:
    return (text or "").strip()


def _nest(element: Element) -> None:
    """Put what stands between the items of a list into the item before it."""
    item = None
    if _text(element.text):
        item = element.makeelement("li")
        item.text, element.text = element.text, None
        element.insert(0, item)
    for child in list(element):
        if child.tag == "li":
            item = child
        elif item is None:
            item = element.makeelement("li")
            child.addprevious(item)
            item.append(child)
        elif child is not item:
            item.append(child)
        if item is not None and child is item and _text(child.tail):
            paragraph = item.makeelement("p")
            paragraph.text, child.tail = child.tail, None
            item.append(paragraph)


def _spell_letters(lettered: Element) -> None:
    """Write the letters of a list before its items: Markdown counts in numbers only."""
    items = [item for item in lettered if 1 <= _number(item.get("value"), 0) <= 26]
    if len(items) < len(lettered):
        return
    lettered.tag = "ul"
    for item in items:
        letter = chr(ord(lettered.get("type")) + _number(item.get("value"), 1) - 1)
        item.text = f"{letter}. {(item.text or '').lstrip()}"


def _split_where_numbers_jump(numbered: Element) -> None:
    items = list(numbered)
    current = numbered
    for before, item in pairwise(items):
        jumps = _number(item.get("value"), 0) != _number(before.get("value"), 0) + 1
        if jumps and item.get("value"):
            new = numbered.makeelement("ol")
            current.addnext(new)
            new.tail, current.tail = current.tail, None
            current = new
        if current is not numbered:
            current.append(item)


class _Marker:
    """Goes through what one block holds; `last` is the list that nothing has followed yet."""

    def __init__(self) -> None:
        self.last: tuple[str, str] | None = None

    def walk(self, element: Element) -> None:
        """Give lists that follow each other different signs, and every item its list's."""
        self._see(element.text)
        for child in element:
            if child.tag in _SIGNS:
                self._mark_list(child)
            elif child.tag == "blockquote":
                _Marker().walk(child)
                self.last = None
            else:
                if child.tag in _SEEN:
                    self.last = None
                self.walk(child)
            self._see(child.tail)

    def _see(self, text: str | None) -> None:
        if _text(text):
            self.last = None

    def _mark_list(self, element: Element) -> None:
        signs = _SIGNS[element.tag]
        sign = signs[1] if self.last == (element.tag, signs[0]) else signs[0]
        self.last = element.tag, sign
        for item in element:
            number = item.get("value") or "1" if element.tag == "ol" else ""
            item.set("mark", number + sign)
            _Marker().walk(item)
