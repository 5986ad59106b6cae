"""Text becomes records, or a fault; and the one door where hidden episodes end.

After this stage no private, draft or future episode exists, so no later stage can leak one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from backlist import content, urls
from backlist.content import Document
from backlist.features import terms
from backlist.files import File, Parse
from backlist.load import TRANSCRIPTS, Reader, Workspace
from backlist.model import Chapter, Episode, Settings, Status, WorkNotes
from backlist.parse import audio_file, chapters
from backlist.parse.audio_file import Sound
from backlist.parse.transcript import Transcript
from backlist.problems import Problems, did_you_mean
from backlist.resolve import visualizations
from backlist.resolve.files import (
    Filed,
    FiledPage,
    FiledTranscript,
    read_chapters,
    read_episode,
    read_page,
    read_transcript,
    read_yaml,
)
from backlist.resolve.visualizations import Play

__all__ = ["Catalog", "Filed", "FiledPage", "resolve"]

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Catalog:
    """Typed records, everything hidden taken out.

    `base_url` is the address that `site.yaml` gives, however the run was asked to override it.
    `files` are the transcripts that episodes let out name, by name, and `transcripts` what is
    said in an episode, by its slug; `chapters` the marks of each; `withheld` the names in
    `static/` that only hidden ones use; `removed` the guids of those taken back on purpose; `lock`
    the feed lock; `imported` the slugs of records an import made; `due` is when the next episode of
    the future comes out.
    """

    settings: Settings
    base_url: str
    episodes: tuple[Filed, ...]
    pages: tuple[FiledPage, ...]
    visualizations: Mapping[str, Play]
    files: Mapping[str, str]
    withheld: frozenset[str]
    removed: frozenset[str] = frozenset()
    corrections: tuple[WorkNotes, Document] | None = None
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)
    chapters: Mapping[str, tuple[Chapter, ...]] = field(default_factory=dict)
    lock: Document | None = None
    imported: frozenset[str] = frozenset()
    due: datetime | None = None


def resolve(
    workspace: Workspace,
    now: datetime,
    reader: Reader,
    problems: Problems,
    *,
    base_url: str | None = None,
    drafts: bool = False,
) -> Catalog | None:
    """The catalog of what is out at `now`, or None when `site.yaml` cannot be understood.

    A bad document is left out and reported. `base_url` overrides that of the settings; `drafts`
    lets drafts and episodes of the future through; private ones stay out always.
    """
    declared = _settings(workspace.settings, base_url, problems)
    settings = _published_at(declared, base_url) if declared else None
    sounds = dict(
        zip(
            workspace.audio,
            reader.measure(audio_file.measure, tuple(workspace.audio.values())),
            strict=True,
        )
    )
    root = settings.site.base_url if settings else ""
    episodes = [
        _with_sound(filed, sounds, root, problems)
        for filed in _read(read_episode, workspace.episodes, reader, problems)
    ]
    pages = _read(read_page, workspace.pages, reader, problems)
    for name in _UNIQUE:
        episodes = _without_twins(episodes, name, problems)
    plays = visualizations.read(workspace.visualizations, reader, problems)
    shown = tuple(_let_out(episodes, now, drafts=drafts))
    slugs = {filed.episode.slug for filed in episodes}
    for filed in shown:
        _check_takes(filed, slugs, problems)
    named = ((filed.episode, filed.document) for filed in shown)
    idents = {files.id for files in workspace.visualizations}
    visualizations.check_names(named, slugs, plays, idents, problems)
    if settings is None or declared is None:
        return None
    files = _transcript_files(shown, workspace.transcripts, problems)
    spoken = _transcripts(shown, files, reader, problems)
    shown = tuple(_with_speech(filed, spoken) for filed in shown)
    lock = _read(read_yaml, [workspace.lock], reader, problems) if workspace.lock else []
    return Catalog(
        settings,
        declared.site.base_url,
        shown,
        tuple(pages),
        visualizations.let_out(plays, _records(shown), _records(episodes)),
        files,
        _withheld(episodes, shown),
        removed=frozenset(_removed(episodes)),
        corrections=_corrections(workspace.works, problems),
        transcripts={slug: one.transcript for slug, one in spoken.items()},
        chapters=_chapters(shown, workspace, sounds, reader, problems),
        lock=lock[0] if lock else None,
        imported=workspace.imported,
        due=min(_waiting(episodes, now), default=None),
    )


def _read(parse: Parse[R], files: Sequence[File], reader: Reader, problems: Problems) -> list[R]:
    """The records of files that can be understood; what is wrong with the others is told."""
    records = []
    for parsed in reader.each(parse, files):
        problems.extend(parsed.problems)
        if parsed.record is not None:
            records.append(parsed.record)
    return records


def _settings(
    document: Document | None, base_url: str | None, problems: Problems
) -> Settings | None:
    """What `site.yaml` says; an address the run was given stands in for one it does not give."""
    if document is None:
        return None
    site = document.data.get("site")
    if base_url and isinstance(site, dict) and "base_url" not in site:
        told = {**document.data, "site": {**site, "base_url": base_url}}
        document = replace(document, data=told)
    return content.read(Settings, document, problems)


def _published_at(settings: Settings, base_url: str | None) -> Settings:
    """The settings for a build that is put at another address."""
    if base_url is None:
        return settings
    moved = settings.site.model_copy(update={"base_url": base_url.rstrip("/") + "/"})
    return settings.model_copy(update={"site": moved})


def _waiting(episodes: Iterable[Filed], now: datetime) -> Iterator[datetime]:
    """When each published episode of the future comes out."""
    for filed in episodes:
        episode = filed.episode
        if episode.status is Status.PUBLISHED and episode.date and episode.date.instant > now:
            yield episode.date.instant


_HIDDEN = (Status.PRIVATE, Status.REMOVED)


def _corrections(
    document: Document | None, problems: Problems
) -> tuple[WorkNotes, Document] | None:
    notes = content.read(WorkNotes, document, problems) if document else None
    return (notes, document) if notes and document else None


def _let_out(episodes: Iterable[Filed], now: datetime, *, drafts: bool) -> Iterator[Filed]:
    """The one door. An episode of the future is a draft until its time has come."""
    for filed in episodes:
        episode = filed.episode
        if episode.date is not None and episode.date.instant > now:
            future = episode.model_copy(update={"status": Status.DRAFT})
            filed = filed if episode.status in _HIDDEN else replace(filed, episode=future)
        if filed.episode.status in _HIDDEN:
            continue
        if drafts or filed.episode.status is not Status.DRAFT:
            yield filed


def _with_sound(
    filed: Filed, sounds: Mapping[str, Sound], base_url: str, problems: Problems
) -> Filed:
    """The record with address and measures of an audio file that lies in `static/`."""
    audio = filed.episode.audio
    if audio is None or audio.file is None:
        return filed
    found = audio_file.placed(audio, sounds, base_url, filed.document.where, problems)
    return replace(filed, episode=filed.episode.model_copy(update={"audio": found}))


def _with_speech(filed: Filed, spoken: Mapping[str, FiledTranscript]) -> Filed:
    """An episode that is compared by what is said in it as well."""
    known = spoken.get(filed.episode.slug)
    if known is None:
        return filed
    joined = terms.joined(filed.features.terms, known.terms)
    return replace(filed, features=replace(filed.features, terms=joined))


def _transcript_files(
    shown: Iterable[Filed], files: Mapping[str, Path], problems: Problems
) -> dict[str, str]:
    """The files of `content/transcripts/` that episodes name; one that is not there is an error."""
    found = {}
    for filed in shown:
        for index, named in enumerate(filed.episode.transcripts):
            name = named.url
            if "://" in name:
                continue
            if name in files:
                found[name] = str(files[name])
                continue
            problems.error(
                filed.document.where("transcripts", index),
                f"there is no file content/transcripts/{name}",
                did_you_mean(name, files) or "put it there, or give a whole address",
            )
    return found


def _transcripts(
    shown: Iterable[Filed], files: Mapping[str, str], reader: Reader, problems: Problems
) -> dict[str, FiledTranscript]:
    """What is said in each episode: the first file it names that is text."""
    wanted = {name: path for name, path in files.items() if urls.is_transcript(name)}
    listed = [File(f"{TRANSCRIPTS}/{name}", Path(path)) for name, path in wanted.items()]
    parsed = dict(zip(wanted, reader.each(read_transcript, listed), strict=True))
    found = {}
    for filed in shown:
        for named in filed.episode.transcripts:
            one = parsed.get(named.url)
            if one is None:
                continue
            problems.extend(one.problems)
            if one.record is not None:
                found[filed.episode.slug] = one.record
                break
    return found


def _chapters(
    shown: Iterable[Filed],
    workspace: Workspace,
    sounds: Mapping[str, Sound],
    reader: Reader,
    problems: Problems,
) -> dict[str, tuple[Chapter, ...]]:
    parsed = reader.each(read_chapters, tuple(workspace.chapters.values()))
    named = {one.episode.chapters_file for one in shown}
    marks = {}
    for name, one in zip(workspace.chapters, parsed, strict=True):
        marks[name] = one.record or ()
        if name in named:
            problems.extend(one.problems)
    return {
        filed.episode.slug: found
        for filed in shown
        if (
            found := chapters.of_episode(
                filed.episode, filed.document, filed.notes, marks, sounds, problems
            )
        )
    }


def _withheld(episodes: Iterable[Filed], shown: Iterable[Filed]) -> frozenset[str]:
    """Sounds and covers in `static/` that hidden episodes use and none that is let out."""
    let_out = list(shown)
    slugs = {filed.episode.slug for filed in let_out}
    hidden = (filed for filed in episodes if filed.episode.slug not in slugs)
    return frozenset(_own_files(hidden)) - frozenset(_own_files(let_out))


def _removed(episodes: Iterable[Filed]) -> Iterator[str]:
    """The guids of episodes taken back on purpose: the feed may lose them."""
    for filed in episodes:
        if filed.episode.guid and filed.episode.status is Status.REMOVED:
            yield filed.episode.guid


def _own_files(episodes: Iterable[Filed]) -> Iterator[str]:
    for filed in episodes:
        audio, image = filed.episode.audio, filed.episode.image
        if audio is not None and audio.file is not None:
            yield urls.static_name(audio.file)
        if image is not None and "://" not in image:
            yield urls.static_name(image)


def _without_twins(episodes: Sequence[Filed], name: str, problems: Problems) -> list[Filed]:
    """The first record of each slug or guid; a second is an error that names both files."""
    first: dict[str, Filed] = {}
    kept = []
    for filed in episodes:
        value = _UNIQUE[name](filed.episode)
        if value is None or first.setdefault(value, filed) is filed:
            kept.append(filed)
            continue
        problems.error(
            filed.document.where(name),
            f'`{name}` is the same as in {first[value].document.file}: "{value}"',
            _TWIN_REMEDY[name],
        )
    return kept


_UNIQUE: Mapping[str, Callable[[Episode], str | None]] = {
    "slug": lambda episode: episode.slug,
    "guid": lambda episode: episode.guid,
}
_TWIN_REMEDY = {
    "slug": "give the newer episode another slug",
    "guid": "keep the guid of the episode it was published with; the other needs its own",
}


def _records(filed: Iterable[Filed]) -> list[Episode]:
    return [one.episode for one in filed]


def _check_takes(filed: Filed, slugs: Iterable[str], problems: Problems) -> None:
    for place, slug in enumerate(filed.episode.takes):
        where = filed.document.where("takes", place)
        if slug == filed.episode.slug:
            problems.error(where, "the episode is named as a take of itself", "take the line out")
        elif slug not in slugs:
            problems.error(where, f"no episode is called `{slug}`", did_you_mean(slug, slugs))
