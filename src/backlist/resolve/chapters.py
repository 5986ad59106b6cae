"""The chapters of the episodes that are let out, by slug."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from backlist.load import Reader, Workspace
from backlist.parse import chapters
from backlist.parse.audio_file import Sound
from backlist.parse.moments import AnyChapter
from backlist.problems import Problems
from backlist.resolve.copies import Home
from backlist.resolve.files import EpisodeFile, read_chapters


def find(
    shown: Iterable[EpisodeFile],
    workspace: Workspace,
    home: Home,
    sounds: Mapping[str, Sound],
    reader: Reader,
    problems: Problems,
) -> dict[str, tuple[AnyChapter, ...]]:
    """The marks of each episode that has any; what is wrong with files in use is reported."""
    listed = [_with_file(item, home.chapters_file(item.episode)) for item in shown]
    parsed = reader.each(read_chapters, tuple(workspace.chapters.values()))
    named = {one.episode.chapters_file for one in listed}
    marks = {}
    for name, one in zip(workspace.chapters, parsed, strict=True):
        marks[name] = one.record or ()
        if name in named:
            problems.extend(one.problems)
    return {
        item.episode.slug: found
        for item in listed
        if (
            found := chapters.of_episode(
                item.episode, item.document, item.notes, marks, sounds, problems
            )
        )
    }


def _with_file(item: EpisodeFile, name: str | None) -> EpisodeFile:
    if name == item.episode.chapters_file:
        return item
    return replace(item, episode=item.episode.model_copy(update={"chapters_file": name}))
