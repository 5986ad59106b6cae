"""What a catalogue may change in a site: visualizations added and followed, never a person's work.

Nothing is deleted, and nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from backlist import content
from backlist.importers import catalog_files, exhibit_records
from backlist.importers.draft import Exhibit, Reading
from backlist.importers.exhibit_episodes import Finder
from backlist.importers.exhibit_merge import Changes, Standing, merge
from backlist.importers.exhibit_records import Base, digest
from backlist.importers.raw_records import differs, short_source
from backlist.importers.report import Report, Tally
from backlist.load import HTML, VISUALIZATIONS
from backlist.problems import BacklistError, Problems, Where

KEYS = "visualization.yaml"


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to write, by path from the site's folder, in the order to write them; and the report.

    A raw record comes after the files it speaks of, so that an import that ends between them is
    made good by the next one.
    """

    writes: Mapping[str, bytes]
    report: Report


class Planner:
    """The catalogues of one import against one site, one after the other."""

    def __init__(self, root: Path, existing: Mapping[str, str], problems: Problems) -> None:
        """`existing` are the records of episodes (`content/episodes/*.md`), path → text."""
        self.root, self.problems = root, problems
        self.finder = Finder(existing, problems)
        self.seen: dict[str, str] = {}

    def plan(self, reading: Reading) -> Plan:
        """What importing a catalogue would write; what cannot be used is told."""
        exhibits = reading.catalogue.exhibits if reading.catalogue else ()
        tally = Tally(left_out=reading.catalogue.left_out if reading.catalogue else 0)
        listed = len(exhibits) + tally.left_out
        self._tell_lost(reading)
        writes: dict[str, bytes] = {}
        for exhibit in exhibits:
            found = self._add(exhibit, reading.name, tally)
            tally.left_out += found is None
            writes |= found or {}
        report = replace(
            tally.report(),
            catalogues=(reading.name,),
            visualizations=listed,
            not_understood=reading.unknown,
            wrote=len(writes),
        )
        return Plan(writes, report)

    def _add(self, exhibit: Exhibit, catalogue: str, tally: Tally) -> dict[str, bytes] | None:
        """The files to write for one visualization; None, with the reason told, for none of it."""
        where = Where(catalogue, exhibit.line)
        if self._is_taken(exhibit, catalogue, where):
            return None
        files = catalog_files.collect(exhibit, catalogue, self.problems)
        raw_path = exhibit_records.path_of(exhibit.id)
        raw = self._text(raw_path)
        said = exhibit_records.read_base(raw, raw_path, self.problems) if raw else None
        path = f"{VISUALIZATIONS}/{exhibit.id}/{KEYS}"
        text = self._text(path)
        mine = self._standing(exhibit.id, text, path)
        if files is None or mine is None or (raw and said is None):
            return None
        if said is None and self._is_another(exhibit, files, mine, where):
            return None
        # Where somebody removed the keys there is nothing that could be an edit of theirs.
        base = said if said and text is not None else Base()
        derived = self._derive(exhibit, files, base, where)
        changes = merge(derived, files, base, mine)
        self._tell_stays(exhibit, changes, where)
        _count(tally, path, changes, new=text is None, known=said is not None)
        digests = {**base.files, **{name: digest(data) for name, data in files.items()}}
        fresh = exhibit_records.write_base(catalogue, exhibit, derived, digests)
        writes = {f"{VISUALIZATIONS}/{exhibit.id}/{n}": data for n, data in changes.files.items()}
        if changes.keys:
            writes[path] = content.amend_yaml(text or "", changes.keys).encode()
        return writes | ({raw_path: fresh.encode()} if differs(raw, fresh) else {})

    def _is_taken(self, exhibit: Exhibit, catalogue: str, where: Where) -> bool:
        """Whether another catalogue of this import has the id."""
        first = self.seen.setdefault(exhibit.id, catalogue)
        if first != catalogue:
            self.problems.warning(
                where,
                f"the id `{exhibit.id}` is taken by {first}; the entry is left out",
                "give it an id of its own",
            )
        return first != catalogue

    def _is_another(
        self, exhibit: Exhibit, files: Mapping[str, bytes], mine: Standing, where: Where
    ) -> bool:
        """Whether what the site has under this id is a visualization of its own; that is told."""
        place = f"{VISUALIZATIONS}/{exhibit.id}"
        flat = [f"{place}{end}" for end in (*HTML, ".yaml")]
        found = next((path for path in flat if (self.root / path).exists()), "")
        page = files.get(catalog_files.INDEX)
        here = mine.files.get(catalog_files.INDEX)
        same = here == digest(page) if page else mine.keys.get("url") == exhibit.url
        if not found and (same or not (mine.files or mine.keys)):
            return False
        self.problems.warning(
            where,
            f"{found or place} is there and is no copy of it; `{exhibit.id}` is left out",
            "give one of the two another id",
        )
        return True

    def _standing(self, ident: str, text: str | None, path: str) -> Standing | None:
        """What the site has of an id; None, with the fault told, where its keys are unreadable."""
        document = content.parse_yaml(text or "", path, self.problems)
        if document is None:
            return None
        folder = self.root / VISUALIZATIONS / ident
        files = {
            each.name: digest(_read_bytes(each))
            for each in sorted(folder.iterdir() if folder.is_dir() else ())
            if each.is_file() and each.name != KEYS and not each.name.startswith(".")
        }
        return Standing(exhibit_records.only_known(document.data), files)

    def _derive(
        self, exhibit: Exhibit, files: Mapping[str, bytes], base: Base, where: Where
    ) -> dict[str, Any]:
        """The keys the catalogue speaks for; a picture stays when it merely falls silent on it."""
        poster = next((name for name in files if name != catalog_files.INDEX), None)
        return exhibit_records.only_known(
            {
                "title": exhibit.title,
                "description": exhibit.description,
                "episodes": list(self.finder.find(exhibit, where)),
                "works": list(exhibit.works),
                "poster": poster or base.derived.get("poster"),
                "url": exhibit.url,
            }
        )

    def _tell_stays(self, exhibit: Exhibit, changes: Changes, where: Where) -> None:
        if changes.stays:
            now = f"elsewhere now: {exhibit.url}" if exhibit.url else "a page here now"
            place = f"{VISUALIZATIONS}/{exhibit.id}"
            self.problems.notice(
                where,
                f"`{exhibit.id}` is {now}; `{changes.stays}` in {place} stays",
                f"to follow the catalogue remove {place} and import again",
            )

    def _tell_lost(self, reading: Reading) -> None:
        """Say which visualizations of this catalogue's last import it lists no more."""
        if not reading.catalogue or reading.catalogue.left_out:
            return
        listed = {exhibit.id for exhibit in reading.catalogue.exhibits}
        here = (short_source(reading.name), reading.name)
        lost = []
        for path in sorted((self.root / exhibit_records.FOLDER).glob("*.yaml")):
            base = exhibit_records.read_base(_read(path), str(path), Problems())
            if base and base.source in here and path.stem not in listed:
                lost.append(path.stem)
        if lost:
            many = f"{len(lost)} visualizations" if len(lost) > 1 else "1 visualization"
            self.problems.notice(
                Where(reading.name),
                f"{many} of the last import not in it: {', '.join(lost)}; all files stay",
            )

    def _text(self, path: str) -> str | None:
        return _read(self.root / path) if (self.root / path).is_file() else None


def _read(path: Path) -> str:
    try:
        return _read_bytes(path).decode()
    except UnicodeDecodeError as error:
        raise BacklistError(
            Where(str(path)), f"cannot be read: {error}", "save it as UTF-8 text"
        ) from error


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BacklistError(
            Where(str(path)), f"cannot be read: {error.strerror}", "mend its permissions"
        ) from error


def _count(tally: Tally, path: str, changes: Changes, *, new: bool, known: bool) -> None:
    if changes.kept:
        tally.kept.append((path, tuple(changes.kept)))
    if new:
        tally.new.append(path)
    elif not changes.names():
        tally.unchanged += 1
    else:
        (tally.changed if known else tally.completed).append((path, changes.names()))
