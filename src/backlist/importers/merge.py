"""What a reading may change in a site: the only place that decides it, before anything is done.

An import adds records and completes them. It never deletes, never changes a guid or a slug, and
leaves alone what a person edited.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from backlist import content
from backlist.importers import feed, fields, new_records, raw_records, stubs
from backlist.importers.draft import Draft, Reading
from backlist.importers.founding import show_settings
from backlist.importers.matching import BY_TITLE, Held, Index, drop_repeats, read_held
from backlist.importers.raw_records import MENTION, RANK, Base
from backlist.importers.report import Report, Tally
from backlist.model import Episode, Status
from backlist.problems import Problems, Where


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write, by path from the site's folder, and the report of what they amount to.

    A record comes before its raw record: an import that ends between the two is then made good by
    the next one, and never takes the old record for a person's edit. `lost` are the records whose
    items the source had at the last import and has no more.
    """

    writes: Mapping[str, str]
    report: Report
    format: str = ""
    lost: tuple[Held, ...] = ()


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
    merger.tell_nameless()
    return merger.plan()


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
        self.claimed: set[str] = set()
        self.writes: dict[str, str] = {}
        self.tally = Tally()
        self.found = stubs.Survey((), 0, ())

    def match_all(self) -> list[tuple[int, Held]]:
        """The drafts that have a record, with it; the others are noted as unmatched."""
        index = Index(self.held, self.drafts, self.reading.format)
        found = index.match(self.drafts)
        self.claimed = index.claimed
        for place, draft in enumerate(self.drafts):
            if place not in found:
                self.unmatched.append(place)
                self._tell_namesakes(draft, index.namesakes(draft))
            elif found[place][1] == BY_TITLE:
                self._tell_title_match(draft, found[place][0])
        return [(place, held) for place, (held, _) in sorted(found.items())]

    def _tell_title_match(self, draft: Draft, held: Held) -> None:
        self.tally.matched_by_title.append(held.path)
        self.problems.notice(
            Where(self.reading.name, draft.line),
            f"`{draft.title}` is matched with {held.path} by title alone",
            "look whether it is the same episode",
        )

    def _tell_namesakes(self, draft: Draft, namesakes: Sequence[Held]) -> None:
        free = [held.path for held in namesakes if held.path not in self.claimed]
        if free:
            self.problems.notice(
                Where(self.reading.name, draft.line),
                f"`{draft.title}` is also the title of {free[0]}; not merged, a record of its own",
                "if they are one episode, give the older record this one's guid, and remove the "
                "new one",
            )

    def complete(self, place: int, held: Held) -> None:
        """Write into a record what it lacks or what nobody edited, and renew its raw record."""
        draft, mine = self.drafts[place], held.episode
        new = new_records.episode_of(draft, mine.slug, self.reading.show, self.orders[place])
        rank = RANK.get(self.reading.format, 1)
        lesser = held.base is not None and rank < RANK.get(held.base.format, 1)
        base = held.base.episode if held.base else None
        new = _remember_date(new, base)
        again = held.base is not None and held.base.format == self.reading.format
        changes = fields.decide(mine, base, new, only_fill=lesser, follow_removals=again)
        self._tell_other_guid(draft, held)
        if changes.kept:
            self.tally.kept.append((held.path, changes.kept))
        self._amend(held, changes, completing=changes.completing or not again)
        if not lesser:
            self._renew_base(held, draft, new)

    def _renew_base(self, held: Held, draft: Draft, new: Episode) -> None:
        path = raw_records.path_of(held.episode.slug)
        said = Base(self.reading.format, held.base.title if held.base else "", new, draft.raw)
        if held.base == said and path in self.imported:
            # Writing YAML is what takes the time when nothing changed.
            return
        text = raw_records.write_base(self.reading.name, self.reading.format, draft, new)
        self._write_raw(path, text)

    def _amend(self, held: Held, changes: fields.Changes, *, completing: bool) -> None:
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
        tally = self.tally.completed if completing else self.tally.changed
        tally.append((held.path, tuple(names)))

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
        text = raw_records.write_show(self.reading, self.reading.name, show_settings(self.reading))
        if raw_records.differs(old, text):
            self.writes[raw_records.SHOW] = text

    def tell_nameless(self) -> None:
        """Warn once of a feed's items that have no guid: they cannot be in our feed as they are."""
        nameless = [draft for draft in self.drafts if draft.guid is None]
        if nameless and self.reading.format == feed.FORMAT:
            self.problems.warning(
                Where(self.reading.name, nameless[0].line),
                f"{len(nameless)} of {len(self.drafts)} items have no guid; they stay out of the "
                "feed",
                "apps know them by their audio address: `backlist adopt SLUG…` makes that the guid",
            )

    def find_lost(self) -> tuple[Held, ...]:
        """The records that came from this format last time and that no item is now."""
        return tuple(
            held
            for held in self.held
            if held.base is not None
            and held.base.format == self.reading.format
            and held.path not in self.claimed
            and held.episode.status is not Status.REMOVED
            and not held.base.gone
        )

    def plan(self) -> Plan:
        """The files to write and the report."""
        found = self.found
        report = replace(
            self.tally.report(),
            sources=(self.reading.name,),
            found=len(self.drafts),
            mentions=len(found.mentions),
            mentioned_episodes=len(found.files),
            mentioned_here=found.here,
            unknown=() if self.tally.stubs else tuple(named.file for named in found.unknown),
            wrote=len(self.writes),
            not_understood=self.reading.unknown,
        )
        return Plan(self.writes, report, self.reading.format, self.find_lost())


def _remember_date(new: Episode, base: Episode | None) -> Episode:
    """A page imported again without its day still has the dates it was given before."""
    if new.date or base is None or base.date is None:
        return new
    kept = {name: getattr(base, name) for name in ("date", "date_approximate", "order")}
    return new.model_copy(update=kept)
