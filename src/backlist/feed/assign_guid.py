"""Giving an episode that was never in a feed its identity in ours.

Apple, "A Podcaster's Guide to RSS", guid: an item without a guid is known by its enclosure
address. Taking that address as the guid therefore keeps the identity such an episode has.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from backlist import content, files, urls
from backlist.cache import NO_CACHE
from backlist.load import load
from backlist.model import Episode, Settings, Status
from backlist.problems import BacklistError, Problems, Where, did_you_mean
from backlist.resolve.files import read_episode

Episodes = Mapping[str, tuple[Episode, str]]
"""The episodes of a site by slug, each with its file."""


def assign_guids(
    root: Path, slugs: Sequence[str] | None, problems: Problems
) -> list[tuple[str, str]]:
    """Write a guid into each episode named; all of them, or none and the errors.

    None stands for every published episode that has audio and no guid. Gives (slug, guid) pairs.
    An episode that has a guid keeps it: a guid never changes.
    """
    episodes = _episodes(root, problems)
    wanted = _without_guid(episodes) if slugs is None else slugs
    chosen = [(slug, guid) for slug in wanted if (guid := _guid_for(slug, episodes, problems))]
    if problems.stop():
        return []
    for slug, guid in chosen:
        _write(root / episodes[slug][1], guid)
    return chosen


def _episodes(root: Path, problems: Problems) -> Episodes:
    """Each episode of the site, all audio with its address."""
    workspace = load(root, problems)
    settings = workspace.settings and content.read(Settings, workspace.settings, problems)
    base_url = settings.site.base_url if settings else ""
    return {
        item.episode.slug: (_with_address(item.episode, base_url), item.document.file)
        for parsed in NO_CACHE.each(read_episode, workspace.episodes)
        if (item := parsed.record)
    }


def _with_address(episode: Episode, base_url: str) -> Episode:
    """The episode with the address of audio that lies in `static/`."""
    audio = episode.audio
    if audio is None or audio.file is None:
        return episode
    placed = audio.model_copy(update={"url": urls.static_file(audio.file, base_url)})
    return episode.model_copy(update={"audio": placed})


def _without_guid(episodes: Episodes) -> list[str]:
    return [
        slug
        for slug, (episode, _) in episodes.items()
        if episode.status is Status.PUBLISHED and episode.audio and episode.guid is None
    ]


def _guid_for(slug: str, episodes: Episodes, problems: Problems) -> str | None:
    """The guid an episode is to get, or None with the reason reported."""
    if slug not in episodes:
        where = Where("content/episodes")
        problems.error(where, f"no episode is called `{slug}`", did_you_mean(slug, episodes))
        return None
    episode, file = episodes[slug]
    if episode.audio is None:
        problems.error(Where(file), "has no audio address to use as its guid", "add `audio:` first")
        return None
    if episode.guid is not None:
        problems.info(Where(file), f"already has a guid: {episode.guid}", "it stays")
        return None
    return episode.audio.url


def _write(path: Path, guid: str) -> None:
    try:
        text = content.amend(path.read_text("utf-8"), {"guid": guid})
        files.replace(path, text.encode())
    except OSError as error:
        raise BacklistError(
            Where(str(path)), f"cannot be written: {error.strerror}", "fix its permissions"
        ) from error
