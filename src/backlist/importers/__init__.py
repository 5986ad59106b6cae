"""Other people's formats to drafts: the registry of formats, and the choice among them.

To add a format:

1. write a module with two functions, `recognises(data, name)`, which looks at the bytes, and
   `read(data, name, problems, options)`, which gives a `Reading` whose drafts hold only what the
   format shows, and reports every error with its line;
2. add its `Importer` to `IMPORTERS`, before the formats that would recognise it by mistake;
3. give it a rank in `records.RANK`: whether it may change what another format filled in;
4. put a small file of the format and what it means beside each other in `tests/importers/data/`.
"""

import codecs
from collections.abc import Callable
from datetime import date

from backlist.importers import apple_page, rss
from backlist.importers.draft import (
    Draft,
    Importer,
    Reading,
    ReadOptions,
    ShowDraft,
    no_progress,
)
from backlist.problems import Problems, Where

__all__ = ["IMPORTERS", "Draft", "Importer", "ReadOptions", "Reading", "ShowDraft", "read"]

IMPORTERS: tuple[Importer, ...] = (rss.IMPORT, apple_page.IMPORT_HTML, apple_page.IMPORT_TEXT)

_HINT = "give a podcast feed (RSS), or a directory page saved as text or HTML"
_CATALOG = "`python scripts/import_visualization_catalog.py CATALOG --site DIR` imports it"


def read(
    data: bytes,
    name: str,
    problems: Problems,
    *,
    as_of: date | None = None,
    lenient_lists: bool = False,
    tick: Callable[[int, int], None] = no_progress,
) -> Reading | None:
    """What a file of any known format says, or None with the error reported.

    `as_of` is the day a page was saved; `lenient_lists` leaves source lists that do not count up
    in the text instead of stopping; `tick(done, of)` is called as episodes are read.
    """
    data = _in_utf8(data)
    fault = _find_error(data)
    importer = next((each for each in IMPORTERS if each.recognises(data, name)), None)
    if fault or importer is None:
        problems.error(Where(name), *(fault or ("is neither a feed nor a directory page", _HINT)))
        return None
    return importer.read(data, name, problems, ReadOptions(as_of, lenient_lists, tick))


def _find_error(data: bytes) -> tuple[str, str] | None:
    """What makes bytes no source of episodes, whatever their format; and what to do."""
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not start:
        return "is empty", _HINT
    if b"\0" in data:
        return "is not text", _HINT
    if start in (b"{", b"[") and b'"visualizations"' in data:
        return "is a catalogue of visualizations, which `import` no longer reads", _CATALOG
    return None


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
