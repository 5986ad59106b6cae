"""Times in notes become links to their moment, and lines that begin or end in one chapters.

A rule for markdown-it (`link`): it works on tokens, so that a time in a heading, in bold or in a
list is found, and one in code is not.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from backlist.model import Chapter
from backlist.model.scalars import timestamp
from backlist.parse import times


class ChapterLine(NamedTuple):
    """A line of a list of chapters: block and line are counted from 0, `start` is in seconds.

    It is read like a `Chapter`, of which a line has neither address nor picture: to make one of
    each line took a twentieth of the time after an edit. Archives have ten times as many as
    episodes, and a tuple is what takes least.
    """

    block: int
    line: int
    start: float
    title: str

    @property
    def url(self) -> None:
        """None."""

    @property
    def image(self) -> None:
        """None."""


AnyChapter = Chapter | ChapterLine
"""A chapter of a record or a file, or a line of the notes that is one."""


def words(token: Token) -> str:
    """The text of an inline token or a block of code, lines kept apart."""
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    parts = []
    for child in token.children or ():
        parts.append("\n" if child.type in _BREAKS else child.content)
    return "".join(parts)


_BREAKS = ("softbreak", "hardbreak")


def link(state: StateCore) -> None:
    """Link the times of a text; its chapters are left in `env["chapters"]`.

    `env["own"]` are the keys of the addresses that are the episode's own (`times.own_moment`).
    """
    own: Collection[str] = state.env.get("own", ())
    for token in state.tokens:
        if token.type == "inline" and token.children and "[" in token.content:
            token.children = [part for child in token.children for part in _split_times(child)]
        if token.children and ("[" in token.content or "://" in token.content):
            _turn_own_links(token.children, own)
        if token.type == "inline" and token.children and times.ANY.search(token.content):
            _link_lone_times(token)
    if len(times.ANY.findall(state.src)) >= _FEWEST:
        state.env["chapters"] = [
            chapter
            for number, block in enumerate(_blocks(state.tokens))
            for chapter in _chapters(number, block)
        ]


_FEWEST = 3


def _chapters(number: int, block: Sequence[Token]) -> Iterator[ChapterLine]:
    """The chapters of a block, where it is a list of them; their times become links."""
    if not any(map(_may_say_a_time, block)):
        return
    lines = [
        (token, place, text)
        for token in block
        for place, text in enumerate(words(token).split("\n"))
    ]
    found = times.rows([text for *_, text in lines])
    clocks: dict[int, dict[int, list[str]]] = {}
    for row in found:
        token, place, _ = lines[row.line]
        clocks.setdefault(id(token), {}).setdefault(place, []).append(row.clock)
        yield ChapterLine(number, (token.map[0] if token.map else 0) + place, row.start, row.title)
    for token in block if found else ():
        token.children = list(_with_links(token.children or [], clocks.get(id(token), {})))


def _may_say_a_time(token: Token) -> bool:
    """Whether a time is written in a token, or could be, with a sign escaped (CommonMark 2.4)."""
    written = token.content
    return times.ANY.search(written) is not None or "\\" in written or "&" in written


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Inline tokens of lists, of paragraphs that follow each other, of tables, and of headings."""
    block: list[Token] = []
    outermost = ""
    for token in tokens:
        if token.level == 0 and token.nesting == 1:
            if token.type != "paragraph_open" or outermost != token.type:
                yield block
                block = []
            outermost = token.type
        if token.type == "inline" and outermost in _LISTS:
            block.append(token)
    yield block
    yield from _tables(tokens)
    yield [
        token
        for opening, token in pairwise(tokens)
        if opening.type == "heading_open"
        and (times.read_leading(words(token)) or times.read_trailing(words(token)))
    ]


def _tables(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The cells of each table of two columns: a time and a title."""
    cells: list[Token] | None = None
    height = 0
    for token in tokens:
        height += token.type == "tr_open"
        if token.type == "table_open":
            cells, height = [], 0
        elif token.type == "table_close" and cells and len(cells) == 2 * height:
            yield cells
        elif token.type == "inline" and cells is not None:
            cells.append(token)


_LISTS = ("paragraph_open", "bullet_list_open", "ordered_list_open")


def _split_times(token: Token) -> list[Token]:
    """A text with `[12:34]` in it, as texts and links."""
    if token.type != "text" or not times.BRACKETED.search(token.content):
        return [token]
    return list(_linked(token.content, times.BRACKETED.finditer(token.content)))


def _turn_own_links(children: Sequence[Token], own: Collection[str]) -> None:
    """Links to moments of this episode on its old host's page seek here."""
    for place, child in enumerate(children):
        if child.type != "link_open" or child.meta.get("time") is not None:
            continue
        text = children[place + 1].content if place + 1 < len(children) else ""
        start = times.own_moment(str(child.attrs.get("href", "")), own, text)
        if start is not None:
            child.attrs = {"href": f"#t={int(start)}", "class": "time"}
            child.meta = {**child.meta, "time": text}


def _link_lone_times(token: Token) -> None:
    """`(00:45)` that is all there is on a line is a link, in a list or not."""
    texts = words(token).split("\n")
    lone = {
        place: [time[0]]
        for place, text in enumerate(texts)
        if text.strip()[:1] in _BRACKETS and (time := times.alone(text))
    }
    if lone:
        token.children = list(_with_links(token.children or [], lone, keep=True))


_BRACKETS = ("(", "（", "【", "［")


def _with_links(
    children: Sequence[Token], clocks: dict[int, list[str]], *, keep: bool = False
) -> Iterator[Token]:
    """The tokens with the times of each line as links, and its lines apart unless `keep`."""
    line = depth = 0
    for child in children:
        line += child.type in _BREAKS
        depth += (child.type == "link_open") - (child.type == "link_close")
        if child.type == "softbreak" and not keep:
            child.type = "hardbreak"
        left = clocks.get(line, [])
        if depth and child.content in left:
            left.remove(child.content)
        if child.type != "text" or depth or not left:
            yield child
            continue
        found = []
        for one in times.ANY.finditer(child.content):
            if one[0] in left:
                left.remove(one[0])
                found.append(one)
        yield from _linked(child.content, found) if found else (child,)


def _linked(text: str, found: Iterable[re.Match[str]]) -> Iterator[Token]:
    """A text with links in place of the times found in it."""
    at = 0
    for one in found:
        if one.start() > at:
            yield Token("text", "", 0, content=text[at : one.start()])
        yield from _time_link(one[1] if one.re.groups else one[0])
        at = one.end()
    if at < len(text):
        yield Token("text", "", 0, content=text[at:])


def _time_link(said: str) -> list[Token]:
    clock = times.ANY.search(said)
    href = f"#t={int(timestamp(clock[0])) if clock else 0}"
    return [
        Token("link_open", "a", 1, attrs={"href": href, "class": "time"}, meta={"time": said}),
        Token("text", "", 0, content=said),
        Token("link_close", "a", -1),
    ]
