"""Which record of the site a draft is: by guid, by audio file, by last import, by title.

The stronger key always wins, and no record is ever taken by two drafts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from backlist import content
from backlist.importers.draft import Draft, Reading
from backlist.importers.mentions import audio_file
from backlist.importers.raw_records import Base, path_of, read_base
from backlist.model import Audio, Episode
from backlist.problems import Problems, Where

TITLE_ALONE = "title"


@dataclass(frozen=True, slots=True)
class Held:
    """A record the site keeps: its file, what the file says, and what was imported for it."""

    path: str
    text: str
    episode: Episode
    base: Base | None = None


def read_held(
    existing: Mapping[str, str], imported: Mapping[str, str], problems: Problems
) -> list[Held]:
    """The site's records with their raw records; what cannot be read is told as an error."""
    held = []
    for path, text in sorted(existing.items()):
        document = content.parse_markdown(text, path, problems)
        if document is None:
            continue
        data = {"slug": _slug_of_file(path), **document.data}
        filled = content.Document(path, data, document.lines)
        episode = content.read(Episode, filled, problems, body=document.body)
        if episode is None:
            continue
        raw = path_of(episode.slug)
        base = read_base(imported[raw], raw, problems) if raw in imported else None
        held.append(Held(path, text, episode, base))
    return held


def _slug_of_file(path: str) -> str:
    return PurePosixPath(path).stem


def addresses_of(audio: Audio | None) -> list[str]:
    """Every address a sound has or had."""
    return [] if audio is None else [audio.url, *audio.was]


class Index:
    """The site's records by every key a draft may be matched on."""

    def __init__(self, held: Iterable[Held], drafts: Sequence[Draft]) -> None:
        self.claimed: set[str] = set()
        self.guids: dict[str, list[Held]] = defaultdict(list)
        self.urls: dict[str, list[Held]] = defaultdict(list)
        self.files: dict[str, list[Held]] = defaultdict(list)
        self.raws: dict[tuple[str, str], list[Held]] = defaultdict(list)
        self.titles: dict[str, list[Held]] = defaultdict(list)
        for each in held:
            self._add(each)
        # Some hosts call every sound `default.mp3`: such a name identifies nothing.
        names = Counter(audio_file(draft.audio.url) for draft in drafts if draft.audio)
        self.common = {name for name, count in names.items() if count > 1}
        self.repeated = {
            title for title, n in Counter(draft.title for draft in drafts).items() if n > 1
        }

    def _add(self, held: Held) -> None:
        episode = held.episode
        if episode.guid:
            self.guids[episode.guid].append(held)
        for url in addresses_of(episode.audio):
            self.urls[_bare(url)].append(held)
            if held not in self.files[audio_file(url)]:
                self.files[audio_file(url)].append(held)
        if held.base:
            self.raws[held.base.format, held.base.title].append(held)
        self.titles[episode.title].append(held)

    def match(self, draft: Draft, form: str) -> tuple[Held, str] | None:
        """The record a draft is, and the key that says so; it is then taken."""
        for key, found in self._candidates(draft, form):
            free = [held for held in found if held.path not in self.claimed]
            if len(free) == 1 and len(found) == 1:
                self.claimed.add(free[0].path)
                return free[0], key
        return None

    def _candidates(self, draft: Draft, form: str) -> Iterable[tuple[str, list[Held]]]:
        if draft.guid:
            yield "guid", self.guids.get(draft.guid, [])
        if draft.audio:
            yield "audio address", self.urls.get(_bare(draft.audio.url), [])
            name = audio_file(draft.audio.url)
            if name and name not in self.common:
                yield "audio file", self.files.get(name, [])
        raw = self.raws.get((form, draft.raw.get("title", "")), [])
        # Items without any key of their own are known by being the same in every word.
        same = [held for held in raw if held.base and held.base.raw == draft.raw]
        yield "last import", same if draft.raw else []
        if draft.title in self.repeated:
            return
        yield "last import", [held for held in raw if _may_be(draft, held)]
        named = self.titles.get(draft.title, [])
        if all(_may_be(draft, held) for held in named):
            yield TITLE_ALONE, named


def _may_be(draft: Draft, held: Held) -> bool:
    """Whether no two different guids say that draft and record are two episodes."""
    return not (draft.guid and held.episode.guid) or draft.guid == held.episode.guid


def _bare(url: str) -> str:
    return url.partition("://")[2]


def drop_repeats(reading: Reading, problems: Problems) -> Sequence[Draft]:
    """The drafts without a second copy of one; a guid used for two episodes stays with the first.

    Two episodes under one guid cannot both be published, so the second has none until a person
    gives it one.
    """
    seen: dict[str, Draft] = {}
    kept: list[Draft] = []
    for draft in reading.drafts:
        words = repr((draft.title, str(draft.date), sorted(draft.raw.items())))
        first = seen.setdefault(draft.guid or words, draft)
        if first is draft:
            kept.append(draft)
            continue
        where = Where(reading.name, draft.line)
        named = f"guid `{draft.guid}`" if draft.guid else f"title `{draft.title}`"
        what = f"the {named} is that of line {first.line} too"
        if first.audio == draft.audio:
            problems.warning(where, f"{what}; this copy is left out", "remove one from the source")
            continue
        problems.warning(where, f"{what}; this episode has none", "give it a guid of its own")
        kept.append(replace(draft, guid=None, permalink=False))
    return kept
