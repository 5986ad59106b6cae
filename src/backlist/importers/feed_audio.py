"""The sound of a feed's item: its enclosure (RSS 2.0) and its length of time (iTunes)."""

import re
from collections.abc import Mapping, Sequence

from backlist import urls
from backlist.model import Audio
from backlist.model.scalars import seconds
from backlist.problems import Problems, Where

_MP3 = frozenset(("audio/mpeg", "audio/mp3", "audio/x-mp3", "audio/x-mpeg", "x-audio/mp3"))
_MP4 = frozenset(("audio/mp4", "audio/m4a", "audio/x-m4a", "audio/aac", "video/mp4"))


def read_audio(
    enclosures: Sequence[Mapping[str, str]], duration: str, where: Where, problems: Problems
) -> Audio | None:
    """The first enclosure with a web address, from the attributes of each; None without one.

    A length of 0 bytes means that the feed does not know it.
    """
    named = [values for values in enclosures if values.get("url", "").strip()]
    sound = [values for values in named if urls.is_address(values["url"].strip())]
    if named and not sound:
        problems.warning(
            where,
            f'the enclosure is not a web address: "{named[0]["url"].strip()}"',
            "the episode has no audio until its record says where it is",
        )
    if not sound:
        return None
    if len(sound) > 1:
        problems.notice(where, f"the item has {len(sound)} enclosures; the first is taken")
    url = sound[0]["url"].strip()
    return Audio(
        url=url,
        type=_read_type(url, sound[0].get("type", "").strip().lower(), where, problems),
        length=_read_length(sound[0].get("length", "").strip(), where, problems),
        duration=_read_duration(duration, where, problems),
    )


def _read_type(url: str, said: str, where: Where, problems: Problems) -> str | None:
    """The media type where the file's extension does not say it; a contradiction is told."""
    meant = urls.audio_type(url)
    if meant is None or not said:
        return said or None
    if meant == said or (meant in _MP3 and said in _MP3):
        return None
    if {meant, said} <= _MP4:
        return said
    problems.notice(where, f"the enclosure is called `{said}`; its file name says `{meant}`")
    return None


def _read_length(said: str, where: Where, problems: Problems) -> int | None:
    if re.fullmatch(r"[0-9]+", said):
        return int(said) or None
    if said and said.lower() not in ("none", "null", "-1"):
        problems.warning(
            where,
            f'the enclosure\'s length is not a number of bytes: "{said}"',
            "write `audio.length` into the record",
        )
    return None


def _read_duration(said: str, where: Where, problems: Problems) -> int | None:
    if not said:
        return None
    try:
        return seconds(said) or None
    except ValueError:
        problems.warning(
            where,
            f'the duration is not a length of time: "{said}"',
            "write `audio.duration` into the record, `1:02:03`",
        )
        return None
