"""What is gone, written into `content/works.yaml`; nothing that a person wrote there changes."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from backlist import content, files
from backlist.content import Document
from backlist.feed.probe.sources import Gone
from backlist.load import WORKS
from backlist.model import Verdict, WorkNotes, WorkStatus, writable
from backlist.model.scalars import moment
from backlist.problems import BacklistError, Problems, Where
from backlist.relate import corrections


def record_gone(root: Path, gone: Iterable[Gone], problems: Problems) -> int:
    """Say of works that they are gone; how many it is said of now.

    A work without an entry gets one; the entry of another gets its `status:`. One that has a status
    keeps it, and is reported. Raises `BacklistError` where the file cannot be written.
    """
    path = root / WORKS
    text = path.read_text("utf-8") if path.is_file() else ""
    document = content.parse_yaml(text, WORKS, problems) if text.strip() else Document(WORKS, {})
    notes = content.read(WorkNotes, document, problems) if document else None
    if document is None or notes is None:
        return 0
    places = {corrections.identify(note): place for place, note in enumerate(notes.works)}
    fields: dict[int, Mapping[str, Any]] = {}
    new: list[Mapping[str, Any]] = []
    for one in gone:
        status = writable(WorkStatus(verdict=Verdict.GONE, date=moment(one.since.isoformat())))
        place = places.get(one.work.id)
        if place is None:
            new.append({"known_as": [one.address], "status": status})
        elif one.work.status is None:
            fields[place] = {"status": status}
        else:
            message = f"{one.address} is gone, and the entry has the verdict it had"
            hint = "write the new address, or `verdict: gone`"
            problems.info(document.where("works", place), message, hint)
    try:
        for place in sorted(fields, reverse=True):
            text = content.fill_item(text, "works", place, fields[place])
        text = content.append_items(text, "works", new) if new else text
    except ValueError as error:
        hint = "write entries of `works:` as lines that begin with `- `, and their keys below"
        problems.error(Where(WORKS), f"cannot be added to: {error}", hint)
        return 0
    if fields or new:
        _replace(path, text)
    return len(fields) + len(new)


def _replace(path: Path, text: str) -> None:
    try:
        files.replace(path, text.encode())
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        hint = "check the folder's permissions and the space on the disk, then run it again"
        raise BacklistError(Where(WORKS), message, hint) from error
