"""Text becomes records, or a fault; and the one door where hidden episodes end.

After this stage no private, draft or future episode exists, so no later stage can leak one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from backlist import content, urls
from backlist.content import Document
from backlist.load import TRANSCRIPTS, Workspace
from backlist.model import Chapter, Episode, Page, Settings, Status, WorkNotes
from backlist.parse import audio_file, chapters, transcript
from backlist.parse.transcript import Script
from backlist.problems import Problems, Where, did_you_mean
from backlist.resolve import visualizations
from backlist.resolve.visualizations import Play


@dataclass(frozen=True, slots=True)
class Filed:
    """An episode and the document it was read from."""

    episode: Episode
    document: Document


@dataclass(frozen=True, slots=True)
class Catalog:
    """Typed records, everything hidden taken out.

    `transcripts` are the files that episodes let out name, `scripts` the text of the first of
    each by the episode's slug, `chapters` the marks of each; `withheld` the names in `static/`
    that only hidden ones use; `removed` the guids of those taken back on purpose.
    """

    settings: Settings
    episodes: tuple[Filed, ...]
    pages: tuple[tuple[Page, Document], ...]
    visualizations: Mapping[str, Play]
    transcripts: Mapping[str, str]
    withheld: frozenset[str]
    removed: frozenset[str] = frozenset()
    corrections: tuple[WorkNotes, Document] | None = None
    scripts: Mapping[str, Script] = field(default_factory=dict)
    chapters: Mapping[str, tuple[Chapter, ...]] = field(default_factory=dict)


def resolve(
    workspace: Workspace, now: datetime, problems: Problems, *, drafts: bool = False
) -> Catalog | None:
    """The catalog of what is out at `now`, or None when `site.yaml` cannot be understood.

    A bad document is left out and reported. `drafts` lets drafts and episodes of the future
    through; private ones stay out always.
    """
    document = workspace.settings
    settings = content.read(Settings, document, problems) if document else None
    base_url = settings.site.base_url if settings else ""
    episodes = [
        _with_sound(Filed(episode, document), workspace, base_url, problems)
        for document in workspace.episodes
        if (episode := content.read(Episode, document, problems, body=document.body))
    ]
    pages = [
        (page, document)
        for document in workspace.pages
        if (page := content.read(Page, document, problems, body=document.body))
    ]
    for name in _UNIQUE:
        episodes = _without_twins(episodes, name, problems)
    plays = visualizations.read(workspace.visualizations, problems)
    shown = tuple(_let_out(episodes, now, drafts=drafts))
    slugs = {filed.episode.slug for filed in episodes}
    for filed in shown:
        _check_takes(filed, slugs, problems)
    named = ((filed.episode, filed.document) for filed in shown)
    idents = {files.id for files in workspace.visualizations}
    visualizations.check_names(named, slugs, plays, idents, problems)
    if settings is None:
        return None
    transcripts = _transcripts(shown, workspace.transcripts, problems)
    withheld = _withheld(episodes, shown)
    return Catalog(
        settings,
        shown,
        tuple(pages),
        visualizations.let_out(plays, _records(shown), _records(episodes)),
        transcripts,
        withheld,
        removed=frozenset(_removed(episodes)),
        corrections=_corrections(workspace.works, problems),
        scripts=_scripts(shown, workspace.scripts, problems),
        chapters=_chapters(shown, workspace, problems),
    )


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


def _with_sound(filed: Filed, workspace: Workspace, base_url: str, problems: Problems) -> Filed:
    """The record with address and measures of a sound file that lies in `static/`."""
    audio = filed.episode.audio
    if audio is None or audio.file is None:
        return filed
    where = filed.document.where
    found = audio_file.placed(audio, workspace.sounds, base_url, where, problems)
    return replace(filed, episode=filed.episode.model_copy(update={"audio": found}))


def _transcripts(
    shown: Iterable[Filed], files: Mapping[str, Path], problems: Problems
) -> dict[str, str]:
    """The files of `content/transcripts/` that episodes name; one that is not there is an error."""
    found = {}
    for filed in shown:
        for place, named in enumerate(filed.episode.transcripts):
            name = named.url
            if "://" in name:
                continue
            if name in files:
                found[name] = str(files[name])
                continue
            problems.error(
                filed.document.where("transcripts", place),
                f"there is no file content/transcripts/{name}",
                did_you_mean(name, files) or "put it there, or give a whole address",
            )
    return found


def _scripts(
    shown: Iterable[Filed], texts: Mapping[str, Script], problems: Problems
) -> dict[str, Script]:
    """What is said in an episode: the first file it names that is text."""
    found = {}
    for filed in shown:
        named = (texts.get(one.url) for one in filed.episode.transcripts)
        script = next(filter(None, named), None)
        if script:
            found[filed.episode.slug] = script
            _report_script(script, problems)
    return found


def _chapters(
    shown: Iterable[Filed], workspace: Workspace, problems: Problems
) -> dict[str, tuple[Chapter, ...]]:
    files, sounds = workspace.chapters, workspace.sounds
    return {
        filed.episode.slug: found
        for filed in shown
        if (found := chapters.of_episode(filed.episode, filed.document, files, sounds, problems))
    }


def _report_script(script: Script, problems: Problems) -> None:
    """What cannot be read in a transcript: three places, and how many more there are."""
    faults = transcript.faults(script.name, script.text)
    for number, fault in enumerate(faults[:_TOLD], 1):
        line, _, what = fault.partition(" ")
        more = f" (and {len(faults) - number} more such)" if number == _TOLD < len(faults) else ""
        problems.warning(
            Where(f"{TRANSCRIPTS}/{script.name}", int(line)),
            what + more,
            "the rest of the file is read; mend the place, or write the transcript anew",
        )


_TOLD = 3
"""Places told of one transcript."""


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
