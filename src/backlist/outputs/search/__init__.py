"""Search: the files with which a browser searches the archive, made of its records.

`index` is a pure function of records: `words` says what a word is, `documents` what the engine
and the reader get of an episode, `engine` runs Pagefind. Its files are loaded by
`static/search.js`, and only when a reader searches: the engine with its index in pieces; a text an
episode to show results from; the transcripts in pieces, for the one moment that is shown; the
facets that results are narrowed by; and the words by which a spelling is put right. The texts are
JSON in the zlib format (RFC 1950), so that they are small from any server.
"""

import zlib
from collections.abc import Sequence
from functools import partial

from backlist.cache import cores
from backlist.cache.keys import key_of
from backlist.files.output import Bundle
from backlist.outputs.search import engine
from backlist.outputs.search.documents import engine_html, facets, names, reader_files
from backlist.outputs.search.records import FACETS, Record, Shown, Sound, gather

__all__ = ["ENGINE", "FACETS", "TEXT", "Record", "Shown", "Sound", "gather", "index"]

ENGINE, TEXT = "engine", "text"
"""Folders of an index: the engine with its pieces, and the texts that readers are shown."""

_UNSPACED = ("zh", "ja")
"""Languages whose words `words` separates; the engine is not to look for words of its own."""


def index(records: Sequence[Record], language: str) -> Bundle:
    """Every file of the search in episodes written in `language` (BCP 47), by its path.

    Raises `BacklistError` when there is no engine; making it does when the engine fails.
    """
    primary = language.lower().split("-")[0]
    stemmed = "" if primary in _UNSPACED else primary
    key = key_of([record.key for record in records], stemmed, engine.identity())
    return Bundle(key, partial(_made, records, stemmed))


def _made(records: Sequence[Record], language: str) -> dict[str, bytes]:
    with cores.spread(engine_html, records) as documents:
        made = engine.run([*documents], language)
    files = {f"{ENGINE}/{name}": content for name, content in made.files.items()}
    with cores.spread(_texts, records) as written:
        for texts, ident in zip(written, made.ids, strict=True):
            if ident is not None:
                files.update({f"{TEXT}/{ident}{name}.zlib": text for name, text in texts.items()})
    # The engine numbers the documents in which there is something to find.
    numbered = [one for one, ident in zip(records, made.ids, strict=True) if ident is not None]
    files["facets.zlib"] = zlib.compress(facets(numbered), 9)
    files["names.zlib"] = zlib.compress(names(numbered), 9)
    return files


def _texts(record: Record) -> dict[str, bytes]:
    return {name: zlib.compress(text, 9) for name, text in reader_files(record).items()}
