"""Episodes made here get their guid at the first build.

A record from a directory page, which shows no guid, gets none: the live feed has it, and an
episode under a second guid shows up twice in every app.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from backlist.cache.keys import key_of
from backlist.feed.vocabulary import FEED_FORMAT
from backlist.files import File
from backlist.load import Reader
from backlist.model import Episode, Settings, Status, new_guid
from backlist.problems import Problems
from backlist.resolve.files import EpisodeFile, ImportedItem, read_imported


def with_guids(
    episodes: Sequence[EpisodeFile],
    imported: Mapping[str, File],
    settings: Settings,
    now: datetime,
    reader: Reader,
    problems: Problems,
) -> tuple[list[EpisodeFile], dict[str, str]]:
    """The episodes, each that can be in the feed with a guid; and what is to be written down.

    The latter is file → guid. An imported record gets the guid its feed has, or where the feed
    has none, the address that apps know the item by.
    """
    nameless = [item for item in episodes if _can_be_in_feed(item, now, imported)]
    raw = read_raw(imported, (item.episode.slug for item in nameless), reader, problems)
    taken = {item.episode.guid for item in episodes if item.episode.guid}
    assigned: dict[str, str] = {}
    for item in nameless:
        guid = _guid_of(item, raw.get(item.episode.slug), settings, taken)
        if guid is not None:
            assigned[item.document.file] = guid
            taken.add(guid)
    return [_with_guid(item, assigned.get(item.document.file)) for item in episodes], assigned


def read_raw(
    imported: Mapping[str, File], slugs: Iterable[str], reader: Reader, problems: Problems
) -> dict[str, ImportedItem]:
    """The raw records of these slugs, as far as there are any; what is wrong is reported."""
    files = {slug: imported[slug] for slug in slugs if slug in imported}
    found = {}
    for slug, parsed in zip(files, reader.each(read_imported, [*files.values()]), strict=True):
        problems.extend(parsed.problems)
        if parsed.record is not None:
            found[slug] = parsed.record
    return found


def _can_be_in_feed(item: EpisodeFile, now: datetime, imported: Container[str]) -> bool:
    episode = item.episode
    out = episode.date is None or episode.date.instant <= now
    item_of_feed = episode.audio is not None or episode.slug in imported
    return episode.status is Status.PUBLISHED and out and item_of_feed and episode.guid is None


def _guid_of(
    item: EpisodeFile, raw: ImportedItem | None, settings: Settings, taken: set[str]
) -> str | None:
    """The guid an episode is to get; None for one that only a directory page has shown."""
    if raw is None:
        return guid_for(item.episode, settings, taken)
    if raw.format != FEED_FORMAT:
        return None
    if raw.guid and raw.guid not in taken:
        return raw.guid
    return guid_for(item.episode, settings, taken, raw.audio)


def guid_for(
    episode: Episode, settings: Settings, taken: Container[str], address: str | None = None
) -> str:
    """A guid for an episode: `address` or that of its audio, else of its link, if nobody has it.

    The address of a file in `static/` changes with the site's, so it is no identity.
    """
    audio = episode.audio
    lasting = address or (audio.url if audio and not audio.file else None)
    lasting = lasting or (None if audio else episode.link)
    show = settings.show
    seed = " ".join((show.guid or settings.site.base_url, show.title, episode.slug))
    return new_guid(lasting, seed, taken)


def _with_guid(item: EpisodeFile, guid: str | None) -> EpisodeFile:
    if guid is None:
        return item
    episode = item.episode.model_copy(update={"guid": guid})
    return replace(item, episode=episode, digest=key_of(item.digest, guid))
