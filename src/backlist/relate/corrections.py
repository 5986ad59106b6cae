"""What `content/works.yaml` says, applied to the works found by exact keys.

Every entry must name something that is there: a correction that no longer fits is reported, not
skipped.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from backlist import urls
from backlist.content import Document
from backlist.model import Source, WorkNote, WorkNotes
from backlist.parse.features import SourceFeatures, identity
from backlist.problems import Problems, Where, did_you_mean

Place = tuple[str, int]
"""An episode's slug and the place of a source in its list, from 0."""


class Entry(NamedTuple):
    """A source as it is given, and what it is compared by."""

    source: Source
    known: SourceFeatures


_ENTRY = re.compile(r"([^\s#/]+)#(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Corrected:
    """The work id of each source after correction, and the note each corrected work follows."""

    by_place: Mapping[Place, str]
    notes: Mapping[str, WorkNote] = field(default_factory=dict)


def apply(
    notes: WorkNotes,
    document: Document,
    found: Mapping[Place, str],
    entries: Mapping[Place, Entry],
    problems: Problems,
) -> Corrected:
    """Works merged, split and named as a person says; errors of the notes are reported."""
    lookup = _Lookup(found, entries)
    claimed: dict[str | Place, str] = {}
    kept: dict[str, WorkNote] = {}
    for number, note in enumerate(notes.works):
        ident = identify(note)
        if ident in kept:
            where = document.where("works", number)
            message = f"two entries are the work `{ident}`"
            problems.error(where, message, "merge the two entries")
            continue
        kept[ident] = note
        for place, name in enumerate(note.known_as):
            where = document.where("works", number, "known_as", place)
            _claim(name, ident, lookup, claimed, where, problems)
    for number, note in enumerate(notes.works):
        _claim_keys(note, lookup, claimed, document.where("works", number), problems)
    corrected = {
        place: claimed.get(place, claimed.get(ident, ident)) for place, ident in found.items()
    }
    return Corrected(corrected, kept)


def _claim(
    name: str,
    ident: str,
    lookup: "_Lookup",
    claimed: dict[str | Place, str],
    where: Where,
    problems: Problems,
) -> None:
    """Give the work `ident` what is known as `name`, unless nothing is or another has it."""
    targets = list(lookup.find(name))
    if not targets:
        hint = did_you_mean(name, lookup.titles) or "remove the line"
        problems.error(where, f"no source is known as `{name}`", hint)
    for target in targets:
        _take(target, name, ident, claimed, where, problems)


def _claim_keys(
    note: WorkNote,
    lookup: "_Lookup",
    claimed: dict[str | Place, str],
    where: Where,
    problems: Problems,
) -> None:
    """Give a work the sources whose addresses bear an identifier, or the address, of its entry."""
    for key in keys(note):
        if key in lookup.idents:
            _take(key, key, identify(note), claimed, where, problems)


def _take(
    target: str | Place,
    name: str,
    ident: str,
    claimed: dict[str | Place, str],
    where: Where,
    problems: Problems,
) -> None:
    owner = claimed.setdefault(target, ident)
    if owner != ident:
        message = f"`{name}` belongs to the work `{owner}` already"
        problems.error(where, message, "keep it in one entry")


def identify(note: WorkNote) -> str:
    """The id of a corrected work: its strongest public one, else its address, else its name.

    An entry that has none of these only says something of a work, which keeps the id it has.
    """
    name = note.known_as[0]
    if not note.slug and not note.title and not _ENTRY.fullmatch(name):
        source = Source(url=name) if urls.is_address(name) else Source(title=name)
        own = identity.id_key(source) or identity.title_key(source)
    else:
        own = None
    named = own or f"work:{note.slug or urls.slug_of(note.title or name)}"
    return next(iter(keys(note)), named)


def keys(note: WorkNote) -> list[str]:
    """All keys that an entry of `content/works.yaml` gives its work, the strongest first.

    They are written as `identity.id_key` writes those of sources: `doi:10.1000/owl`,
    `arxiv:2401.00001` without a version, `url:example.org/owl`.
    """
    found = [f"{kind}:{ident}" for kind, ident in ids(note).items()]
    address = identity.id_key(Source(url=note.url)) if note.url else None
    return list(dict.fromkeys([*found, *filter(None, [address])]))


def ids(note: WorkNote) -> dict[str, str]:
    """The identifiers of an entry, the strongest first, as addresses give them: folded, bare."""
    strongest = [kind for kind in ("doi", "arxiv") if kind in note.ids]
    found: dict[str, str] = {}
    for kind in (*strongest, *sorted(note.ids.keys() - {*strongest})):
        found |= _id(kind, note.ids[kind])
    return found


def _id(kind: str, given: str) -> dict[str, str]:
    """An identifier however a person writes it: with its name before it, or as its address."""
    bare = given.strip()
    if kind in _PLACES:
        bare = re.sub(rf"^(?:https?://[^/]+/(?:abs/|pdf/)?|{kind}:\s*)", "", bare, flags=re.I)
        return identity.ids(_PLACES[kind] + bare) or {kind: bare}
    return {kind: bare}


_PLACES = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}


class _Lookup:
    """Everything a source can be called, and what it leads to."""

    def __init__(self, found: Mapping[Place, str], entries: Mapping[Place, Entry]) -> None:
        self.found = found
        self.idents = set(found.values())
        self.by_title: dict[str, set[str]] = defaultdict(set)
        self.titles = {source.title for source, _ in entries.values() if source.title}
        for place, (_, known) in entries.items():
            if known.title:
                self.by_title[_fold(known.title)].add(found[place])

    def find(self, name: str) -> Iterable[str | Place]:
        """The works, or the one source, that a name leads to."""
        entry = _ENTRY.fullmatch(name)
        if entry:
            place = (entry[1], int(entry[2]) - 1)
            return [place] if place in self.found else []
        return sorted(set(self._idents(name)))

    def _idents(self, name: str) -> Iterator[str]:
        if name in self.idents:
            yield name
        key = identity.id_key(Source(url=name)) if urls.is_address(name) else None
        if key in self.idents:
            yield str(key)
        yield from self.by_title[_fold(name)]


def _fold(title: str) -> str:
    return " ".join(title.casefold().split())
