"""Who speaks, where a file marks it only in the words: `Ada Lind:`, `[SPEAKER_00]`, `#1:`."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from backlist.parse.transcript.records import Cue

_WORD = r"[\w№#&][\w.'’&/*№#-]{0,40}"
NAME = (
    rf"[^\W\d_][\w.'’&/*-]{{0,40}}(?:[ _](?:{_WORD}|\(\w[\w .'’&/-]{{0,30}}\))){{0,3}}"
    r"|[#№]\s?\d{1,3}"
)
_LABEL = re.compile(
    rf"(?:>>+\s{{0,3}}|[-–—]\s{{1,3}})?"
    rf"(?:(?P<name>{NAME})(?P<colon>:)\s+"
    rf"|(?P<open>[\[(<])(?P<marked>{NAME}|\d{{1,3}})[\])>](?P<after>:?)\s+)(?P<said>\S.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(r".*?[^\W\d_][ _]?(?:[#№]\s?)?\d{1,3}|[#№]\s?\d{1,3}", re.DOTALL)


def attributed(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Cues with their speakers, where a file marks them only by a label in front of the words.

    SRT and plain text do so (podcast namespace, `transcripts.md`, SRT). A single word that comes
    but once is taken for words, unless most cues begin with such a label. A note in brackets
    (`[music]`) is a note: brackets hold a name where it has a number (`[Speaker 1]`) or a colon
    after it, or where most cues begin so.
    """
    if any(cue.speaker for cue in cues):
        return tuple(cues)
    found = [None if cue.heading else _LABEL.fullmatch(cue.text) for cue in cues]
    often = Counter(_name(one) for one in found if one)
    marked = [one for one in found if one and one["marked"]]
    many = len({one["marked"] for one in marked}) > 1 and 2 * len(marked) >= len(cues)
    labels = [one for one in found if one and (one["name"] or one["after"]) and is_name(_name(one))]
    usual = len(often) > 1 and 5 * len(labels) >= 3 * sum(not cue.heading for cue in cues)
    return tuple(
        replace(cue, speaker=_name(one), text=one["said"])
        if one and _is_label(one, often[_name(one)] + usual, many=many)
        else cue
        for cue, one in zip(cues, found, strict=True)
    )


def _name(one: re.Match[str]) -> str:
    return str(one["name"] or one["marked"])


def _is_label(one: re.Match[str], times: int, *, many: bool) -> bool:
    name = _name(one)
    if _NUMBERED.fullmatch(name):
        return True
    if one["marked"] and not one["after"]:
        return many and is_name(name)
    return is_name(name) and (times > 1 or len(name.split()) > 1)


def is_name(text: str) -> bool:
    """Whether every word of a text begins as names do."""
    return not any(word[0].islower() for word in text.split())
