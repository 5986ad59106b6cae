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

from backlist.feed.reader import control
from backlist.importers import apple_page, rss, wrong_kind
from backlist.importers.draft import (
    Draft,
    Importer,
    Reading,
    ReadOptions,
    ShowDraft,
    no_progress,
)
from backlist.problems import Problems, Where, working_on

__all__ = ["IMPORTERS", "Draft", "Importer", "ReadOptions", "Reading", "ShowDraft", "read"]

NO_FEED = "not a feed"
"""The kind of a problem with bytes that are no known format."""

IMPORTERS: tuple[Importer, ...] = (rss.IMPORT, apple_page.IMPORT_HTML, apple_page.IMPORT_TEXT)


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
    fault = wrong_kind.explain(data, name)
    importer = next((each for each in IMPORTERS if each.recognises(data, name)), None)
    if fault or importer is None:
        fault = fault or ("is neither a feed nor a directory page", wrong_kind.HINT)
        problems.error(Where(name), *fault, kind=NO_FEED)
        return None
    if importer is not rss.IMPORT:
        data = control.leave_out(data, name, problems)
    with working_on(Where(name)):
        return importer.read(data, name, problems, ReadOptions(as_of, lenient_lists, tick))


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
