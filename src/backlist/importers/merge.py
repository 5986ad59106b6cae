"""What a reading may change in a site: the only place that decides it. Planned first, then done.

An import adds records and completes them. It never deletes, never changes a guid or a slug, and
leaves alone what a person edited.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from backlist import content, files
from backlist.importers import fields, new_records, raw_records, stubs
from backlist.importers.draft import Draft, Reading
from backlist.importers.matching import TITLE_ALONE, Held, Index, drop_repeats, read_held
from backlist.importers.raw_records import MENTION, RANK
from backlist.importers.report import Report
from backlist.model import Episode, writable
from backlist.problems import Problems, Where


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write, by path from the site's folder, and the report of what they amount to."""

    writes: Mapping[str, str]
    report: Report


def plan(
    existing: Mapping[str, str],
    imported: Mapping[str, str],
    reading: Reading,
    problems: Problems,
    *,
    make_stubs: bool = False,
) -> Plan:
    """What importing `reading` would write.

    `existing` are the records (`content/episodes/*.md`), `imported` the files of
    `content/imported/`, both path → text. Nothing is read or written here.
    """
    merger = _Merger(existing, imported, reading, problems)
    for place, held in merger.match_all():
        merger.complete(place, held)
    merger.add_new()
    merger.survey(make_stubs=make_stubs)
    merger.keep_show()
    return merger.plan()


def apply(plan: Plan, root: Path) -> None:
    """Write every file of a plan under the site's folder, each replaced whole.

    Raises `OSError` when the disk does not let it.
    """
    for path, text in plan.writes.items():
        files.replace(root / path, text.encode())


def show_settings(reading: Reading) -> dict[str, Any]:
    """A `show:` mapping fit for `site.yaml`, of what the source says of its show."""
    show = reading.show
    known: dict[str, Any] = {
        "title": show.title,
        "description": show.description,
        "author": show.author,
        "language": show.language,
        "categories": list(show.categories),
        "explicit": True if show.explicit else None,
        "type": "serial" if show.type == "serial" else None,
        "image": show.image,
        "owner": writable(show.owner) if show.owner else None,
        "copyright": show.copyright,
        "guid": show.guid,
    }
    return {name: value for name, value in known.items() if value}


@dataclass(slots=True)
class _Tally:
    """What the report will name."""

    new: list[str] = field(default_factory=list)
    updated: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    kept: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)
    by_title: list[str] = field(default_factory=list)
    unchanged: int = 0


