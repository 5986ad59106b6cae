"""Giving an episode that was never in a feed its identity in ours.

A build does this by itself for episodes that were made here. This is for those that a directory
page has shown: only a person can say that no live feed has them under a guid of its own.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from backlist import content, files
from backlist.cache.store import NO_CACHE
from backlist.load import load
from backlist.model import Episode, Settings, Status
from backlist.problems import BacklistError, Problems, Where, did_you_mean
from backlist.resolve.files import read_episode
from backlist.resolve.identity import guid_for

Episodes = Mapping[str, tuple[Episode, str]]
"""The episodes of a site by slug, each with its file."""


def assign_guids(
    root: Path, slugs: Sequence[str] | None, problems: Problems
) -> list[tuple[str, str]]:
    """Write a guid into each episode named; all of them, or none and the errors.

    None stands for every published episode that has audio and no guid. Gives (slug, guid) pairs.
    An episode that has a guid keeps it: a guid never changes.
    """
    workspace = load(root, problems)
    settings = workspace.settings and content.read(Settings, workspace.settings, problems)
    episodes = {
        item.episode.slug: (item.episode, item.document.file)
        for parsed in NO_CACHE.each(read_episode, workspace.episodes)
        if (item := parsed.record)
    }
    wanted = _without_guid(episodes) if slugs is None else [*dict.fromkeys(slugs)]
    chosen = [slug for slug in wanted if _can_get_guid(slug, episodes, problems)]
    if problems.stop() or not settings:
        return []
    taken = {episode.guid for episode, _ in episodes.values() if episode.guid}
    assigned = {}
    for slug in chosen:
        episode, file = episodes[slug]
        assigned[file] = guid_for(episode, settings, taken)
        taken.add(assigned[file])
    write_guids(root, assigned)
    return list(zip(chosen, assigned.values(), strict=True))


def _without_guid(episodes: Episodes) -> list[str]:
    return [
        slug
        for slug, (episode, _) in episodes.items()
        if episode.status is Status.PUBLISHED and episode.audio and episode.guid is None
    ]


def _can_get_guid(slug: str, episodes: Episodes, problems: Problems) -> bool:
    """Whether an episode can get a guid; if not, the reason is reported."""
    if slug not in episodes:
        where = Where("content/episodes")
        problems.error(where, f"no episode is called `{slug}`", did_you_mean(slug, episodes))
        return False
    episode, file = episodes[slug]
    if episode.audio is None:
        problems.error(Where(file), "has no audio address to use as its guid", "add `audio:` first")
    elif episode.guid is not None:
        problems.info(Where(file), f"already has a guid: {episode.guid}", "it stays")
    return episode.audio is not None and episode.guid is None


def write_guids(root: Path, assigned: Mapping[str, str]) -> Mapping[str, str]:
    """Write guids into records, by file from the site's folder; gives them back.

    Everything else in a file stays as it is, down to its line ends. Raises `BacklistError` when
    one cannot be written.
    """
    for file, guid in assigned.items():
        try:
            _write(root / file, guid)
        except OSError as error:
            raise BacklistError(
                Where(file), f"cannot be written: {error.strerror}", "fix its permissions"
            ) from error
    return assigned


def _write(path: Path, guid: str) -> None:
    old = path.read_bytes().decode("utf-8")
    text = content.amend(old, {"guid": guid})
    if "\r\n" in old:
        text = text.replace("\n", "\r\n")
    mark = "\ufeff" if old.startswith("\ufeff") else ""
    files.replace(path, (mark + text).encode())
