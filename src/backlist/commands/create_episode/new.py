"""`new`: the record of an episode that a person goes on to write."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backlist import content, files, urls
from backlist.commands.create_episode import Here, read_site, slug_for, sound, write
from backlist.commands.create_episode.sound import Recording, SoundError
from backlist.importers import records
from backlist.model import Episode, Status, writable
from backlist.model.episode import NOTES_TO_WRITE
from backlist.model.scalars import Moment
from backlist.problems import Problems, Where
from backlist.resolve.identity import guid_for

_READY = "# Remove the next line when the episode is ready: a draft is on no page and in no feed.\n"
_MORE = """\
# summary: One or two sentences for lists and apps; without it, the first paragraph of the notes.
# topics: [One topic, another]
# people: [Who is heard]        without it, the people of the show
# `backlist docs episode` lists every key.
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for: `audio` is a path or an address, `offline` asks no server for it.

    Without `date` the episode is of now; without `slug` it is called after its title.
    """

    title: str
    audio: str | None = None
    date: Moment | None = None
    slug: str | None = None
    published: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Created:
    """The file of the record from the site's folder, and what is known of its recording."""

    file: str
    sound: str = ""


def create(root: Path, wish: Wish, now: datetime, problems: Problems) -> Created | None:
    """Write the record of a new episode, and its sound into `static/`; None, and why, if not.

    A draft, unless it is to be published: what is once in the feed cannot be taken back. Raises
    `BacklistError` where there is no site, or its folder cannot be written to.
    """
    here = read_site(root, problems)
    if here is None:
        return None
    slug = wish.slug or slug_for(wish.title, here)
    if _is_taken(slug, wish, here, problems):
        return None
    try:
        recording = _recording(wish, here, slug, problems)
        if problems.stop():
            return None
        episode = _episode(wish, slug, recording, here, now)
        file = records.file_of(episode)
        if files.exists(root, file, problems):
            problems.error(Where(file), "is already there", "give the episode another `--slug`")
            return None
        if recording is not None:
            sound.bring(recording, root)
    except SoundError as error:
        problems.error(Where(wish.audio or ""), error.message, error.hint)
        return None
    write(root, {file: _text(episode)})
    return Created(file, recording.describe() if recording else "")


def _is_taken(slug: str, wish: Wish, here: Here, problems: Problems) -> bool:
    """Whether an episode has this slug; two of one title are more often a mistake than not."""
    for one in here.known:
        if urls.folded(one.slug) == urls.folded(slug):
            message = f"is the episode `{slug}` already"
            hint = f"edit that file, or give this one a slug of its own: `--slug {slug}-2`"
            problems.error(one.document.where("slug"), message, hint)
            return True
    return False


def _recording(wish: Wish, here: Here, slug: str, problems: Problems) -> Recording | None:
    """The sound, if one is given; that another episode has it is an error."""
    if wish.audio is None:
        return None
    found = sound.find(wish.audio, here.root, slug, offline=wish.offline)
    given = found.audio.url or found.audio.file
    for one in here.known:
        if one.sound and _name(one.sound) == _name(given or ""):
            message = f"has this recording already: {given}"
            problems.error(one.document.where("audio"), message, "edit that file")
    target = here.root / "static" / (found.audio.file or "")
    if found.copy_from and target.exists() and not _is_same(found.copy_from, target):
        hint = "remove it if nothing needs it, or give the episode another `--slug`"
        problems.error(Where(f"static/{found.audio.file}"), "is another recording", hint)
    return found


def _name(given: str) -> str:
    return given if "://" in given else urls.static_name(given)


def _is_same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _episode(
    wish: Wish, slug: str, recording: Recording | None, here: Here, now: datetime
) -> Episode:
    today = Moment(now.astimezone().replace(second=0, microsecond=0))
    episode = Episode(
        title=wish.title,
        slug=slug,
        date=wish.date or today,
        status=Status.PUBLISHED if wish.published else Status.DRAFT,
        audio=recording.audio if recording else None,
    )
    guid = guid_for(episode, here.settings, here.guids) if recording else None
    return episode.model_copy(update={"guid": guid})


def _text(episode: Episode) -> str:
    """The record as a person finds it: what is known, and what there is to write."""
    data = writable(episode)
    status = {key: data.pop(key) for key in ("status",) if key in data}
    front = content.dump_yaml(data) + (_READY + content.dump_yaml(status) if status else "")
    notes = f"\n{NOTES_TO_WRITE}\n" if status else ""
    return f"---\n{front}{_MORE}---\n{notes}"
