"""Shortcuts through markdown-it for what most notes consist of; the tokens are the same.

Most time goes into asking rules that cannot apply to a line, and into reading addresses letter by
letter.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_FIRST = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}
"""What a line begins with, after its indent, to which a rule can apply (CommonMark 0.31, 4, 5)."""

_PLAIN_LINK = re.compile(r"\[([^\[\]\\`*_~<&\n]+)\]\((https?://[^\s()<>\\&\x00-\x1f\x7f\"']+)\)")

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def install(parser: MarkdownIt) -> None:
    """Add the shortcuts to a parser that has all its rules."""
    for rule in parser.block.ruler.__rules__:
        if rule.name in _FIRST:
            guarded = _where_it_can_apply(rule.fn, _FIRST[rule.name])
            parser.block.ruler.at(rule.name, guarded, {"alt": rule.alt})
    parser.inline.ruler.before("link", "plain_links", _link)


def _where_it_can_apply(rule: BlockRule, first: str) -> BlockRule:
    def ask(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        place = state.bMarks[start] + state.tShift[start]
        return state.src[place : place + 1] in first and rule(state, start, end, silent)

    return ask


def _link(state: StateInline, silent: bool) -> bool:
    """`[words](https://…)` without anything that Markdown reads in its words or its address."""
    if state.src[state.pos] != "[":
        return False
    found = _PLAIN_LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    href = state.md.normalizeLink(found[2])
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.pending = found[1]
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True
