"""Giving an episode that no feed has carried its identity in ours.

Apple, "A Podcaster's Guide to RSS", guid: an item without a guid is known by its enclosure
address. Taking that address as the guid therefore keeps the identity such an episode has.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from backlist import content, files, urls
from backlist.cache import NO_CACHE
from backlist.load import load
from backlist.model import Episode, Settings
from backlist.problems import BacklistError, Problems, Where, did_you_mean
from backlist.resolve.files import read_episode


def adopt(root: Path, slugs: Sequence[str], problems: Problems) -> list[tuple[str, str]]:
    """Write a guid into each episode named; all of them, or none and the faults.

    Gives (slug, guid) pairs. An episode that has a guid keeps it: a guid never changes.
    """
    found = _episodes(root, problems)
    chosen = [(slug, guid) for slug in slugs if (guid := _guid_for(slug, found, problems))]
    if problems.stop():
        return []
    for slug, guid in chosen:
        _write(root / found[slug][1], guid)
    return chosen


def _episodes(root: Path, problems: Problems) -> dict[str, tuple[Episode, str]]:
    """Each episode of the site by slug, with its file; every sound with its address."""
    workspace = load(root, problems)
    settings = workspace.settings and content.read(Settings, workspace.settings, problems)
    base_url = settings.site.base_url if settings else ""
    return {
        filed.episode.slug: (_addressed(filed.episode, base_url), filed.document.file)
        for parsed in NO_CACHE.each(read_episode, workspace.episodes)
        if (filed := parsed.record)
    }


def _addressed(episode: Episode, base_url: str) -> Episode:
    """The episode with the address of a sound that lies in `static/`."""
    audio = episode.audio
    if audio is None or audio.file is None:
        return episode
    placed = audio.model_copy(update={"url": urls.static_file(audio.file, base_url)})
    return episode.model_copy(update={"audio": placed})


def _guid_for(
    slug: str, found: Mapping[str, tuple[Episode, str]], problems: Problems
) -> str | None:
    """The guid an episode is to get, or None with the reason told."""
    if slug not in found:
        where = Where("content/episodes")
        problems.error(where, f"no episode is called `{slug}`", did_you_mean(slug, found))
        return None
    episode, file = found[slug]
    if episode.audio is None:
        problems.error(Where(file), "has no audio address to adopt", "add `audio:` first")
        return None
    if episode.guid is not None:
        problems.notice(Where(file), f"has a guid already: {episode.guid}", "it stays")
        return None
    return episode.audio.url


def _write(path: Path, guid: str) -> None:
    try:
        text = content.amend(path.read_text("utf-8"), {"guid": guid})
        files.replace(path, text.encode())
    except OSError as error:
        raise BacklistError(
            Where(str(path)), f"cannot be written: {error.strerror}", "mend its permissions"
        ) from error
