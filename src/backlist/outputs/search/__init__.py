"""Search: the files with which a browser searches the archive, made of its records.

`index` is a pure function of records: `words` says what a word is, `documents` what the engine
and the reader get of an episode, `engine` runs Pagefind. Three kinds of files come of it, all
loaded by `static/search.js` and only when a reader searches: the engine with its index in pieces,
a text an episode to show results from, and the transcripts in pieces, for the one moment that
is shown. The texts are JSON in the zlib format (RFC 1950), so that they are small from any server.
"""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

from backlist.memo import remembered_bytes
from backlist.outputs.search import engine
from backlist.outputs.search.documents import engine_html, reader_files
from backlist.outputs.search.records import Record, gather

__all__ = ["ENGINE", "TEXT", "Record", "gather", "index"]

ENGINE, TEXT = "engine", "text"
"""Folders of an index: the engine with its pieces, and the texts that readers are shown."""

_UNSPACED = ("zh", "ja")
"""Languages whose words `words` separates; the engine is not to look for words of its own."""


def index(records: Sequence[Record], language: str) -> Mapping[str, bytes]:
    """Every file of the search in episodes written in `language` (BCP 47), by its path.

    Raises `BacklistError` when there is no engine, or it fails.
    """
    primary = language.lower().split("-")[0]
    stemmed = "" if primary in _UNSPACED else primary
    asked = tuple(records), stemmed, engine.identity()
    try:
        return _unpack(_packed(*asked))
    except zipfile.BadZipFile:  # what was kept of an earlier run is spoilt
        return _made(*asked)


@remembered_bytes
def _packed(records: Sequence[Record], language: str, program: str) -> bytes:
    """The files as one, for the memo; `program` says which engine answers."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in _made(records, language, program).items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _unpack(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _made(records: Sequence[Record], language: str, program: str) -> dict[str, bytes]:
    made = engine.run([engine_html(record) for record in records], language)
    files = {f"{ENGINE}/{name}": content for name, content in made.files.items()}
    for record, ident in zip(records, made.ids, strict=True):
        if ident is not None:
            for name, content in reader_files(record).items():
                files[f"{TEXT}/{ident}{name}.zlib"] = zlib.compress(content, 9)
    return files
