"""Records for episodes that are only mentioned: a title and a sound file, nothing more."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backlist.importers.draft import Reading
from backlist.importers.matching import Held, addresses_of
from backlist.importers.mentions import Mention, addresses, audio_file, find_mentions, host
from backlist.model import Audio, Episode, Status
from backlist.model.scalars import Moment, moment
from backlist.problems import Problems, Where


@dataclass(frozen=True, slots=True)
class Named:
    """A mentioned file without a record: its address, the title given first, and the line."""

    file: str
    url: str
    title: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The mentions in a reading: how many, of which files, and which have no record."""

    mentions: tuple[Mention, ...]
    here: int
    unknown: tuple[Named, ...]

    @property
    def files(self) -> set[str]:
        """The files mentioned."""
        return {mention.file for mention in self.mentions}


def survey(reading: Reading, held: Iterable[Held]) -> Survey:
    """The mentions in a reading, held against its own drafts and the site's records."""
    records = list(held)
    owned = [url for each in records for url in addresses_of(each.episode.audio)]
    mentions = find_mentions(reading, {host(url) for url in owned})
    here = {audio_file(draft.audio.url) for draft in reading.drafts if draft.audio}
    known = here | {audio_file(url) for url in owned}
    chosen = addresses(mentions)
    titles: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        titles[mention.file].append(mention)
    unknown = tuple(
        Named(file, chosen[file], _first_title(named), named[0].line)
        for file, named in titles.items()
        if file not in known
    )
    return Survey(mentions, len(here & set(titles)), unknown)


def _first_title(mentions: Iterable[Mention]) -> str | None:
    return next((mention.title for mention in mentions if mention.title), None)


def choose(
    unknown: Iterable[Named], silent: Mapping[str, str], reading: Reading, problems: Problems
) -> list[Named]:
    """The mentioned files that get a stub.

    Not one without a title, nor one whose title is that of a record that knows no audio yet
    (`silent`: title → file): that is for a person to join.
    """
    chosen = []
    for named in unknown:
        where = Where(reading.name, named.line)
        if not named.title:
            problems.notice(where, f"`{named.file}` is mentioned without a title; no stub is made")
        elif named.title in silent:
            problems.notice(
                where,
                f"`{named.file}` has the title of {silent[named.title]}; no stub is made",
                f"if it is the same episode, write `audio: {named.url}` into that record",
            )
        else:
            chosen.append(named)
    return chosen


def stub_of(named: Named, slug: str) -> Episode:
    """The stub record; the day in the file's name is a guess at its date, and marked so."""
    day = day_in(named.file)
    return Episode(
        title=named.title or named.file,
        slug=slug,
        status=Status.STUB,
        date=day,
        date_approximate=day is not None,
        audio=Audio(url=named.url),
    )


def day_in(file: str) -> Moment | None:
    """The day a file's name begins with, or None."""
    match = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", file)
    try:
        return moment(match[0]) if match else None
    except ValueError:
        return None
