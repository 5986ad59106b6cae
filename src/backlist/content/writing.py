"""Data to files, and changes of single fields in files that a person has written."""

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import yaml

from backlist.content.documents import FENCE, LOADER, normal_newlines


class _Dumper(yaml.SafeDumper):
    """Writes text plain wherever text-only reading, and other YAML readers, give it back."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Hashable) -> bool:
        return True


_NUMBER_OR_DATE = re.compile(r"\d{4}(-\d\d-\d\d)?|[1-9]\d{0,8}|0")


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    # A plain year or day means the same to every YAML reader and looks better unquoted.
    plain = _NUMBER_OR_DATE.fullmatch(text)
    tag = "tag:yaml.org,2002:str"
    if plain:
        tag = dumper.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(tag, text, style=_style(text))


def _style(text: str) -> str | None:
    """Block style for text of several lines; escapes for line ends that PyYAML would fold."""
    if re.search("[\x85\u2028\u2029\ufeff]", text):
        return '"'
    return "|" if "\n" in text else None


_Dumper.add_representer(str, _represent_text)


def dump_yaml(data: Mapping[str, Any]) -> str:
    """YAML of text, numbers, lists and mappings, keys in their order; ends in a newline."""
    return str(
        yaml.dump(dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    )


def dump_markdown(data: Mapping[str, Any], body: str) -> str:
    """A Markdown file with front matter; `parse_markdown` gives data and body back."""
    front = dump_yaml(data) if data else ""
    body = normal_newlines(body).strip("\n").rstrip()
    return f"---\n{front}---\n" + (f"\n{body}\n" if body else "")


def amend(text: str, changes: Mapping[str, Any]) -> str:
    """A Markdown file's text with some top-level fields set (None: removed).

    Only the lines of those fields change: comments, order and spelling of the rest are a
    person's work and stay.
    """
    text = normal_newlines(text)
    match = FENCE.match(text)
    if match is None:
        raise ValueError("no front matter to amend")
    front = amend_yaml(match["front"], changes)
    return text[: match.start("front")] + front + text[match.end("front") :]


def amend_yaml(text: str, changes: Mapping[str, Any]) -> str:
    """A YAML mapping's text with some top-level fields set (None: removed), else as it was."""
    lines = normal_newlines(text).splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    spans = _spans("".join(lines))
    for name, value in sorted(changes.items(), key=lambda c: -spans.get(c[0], (1 << 30, 0))[0]):
        fresh = [] if value is None else dump_yaml({name: value}).splitlines(keepends=True)
        start, end = spans.get(name, (len(lines), len(lines)))
        lines[start:end] = fresh
    return "".join(lines)


def _spans(front: str) -> dict[str, tuple[int, int]]:
    """The lines `[start, end)` each top-level field takes, trailing comments left outside."""
    node = yaml.compose(front, Loader=LOADER)
    if not isinstance(node, yaml.MappingNode):
        return {}
    starts = [key.start_mark.line for key, _ in node.value]
    ends = [*starts[1:], len(front.splitlines())]
    lines = front.splitlines()
    spans = {}
    for (key, _), start, end in zip(node.value, starts, ends, strict=True):
        while end > start + 1 and re.fullmatch(r"\s*(#.*)?", lines[end - 1]):
            end -= 1
        spans[str(key.value)] = (start, end)
    return spans


def append_items(text: str, name: str, items: Sequence[Mapping[str, Any]]) -> str:
    """A YAML mapping's text with items added to the end of a top-level list, else as it was.

    The list is begun where there is none. Raises `ValueError` where it is written in brackets.
    """
    text = amend_yaml(text, {})
    node = _value(text, name)
    if node is None or not node.value:
        return amend_yaml(text, {name: list(items)})
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise ValueError(f"`{name}` is not a list of lines that begin with `- `")
    lines = text.splitlines(keepends=True)
    column = node.start_mark.column
    end = _end(lines, node, column + 1)
    lines[end:end] = _indented({name: list(items)}, column, skip=2)
    return "".join(lines)


def fill_item(text: str, name: str, place: int, fields: Mapping[str, Any]) -> str:
    """A YAML mapping's text with fields added to an item of a top-level list, else as it was.

    Raises `ValueError` where the item is written in brackets.
    """
    text = amend_yaml(text, {})
    item = _value(text, name).value[place]
    if not isinstance(item, yaml.MappingNode) or item.flow_style:
        raise ValueError(f"`{name}[{place + 1}]` is not a list of `key: value` lines")
    lines = text.splitlines(keepends=True)
    column = item.start_mark.column
    end = _end(lines, item, column)
    lines[end:end] = _indented(fields, column)
    return "".join(lines)


def append_to_item(text: str, name: str, place: int, key: str, values: Sequence[str]) -> str:
    """A YAML mapping's text with values added to a list of an item of a list, else as it was.

    The list is begun where the item has none. Raises `ValueError` where it is no list.
    """
    text = amend_yaml(text, {})
    item = _value(text, name).value[place]
    pairs = item.value if isinstance(item, yaml.MappingNode) else ()
    node = next((value for named, value in pairs if named.value == key), None)
    if node is None:
        return fill_item(text, name, place, {key: list(values)})
    if not isinstance(node, yaml.SequenceNode):
        raise ValueError(f"`{name}[{place + 1}].{key}` is not a list")
    if node.flow_style:
        end = node.end_mark.index - 1  # before the bracket
        written = text[:end].rstrip().removesuffix(",")
        return f"{written}{', ' if node.value else ''}{', '.join(values)}{text[end:]}"
    lines = text.splitlines(keepends=True)
    column = node.start_mark.column
    end = _end(lines, node, column + 1)
    lines[end:end] = _indented({key: list(values)}, column, skip=2)
    return "".join(lines)


def _value(text: str, name: str) -> Any:
    """The node of a top-level field, None without one."""
    node = yaml.compose(text, Loader=LOADER)
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _end(lines: Sequence[str], block: yaml.Node, column: int) -> int:
    """The line after a list or group; comments further left than `column` are not part of it."""
    end = min(block.end_mark.line, len(lines))  # a block ends where the next thing begins
    while end > block.start_mark.line + 1:
        line = lines[end - 1]
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and (indent >= column or not line.lstrip().startswith("#")):
            break
        end -= 1
    return end


def _indented(data: Mapping[str, Any], column: int, skip: int = 0) -> list[str]:
    """The lines of data as they stand at a column; `skip`: the items of its list, without name."""
    lines = dump_yaml(data).splitlines(keepends=True)[1 if skip else 0 :]
    return [" " * column + line[skip:] if line.strip() else line for line in lines]


def replace_body(text: str, body: str) -> str:
    """A Markdown file's text with its front matter kept and its body replaced."""
    text = normal_newlines(text)
    match = FENCE.match(text)
    front = match[0] if match else ""
    return front.rstrip("\n") + "\n" + (f"\n{body.strip()}\n" if body.strip() else "")
