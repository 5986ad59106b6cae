"""Keys with a new name: the old name works for one release, with a warning.

Old names are replaced before a record is validated, so that nothing else knows them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backlist.content.documents import Document, Key
    from backlist.problems import Problems

RENAMED: Mapping[str, Mapping[tuple[str, ...], str]] = {
    "Settings": {("site", "type"): "font", ("site", "feed", "was"): "previous_urls"},
    "Episode": {("audio", "was"): "previous_urls", ("takes",): "same_paper"},
    "WorkNotes": {("apart",): "distinct"},
    "Visualization": {("start",): "autostart"},
}
"""For each kind of record: where an old name stands, and what it is called now."""

_OLD = {new: path[-1] for paths in RENAMED.values() for path, new in paths.items()}


def old_spelling(key: "Key") -> "Key":
    """A key as it may be written in a file from before its parts were renamed."""
    return tuple(_OLD.get(part, part) if isinstance(part, str) else part for part in key)


def with_new_names(
    kind: str, data: dict[str, Any], document: "Document", problems: "Problems"
) -> bool:
    """Rename the old keys of a record in `data`, with a warning each; False if both are given."""
    good = True
    for path, new in RENAMED.get(kind, {}).items():
        group: Any = data
        for part in path[:-1]:
            group = group.get(part) if isinstance(group, dict) else None
        old = path[-1]
        if not isinstance(group, dict) or old not in group:
            continue
        where = document.where(*path)
        if new in group:
            good = False
            message = f"`{new}` is given twice: `{old}` is its old name"
            problems.error(where, message, f"keep `{new}:` and remove `{old}:`")
            continue
        group[new] = group.pop(old)
        hint = f"write `{new}:`; the old name stops working in the next release"
        problems.warning(where, f"`{'.'.join(path)}` is now called `{new}`", hint)
    return good
