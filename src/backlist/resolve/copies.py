"""Copies that `backlist mirror` brought home, where records name the addresses they came from.

A record stays as it is written, and with it what feeds say unless the site wants it otherwise.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from backlist import content, theme, urls
from backlist.cache.keys import key_of
from backlist.files import Parsed
from backlist.load import CHAPTERS, TRANSCRIPTS, Reader, Workspace
from backlist.model import Audio, Copy, Episode, TranscriptRef
from backlist.model.copies import CopiedAudio, CopiedTranscript
from backlist.problems import Problems
from backlist.resolve.files import EpisodeFile


def read(name: str, data: bytes) -> Parsed[Mapping[str, Copy]]:
    """Address → copy, as `content/mirror.yaml` says."""
    problems = Problems()
    found = content.read_copies(data, problems)
    return Parsed(found, tuple(problems.found))


class Home:
    """The copies that are there; `served` are the kinds that feeds name at this site."""

    def __init__(
        self, workspace: Workspace, served: Collection[str], reader: Reader, problems: Problems
    ) -> None:
        self.served = served
        files = [workspace.copies] if workspace.copies else []
        (parsed,) = reader.each(read, files) or [Parsed({})]
        problems.extend(parsed.problems)
        self.copies = parsed.record or {}
        self.folders = {
            TRANSCRIPTS: workspace.transcripts,
            CHAPTERS: workspace.chapters,
            theme.STATIC: workspace.theme.assets,
        }

    def file(self, address: str | None, folder: str) -> str:
        """The name in a folder of an address's copy; empty where there is none."""
        known = self.copies.get(address or "")
        name = (known.file or "").removeprefix(f"{folder}/") if known else ""
        return name if name in self.folders[folder] else ""

    def with_copies(self, item: EpisodeFile) -> EpisodeFile:
        """An episode that knows the copies of its transcripts and of its recording."""
        if not self.copies:
            return item
        episode = item.episode
        changes: dict[str, object] = {
            "transcripts": tuple(map(self._transcript, episode.transcripts)),
            "audio": episode.audio and self._audio(episode.audio),
        }
        if "chapters" in self.served:
            # A file of the record's own is served by this site, and named by its feed.
            changes["chapters_file"] = self.chapters_file(episode)
        if changes == {name: getattr(episode, name) for name in changes}:
            return item
        changed = episode.model_copy(update=changes)
        return replace(item, episode=changed, digest=key_of(item.digest, *changes.values()))

    def _transcript(self, one: TranscriptRef) -> TranscriptRef:
        name = self.file(one.url, TRANSCRIPTS)
        if not name:
            return one
        said = dict(one) | {"url": name, "type": None, "original": one}
        return CopiedTranscript.model_construct(**said)

    def _audio(self, audio: Audio) -> Audio:
        known = self.copies.get(audio.url)
        if known is None:
            return audio
        file = self.file(audio.url, theme.STATIC)
        place = {"copy_file": file, "copy_url": "" if file else next(iter(known.at), "")}
        if not any(place.values()):
            return audio
        return CopiedAudio.model_construct(**dict(audio) | place | {"copy_size": known.size})

    def chapters_file(self, episode: Episode) -> str | None:
        """The file of an episode's chapters: its own, else the copy of the one it names elsewhere.

        A record's own marks count before both.
        """
        own = episode.chapters_file
        copy = "" if own or episode.chapters else self.file(episode.chapters_url, CHAPTERS)
        return own or copy or None


def named_files(episode: Episode) -> tuple[str, ...]:
    """The names in `static/` of an episode's copies."""
    audio = episode.audio
    found = audio.copy_file if isinstance(audio, CopiedAudio) else ""
    return (urls.static_name(found),) if found else ()
