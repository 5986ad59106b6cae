"""Sources of all episodes joined into works, by exact keys only (see `identity`)."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from backlist import urls
from backlist.content import Document
from backlist.model import Episode, Show, Source, WorkNote, WorkNotes
from backlist.problems import Problems
from backlist.relate import identity
from backlist.relate.archive import Citation, Work
from backlist.relate.corrections import Corrected, Place, apply
from backlist.relate.mentions import Named, without_show


@dataclass(frozen=True, slots=True)
class Cited:
    """Every work, and the id of the work each source points at."""

    works: tuple[Work, ...]
    by_place: Mapping[Place, str]

    def of(self, episode: Episode) -> tuple[str, ...]:
        """The ids of the works an episode's sources point at, each once, in its order."""
        found = (self.by_place.get((episode.slug, n)) for n in range(len(episode.sources)))
        return tuple(dict.fromkeys(ident for ident in found if ident))


def identify(
    episodes: Sequence[Episode],
    named: Mapping[str, Named],
    corrections: tuple[WorkNotes, Document] | None,
    problems: Problems,
) -> Cited:
    """Join the sources of all episodes; mentions of own episodes are no works.

    Exact keys first, then what a person says in `content/works.yaml`.
    """
    entries = {
        (episode.slug, place): source
        for episode in episodes
        for place, source in enumerate(episode.sources)
        if place not in named[episode.slug].by_source and (source.title or source.url)
    }
    corrected = Corrected(_join(entries))
    if corrections:
        notes, document = corrections
        corrected = apply(notes, document, corrected.by_place, entries, problems)
    groups: dict[str, list[Place]] = defaultdict(list)
    for place, ident in corrected.by_place.items():
        groups[ident].append(place)
    found = [_work(ident, places, entries) for ident, places in groups.items()]
    found = [_corrected(work, corrected.notes.get(work.id)) for work in found]
    works = _with_slugs(found, corrected.notes)
    return Cited(tuple(sorted(works, key=lambda work: work.slug)), corrected.by_place)


def citations(
    episode: Episode, named: Mapping[str, Named], cited: Cited, show: Show
) -> tuple[Citation, ...]:
    """An episode's numbered list with what each entry turned out to be."""
    mentions = named[episode.slug].by_source
    return tuple(
        Citation(
            number=place + 1,
            source=source,
            work=cited.by_place.get((episode.slug, place)),
            is_mention=place in mentions,
            mention=mentions.get(place),
            display_title=without_show(source.title, show) if source.title else None,
        )
        for place, source in enumerate(episode.sources)
    )


def _join(entries: Mapping[Place, Source]) -> dict[Place, str]:
    """The work id of each entry.

    An entry with an address is its address. One with only a title joins the address that
    bears this title elsewhere, unless two different addresses do.
    """
    by_title: dict[str, set[str]] = defaultdict(set)
    for source in entries.values():
        key, title = identity.id_key(source), identity.title_key(source)
        if key and title:
            by_title[title].add(key)
    found = {}
    for (slug, place), source in entries.items():
        key, title = identity.id_key(source), identity.title_key(source)
        if key is None and title and len(by_title[title]) == 1:
            key = next(iter(by_title[title]))
        found[slug, place] = key or title or f"source:{slug}-{place + 1}"
    return found


def _work(ident: str, places: Sequence[Place], entries: Mapping[Place, Source]) -> Work:
    sources = [entries[place] for place in places]
    return Work(
        id=ident,
        slug="",
        title=_commonest(identity.searched_title(source) for source in sources),
        authors=_fullest(source.authors for source in sources),
        year=_commonest(source.year for source in sources),
        url=_commonest(s.url for s in sources if s.url and not identity.is_search(s.url)),
        ids=_ids(sources),
        subject_of=tuple(dict.fromkeys(_episodes(places, entries, "subject"))),
        cited_by=tuple(dict.fromkeys(_episodes(places, entries, "cited"))),
    )


def _corrected(work: Work, note: WorkNote | None) -> Work:
    """A work with what a person says of it over what its sources say."""
    if note is None:
        return work
    return replace(
        work,
        title=note.title or work.title,
        authors=note.authors or work.authors,
        year=note.year or work.year,
        url=note.url or work.url,
        ids={**work.ids, **note.ids},
        aliases=note.aliases,
    )


def _episodes(places: Iterable[Place], entries: Mapping[Place, Source], role: str) -> Iterator[str]:
    return (slug for slug, place in places if entries[slug, place].role == role)


def _ids(sources: Iterable[Source]) -> dict[str, str]:
    found: dict[str, str] = {}
    for source in sources:
        if source.url and not identity.is_search(source.url):
            found |= identity.ids(source.url)
    return found


def _commonest(texts: Iterable[str | None]) -> str | None:
    """The text given most often, the first of them on a tie."""
    counted = Counter(text for text in texts if text)
    return counted.most_common(1)[0][0] if counted else None


def _fullest(authors: Iterable[str | None]) -> str | None:
    """The longest authors text that names somebody."""
    named = [text for text in authors if text and not identity.is_placeholder(text)]
    return max(named, key=len, default=None)


def _with_slugs(found: Sequence[Work], notes: Mapping[str, WorkNote]) -> list[Work]:
    """Works with a slug each: what a person says, else the title, else the id.

    Two of one slug are told apart by their ids, or where these read alike by a digest of them,
    so that neither depends on the order of things.
    """
    slugs = {work.id: _slug(work, notes.get(work.id)) for work in found}
    for tell_apart in (_with_id, _with_digest):
        times = Counter(slugs.values())
        slugs = {
            ident: slug if times[slug] == 1 else tell_apart(slug, ident)
            for ident, slug in slugs.items()
        }
    return [replace(work, slug=slugs[work.id]) for work in found]


def _with_id(slug: str, ident: str) -> str:
    return f"{slug}-{urls.slug_of(ident)}"[: urls.SLUG_LENGTH].strip("-")


def _with_digest(slug: str, ident: str) -> str:
    digest = hashlib.sha256(ident.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug[: urls.SLUG_LENGTH - 9].strip('-')}-{digest}"


def _slug(work: Work, note: WorkNote | None) -> str:
    own = note.slug if note else None
    return own or urls.slug_of(work.title or "") or urls.slug_of(work.id) or "work"
