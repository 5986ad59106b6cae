"""Other people's formats to drafts: the registry of formats, and the choice among them.

To add a format:

1. write a module with two functions, `recognises(data, name)`, which looks at the bytes, and
   `read(data, name, problems, options)`, which gives a `Reading` whose drafts hold only what the
   format shows, and tells every fault with its line;
2. add its `Importer` to `IMPORTERS`, before the formats that would recognise it by mistake;
3. give it a rank in `raw_records.RANK`: whether it may change what another format filled in; a
   format of visualizations fills `Reading.catalogue` instead, and is merged by `exhibits`;
4. put a small file of the format and what it means beside each other in `tests/importers/data/`.
"""

import codecs
from collections.abc import Callable
from datetime import date

from backlist.importers import catalog, directory_page, feed
from backlist.importers.draft import Draft, Importer, Options, Reading, ShowDraft, no_progress
from backlist.problems import Problems, Where

__all__ = ["IMPORTERS", "Draft", "Importer", "Options", "Reading", "ShowDraft", "read"]

IMPORTERS: tuple[Importer, ...] = (
    feed.IMPORT,
    catalog.IMPORT,
    directory_page.IMPORT_HTML,
    directory_page.IMPORT_TEXT,
)

_REMEDY = (
    "give a podcast feed (RSS), a directory page saved as text or HTML, or a catalogue of "
    "visualizations (JSON)"
)


def read(
    data: bytes,
    name: str,
    problems: Problems,
    *,
    as_of: date | None = None,
    keep_lists: bool = False,
    tick: Callable[[int, int], None] = no_progress,
) -> Reading | None:
    """What a file of any known format says, or None with the fault told.

    `as_of` is the day a page was saved; `keep_lists` leaves source lists that do not count up in
    the text instead of stopping; `tick(done, of)` is called as episodes are read.
    """
    data = _in_utf8(data)
    fault = _find_fault(data)
    importer = next((each for each in IMPORTERS if each.recognises(data, name)), None)
    if fault or importer is None:
        problems.error(Where(name), fault or "is neither a feed nor a directory page", _REMEDY)
        return None
    return importer.read(data, name, problems, Options(as_of, keep_lists, tick))


def _find_fault(data: bytes) -> str:
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        return "is empty"
    return "is not text" if b"\0" in data else ""


def _in_utf8(data: bytes) -> bytes:
    """The same text in UTF-8 where a byte order mark says that it is UTF-16."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return data
    head, mark, rest = text.partition("?>")
    # The declaration would now name the wrong encoding.
    return (rest if mark and head.lstrip().startswith("<?xml") else text).encode()
