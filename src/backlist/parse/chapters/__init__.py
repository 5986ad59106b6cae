"""An episode's chapters: the places where they may be written down, and which of them counts.

`of_episode` takes the first that speaks: the record's `chapters`, the file its `chapters_file`
names, the marks inside a sound file in `static/`, a list in the notes whose lines begin with
times. Marks that stand out of order or after the end are reported at their line and kept, sorted;
a list in the notes that does not fit the recording is no list of chapters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from backlist import urls
from backlist.content import Document
from backlist.model import Chapter, Episode
from backlist.model.scalars import stamp
from backlist.parse.audio_file import Sound
from backlist.parse.chapters.files import Mark, read
from backlist.parse.markdown import Notes
from backlist.parse.moments import AnyChapter, ChapterLine
from backlist.problems import Problems, Where, did_you_mean

__all__ = ["FOLDER", "Mark", "of_episode", "read"]

FOLDER = "content/chapters"


def of_episode(
    episode: Episode,
    document: Document,
    notes: Notes,
    files: Mapping[str, Sequence[Mark]],
    sounds: Mapping[str, Sound],
    problems: Problems,
) -> tuple[AnyChapter, ...]:
    """The chapters of an episode in order of time; their errors are reported.

    `files` are the marks in those of `content/chapters/`, and `sounds` the files of `static/`, by
    name.
    """
    marks: Sequence[Mark] = [
        *_of_record(episode, document),
        *_of_file(episode, document, files, problems),
    ]
    if episode.chapters and episode.chapters_file:
        problems.warning(
            document.where("chapters_file"),
            "`chapters_file` is not read: the record has `chapters` of its own",
            "remove one of the two",
        )
        marks = _of_record(episode, document)
    marks = marks or _of_sound(episode, sounds)
    _report(marks, episode, problems)
    found = [mark.chapter for mark in marks] or _of_notes(episode, document, notes, problems)
    return tuple(sorted(found, key=_START))


_START = attrgetter("start")
_BLOCK = attrgetter("block")


def _of_record(episode: Episode, document: Document) -> list[Mark]:
    return [
        Mark(document.where("chapters", place), chapter)
        for place, chapter in enumerate(episode.chapters)
    ]


def _of_file(
    episode: Episode, document: Document, files: Mapping[str, Sequence[Mark]], problems: Problems
) -> Sequence[Mark]:
    name = episode.chapters_file
    if name is None or episode.chapters:
        return []
    if name in files:
        return files[name]
    problems.error(
        document.where("chapters_file"),
        f"there is no file {FOLDER}/{name}",
        did_you_mean(name, files) or "put it there, or write the marks under `chapters:`",
    )
    return []


def _of_sound(episode: Episode, sounds: Mapping[str, Sound]) -> list[Mark]:
    audio = episode.audio
    name = urls.static_name(audio.file) if audio and audio.file else ""
    found = sounds.get(name)
    where = Where(f"static/{name}")
    return [
        Mark(where, Chapter(start=start, title=title or None, url=url or None))
        for start, title, url in (found.chapters if found else ())
    ]


def _of_notes(
    episode: Episode, document: Document, notes: Notes, problems: Problems
) -> Sequence[ChapterLine]:
    """The longest list of chapters in the body, if its times go up and end before the sound."""
    longest = _longest(notes.chapters)
    if _fit(longest, episode):
        return longest
    places = (Where(document.file, document.body_line + row.line) for row in longest)
    for fault in _faults([*map(Mark, places, longest)], episode):
        if not fault.repeats:
            message = f"the list is not used as chapters: {fault.message}"
            problems.info(fault.mark.where, message, fault.hint)
            return ()
    return longest


def _longest(rows: Sequence[ChapterLine]) -> Sequence[ChapterLine]:
    """The rows of the longest list, the first of several; most notes have one, or none."""
    if not rows or rows[0].block == rows[-1].block:
        return rows
    return max((list(block) for _, block in groupby(rows, _BLOCK)), key=len)


def _fit(rows: Sequence[ChapterLine], episode: Episode) -> bool:
    """Whether times go up and end before the sound, as they do in nearly every list."""
    end = episode.audio.duration if episode.audio else None
    begins = [row.start for row in rows]
    return begins == sorted(begins) and (end is None or not begins or begins[-1] < end)


def _report(marks: Sequence[Mark], episode: Episode, problems: Problems) -> None:
    for fault in _faults(marks, episode):
        problems.warning(fault.mark.where, fault.message, fault.hint)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A mark that cannot be meant so; `repeats` says that it only has the time of another."""

    mark: Mark
    message: str
    hint: str
    repeats: bool = False


def _faults(marks: Sequence[Mark], episode: Episode) -> Iterator[_Fault]:
    end = episode.audio.duration if episode.audio else None
    before = -1.0
    for number, mark in enumerate(marks, 1):
        start, title = mark.chapter.start, mark.chapter.title
        name = f"the chapter “{title}”" if title else f"chapter {number}"
        begins = f"{name} begins at {stamp(start)}"
        if start < before:
            message = f"{begins}, before the one above it ({stamp(before)})"
            yield _Fault(mark, message, _later(start, before))
        elif start == before:
            hint = "give each its own time, or remove one"
            yield _Fault(mark, f"{begins} like the one above it", hint, repeats=True)
        if end is not None and start >= end:
            message = f"{begins}, and the recording ends at {stamp(end)}"
            yield _Fault(mark, message, "fix its time, or the record's `audio.duration`")
        before = start


def _later(start: float, before: float) -> str:
    """A remedy for a time that goes back: after the first hour people forget to write it."""
    if 0 < start + 3600 - before < 1800:
        return f"did you mean {stamp(start + 3600)}?"
    return "put chapters in order of time; chapters in a record are sorted for now"
