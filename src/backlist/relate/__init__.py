"""Whatever needs to see everything: order, mentions, works, takes, related episodes.

After this stage nothing searches. Each relation has a room of its own and is computed once,
from plain records, in an order that does not depend on file names or hash seeds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from backlist import prose, transcript
from backlist.archive import Archive, Entry
from backlist.model import Episode, Person, Show, Status
from backlist.problems import Problems
from backlist.relate import features, interactives, mentions, similar, takes, works
from backlist.relate.features import Features
from backlist.resolve import Catalog, Filed


def relate(
    catalog: Catalog, problems: Problems, known: Mapping[str, Features] | None = None
) -> Archive:
    """The archive: every episode with what it knows of the others, newest first.

    `known` are the features of episodes by slug (see `features.of`) where these were made
    already; they change the time it takes, and nothing else.
    """
    show, site = catalog.settings.show, catalog.settings.site
    filed = sorted(catalog.episodes, key=lambda f: _newest_first(f.episode))
    episodes = [f.episode for f in filed]
    compared = _features(filed, catalog, known or {})
    named = mentions.resolve(filed, compared, show, site, problems)
    cited = works.identify(episodes, compared, named, catalog.corrections, problems)
    backlinks = mentions.backlinks(named)
    families = takes.group(episodes, cited)
    interactive = interactives.find(catalog, episodes, cited, problems)
    shown = interactives.shown(filed, interactive, problems)
    ranked = similar.rank(episodes, compared, named, cited, families, limit=site.related)
    entries = [
        Entry(
            episode=f.episode,
            file=f.document.file,
            **_summary(f.episode),
            people=_heard(f.episode, show),
            in_feed=_is_in_feed(f.episode),
            chapters=catalog.chapters.get(f.episode.slug, ()),
            script=catalog.scripts.get(f.episode.slug),
            citations=works.citations(
                f.episode, compared[f.episode.slug], named[f.episode.slug], cited, show
            ),
            mentions=named[f.episode.slug].slugs,
            mentioned_by=backlinks[f.episode.slug],
            takes=families[f.episode.slug],
            related=ranked[f.episode.slug],
            visualizations=shown[f.episode.slug],
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


def _features(
    filed: Sequence[Filed], catalog: Catalog, known: Mapping[str, Features]
) -> dict[str, Features]:
    """The features of every episode, those that are not known made now."""
    return {f.episode.slug: known.get(f.episode.slug) or _made(f.episode, catalog) for f in filed}


def _made(episode: Episode, catalog: Catalog) -> Features:
    script = catalog.scripts.get(episode.slug)
    said = transcript.read(script).words if script else None
    return features.of(episode, episode.body, prose.links(episode.body), said)


def _summary(episode: Episode) -> dict[str, Any]:
    """The written summary, or what the notes begin with; and whether these are two things."""
    lead = prose.lead(episode.body)
    written = episode.summary or ""
    return {"summary": written or lead, "has_own_summary": bool(written) and written != lead}


def _heard(episode: Episode, show: Show) -> tuple[Person, ...]:
    """The people an episode names, else the hosts; who is heard in a stub is not known."""
    return () if episode.status is Status.STUB else episode.people or show.people


def _is_in_feed(episode: Episode) -> bool:
    """Whether the main feed carries it: published, with a guid and a sound file."""
    return (
        episode.status is Status.PUBLISHED
        and episode.guid is not None
        and episode.audio is not None
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
