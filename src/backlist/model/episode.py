"""What files under `content/` may say: episodes, pages, visualizations."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from backlist import urls
from backlist.feed.vocabulary import Kind, media_kind
from backlist.model.base import Extra, License, Location, People, Record, Value, text_for
from backlist.model.scalars import (
    Duration,
    FeedElement,
    Language,
    Moment,
    Origin,
    Place,
    Slug,
    Text,
    Timestamp,
    Url,
    When,
)

NOTES_TO_WRITE = "Write the notes here."
"""What stands in the record of a new episode; a build does not publish it."""


class Status(StrEnum):
    """Who may see an episode."""

    PUBLISHED = "published"
    DRAFT = "draft"
    PRIVATE = "private"
    STUB = "stub"
    REMOVED = "removed"


class Audio(Record):
    """The enclosure (RSS 2.0, `<enclosure>`) and how long it plays.

    After `resolve` every one has its `url`; that of a `file` follows from the base URL.
    """

    url: Url = Field("", description="address of the sound file, unless `file` names it")
    file: str | None = Field(
        None,
        min_length=1,
        description="a sound file in `static/`; type, size and playing time are measured",
    )
    type: str | None = Field(None, description="media type, if the file extension does not say it")
    length: int | None = Field(None, ge=0, le=10**15, description="size in bytes")
    duration: Duration | None = Field(None, description="playing time, `1:02:03` or seconds")
    previous_urls: tuple[Url, ...] = Field((), description="earlier addresses of the same audio")

    @property
    def kind(self) -> Kind:
        """Whether it is heard, seen or read; a picture is read."""
        given = self.url or self.file or ""
        return media_kind(self.type or "", urls.extension(given))

    @property
    def is_played(self) -> bool:
        """Whether it is for a player."""
        return self.kind in ("audio", "video")

    def as_played(self, base_url: str) -> "Audio":
        """The recording as pages of the site at `base_url` play it."""
        return self

    @model_validator(mode="after")
    def _lies_in_one_place(self) -> Self:
        if bool(self.url) == bool(self.file):
            message = "names both `url` and `file`" if self.url else "names no audio"
            raise PydanticCustomError(
                "backlist",
                "{message}",
                {
                    "message": message,
                    "hint": "give it `url:`, an address, or `file:`, a file in `static/`",
                },
            )
        return self


class TranscriptRef(Record):
    """The words of an episode (podcast namespace, `transcript`)."""

    url: Place = Field(min_length=1, description="an address, or a file in `content/transcripts/`")
    type: str | None = Field(None, description="media type, if the file extension does not say it")
    language: str | None = Field(None, description="language, if not the show's")
    captions: bool = Field(False, description="whether it is timed for captions (`rel`)")


class Chapter(Record):
    """A chapter mark (podcast namespace, JSON chapters 1.2)."""

    start: Timestamp = Field(description="where it begins, `12:34` or seconds")
    title: str | None = Field(None, description="what it is called")
    url: Url | None = Field(None, description="a page about it")
    image: Place | None = Field(
        None, description="a picture for it, a path in `static/`; one elsewhere is for apps only"
    )


class Soundbite(Record):
    """A part worth sharing (podcast namespace, `soundbite`)."""

    start: Timestamp = Field(description="where it begins")
    duration: Timestamp = Field(description="how long it is")
    title: str | None = Field(None, description="what it is called")


class Source(Record):
    """One entry of an episode's numbered list, as the show gave it; its place is its number."""

    title: Text | None = Field(None, description="title as given; unknown stays unknown")
    authors: str | None = Field(None, description="authors as given, one text")
    year: str | None = Field(None, description="year as given, `2023` or `2024-2025`")
    url: Url | None = Field(None, description="address as given, whole")
    role: Literal["subject", "cited"] = Field(
        "cited", description="`subject`: what the episode is about; the rest are `cited`"
    )
    note: str | None = Field(None, description="what else the entry said")


class VisualizationRef(Record):
    """An episode's pointer to an interactive visualization."""

    id: Slug | None = Field(None, description="a folder or file in `content/visualizations/`")
    title: str | None = Field(None, description="title, where the visualization is elsewhere")
    url: Url | None = Field(None, description="address, where the visualization is elsewhere")


class Correction(Record):
    """What an episode said wrong, put right later."""

    date: When = Field(description="the day it was put right")
    text: Text = Field(description="what was wrong and what is right, plain text")


