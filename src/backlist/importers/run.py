"""Importing: sources to drafts to a plan to files, all errors of all sources reported together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from backlist import content, files, importers
from backlist.commands import create_site
from backlist.feed.rules.secrets import mask
from backlist.http import Validators
from backlist.importers import merge, paging, records, rss
from backlist.importers.draft import Reading
from backlist.importers.fetch import (
    VALIDATORS,
    Fetched,
    fetch,
    read_validators,
    write_validators,
)
from backlist.importers.reissued import check_reissued, name_pairs
from backlist.importers.removed import check_removed, find_removed, refuse_broken
from backlist.importers.report import Report, join
from backlist.importers.show import (
    refuse_own_feed,
    settings_of_new_site,
    tell_moved,
    tell_redirected,
    tell_secrets,
)
from backlist.problems import BacklistError, Problems, Where

Watch = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person may ask of an import.

    `as_of` is the day a page was saved; `stubs` writes records for mentioned episodes;
    `lenient_lists` leaves source lists that do not count up in the text; `allow_removed` is the
    number of episodes that may be gone from the source; `refresh` reads a feed although its
    server says that it has not changed; `keep_guids` is the number of items that are records under
    another guid; `dry_run` writes nothing.
    """

    as_of: date | None = None
    stubs: bool = False
    lenient_lists: bool = False
    allow_removed: int | None = None
    refresh: bool = False
    keep_guids: int | None = None
    dry_run: bool = False

    def needs_everything(self) -> bool:
        """Whether the answer to "has it changed?" does not matter."""
        counts = (self.allow_removed, self.keep_guids)
        return self.refresh or self.stubs or self.lenient_lists or counts != (None, None)


DEFAULTS = ImportOptions()


def unwatched(what: str, done: int, of: int) -> None:
    """For runs that nobody watches."""


def import_sources(
    root: Path,
    sources: Sequence[str],
    options: ImportOptions = DEFAULTS,
    *,
    problems: Problems,
    watch: Watch = unwatched,
) -> Report | None:
    """Import files, addresses and `-` into the site at `root`; None when an error forbids it.

    Nothing is written unless every source could be read and merged. An empty folder becomes a
    site of the first source's show. `watch(what, done, of)` is called as it goes. Raises
    `BacklistError` when the folder is no site, or its files cannot be read or written.
    """
    if not options.dry_run:
        _clear_leftovers(root)
    create_site.require_site(root)
    return _Import(root, options, problems, watch).run(sources)


def _clear_leftovers(root: Path) -> None:
    """Remove the temporary files that an import leaves behind when it is killed."""
    files.sweep(root / "content")
    if root.is_dir() and all(path.is_file() for path in root.iterdir()):
        # Killed while it created the site; a folder with folders in it is none of ours to search.
        files.sweep(root)


