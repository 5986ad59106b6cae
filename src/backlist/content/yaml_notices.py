"""What YAML refuses or drops in silence, in the words of somebody who wrote plain text.

YAML 1.1 gives `#`, `: `, `&`, `!` and leading symbols meanings that a title does not have in mind:
`title: Q&A #5` ends at ` #5` (section 4.1.1, comments), and `title: &Sons` is an anchor without a
value.
"""

import re
from collections.abc import Iterator, Sequence

import yaml

from backlist.problems import Problems, Where

_COMMENT = re.compile(r"([ \t]+)(#.*)")
_PROPERTY = re.compile(r"(?:[&!](?!!)\S*\s*)+")
_PAIR = re.compile(r"(?P<key>\s*(?:- +)?[^\s'\"#\[{-][^'\"#\[{]*?:|\s*-) +(?P<value>\S.*?)\s*")
_IN_QUOTES = re.compile(r"(['\"])(.*)\1")
_NEEDS_QUOTES = re.compile(r".*(?:: |:$| #).*|[^\w(].*")
_QUOTE = "quote values that contain `: ` or `#`, or that begin with a symbol"
_BLOCK = ("|", ">")


def explain(error: yaml.YAMLError, lines: Sequence[str]) -> tuple[int, str, str]:
    """Line (from 0), message and hint for what a YAML reader says of a text with these lines."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    context = getattr(error, "context", None) or ""
    opened = getattr(error, "context_mark", None)
    at = mark.line if mark else 0
    if opened and any(kind in context for kind in ("quoted scalar", "simple key", "flow")):
        at = opened.line
    at = max(0, min(at, len(lines) - 1))
    return at, f"is not valid YAML: {reason}", _remedy(reason, context, lines[at] if lines else "")


def _remedy(reason: str, context: str, line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces: YAML does not allow tabs"
    if "escape" in reason or "hexdecimal" in reason:
        return "put the value in single quotes, or write `\\\\` for each backslash"
    if "control characters" in reason:
        return "remove the control character from this line"
    if "flow" in context:
        return f"close the list or group with its bracket; {_QUOTE}"
    if "quoted scalar" in context:
        return "close the quotes that begin on this line"
    if "expected ':'" in reason:
        return (
            "write each field as `key: value`, indent the lines that go on with a value, and end "
            "the fields with a line `---`"
        )
    quoted = quoted_line(line)
    pair = _PAIR.fullmatch(line)
    if pair and (quoted == line.strip() or not _NEEDS_QUOTES.fullmatch(pair["value"])):
        return "look for a missing quote or a wrong indent on this line and above it"
    return f"{_QUOTE}{f': {quoted}' if quoted else ''}"


def quoted_line(line: str) -> str:
    """A line `key: value` or `- value` with the whole value quoted; empty for any other line.

    >>> quoted_line("title: Wells: a history"), quoted_line("- Tea #5")
    ('title: "Wells: a history"', '- "Tea #5"')
    """
    pair = _PAIR.fullmatch(line)
    if pair is None:
        return ""
    inside = _IN_QUOTES.fullmatch(pair["value"])
    value = inside[2] if inside else pair["value"].strip("“”„")
    if '"' in value or "\\" in value:
        return f"{pair['key'].strip()} '" + value.replace("'", "''") + "'"
    return f'{pair["key"].strip()} "{value}"'


def tell_dropped(
    node: yaml.ScalarNode, name: str, lines: Sequence[str], where: Where, problems: Problems
) -> None:
    """Warn of what a reader drops around a value: what follows ` #`, and what `&` or `!` begin.

    `node` is the value called `name` at `where` in a text with these lines. A comment begins with
    `# `; a number sign before a word, or after the words of a title, was more likely meant.
    """
    dropped = [*_cut_off(node, name, lines), *_taken_for_property(node, lines)]
    for text, why in dropped:
        line = lines[node.start_mark.line] if node.start_mark.line < len(lines) else ""
        quoted = quoted_line(line)
        like = f": {quoted}" if quoted and text in quoted else ""
        problems.warning(
            where,
            f"`{name}` loses `{text}`, {why}",
            f"quote the whole value{like}"
            + ("; if it is a comment, move it to its own line" if text.startswith("#") else ""),
        )


def _cut_off(node: yaml.ScalarNode, name: str, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    if node.style in _BLOCK or node.end_mark.line >= len(lines):
        return
    comment = _COMMENT.match(lines[node.end_mark.line], max(0, node.end_mark.column))
    if comment is None:
        return
    space, text = comment[1], comment[2].rstrip()
    if (name == "title" and space == " ") or re.match("#[^ \t#]", text):
        yield text, "which YAML takes for a comment"


def _taken_for_property(node: yaml.ScalarNode, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    if node.start_mark.line >= len(lines):
        return
    found = _PROPERTY.match(lines[node.start_mark.line], node.start_mark.column)
    if found is None or any(f"*{one[1:]}" in text for one in found[0].split() for text in lines):
        return
    yield found[0].rstrip(), "which YAML takes for an anchor or a tag"
