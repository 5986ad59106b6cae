"""What a reading may change in a site: the only place that decides it, before anything is done.

An import adds records and completes them. It never deletes, never changes a guid or a slug, and
leaves alone what a person edited.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from backlist import content, urls
from backlist.importers import fields, mentions, records, rss
from backlist.importers.draft import Draft, Reading
from backlist.importers.matching import (
    BY_DAY,
    BY_TITLE,
    Existing,
    Index,
    addresses_of,
    drop_repeats,
    is_same_day,
    read_existing,
)
from backlist.importers.records import MENTION, SHOW, Base, rank
from backlist.importers.report import Report
from backlist.model import Episode, Status, new_guid
from backlist.problems import Problems, Where


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write, by path from the site's folder, and the report of what they amount to.

    A record comes before its raw record: an import that ends between the two is then made good by
    the next one, and never takes the old record for a person's edit. `lost` are the records whose
    items the source had at the last import and has no more; `oldest` is the first date of all
    items, if each has one; `reissued` are the items that are a record under another guid.
    """

    writes: Mapping[str, str]
    report: Report
    format: str = ""
    lost: tuple[Existing, ...] = ()
    oldest: datetime | None = None
    reissued: tuple[tuple[Draft, Existing], ...] = ()


def plan(
    existing: Mapping[str, str],
    imported: Mapping[str, str],
    reading: Reading,
    problems: Problems,
    *,
    make_stubs: bool = False,
    every_script: bool = False,
) -> Plan:
    """What importing `reading` would write.

    `existing` are the records (`content/episodes/*.md`), `imported` the files of
    `content/imported/`, both path → text. With `every_script` new slugs keep the letters of scripts
    other than Latin. Nothing is read or written here.
    """
    merger = _Merger(existing, imported, reading, problems, every_script=every_script)
    for index, record in merger.match_all():
        merger.complete(index, record)
    merger.add_new()
    merger.survey(make_stubs=make_stubs)
    merger.keep_show()
    merger.report_missing_guids()
    return merger.plan()


