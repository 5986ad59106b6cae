"""The records people keep: what a file under `content/` or `site.yaml` may say.

One definition of a record gives its validation, its documentation (`docs/records.md`) and its
writing order. Every scalar arrives as text (see `content`) and the types here decide what it
means, so `42:10` is a duration and `no` is a word until a field says otherwise. All records
are frozen; what they know of each other is in `archive`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

# ---------------------------------------------------------------- scalars


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time as a record gives it: a day, or a day with a time and an offset."""

    instant: datetime
    day_only: bool = False

    def __str__(self) -> str:
        """ISO 8601: `2026-03-18` or `2026-03-18T06:30:00+01:00`."""
        return self.instant.date().isoformat() if self.day_only else self.instant.isoformat()


def moment(value: object) -> Moment:
    """A `Moment` from `YYYY-MM-DD` or ISO 8601 date and time with offset (UTC when it has none)."""
    if isinstance(value, Moment):
        return value
    text = str(value).strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), day_only=True)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _fault(
            f'is not a date: "{text}"', "write it as 2026-03-18 or 2026-03-18T06:30:00+01:00"
        ) from None
    return Moment(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def seconds(value: object) -> int:
    """A length of time in whole seconds from `754`, `12:34` or `1:02:03`."""
    text = str(value).strip()
    match = re.fullmatch(r"(?:(?:(\d+):)?([0-5]?\d|\d+):)?(\d+)(?:\.\d+)?", text)
    if match is None:
        raise _fault(
            f'is not a length of time: "{text}"', "write it as 1:02:03, 62:03 or 3723 (seconds)"
        )
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest


def clock(length: int) -> str:
    """Whole seconds as a person writes them.

    >>> clock(754), clock(3723)
    ('12:34', '1:02:03')
    """
    hours, rest = divmod(length, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def _fault(what: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError("backlist", "{what}", {"what": what, "remedy": remedy})


def _address(value: object) -> object:
    if not isinstance(value, str) or re.match(r"https?://[^\s/]+", value):
        return value
    raise _fault(f'is not a web address: "{value}"', "write it whole, from https:// on")


def _slug(value: object) -> object:
    if not isinstance(value, str) or re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", value):
        return value
    raise _fault(
        f'is not a slug: "{value}"', "use small letters, digits and single hyphens: `a-good-slug`"
    )


def _base(value: object) -> object:
    value = _address(value)
    if not isinstance(value, str):
        return value
    if "?" in value or "#" in value:
        raise _fault(
            f'is not the address of a folder: "{value}"',
            "write scheme, host and path only: https://example.org/show/",
        )
    return value.rstrip("/") + "/"


def _mapping_of_url(value: object) -> object:
    return {"url": value} if isinstance(value, str) else value


def _mapping_of_id(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


def _mapping_of_name(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Url = Annotated[str, BeforeValidator(_address)]
BaseUrl = Annotated[str, BeforeValidator(_base)]
Slug = Annotated[str, BeforeValidator(_slug)]
When = Annotated[Moment, BeforeValidator(moment), PlainSerializer(str)]
Duration = Annotated[int, BeforeValidator(seconds), PlainSerializer(clock)]


class Record(BaseModel):
    """What every record shares: frozen, and no key that is not written down here."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


# ---------------------------------------------------------------- the show and its site


class Owner(Record):
    """Whom a directory writes to."""

    name: Text = Field(description="name of the person or company that owns the show")
    email: str | None = Field(None, description="becomes public in the feed")


class Person(Record):
    """Somebody heard in an episode."""

    name: Text = Field(description="the name as it is spoken or credited")
    role: str = Field("host", description="`host`, `guest` or another role of the podcast taxonomy")
    url: Url | None = Field(None, description="a page about the person")


People = tuple[Annotated[Person, BeforeValidator(_mapping_of_name)], ...]


class Show(Record):
    """What a directory shows of the podcast."""

    title: Text = Field(description="the show's title")
    description: Text = Field(description="what the show is about; plain text")
    author: str | None = Field(None, description="who makes the show")
    language: str = Field("en", description="language of the show (BCP 47: `en`, `pt-br`)")
    categories: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        (), description="Apple's categories, `Technology` or `Society & Culture > Documentary`"
    )
    explicit: bool = Field(False, description="whether the show is marked explicit")
    type: Literal["episodic", "serial"] = Field("episodic", description="how to listen to it")
    image: str | None = Field(None, description="square cover: an address, or a path in `static/`")
    owner: Owner | None = Field(None, description="name and e-mail directories use")
    copyright: str | None = Field(None, description="the rights line")
    guid: str | None = Field(None, description="the show's `podcast:guid`, once it has one")
    people: People = Field((), description="the hosts")
    ai_generated: str | None = Field(
        None, description="a sentence that discloses machine-made content; shown and in the feed"
    )


class Link(Record):
    """A labelled address."""

    label: Text = Field(description="the words to click")
    url: str = Field(min_length=1, description="an address, or a path of this site (`about/`)")


class Site(Record):
    """Where and how the archive is published."""

    base_url: BaseUrl = Field(description="public address of the home page, with any sub-path")
    tagline: str | None = Field(None, description="one line under the show's title")
    accent: str | None = Field(
        None,
        pattern=r"^#[0-9a-fA-F]{6}$",
        description="accent colour, `#rrggbb`",
    )
    navigation: tuple[Link, ...] = Field((), description="further links in the header")
    subscribe: tuple[Link, ...] = Field((), description="apps and directories that carry the show")
    related: int = Field(5, ge=0, le=20, description="related episodes an episode page may show")


class Settings(Record):
    """The whole of `site.yaml`."""

    show: Show = Field(description="the podcast")
    site: Site = Field(description="the published site")


# ---------------------------------------------------------------- episodes


class Status(StrEnum):
    """Who may see an episode."""

    PUBLISHED = "published"
    DRAFT = "draft"
    PRIVATE = "private"
    STUB = "stub"


class Audio(Record):
    """The enclosure (RSS 2.0, `<enclosure>`) and how long it plays."""

    url: Url = Field(description="address of the sound file")
    type: str | None = Field(None, description="media type, if the file extension does not say it")
    length: int | None = Field(None, ge=0, description="size in bytes")
    duration: Duration | None = Field(None, description="playing time, `1:02:03` or seconds")
    was: tuple[Url, ...] = Field((), description="addresses the same sound had before")


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
        None, ge=1, description="place among episodes of one date, 1 is the newest"
    )
    status: Status = Field(
        Status.PUBLISHED, description="`published`, `draft`, `private`, or `stub` (only mentioned)"
    )
    audio: Annotated[Audio, BeforeValidator(_mapping_of_url)] | None = Field(
        None, description="the sound: an address, or `url`, `type`, `length`, `duration`"
    )
    season: int | None = Field(None, ge=1, description="season number")
    number: int | None = Field(None, ge=1, description="episode number")
    type: Literal["full", "trailer", "bonus"] = Field("full", description="kind of episode")
    explicit: bool | None = Field(None, description="overrides the show's mark")
    image: str | None = Field(None, description="cover: an address, or a path in `static/`")
    link: Url | None = Field(None, description="the episode's page elsewhere, as a feed gave it")
    summary: str | None = Field(
        None, description="one paragraph of plain text; without it the body's first paragraph"
    )
    people: People = Field((), description="names, or `name`, `role`, `url`; the show's if none")
    topics: tuple[Text, ...] = Field((), description="what it is about, in the show's own words")
    visualizations: tuple[Annotated[VisualizationRef, BeforeValidator(_mapping_of_id)], ...] = (
        Field((), description="ids, or `title` and `url` of a visualization elsewhere")
    )
    takes: tuple[Slug, ...] = Field((), description="other episodes on the same subject")
    aliases: tuple[str, ...] = Field((), description="titles or addresses it is also known by")
    sources: tuple[Source, ...] = Field((), description="the numbered list, in its order")
    body: str = Field("", exclude=True, description="the Markdown below the front matter")


class Page(Record):
    """The front matter of `content/pages/*.md`, and its Markdown body."""

    title: Text = Field(description="the page's title")
    slug: Slug = Field(description="its address on the site")
    summary: str | None = Field(None, description="one sentence for search engines")
    body: str = Field("", exclude=True, description="the Markdown below the front matter")


class Visualization(Record):
    """`content/visualizations/<id>/visualization.yaml`."""

    title: Text = Field(description="what the reader is offered")
    description: str | None = Field(None, description="what to try and what to notice")
    episodes: tuple[Slug, ...] = Field((), description="episodes it belongs to, by slug")
    height: int = Field(640, ge=120, le=4000, description="height kept free for it, in pixels")


def writable(record: Record) -> dict[str, Any]:
    """A record as plain text, lists and mappings, without what is at its default.

    Reading it back gives an equal record; `content.dump` writes it in the fields' order.
    """
    plain: dict[str, Any] = record.model_dump(mode="json", exclude_defaults=True)
    return {key: _short(key, value) for key, value in plain.items()}


def _short(key: str, value: Any) -> Any:
    if key == "audio" and list(value) == ["url"]:
        return value["url"]
    if key in ("people", "visualizations"):
        name = "name" if key == "people" else "id"
        return [item[name] if list(item) == [name] else item for item in value]
    return value
