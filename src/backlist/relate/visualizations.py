"""Visualizations with the episodes and works they belong to."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from backlist import urls
from backlist.model import Episode, Source
from backlist.parse.features import identity
from backlist.problems import Problems, Where, did_you_mean
from backlist.relate.archive import VisualizationEntry, VisualizationLink, Work
from backlist.relate.works import Cited
from backlist.resolve import Catalog, EpisodeFile
from backlist.resolve.visualizations import VisualizationRecord

_PUBLIC = re.compile(r"(arxiv|doi|openreview):\S+", re.IGNORECASE)
_VERSION = re.compile(r"(?<=\d)v\d+$")


def find(
    catalog: Catalog, episodes: Sequence[Episode], cited: Cited, problems: Problems
) -> dict[str, VisualizationEntry]:
    """Visualizations the archive holds, each with the episodes that name it or that it names."""
    lookup, slugs = _Lookup(cited.works), {episode.slug for episode in episodes}
    naming: dict[str | None, list[str]] = defaultdict(list)
    for episode in episodes:
        for one in episode.visualizations:
            naming[one.id].append(episode.slug)
    found = {}
    for ident, item in catalog.visualizations.items():
        named = [slug for slug in item.record.episodes if slug in slugs]
        both = tuple(dict.fromkeys([*naming[ident], *named]))
        found[ident] = _interactive(item, both, lookup, problems)
    return found


def shown(
    found: Sequence[EpisodeFile], interactive: Mapping[str, VisualizationEntry], problems: Problems
) -> dict[str, tuple[VisualizationLink, ...]]:
    """The visualizations of each episode: those it refers to, then those that refer to it."""
    referring: dict[str, list[VisualizationEntry]] = defaultdict(list)
    for one in interactive.values():
        for slug in one.episodes:
            referring[slug].append(one)
    return {
        f.episode.slug: tuple(_shown(f, interactive, referring[f.episode.slug], problems))
        for f in found
    }


def _shown(
    item: EpisodeFile,
    interactive: Mapping[str, VisualizationEntry],
    referring: Iterable[VisualizationEntry],
    problems: Problems,
) -> Iterator[VisualizationLink]:
    listed = set()
    for place, reference in enumerate(item.episode.visualizations):
        if reference.id and reference.id in interactive:
            listed.add(reference.id)
            yield VisualizationLink(reference.id, interactive[reference.id].title)
        elif reference.title:
            yield VisualizationLink(None, reference.title, reference.url)
        if not reference.id and not reference.url:
            problems.info(
                item.document.where("visualizations", place),
                f"the visualization is not in this archive: {reference.title}",
                "put its files into content/visualizations/ and name it by `id`, or give its `url`",
            )
    yield from (VisualizationLink(one.id, one.title) for one in referring if one.id not in listed)


def _interactive(
    item: VisualizationRecord, episodes: tuple[str, ...], lookup: "_Lookup", problems: Problems
) -> VisualizationEntry:
    record, files = item.record, item.files
    works, elsewhere = _works(item, lookup, problems)
    return VisualizationEntry(
        id=files.id,
        title=record.title,
        description=record.description,
        height=_height(item),
        index=item.index,
        page=files.pages.get(item.index, b""),
        files={name: str(path) for name, path in files.files.items()},
        episodes=episodes,
        aliases=record.aliases,
        frame_src=record.frame_src,
        file=files.document.file,
        folder=files.folder,
        works=works if record.works else tuple(lookup.about(episodes)),
        elsewhere=elsewhere,
        extra=record.extra,
        poster=item.poster,
        background=item.background,
        autostart=record.autostart,
        url=record.url,
        chart=item.chart,
    )


def _height(item: VisualizationRecord) -> int:
    """The height kept free: as it is written down, else a drawn picture's own with its margins."""
    if item.chart is None or "height" in item.record.model_fields_set:
        return item.record.height
    return max(240, item.chart.height + 40)


def _works(
    item: VisualizationRecord, lookup: "_Lookup", problems: Problems
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the works named, and the public ids of those no episode draws on."""
    known: dict[str, None] = {}
    elsewhere: dict[str, None] = {}
    for place, name in enumerate(item.record.works):
        found = lookup.find(name)
        outside = None if found else _public(name)
        if found:
            known[found] = None
        elif outside:
            elsewhere[outside] = None
        else:
            _report(name, lookup, item.files.document.where("works", place), problems)
    return tuple(known), tuple(elsewhere)


def _report(name: str, lookup: "_Lookup", where: Where, problems: Problems) -> None:
    hint = "or name one that no episode cites by id, `arxiv:2306.14048`, or address"
    near = did_you_mean(name, lookup.slugs)
    problems.error(where, f"no work is called `{name}`", f"{near}\n{hint}" if near else hint)


def _public(name: str) -> str | None:
    """The public id or address a name is, whether or not the archive knows it."""
    if name.startswith(("http://", "https://")):
        return name
    if not _PUBLIC.fullmatch(name):
        return None
    kind, _, ident = name.partition(":")
    return f"{kind.lower()}:{_VERSION.sub('', ident) if kind.lower() == 'arxiv' else ident.lower()}"


class _Lookup:
    """Works by everything a person may call them."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.works = tuple(works)
        self.slugs = {work.slug: work.id for work in self.works}
        self.idents = {work.id for work in self.works}
        self.public = {
            f"{kind}:{ident}": work.id for work in self.works for kind, ident in work.ids.items()
        }
        self.subjects: dict[str, list[int]] = defaultdict(list)
        for place, work in enumerate(self.works):
            for slug in dict.fromkeys(work.subject_of):
                self.subjects[slug].append(place)

    def find(self, name: str) -> str | None:
        """The id of the work called `name`, or None."""
        key = identity.id_key(Source(url=name)) if urls.is_address(name) else _public(name)
        for candidate in filter(None, (name, key)):
            if candidate in self.idents:
                return candidate
            if candidate in self.public:
                return self.public[candidate]
        return self.slugs.get(name)

    def about(self, episodes: Iterable[str]) -> Iterator[str]:
        """The works that episodes are about, in the order of all works."""
        places = {place for slug in episodes for place in self.subjects.get(slug, ())}
        return (self.works[place].id for place in sorted(places))
