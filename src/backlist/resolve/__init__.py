"""Text becomes records, or an error; and the one door where hidden episodes end.

After this stage no private, draft or future episode exists, so no later stage can leak one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from backlist import content, urls
from backlist.content import Document
from backlist.files import File, Parse
from backlist.load import CHAPTERS, TRANSCRIPTS, Reader, Workspace
from backlist.model import Episode, Settings, Status, WorkNotes
from backlist.model.scalars import Moment
from backlist.parse import audio_file
from backlist.parse.audio_file import Sound
from backlist.parse.features import terms
from backlist.parse.moments import AnyChapter
from backlist.parse.transcript import Transcript
from backlist.pictures import Picture
from backlist.problems import Problems, Where, did_you_mean
from backlist.resolve import (
    chapters,
    copies,
    covers,
    identity,
    language,
    topics,
    transcripts,
    visualizations,
)
from backlist.resolve.files import (
    EpisodeFile,
    PageFile,
    TranscriptFile,
    read_episode,
    read_page,
    read_yaml,
)
from backlist.resolve.visualizations import VisualizationRecord

__all__ = ["Catalog", "EpisodeFile", "PageFile", "resolve"]

R = TypeVar("R")
PICTURES = "pictures/"
"""The folder in `static/` for what notes show."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """Typed records, everything hidden taken out.

    `base_url` is the address that `site.yaml` gives, however the run was asked to override it.
    `assigned` are the guids to be written into files, which were made here and had none.
    `files` are the transcripts that episodes let out name, by name, and `transcripts` what is
    said in an episode, by its slug; `chapters` the marks of each; `withheld` the names in
    `static/` that only hidden ones use; `removed` the episodes taken back on purpose; `waiting`
    the dates of those that are not out yet, by guid; `hidden` counts by reason the episodes not
    let out; `lock` the feed lock; `imported` the raw records of an import, by slug; `due` is when
    the next episode of the future comes out. `pictures` are the covers in `static/` that the show
    and episodes let out name, by name.
    """

    settings: Settings
    base_url: str
    episodes: tuple[EpisodeFile, ...]
    pages: tuple[PageFile, ...]
    visualizations: Mapping[str, VisualizationRecord]
    files: Mapping[str, str]
    withheld: frozenset[str]
    assigned: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[Episode, ...] = ()
    waiting: Mapping[str, Moment] = field(default_factory=dict)
    corrections: tuple[WorkNotes, Document] | None = None
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)
    chapters: Mapping[str, tuple[AnyChapter, ...]] = field(default_factory=dict)
    lock: Document | None = None
    imported: Mapping[str, File] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)
    due: datetime | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)


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
    declared = _settings(workspace.settings, base_url, reader, problems)
    settings = _published_at(declared, base_url) if declared else None
    sounds = dict(
        zip(
            workspace.audio,
            reader.measure(audio_file.measure, tuple(workspace.audio.values())),
            strict=True,
        )
    )
    root = settings.site.base_url if settings else ""
    home = copies.Home(workspace, settings.site.feed.copies if settings else (), reader, problems)
    episodes = [
        _with_sound(home.with_copies(item), sounds, root, problems)
        for item in _read(read_episode, workspace.episodes, reader, problems)
    ]
    assigned: Mapping[str, str] = {}
    if declared is not None:
        episodes, assigned = identity.with_guids(
            episodes, workspace.imported, declared, now, reader, problems
        )
    pages = _read(read_page, workspace.pages, reader, problems)
    for name in _UNIQUE:
        episodes = _without_duplicates(episodes, name, problems)
    records = visualizations.read(workspace.visualizations, reader, problems)
    shown = tuple(_let_out(episodes, now, drafts=drafts))
    slugs = {item.episode.slug for item in episodes}
    shown = topics.assign(shown, slugs, workspace.topics, problems)
    for item in shown:
        _check_same_paper(item, slugs, problems)
    named = ((item.episode, item.document) for item in shown)
    out = {item.episode.slug for item in shown}
    idents = {files.id for files in workspace.visualizations}
    visualizations.check_names(named, slugs, records, idents, problems)
    if settings is None or declared is None:
        return None
    _tell_unused(_records(episodes), home, workspace, problems)
    shown = tuple(transcripts.published(item, problems) for item in shown)
    files = transcripts.files(shown, workspace.transcripts, problems)
    spoken, empty = transcripts.spoken(shown, files, reader, problems)
    files = {name: path for name, path in files.items() if name not in empty}
    shown = tuple(_with_speech(transcripts.without(item, empty), spoken) for item in shown)
    lock = _read(read_yaml, [workspace.lock], reader, problems) if workspace.lock else []
    marks = chapters.find(shown, workspace, home, sounds, reader, problems)
    pictures = covers.find(settings, shown, marks, workspace.theme.assets, reader)
    return Catalog(
        covers.coloured(settings, pictures, workspace.theme.assets, reader),
        declared.site.base_url,
        shown,
        tuple(pages),
        visualizations.let_out(records, _records(shown), _records(episodes)),
        files,
        _withheld(episodes, shown),
        assigned=assigned,
        removed=tuple(_removed(episodes)),
        waiting=dict(_not_yet_out(episodes, now)),
        corrections=_corrections(workspace.works, problems),
        transcripts={slug: one.transcript for slug, one in spoken.items()},
        chapters=marks,
        lock=lock[0] if lock else None,
        imported=workspace.imported,
        hidden=Counter(_why_hidden(item, now) for item in episodes if item.episode.slug not in out),
        due=min(_waiting(episodes, now), default=None),
        pictures=pictures,
    )


def _read(parse: Parse[R], files: Sequence[File], reader: Reader, problems: Problems) -> list[R]:
    """The records of files that can be understood; what is wrong with the others is reported."""
    records = []
    for parsed in reader.each(parse, files):
        problems.extend(parsed.problems)
        if parsed.record is not None:
            records.append(parsed.record)
    return records


def _settings(
    document: Document | None, base_url: str | None, reader: Reader, problems: Problems
) -> Settings | None:
    """What `site.yaml` says, its labels in the language of the show.

    An address the run was given stands in for one it does not give.
    """
    if document is None:
        return None
    site = document.data.get("site")
    if base_url and isinstance(site, dict) and "base_url" not in site:
        told = {**document.data, "site": {**site, "base_url": base_url}}
        document = replace(document, data=told)
    settings = content.read(Settings, document, problems)
    return settings and language.spoken(_in_ascii(settings), document, reader, problems)


def _in_ascii(settings: Settings) -> Settings:
    """The settings with the site's own addresses as feeds, sitemaps and servers need them."""
    site, feed = settings.site, settings.site.feed
    own = feed.model_copy(
        update={
            "url": feed.url and urls.escaped(feed.url),
            "previous_urls": tuple(map(urls.escaped, feed.previous_urls)),
        }
    )
    moved = site.model_copy(update={"base_url": urls.escaped(site.base_url), "feed": own})
    return settings.model_copy(update={"site": moved})


