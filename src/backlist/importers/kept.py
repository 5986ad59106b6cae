"""Pictures brought home: which file in `static/` came from which address.

`content/imported/pictures.yaml` keeps it. A record that names such a file still says what its
source said: the next import compares it by the address, and takes it for nobody's edit.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from backlist import content, urls
from backlist.model import Episode
from backlist.problems import Problems

KEPT = "content/imported/pictures.yaml"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in `static/`, a digest of what is in it, and what its server called the version."""

    file: str
    digest: str = ""
    etag: str = ""
    modified: str = ""


def read_kept(text: str | None) -> dict[str, Kept]:
    """Address → file, from `pictures.yaml`; what is no such entry in it is passed over."""
    document = content.parse_yaml(text, KEPT, Problems()) if text else None
    said = document.data.get("pictures") if document else None
    names = ("file", "digest", "etag", "modified")
    return {
        address: Kept(*(str(one.get(name) or "") for name in names))
        for address, one in (said.items() if isinstance(said, dict) else ())
        if isinstance(one, dict) and one.get("file")
    }


def write_kept(kept: Mapping[str, Kept]) -> str:
    """The text of `pictures.yaml`."""
    said = {
        address: {name: value for name in one.__slots__ if (value := getattr(one, name))}
        for address, one in sorted(kept.items())
    }
    return content.dump_yaml({"pictures": said})


def as_the_source_says(mine: Episode, last: Episode | None, kept: Mapping[str, Kept]) -> Episode:
    """The record with the addresses of the last import in place of the files they were kept as."""
    if last is None or not kept:
        return mine
    changes = {}
    known = kept.get(last.image or "")
    if known and mine.image and urls.static_name(mine.image) == known.file:
        changes["image"] = last.image
    body = mine.body
    for address, one in kept.items():
        if urls.in_notes(one.file) in body and address in last.body:
            body = body.replace(f"({urls.in_notes(one.file)}", f"({address}")
    if body != mine.body:
        changes["body"] = body
    return mine.model_copy(update=changes) if changes else mine
