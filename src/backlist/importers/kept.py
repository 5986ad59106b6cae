"""Pictures brought home: which file in `static/` came from which address.

`content/mirror.yaml` says it. A record that names such a file still says what its source said: the
next import compares it by the address, and takes it for nobody's edit.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from backlist import content, urls
from backlist.content import MIRROR
from backlist.model import Episode
from backlist.problems import Problems

FORMER = "content/imported/pictures.yaml"
"""Where earlier versions kept it; the next `mirror` takes it over."""


def read_kept(files: Mapping[str, str]) -> dict[str, str]:
    """Address → name in `static/`, from the texts of the files by name."""
    found = content.read_copies(files.get(MIRROR, "").encode(), Problems())
    former = dict(_former(files[FORMER])) if FORMER in files else {}
    return former | {
        address: one.file.removeprefix("static/")
        for address, one in found.items()
        if one.file and one.file.startswith("static/")
    }


def read_former(path: Path) -> Iterator[tuple[str, str]]:
    """Address and name in `static/` of each entry of the file of earlier versions."""
    yield from _former(path.read_text("utf-8"))


def _former(text: str) -> Iterator[tuple[str, str]]:
    document = content.parse_yaml(text, FORMER, Problems())
    said = document.data.get("pictures") if document else None
    for address, one in said.items() if isinstance(said, dict) else ():
        if isinstance(one, dict) and one.get("file"):
            yield address, str(one["file"])


def as_the_source_says(mine: Episode, last: Episode | None, kept: Mapping[str, str]) -> Episode:
    """The record with the addresses of the last import in place of the files they were kept as."""
    if last is None or not kept:
        return mine
    changes = {}
    known = kept.get(last.image or "")
    if known and mine.image and urls.static_name(mine.image) == known:
        changes["image"] = last.image
    body = mine.body
    for address, name in kept.items():
        if name.startswith("pictures/") and urls.in_notes(name) in body and address in last.body:
            body = body.replace(f"({urls.in_notes(name)}", f"({address}")
    if body != mine.body:
        changes["body"] = body
    return mine.model_copy(update=changes) if changes else mine