def _published_at(settings: Settings, base_url: str | None) -> Settings:
    """The settings for a build that is put at another address."""
    if base_url is None:
        return settings
    moved = settings.site.model_copy(update={"base_url": urls.escaped(base_url).rstrip("/") + "/"})
    return settings.model_copy(update={"site": moved})


def _waiting(episodes: Iterable[EpisodeFile], now: datetime) -> Iterator[datetime]:
    """When each published episode of the future comes out."""
    for item in episodes:
        episode = item.episode
        if episode.status is Status.PUBLISHED and episode.date and episode.date.instant > now:
            yield episode.date.instant


_HIDDEN = (Status.PRIVATE, Status.REMOVED)


def _corrections(
    document: Document | None, problems: Problems
) -> tuple[WorkNotes, Document] | None:
    notes = content.read(WorkNotes, document, problems) if document else None
    return (notes, document) if notes and document else None


def _let_out(
    episodes: Iterable[EpisodeFile], now: datetime, *, drafts: bool
) -> Iterator[EpisodeFile]:
    """The one door. An episode of the future is a draft until its time has come."""
    for item in episodes:
        episode = item.episode
        if episode.date is not None and episode.date.instant > now:
            future = episode.model_copy(update={"status": Status.DRAFT})
            item = item if episode.status in _HIDDEN else replace(item, episode=future)
        if item.episode.status in _HIDDEN:
            continue
        if drafts or item.episode.status is not Status.DRAFT:
            yield item


def _why_hidden(item: EpisodeFile, now: datetime) -> str:
    episode = item.episode
    if episode.status in (*_HIDDEN, Status.DRAFT):
        return f"with `status: {episode.status}`"
    return "dated in the future"


def _with_sound(
    item: EpisodeFile, sounds: Mapping[str, Sound], base_url: str, problems: Problems
) -> EpisodeFile:
    """The record with address and measures of an audio file that lies in `static/`.

    An address goes out in ASCII: apps drop an episode over a space in it.
    """
    audio = item.episode.audio
    if audio is None:
        return item
    if audio.file is not None:
        found = audio_file.placed(audio, sounds, base_url, item.document.where, problems)
    elif (address := urls.escaped(audio.url)) != audio.url:
        problems.info(
            item.document.where("audio"),
            f"has an audio address not in ASCII: {audio.url}",
            f"percent-encode it; it is published as {address}",
        )
        found = audio.model_copy(update={"url": address})
    else:
        return item
    return replace(item, episode=item.episode.model_copy(update={"audio": found}))


