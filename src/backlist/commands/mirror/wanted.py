"""What the files of a site name at other hosts, each address once."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from backlist import content, urls
from backlist.commands.mirror import places
from backlist.commands.mirror.kinds import CHAPTERS, PICTURES, SOUND, TRANSCRIPTS
from backlist.commands.mirror.ledger import Ledger
from backlist.commands.mirror.places import SiteFile
from backlist.load import CHAPTERS as CHAPTERS_FOLDER
from backlist.load import TRANSCRIPTS as TRANSCRIPTS_FOLDER
from backlist.model import Episode, Status
from backlist.problems import Problems, Where

SOUND_FOLDER = "static/sound"
STATIC_FOLDERS = ("static/covers", "static/pictures", SOUND_FOLDER)
"""Where copies lie that are published as they are."""

FOLDERS = (TRANSCRIPTS_FOLDER, CHAPTERS_FOLDER, *STATIC_FOLDERS)
"""Where copies lie."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file at another host: its kind, its address, and which record names it where.

    `name` is what its copy is to be called in the site, without the ending; `type` and `length`
    are what the record says of it. It is `out` where the episode is published now.
    """

    what: str
    address: str
    where: Where
    name: str
    type: str = ""
    length: int | None = None
    out: bool = True

    @property
    def host(self) -> str:
        """The server to be asked."""
        return urls.split(self.address).netloc.lower()


def find(root: Path, what: Collection[str], now: datetime) -> tuple[Wanted, ...]:
    """All files of the kinds `what` but pictures; those of hidden episodes are left where they are.

    What cannot be understood is passed over: `check` tells of it. Raises `BacklistError` where
    `root` is no site or a file cannot be read.
    """
    found: dict[str, Wanted] = {}
    for one in _all(root, frozenset(what) - {PICTURES}, now):
        known = found.setdefault(one.address, one)
        if one.out and not known.out:
            found[one.address] = replace(known, out=True)
    return tuple(found.values())


def of_pictures(found: Mapping[str, SiteFile]) -> tuple[Wanted, ...]:
    """The pictures that files of the site name, each address once."""
    named: dict[str, Wanted] = {}
    for place in (place for one in found.values() for place in one.places):
        where, name = Where(place.file, place.line), f"static/{place.name}"
        one = Wanted(PICTURES, place.address, where, name, out=place.out)
        known = named.setdefault(place.address, one)
        if one.out and not known.out:
            named[place.address] = replace(known, out=True)
    return tuple(named.values())


_KEYS = {TRANSCRIPTS: "transcripts", CHAPTERS: "chapters_url", SOUND: "audio"}


def _all(root: Path, what: Collection[str], now: datetime) -> Iterator[Wanted]:
    names = "|".join(_KEYS[one] for one in sorted(what))
    may_name = re.compile(rf"^[\"']?(?:{names})[\"']?\s*:", re.MULTILINE)
    for name, text in places.records(root) if what else ():
        document = content.parse_markdown(text, name, Problems()) if may_name.search(text) else None
        if document is None:
            continue
        filled = replace(document, data={"slug": PurePosixPath(name).stem, **document.data})
        episode = content.read(Episode, filled, Problems())
        if episode and episode.status in (Status.PUBLISHED, Status.STUB):
            out = episode.date is None or episode.date.instant <= now
            listed = _of_episode(episode, filled.where, what)
            yield from (replace(one, out=out) for one in listed)


def _of_episode(
    episode: Episode, where: Callable[..., Where], what: Collection[str]
) -> Iterable[Wanted]:
    slug, audio = episode.slug, episode.audio
    if TRANSCRIPTS in what:
        for number, one in enumerate(episode.transcripts, 1):
            name = f"{TRANSCRIPTS_FOLDER}/{slug}" + (f"-{number}" if number > 1 else "")
            place = where("transcripts", number - 1)
            yield Wanted(TRANSCRIPTS, one.url, place, name, one.type or "")
    if CHAPTERS in what and episode.chapters_url:
        name = f"{CHAPTERS_FOLDER}/{slug}"
        yield Wanted(CHAPTERS, episode.chapters_url, where("chapters_url"), name)
    if SOUND in what and audio and audio.url:
        name, place = f"{SOUND_FOLDER}/{slug}", where("audio", "url")
        yield Wanted(SOUND, audio.url, place, name, audio.type or "", audio.length)


def at_other_hosts(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Those that are not files of the site, nor at hosts that exist for examples only."""
    return tuple(
        one
        for one in wanted
        if urls.is_address(one.address) and not urls.is_placeholder(one.address)
    )


def count(root: Path, what: Collection[str], now: datetime) -> Counter[str]:
    """How many files of each kind the site at `root` names at other hosts, copies left out."""
    pictures = of_pictures(places.find(root)) if PICTURES in what else ()
    listed = at_other_hosts((*pictures, *find(root, what, now)))
    ledger = Ledger(root)
    return Counter(one.what for one in listed if ledger.home(one.address) is None)
