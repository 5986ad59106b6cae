"""Sources of all episodes joined into works, by exact keys only (see `identity`)."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from backlist import urls
from backlist.content import Document
from backlist.model import Episode, Show, Source, WorkNote, WorkNotes
from backlist.parse.features import Features, SourceFeatures, identity
from backlist.problems import Problems
from backlist.relate import corrections as correcting
from backlist.relate.archive import Citation, Kind, Work
from backlist.relate.corrections import Corrected, Entry, Place, apply
from backlist.relate.mentions import Named, without_show
from backlist.relate.published import differences


@dataclass(frozen=True)
class Cited:
    """Every work, and the id of the work each source points at."""

    works: tuple[Work, ...]
    by_place: Mapping[Place, str]

    def at(self, episode: Episode, place: int) -> Work | None:
        """The work that the source at a place of an episode's list points at."""
        ident = self.by_place.get((episode.slug, place))
        return self._works[ident] if ident else None

    @cached_property
    def _works(self) -> Mapping[str, Work]:
        return {work.id: work for work in self.works}

    def of(self, episode: Episode) -> tuple[str, ...]:
        """The ids of the works an episode's sources point at, each once, in its order."""
        found = (self.by_place.get((episode.slug, n)) for n in range(len(episode.sources)))
        return tuple(dict.fromkeys(ident for ident in found if ident))


def identify(
    episodes: Sequence[Episode],
    features: Mapping[str, Features],
    named: Mapping[str, Named],
    corrections: tuple[WorkNotes, Document] | None,
    problems: Problems,
    *,
    every_script: bool = False,
) -> Cited:
    """Join the sources of all episodes; mentions of own episodes are no works.

    Exact keys first, then what a person says in `content/works.yaml`.
    """
    entries = {
        (episode.slug, place): Entry(source, known)
        for episode in episodes
        for place, (source, known) in enumerate(
            zip(episode.sources, features[episode.slug].sources, strict=True)
        )
        if place not in named[episode.slug].by_source and (source.title or source.url)
    }
    joined = _join(entries)
    corrected = Corrected(joined)
    if corrections:
        notes, document = corrections
        corrected = apply(notes, document, joined, entries, problems)
    groups = _grouped(corrected.by_place)
    found = [_work(ident, places, entries) for ident, places in groups.items()]
    found = [_corrected(work, corrected.notes.get(work.id)) for work in found]
    slugs = _Slugs(entries.values(), every_script=every_script)
    works = _with_slugs(found, corrected.notes, slugs)
    if corrected.notes:
        works = _with_former(works, joined, corrected, entries, slugs)
    return Cited(tuple(sorted(works, key=lambda work: work.slug)), corrected.by_place)


