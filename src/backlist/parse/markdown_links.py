"""What notes lead to without Markdown's own signs: bare addresses, sources by number, footnotes.

An address is a link as GitHub makes it one (GFM 0.29, 6.9, autolinks): `https://` or `www.` and
what follows up to a space, without the punctuation that ends the sentence, and e-mail addresses.
`[3]` leads to source 3 of an episode that has one. A number without a source and a footnote
without a text stay what they are, and are told; so is a footnote's text that nothing leads to.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from backlist.parse import source_numbers

_SCHEME = re.compile(r"(?<![a-z0-9.+-])https?$", re.IGNORECASE)
_LONGEST = 6
"""Characters that a look at a scheme needs: the longest, and one before it."""
_STOPS = r"\s<>\"`\\|\[\]“”„«»‹›「」『』、。，；：！？（）《》【】…؛،"
_REST = re.compile(
    r"://(?=[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){1,9})"
    rf"(?:(?!\*\*|~~)[^{_STOPS}]|\\[!-/:-@\[-`{{-~]|\[\w{{0,40}}\](?=[=\[])){{4,2000}}"
)
_NAME = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_PLAIN = re.compile(
    rf"(?<![\w.@/+-])(?:(www\.(?:{_NAME}\.)+[^\W\d_]{{2,}}(?:[/?#:](?!\*\*|~~)[^{_STOPS}]*)?)"
    rf"|((?:mailto:)?[\w.+-]{{1,64}}@(?:{_NAME}\.)+[^\W\d_]{{2,}})(?![\w@]|:\S))",
    re.IGNORECASE,
)
_ENDS = "?!.,:;*_~'’‘\\"
_CLOSERS = {")": "(", "}": "{"}
_FOOTNOTE = re.compile(r"\[\^[\w-]+\]")
UNRESOLVED = "unresolved"
"""The type of tokens for what looks like a reference and leads nowhere."""


def install(parser: MarkdownIt) -> None:
    """Add the rules to a parser.

    They read the number of sources from `env["sources"]`, and leave in `env["footnote_faults"]`
    what is wrong with the texts of footnotes, each with its line in the text (from 0).
    """
    parser.use(footnote_plugin)
    parser.inline.ruler.before("newline", "bare_addresses", _link_address)
    parser.inline.ruler.after("footnote_ref", "source_numbers", _link_numbers)
    parser.core.ruler.before("footnote_tail", "footnote_faults", _find_footnote_faults)
    parser.core.ruler.after("text_join", "plain_addresses", _link_plain_addresses)
    parser.add_render_rule(UNRESOLVED, _render_as_text)
    parser.add_render_rule("footnote_caption", _render_footnote_number)


def faults(tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Line (from 0), message and hint for each reference that leads nowhere."""
    yield from env.get("footnote_faults", ())
    if not env.get("unresolved"):
        return
    for token in tokens:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == UNRESOLVED:
                yield line, *_explained(child.content, env)


def _explained(written: str, env: dict[str, Any]) -> tuple[str, str]:
    if written.startswith("[^"):
        return (
            f"`{written}` has no text",
            f"add a line `{written}: …`, or write `\\{written}` if it is no footnote",
        )
    count = env["sources"]
    return (
        f"`{written}` leads to no source: there {'is 1' if count == 1 else f'are {count}'}",
        f"correct the number, or write `\\{written}` if it is not meant as one",
    )


# ---- addresses


def _link_address(state: StateInline, silent: bool) -> bool:
    """`https://…`, recognized at its colon and read from the text as it was written."""
    if state.src[state.pos] != ":" or state.linkLevel > 0:
        return False
    before = state.src[max(0, state.pos - _LONGEST) : state.pos]
    scheme = _SCHEME.search(before)
    match = _REST.match(state.src, state.pos, state.posMax) if scheme else None
    if scheme is None or match is None:
        return False
    rest = _without_end(match[0])
    if _is_cut_off(rest, state.src, state.pos + len(rest)):
        return False
    if not silent:
        written = unescapeAll(scheme[0] + rest)
        state.pending = state.pending[: -len(scheme[0])]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(written)}
        state.push("text", "", 0).content = written
        state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _without_end(written: str) -> str:
    """An address without the punctuation of the sentence around it (GFM, path validation)."""
    left = {closer: written.count(closer) - written.count(_CLOSERS[closer]) for closer in _CLOSERS}
    end = len(written)
    while end:
        last = written[end - 1]
        if left.get(last, 0) > 0:
            left[last] -= 1
        elif last not in _ENDS:
            break
        end -= 1
    return written[:end]


