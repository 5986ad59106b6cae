"""Sources of all episodes joined into works, by exact keys only (see `identity`)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backlist import urls
from backlist.archive import Citation, Work
from backlist.model import Episode, Show, Source
from backlist.relate import identity
from backlist.relate.mentions import Named, without_show

Place = tuple[str, int]
"""An episode's slug and the place of a source in its list, from 0."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Every work, and the id of the work each source points at."""

    works: tuple[Work, ...]
    by_place: Mapping[Place, str]

    def of(self, episode: Episode) -> tuple[str, ...]:
        """The ids of the works an episode's sources point at, each once, in its order."""
        found = (self.by_place.get((episode.slug, n)) for n in range(len(episode.sources)))
        return tuple(dict.fromkeys(ident for ident in found if ident))


def identify(episodes: Sequence[Episode], named: Mapping[str, Named]) -> Cited:
    """Join the sources of all episodes; mentions of own episodes are no works."""
    entries = {
        (episode.slug, place): source
        for episode in episodes
        for place, source in enumerate(episode.sources)
        if place not in named[episode.slug].by_source and (source.title or source.url)
    }
    by_place = _join(entries)
    groups: dict[str, list[Place]] = defaultdict(list)
    for place, ident in by_place.items():
        groups[ident].append(place)
    slugs = _unique_slugs(groups, entries)
    works = [_work(ident, slugs[ident], places, entries) for ident, places in groups.items()]
    return Cited(tuple(sorted(works, key=lambda work: work.slug)), by_place)


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


def _work(ident: str, slug: str, places: Sequence[Place], entries: Mapping[Place, Source]) -> Work:
    sources = [entries[place] for place in places]
    return Work(
        id=ident,
        slug=slug,
        title=_commonest(identity.searched_title(source) for source in sources),
        authors=_fullest(source.authors for source in sources),
        year=_commonest(source.year for source in sources),
        url=_commonest(s.url for s in sources if s.url and not identity.is_search(s.url)),
        ids=_ids(sources),
        subject_of=tuple(dict.fromkeys(_episodes(places, entries, "subject"))),
        cited_by=tuple(dict.fromkeys(_episodes(places, entries, "cited"))),
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


def _unique_slugs(
    groups: Mapping[str, Sequence[Place]], entries: Mapping[Place, Source]
) -> dict[str, str]:
    """A slug for each work: its title, else its id; two of one slug are told apart by their id."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for ident, places in groups.items():
        title = _commonest(identity.searched_title(entries[place]) for place in places)
        wanted[urls.slug_of(title or "") or urls.slug_of(ident) or "work"].append(ident)
    slugs = {}
    for slug, idents in wanted.items():
        for ident in idents:
            own = f"{slug}-{urls.slug_of(ident)}"[: urls.SLUG_LENGTH].strip("-")
            slugs[ident] = slug if len(idents) == 1 else own
    return slugs
