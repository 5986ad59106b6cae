"""A specification as it was typed: its values, and the line each of them stands on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backlist import content
from backlist.problems import Problems, Where

Path = tuple[str | int, ...]


class _RepeatedKeyError(Exception):
    """A key stands twice in one object: JSON (RFC 8259, section 4) leaves open which counts."""


@dataclass(frozen=True)
class Specification:
    """A Vega-Lite specification: the file it stands in, its text and what that says."""

    file: str
    text: str
    data: dict[str, Any]

    def where(self, path: Path = ()) -> Where:
        """The line a value stands on, or the nearest thing around it."""
        return self._document.where(*path) if self._document else Where(self.file)

    @cached_property
    def _document(self) -> content.Document | None:
        # JSON is YAML but for tabs, which inside its strings are not allowed anyway. Composing
        # it is slow, so it is done for files with a fault only.
        return content.parse_yaml(self.text.replace("\t", " "), self.file, Problems())


def spell(path: Path) -> str:
    """A path as a person names it, places counted from 1: `layer[2].encoding.x`."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def decode(data: bytes, file: str, problems: Problems) -> str | None:
    """The text of a file, without a byte order mark, or None with the fault told."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.error(Where(file, line), "is not UTF-8 text", "save the file as UTF-8")
    return None


def parse(text: str, file: str, problems: Problems) -> Any:
    """What a JSON text says, or None with the fault told at its line."""
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        where, said = Where(file, error.lineno), error.msg[:1].lower() + error.msg[1:]
        remedy = "look for a comma too many or too few, and for quotes that are not closed"
        problems.error(where, f"is not valid JSON: {said}", remedy)
    except RecursionError:
        problems.error(Where(file), "is nested too deeply to be read", "make it simpler")
    except ValueError as error:
        problems.error(Where(file), f"is not valid JSON: {error}", "JSON has no such number")
    except _RepeatedKeyError as error:
        _tell_twin(str(error), text, file, problems)
    return None


def _tell_twin(key: str, text: str, file: str, problems: Problems) -> None:
    """Tell of a repeated key at its line, which the YAML reader knows."""
    found = Problems()
    content.parse_yaml(text.replace("\t", " "), file, found)
    problems.extend(found)
    if not found.found:
        problems.error(Where(file), f"`{key}` is written twice", "keep one of them")


def _refuse(name: str) -> None:
    raise ValueError(f"it has the value {name}")


def _without_twins(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RepeatedKeyError(key)
        found[key] = value
    return found