def _with_speech(item: EpisodeFile, spoken: Mapping[str, TranscriptFile]) -> EpisodeFile:
    """An episode that is compared by what is said in it as well."""
    known = spoken.get(item.episode.slug)
    if known is None:
        return item
    joined = terms.joined(item.features.terms, known.terms)
    return replace(item, features=replace(item.features, terms=joined))


def _tell_unused(
    episodes: Iterable[Episode], home: copies.Home, workspace: Workspace, problems: Problems
) -> None:
    """Report the transcripts and chapters that no episode names: they are published nowhere."""
    listed = list(episodes)
    spoken = {one.url for episode in listed for one in episode.transcripts}
    marked = {home.chapters_file(episode) for episode in listed}
    for folder, names, used, hint in (
        (TRANSCRIPTS, workspace.transcripts, spoken, "`transcripts: [{}]`"),
        (CHAPTERS, workspace.chapters, marked, "`chapters_file: {}`"),
    ):
        for name in names:
            if name not in used:
                told = f"name it in the episode it belongs to: {hint.format(name)}"
                problems.info(Where(f"{folder}/{name}"), "is not used: no episode names it", told)


def _withheld(episodes: Iterable[EpisodeFile], shown: Iterable[EpisodeFile]) -> frozenset[str]:
    """Sounds and pictures in `static/` that hidden episodes use and none that is let out."""
    let_out = list(shown)
    slugs = {item.episode.slug for item in let_out}
    hidden = (item for item in episodes if item.episode.slug not in slugs)
    return frozenset(_own_files(hidden)) - frozenset(_own_files(let_out))


def _removed(episodes: Iterable[EpisodeFile]) -> Iterator[Episode]:
    """The episodes taken back on purpose: the feed may lose them."""
    for item in episodes:
        if item.episode.guid and item.episode.status is Status.REMOVED:
            yield item.episode


def _not_yet_out(episodes: Iterable[EpisodeFile], now: datetime) -> Iterator[tuple[str, Moment]]:
    """Guid and date of each published episode of the future."""
    for item in episodes:
        episode = item.episode
        future = episode.date is not None and episode.date.instant > now
        if episode.guid and episode.date and future and episode.status is Status.PUBLISHED:
            yield episode.guid, episode.date


def _own_files(episodes: Iterable[EpisodeFile]) -> Iterator[str]:
    for item in episodes:
        audio, image = item.episode.audio, item.episode.image
        if audio is not None and audio.file is not None:
            yield urls.static_name(audio.file)
        if image is not None and "://" not in image:
            yield urls.static_name(image)
        for chapter in item.episode.chapters:
            yield urls.own_picture(chapter.image or "", "")
        yield from copies.named_files(item.episode)
        yield from (name for name in item.notes.pictures if name.startswith(PICTURES))


def _without_duplicates(
    episodes: Sequence[EpisodeFile], name: str, problems: Problems
) -> list[EpisodeFile]:
    """The first record of each slug or guid; a second is an error that names both files."""
    first: dict[str, EpisodeFile] = {}
    kept = []
    for item in episodes:
        value = _UNIQUE[name](item.episode)
        alike = urls.folded(value) if value and name == "slug" else value
        if alike is None or first.setdefault(alike, item) is item:
            kept.append(item)
            continue
        problems.error(
            item.document.where(name),
            f'`{name}` is the same as in {first[alike].document.file}: "{value}"',
            _DUPLICATE_HINT[name],
        )
    return kept


_UNIQUE: Mapping[str, Callable[[Episode], str | None]] = {
    "slug": lambda episode: episode.slug,
    "guid": lambda episode: episode.guid,
}
_DUPLICATE_HINT = {
    "slug": "give the newer episode another slug",
    "guid": "keep the guid of the episode it was published with; the other needs its own",
}


def _records(items: Iterable[EpisodeFile]) -> list[Episode]:
    return [item.episode for item in items]


def _check_same_paper(item: EpisodeFile, slugs: Iterable[str], problems: Problems) -> None:
    for place, slug in enumerate(item.episode.same_paper):
        where = item.document.where("same_paper", place)
        if slug == item.episode.slug:
            problems.error(where, "the episode names itself", "remove the line")
        elif slug not in slugs:
            problems.error(where, f"no episode is called `{slug}`", did_you_mean(slug, slugs))
