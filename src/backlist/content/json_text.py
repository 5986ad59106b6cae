"""JSON that people write by hand, read after RFC 8259 with its faults told at their lines."""

import json
import re
from collections.abc import Sequence
from typing import Any

from backlist.content.documents import Document, parse_yaml
from backlist.problems import Problems, Where

_HALVES = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class _RepeatedKeyError(Exception):
    """A key stands twice in one object: JSON (RFC 8259, section 4) leaves open which counts."""


def parse_json(text: str, file: str, problems: Problems) -> Any:
    """What a JSON text says, or None with the fault told at its line."""
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        where, said = Where(file, error.lineno), error.msg[:1].lower() + error.msg[1:]
        hint = "look for an extra or missing comma, and for unclosed quotes"
        problems.error(where, f"is not valid JSON: {said}", hint)
    except RecursionError:
        problems.error(Where(file), "is nested too deeply", "make it simpler")
    except ValueError as error:
        problems.error(Where(file), f"is not valid JSON: {error}", "JSON has no such number")
    except _RepeatedKeyError as error:
        _tell_twin(str(error), text, file, problems)
    return None


def locate_json(text: str, file: str, problems: Problems | None = None) -> Document | None:
    """A JSON text with the lines its values stand on; None where they cannot be told.

    JSON is YAML but for tabs, which inside its strings are not allowed anyway, and for characters
    written as two halves. Composing YAML is slow.
    """
    plain = _HALVES.sub(r"\\ufffd", text.replace("\t", " "))
    return parse_yaml(plain, file, Problems() if problems is None else problems)


def _tell_twin(key: str, text: str, file: str, problems: Problems) -> None:
    """Tell of a repeated key at its line, which the YAML reader knows."""
    found = Problems()
    locate_json(text, file, found)
    problems.extend(found)
    if not found.found:
        problems.error(Where(file), f"`{key}` is written twice", "keep one of them")


def _refuse(name: str) -> None:
    raise ValueError(f"it has the value {name}")


def _without_duplicates(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKeyError(key)
        found[key] = value
    return found
