"""`add`: episodes that a program gives, merged into the site's records.

What was given last is kept in `content/added/`: it is the base that tells a person's edit from a
change of the program's, as `content/imported/` does for an import. The same input twice changes
nothing. These episodes are made here: they get their guids here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from backlist import content, files, http, urls
from backlist.commands.create_episode import Here, Known, read_site, slug_for, write
from backlist.commands.create_episode.given import Given, read_given
from backlist.commands.create_episode.merge import decide
from backlist.commands.create_episode.sound import SoundError, with_measures
from backlist.importers import fields, records
from backlist.importers.report import Report
from backlist.load import ADDED
from backlist.model import Audio, Episode, writable
from backlist.model.scalars import Moment
from backlist.problems import Problems, Where
from backlist.resolve.identity import guid_for


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What may be asked of `add`: no server is asked if `offline`, nothing written if `dry_run`.

    `private` says that recordings may be on this machine or a private network.
    """

    offline: bool = False
    dry_run: bool = False
    private: bool = False


def add(
    root: Path,
    text: str,
    name: str,
    now: datetime,
    problems: Problems,
    options: AddOptions = AddOptions(),
) -> Report | None:
    """Add the episodes of a JSON text called `name`; all of them, or none and every error.

    Raises `BacklistError` where there is no site, or its folder cannot be written to.
    """
    here = read_site(root, problems)
    given = read_given(text, name, problems)
    if here is None:
        return None
    adding = _Adding(here, now, problems, options)
    for one in given:
        adding.take(one)
    if problems.stop():
        return None
    if not options.dry_run:
        write(root, adding.writes)
    return adding.report(name, len(given))


