"""Drafts as files of a site: the records people edit, and the raw records kept beside them.

`content/imported/` holds what was imported last: the source's own fields as text, and the fields
derived from them, which are the base that tells a person's edit from a change at the source.
"""

import hashlib
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from backlist import content, urls
from backlist.importers.draft import Draft, Reading
from backlist.model import Episode, writable
from backlist.problems import Problems, Where

FOLDER = "content/episodes"
RAW_FOLDER = "content/imported/episodes"
SHOW = "content/imported/show.yaml"
MENTION = "mention"

RANK = {MENTION: 0, "directory page (text)": 1, "directory page (HTML)": 1, "feed": 2}
"""Whose word counts more: a mention knows a title, a page no guid, a feed is the authority."""


def rank(form: str) -> int:
    """How much the word of a format counts."""
    return RANK.get(form, 1)


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


def number_ties(drafts: Sequence[Draft]) -> list[int | None]:
    """Each draft's place among those of the same date, 1 the newest; None where a date is alone.

    Drafts without a date are numbered among themselves. A source that begins with its oldest
    episode is counted from its end.
    """
    dates = [draft.date.instant for draft in drafts if draft.date]
    oldest_first = bool(dates) and dates[0] < dates[-1]
    keys = [str(draft.date or "") for draft in drafts]
    ties = Counter(keys)
    seen: Counter[str] = Counter()
    orders: list[int | None] = []
    for key in reversed(keys) if oldest_first else keys:
        seen[key] += 1
        orders.append(seen[key] if ties[key] > 1 or not key else None)
    return orders[::-1] if oldest_first else orders


def choose_slug(
    title: str,
    keys: Sequence[str | None],
    taken: Container[str],
    where: Where,
    problems: Problems,
    *,
    every_script: bool = False,
) -> str:
    """A slug nobody has: of the title, else of the first known of `keys`; told when not plain.

    `taken` are slugs as disks compare them (`urls.folded`). A clash is settled by a suffix from a
    stable key, never by a counter: the next import may have another order.
    """
    hint = "change `slug:` in the record before the site is published, never after"
    key = next((key for key in keys if key), title)
    mark = hashlib.sha256(key.encode()).hexdigest()[:6]
    slug = urls.slug_of(title, every_script=every_script)
    if not slug:
        slug = f"episode-{mark}"
        problems.info(where, f"no slug can be made from the title `{title}`; called `{slug}`", hint)
    if urls.folded(slug) in taken:
        problems.info(
            where, f"the slug `{slug}` is taken; `{title}` is called `{slug}-{mark}`", hint
        )
        slug = f"{slug}-{mark}"
    return slug


def slug_keys(draft: Draft) -> tuple[str | None, ...]:
    """What a draft's slug can be made unique by, the most lasting first."""
    audio = draft.audio.url if draft.audio else None
    said = draft.raw.get("description", "")
    return draft.guid, audio, f"{draft.title} {draft.date or said}"


def file_of(episode: Episode) -> str:
    """The file of a new record, from the site's folder."""
    day = f"{episode.date.instant.date().isoformat()}-" if episode.date else ""
    return f"{FOLDER}/{day}{episode.slug}.md"


def write(episode: Episode) -> str:
    """The text of a new record."""
    return content.dump_markdown(writable(episode), episode.body)


def raw_path(slug: str) -> str:
    """Where the raw record of an episode stands, from the site's folder."""
    return f"{RAW_FOLDER}/{slug}.yaml"


def read_base(text: str, file: str, problems: Problems) -> Base | None:
    """A raw record's base, or None with the error reported."""
    document = content.parse_yaml(text, file, problems)
    if document is None:
        return None
    derived = document.data.get("derived")
    if not isinstance(derived, dict):
        problems.error(
            document.where(),
            "has no `derived` fields",
            "delete the file; the next import creates it again",
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


def write_base(source: str, form: str, raw: Mapping[str, str], episode: Episode) -> str:
    """The text of a raw record."""
    derived = writable(episode) | ({"body": episode.body} if episode.body else {})
    data: dict[str, Any] = {"source": _short_source(source), "format": form}
    if raw:
        data["raw"] = dict(raw)
    return content.dump_yaml(data | {"derived": derived})


def write_show(reading: Reading) -> str:
    """The text of `content/imported/show.yaml`: the show as its last source gave it."""
    return content.dump_yaml(
        {
            "source": _short_source(reading.name),
            "format": reading.format,
            "items": len(reading.drafts),
            "show": reading.show.settings(),
        }
        | ({"raw": dict(reading.show.raw)} if reading.show.raw else {})
    )


def count_items(text: str | None) -> int:
    """How many items the last source of the show had, from `show.yaml`; 0 where it is unknown."""
    document = content.parse_yaml(text, SHOW, Problems()) if text else None
    said = str(document.data.get("items")) if document else ""
    return int(said) if said.isdecimal() else 0


def source_of(path: Path) -> str:
    """What the last source of the show was called, from `show.yaml`; empty where it is unknown."""
    text = path.read_text("utf-8") if path.is_file() else ""
    document = content.parse_yaml(text, SHOW, Problems()) if text else None
    return str(document.data.get("source") or "") if document else ""


def _short_source(source: str) -> str:
    """A source's name without the folders of one machine."""
    return source if "://" in source else PurePath(source).name


def differs(old: str | None, new: str) -> bool:
    """Whether a raw record says something else; the source's name alone is nothing else."""
    return old is None or _without_source(old) != _without_source(new)


def _without_source(text: str) -> str:
    return text.partition("\n")[2] if text.startswith("source:") else text
