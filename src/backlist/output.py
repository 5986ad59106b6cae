"""The finished site before it is written: output path → content, and who made it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from backlist.problems import Problems, Where

ALIAS = "alias"
"""How the maker of a redirect page begins; the alias itself follows."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site: its path under `build/`, its bytes or the file to copy, its maker.

    `source` names the file a person would edit to change it.
    """

    path: str
    content: bytes | Path
    maker: str
    source: str = ""

    def read(self) -> bytes:
        """The bytes, read from disk when the output is a file to copy."""
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()


Outputs = Mapping[str, Output]


def collect(made: Iterable[Output], problems: Problems) -> dict[str, Output]:
    """Outputs by path, sorted; two makers of one path are an error that names both.

    Paths that differ only in case are the same file on some disks, so they clash as well.
    """
    outputs: dict[str, Output] = {}
    taken: dict[str, Output] = {}
    for output in made:
        other = taken.get(output.path.casefold())
        if other is None:
            taken[output.path.casefold()] = output
            outputs[output.path] = output
            continue
        problems.error(
            Where("build"),
            f"{output.path} would be written twice",
            f"by {_maker(other)} and by {_maker(output)}; {_way_out(other, output)}",
        )
    return dict(sorted(outputs.items()))


def _maker(output: Output) -> str:
    return f"{output.maker}: {output.source}" if output.source else output.maker


def _way_out(*makers: Output) -> str:
    if any(output.maker.startswith(ALIAS) for output in makers):
        return "take the alias out, or give the page another slug"
    return "give one of them another slug or name"
