"""What an import may change in a record, field by field.

Three values decide: what was imported last (the base), what is imported now, and what the file
says. Where the file still says what was imported, it follows the source; where a person wrote
something else, that stays.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from backlist.model import Episode, Status, writable

Flat = dict[str, Any]

NEVER = ("slug", "guid", "permalink", "status", "date_approximate", "order", "audio.previous_urls")
"""Fields with rules of their own: identity is never changed, the rest follow other fields."""


_STAYS = ("title", "date", "body")
"""Fields that stay when a source falls silent on them, as all of the audio does."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Fields to write (None: to remove), and fields left although the source says otherwise.

    `completing` says that only what was empty is filled.
    """

    set: Mapping[str, Any]
    kept: tuple[str, ...]
    body: str | None = None
    completing: bool = True


class _Do(Enum):
    LEAVE = 0
    TAKE = 1
    TELL = 2


def flatten(episode: Episode) -> Flat:
    """An episode as plain values by field, and its body.

    The audio's are called `audio.url` and so on, elements of one name `feed_elements.podcast:chat`:
    who removes one name has decided on it alone.
    """
    flat: Flat = writable(episode)
    audio = flat.pop("audio", None)
    if audio is not None:
        parts = {"url": audio} if isinstance(audio, str) else audio
        flat |= {f"audio.{name}": value for name, value in parts.items()}
    for element in flat.pop("feed_elements", []):
        flat.setdefault(_name_of(element), []).append(element)
    return flat | ({"body": episode.body.strip()} if episode.body.strip() else {})


_ELEMENTS = "feed_elements."


def _name_of(element: str) -> str:
    return _ELEMENTS + re.split(r"[\s/>]", element[1:], maxsplit=1)[0]


def decide(
    mine: Episode,
    base: Episode | None,
    new: Episode,
    *,
    only_fill: bool = False,
    follow_removals: bool = True,
) -> Changes:
    """What to change in the record `mine` now that the source says `new`.

    `only_fill` is for a source of lesser rank: it fills what is empty and changes nothing.
    `follow_removals` is for the source that `base` came from: what it no longer says goes, where
    nobody edited it.
    """
    ours, last, theirs = flatten(mine), flatten(base) if base else None, flatten(new)
    taken: Flat = {}
    kept: list[str] = []
    for name in (name for name in theirs if name not in NEVER):
        match _choose(ours.get(name), last, theirs[name], name, only_fill=only_fill):
            case _Do.TAKE:
                taken[name] = theirs[name]
            case _Do.TELL:
                kept.append(name)
    if last and follow_removals and not only_fill:
        _follow_removals(ours, last, theirs, taken, kept)
    _settle_audio(ours, last, theirs, taken, kept)
    _settle_guess(ours, theirs, taken, kept)
    _settle_identity(ours, last, theirs, taken)
    _settle_status(mine, last, new, taken)
    if not only_fill:
        _settle_order(ours, last, theirs, taken)
    completing = mine.status is Status.STUB or not any(
        name in ours for name in taken if name != "order"
    )
    body = taken.pop("body", None)
    return Changes(_unflatten(ours, taken), tuple(kept), body, completing)


def _follow_removals(ours: Flat, last: Flat, theirs: Flat, taken: Flat, kept: list[str]) -> None:
    """What the source said last and says no more goes, unless a person has edited it."""
    for name, before in last.items():
        stays = name in theirs or name in (*NEVER, *_STAYS) or name.startswith("audio.")
        if stays or ours.get(name) is None:
            continue
        if ours[name] == before:
            taken[name] = None
        else:
            kept.append(name)


def _settle_audio(
    ours: Flat, last: Flat | None, theirs: Flat, taken: Flat, kept: list[str]
) -> None:
    """Size and type belong to an address: they are not taken from another, nor kept for a new one.

    How long it plays is a matter of the recording. A sound that a person put beside the site is
    theirs whole.
    """
    if "audio.file" in ours:
        _leave_own_sound(last, theirs, taken, kept)
        return
    for name in ("audio.length", "audio.type"):
        if "audio.url" in kept and name in taken:
            del taken[name]
        stale = name not in theirs and ours.get(name) == (last or {}).get(name)
        if "audio.url" in taken and name in ours and stale:
            taken[name] = None


def _leave_own_sound(last: Flat | None, theirs: Flat, taken: Flat, kept: list[str]) -> None:
    """Nothing of a source's sound is taken; that it has another than it had is reported."""
    said = {name: value for name, value in theirs.items() if name.startswith("audio.")}
    for name in said:
        taken.pop(name, None)
    kept[:] = [name for name in kept if name not in said]
    if any((last or {}).get(name) != value for name, value in said.items()):
        kept.append("audio")


