"""What differs between two states of a site, as an import leaves them: field by field.

It is read from the files, not from an import's report: what a pull request says is then true of all
of it, however many imports and commits of people it is made of.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from backlist import content
from backlist.importers import records
from backlist.importers.fields import NEVER, flatten
from backlist.importers.kept import as_the_source_says, read_kept
from backlist.importers.records import Base, read_base
from backlist.model import Episode
from backlist.problems import Problems

IMPORTED = "content/imported/"

Texts = Mapping[str, str]
"""Files of a site by their paths in it, those of one of two states."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that differs: its name, and both values as text, empty where there is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A record, by its file and title, and the fields of it that differ."""

    path: str
    title: str
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What one state has that the other has not.

    `conflicts` are fields that the source changed and that keep a person's edit: `before` is what
    the file says, `after` the source. `gone` are records whose removal from the source is noted,
    `back` those it has again, `joined` those it is found to have for the first time; `guids` are
    records that keep theirs although the source has given them others; `show` is what the source
    says of the show, which site.yaml may not follow; `others` are all other files.
    """

    new: tuple[Changed, ...] = ()
    changed: tuple[Changed, ...] = ()
    deleted: tuple[str, ...] = ()
    conflicts: tuple[Changed, ...] = ()
    gone: tuple[Changed, ...] = ()
    back: tuple[Changed, ...] = ()
    guids: tuple[Changed, ...] = ()
    joined: tuple[Changed, ...] = ()
    show: tuple[Field, ...] = ()
    others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether a person would call it a change; what a server calls its version is none."""
        return self != Changes()

    @property
    def digest(self) -> str:
        """The same for the same changes."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def compare(paths: Iterable[str], before: Texts, after: Texts) -> Changes:
    """The changes of the files at `paths`, of which each state has those it has.

    `after` has every episode file as well: the record of a raw record is known by its slug.
    """
    return _Comparison(before, after).of(sorted(paths))


class _Comparison:
    """Two states, read as far as they are asked for."""

    def __init__(self, before: Texts, after: Texts) -> None:
        self.before, self.after = before, after
        self.paths: set[str] = set()
        self.kept = read_kept(after)
        self.by_slug = {
            _slug(path, text): path
            for path, text in after.items()
            if path.startswith(f"{records.FOLDER}/")
        }

    def of(self, paths: Sequence[str]) -> Changes:
        """All that differs."""
        self.paths = {*paths}
        own = [path for path in paths if path.startswith(f"{records.FOLDER}/")]
        raw = [path for path in paths if path.startswith(f"{records.RAW_FOLDER}/")]
        others = (p for p in paths if not p.startswith((f"{records.FOLDER}/", IMPORTED)))
        return Changes(
            new=tuple(self._new(path) for path in own if path not in self.before),
            changed=tuple(each for path in own if (each := self._changed(path)).fields),
            deleted=tuple(path for path in own if path not in self.after),
            conflicts=tuple(each for path in raw if (each := self._conflicts(path)).fields),
            gone=tuple(self._marked(raw, gone=True)),
            back=tuple(self._marked(raw, gone=False)),
            guids=tuple(self._kept_guids(raw)),
            joined=tuple(self._joined(raw)),
            show=tuple(self._show()),
            others=tuple(others),
        )

    def _new(self, path: str) -> Changed:
        episode = _episode(path, self.after)
        if episode is None:
            return Changed(path, PurePosixPath(path).stem)
        said = {name: value for name, value in flatten(episode).items() if name in _TOLD}
        return Changed(path, episode.title, tuple(Field(n, "", _spell(v)) for n, v in said.items()))

    def _changed(self, path: str) -> Changed:
        if path not in self.before or path not in self.after:
            return Changed(path, "")
        old, new = _episode(path, self.before), _episode(path, self.after)
        if old is None or new is None:
            return Changed(path, path, (Field("file", "", ""),))
        found = tuple(_differences(flatten(old), flatten(new)))
        return Changed(path, new.title, found or (Field("file", "", ""),))

    def _conflicts(self, path: str) -> Changed:
        """What the source says anew and the record does not follow."""
        old, new = _base(path, self.before), _base(path, self.after)
        path = self._record_of(path)
        mine = _episode(path, self.after)
        if old is None or new is None or mine is None:
            return Changed(path, "")
        mine = as_the_source_says(mine, new.episode, self.kept)
        ours, theirs = flatten(mine), flatten(new.episode)
        fields = [
            replace(each, before=_spell(ours.get(each.name)))
            for each in _differences(flatten(old.episode), theirs)
            if each.name not in NEVER and ours.get(each.name) != theirs.get(each.name)
        ]
        return Changed(path, mine.title, tuple(fields))

    def _marked(self, paths: Iterable[str], *, gone: bool) -> Iterator[Changed]:
        for path in paths:
            old, new = _base(path, self.before), _base(path, self.after)
            if old and new and old.gone != new.gone and new.gone is gone:
                yield Changed(self._record_of(path), new.episode.title)

    def _kept_guids(self, paths: Iterable[str]) -> Iterator[Changed]:
        for path in paths:
            old, new = _base(path, self.before), _base(path, self.after)
            if old and new and old.episode.guid != new.episode.guid:
                mine = _episode(self._record_of(path), self.after)
                guids = Field("guid", _spell(mine and mine.guid), _spell(new.episode.guid))
                yield Changed(self._record_of(path), new.episode.title, (guids,))

    def _joined(self, paths: Iterable[str]) -> Iterator[Changed]:
        for path in paths:
            record = self._record_of(path)
            new = None if path in self.before else _base(path, self.after)
            if new and record in self.after and not self._is_new(record):
                yield Changed(record, new.episode.title)

    def _is_new(self, record: str) -> bool:
        return record in self.paths and record not in self.before

    def _record_of(self, raw: str) -> str:
        return self.by_slug.get(PurePosixPath(raw).stem, raw)

    def _show(self) -> Iterator[Field]:
        old, new = (_show(texts.get(records.SHOW)) for texts in (self.before, self.after))
        if records.SHOW in self.paths and old and new:
            yield from _differences(old, new)


_TOLD = ("date", "duration", "guid", "audio.url", "season", "number", "type")
"""Fields of a new episode that a person checks at a glance."""


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Field]:
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield Field(name, _spell(old.get(name)), _spell(new.get(name)))


def _spell(value: Any) -> str:
    """A value as a record has it, on one line unless it is text of several."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list | tuple):
        return "; ".join(map(_spell, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_spell(part)}" for name, part in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)


_SLUG = re.compile(r"""^slug:[ \t]*["']?([\w-]+)""", re.MULTILINE)


def _slug(path: str, text: str) -> str:
    """The slug a record says, without reading all of it."""
    found = _SLUG.search(text)
    return found[1] if found else PurePosixPath(path).stem


def _episode(path: str, texts: Texts) -> Episode | None:
    text = texts.get(path)
    document = content.parse_markdown(text, path, Problems()) if text is not None else None
    if document is None:
        return None
    filled = replace(document, data={"slug": PurePosixPath(path).stem, **document.data})
    return content.read(Episode, filled, Problems(), body=document.body)


def _base(path: str, texts: Texts) -> Base | None:
    text = texts.get(path)
    return read_base(text, path, Problems()) if text is not None else None


def _show(text: str | None) -> Mapping[str, Any]:
    document = content.parse_yaml(text, records.SHOW, Problems()) if text else None
    said = document.data.get("show") if document else None
    return said if isinstance(said, dict) else {}
