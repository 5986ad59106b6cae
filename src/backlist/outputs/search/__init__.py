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

from backlist.cache.keys import key_of
from backlist.cache.store import NO_CACHE, Memory
from backlist.files.output import Bundle
from backlist.outputs.search import engine
from backlist.outputs.search.documents import document, facets, names
from backlist.outputs.search.records import FACETS, Record, Shown, Sound, gather

__all__ = ["ENGINE", "FACETS", "TEXT", "Record", "Shown", "Sound", "gather", "index"]

ENGINE, TEXT = "engine", "text"
"""Folders of an index: the engine with its pieces, and the texts that readers are shown."""

_UNSPACED = ("zh", "ja")
"""Languages whose words `words` separates; the engine is not to look for words of its own."""


def index(records: Sequence[Record], language: str, cache: Memory = NO_CACHE) -> Bundle:
    """Every file of the search in episodes written in `language` (BCP 47), by its path.

    Raises `BacklistError` when there is no engine; making it does when the engine fails.
    """
    primary = language.lower().split("-")[0]
    stemmed = "" if primary in _UNSPACED else primary
    key = key_of([record.key for record in records], stemmed, engine.identity())
    return Bundle(key, partial(_made, records, stemmed, cache))


def _made(records: Sequence[Record], language: str, cache: Memory) -> dict[str, bytes]:
    documents = cache.make("search document", document, [(one.key, one) for one in records])
    made = engine.run([one.html for one in documents], language)
    files = {f"{ENGINE}/{name}": content for name, content in made.files.items()}
    # The engine numbers the documents in which there is something to find.
    numbered = [
        (ident, record, one)
        for ident, record, one in zip(made.ids, records, documents, strict=True)
        if ident is not None
    ]
    for ident, _, one in numbered:
        files |= {f"{TEXT}/{ident}{name}.zlib": text for name, text in one.files.items()}
    files["facets.zlib"] = zlib.compress(facets([record for _, record, _ in numbered]), 9)
    files["names.zlib"] = zlib.compress(names(one for *_, one in numbered), 9)
    return files