def _choose(ours: Any, last: Flat | None, theirs: Any, name: str, *, only_fill: bool) -> _Do:
    before = last.get(name) if last else None
    if ours == theirs:
        return _Do.LEAVE
    if ours is None and before is None:
        return _Do.TAKE
    if only_fill or (last is not None and theirs == before):
        return _Do.LEAVE
    return _Do.TAKE if last is not None and ours == before else _Do.TELL


def _settle_guess(ours: Flat, theirs: Flat, taken: Flat, kept: list[str]) -> None:
    """A date marked as a guess gives way to any real one."""
    if ours.get("date_approximate") and "date" in theirs and not theirs.get("date_approximate"):
        taken["date"], taken["date_approximate"] = theirs["date"], None
        if "date" in kept:
            kept.remove("date")


def _settle_identity(ours: Flat, last: Flat | None, theirs: Flat, taken: Flat) -> None:
    """A guid is written once, with its mark as an address; one that a person took out stays out."""
    if "guid" in theirs and "guid" not in ours and "guid" not in (last or {}):
        taken["guid"] = theirs["guid"]
        taken |= {"permalink": True} if theirs.get("permalink") else {}


def _settle_status(mine: Episode, last: Flat | None, new: Episode, taken: Flat) -> None:
    """A stub is completed by the first source that shows the episode itself."""
    unedited = last is None or last.get("status") == Status.STUB
    if mine.status is Status.STUB and new.status is not Status.STUB and unedited:
        taken["status"] = None


def _settle_order(ours: Flat, last: Flat | None, theirs: Flat, taken: Flat) -> None:
    """The place among equal dates is computed, so it also goes when the tie goes."""
    before = last.get("order") if last else None
    if ours.get("order") == before and theirs.get("order") != before:
        taken["order"] = theirs.get("order")


def _unflatten(ours: Flat, taken: Flat) -> Flat:
    """Fields as a file has them: one `audio` with all its parts, one list of elements."""
    parted = ("audio.", _ELEMENTS)
    fresh = {name: value for name, value in taken.items() if not name.startswith(parted)}
    if any(name.startswith(_ELEMENTS) for name in taken):
        merged = {name: value for name, value in (ours | taken).items() if value}
        lists = [value for name, value in merged.items() if name.startswith(_ELEMENTS)]
        fresh["feed_elements"] = [element for listed in lists for element in listed] or None
    changed = {name: value for name, value in taken.items() if name.startswith("audio.")}
    if not changed:
        return fresh
    audio = {name: value for name, value in ours.items() if name.startswith("audio.")}
    old = audio.get("audio.url")
    audio |= changed
    if old and old != audio["audio.url"]:
        earlier = [url for url in audio.get("audio.previous_urls", []) if url != audio["audio.url"]]
        audio["audio.previous_urls"] = [*earlier, old]
    parts = {
        name.removeprefix("audio."): value for name, value in audio.items() if value is not None
    }
    if "url" in parts:
        fresh["audio"] = parts["url"] if list(parts) == ["url"] else parts
    return fresh
