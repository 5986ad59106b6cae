"""A specification as it was typed: its values, and the line each of them stands on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backlist import content
from backlist.problems import Where

Path = tuple[str | int, ...]


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
        # Slow, so it is done for files with an error only.
        return content.locate_json(self.text, self.file)


def spell(path: Path) -> str:
    """A path as a person names it, places counted from 1: `layer[2].encoding.x`."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name