class _Merger:
    """One reading against one site, step by step."""

    def __init__(
        self,
        existing: Mapping[str, str],
        imported: Mapping[str, str],
        reading: Reading,
        problems: Problems,
        *,
        every_script: bool,
    ) -> None:
        self.imported, self.problems, self.every_script = imported, problems, every_script
        self.reading = replace(reading, drafts=tuple(drop_repeats(reading, problems)))
        self.drafts = self.reading.drafts
        self.existing = read_existing(existing, imported, problems)
        self.paths = set(existing)
        self.slugs = {urls.folded(record.episode.slug) for record in self.existing}
        self.orders = records.number_ties(self.drafts)
        self.unmatched: list[int] = []
        self.claimed: set[str] = set()
        self.writes: dict[str, str] = {}
        # What happens to records, under the names of `Report`.
        self.outcomes: dict[str, list[Any]] = defaultdict(list)
        self.unchanged = 0
        # Guids that are given away, and the drafts that got one because their source has none.
        self.guids = {record.episode.guid for record in self.existing if record.episode.guid}
        self.guids |= {draft.guid for draft in self.drafts if draft.guid}
        self.named: list[Draft] = []
        self.reissued: list[tuple[Draft, Existing]] = []
        self.mentioned = mentions.Survey()

    def match_all(self) -> list[tuple[int, Existing]]:
        """The drafts that have a record, with it; the others are noted as unmatched."""
        index = Index(self.existing, self.drafts, self.reading.format)
        found = index.match(self.drafts)
        if self.reading.format == rss.FORMAT:
            left = {n: draft for n, draft in enumerate(self.drafts) if n not in found}
            again = index.find_reissued(left)
            self.reissued = [
                (left[number], record) for number, record in again.items() if record.episode.guid
            ]
            for number, record in again.items():
                found[number] = record, BY_DAY if record.episode.guid else BY_TITLE
        self.claimed = index.claimed
        for number, draft in enumerate(self.drafts):
            if number not in found:
                self.unmatched.append(number)
                self._report_namesakes(draft, index.namesakes(draft))
            elif found[number][1] == BY_TITLE:
                self._report_title_match(draft, found[number][0])
        return [(number, record) for number, (record, _) in sorted(found.items())]

    def _report_title_match(self, draft: Draft, record: Existing) -> None:
        self.outcomes["matched_by_title"].append(record.path)
        self.problems.info(
            self.reading.where(draft),
            f"`{draft.title}` is matched with {record.path} by title alone",
            "check that it is the same episode",
        )

    def _report_namesakes(self, draft: Draft, namesakes: Sequence[Existing]) -> None:
        free = [record for record in namesakes if record.path not in self.claimed]
        twins = [record.path for record in free if is_same_day(draft, record)]
        if twins:
            self.problems.warning(
                self.reading.where(draft),
                f"`{draft.title}` has the title and the day of {twins[0]}, and so has another "
                "item; not merged, a record of its own",
                "apps may know it under the guid of that record: compare the two before you build",
            )
        elif free:
            self.problems.info(
                self.reading.where(draft),
                f"`{draft.title}` is also the title of {free[0].path}; not merged, a record of its "
                "own",
                "if they are one episode, remove the new record and its file in "
                "content/imported/, write its date into the older one, and import again",
            )

    def complete(self, index: int, record: Existing) -> None:
        """Write into a record what it lacks or what nobody edited, and renew its raw record."""
        draft, base = self.drafts[index], record.base
        new = draft.record(record.episode.slug, self.reading.show, self.orders[index])
        new = _keep_date(new, base.episode if base else None)
        lesser = base is not None and rank(self.reading.format) < rank(base.format)
        again = base is not None and base.format == self.reading.format
        changes = fields.decide(
            record.episode,
            base.episode if base else None,
            new,
            only_fill=lesser,
            follow_removals=again,
        )
        if base is None or base.episode.guid is None:
            changes = replace(
                changes, set={**changes.set, **self._missing_guid(draft, record.episode)}
            )
        self._report_other_guid(draft, record)
        if changes.kept:
            self.outcomes["kept"].append((record.path, changes.kept))
        self._amend(record, changes, completing=changes.completing or not again)
        if record.path in self.writes:
            self._note_losses(draft, record.path)
        if not lesser:
            self._renew_base(record, draft, new)

    def _renew_base(self, record: Existing, draft: Draft, new: Episode) -> None:
        path = records.raw_path(record.episode.slug)
        title = record.base.title if record.base else ""
        if (
            record.base == Base(self.reading.format, title, new, draft.raw)
            and path in self.imported
        ):
            # Writing YAML is what takes the time when nothing changed.
            return
        self._write_raw(new, draft.raw)

    def _amend(self, record: Existing, changes: fields.Changes, *, completing: bool) -> None:
        if not changes.set and changes.body is None:
            self.unchanged += 1
            return
        text = content.amend(record.text, changes.set) if changes.set else record.text
        if changes.body is not None:
            text = content.replace_body(text, changes.body)
        self.writes[record.path] = text
        names = [*changes.set, *(["body"] if changes.body is not None else [])]
        outcome = "completed" if completing else "changed"
        self.outcomes[outcome].append((record.path, tuple(names)))

    def _report_other_guid(self, draft: Draft, record: Existing) -> None:
        guid = record.episode.guid
        told = record.base is not None and record.base.episode.guid == draft.guid
        told = told or any(draft is one for one, _ in self.reissued)
        if guid and draft.guid and guid != draft.guid and not told:
            self.problems.warning(
                self.reading.where(draft),
                f"the source has the guid `{draft.guid}`, {record.path} has `{guid}`; kept",
                "a changed guid makes every subscriber download the episode again",
            )

    def add_new(self) -> None:
        """Write a record for every draft without one, the oldest first: it gets the plain slug."""
        added = {index: self._add(index) for index in self._oldest_first()}
        self.outcomes["new"] = [added[index] for index in self.unmatched]

    def _oldest_first(self) -> list[int]:
        def age(index: int) -> tuple[float, int]:
            date = self.drafts[index].date
            return date.instant.timestamp() if date else 0.0, -index

        return sorted(self.unmatched, key=age)

    def _add(self, index: int) -> str:
        draft = self.drafts[index]
        slug = self._choose_slug(draft.title, records.slug_keys(draft), self.reading.where(draft))
        episode = draft.record(slug, self.reading.show, self.orders[index])
        guid = self._missing_guid(draft, episode)
        path = self._write_record(episode.model_copy(update=guid))
        self._write_raw(episode, draft.raw)
        self._note_losses(draft, path)
        return path

    def _note_losses(self, draft: Draft, path: str) -> None:
        self.outcomes["losses"] += [replace(loss, file=path) for loss in draft.losses]

    def _missing_guid(self, draft: Draft, record: Episode) -> Mapping[str, str]:
        """The guid of a feed's item without one, as a change to a record that has none either.

        Apps know such an item by its enclosure address. The raw record stays without, so that it
        is found again by other keys when that address changes.
        """
        nameless = record.guid is None and draft.guid is None and draft.audio is not None
        if not nameless or self.reading.format != rss.FORMAT:
            return {}
        seed = f"{draft.audio.url} {record.slug}" if draft.audio else ""
        guid = new_guid(draft.audio.url if draft.audio else None, seed, self.guids)
        self.guids.add(guid)
        self.named.append(draft)
        return {"guid": guid}

    def _choose_slug(self, title: str, keys: Sequence[str | None], where: Where) -> str:
        return records.choose_slug(
            title, keys, self.slugs, where, self.problems, every_script=self.every_script
        )

    def _write_record(self, episode: Episode) -> str:
        path = records.file_of(episode)
        if path in self.paths:
            path = f"{records.FOLDER}/{episode.slug}-imported.md"
        self.paths.add(path)
        self.slugs.add(urls.folded(episode.slug))
        self.writes[path] = records.write(episode)
        return path

    def _write_raw(self, episode: Episode, raw: Mapping[str, str], form: str = "") -> None:
        path = records.raw_path(episode.slug)
        text = records.write_base(self.reading.name, form or self.reading.format, raw, episode)
        self._write_if_new(path, text)

    def _write_if_new(self, path: str, text: str) -> None:
        if records.differs(self.imported.get(path), text):
            self.writes[path] = text

    def survey(self, *, make_stubs: bool) -> None:
        """Count the mentions, and write stubs for the files that have no record."""
        own = [url for record in self.existing for url in addresses_of(record.episode.audio)]
        self.mentioned = mentions.survey(self.reading, own)
        if not make_stubs:
            return
        silent = {d.title: "an episode of this import" for d in self.drafts if d.audio is None}
        silent |= {
            each.episode.title: each.path for each in self.existing if not each.episode.audio
        }
        missing = self.mentioned.missing
        for mention in mentions.choose_stubs(missing, silent, self.reading, self.problems):
            where = Where(self.reading.name, mention.line)
            slug = self._choose_slug(mention.title or "", (mention.file,), where)
            episode = mentions.stub_of(mention, slug)
            self.outcomes["stubs"].append(self._write_record(episode))
            self._write_raw(episode, {"title": episode.title}, MENTION)

    def keep_show(self) -> None:
        """Keep what the source says of the show, unless a better source has said it."""
        old = self.imported.get(SHOW)
        said = content.parse_yaml(old, SHOW, self.problems) if old else None
        form = str(said.data.get("format")) if said else ""
        if rank(self.reading.format) >= records.RANK.get(form, 0):
            self._write_if_new(SHOW, records.write_show(self.reading))

    def report_missing_guids(self) -> None:
        """Report once the items that have no guid and got one."""
        if self.named:
            self.problems.info(
                self.reading.where(self.named[0]),
                f"{len(self.named)} of {len(self.drafts)} items have no guid; their audio address "
                "is now their guid",
                "apps know an item without a guid by that address",
            )

    def find_lost(self) -> tuple[Existing, ...]:
        """The records that came from this format last time and that no item is now."""
        return tuple(
            record
            for record in self.existing
            if record.base is not None
            and record.base.format == self.reading.format
            and record.path not in self.claimed
            and record.episode.status is not Status.REMOVED
            and not record.base.gone
        )

    def plan(self) -> Plan:
        """The files to write and the report."""
        survey = self.mentioned
        outcomes: dict[str, Any] = {name: tuple(found) for name, found in self.outcomes.items()}
        report = Report(
            sources=(self.reading.name,),
            found=len(self.drafts),
            unchanged=self.unchanged,
            mentions=len(survey.mentions),
            mentioned_episodes=len(survey.files),
            mentioned_here=survey.here,
            unknown=() if self.outcomes["stubs"] else tuple(m.file for m in survey.missing),
            carried=self.reading.carried,
            wrote=len(self.writes),
            **outcomes,
        )
        dates = [draft.date.instant for draft in self.drafts if draft.date]
        return Plan(
            self.writes,
            report,
            self.reading.format,
            self.find_lost(),
            min(dates) if dates and len(dates) == len(self.drafts) else None,
            tuple(self.reissued),
        )


def _keep_date(new: Episode, base: Episode | None) -> Episode:
    """A page imported again without its day still has the dates it was given before."""
    if new.date or base is None or base.date is None:
        return new
    kept = {name: getattr(base, name) for name in ("date", "date_approximate", "order")}
    return new.model_copy(update=kept)
