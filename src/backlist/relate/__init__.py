"""Whatever needs to see everything: order, mentions, works, takes, related episodes.

After this stage nothing searches. Each relation has a room of its own and is computed once,
from plain records, in an order that does not depend on file names or hash seeds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from backlist.archive import Archive, Entry, Interactive, Shown
from backlist.charts import Chart
from backlist.model import Episode, Status, Visualization
from backlist.problems import Problems
from backlist.relate import mentions, similar, takes, works
from backlist.resolve import Catalog, Filed


def relate(catalog: Catalog, problems: Problems) -> Archive:
    """The archive: every episode with what it knows of the others, newest first."""
    show, site = catalog.settings.show, catalog.settings.site
    filed = sorted(catalog.episodes, key=lambda f: _newest_first(f.episode))
    episodes = [f.episode for f in filed]
    named = mentions.resolve(filed, show, site, problems)
    cited = works.identify(episodes, named, catalog.corrections, problems)
    backlinks = mentions.backlinks(named)
    families = takes.group(episodes, cited)
    interactive = _interactives(catalog, {episode.slug for episode in episodes})
    ranked = similar.rank(
        episodes, named, cited, families, limit=site.related, scripts=catalog.scripts
    )
    entries = [
        Entry(
            episode=f.episode,
            file=f.document.file,
            chapters=catalog.chapters.get(f.episode.slug, ()),
            script=catalog.scripts.get(f.episode.slug),
            citations=works.citations(f.episode, named, cited, show),
            mentions=named[f.episode.slug].slugs,
            mentioned_by=backlinks[f.episode.slug],
            takes=families[f.episode.slug],
            related=ranked[f.episode.slug],
            visualizations=_shown(f, interactive, problems),
        )
        for f in filed
    ]
    return Archive(
        show=show,
        site=site,
        entries=_with_neighbours(entries),
        works=cited.works,
        visualizations=tuple(interactive.values()),
        pages=tuple(page for page, _ in catalog.pages),
        page_files={page.slug: document.file for page, document in catalog.pages},
        transcripts=catalog.transcripts,
        withheld=catalog.withheld,
        apart=tuple(map(frozenset, catalog.corrections[0].apart)) if catalog.corrections else (),
    )


def _newest_first(episode: Episode) -> tuple[bool, float, int, str]:
    """Newest date first, then the stored order, then the slug; episodes without a date last."""
    when = episode.date.instant.timestamp() if episode.date else 0.0
    return (episode.date is None, -when, episode.order or 1_000_000, episode.slug)


def _with_neighbours(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries that know the next newer and older episode; stubs are passed over."""
    chain = [e.slug for e in entries if e.episode.status is not Status.STUB]
    place = {slug: number for number, slug in enumerate(chain)}
    return tuple(
        replace(
            entry,
            newer=chain[place[entry.slug] - 1] if place[entry.slug] > 0 else None,
            older=chain[place[entry.slug] + 1] if place[entry.slug] + 1 < len(chain) else None,
        )
        if entry.slug in place
        else entry
        for entry in entries
    )


def _interactives(catalog: Catalog, slugs: set[str]) -> dict[str, Interactive]:
    """Visualizations the archive holds, each with the episodes that name it or that it names."""
    found = {}
    for ident, index in catalog.index_files.items():
        record, folder = catalog.visualizations[ident]
        chart = catalog.charts.get(ident)
        naming = [
            filed.episode.slug
            for filed in catalog.episodes
            if any(reference.id == ident for reference in filed.episode.visualizations)
        ]
        named = [slug for slug in record.episodes if slug in slugs]
        found[ident] = Interactive(
            id=ident,
            title=record.title,
            description=record.description,
            height=_height(record, chart),
            index=index,
            page=folder.pages.get(index, b""),
            files={name: str(path) for name, path in folder.files.items()},
            episodes=tuple(dict.fromkeys([*naming, *named])),
            aliases=record.aliases,
            frame_src=record.frame_src,
            chart=chart,
        )
    return found


def _height(record: Visualization, chart: Chart | None) -> int:
    """The height kept free: as it is written down, else a drawn picture's own with its margins."""
    if chart is None or "height" in record.model_fields_set:
        return record.height
    return max(240, chart.height + 40)


def _shown(
    filed: Filed, interactive: Mapping[str, Interactive], problems: Problems
) -> tuple[Shown, ...]:
    """The visualizations of an episode: those it refers to, then those that refer to it."""
    shown = []
    for place, reference in enumerate(filed.episode.visualizations):
        if reference.id and reference.id in interactive:
            shown.append(Shown(reference.id, interactive[reference.id].title))
        elif reference.title:
            shown.append(Shown(None, reference.title, reference.url))
        if not reference.id and not reference.url:
            problems.notice(
                filed.document.where("visualizations", place),
                f"the visualization is not in this archive: {reference.title}",
                "put its files into content/visualizations/ and name it by `id`, or give its `url`",
            )
    listed = {one.id for one in shown}
    shown += [
        Shown(one.id, one.title)
        for one in interactive.values()
        if filed.episode.slug in one.episodes and one.id not in listed
    ]
    return tuple(shown)
