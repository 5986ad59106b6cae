"""Which record of the site a draft is: by guid, by audio, by last import, by title at the last.

The stronger key always wins, and no record is ever taken by two drafts.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote

from backlist import content
from backlist.importers.draft import Draft, Reading
from backlist.importers.kept import as_the_source_says, read_kept
from backlist.importers.mentions import audio_file
from backlist.importers.records import RAW_FOLDER, Base, rank, raw_path, read_base
from backlist.model import Audio, Episode
from backlist.model.scalars import Moment
from backlist.problems import Problems

BY_TITLE, BY_DAY = "title", "title and day"

_NEAR = timedelta(days=3)
_NEAR_WEEKS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Existing:
    """A record the site has: its file, what the file says, and what was imported for it."""

    path: str
    text: str
    episode: Episode
    base: Base | None = None


def read_existing(
    texts: Mapping[str, str], imported: Mapping[str, str], problems: Problems
) -> list[Existing]:
    """The site's records with their raw records; what cannot be read is reported as an error."""
    found = [
        (path, text, episode)
        for path, text in sorted(texts.items())
        if (episode := _read_episode(path, text, problems)) is not None
    ]
    bases = {
        path: base
        for path, text in imported.items()
        if path.startswith(RAW_FOLDER) and (base := read_base(text, path, problems)) is not None
    }
    kept = read_kept(imported)
    own = {raw_path(episode.slug) for _, _, episode in found}
    # A slug changed on purpose leaves the raw record behind under the old one.
    strays = {
        base.episode.guid: base
        for path, base in bases.items()
        if path not in own and base.episode.guid
    }
    return [
        Existing(
            path, text, as_the_source_says(episode, base.episode if base else None, kept), base
        )
        for path, text, episode in found
        for base in [bases.get(raw_path(episode.slug)) or strays.get(episode.guid or "")]
    ]


def _read_episode(path: str, text: str, problems: Problems) -> Episode | None:
    document = content.parse_markdown(text, path, problems)
    if document is None:
        return None
    data = {"slug": PurePosixPath(path).stem, **document.data}
    filled = content.Document(path, data, document.lines)
    return content.read(Episode, filled, problems, body=document.body)


def addresses_of(audio: Audio | None) -> list[str]:
    """Every address a sound has or had."""
    return [] if audio is None else [audio.url, *audio.previous_urls]


class Index:
    """The site's records by every key a draft may be matched on."""

    def __init__(self, records: Iterable[Existing], drafts: Sequence[Draft], form: str) -> None:
        self.form = form
        self.claimed: set[str] = set()
        self.keys: dict[tuple[str, str], list[Existing]] = defaultdict(list)
        for record in records:
            for key in _keys_of(record):
                self.keys[key].append(record)
        # Some hosts call every sound `default.mp3`: such a name identifies nothing.
        names = Counter(audio_file(draft.audio.url) for draft in drafts if draft.audio)
        self.common = {name for name, count in names.items() if count > 1}
        titles = Counter(draft.title for draft in drafts)
        self.repeated = {title for title, count in titles.items() if count > 1}

    def match(self, drafts: Sequence[Draft]) -> dict[int, tuple[Existing, str]]:
        """The record each draft is, by the draft's index, and the key that says so.

        All drafts are asked for one key before any is asked for a weaker one.
        """
        found: dict[int, tuple[Existing, str]] = {}
        for key, candidates in (
            ("guid", self._by_guid),
            ("audio address", self._by_address),
            ("audio file", self._by_file),
            ("last import", self._by_last_import),
            (BY_TITLE, self._by_title),
        ):
            for index, draft in enumerate(drafts):
                if index in found:
                    continue
                named = candidates(draft)
                if len(named) == 1 and named[0].path not in self.claimed:
                    self.claimed.add(named[0].path)
                    found[index] = named[0], key
        return found

    def find_reissued(self, drafts: Mapping[int, Draft]) -> dict[int, Existing]:
        """The records that drafts without one are under another guid: same title, same day.

        A host that takes a show over may give its episodes new guids and new addresses. Only
        where one draft and one record have that title and moment, or else that day.
        """
        found: dict[int, Existing] = {}
        free = {one.path: one for records in self.keys.values() for one in records}
        for exact in (True, False):
            ours: dict[_Day, set[str]] = defaultdict(set)
            for path in free.keys() - self.claimed:
                for day in _days_of(free[path], exact=exact):
                    ours[day].add(path)
            theirs: dict[_Day, list[int]] = defaultdict(list)
            for index in drafts.keys() - found.keys():
                said = _day(drafts[index].title, drafts[index].date, exact=exact)
                if said is not None:
                    theirs[said].append(index)
            for day, indices in theirs.items():
                if len(indices) == 1 and len(ours[day]) == 1 and not ours[day] & self.claimed:
                    (path,) = ours[day]
                    self.claimed.add(path)
                    found[indices[0]] = free[path]
        return found

    def namesakes(self, draft: Draft) -> list[Existing]:
        """The records of the same title."""
        return self.keys["title", draft.title]

    def _by_guid(self, draft: Draft) -> list[Existing]:
        found = self.keys["guid", draft.guid] if draft.guid else []
        own = [record for record in found if record.episode.guid == draft.guid]
        return own or found

    def _by_address(self, draft: Draft) -> list[Existing]:
        return self.keys["url", _bare(draft.audio.url)] if draft.audio else []

    def _by_file(self, draft: Draft) -> list[Existing]:
        """By the file's name, unless two guids say that these are two episodes."""
        name = audio_file(draft.audio.url) if draft.audio else ""
        if not name or name in self.common:
            return []
        found = self.keys["file", name]
        return found if all(_may_be(draft, record) for record in found) else []

    def _by_last_import(self, draft: Draft) -> list[Existing]:
        """An item without any key of its own is known by being the same in every word."""
        raw = self.keys[self.form, draft.raw.get("title", "")]
        same = [
            record for record in raw if draft.raw and record.base and record.base.raw == draft.raw
        ]
        return [record for record in same if _may_be(draft, record)]

    def _by_title(self, draft: Draft) -> list[Existing]:
        """By title where nothing contradicts it: one record, one draft, no two guids, near dates.

        A record with a guid is matched only to be filled, by a source of lesser rank, or where
        its source has no guid either.
        """
        found = self.namesakes(draft)
        if draft.title in self.repeated:
            return []
        return found if all(self._may_complete(draft, record) for record in found) else []

    def _may_complete(self, draft: Draft, record: Existing) -> bool:
        nameless = record.base is not None and record.base.episode.guid is None
        free = not draft.guid and (nameless or self._is_lesser(record))
        return (record.episode.guid is None or free) and _is_near(draft, record)

    def _is_lesser(self, record: Existing) -> bool:
        return record.base is not None and rank(self.form) < rank(record.base.format)


