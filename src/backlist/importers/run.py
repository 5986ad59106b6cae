"""Importing: sources to drafts to a plan to files, all faults of all sources told in one go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from backlist import content, files, importers, scaffold
from backlist.importers import exhibits, memory, merge, raw_records
from backlist.importers.draft import Reading
from backlist.importers.fetch import Fetched, fetch
from backlist.importers.founding import founding_settings
from backlist.importers.losses import find_lost, judge_losses
from backlist.importers.own_feed import refuse_own_feed
from backlist.importers.report import Report, join
from backlist.importers.web import Stamp
from backlist.problems import BacklistError, Problems, Where

Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person may ask of an import.

    `as_of` is the day a page was saved; `stubs` writes records for mentioned episodes;
    `keep_lists` leaves source lists that do not count up in the text; `insist` is the number of
    episodes that may be gone from the source; `again` reads a feed although its server says that
    it has not changed; `dry_run` writes nothing.
    """

    as_of: date | None = None
    stubs: bool = False
    keep_lists: bool = False
    insist: int | None = None
    again: bool = False
    dry_run: bool = False

    def ask_anew(self) -> bool:
        """Whether the answer to "has it changed?" does not matter."""
        return self.again or self.stubs or self.keep_lists or self.insist is not None


NO_WISHES = Wishes()


def unwatched(what: str, done: int, of: int) -> None:
    """For runs that nobody watches."""


def import_sources(
    root: Path,
    sources: Sequence[str],
    wishes: Wishes = NO_WISHES,
    *,
    problems: Problems,
    watch: Watch = unwatched,
) -> Report | None:
    """Import files, addresses and `-` into the site at `root`; None when an error forbids it.

    Nothing is written unless every source could be read and merged. An empty folder becomes a
    site of the first source's show. `watch(what, done, of)` is called as it goes. Raises
    `BacklistError` when the folder is no site, or its files cannot be read or written.
    """
    if not wishes.dry_run:
        clear_leftovers(root)
    scaffold.require(root)
    return _Import(root, wishes, problems, watch).run(sources)


def clear_leftovers(root: Path) -> None:
    """Remove the temporary files that an import leaves behind when it is killed."""
    files.sweep(root / "content")
    if root.is_dir() and all(path.is_file() for path in root.iterdir()):
        # Killed while it founded the site; a folder with folders in it is none of ours to search.
        files.sweep(root)


