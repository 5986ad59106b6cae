"""Start reading here: `build` is the whole program.

disk → load → Workspace → resolve → Catalog → relate → Archive → render → Outputs → check →
write → disk. Only `load` and `write` touch the disk; every stage between is a pure function
that adds what it finds wrong to `problems`. Nothing is written while there is an error.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from backlist import ledger
from backlist.check import check
from backlist.ledger import Books
from backlist.load import LOCK, PLAIN, Reader, load
from backlist.output import Outputs
from backlist.outputs import render
from backlist.problems import BacklistError, Problems, Where
from backlist.relate import relate
from backlist.relate.archive import Archive
from backlist.resolve import resolve
from backlist.write import Written, claim, guard, write


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for beside the site folder.

    `base_url` overrides that of `site.yaml`; `drafts` shows drafts and episodes of the future;
    `strict` lets warnings stop the build.
    """

    base_url: str | None = None
    drafts: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A finished site in memory, and its feed beside what subscribers have.

    `at_home` says that it is made for the address in `site.yaml`.
    """

    archive: Archive
    outputs: Outputs
    books: Books
    at_home: bool


def build(
    root: Path,
    out: Path,
    now: datetime,
    options: Options,
    problems: Problems,
    reader: Reader = PLAIN,
) -> Written | None:
    """Publish the site in folder `root` into folder `out`, or write nothing and tell why.

    The lock is written before the site: a run that dies between the two leaves a lock that knows
    of items nobody has yet, which the next build makes true. The other way round subscribers
    could have items that nothing guards. Raises `BacklistError` when `root` is no site or `out`
    cannot be written.
    """
    guard(out, root)
    site = make(root, now, options, problems, reader)
    if site is None or problems.stop(strict=options.strict):
        return None
    claim(site.outputs, out)
    if not _publishes(site, options):
        ledger.remind(site.books, problems)
        return write(site.outputs, out)
    new = ledger.keep(root, site.books, now)
    return replace(write(site.outputs, out), locked=new)


def make(
    root: Path,
    now: datetime,
    options: Options,
    problems: Problems,
    reader: Reader = PLAIN,
) -> Site | None:
    """The finished site in memory, or None when it cannot be made; the disk is only read."""
    workspace = load(root, problems)
    catalog = resolve(
        workspace, now, reader, problems, base_url=options.base_url, drafts=options.drafts
    )
    if catalog is None:
        return None
    # An episode that cannot be read would look lost to every subscriber.
    readable = not problems.stop()
    archive = relate(catalog, problems)
    outputs = render(archive, workspace.theme, problems)
    # In half a site every link to the other half would be called broken.
    if outputs is not None:
        check(outputs, archive, problems)
    home = catalog.base_url
    published = ledger.of_archive(archive, home, catalog.removed)
    books = ledger.open_books(catalog.lock, published, problems, home)
    if readable:
        problems.extend(ledger.report(books))
    if outputs is None:
        return None
    return Site(archive, outputs, books, at_home=archive.site.base_url == home)


def accept(root: Path, count: int, now: datetime, problems: Problems) -> int | None:
    """Make the lock say what would be published now, if that takes `count` refused changes.

    Gives the number of items it then holds, or None when other faults have to be mended first.
    Raises `BacklistError` when the count is another, or the lock is read only.
    """
    if _is_ci():
        raise BacklistError(
            Where(LOCK),
            "is read only where CI=true",
            "accept on your own machine, look at the difference, and commit it",
        )
    found = Problems()
    site = make(root, now, Options(), found)
    refusals = ledger.report(site.books) if site else []
    problems.extend(problem for problem in found if problem not in refusals)
    problems.extend(ledger.unacceptable(site.books) if site else ())
    if site is None or problems.stop():
        return None
    return ledger.accept(root, site.books, count, now)


def _publishes(site: Site, options: Options) -> bool:
    """Whether a build is one for subscribers, which the lock follows.

    A preview, a build for another address, and one on a machine that publishes for somebody
    else (`CI=true`) only read it.
    """
    return not options.drafts and site.at_home and not _is_ci()


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("true", "1")


def clock() -> datetime:
    """The present, or `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
