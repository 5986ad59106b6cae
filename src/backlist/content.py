"""The one codec between files and records, both ways, with the line of every value.

YAML is read as text only: PyYAML's own rules take `42:10` for 2530, `no` for False and let a
repeated key win in silence (YAML 1.1, section "tag resolution"). Here a scalar stays what was
typed, a repeated key is a fault, and the record's types decide the rest.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backlist.model import Record
from backlist.problems import Problems, Where, did_you_mean

SITE = "site.yaml"
"""A folder that holds this file is a site."""

R = TypeVar("R", bound=Record)
Key = tuple[str | int, ...]

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"---[ \t]*\n(?P<front>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML mapping as text, and the line each value stands on (`("audio", "url")` → 7)."""

    file: str
    data: dict[str, Any]
    lines: Mapping[Key, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def where(self, *key: str | int) -> Where:
        """The place of a value, or of the nearest thing around it."""
        for end in range(len(key), -1, -1):
            if key[:end] in self.lines:
                return Where(self.file, self.lines[key[:end]])
        return Where(self.file, 1)


# ---------------------------------------------------------------- reading


def parse_markdown(text: str, file: str, problems: Problems) -> Document | None:
    """A Markdown file with YAML front matter between `---` lines, or None with the fault told."""
    text = normal_newlines(text)
    match = _FENCE.match(text)
    if match is None:
        problems.error(
            Where(file, 1),
            "has no front matter",
            "begin the file with a line `---`, the fields, and another line `---`",
        )
        return None
    front = parse_yaml(match["front"], file, problems, first_line=2)
    if front is None:
        return None
    body_line = text[: match.end()].count("\n") + 1
    body = text[match.end() :]
    body_line += len(body) - len(body.lstrip("\n"))
    return Document(file, front.data, front.lines, body.strip("\n").rstrip(), body_line)


def parse_yaml(text: str, file: str, problems: Problems, *, first_line: int = 1) -> Document | None:
    """A YAML mapping read as text, or None with the fault told.

    `first_line` is the line of `file` that `text` begins on.
    """
    try:
        node = yaml.compose(normal_newlines(text), Loader=_Loader)
    except yaml.YAMLError as error:
        where, what = _yaml_fault(error, file, first_line)
        problems.error(where, what, "quote values that hold `: `, `#` or begin with a sign")
        return None
    if node is None:
        return Document(file, {}, {(): first_line})
    if not isinstance(node, yaml.MappingNode):
        problems.error(Where(file, first_line), "is not a list of `key: value` lines")
        return None
    reader = _Reader(file, first_line, problems)
    data = reader.value(node, ())
    return Document(file, data, reader.lines) if reader.sound else None


class _Reader:
    """Turns composed nodes into text, lists and mappings, noting lines as it goes."""

    def __init__(self, file: str, first_line: int, problems: Problems) -> None:
        self.file, self.first_line, self.problems = file, first_line, problems
        self.lines: dict[Key, int] = {}
        self.sound = True

    def value(self, node: yaml.Node, key: Key) -> Any:
        self.lines.setdefault(key, node.start_mark.line + self.first_line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*key, place)) for place, item in enumerate(node.value)]
        plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return None if plain and node.value in ("", "~", "null") else node.value

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            line = name_node.start_mark.line + self.first_line
            if name in found:
                self.sound = False
                self.problems.error(
                    Where(self.file, line),
                    f"`{name}` is written twice",
                    f"keep one of them; the first is on line {self.lines[(*key, name)]}",
                )
            self.lines[(*key, name)] = line
            found[name] = self.value(value_node, (*key, name))
        return found


def _yaml_fault(error: yaml.YAMLError, file: str, first_line: int) -> tuple[Where, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + first_line if mark else first_line
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    return Where(file, line), f"is not valid YAML: {reason}"


def read(record: type[R], document: Document, problems: Problems, **extra: object) -> R | None:
    """The record a document holds, or None with every fault told at its line.

    `extra` gives values that do not stand in the mapping (a body). A key without a value counts
    as absent.
    """
    data = {**_without_empty(document.data), **extra}
    try:
        return record.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            _report(detail, record, document, problems)
        return None


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_empty(item) for item in value if item is not None]
    return value


