"""What another party's format says of a show and its episodes, before any of it is believed.

A draft is a record that is not finished: it has the fields of `Episode` or `Show`, only those the
format shows, and a few facts of the import. Nothing here has been compared with the records a
site keeps (that is `merge`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backlist import urls
from backlist.importers.losses import Loss
from backlist.model import Audio, Episode, Show, TranscriptRef, writable
from backlist.problems import Problems, Where


class ShowDraft(Show):
    """A show as a source gives it.

    `feed` is the address the feed gives for itself, `raw` everything it says of the show as text.
    """

    title: str = ""
    description: str = ""
    language: str = ""
    feed: str | None = None
    raw: Mapping[str, str] = {}

    def settings(self) -> dict[str, Any]:
        """A `show:` mapping for `site.yaml`, of what the source says and no more."""
        return {key: value for key, value in writable(self).items() if key in Show.model_fields}


class Draft(Episode):
    """An episode as a source gives it; only a record of the site has a slug.

    `age` is a date in the words of a page (`4D AGO`), `raw` the source's own fields as text,
    `line` where it stood in the file (counted from 1), `file` which of several it was, `losses`
    what its notes showed there and its fields do not.
    """

    slug: str = ""
    age: str | None = None
    raw: Mapping[str, str] = {}
    line: int = 0
    losses: tuple[Loss, ...] = ()
    file: str = ""

    def record(self, slug: str, show: ShowDraft, order: int | None = None) -> Episode:
        """The record it becomes, without what only repeats the show or a file extension."""
        fields = {name: getattr(self, name) for name in Episode.model_fields}
        repeats = {
            "explicit": show.explicit,
            "image": show.image,
            "people": show.people,
            "license": show.license,
        }
        silent = {name: Episode.model_fields[name].default for name in repeats}
        fields |= {name: silent[name] for name in repeats if fields[name] == repeats[name]}
        return Episode(
            **fields
            | {
                "slug": slug,
                "order": order,
                "audio": _plain_audio(self.audio),
                "transcripts": tuple(self._plain_transcripts()),
                # Only an address may be marked as one (RSS 2.0, `guid`).
                "permalink": self.permalink and urls.is_address(self.guid or ""),
            }
        )

    def _plain_transcripts(self) -> Iterator[TranscriptRef]:
        """The transcripts, without a language that only repeats the episode's."""
        for one in self.transcripts:
            repeats = self.language is not None and one.language == self.language
            yield one.model_copy(update={"language": None}) if repeats else one


def _plain_audio(audio: Audio | None) -> Audio | None:
    if audio is None or audio.type != urls.audio_type(audio.url):
        return audio
    return audio.model_copy(update={"type": None})


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one file said: the show, and its episodes in the order of the file.

    `carried` counts by name the elements that are kept as they came, in `feed_elements`.
    `next_page` is where a feed in pages goes on, `whole` whether the file has its end.
    """

    show: ShowDraft
    drafts: tuple[Draft, ...]
    format: str
    name: str = ""
    carried: tuple[tuple[str, int], ...] = ()
    next_page: str | None = None
    whole: bool = True

    def where(self, draft: Draft) -> Where:
        """The place of a draft in its file."""
        return Where(draft.file or self.name, draft.line)


def no_progress(done: int, of: int) -> None:
    """For runs that nobody watches."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person may say about a source: the day it was saved, and to leave lists alone.

    `tick(done, of)` is called after each episode read.
    """

    as_of: date | None = None
    lenient_lists: bool = False
    tick: Callable[[int, int], None] = no_progress


@dataclass(frozen=True, slots=True)
class Importer:
    """A format: its name in words, how it is told from others, and its reader.

    `recognises(data, name)` looks at the bytes only. `read(data, name, problems, options)` gives
    None when nothing could be read, with the error reported.
    """

    name: str
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str, Problems, ReadOptions], Reading | None]