def _keys_of(record: Existing) -> set[tuple[str, str]]:
    episode = record.episode
    keys = {("title", episode.title)} | ({("guid", episode.guid)} if episode.guid else set())
    for url in addresses_of(episode.audio):
        keys |= {("url", _bare(url)), ("file", audio_file(url))}
    if record.base:
        keys.add((record.base.format, record.base.title))
        # The guid its source knows it by, where the record keeps one that apps have.
        keys |= {("guid", record.base.episode.guid)} if record.base.episode.guid else set()
    return keys


_Day = tuple[str, float]
"""A title, without case and spacing, and a moment or a day in seconds."""


def _day(title: str, date: Moment | None, *, exact: bool) -> _Day | None:
    if date is None:
        return None
    moment = date.instant.timestamp()
    return " ".join(title.casefold().split()), moment if exact else moment // 86_400


def is_same_day(draft: Draft, record: Existing) -> bool:
    """Whether a record has the title and the day of a draft, as it is or as it was imported."""
    return _day(draft.title, draft.date, exact=False) in _days_of(record, exact=False)


def _days_of(record: Existing, *, exact: bool) -> set[_Day]:
    """Title and day as the record has them, and as its source had them at the last import."""
    versions = [record.episode, *([record.base.episode] if record.base else [])]
    days = {_day(one.title, one.date, exact=exact) for one in versions}
    return {day for day in days if day is not None}


def _may_be(draft: Draft, record: Existing) -> bool:
    """Whether no two different guids say that draft and record are two episodes."""
    return not (draft.guid and record.episode.guid) or draft.guid == record.episode.guid


def _is_near(draft: Draft, record: Existing) -> bool:
    """Whether the dates, where both are known, are those of one episode.

    A page that counts in weeks is less exact than a day.
    """
    ours, theirs = record.episode.date, draft.date
    if ours is None or theirs is None or record.episode.date_approximate:
        return True
    ages = (draft.age or "", record.base.raw.get("age", "") if record.base else "")
    weeks = any(re.search(r"\dw|week", age.lower().replace(" ", "")) for age in ages)
    return abs(ours.instant - theirs.instant) <= (_NEAR_WEEKS if weeks else _NEAR)


def _bare(url: str) -> str:
    """An address to compare by: without scheme, and of one wrapped in another's path the inner."""
    path, mark, query = url.partition("?")
    inner = re.split(r"https?://", unquote(path))[-1]
    return inner + mark + query


def drop_repeats(reading: Reading, problems: Problems) -> Sequence[Draft]:
    """The drafts without a second copy of one; a guid used for two episodes stays with the first.

    Apps show one item of a guid, so the second is known to nobody by it: its audio address
    becomes its guid.
    """
    seen: dict[str, Draft] = {}
    kept: list[Draft] = []
    for draft in reading.drafts:
        words = repr((draft.title, str(draft.date), sorted(draft.raw.items())))
        first = seen.setdefault(draft.guid or words, draft)
        if first is draft:
            kept.append(draft)
            continue
        where = reading.where(draft)
        named = f"guid `{draft.guid}`" if draft.guid else f"title `{draft.title}`"
        message = f"the {named} is the same as on line {first.line}"
        if first.audio == draft.audio:
            problems.warning(
                where, f"{message}; this copy is left out", "remove one from the source"
            )
            continue
        given = "gets its audio address as its guid" if draft.audio else "has none"
        problems.warning(
            where,
            f"{message}; this episode {given}",
            "apps show only one item of a guid, so this one is new to them",
        )
        kept.append(draft.model_copy(update={"guid": None, "permalink": False}))
    return kept