def _report(
    detail: ErrorDetails, record: type[Record], document: Document, problems: Problems
) -> None:
    key = tuple(detail["loc"])
    name = _spell(key)
    where = document.where(*key)
    match detail["type"]:
        case "missing":
            what, remedy = f"`{name}` is missing", f"add a line `{key[-1]}: …`"
        case "extra_forbidden":
            what = f"unknown key `{name}`"
            remedy = did_you_mean(str(key[-1]), _keys_beside(record, key))
        case "backlist":
            context = detail["ctx"]
            what, remedy = f"`{name}` {context['what']}", str(context["remedy"])
        case kind:
            what = f"`{name}` {_PLAIN.get(kind, detail['msg'][:1].lower() + detail['msg'][1:])}"
            if isinstance(detail["input"], str):
                what += f': "{detail["input"]}"'
            remedy = _remedy(kind, detail)
    problems.error(where, what, remedy)


_PLAIN = {
    "string_type": "must be text",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "is not written as it must be",
    "int_parsing": "is not a whole number",
    "int_type": "is not a whole number",
    "bool_parsing": "is neither `true` nor `false`",
    "bool_type": "is neither `true` nor `false`",
    "literal_error": "is none of the words it can be",
    "enum": "is none of the words it can be",
    "tuple_type": "must be a list",
    "model_type": "must be a group of `key: value` lines",
    "model_attributes_type": "must be a group of `key: value` lines",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
}


_REMEDIES = {
    "tuple_type": "write `[one, two]`, or a line `- one` for each",
    "int_parsing": "write digits only",
    "bool_parsing": "write `true` or `false`",
    "string_type": "write it on one line, without a list or group under it",
    "string_too_short": "write something, or take the line out",
    "model_type": "put its fields on lines of their own, indented under it",
}


def _remedy(kind: str, detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if "expected" in context:
        return f"use {context['expected']}"
    bounds = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if kind in bounds:
        name, words = bounds[kind]
        return f"{words} {context[name]}"
    if kind in _REMEDIES:
        return _REMEDIES[kind]
    return f"it must fit {context['pattern']}" if "pattern" in context else ""


def _spell(key: Key) -> str:
    """A key as a person names it, places counted from 1: `sources[2].url`."""
    name = ""
    for part in key:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def _keys_beside(record: type[Record], key: Key) -> list[str]:
    """The keys a record knows at the place where an unknown one stood."""
    model: Any = record
    for part in key[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _record_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _record_in(annotation: Any) -> type[Record] | None:
    """The record type inside `tuple[Annotated[X, …], ...]`, `X | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _record_in(part)
        if found:
            return found
    return None


# ---------------------------------------------------------------- writing


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
    match = _FENCE.match(text)
    if match is None:
        raise ValueError("no front matter to amend")
    lines = match["front"].splitlines(keepends=True)
    spans = _spans(match["front"])
    for name, value in sorted(changes.items(), key=lambda c: -spans.get(c[0], (1 << 30, 0))[0]):
        fresh = [] if value is None else dump_yaml({name: value}).splitlines(keepends=True)
        start, end = spans.get(name, (len(lines), len(lines)))
        lines[start:end] = fresh
    return text[: match.start("front")] + "".join(lines) + text[match.end("front") :]


def _spans(front: str) -> dict[str, tuple[int, int]]:
    """The lines `[start, end)` each top-level field takes, trailing comments left outside."""
    node = yaml.compose(front, Loader=_Loader)
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


def replace_body(text: str, body: str) -> str:
    """A Markdown file's text with its front matter kept and its body replaced."""
    text = normal_newlines(text)
    match = _FENCE.match(text)
    front = match[0] if match else ""
    return front.rstrip("\n") + "\n" + (f"\n{body.strip()}\n" if body.strip() else "")


def normal_newlines(text: str) -> str:
    """Text without a byte order mark, every line ending in a line feed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
