"""What the last import of a visualization was: the base that tells a person's edit from a change.

`content/imported/visualizations/<id>.yaml` holds the entry as the catalogue gave it, the fields
derived from it, and a digest (SHA-256) of each file copied with it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backlist import content
from backlist.importers.catalog import FORMAT
from backlist.importers.draft import Exhibit
from backlist.importers.raw_records import short_source
from backlist.problems import Problems, Where

FOLDER = "content/imported/visualizations"

FIELDS = ("title", "description", "episodes", "works", "poster", "url")
"""The keys of a visualization that a catalogue fills, in the order they are written."""

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Base:
    """One raw record: the catalogue's file name, the derived fields, a digest by file name."""

    source: str = ""
    derived: Fields = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def path_of(ident: str) -> str:
    """Where the raw record of a visualization stands, from the site's folder."""
    return f"{FOLDER}/{ident}.yaml"


def digest(data: bytes) -> str:
    """What tells one file's bytes from another's."""
    return hashlib.sha256(data).hexdigest()


def read_base(text: str, file: str, problems: Problems) -> Base | None:
    """A raw record's base, or None with the fault told."""
    document = content.parse_yaml(text, file, problems)
    if document is None:
        return None
    derived, files = document.data.get("derived"), document.data.get("files") or {}
    if isinstance(derived, dict) and isinstance(files, dict):
        return Base(str(document.data.get("source")), only_known(derived), files)
    problems.error(
        Where(file),
        "has no `derived` fields",
        "remove the file: the next import writes it again",
    )
    return None


def write_base(source: str, exhibit: Exhibit, derived: Fields, files: Mapping[str, str]) -> str:
    """The text of a raw record."""
    data = {"source": short_source(source), "format": FORMAT, "raw": dict(exhibit.raw)}
    return content.dump_yaml(data | {"derived": dict(derived), "files": dict(files)})


def only_known(data: Fields) -> dict[str, Any]:
    """The fields a catalogue fills that have a value."""
    return {name: data[name] for name in FIELDS if data.get(name)}
