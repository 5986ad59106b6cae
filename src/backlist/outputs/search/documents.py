"""An episode for the engine, and the same episode for the reader, word for word alike.

The engine answers with places: the hundredth word of a document. So both begin with the same
words in the same order. The engine gets each in its plain form, and of a word that a field
repeats only the first counts: a title is not outranked by a long text. Of a word said again and
again in a transcript the later places are left out; the mark in their stead keeps the count.
"""

import json
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from itertools import accumulate, groupby, pairwise
from typing import Any, NamedTuple

from backlist.outputs.search.records import FACETS, WEIGHTS, Part, Record
from backlist.outputs.search.words import plain, spaced, split
from backlist.parse.transcript import Cue

OFTEN = 2
"""Places of one word in a transcript that can be found."""

PIECE = 1000
"""Words of a transcript that are loaded together, about 6 KB."""

SPELT = 20_000
"""Words that a spelling is compared with, about 80 KB."""

SHORTEST = 4
"""Letters of a word whose spelling is put right; of shorter ones too many are alike."""

_NOTHING = "·"


@dataclass(frozen=True, slots=True)
class Document:
    """An episode as it is searched.

    `html` is what the engine indexes, `files` what a reader is shown of it, in the zlib format, by
    the end of the file's name (see `_reader_files`); `words` those a spelling is compared with, a
    line each.
    """

    html: str
    files: Mapping[str, bytes]
    words: str


class _Text(NamedTuple):
    """A part of an episode, spaced, and its words."""

    part: Part
    text: str
    words: list[str]


Cues = Sequence[tuple[float | None, str]]
"""A transcript, as seconds and spaced text."""


def document(record: Record) -> Document:
    """What the engine and the reader get of an episode; each of its texts is split once."""
    texts = [
        _Text(part, text, split(text)) for part in record.parts for text in [spaced(part.text)]
    ]
    cues = _cues(record)
    files = _reader_files(record, texts, cues)
    return Document(
        _engine_html(texts, cues),
        {name: zlib.compress(text, 9) for name, text in files.items()},
        "\n".join(sorted(_spelt(texts))),
    )


def _engine_html(texts: Iterable[_Text], cues: Cues) -> str:
    """A paragraph a part, weighed by its field."""
    seen: Counter[tuple[str, str]] = Counter()
    spoken = split(" ".join(text for _, text in cues))
    paragraphs = "".join(
        f'<p data-pagefind-weight="{_weight(field)}">{_marked(field, words, seen)}</p>'
        for field, words in (
            *((one.part.field, one.words) for one in texts),
            ("transcript", spoken),
        )
        if words
    )
    return f"<html><body data-pagefind-body>{paragraphs}</body></html>"


def _weight(field: str) -> str:
    """A field's weight as the engine is given it, which cuts what is below a 24th of it."""
    return f"{min(10, (WEIGHTS[field] + 0.1) / 24):.4f}"


def _marked(field: str, words: Iterable[str], seen: Counter[tuple[str, str]]) -> str:
    return " ".join([_mark(field, plain(word), seen) for word in words])


def _mark(field: str, word: str, seen: Counter[tuple[str, str]]) -> str:
    seen[field, word] += 1
    count = seen[field, word]
    if not word or (field == "transcript" and count > OFTEN):
        return _NOTHING
    return escape(word) if count == 1 else f'<i data-pagefind-weight="0">{escape(word)}</i>'


def _reader_files(record: Record, texts: Iterable[_Text], cues: Cues) -> dict[str, bytes]:
    """What a reader is shown of an episode in the results, as JSON by the end of the file's name.

    Empty: title, address, date, mark; `plays`, where there is a recording; `parts`, each with the
    place `at` of its first word; `works`, the pages of its sources by number; `transcript`, the
    place of the first word of each piece; `spoken`, its language, and `language` that of a part,
    where they are not the site's. `-0` and on: the pieces, each cue as seconds (null when
    unknown) and text.
    """
    parts, place = [], 0
    for part, text, words in texts:
        told = {
            "label": part.label,
            "to": part.to,
            "source": part.source,
            "language": part.language,
        }
        known = {name: value for name, value in told.items() if value}
        parts.append({"in": part.field, "at": place, "text": text, **known})
        place += len(words)
    pieces = [list(group) for group in _pieces(cues)]
    lengths = [sum(len(split(text)) for _, text in piece) for piece in pieces]
    starts = list(accumulate(lengths, initial=place))[:-1]
    shown: dict[str, Any] = {"title": record.title, "url": record.url}
    shown |= {"date": record.date, "mark": record.mark}
    if record.sound:
        shown["plays"] = asdict(record.sound)
    if record.spoken:
        shown["spoken"] = record.spoken
    rest = {"parts": parts, "works": dict(record.works), "transcript": starts}
    files = {"": _json({**shown, **rest})}
    for number, piece in enumerate(pieces):
        files[f"-{number}"] = _json(piece)
    return files


def facets(records: Sequence[Record]) -> bytes:
    """The values of each facet, those of most episodes first, as JSON: `[value, gaps]`.

    The engine can filter, but writes its filters in another order each time. It numbers documents
    in their order, so the episodes of a value are places in it: how far each is from the last.
    """
    found: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    for place, record in enumerate(records):
        for facet, value in dict.fromkeys(record.facets):
            found[facet].setdefault(value, []).append(place)
    return _json({facet: _by_count(values) for facet, values in found.items() if values})


def _by_count(values: Mapping[str, Sequence[int]]) -> list[tuple[str, list[int]]]:
    ordered = sorted(values.items(), key=lambda one: (-len(one[1]), one[0]))
    return [(value, _gaps(places)) for value, places in ordered]


def _gaps(places: Sequence[int]) -> list[int]:
    return [place - before for before, place in pairwise((0, *places))]


def names(documents: Iterable[Document]) -> bytes:
    """The words of everything but transcripts as JSON, those of most episodes first.

    What a reader types is compared with them where no episode has it: each in the plain form,
    without accents, as long as a word that can be told from others by a letter.
    """
    count = Counter(word for one in documents for word in one.words.split("\n") if word)
    return _json(sorted(count, key=lambda word: (-count[word], word))[:SPELT])


def _spelt(texts: Iterable[_Text]) -> set[str]:
    plainly = {plain(word) for one in texts for word in one.words}
    return {word for word in map(_bare, plainly) if len(word) >= SHORTEST and not word.isdigit()}


def _bare(word: str) -> str:
    folded = word
    if not word.isascii():
        letters = unicodedata.normalize("NFD", word)
        folded = "".join(one for one in letters if not unicodedata.combining(one))
    return re.sub(r"^[\W_]+|[\W_]+$", "", folded)


def _cues(record: Record) -> Cues:
    cues: Sequence[Cue] = record.transcript.cues if record.transcript else ()
    return [(cue.start, text) for cue in cues if (text := spaced(cue.text))]


def _pieces(cues: Cues) -> Iterator[Iterator[tuple[float | None, str]]]:
    """Cues in groups of about `PIECE` words."""
    before = accumulate((len(split(text)) for _, text in cues), initial=0)
    numbered = zip(before, cues, strict=False)
    for _, group in groupby(numbered, lambda pair: pair[0] // PIECE):
        yield (cue for _, cue in group)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