class _Import:
    """One run of an import, step by step."""

    def __init__(self, root: Path, wishes: Wishes, problems: Problems, watch: Watch) -> None:
        self.root, self.wishes, self.problems, self.watch = root, wishes, problems, watch
        self.fetched: dict[str, Fetched] = {}
        self.writes: dict[str, bytes] = {}

    def run(self, sources: Sequence[str]) -> Report | None:
        """Read, plan, and unless something forbids it, write."""
        existing = _read_files(self.root, "content/episodes", "*.md")
        imported = _read_files(self.root, raw_records.FOLDER, "*.yaml")
        imported |= _read_files(self.root, "content/imported", "*.yaml")
        stamps = memory.read_stamps(imported.pop(memory.PATH, None))
        readings = self._read(sources, stamps)
        episodes = [each for each in readings if each.catalogue is None]
        plans = self._plan(episodes, existing, imported)
        hung = self._hang([each for each in readings if each.catalogue], existing)
        gone = judge_losses(plans, imported, self.wishes.insist, self.problems)
        settings = self._found(episodes, hung)
        if self.problems.stop():
            return None
        self._keep(gone)
        self._remember(stamps)
        lost = [held.path for held in find_lost(plans, "feed")] if gone else []
        if not self.wishes.dry_run:
            self._write(settings)
        return self._report([*plans, *hung], lost)

    def _read(self, sources: Sequence[str], stamps: Mapping[str, Stamp]) -> list[Reading]:
        """Everything the sources say, in their order; what cannot be read is told and left out."""
        self._fetch(sources, {} if self.wishes.ask_anew() else stamps)
        if any(each.data is not None for each in self.fetched.values()):
            # One feed of several that did not change still says which episodes are not lost.
            self._fetch([name for name, each in self.fetched.items() if each.data is None], {})
        settings = _read_settings(self.root)
        readings = []
        for fetched in self.fetched.values():
            reading = self._understand(fetched)
            if reading is not None:
                refuse_own_feed(settings, reading, self.problems)
                readings.append(reading)
        return readings

    def _fetch(self, sources: Sequence[str], stamps: Mapping[str, Stamp]) -> None:
        for source in sources:
            fetched = fetch(source, self.problems, stamps.get(source))
            if fetched is not None:
                self.fetched[source] = fetched

    def _understand(self, fetched: Fetched) -> Reading | None:
        if fetched.data is None:
            return None
        return importers.read(
            fetched.data,
            fetched.name,
            self.problems,
            as_of=self.wishes.as_of,
            keep_lists=self.wishes.keep_lists,
            tick=lambda done, of: self.watch("reading", done, of),
        )

    def _plan(
        self, readings: Sequence[Reading], existing: dict[str, str], imported: dict[str, str]
    ) -> list[merge.Plan]:
        """What each reading would write, each one seeing what the ones before it would."""
        plans = []
        for reading in readings:
            plan = merge.plan(
                existing, imported, reading, self.problems, make_stubs=self.wishes.stubs
            )
            existing |= {path: text for path, text in plan.writes.items() if path.endswith(".md")}
            imported |= {path: text for path, text in plan.writes.items() if path.endswith(".yaml")}
            self._keep(plan.writes)
            plans.append(plan)
        return plans

    def _hang(
        self, catalogues: Sequence[Reading], existing: Mapping[str, str]
    ) -> list[exhibits.Plan]:
        """What catalogues of visualizations would write, seeing the episodes of this import."""
        if not catalogues:
            return []
        planner = exhibits.Planner(self.root, existing, self.problems)
        plans = [planner.plan(reading) for reading in catalogues]
        for plan in plans:
            self.writes |= plan.writes
        return plans

    def _keep(self, texts: Mapping[str, str]) -> None:
        self.writes |= {path: text.encode() for path, text in texts.items()}

    def _found(
        self, readings: Sequence[Reading], hung: Sequence[exhibits.Plan]
    ) -> dict[str, Any] | None:
        """The settings of the new site, where there is to be one."""
        if hung and not readings and scaffold.is_empty(self.root):
            self.problems.error(
                Where(str(self.root)),
                "is empty, and a catalogue of visualizations founds no site",
                "import the show's feed with it, or make a site first: `backlist init DIR`",
            )
        if not readings or not scaffold.is_empty(self.root):
            return None
        return founding_settings(readings[0], self.problems)

    def _remember(self, stamps: Mapping[str, Stamp]) -> None:
        """Plan to write down, as the very last file, what servers said of their feeds."""
        told = {
            source: fetched.stamp for source, fetched in self.fetched.items() if "://" in source
        }
        if {**stamps, **told} != stamps:
            self._keep({memory.PATH: memory.write_stamps({**stamps, **told})})

    def _write(self, settings: Mapping[str, Any] | None) -> None:
        try:
            if settings is not None:
                scaffold.found(self.root, settings)
            for done, (path, data) in enumerate(self.writes.items(), 1):
                files.replace(self.root / path, data)
                self.watch("writing", done, len(self.writes))
        except OSError as error:
            raise BacklistError(
                Where(str(error.filename or self.root)),
                f"cannot be written: {error.strerror}",
                "check the folder's permissions and the space on the disk, then import again",
            ) from error

    def _report(self, plans: Sequence[merge.Plan | exhibits.Plan], gone: Sequence[str]) -> Report:
        redirects = [str(step) for each in self.fetched.values() for step in each.redirects]
        return replace(
            join([plan.report for plan in plans]),
            redirects=tuple(redirects),
            gone=tuple(gone),
            unasked=tuple(name for name, each in self.fetched.items() if each.data is None),
            wrote=len(self.writes.keys() - {memory.PATH}),
            dry=self.wishes.dry_run,
        )


def _read_settings(root: Path) -> Mapping[str, Any]:
    """`site.yaml` as it stands; whether it is sound is told where the site is loaded, not here."""
    site = root / content.SITE
    document = content.parse_yaml(_read(site), content.SITE, Problems()) if site.is_file() else None
    return document.data if document else {}


def _read_files(root: Path, folder: str, pattern: str) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): _read(path)
        for path in sorted((root / folder).glob(pattern))
        if path.is_file()
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BacklistError(
            Where(str(path)), f"cannot be read: {error}", "save it as UTF-8 text"
        ) from error
