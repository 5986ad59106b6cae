"""What an episode that is given again changes in its record: field by field, three-way.

As an import decides it (`importers/fields`), but for what is a program's to decide here and a
source's there: whether the episode is published, and which recording it has.
"""

from collections.abc import Callable
from dataclasses import replace

from backlist.commands.create_episode import sound_of
from backlist.importers import fields
from backlist.model import Audio, Episode, writable

Measure = Callable[[Audio], Audio]


def decide(mine: Episode, base: Episode | None, new: Episode, measure: Measure) -> fields.Changes:
    """What to change in the record `mine` now that `new` is given, after `base` the last time.

    `measure` completes the audio of another recording.
    """
    silent = {"audio": None}
    found = fields.decide(
        mine.model_copy(update=silent),
        base.model_copy(update=silent) if base else None,
        new.model_copy(update=silent),
    )
    taken, kept = dict(found.set), list(found.kept)
    audio = _audio(mine.audio, base.audio if base else None, new.audio, measure, kept)
    if audio is not None and audio != mine.audio:
        taken["audio"] = writable(mine.model_copy(update={"audio": audio}))["audio"]
    if base is not None and new.status not in (mine.status, base.status):
        if mine.status is base.status:
            taken["status"] = writable(new).get("status")
        else:
            kept.append("status")
    return replace(found, set=taken, kept=tuple(kept))


def _audio(
    mine: Audio | None, base: Audio | None, new: Audio | None, measure: Measure, kept: list[str]
) -> Audio | None:
    """The recording that the record is to have; None where that is not to change."""
    if new is None or new == base:
        return None
    if mine is None:
        return measure(new)
    if _name(mine) == _name(new):
        return _with_facts(mine, base, new, kept)
    if base is None or _name(base) != _name(mine):
        kept.append("audio")
        return None
    old = [one for one in (*mine.previous_urls, mine.url) if one and one != new.url]
    earlier = tuple(dict.fromkeys((*new.previous_urls, *old)))
    return measure(new.model_copy(update={"previous_urls": earlier}))


def _name(audio: Audio) -> str | None:
    return sound_of({"url": audio.url, "file": audio.file})


def _with_facts(mine: Audio, base: Audio | None, new: Audio, kept: list[str]) -> Audio:
    """The same recording with the facts that are given now and that nobody edited."""
    changes = {}
    for name in ("type", "length", "duration", "previous_urls"):
        ours, theirs = getattr(mine, name), getattr(new, name)
        last = getattr(base, name) if base else None
        if theirs in (None, (), ours, last):
            continue
        if ours in (None, (), last) or last in (None, ()):
            changes[name] = theirs
        else:
            kept.append(f"audio.{name}")
    return mine.model_copy(update=changes)
