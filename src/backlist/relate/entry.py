"""An episode with everything it knows about the others, which it names by slug and by id."""

from dataclasses import dataclass, fields
from functools import cached_property
from operator import attrgetter
from urllib.parse import unquote

from backlist.cache.keys import key_of
from backlist.model import Episode, Person
from backlist.parse.markdown import NOTHING, Notes
from backlist.parse.moments import AnyChapter
from backlist.parse.transcript import Transcript
from backlist.pictures import Picture
from backlist.relate.records import Citation, Related, VisualizationLink
from backlist.relate.seasons import number_of


@dataclass(frozen=True)
class Entry:
    """An episode plus everything it knows about the others.

    `chapters` are those in force, wherever they were found; `transcript` the one to show.
    `summary` is the written one, or what the notes begin with; `has_own_summary` says that it is
    written and that the notes begin otherwise. `people` are those heard: whom the episode names,
    else the hosts; nobody where it is a stub. `in_feed` says that the main feed carries it.
    `cover` is its picture in `static/`, else that of the show; `pictures` are those its notes show.
    `next_part` is what a serial show goes on with. `language` is that of its own words, where it
    is another than the show's.

    The notes begin at line `body_line` of `file`, and were written elsewhere if it `is_imported`.
    `digest` stands for the file, `front` for what it says above the notes.
    """

    episode: Episode
    file: str
    notes: Notes = NOTHING
    body_line: int = 1
    is_imported: bool = False
    digest: bytes = b""
    front: bytes = b""
    summary: str = ""
    has_own_summary: bool = False
    people: tuple[Person, ...] = ()
    in_feed: bool = False
    chapters: tuple[AnyChapter, ...] = ()
    transcript: Transcript | None = None
    citations: tuple[Citation, ...] = ()
    mentions: tuple[str, ...] = ()
    mentioned_by: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    visualizations: tuple[VisualizationLink, ...] = ()
    cover: Picture | None = None
    pictures: tuple[Picture, ...] = ()
    newer: str | None = None
    older: str | None = None
    next_part: str | None = None
    language: str = ""

    @property
    def slug(self) -> str:
        """The episode's slug."""
        return self.episode.slug

    def line_of(self, address: str) -> int:
        """The line of its file on which the notes first name an address; 0 where none does."""
        for number, line in enumerate(self.episode.body.split("\n"), self.body_line):
            if address in line or unquote(address) in line:
                return number
        return 0

    @cached_property
    def key(self) -> bytes:
        """Says what it is (see `keys`): its file by a digest, and all it knows of the others."""
        spoken = self.transcript.digest if self.transcript else None
        return key_of(self.episode.status, self.episode.audio, spoken, *_KNOWN(self))

    @cached_property
    def listed_key(self) -> bytes:
        """Says what a list can show of it: what stands above its notes, and its summary."""
        one = self.episode
        mentions = sum(citation.is_mention for citation in self.citations)
        interactive = any(link.id for link in self.visualizations)
        told = one.slug, one.title, one.status, one.audio, self.summary, mentions, interactive
        return key_of(self.front, self.transcript is not None, *told, self.cover, self.language)

    @cached_property
    def number(self) -> str:
        """The number it is shown with, as its feed gives it; empty without one."""
        return number_of(self.episode)


_READ = {"episode", "notes", "transcript", "front"}
_KNOWN = attrgetter(*(one.name for one in fields(Entry) if one.name not in _READ))
"""What an entry knows beside what was read from its file."""