class Episode(Record):
    """The front matter of `content/episodes/*.md`, and its Markdown body."""

    title: Text = Field(description="the episode's title, without number or show name")
    slug: Slug = Field(description="its address on the site; written once, never computed again")
    guid: str | None = Field(
        None, min_length=1, description="the feed item's identity, byte for byte; never changes"
    )
    permalink: bool = Field(False, description="whether the guid is an address (`isPermaLink`)")
    date: When | None = Field(None, description="publication: a day, or date and time with offset")
    date_approximate: bool = Field(False, description="the day is a guess, a file name's say")
    order: int | None = Field(
        None, ge=1, le=10**9, description="place among episodes of one date, 1 is the newest"
    )
    updated: When | None = Field(
        None, description="when its text last changed in earnest, for search engines and machines"
    )
    corrections: tuple[Correction, ...] = Field(
        (), description="what it said wrong, each with `date` and `text`; shown first, everywhere"
    )
    status: Status = Field(
        Status.PUBLISHED,
        description="`published`, `draft`, `private`, `stub` (only mentioned), or `removed` "
        "(taken back on purpose: in no output, and the feed may lose it)",
    )
    audio: Annotated[Audio, text_for("url")] | None = Field(
        None, description="the sound: an address, or `url`, `type`, `length`, `duration`"
    )
    season: int | None = Field(None, ge=1, le=10**9, description="season number")
    number: int | None = Field(None, ge=1, le=10**9, description="episode number")
    type: Literal["full", "trailer", "bonus"] = Field("full", description="kind of episode")
    language: Language | None = Field(
        None, description="its language, if not the show's (BCP 47: `de`, `pt-br`)"
    )
    explicit: bool | None = Field(None, description="overrides the show's mark")
    image: Place | None = Field(None, description="cover: an address, or a path in `static/`")
    link: Url | None = Field(None, description="the episode's page elsewhere, as a feed gave it")
    summary: str | None = Field(
        None, description="one paragraph of plain text; without it the body's first paragraph"
    )
    people: People = Field((), description="names, or `name`, `role`, `url`; the show's if none")
    topics: tuple[Text, ...] = Field((), description="what it is about, in the show's own words")
    visualizations: tuple[Annotated[VisualizationRef, text_for("id")], ...] = Field(
        (), description="ids, or `title` and `url` of a visualization elsewhere"
    )
    transcripts: tuple[Annotated[TranscriptRef, text_for("url")], ...] = Field(
        (), description="the words: addresses or files, or `url`, `type`, `language`, `captions`"
    )
    chapters: tuple[Chapter, ...] = Field((), description="chapter marks, in order")
    chapters_file: str | None = Field(
        None, min_length=1, description="chapter marks as a file in `content/chapters/`"
    )
    chapters_url: Url | None = Field(None, description="a chapters file elsewhere (JSON)")
    soundbites: tuple[Soundbite, ...] = Field((), description="parts worth sharing")
    license: License | None = Field(None, description="the terms of use, if not the show's")
    ai: str | None = Field(
        None,
        min_length=1,
        description="what was made by machines here, a sentence instead of the show's "
        "`ai_generated`; `no` if nothing was",
    )
    location: Location | None = Field(None, description="where the episode is about")
    value: tuple[Value, ...] = Field((), description="payments while listening, if not the show's")
    feed_elements: tuple[FeedElement, ...] = Field(
        (), description="further elements of its feed item, each as XML; see `backlist docs feeds`"
    )
    same_paper: tuple[Slug, ...] = Field((), description="other episodes on the same paper")
    aliases: tuple[str, ...] = Field(
        (),
        description="what it was also called: a title, an address, or a path of this site "
        "(`/old/path/`), which becomes a redirect",
    )
    sources: tuple[Source, ...] = Field((), description="the numbered list, in its order")
    extra: Extra = Field(
        {}, description="keys of your own, for your templates (see `backlist docs templates`)"
    )
    body: str = Field("", exclude=True, description="the Markdown below the front matter")

    @property
    def changed(self) -> Moment | None:
        """When its text last changed in earnest: as it says, or by its newest correction."""
        known = [*filter(None, [self.updated]), *(one.date for one in self.corrections)]
        return max(known, default=None)

    def disclosure(self, of_show: str | None) -> str:
        """The sentence on machine-made content that holds for it; empty where none does."""
        if self.ai is None:
            return of_show or ""
        return "" if self.ai.strip().casefold() in ("no", "false") else self.ai


class Page(Record):
    """The front matter of `content/pages/*.md`, and its Markdown body."""

    title: Text = Field(description="the page's title")
    slug: Slug = Field(description="its address on the site")
    summary: str | None = Field(None, description="one sentence for search engines")
    updated: When | None = Field(
        None, description="when its text last changed in earnest, for search engines and machines"
    )
    aliases: tuple[str, ...] = Field(
        (), description="earlier paths of the page (`/old/path/`), which become redirects"
    )
    extra: Extra = Field(
        {}, description="keys of your own, for your templates (see `backlist docs templates`)"
    )
    body: str = Field("", exclude=True, description="the Markdown below the front matter")


class Visualization(Record):
    """`content/visualizations/<id>/visualization.yaml`."""

    title: Text = Field(description="what the reader is offered")
    description: str | None = Field(None, description="what to try and what to notice")
    episodes: tuple[Slug, ...] = Field((), description="episodes it belongs to, by slug")
    works: tuple[Text, ...] = Field(
        (),
        description="works it shows, by slug, id (`arxiv:2306.14048`) or address; without them "
        "those its episodes are about",
    )
    poster: str | None = Field(
        None, description="a picture of it beside this file; without it `poster.webp` or its like"
    )
    height: int = Field(640, ge=120, le=4000, description="height kept free for it, in pixels")
    autostart: bool = Field(
        False, description="whether it starts by itself when it comes into view on an episode"
    )
    url: Url | None = Field(None, description="its address, where it is elsewhere")
    frame_src: tuple[Origin, ...] = Field(
        (),
        description="origins it may frame itself, such as https://docs.google.com; the origin of "
        "its `url`, to frame what is elsewhere",
    )
    aliases: tuple[str, ...] = Field(
        (), description="earlier paths of its page (`/old/path/`), which become redirects"
    )
    extra: Extra = Field(
        {}, description="keys of your own, for your templates (see `backlist docs templates`)"
    )