def _is_cut_off(address: str, text: str, end: int) -> bool:
    """Whether an address that ends in a text was shortened for display: nobody knows the rest."""
    path = address.partition("://")[2].partition("/")[2]
    return bool(path) and text.startswith(("…", "..."), end) and not path.endswith("/")


def _link_plain_addresses(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and ("@" in token.content or "www." in token.content):
            token.children = list(_with_plain_addresses(token.children or ()))


def _with_plain_addresses(children: Iterable[Token]) -> Iterator[Token]:
    inside = 0
    for child in children:
        inside += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type == "text" and not inside:
            yield from _split(child.content)
        else:
            yield child


def _split(text: str) -> Iterator[Token]:
    """The words of a text, and the addresses between them."""
    done = 0
    for match in _PLAIN.finditer(text):
        written = _without_end(match[0])
        end = match.start() + len(written)
        if _is_cut_off(f"://{written}", text, end):
            continue
        if text[done : match.start()]:
            yield Token("text", "", 0, content=text[done : match.start()])
        mail = "mailto:" + written.removeprefix("mailto:")
        yield from _link(f"http://{written}" if match[1] else mail, written)
        done = end
    if text[done:]:
        yield Token("text", "", 0, content=text[done:])


def _link(href: str, words: str) -> tuple[Token, Token, Token]:
    return (
        Token("link_open", "a", 1, attrs={"href": href}),
        Token("text", "", 0, content=words),
        Token("link_close", "a", -1),
    )


# ---- sources and footnotes


def _link_numbers(state: StateInline, silent: bool) -> bool:
    """`[3]`, `[1, 4]` and `[2-5]`; a footnote that is reached here has no text."""
    if silent or state.src[state.pos] != "[" or state.linkLevel > 0:
        return False  # silent is the search for the end of a link's words
    count = state.env.get("sources", 0)
    numbers = source_numbers.find(state.src, state.pos, state.posMax) if count else None
    note = None if numbers else _FOOTNOTE.match(state.src, state.pos, state.posMax)
    found = numbers or (note[0] if note else None)
    if found is None:
        return False
    if numbers and source_numbers.are_there(numbers, count):
        _push_numbers(state, numbers)
    else:
        state.push(UNRESOLVED, "", 0).content = found
        state.env["unresolved"] = True
    state.pos += len(found)
    return True


def _push_numbers(state: StateInline, numbers: str) -> None:
    """Each number as a link, with the brackets inside it where it stands alone."""
    for text, source in source_numbers.pieces(numbers):
        if not source:
            state.push("text", "", 0).content = text
            continue
        opened = state.push("link_open", "a", 1)
        opened.attrs, opened.meta = {"href": f"#source-{source}"}, {"source": source}
        state.push("text", "", 0).content = text
        state.push("link_close", "a", -1)


def _find_footnote_faults(state: StateCore) -> None:
    """Texts that nothing leads to, which the plugin drops, and all but the last of one name."""
    if "footnotes" not in state.env:
        return
    used = state.env["footnotes"]["refs"]
    found: list[tuple[int, str, str]] = []
    lines: dict[str, int] = {}
    for token in state.tokens:
        if token.type != "footnote_reference_open":
            continue
        label, line = token.meta["label"], token.map[0] if token.map else 0
        if label in lines:
            message = f"the footnote `[^{label}]` is written again below: this text is not shown"
            found.append((lines[label], message, "give one of them another name"))
        elif used.get(f":{label}", -1) < 0:
            message = f"nothing leads to the footnote `[^{label}]`: it is not shown"
            found.append((line, message, f"write `[^{label}]` where it belongs, or remove it"))
        lines[label] = line
    state.env["footnote_faults"] = found


def _render_as_text(
    _: RendererHTML, tokens: Sequence[Token], place: int, options: object, env: object
) -> str:
    return str(escapeHtml(tokens[place].content))


def _render_footnote_number(
    _: RendererHTML, tokens: Sequence[Token], place: int, options: object, env: object
) -> str:
    return f"[{tokens[place].meta['id'] + 1}]"
