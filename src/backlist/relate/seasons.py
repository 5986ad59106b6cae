"""Numbers and seasons as a feed gives them, and the order in which a serial show is heard."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from backlist.model import Episode, Status

_NUMBER = re.compile(r"<podcast:episode\b([^>]*)>([^<]*)")
_SEASON = re.compile(r"<podcast:season\b([^>]*)>")


def number_of(episode: Episode) -> str:
    """The number an episode is shown with, as its feed gives it: `12`, `1.5`, `Ch. 3`; or empty.

    `podcast:episode` may have a fraction, and a `display` that is shown instead of the number,
    unless it only repeats the title.
    """
    for element in episode.feed_elements:
        match = _NUMBER.match(element)
        if match:
            shown = _attribute("display", match[1])
            if shown and shown.casefold() != episode.title.casefold():
                return shown
            return unescape(match[2]).strip() or str(episode.number or "")
    return str(episode.number or "")


def season_name(episode: Episode) -> str:
    """What its feed calls the season of an episode; empty where it only has a number."""
    matches = filter(None, map(_SEASON.match, episode.feed_elements))
    return next((_attribute("name", match[1]) for match in matches), "")


def _attribute(name: str, given: str) -> str:
    match = re.search(rf"""\s{name}=(?:"([^"]*)"|'([^']*)')""", given)
    return " ".join(unescape(match[1] or match[2] or "").split()) if match else ""


def in_reading_order(newest_first: Sequence[Episode]) -> tuple[str, ...]:
    """The slugs of a serial show in the order it is to be heard, stubs left out.

    Seasons follow each other, and what has no season belongs to the one before it in time. A
    season begins with its trailers. Full episodes stand by number where they have one; the others,
    and what is bonus, where they came out.
    """
    seasons: dict[int, list[Episode]] = {}
    last = 0
    for episode in reversed(newest_first):
        if episode.status is not Status.STUB:
            last = episode.season or last
            seasons.setdefault(last, []).append(episode)
    ordered = (one for season in sorted(seasons) for one in _season_in_order(seasons[season]))
    return tuple(one.slug for one in ordered)


def _season_in_order(episodes: Iterable[Episode]) -> list[Episode]:
    in_time = sorted(episodes, key=lambda one: one.type != "trailer")
    numbered = (one for one in in_time if one.type == "full" and one.number)
    by_number = iter(sorted(numbered, key=lambda one: one.number or 0))
    return [next(by_number) if one.type == "full" and one.number else one for one in in_time]
