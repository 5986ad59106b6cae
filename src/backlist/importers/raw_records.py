"""What was imported last time, kept in `content/imported/` beside the records people edit.

A raw record holds the source's own fields as text, and the fields derived from them: the base
that tells a person's edit from a change at the source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from backlist import content
from backlist.importers.draft import Draft, Reading
from backlist.model import Episode, writable
from backlist.problems import Problems

FOLDER = "content/imported/episodes"
SHOW = "content/imported/show.yaml"
MENTION = "mention"

RANK = {MENTION: 0, "directory page (text)": 1, "directory page (HTML)": 1, "feed": 2}
"""Whose word counts more: a mention knows a title, a page no guid, a feed is the authority."""


@dataclass(frozen=True, slots=True)
class Base:
    """One raw record: its format, the raw title, and the episode derived from it.

    `gone` says that a person has accepted that the source no longer has it.
    """

    format: str
    title: str
    episode: Episode
    raw: Mapping[str, str] = field(default_factory=dict)
    gone: bool = False


def path_of(slug: str) -> str:
    """Where the raw record of an episode stands, from the site's folder."""
    return f"{FOLDER}/{slug}.yaml"


def read_base(text: str, file: str, problems: Problems) -> Base | None:
    """A raw record's base, or None with the fault told."""
    document = content.parse_yaml(text, file, problems)
    if document is None:
        return None
    derived = document.data.get("derived")
    if not isinstance(derived, dict):
        problems.error(
            document.where(),
            "has no `derived` fields",
            "remove the file: the next import writes it again",
        )
        return None
    lines = {key[1:]: line for key, line in document.lines.items() if key[:1] == ("derived",)}
    body = derived.pop("body", None) or ""
    inner = content.Document(file, derived, lines)
    episode = content.read(Episode, inner, problems, body=body)
    raw = document.data.get("raw")
    fields = raw if isinstance(raw, dict) else {}
    if episode is None:
        return None
    form, title = str(document.data.get("format")), str(fields.get("title") or "")
    return Base(form, title, episode, fields, gone=document.data.get("gone") == "true")


def mark_gone(text: str) -> str:
    """A raw record's text, saying that its source no longer has the item, and that this is known.

    The next import that finds the item again writes the record anew, without the mark.
    """
    return text.rstrip("\n") + "\ngone: true\n"


def write_base(source: str, form: str, draft: Draft, episode: Episode) -> str:
    """The text of a raw record."""
    derived = writable(episode) | ({"body": episode.body} if episode.body else {})
    data: dict[str, Any] = {"source": short_source(source), "format": form}
    if draft.raw:
        data["raw"] = dict(draft.raw)
    return content.dump_yaml(data | {"derived": derived})


def write_show(reading: Reading, source: str, settings: Mapping[str, Any]) -> str:
    """The text of `content/imported/show.yaml`: the show as its last source gave it."""
    return content.dump_yaml(
        {
            "source": short_source(source),
            "format": reading.format,
            "items": len(reading.drafts),
            "show": dict(settings),
        }
        | ({"raw": dict(reading.show.raw)} if reading.show.raw else {})
    )


def short_source(source: str) -> str:
    """A source's name without the folders of one machine."""
    return source if "://" in source else PurePath(source).name


def differs(old: str | None, new: str) -> bool:
    """Whether a raw record says something else; the source's name alone is nothing else."""
    return old is None or _without_source(old) != _without_source(new)


def _without_source(text: str) -> str:
    return text.partition("\n")[2] if text.startswith("source:") else text