class _Import:
    """One run of an import, step by step."""

    def __init__(
        self, root: Path, options: ImportOptions, problems: Problems, watch: Watch
    ) -> None:
        self.root, self.options, self.problems, self.watch = root, options, problems, watch
        self.fetched: dict[str, Fetched] = {}
        self.writes: dict[str, str] = {}

    def run(self, sources: Sequence[str]) -> Report | None:
        """Read, plan, and unless something forbids it, write."""
        existing = _read_files(self.root, records.FOLDER, content.is_markdown, self.problems)
        imported = _read_files(self.root, records.RAW_FOLDER, _is_yaml, self.problems)
        imported |= _read_files(self.root, "content/imported", _is_yaml, self.problems)
        if copies := files.find(self.root, content.MIRROR, self.problems):
            imported[content.MIRROR] = _read(copies)
        known = read_validators(imported.pop(VALIDATORS, None))
        readings = self._read(sources, known)
        refuse_broken(readings, imported, self.problems)
        listed = records.count_items(imported.get(records.SHOW))
        plans = self._plan(readings, existing, imported)
        allowed = self.options.allow_removed
        gone = check_removed(plans, imported, allowed, listed, self.problems)
        check_reissued(plans, self.options.keep_guids, self.problems)
        settings = self._settings(readings)
        if self.problems.stop():
            return None
        self.writes |= gone
        self._keep_validators(known)
        removed = [record.path for record in find_removed(plans, rss.FORMAT)] if gone else []
        if not self.options.dry_run:
            self._write(settings)
        return self._report(plans, removed)

    def _read(self, sources: Sequence[str], known: Mapping[str, Validators]) -> list[Reading]:
        """Everything the sources say, in their order; what cannot be read is reported."""
        self._fetch(sources, {} if self.options.needs_everything() else known)
        if any(fetched.data is not None for fetched in self.fetched.values()):
            # One feed of several that did not change still says which episodes are not lost.
            self._fetch([name for name, each in self.fetched.items() if each.data is None], {})
        settings = _read_settings(self.root)
        found = [self._understand(fetched) for fetched in self.fetched.values()]
        readings = [reading for reading in found if reading is not None]
        for reading in readings:
            refuse_own_feed(settings, reading, self.problems)
            tell_moved(settings, reading, self.problems)
            tell_secrets(reading, self.problems)
        for source, fetched in self.fetched.items():
            tell_redirected(source, fetched.redirects, self.problems)
        return readings

    def _fetch(self, sources: Sequence[str], known: Mapping[str, Validators]) -> None:
        for source in sources:
            fetched = fetch(source, self.problems, known.get(mask(source)))
            if fetched is not None:
                self.fetched[source] = fetched

    def _understand(self, fetched: Fetched) -> Reading | None:
        first = self._read_one(fetched, self.problems)
        return None if first is None else paging.read_on(first, self._read_page, self.problems)

    def _read_page(self, address: str, problems: Problems) -> Reading | None:
        fetched = fetch(address, problems)
        return None if fetched is None else self._read_one(fetched, problems)

    def _read_one(self, fetched: Fetched, problems: Problems) -> Reading | None:
        if fetched.data is None:
            return None
        return importers.read(
            fetched.data,
            fetched.name,
            problems,
            as_of=self.options.as_of,
            lenient_lists=self.options.lenient_lists,
            tick=lambda done, of: self.watch("reading", done, of),
        )

    def _plan(
        self, readings: Sequence[Reading], existing: dict[str, str], imported: dict[str, str]
    ) -> list[merge.Plan]:
        """What each reading would write, each one seeing what the ones before it would."""
        plans = []
        every_script = self._keeps_scripts(readings)
        for reading in readings:
            plan = merge.plan(
                existing,
                imported,
                reading,
                self.problems,
                make_stubs=self.options.stubs,
                every_script=every_script,
            )
            existing |= {
                path: text for path, text in plan.writes.items() if content.is_markdown(path)
            }
            imported |= {path: text for path, text in plan.writes.items() if path.endswith(".yaml")}
            self.writes |= plan.writes
            plans.append(plan)
        return plans

    def _keeps_scripts(self, readings: Sequence[Reading]) -> bool:
        """Whether new slugs keep other letters than Latin ones: as the site says, or will say."""
        if readings and create_site.is_empty(self.root):
            return create_site.slugs_in(str(readings[0].show.language or "")) == "unicode"
        site = _read_settings(self.root).get("site")
        return isinstance(site, dict) and site.get("slugs") == "unicode"

    def _settings(self, readings: Sequence[Reading]) -> dict[str, Any] | None:
        """The settings of the new site, where there is to be one."""
        if not readings or not create_site.is_empty(self.root):
            return None
        return settings_of_new_site(readings[0], self.problems)

    def _keep_validators(self, known: Mapping[str, Validators]) -> None:
        """Plan to write down, as the very last file, what servers said of their feeds."""
        asked = ((mask(name), each) for name, each in self.fetched.items() if "://" in name)
        said = {name: each.validators for name, each in asked}
        if {**known, **said} != known:
            self.writes[VALIDATORS] = write_validators({**known, **said})

    def _write(self, settings: Mapping[str, Any] | None) -> None:
        try:
            if settings is not None:
                create_site.create(self.root, settings)
            for done, (path, text) in enumerate(self.writes.items(), 1):
                files.replace(self.root / path, text.encode(), durable=False)
                self.watch("writing", done, len(self.writes))
            files.settle()
        except OSError as error:
            raise BacklistError(
                Where(str(error.filename or self.root)),
                f"cannot be written: {error.strerror}",
                "check the folder's permissions and the space on the disk, then import again",
            ) from error

    def _report(self, plans: Sequence[merge.Plan], removed: Sequence[str]) -> Report:
        fetched = self.fetched.items()
        return replace(
            join([plan.report for plan in plans]),
            redirects=tuple(str(step) for _, each in fetched for step in each.redirects),
            gone=tuple(removed),
            guids_kept=tuple(pair for plan in plans for pair in name_pairs(plan.reissued)),
            unasked=tuple(mask(name) for name, each in fetched if each.data is None),
            wrote=len(self.writes.keys() - {VALIDATORS}),
            dry=self.options.dry_run,
        )


def _read_settings(root: Path) -> Mapping[str, Any]:
    """`site.yaml` as it is; whether it is valid is reported where the site is loaded, not here."""
    site = root / content.SITE
    document = content.parse_yaml(_read(site), content.SITE, Problems()) if site.is_file() else None
    if document is None:
        return {}
    content.with_new_names("Settings", document.data, document, Problems())
    return document.data


def _read_files(
    root: Path, folder: str, wanted: Callable[[str], bool], problems: Problems
) -> dict[str, str]:
    """The texts of files in a folder of the site, by their names in the site."""
    found = files.find_all(root, folder, problems)
    return {f"{folder}/{name}": _read(path) for name, path in found.items() if wanted(name)}


def _is_yaml(name: str) -> bool:
    return name.endswith(".yaml") and "/" not in name


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BacklistError(
            Where(str(path)), f"cannot be read: {error}", "save it as UTF-8 text"
        ) from error
