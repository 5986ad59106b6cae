"""Documents to records: every error of a record is reported at its line."""

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backlist.content.documents import Document, Key
from backlist.content.renamed import with_new_names
from backlist.feed.vocabulary import NOT_XML, without_control
from backlist.model import Record, reference
from backlist.problems import Problems, Where, did_you_mean

R = TypeVar("R", bound=Record)


def read(record: type[R], document: Document, problems: Problems, **extra: object) -> R | None:
    """The record a document holds, or None with every error reported at its line.

    `extra` gives values that do not stand in the mapping (a body). A key without a value counts
    as absent. What no page and no feed can hold is left out of texts, with a warning.
    """
    for name in extra.keys() & document.data.keys():
        message, hint = f"unknown key `{name}`", "write the text below the front matter"
        problems.error(document.where(name), message, hint)
        return None
    data = {**_without_empty(document.data), **extra}
    if _holds_control(data):
        data = {name: _without_control(data[name], (name,), document, problems) for name in data}
    if not with_new_names(record.__name__, data, document, problems):
        return None
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


def _holds_control(value: Any) -> bool:
    if isinstance(value, str):
        return NOT_XML.search(value) is not None
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_holds_control, parts))


def _without_control(value: Any, key: Key, document: Document, problems: Problems) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_control(part, (*key, name), document, problems)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [
            _without_control(part, (*key, place), document, problems)
            for place, part in enumerate(value)
        ]
    if not isinstance(value, str):
        return value
    for match in NOT_XML.finditer(value):
        where = document.where(*key)
        if key == ("body",):
            where = Where(document.file, document.body_line + value.count("\n", 0, match.start()))
        message = f"`{_spell(key)}` contains the control character U+{ord(match[0]):04X}"
        problems.warning(where, f"{message}; it is left out", "delete it")
    return without_control(value)


def _report(
    detail: ErrorDetails, record: type[Record], document: Document, problems: Problems
) -> None:
    key = tuple(detail["loc"])
    name = _spell(key)
    where = document.where(*key)
    match detail["type"]:
        case "missing":
            message, hint = f"`{name}` is missing", f"add a line `{key[-1]}: …`"
        case "extra_forbidden":
            message = f"unknown key `{name}`"
            hint = did_you_mean(str(key[-1]), _keys_beside(record, key))
        case "backlist":
            context = detail["ctx"]
            message, hint = f"`{name}` {context['message']}", str(context["hint"])
        case kind:
            message = f"`{name}` {_PLAIN.get(kind, detail['msg'][:1].lower() + detail['msg'][1:])}"
            if isinstance(detail["input"], str):
                message += f': "{detail["input"]}"'
            hint = _hint(kind, detail)
    problems.error(where, message, hint)


_PLAIN = {
    "string_type": "must be text",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "is not in the expected format",
    "int_parsing": "is not a whole number",
    "int_type": "is not a whole number",
    "bool_parsing": "is neither `true` nor `false`",
    "bool_type": "is neither `true` nor `false`",
    "literal_error": "is not one of the allowed words",
    "enum": "is not one of the allowed words",
    "tuple_type": "must be a list",
    "model_type": "must be a group of `key: value` lines",
    "model_attributes_type": "must be a group of `key: value` lines",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
}


_HINTS = {
    "tuple_type": "write `[one, two]`, or one line `- item` per entry",
    "int_parsing": "write digits only",
    "bool_parsing": "write `true` or `false`",
    "string_type": "write it on one line; quote a value that begins with `[` or `{`",
    "string_too_short": "write a value, or remove the line",
    "model_type": "put its fields on lines of their own, indented under it",
}


def _hint(kind: str, detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if "expected" in context:
        return f"use {context['expected']}"
    bounds = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if kind in bounds:
        name, words = bounds[kind]
        return f"{words} {context[name]}"
    if kind in _HINTS:
        return _HINTS[kind]
    return f"it must match {context['pattern']}" if "pattern" in context else ""


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
            model = reference.record_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)
