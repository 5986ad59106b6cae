"""Whatever needs to see everything: order, mentions, works, takes, related episodes.

After this stage nothing searches. Each relation has a room of its own and is computed once,
from plain records, in an order that does not depend on file names or hash seeds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from backlist import locale, urls
from backlist.cache.keys import key_of
from backlist.cache.store import NO_CACHE
from backlist.load import Reader
from backlist.model import Episode, Person, Show, Status
from backlist.pictures import Picture
from backlist.problems import Problems
from backlist.relate import mentions, similar, takes, visualizations, works
from backlist.relate.archive import Archive, Entry
from backlist.relate.seasons import in_reading_order
from backlist.resolve import Catalog, EpisodeFile


def relate(catalog: Catalog, problems: Problems, reader: Reader = NO_CACHE) -> Archive:
    """The archive: every episode with what it knows of the others, newest first."""
    show, site = catalog.settings.show, catalog.settings.site
    found = sorted(catalog.episodes, key=lambda f: _newest_first(f.episode))
    episodes = [f.episode for f in found]
    compared = {f.episode.slug: f.features for f in found}
    named = mentions.resolve(found, compared, show, site, problems)
    cited = works.identify(
        episodes, compared, named, catalog.corrections, problems, every_script=site.every_script
    )
    backlinks = mentions.backlinks(named)
    found = [f if site.host_lines else _without_host_lines(f) for f in found]
    families = takes.group(episodes, cited)
    interactive = visualizations.find(catalog, episodes, cited, problems)
    shown = visualizations.shown(found, interactive, problems)
    ranked = similar.rank(
        episodes,
        compared,
        named,
        cited,
        families,
        limit=site.related,
        show=show,
        labels=site.labels,
    )
    entries = [
        Entry(
            episode=f.episode,
            file=f.document.file,
            body_line=f.document.body_line,
            is_imported=f.episode.slug in catalog.imported,
            front=f.front,
            **_of_notes(f, catalog.pictures),
            people=_heard(f.episode, show),
            in_feed=_is_in_feed(f.episode),
            chapters=catalog.chapters.get(f.episode.slug, ()),
            transcript=catalog.transcripts.get(f.episode.slug),
            citations=works.citations(
                f.episode, compared[f.episode.slug], named[f.episode.slug], cited, show
            ),
            mentions=named[f.episode.slug].slugs,
            mentioned_by=backlinks[f.episode.slug],
            takes=families[f.episode.slug],
            related=ranked[f.episode.slug],
            visualizations=shown[f.episode.slug],
            cover=_cover(catalog, f.episode.image, show.image),
            language=locale.other_language(f.episode.language, show.language),
        )
        for f in found
    ]
    archive = Archive(
        show=show,
        site=site,
        entries=_with_next_parts(_with_neighbours(entries), show),
        works=cited.works,
        visualizations=tuple(interactive.values()),
        pages=tuple(one.page for one in catalog.pages),
        page_files={one.page.slug: one.document.file for one in catalog.pages},
        page_notes={one.page.slug: one.notes for one in catalog.pages},
        transcripts=catalog.files,
        withheld=catalog.withheld,
        distinct=tuple(map(frozenset, catalog.corrections[0].distinct))
        if catalog.corrections
        else (),
        pictures=catalog.pictures,
        cover=_cover(catalog, show.image),
    )
    return replace(archive, ranks=_ranks(archive, reader))


def _ranks(archive: Archive, reader: Reader) -> Mapping[str, int]:
    """The order of names in another language than English; empty in English, which needs none."""
    if not archive.site.labels.language:
        return {}
    names = locale.distinct(
        (
            *(one.title for one in archive.topics),
            *(one.name for one in archive.contributors),
            *(one.name for one in archive.works if one.name),
        )
    )
    asked = archive.show.language, names
    return reader.make("collation", locale.ranked, [(key_of(*asked), asked)])[0] if names else {}


def _cover(catalog: Catalog, *given: str | None) -> Picture | None:
    """The first picture in `static/` of those given, an episode's before the show's."""
    found = (catalog.pictures.get(urls.static_name(one)) for one in given if one)
    return next((one for one in found if one and one.is_shown), None)


def _without_host_lines(item: EpisodeFile) -> EpisodeFile:
    """An episode whose notes lack what a host added, where the site does not show it."""
    if item.own_notes is None:
        return item
    return replace(item, notes=item.own_notes, digest=key_of(item.digest, "host_lines"))


def with_notes(entry: Entry, item: EpisodeFile, archive: Archive) -> Entry | None:
    """An entry of the archive whose notes were written anew; None where more of its file was.

    What others know of it, and it of them, stays as it was when all were related.
    """
    if item.front != entry.front:
        return None
    shown = item if archive.site.host_lines else _without_host_lines(item)
    episode = entry.episode.model_copy(update={"body": shown.episode.body})
    return replace(entry, episode=episode, **_of_notes(shown, archive.pictures))


def _of_notes(item: EpisodeFile, pictures: Mapping[str, Picture]) -> dict[str, Any]:
    """The notes, the pictures in them, and the summary: the written one, or what they begin with.

    Whether these are two things is told as well: directories cut the beginning of the notes off
    somewhere and call it a summary, with or without an ellipsis.
    """
    lead, written = item.notes.lead, item.episode.summary or ""
    beginning = written.rstrip(" .…")
    return {
        "notes": item.notes,
        "digest": item.digest,
        "summary": written or lead,
        "has_own_summary": bool(beginning) and not lead.startswith(beginning),
        "pictures": tuple(filter(None, map(pictures.get, item.notes.pictures))),
    }


def _heard(episode: Episode, show: Show) -> tuple[Person, ...]:
    """The people an episode names, else the hosts; who is heard in a stub is not known."""
    return () if episode.status is Status.STUB else episode.people or show.people


def _is_in_feed(episode: Episode) -> bool:
    """Whether the main feed carries it: published, with a guid.

    What has no audio has a guid only where a feed carried it, and goes out again as it came.
    """
    return episode.status is Status.PUBLISHED and episode.guid is not None


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


def _with_next_parts(entries: tuple[Entry, ...], show: Show) -> tuple[Entry, ...]:
    """Entries of a serial show that know which episode to go on with."""
    if show.type != "serial":
        return entries
    order = in_reading_order([entry.episode for entry in entries])
    follows = dict(pairwise(order))
    return tuple(replace(entry, next_part=follows.get(entry.slug)) for entry in entries)
