"""An episode for the engine, and the same episode for the reader, word for word alike.

The engine answers with places: the hundredth word of a document. So both begin with the same
words in the same order. The engine gets each in its plain form, and of a word that a field
repeats only the first counts: a title is not outranked by a long text. Of a word said again and
again in a transcript the later places are left out; the mark in their stead keeps the count.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from html import escape
from itertools import accumulate, groupby, pairwise
from typing import Any

from backlist.outputs.search.records import FACETS, WEIGHTS, Record
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


def engine_html(record: Record) -> str:
    """The document the engine indexes: a paragraph a part, weighed by its field."""
    seen: Counter[tuple[str, str]] = Counter()
    texts = [(part.field, spaced(part.text)) for part in record.parts]
    spoken = " ".join(text for _, text in _cues(record))
    paragraphs = "".join(
        f'<p data-pagefind-weight="{_weight(field)}">{_marked(field, text, seen)}</p>'
        for field, text in (*texts, ("transcript", spoken))
        if text
    )
    return f"<html><body data-pagefind-body>{paragraphs}</body></html>"


def _weight(field: str) -> str:
    """A field's weight as the engine is given it, which cuts what is below a 24th of it."""
    return f"{min(10, (WEIGHTS[field] + 0.1) / 24):.4f}"


def _marked(field: str, text: str, seen: Counter[tuple[str, str]]) -> str:
    return " ".join(_mark(field, plain(word), seen) for word in split(text))


def _mark(field: str, word: str, seen: Counter[tuple[str, str]]) -> str:
    seen[field, word] += 1
    count = seen[field, word]
    if not word or (field == "transcript" and count > OFTEN):
        return _NOTHING
    return escape(word) if count == 1 else f'<i data-pagefind-weight="0">{escape(word)}</i>'


def reader_files(record: Record) -> dict[str, bytes]:
    """What a reader is shown of an episode in the results, as JSON by the end of the file's name.

    Empty: title, address, date, mark; `plays`, where there is a recording; `parts`, each with the
    place `at` of its first word; `works`, the pages of its sources by number; `transcript`, the
    place of the first word of each piece; `spoken`, its language, and `language` that of a part,
    where they are not the site's. `-0` and on: the pieces, each cue as seconds (null when
    unknown) and text.
    """
    parts, place = [], 0
    for part in record.parts:
        text = spaced(part.text)
        told = {
            "label": part.label,
            "to": part.to,
            "source": part.source,
            "language": part.language,
        }
        known = {name: value for name, value in told.items() if value}
        parts.append({"in": part.field, "at": place, "text": text, **known})
        place += len(split(text))
    pieces = [list(group) for group in _pieces(_cues(record))]
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


def names(records: Iterable[Record]) -> bytes:
    """The words of everything but transcripts as JSON, those of most episodes first.

    What a reader types is compared with them where no episode has it: each in the plain form,
    without accents, as long as a word that can be told from others by a letter.
    """
    count = Counter(word for record in records for word in _written(record))
    return _json(sorted(count, key=lambda word: (-count[word], word))[:SPELT])


def _written(record: Record) -> set[str]:
    words = (_bare(plain(word)) for part in record.parts for word in split(spaced(part.text)))
    return {word for word in words if len(word) >= SHORTEST and not word.isdigit()}


def _bare(word: str) -> str:
    folded = unicodedata.normalize("NFD", word)
    letters = "".join(one for one in folded if not unicodedata.combining(one))
    return re.sub(r"^[\W_]+|[\W_]+$", "", letters)


def _cues(record: Record) -> list[tuple[float | None, str]]:
    """The transcript, as seconds and spaced text."""
    cues: Sequence[Cue] = record.transcript.cues if record.transcript else ()
    return [(cue.start, text) for cue in cues if (text := spaced(cue.text))]


def _pieces(
    cues: Sequence[tuple[float | None, str]],
) -> Iterator[Iterator[tuple[float | None, str]]]:
    """Cues in groups of about `PIECE` words."""
    before = accumulate((len(split(text)) for _, text in cues), initial=0)
    numbered = zip(before, cues, strict=False)
    for _, group in groupby(numbered, lambda pair: pair[0] // PIECE):
        yield (cue for _, cue in group)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
