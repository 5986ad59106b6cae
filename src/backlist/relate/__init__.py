"""Whatever needs to see everything: order, mentions, works, takes, related episodes.

After this stage nothing searches. Each relation has a room of its own and is computed once,
from plain records, in an order that does not depend on file names or hash seeds.
"""

from collections.abc import Sequence
from dataclasses import replace

from backlist.model import Episode, Status
from backlist.problems import Problems
from backlist.relate import interactives, mentions, similar, takes, works
from backlist.relate.archive import Archive, Entry
from backlist.resolve import Catalog


def relate(catalog: Catalog, problems: Problems) -> Archive:
    """The archive: every episode with what it knows of the others, newest first."""
    show, site = catalog.settings.show, catalog.settings.site
    filed = sorted(catalog.episodes, key=lambda f: _newest_first(f.episode))
    episodes = [f.episode for f in filed]
    named = mentions.resolve(filed, show, site, problems)
    cited = works.identify(episodes, named, catalog.corrections, problems)
    backlinks = mentions.backlinks(named)
    families = takes.group(episodes, cited)
    interactive = interactives.find(catalog, episodes, cited, problems)
    ranked = similar.rank(
        episodes,
        named,
        cited,
        families,
        limit=site.related,
        scripts=catalog.transcripts,
        notes={f.episode.slug: f.notes for f in filed},
    )
    entries = [
        Entry(
            episode=f.episode,
            notes=f.notes,
            digest=f.digest,
            file=f.document.file,
            chapters=catalog.chapters.get(f.episode.slug, ()),
            transcript=catalog.transcripts.get(f.episode.slug),
            citations=works.citations(f.episode, named, cited, show),
            mentions=named[f.episode.slug].slugs,
            mentioned_by=backlinks[f.episode.slug],
            takes=families[f.episode.slug],
            related=ranked[f.episode.slug],
            visualizations=interactives.shown(f, interactive, problems),
        )
        for f in filed
    ]
    return Archive(
        show=show,
        site=site,
        entries=_with_neighbours(entries),
        works=cited.works,
        visualizations=tuple(interactive.values()),
        pages=tuple(one.page for one in catalog.pages),
        page_files={one.page.slug: one.document.file for one in catalog.pages},
        page_notes={one.page.slug: one.notes for one in catalog.pages},
        transcripts=catalog.files,
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
