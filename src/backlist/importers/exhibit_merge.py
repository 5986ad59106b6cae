"""What becomes of one visualization: three texts decide each key and each file.

What the last import wrote (the base), what the catalogue says now, and what lies in the site.
Nothing is read or written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backlist.importers.catalog_files import INDEX
from backlist.importers.exhibit_records import FIELDS, Base, Fields, digest
from backlist.load import HTML
from backlist.resolve.visualizations import POSTERS


@dataclass(frozen=True, slots=True)
class Standing:
    """A visualization as it lies in the site: its keys, and its files' digests by name."""

    keys: Fields = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def pages(self) -> list[str]:
        """The names of its HTML pages."""
        return [name for name in self.files if name.endswith(HTML)]


@dataclass(slots=True)
class Changes:
    """Keys to set (None: removed), files to write, names of both that a person keeps."""

    keys: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    stays: str = ""
    """What stands in the way of a page that moved here, or away: the key or file that stays."""

    def names(self) -> tuple[str, ...]:
        """Everything that changes."""
        return (*self.keys, *self.files)


def merge(new: Fields, files: Mapping[str, bytes], base: Base, mine: Standing) -> Changes:
    """What to change for a visualization to follow its catalogue where nobody edited it."""
    changes = Changes()
    mine = replace(mine, keys=_own_poster(files, base, mine) | dict(mine.keys))
    _follow_keys(new, base, mine, changes)
    _follow_files(files, base, mine, changes)
    _part_page_and_address(mine, changes)
    return changes


def _follow_keys(new: Fields, base: Base, mine: Standing, changes: Changes) -> None:
    for name in FIELDS:
        said, was, stands = new.get(name), base.derived.get(name), mine.keys.get(name)
        if said == stands:
            continue
        if stands == was:
            changes.keys[name] = said
        elif said != was:
            changes.kept.append(name)


def _own_poster(files: Mapping[str, bytes], base: Base, mine: Standing) -> dict[str, str]:
    """A picture that a person put there: by its name alone it is the poster, without a key."""
    copied = {name: digest(data) for name, data in files.items()}
    for name in (f"poster{end}" for end in POSTERS):
        if name in mine.files and name not in base.files and mine.files[name] != copied.get(name):
            return {"poster": name}
    return {}


def _follow_files(files: Mapping[str, bytes], base: Base, mine: Standing, changes: Changes) -> None:
    shown = changes.keys.get("poster", mine.keys.get("poster"))
    for name, data in files.items():
        if name != INDEX and name != shown:
            # It would be taken for the poster where a person chose another, or none.
            continue
        said, was, stands = digest(data), base.files.get(name), mine.files.get(name)
        renamed = stands is None and name == INDEX and bool(mine.pages())
        if (stands is None and not renamed) or (stands == was and stands != said):
            changes.files[name] = data
        elif said not in (stands, was):
            changes.kept.append(name)


def _part_page_and_address(mine: Standing, changes: Changes) -> None:
    """A page here and an address elsewhere exclude each other: what the site has stays."""
    if changes.keys.get("url") and mine.pages():
        del changes.keys["url"]
        changes.stays = mine.pages()[0]
    url = changes.keys.get("url", mine.keys.get("url"))
    if url and changes.files.pop(INDEX, None):
        changes.stays = "url"