class _Adding:
    """One run, episode by episode."""

    def __init__(self, here: Here, now: datetime, problems: Problems, options: AddOptions) -> None:
        self.here, self.now, self.problems, self.options = here, now, problems, options
        self.taken = {urls.folded(one.slug) for one in here.known}
        self.guids = here.guids
        self.by_guid = {one.guid: one for one in here.known if one.guid}
        self.by_slug = {urls.folded(one.slug): one for one in here.known}
        self.by_sound = {_plain(one.sound): one for one in here.known if one.sound}
        self.claimed: dict[str, Where] = {}
        self.writes: dict[str, str] = {}
        self.new: list[str] = []
        self.changed: list[tuple[str, tuple[str, ...]]] = []
        self.kept: list[tuple[str, tuple[str, ...]]] = []
        self.unchanged = 0

    def take(self, given: Given) -> None:
        """Plan what one episode changes."""
        episode, where = given.episode, given.where
        record = self._find(episode)
        name = episode.guid or episode.slug or sound_of_episode(episode) or episode.title
        key = record.path if record else name
        if key in self.claimed:
            first = self.claimed[key]
            hint = "give each episode once, with a guid of its own"
            self.problems.error(where, f"is the same episode as on line {first.line}", hint)
            return
        self.claimed[key] = where
        self._check_files(given)
        if record is None:
            self._create(given)
        else:
            self._change(given, record)

    def _find(self, episode: Episode) -> Known | None:
        """The record of an episode: by guid, else by slug, else by recording, else as last given.

        A guid that no record has is another episode, whatever else is the same.
        """
        sound = sound_of_episode(episode)
        found = self.by_guid.get(episode.guid or "")
        found = found or self.by_slug.get(urls.folded(episode.slug))
        if found is None and sound:
            heard = self.by_sound.get(sound)
            found = None if heard and heard.guid and episode.guid else heard
        if found or episode.guid or episode.slug or sound:
            return found
        return self._by_title.get(episode.title)

    @cached_property
    def _by_title(self) -> Mapping[str, Known]:
        """The records of episodes without a guid, by the title they were last given with."""
        found = ((self._base(one), one) for one in self.here.known)
        return {base.title: one for base, one in found if base is not None and not base.guid}

    def _check_files(self, given: Given) -> None:
        """That what a record names in the site is there, for which a program is responsible."""
        audio = given.episode.audio
        wanted: list[tuple[tuple[str | int, ...], str]] = []
        if audio and audio.file:
            wanted.append((("audio", "file"), f"static/{urls.static_name(audio.file)}"))
        for number, one in enumerate(given.episode.transcripts):
            if "://" not in one.url:
                wanted.append((("transcripts", number), f"content/transcripts/{one.url}"))
        if given.episode.chapters_file:
            name = f"content/chapters/{given.episode.chapters_file}"
            wanted.append((("chapters_file",), name))
        for key, file in wanted:
            if not files.exists(self.here.root, file, self.problems):
                hint = "write that file first, or give an address"
                self.problems.error(given.document.where(*key), f"there is no file {file}", hint)

    def _create(self, given: Given) -> None:
        episode = _record(given.episode)
        slug = episode.slug or self._new_slug(episode)
        if urls.folded(slug) in self.taken:
            hint = "give the episode a `slug` of its own"
            self.problems.error(given.where, f"another episode is called `{slug}`", hint)
            return
        if not episode.guid and episode.audio is None and not given.episode.slug:
            self._tell_nameless(given)
        self.taken.add(urls.folded(slug))
        today = Moment(self.now.replace(microsecond=0))
        made = episode.model_copy(
            update={
                "slug": slug,
                "date": episode.date or today,
                "audio": episode.audio and self._measured(given, episode.audio),
            }
        )
        made = made.model_copy(update={"guid": self._guid(made)})
        file = records.file_of(made)
        if files.exists(self.here.root, file, self.problems):
            hint = "give the episode another `slug`, or move that file"
            self.problems.error(Where(file), "is already there", hint)
        self.writes[file] = records.write(made)
        self.writes[_base_file(slug)] = _base_text(episode.model_copy(update={"slug": slug}))
        self.new.append(file)

    def _new_slug(self, episode: Episode) -> str:
        """That of the title; where it is taken, with a mark that the same input gets again."""
        plain = slug_for(episode.title, self.here)
        if urls.folded(plain) not in self.taken:
            return plain
        keys = (episode.guid, sound_of_episode(episode), f"{episode.title} {episode.date or ''}")
        script = self.here.settings.site.every_script
        quiet = Problems()
        return records.choose_slug(
            episode.title, keys, self.taken, Where(""), quiet, every_script=script
        )

    def _tell_nameless(self, given: Given) -> None:
        self.problems.info(
            given.where,
            "has no guid, slug or audio: it is known again by its title alone",
            "give it a `slug`, so that a changed title is no new episode",
        )

    def _guid(self, episode: Episode) -> str | None:
        """The guid that is given, or one of our own for an episode that has sound."""
        guid = episode.guid
        if guid is None and episode.audio is not None:
            guid = guid_for(episode, self.here.settings, self.guids)
        if guid:
            self.guids.add(guid)
        return guid

    def _measured(self, given: Given, audio: Audio) -> Audio:
        """Audio at an address with its size and playing time, where these are not given."""
        if audio.file or self.options.offline or None not in (audio.length, audio.duration):
            return audio
        home = (lambda _: True) if self.options.private else http.nowhere
        try:
            return with_measures(audio, at_home=home)
        except SoundError as error:
            hint = "check the address, and give `length` (bytes) and `duration`, or use `--offline`"
            message = f"{audio.url} {error.message}"
            self.problems.error(given.document.where("audio"), message, hint)
        return audio

    def _change(self, given: Given, record: Known) -> None:
        mine = content.read(Episode, record.document, self.problems, body=record.document.body)
        if mine is None:
            return
        episode = _record(given.episode).model_copy(update={"slug": mine.slug})
        if episode.guid and mine.guid and episode.guid != mine.guid:
            self.problems.error(
                given.document.where("guid"),
                f"{record.path} has the guid `{mine.guid}`, which never changes",
                "give that guid, or another `slug` if this is another episode",
            )
            return
        base = self._base(record)
        changes = decide(mine, base, episode, lambda audio: self._measured(given, audio))
        chosen = dict(changes.set)
        if "audio" in chosen and mine.guid is None and episode.guid is None:
            chosen["guid"] = self._guid(episode)
        self._amend(record, chosen, changes)
        if base != episode:
            self.writes[_base_file(mine.slug)] = _base_text(episode)

    def _amend(self, record: Known, chosen: Mapping[str, Any], changes: fields.Changes) -> None:
        if changes.kept:
            self.kept.append((record.path, changes.kept))
        if not chosen and changes.body is None:
            self.unchanged += 1
            return
        text = content.amend(record.text, chosen) if chosen else record.text
        text = text if changes.body is None else content.replace_body(text, changes.body)
        self.writes[record.path] = text
        named = [*chosen, *(["body"] if changes.body is not None else [])]
        self.changed.append((record.path, tuple(named)))

    def _base(self, record: Known) -> Episode | None:
        """What was given last for a record."""
        file = _base_file(record.slug)
        path = self.here.root / file
        if not path.is_file():
            return None
        found = records.read_base(path.read_text("utf-8"), file, self.problems)
        return found.episode if found else None

    def report(self, name: str, found: int) -> Report:
        """What was done."""
        return Report(
            sources=(name,),
            found=found,
            new=tuple(self.new),
            changed=tuple(self.changed),
            unchanged=self.unchanged,
            kept=tuple(self.kept),
            wrote=len(self.writes),
            dry=self.options.dry_run,
        )


def _base_file(slug: str) -> str:
    return f"{ADDED}/{slug}.yaml"


def _base_text(episode: Episode) -> str:
    """What was given, to be compared with what is given next."""
    derived = writable(episode) | ({"body": episode.body} if episode.body else {})
    return content.dump_yaml({"derived": derived})


def _record(given: Episode) -> Episode:
    """What a program gave as a record, which may not have its slug yet."""
    return Episode.model_construct(**{name: getattr(given, name) for name in Episode.model_fields})


def sound_of_episode(episode: Episode) -> str | None:
    """What tells its recording from others: an address, or a name in `static/`."""
    audio = episode.audio
    return _plain(audio.url or audio.file or "") if audio else None


def _plain(sound: str) -> str:
    return sound if "://" in sound else urls.static_name(sound)
