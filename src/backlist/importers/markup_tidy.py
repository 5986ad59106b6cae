"""HTML trees brought into shapes that Markdown can say (CommonMark 0.31).

Emphasis must touch a word, a link cannot hold a line break, a table has one line a row and as
many cells in its head as anywhere, and there are no description lists.
"""

import unicodedata
from typing import Any

from backlist.importers.markup_lists import settle_lists
from backlist.importers.markup_words import settle_words

Element = Any

_LAYOUT = (
    *("address", "article", "aside", "center", "details", "fieldset", "figcaption", "figure"),
    *("footer", "header", "legend", "main", "nav", "section", "summary"),
)
_EMPHASIS = ("b", "strong", "i", "em", "cite", "del", "s")
_INLINE = ("a", "code", "kbd", "q", "span", "sub", "sup", "tt", "u", *_EMPHASIS)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_EMPTY_IS_NOTHING = (*_HEADINGS, "li", "ul", "ol", "blockquote")
_BLOCKS = ("hr", "pre", "table", *_HEADINGS, "blockquote", "div", "li", "ol", "p", "ul")
_SPREADABLE = (*_HEADINGS, "blockquote", "div", "li", "ol", "p", "ul")
_HOLDERS = ("blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p")
_TABLE_PARTS = ("thead", "tbody", "tfoot", "tr", "td", "th")
_BLOCKS_IN_CELLS = (
    *("blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "pre", "table", "ul"),
)


def tidy(tree: Element) -> None:
    """Reshape a tree in place; no word and no address is lost."""
    settle_words(tree)
    _settle_code(tree)
    _settle_blocks(tree)
    for element in list(tree.iter("a", *_EMPHASIS)):
        _spread(element)
    for element in reversed(list(tree.iter(*_INLINE))):
        _hoist_breaks(element)
        _hoist_space(element)
    for element in list(tree.iter(*_HOLDERS)):
        _drop_first_breaks(element)
    for element in list(tree.iter(*_EMPHASIS)):
        _join_following(element)
    for element in reversed(list(tree.iter(*_EMPHASIS))):
        _settle_emphasis(element)


def _settle_blocks(tree: Element) -> None:
    for element in tree.iter("strike"):
        element.tag = "del"
    for element in tree.iter("dl", "dt", "dd", "form", *_LAYOUT):
        element.tag = "div"
    for element in reversed(list(tree.iter(*_EMPTY_IS_NOTHING))):
        if not element.text_content().strip() and element.find(".//img") is None:
            element.drop_tree()
    settle_lists(tree)
    for table in list(tree.iter("table")):
        _settle_table(table)


def _text(text: str | None) -> str:
    return (text or "").strip()


def _settle_table(table: Element) -> None:
    """Fill a table's first row up to the longest; unfold one that only lays out a page."""
    _move_captions(table)
    rows = [row for row in table.iter("tr") if _cells(row)]
    longest = max((len(_cells(row)) for row in rows), default=0)
    if longest < 2 or next(table.iterdescendants(*_BLOCKS_IN_CELLS), None) is not None:
        for element in [table, *table.iterdescendants(*_TABLE_PARTS)]:
            element.tag = "div"
        return
    for row in set(table.iter("tr")) - set(rows):
        row.drop_tree()
    for inner in list(table.iterdescendants("div", "p", "br", "li")):
        inner.tail = " " + (inner.tail or "")
        inner.drop_tag()
    first = _cells(rows[0])
    for _ in range(longest - len(first)):
        rows[0].append(rows[0].makeelement(first[0].tag, {}))


def _move_captions(table: Element) -> None:
    for caption in list(table.iter("caption")):
        caption.tag, caption.tail = "p", None
        table.addprevious(caption)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _settle_code(tree: Element) -> None:
    """Code that holds links or pictures becomes text, lines of code a block of it."""
    for element in list(tree.iter("pre", "code", "kbd", "samp", "tt")):
        if next(element.iterdescendants("a", "img", "table", "ul", "ol"), None) is not None:
            _keep_lines(element)
            element.tag = "div" if element.tag == "pre" else "span"
            continue
        breaks = list(element.iterdescendants("br"))
        for one in breaks:
            one.tail = "\n" + (one.tail or "")
            one.drop_tag()
        inside = any(True for _ in element.iterancestors("pre", "td", "th"))
        if breaks and element.tag != "pre" and not inside:
            element.tag = "pre"


def _keep_lines(pre: Element) -> None:
    """The line ends of preformatted text as breaks."""
    if pre.tag != "pre":
        return
    for element in list(pre.iter()):
        for slot in ("text", "tail") if element is not pre else ("text",):
            lines = (getattr(element, slot) or "").split("\n")
            setattr(element, slot, lines[0])
            if slot == "text":
                for place, line in enumerate(lines[1:]):
                    element.insert(place, _break(element, line))
            else:
                for line in reversed(lines[1:]):
                    element.addnext(_break(element, line))


def _break(element: Element, line: str) -> Element:
    made = element.makeelement("br")
    made.tail = line
    return made


def _spread(element: Element) -> None:
    """Put emphasis or a link around blocks into each of them: none reaches over paragraphs."""
    if not any(block.tag in _SPREADABLE for block in element):
        return
    _wrap_loose(element)
    for block in list(element):
        if block.tag in _SPREADABLE:
            inner = element.makeelement(element.tag, dict(element.attrib))
            inner.text, block.text = block.text, None
            inner.extend(list(block))
            block.append(inner)
            _spread(inner)
    element.drop_tag()


def _wrap_loose(element: Element) -> None:
    """Give words and inline elements that stand beside blocks paragraphs of their own."""
    paragraph = element.makeelement("p")
    paragraph.text, element.text = element.text, None
    element.insert(0, paragraph)
    for child in list(element)[1:]:
        if child.tag not in _BLOCKS:
            paragraph.append(child)
            continue
        paragraph = element.makeelement("p")
        paragraph.text, child.tail = child.tail, None
        child.addnext(paragraph)
    for paragraph in [one for one in element if one.tag == "p"]:
        if not _text(paragraph.text) and not len(paragraph):
            paragraph.drop_tree()


def _drop_first_breaks(element: Element) -> None:
    """Take line breaks from a block's beginning, where they show nothing and hide its list sign."""
    while len(element) and element[0].tag == "br" and not _text(element.text):
        element[0].drop_tag()


def _hoist_breaks(element: Element) -> None:
    """Move line breaks at an inline element's edges out of it."""
    while len(element) and element[-1].tag == "br" and not _text(element[-1].tail):
        last = element[-1]
        last.tail = element.tail
        element.tail = None
        element.addnext(last)
    while len(element) and element[0].tag == "br" and not _text(element.text):
        first = element[0]
        element.text, first.tail = first.tail, None
        element.addprevious(first)


def _hoist_space(element: Element) -> None:
    """Move white space at an inline element's edges out of it, hard spaces as spaces."""
    start = element.text or ""
    stripped = start.lstrip()
    if stripped != start:
        element.text = stripped
        _add_before(element, " ")
    end = element[-1].tail if len(element) else element.text
    kept = (end or "").rstrip()
    if end and kept != end:
        _set_end(element, kept)
        element.tail = " " + (element.tail or "")


def _add_before(element: Element, text: str) -> None:
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif (parent := element.getparent()) is not None:
        parent.text = (parent.text or "") + text


def _set_end(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = text
    else:
        element.text = text


def _join_following(element: Element) -> None:
    """Take in what follows directly and is marked the same: `**a****b**` would mark neither."""
    following = element.getnext()
    while following is not None and following.tag == element.tag and not element.tail:
        element.tail = None
        if len(element):
            element[-1].tail = (element[-1].tail or "") + (following.text or "")
        else:
            element.text = (element.text or "") + (following.text or "")
        for child in list(following):
            element.append(child)
        element.tail, following.tail = following.tail, None
        following.getparent().remove(following)
        following = element.getnext()


def _settle_emphasis(element: Element) -> None:
    """Move punctuation out of emphasis where a word touches it from outside.

    Markdown opens emphasis before a sign only after white space or a sign, and closes it after
    one only before those (CommonMark 0.31, section 6.2).
    """
    if not any(char.isalnum() for char in element.text_content()):
        if element.find(".//img") is None:
            element.drop_tag()
        return
    before, after = _char_before(element), _char_after(element)
    start = element.text or ""
    if before and not _is_open(before):
        signs = start[: len(start) - len(_strip_signs_left(start))]
        element.text = start[len(signs) :]
        _add_before(element, signs)
    end = (element[-1].tail if len(element) else element.text) or ""
    if after and not _is_open(after):
        kept = _strip_signs_right(end)
        _set_end(element, kept)
        element.tail = end[len(kept) :] + (element.tail or "")


def _char_before(element: Element) -> str:
    previous = element.getprevious()
    if previous is not None:
        return ((previous.tail or "") or previous.text_content())[-1:]
    parent = element.getparent()
    return ((parent.text if parent is not None else None) or "")[-1:]


def _char_after(element: Element) -> str:
    following = element.getnext()
    if element.tail or following is None:
        return (element.tail or "")[:1]
    return str(following.text_content())[:1]


def _is_open(char: str) -> bool:
    """Whether emphasis may begin after this, or end before it, whatever stands inside."""
    return char.isspace() or _is_sign(char)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _strip_signs_left(text: str) -> str:
    while text and (_is_sign(text[0]) or text[0].isspace()):
        text = text[1:]
    return text


def _strip_signs_right(text: str) -> str:
    while text and (_is_sign(text[-1]) or text[-1].isspace()):
        text = text[:-1]
    return text
