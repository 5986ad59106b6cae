"""What every key means, told from the records themselves: `docs/records.md`, and one key asked for.

A key is called by the file it stands in and the way to it: `site.covers`, `episode.audio.url`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from backlist.model import base, copies, episode, labels, show, topic, work
from backlist.model.base import Record

INTRODUCTION = """\
# Records

This page lists every key you can use in the files of a site. An unknown key is an error, with its
line and a suggestion; keys of your own stand under `extra:`. A value is read as text and typed by
its key, so `duration: 42:10` is forty-two minutes, and `no` is a "no" only where yes or no is
expected. Dates are `2026-03-18` or ISO 8601 with an offset. Durations are `1:02:03`, `62:03` or
seconds.

`backlist docs KEY` shows a line of this page, such as `backlist docs site.covers`. Editors check
and complete the same keys ([editors.md](editors.md)).

`make golden` writes this page from `src/backlist/model/`.
"""
PLACES: Mapping[type[Record], str] = {
    show.Settings: "site.yaml",
    show.Show: "`show:` in site.yaml",
    show.Site: "`site:` in site.yaml",
    episode.Episode: "front matter of content/episodes/*.md; the body is the notes",
    episode.Page: "front matter of content/pages/*.md",
    episode.Visualization: "content/visualizations/ID/visualization.yaml, or ID.yaml beside "
    "ID.html",
    episode.Source: "an entry of `sources:`; its place in the list is its number",
    episode.Audio: "`audio:`; an address alone is its `url`",
    episode.VisualizationRef: "an entry of `visualizations:`; a word alone is its `id`",
    base.Person: "an entry of `people:`; a name alone is its `name`",
    show.Owner: "`owner:` of the show",
    episode.TranscriptRef: "an entry of `transcripts:`; an address or file name alone is its `url`",
    episode.Chapter: "an entry of `chapters:`",
    episode.Correction: "an entry of `corrections:`",
    episode.Soundbite: "an entry of `soundbites:`",
    show.FeedSettings: "`feed:` under `site:`",
    show.FollowSettings: "`follow:` under `site:`",
    show.Funding: "an entry of `funding:`",
    base.License: "`license:` of the show or an episode",
    base.Location: "`location:` of the show or an episode",
    base.Value: "an entry of `value:`",
    base.Recipient: "an entry of `recipients:`",
    show.Txt: "an entry of `txt:`",
    work.WorkNotes: "content/works.yaml",
    work.WorkNote: "an entry of `works:` in content/works.yaml",
    work.WorkStatus: "`status:` of an entry of `works:`; a word alone is its `verdict`",
    topic.TopicNotes: "content/topics.yaml",
    topic.TopicNote: "an entry of `topics:` in content/topics.yaml",
    copies.Copies: "content/mirror.yaml, which `backlist mirror` writes",
    copies.Copy: "an entry of `copies:` in content/mirror.yaml",
    labels.Labels: "`labels:` under `site:`; a word in braces is filled in, `a | b` is one and "
    "many",
    show.Link: "an entry of `navigation:`",
    show.Platform: "an entry of `subscribe:` or `social:`",
}

FILES: Mapping[str, type[Record]] = {
    "show": show.Show,
    "site": show.Site,
    "episode": episode.Episode,
    "page": episode.Page,
    "visualization": episode.Visualization,
    "works": work.WorkNotes,
    "topics": topic.TopicNotes,
    "mirror": copies.Copies,
}
"""What keys are called by, and the record they belong to."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its whole name, the record it belongs to, and what is known of it."""

    name: str
    owner: type[Record]
    field: FieldInfo

    @property
    def record(self) -> type[Record] | None:
        """The record that is its value, or that each of its entries is."""
        return record_in(self.field.annotation)


def all_keys() -> Iterator[Key]:
    """Every key, in the order of `docs/records.md`, those of inner records after their own."""
    for name, record in FILES.items():
        yield from _keys_of(record, name)


def _keys_of(record: type[Record], name: str) -> Iterator[Key]:
    for key, field in record.model_fields.items():
        if field.exclude:
            continue
        found = Key(f"{name}.{key}", record, field)
        yield found
        if found.record is not None:
            yield from _keys_of(found.record, found.name)


def find(asked: str) -> list[Key]:
    """The keys that a name means: the one of that whole name, else all that end in it.

    Entries may be numbered as messages number them: `sources[2].url`.
    """
    plain = re.sub(r"\[\d*\]", "", asked.strip().strip("`:"))
    known = [*all_keys()]
    same = [key for key in known if key.name == plain]
    return same or [key for key in known if key.name.endswith(f".{plain}")]


def describe(key: Key) -> str:
    """What a key means, what it may say, and what holds without it, as lines of plain text."""
    lines = [key.name, f"  {key.field.description}", f"  where: {PLACES[key.owner]}"]
    said = _values(key.field.annotation)
    if said:
        lines.append(f"  value: {said}")
    lines.append(f"  if left out: {default_of(key.field).strip('*')}")
    return "\n".join(lines)


def describe_record(record: type[Record], name: str) -> str:
    """A record and its keys, a line each."""
    doc = (record.__doc__ or "").splitlines()[0]
    shown = [(key, field) for key, field in record.model_fields.items() if not field.exclude]
    width = max(len(key) for key, _ in shown)
    rows = [f"  {key:<{width}}  {field.description}" for key, field in shown]
    return "\n".join([f"{name}: {doc}", f"where: {PLACES[record]}", "", *rows])


def _values(annotation: Any) -> str:
    """What a value may be, where that is not simply text."""
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ", ".join(f"`{word}`" for word in annotation)
    if get_origin(annotation) is tuple:
        return "a list: `[one, two]`, or one line `- item` per entry"
    return {bool: "`true` or `false`", int: "a whole number"}.get(annotation, "")


def records_page() -> str:
    """The whole of docs/records.md."""
    parts = [INTRODUCTION]
    for record, place in PLACES.items():
        rows = [
            f"| `{name}` | {default_of(field)} | {field.description} |"
            for name, field in record.model_fields.items()
            if not field.exclude
        ]
        doc = (record.__doc__ or "").splitlines()[0]
        head = f"## {record.__name__}\n\n{doc}\n\nWhere: {place}\n\n"
        parts.append(
            head + "| key | if left out | meaning |\n| --- | --- | --- |\n" + "\n".join(rows)
        )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def default_of(field: FieldInfo) -> str:
    """What holds where a key is left out, as Markdown."""
    default: Any = field.default
    if field.is_required():
        return "**required**"
    if default in (None, (), "", {}):
        return "nothing"
    if isinstance(default, Record):
        return "its defaults"
    if isinstance(default, str):
        return f"`{default}`".replace("|", r"\|")
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def record_in(annotation: Any) -> type[Record] | None:
    """The record type inside `tuple[Annotated[X, …], ...]`, `X | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for part in get_args(annotation):
        found = record_in(part)
        if found:
            return found
    return None
