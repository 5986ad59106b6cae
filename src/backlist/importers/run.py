"""Importing: sources to drafts to a plan to files, all faults of all sources told in one go."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from backlist import content, importers, scaffold
from backlist.importers import merge, raw_records
from backlist.importers.draft import Reading
from backlist.importers.fetch import fetch
from backlist.importers.report import Report, join
from backlist.problems import BacklistError, Problems, Where


def import_sources(
    root: Path,
    sources: Sequence[str],
    *,
    as_of: date | None = None,
    stubs: bool = False,
    keep_lists: bool = False,
    problems: Problems,
) -> Report | None:
    """Import files, addresses and `-` into the site at `root`; None when an error forbids it.

    Nothing is written unless every source could be read and merged. An empty folder becomes a
    site of the first source's show. Raises `BacklistError` when the site's own files cannot be
    read or written.
    """
    readings = read_sources(sources, as_of=as_of, keep_lists=keep_lists, problems=problems)
    for reading in readings:
        refuse_own_feed(root, reading, problems)
    existing = _read_files(root, "content/episodes", "*.md")
    imported = _read_files(root, raw_records.FOLDER, "*.yaml")
    imported |= _read_files(root, "content/imported", "show.yaml")
    plans = []
    for reading in readings:
        plan = merge.plan(existing, imported, reading, problems, make_stubs=stubs)
        existing |= {path: text for path, text in plan.writes.items() if path.endswith(".md")}
        imported |= {path: text for path, text in plan.writes.items() if path.endswith(".yaml")}
        plans.append(plan)
    if problems.stop():
        return None
    if readings and scaffold.is_empty(root):
        scaffold.found(root, merge.show_settings(readings[0]))
    for plan in plans:
        _apply(plan, root)
    return join([plan.report for plan in plans])


def read_sources(
    sources: Sequence[str],
    *,
    as_of: date | None = None,
    keep_lists: bool = False,
    problems: Problems,
) -> list[Reading]:
    """Everything the sources say, in their order; what cannot be read is told and left out."""
    readings = []
    for source in sources:
        fetched = fetch(source, problems)
        if fetched is None:
            continue
        name, data = fetched
        reading = importers.read(data, name, problems, as_of=as_of, keep_lists=keep_lists)
        if reading is not None:
            readings.append(reading)
    return readings


def refuse_own_feed(root: Path, reading: Reading, problems: Problems) -> None:
    """Tell as an error that a source is the feed this site publishes.

    An old host redirects to the new feed once a show has moved: importing that would only read
    back what this site wrote.
    """
    site = root / "site.yaml"
    document = None
    if site.is_file():
        # Whether `site.yaml` is sound is told where the site is loaded, not here.
        document = content.parse_yaml(_read(site), "site.yaml", Problems())
    settings = document.data.get("site") if document else None
    base = settings.get("base_url") if isinstance(settings, dict) else None
    if not isinstance(base, str) or not base:
        return
    for address in (reading.name, reading.show.feed):
        if address and _under(address, base):
            problems.error(
                Where(reading.name),
                f"this is the feed the site itself publishes: `{address}`",
                "import the feed of the show's former host, or a copy saved from it",
            )
            return


def _under(address: str, base: str) -> bool:
    ours, theirs = urlsplit(base.rstrip("/") + "/"), urlsplit(address)
    return (
        bool(theirs.netloc) and ours.netloc == theirs.netloc and theirs.path.startswith(ours.path)
    )


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


def _apply(plan: merge.Plan, root: Path) -> None:
    try:
        merge.apply(plan, root)
    except OSError as error:
        raise BacklistError(
            Where(str(error.filename or root)),
            f"cannot be written: {error.strerror}",
            "check the folder's permissions and the space on the disk, then import again",
        ) from error
