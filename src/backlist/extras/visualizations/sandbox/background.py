"""The colour a page stands on, so that its frame has it before the page does.

A dark page in a white frame flashes; a mismatch of colour schemes makes the frame opaque.
Colours that depend on anything (`light-dark()`, media queries, gradients) are not taken.
"""

import re
from collections.abc import Iterator

import tinycss2
from tinycss2.ast import Declaration, FunctionBlock, Node, QualifiedRule
from tinycss2.color3 import RGBA, parse_color

from backlist.extras.visualizations.sandbox import charset

_THEME = re.compile(
    r"<meta\s(?=[^<>]*\bname\s{0,9}=\s{0,9}[\"']?theme-color\b)[^<>]*>", re.IGNORECASE
)
_CONTENT = re.compile(r"content\s*=\s*[\"']?([^\"'>]+)", re.IGNORECASE)
_DEPENDS = re.compile(r"prefers-color-scheme|light-dark\(|color-scheme[^;}]{0,200}\bdark\b")
_DEPTH = 4
"""Variables that may name one another."""


def background(page: bytes) -> str:
    """`#rrggbb`, or an empty text where a page does not say it plainly."""
    text = charset.text(page)
    if _DEPENDS.search(text):
        return ""
    try:
        said = _theme_color(text)
        return _styled(text) if said is None else said
    except ValueError:  # a number of more digits than Python reads is no colour
        return ""


def _styled(text: str) -> str:
    """The background that the styles of a page give it as a whole."""
    rules = [rule for style in charset.inside("style", text) for rule in _rules(style)]
    values = dict(_variables(rules))
    found: dict[str, str] = {}
    for names, declarations in rules:
        for one in declarations:
            if one.lower_name in ("background", "background-color"):
                colour = _colour(one.value, values)
                found |= {name: colour for name in ("html", "body") if name in names}
    return found.get("body") or found.get("html") or ""


def _theme_color(text: str) -> str | None:
    """What a `theme-color` says, where there is just one and for every scheme."""
    found = _THEME.findall(text)
    if len(found) != 1 or "media" in found[0].lower():
        return None
    content = _CONTENT.search(found[0])
    return _hex(parse_color(content[1].strip())) or None if content else None


def _rules(css: str) -> Iterator[tuple[set[str], list[Declaration]]]:
    """The rules of a style sheet for the whole page, outside of `@media`."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if not isinstance(rule, QualifiedRule):
            continue
        names = {one.strip().lower() for one in tinycss2.serialize(rule.prelude).split(",")}
        names = {"html" if name == ":root" else name for name in names}
        if names & {"html", "body"}:
            content = tinycss2.parse_blocks_contents(rule.content)
            yield names, [one for one in content if isinstance(one, Declaration)]


def _variables(
    rules: list[tuple[set[str], list[Declaration]]],
) -> Iterator[tuple[str, list[Node]]]:
    for _, declarations in rules:
        for one in declarations:
            if one.name.startswith("--"):
                yield one.name, one.value


def _colour(value: list[Node], values: dict[str, list[Node]], depth: int = _DEPTH) -> str:
    """The one colour a value is; empty when it is more, or something else."""
    parts = [one for one in value if one.type not in ("whitespace", "comment")]
    if len(parts) != 1:
        return ""
    (only,) = parts
    if isinstance(only, FunctionBlock) and only.lower_name == "var":
        names = [one.value for one in only.arguments if one.type == "ident"]
        known = names and values.get(names[0])
        return _colour(known, values, depth - 1) if known and depth else ""
    return _hex(parse_color(only))


def _hex(colour: RGBA | str | None) -> str:
    if not isinstance(colour, RGBA) or colour.alpha < 1:
        return ""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour[:3])