def _grouped(by_place: Mapping[Place, str]) -> Mapping[str, list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for place, ident in by_place.items():
        groups[ident].append(place)
    return groups


def citations(
    episode: Episode, features: Features, named: Named, cited: Cited, show: Show
) -> tuple[Citation, ...]:
    """An episode's numbered list with what each entry turned out to be."""
    return tuple(
        _mentioned(place, source, features.sources[place], named.by_source[place], show)
        if place in named.by_source
        else _cited(place, source, features.sources[place], cited.at(episode, place), show)
        for place, source in enumerate(episode.sources)
    )


def _mentioned(
    place: int, source: Source, known: SourceFeatures, mention: str | None, show: Show
) -> Citation:
    """An entry that is another episode of this show."""
    title = without_show(source.title, show) if source.title else None
    return Citation(
        number=place + 1,
        source=source,
        kind=Kind.EPISODE if mention else Kind.ABSENT,
        title=title or known.name,
        display_title=title,
        authors=known.authors,
        year=source.year,
        mention=mention,
    )


def _cited(
    place: int, source: Source, known: SourceFeatures, work: Work | None, show: Show
) -> Citation:
    """An entry that is a work; what its work is known by stands in for what it does not say."""
    found = work or _NOTHING
    title = without_show(source.title, show) if source.title else found.title
    url = source.url if source.url and not known.is_search else found.url
    kind = Kind.WORK if url else Kind.SEARCH
    return Citation(
        number=place + 1,
        source=source,
        kind=Kind.SUBJECT if source.role == "subject" else kind,
        title=title or known.name,
        display_title=title,
        authors=known.authors or found.authors,
        year=source.year or found.year,
        url=url,
        search=source.url if known.is_search and not url else None,
        work=found.id or None,
        published=differences(source, known.authors, found),
    )


_NOTHING = Work("", "", None, None, None, None, {}, (), ())
"""Of a source that says nothing, nothing is known."""


class _Slugs(dict[str, str]):
    """The slug of each title or key; what was not compared is made one here."""

    def __init__(self, entries: Iterable[Entry], *, every_script: bool) -> None:
        given = ((known.title or known.key or "", known.slug) for _, known in entries)
        super().__init__(one for one in given if one[0].isascii() or not every_script)
        self.every_script = every_script

    def __missing__(self, text: str) -> str:
        return urls.slug_of(text, every_script=self.every_script)


def _join(entries: Mapping[Place, Entry]) -> dict[Place, str]:
    """The work id of each entry.

    An entry with an address is its address. One with only a title joins the address that
    bears this title elsewhere, unless two different addresses do. A title that two entries give
    to different authors tells no work.
    """
    by_title: dict[str, set[str]] = defaultdict(set)
    authors: dict[str, list[frozenset[str]]] = defaultdict(list)
    for _, known in entries.values():
        if known.title_key and known.authors:
            authors[known.title_key].append(identity.name_words(known.authors))
        if known.key and known.title_key:
            by_title[known.title_key].add(known.key)
    doubtful = {title for title, given in authors.items() if _is_contradicted(given)}
    found = {}
    for place, (_, known) in entries.items():
        key, title = known.key, known.title_key if known.title_key not in doubtful else None
        if key is None and title and len(by_title.get(title, ())) == 1:
            key = next(iter(by_title[title]))
        found[place] = key or title or f"source:{place[0]}-{place[1] + 1}"
    return found


def _is_contradicted(authors: Sequence[frozenset[str]]) -> bool:
    """Whether lists of authors, as words, are of different people: some two share no name."""
    fewest = min(authors, key=len)
    return any(given.isdisjoint(fewest) for given in authors)


def _work(ident: str, places: Sequence[Place], entries: Mapping[Place, Entry]) -> Work:
    given = [entries[place] for place in places]
    title = _commonest(known.title for _, known in given)
    url = _commonest(source.url for source, known in given if not known.is_search)
    ids = {kind: value for _, known in given for kind, value in known.ids}
    return Work(
        id=ident,
        slug="",
        title=title,
        name=title or next((k.name for s, k in given if s.url == url and url), None),
        authors=max((k.authors for _, k in given if k.authors), key=len, default=None),
        year=_commonest(source.year for source, _ in given),
        url=url,
        ids=ids,
        subject_of=tuple(dict.fromkeys(_episodes(places, entries, "subject"))),
        cited_by=tuple(dict.fromkeys(_episodes(places, entries, "cited"))),
    )


def _corrected(work: Work, note: WorkNote | None) -> Work:
    """A work with what a person says of it over what its sources say."""
    if note is None:
        return work
    title, ids = note.title or work.title, {**work.ids, **correcting.ids(note)}
    url = note.url if note.url and not identity.is_search(note.url) else work.url
    return replace(
        work,
        title=title,
        name=title or (identity.name_of(url, ids) if url else None),
        authors=note.authors or work.authors,
        year=note.year or work.year,
        venue=note.venue,
        url=url,
        ids=ids,
        aliases=note.aliases,
        status=note.status,
        extra=note.extra,
    )


def _episodes(places: Iterable[Place], entries: Mapping[Place, Entry], role: str) -> Iterator[str]:
    return (place[0] for place in places if entries[place].source.role == role)


def _commonest(texts: Iterable[str | None]) -> str | None:
    """The text given most often, the first of them on a tie."""
    given = list(filter(None, texts))
    # Nearly every work has one source; a count of one would cost more than all else here.
    return Counter(given).most_common(1)[0][0] if len(given) > 1 else next(iter(given), None)


def _with_slugs(
    found: Sequence[Work], notes: Mapping[str, WorkNote], known: Mapping[str, str]
) -> list[Work]:
    """Works with a slug each: what a person says, else the title, else the id.

    Two of one slug are told apart by their ids, or where these read alike by a digest of them,
    so that neither depends on the order of things.
    """
    slugs = {work.id: _slug(work, notes.get(work.id), known) for work in found}
    for tell_apart in (_with_id, _with_digest):
        times = Counter(slugs.values())
        slugs = {
            ident: slug if times[slug] == 1 else tell_apart(slug, ident)
            for ident, slug in slugs.items()
        }
    return [replace(work, slug=slugs[work.id]) for work in found]


def _with_id(slug: str, ident: str) -> str:
    return urls.cut(f"{slug}-{urls.slug_of(ident)}", words=False)


def _with_digest(slug: str, ident: str) -> str:
    digest = hashlib.sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{urls.cut(slug, fewer=len(digest) + 1, words=False)}-{digest}"


def _with_former(
    works: Sequence[Work],
    joined: Mapping[Place, str],
    corrected: Corrected,
    entries: Mapping[Place, Entry],
    known: Mapping[str, str],
) -> list[Work]:
    """Works that know the slugs their pages had before somebody gave them another name."""
    noted = {joined[p] for p, ident in corrected.by_place.items() if ident in corrected.notes}
    before = _grouped({place: ident for place, ident in joined.items() if ident in noted})
    pages = [_work(ident, places, entries) for ident, places in before.items()]
    taken = {work.slug for work in works}
    former: dict[str, list[str]] = defaultdict(list)
    for page in _with_slugs([work for work in pages if work.has_page], {}, known):
        if page.slug not in taken:
            former[corrected.by_place[before[page.id][0]]].append(page.slug)
    return [replace(one, former=tuple(former[one.id])) if one.has_page else one for one in works]


def _slug(work: Work, note: WorkNote | None, known: Mapping[str, str]) -> str:
    if note and note.slug:
        return note.slug
    return known[work.title or ""] or known[work.id] or "work"
