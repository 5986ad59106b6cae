"""Start reading here: `build` is the whole program.

disk → load → Workspace → resolve → Catalog → relate → Archive → render → Outputs → check →
write → disk. Only `load` and `write` touch the disk; every stage between is a pure function
that adds what it finds wrong to `problems`. Nothing is written while there is an error.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from backlist import extras, ledger
from backlist.archive import Archive
from backlist.check import check
from backlist.ledger import Books
from backlist.load import LOCK, Workspace, load
from backlist.outputs import Outputs
from backlist.problems import BacklistError, Problems, Where
from backlist.relate import relate
from backlist.render import render
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
    root: Path, out: Path, now: datetime, options: Options, problems: Problems
) -> Written | None:
    """Publish the site in folder `root` into folder `out`, or write nothing and tell why.

    The lock is written before the site: a run that dies between the two leaves a lock that knows
    of items nobody has yet, which the next build makes true. The other way round subscribers
    could have items that nothing guards. Raises `BacklistError` when `root` is no site or `out`
    cannot be written.
    """
    guard(out, root)
    site = make(root, now, options, problems)
    if site is None or problems.stop(strict=options.strict):
        return None
    claim(site.outputs, out)
    if not _publishes(site, options):
        ledger.remind(site.books, problems)
        return write(site.outputs, out)
    new = ledger.keep(root, site.books, now)
    return replace(write(site.outputs, out), locked=new)


def make(root: Path, now: datetime, options: Options, problems: Problems) -> Site | None:
    """The finished site in memory, or None when it cannot be made; the disk is only read."""
    told = load(root, problems)
    workspace = _with_base(told, options.base_url)
    catalog = resolve(workspace, now, problems, drafts=options.drafts)
    if catalog is None:
        return None
    # An episode that cannot be read would look lost to every subscriber.
    readable = not problems.stop()
    archive = relate(catalog, problems)
    outputs = render(archive, workspace.theme, problems, extras.MAKERS)
    # In half a site every link to the other half would be called broken.
    if outputs is not None:
        check(outputs, archive, problems)
    home = _declared(told)
    published = ledger.of_archive(archive, home, catalog.removed)
    books = ledger.open_books(told.lock, published, problems, home or "")
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


def _declared(workspace: Workspace) -> str | None:
    """The base URL that `site.yaml` gives, however the run was asked to override it."""
    site = workspace.settings.data.get("site") if workspace.settings else None
    given = site.get("base_url") if isinstance(site, dict) else None
    return f"{given.rstrip('/')}/" if isinstance(given, str) else None


def _with_base(workspace: Workspace, base_url: str | None) -> Workspace:
    """The workspace published at another address than its `site.yaml` says."""
    settings = workspace.settings
    if base_url is None or settings is None:
        return workspace
    site = settings.data.get("site")
    moved = {**(site if isinstance(site, dict) else {}), "base_url": base_url}
    return replace(workspace, settings=replace(settings, data={**settings.data, "site": moved}))