class _Merger:
    """One reading against one site, step by step."""

    def __init__(
        self,
        existing: Mapping[str, str],
        imported: Mapping[str, str],
        reading: Reading,
        problems: Problems,
    ) -> None:
        self.imported, self.problems = imported, problems
        self.reading = replace(reading, drafts=tuple(drop_repeats(reading, problems)))
        self.drafts = self.reading.drafts
        self.held = read_held(existing, imported, problems)
        self.paths = set(existing)
        self.slugs = {held.episode.slug for held in self.held}
        self.orders = new_records.number_ties(self.drafts)
        self.unmatched: list[int] = []
        self.writes: dict[str, str] = {}
        self.tally = _Tally()
        self.found = stubs.Survey((), 0, ())

    def match_all(self) -> list[tuple[int, Held]]:
        """The drafts that have a record, with it; the others are noted as unmatched."""
        index = Index(self.held, self.drafts)
        pairs = []
        for place, draft in enumerate(self.drafts):
            match = index.match(draft, self.reading.format)
            if match is None:
                self.unmatched.append(place)
                continue
            held, key = match
            if key == TITLE_ALONE:
                self._tell_title_match(draft, held)
            pairs.append((place, held))
        return pairs

    def _tell_title_match(self, draft: Draft, held: Held) -> None:
        self.tally.by_title.append(held.path)
        self.problems.notice(
            Where(self.reading.name, draft.line),
            f"`{draft.title}` is matched with {held.path} by title alone",
            "look whether it is the same episode",
        )

    def complete(self, place: int, held: Held) -> None:
        """Write into a record what it lacks or what nobody edited, and renew its raw record."""
        draft, mine = self.drafts[place], held.episode
        new = new_records.episode_of(draft, mine.slug, self.reading.show, self.orders[place])
        rank = RANK.get(self.reading.format, 1)
        lesser = held.base is not None and rank < RANK.get(held.base.format, 1)
        base = held.base.episode if held.base else None
        new = _remember_date(new, base)
        changes = fields.decide(mine, base, new, only_fill=lesser)
        self._tell_other_guid(draft, held)
        if changes.kept:
            self.tally.kept.append((held.path, changes.kept))
        self._amend(held, changes)
        if not lesser:
            text = raw_records.write_base(self.reading.name, self.reading.format, draft, new)
            self._write_raw(raw_records.path_of(mine.slug), text)

    def _amend(self, held: Held, changes: fields.Changes) -> None:
        text = held.text
        if changes.set:
            text = content.amend(text, changes.set)
        if changes.body is not None:
            text = content.replace_body(text, changes.body)
        if not changes.set and changes.body is None:
            self.tally.unchanged += 1
            return
        self.writes[held.path] = text
        names = [*changes.set, *(["body"] if changes.body is not None else [])]
        self.tally.updated.append((held.path, tuple(names)))

    def _tell_other_guid(self, draft: Draft, held: Held) -> None:
        guid = held.episode.guid
        if guid and draft.guid and guid != draft.guid:
            self.problems.warning(
                Where(self.reading.name, draft.line),
                f"the source has the guid `{draft.guid}`, {held.path} has `{guid}`; kept",
                "a changed guid makes every subscriber download the episode again",
            )

    def add_new(self) -> None:
        """Write a record for every draft without one, the oldest first: it gets the plain slug."""
        added = {place: self._add(place) for place in self._oldest_first()}
        self.tally.new += [added[place] for place in self.unmatched]

    def _oldest_first(self) -> list[int]:
        def age(place: int) -> tuple[float, int]:
            date = self.drafts[place].date
            return date.instant.timestamp() if date else 0.0, -place

        return sorted(self.unmatched, key=age)

    def _add(self, place: int) -> str:
        draft = self.drafts[place]
        where = Where(self.reading.name, draft.line)
        keys = new_records.slug_keys(draft)
        slug = new_records.choose_slug(draft.title, keys, self.slugs, where, self.problems)
        episode = new_records.episode_of(draft, slug, self.reading.show, self.orders[place])
        path = self._write_record(episode)
        text = raw_records.write_base(self.reading.name, self.reading.format, draft, episode)
        self._write_raw(raw_records.path_of(slug), text)
        return path

    def _write_record(self, episode: Episode) -> str:
        path = new_records.file_of(episode)
        if path in self.paths:
            path = f"{new_records.FOLDER}/{episode.slug}-imported.md"
        self.paths.add(path)
        self.slugs.add(episode.slug)
        self.writes[path] = new_records.write(episode)
        return path

    def _write_raw(self, path: str, text: str) -> None:
        if raw_records.differs(self.imported.get(path), text):
            self.writes[path] = text

    def survey(self, *, make_stubs: bool) -> None:
        """Count the mentions, and make records for the files that have none."""
        self.found = stubs.survey(self.reading, self.held)
        if not make_stubs:
            return
        silent = {draft.title: "an episode of this import" for draft in self.drafts}
        silent = {d.title: silent[d.title] for d in self.drafts if d.audio is None}
        silent |= {each.episode.title: each.path for each in self.held if not each.episode.audio}
        for named in stubs.choose(self.found.unknown, silent, self.reading, self.problems):
            self._add_stub(named)

    def _add_stub(self, named: stubs.Named) -> None:
        where = Where(self.reading.name, named.line)
        slug = new_records.choose_slug(
            named.title or "", (named.file,), self.slugs, where, self.problems
        )
        episode = stubs.stub_of(named, slug)
        self.tally.stubs.append(self._write_record(episode))
        text = raw_records.write_base(
            self.reading.name, MENTION, Draft(episode.title, raw={"title": episode.title}), episode
        )
        self._write_raw(raw_records.path_of(slug), text)

    def keep_show(self) -> None:
        """Keep what the source says of the show, unless a better source has said it."""
        old = self.imported.get(raw_records.SHOW)
        said = content.parse_yaml(old, raw_records.SHOW, self.problems) if old else None
        form = str(said.data.get("format")) if said else ""
        if RANK.get(self.reading.format, 1) < RANK.get(form, 0):
            return
        if said and form == self.reading.format:
            self._tell_shrinking(str(said.data.get("items") or "0"))
        text = raw_records.write_show(self.reading, self.reading.name, show_settings(self.reading))
        if raw_records.differs(old, text):
            self.writes[raw_records.SHOW] = text

    def _tell_shrinking(self, before: str) -> None:
        if before.isdigit() and len(self.drafts) < int(before):
            self.problems.warning(
                Where(self.reading.name),
                f"{len(self.drafts)} episodes, and {before} at the last import; nothing is removed",
                "look whether the source is whole",
            )

    def plan(self) -> Plan:
        """The files to write and the report."""
        found, tally = self.found, self.tally
        report = Report(
            sources=(self.reading.name,),
            found=len(self.drafts),
            new=tuple(tally.new),
            updated=tuple(tally.updated),
            unchanged=tally.unchanged,
            kept=tuple(tally.kept),
            stubs=tuple(tally.stubs),
            matched_by_title=tuple(tally.by_title),
            mentions=len(found.mentions),
            mentioned_episodes=len(found.files),
            mentioned_here=found.here,
            unknown=() if tally.stubs else tuple(named.file for named in found.unknown),
            wrote=len(self.writes),
        )
        return Plan(self.writes, report)


def _remember_date(new: Episode, base: Episode | None) -> Episode:
    """A page imported again without its day still has the dates it was given before."""
    if new.date or base is None or base.date is None:
        return new
    kept = {name: getattr(base, name) for name in ("date", "date_approximate", "order")}
    return new.model_copy(update=kept)
