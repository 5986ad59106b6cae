"""Start reading here: `build` is the whole program.

disk → load → Workspace → resolve → Catalog → relate → Archive → render → Outputs → check →
write → disk. Only `load` and `write` touch the disk; every stage between is a pure function
that adds what it finds wrong to `problems`. Nothing is written while there is an error.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from backlist import urls
from backlist.cache.store import NO_CACHE, Memory
from backlist.check import FactReader, PageFacts, check
from backlist.feed import lock
from backlist.feed.assign_guid import write_guids
from backlist.feed.lock import LockDiff
from backlist.feed.writer import left_out
from backlist.files.output import Outputs
from backlist.load import LOCK, load
from backlist.outputs import render
from backlist.problems import BacklistError, Level, Problems, Where
from backlist.relate import relate
from backlist.relate.archive import Archive
from backlist.resolve import resolve
from backlist.theme import Theme
from backlist.write import (
    Place,
    Prepared,
    Written,
    claim,
    discard,
    exclusive,
    place,
    prepare,
    publish,
)

OUT = "build"
"""Where a site is published, if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for beside the site folder.

    `base_url` overrides that of `site.yaml`; `drafts` shows drafts and episodes of the future;
    `strict` lets warnings stop the build; `search_later` leaves the search of the last build as
    it is, for a build that follows. `lock` writes guids and the feed lock although the machine
    publishes for somebody else, who commits them.
    """

    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    search_later: bool = False
    lock: bool = False

    @property
    def edition(self) -> str:
        """What is made for another address, or with drafts, is kept apart in the cache."""
        return f"{self.base_url or ''} {'drafts' if self.drafts else ''}".strip()


@dataclass(frozen=True, slots=True)
class Site:
    """A finished site in memory, and its feed beside what subscribers have.

    `prepared` are the outputs as far as they had to be made. `assigned` are guids that no file has
    yet, by file; `left_out` says which episodes are not in the feed. `at_home` says that it is made
    for the address in `site.yaml`; `due` when its next episode comes out.
    """

    archive: Archive
    theme: Theme
    outputs: Outputs
    prepared: Prepared[PageFacts]
    assigned: Mapping[str, str]
    left_out: str
    diff: LockDiff
    at_home: bool
    due: datetime | None


def build(
    root: Path,
    out: Path,
    now: datetime,
    options: Options,
    problems: Problems,
    cache: Memory = NO_CACHE,
) -> Written | None:
    """Publish the site in folder `root` into folder `out`, or write nothing and tell why.

    The lock is written before the site: a run that dies between the two leaves a lock that knows
    of items nobody has yet, which the next build makes true. The other way round subscribers
    could have items that nothing guards. Raises `BacklistError` when `root` is no site or `out`
    cannot be written.
    """
    done = build_site(root, out, now, options, problems, cache)
    return done[1] if done else None


def build_site(
    root: Path,
    out: Path,
    now: datetime,
    options: Options,
    problems: Problems,
    cache: Memory = NO_CACHE,
) -> tuple[Site, Written] | None:
    """As `build`, with the site that was published."""
    here = place(out, root, spare=not _is_ci())
    with exclusive(here):
        return _build(root, here, now, options, problems, cache)


def _build(
    root: Path, here: Place, now: datetime, options: Options, problems: Problems, cache: Memory
) -> tuple[Site, Written] | None:
    try:
        site = make(root, now, options, problems, cache, here)
        if site is None or problems.stop(strict=options.strict):
            return None
        plan = claim(site.outputs, site.prepared, here, cache)
        new = 0
        assigned: Mapping[str, str] = {}
        if _publishes(site, options):
            assigned = write_guids(root, site.assigned)
            new = lock.update(root, site.diff, now)
        else:
            level = Level.WARNING if _is_ci() and not options.drafts else Level.INFO
            lock.report_new_items(site.diff, problems, level)
        written = publish(site.outputs, site.prepared, here, cache, plan)
        return site, replace(
            written, locked=new, due=site.due, assigned=assigned, left_out=site.left_out
        )
    finally:
        discard(here)


def make(
    root: Path,
    now: datetime,
    options: Options,
    problems: Problems,
    cache: Memory = NO_CACHE,
    here: Place | None = None,
    last: Path | None = None,
) -> Site | None:
    """The finished site, or None when it cannot be made; nothing that is published changes.

    What differs from the output folder, where there is one, waits in its stage. `last` is the
    folder of the last build, which knows what was published.
    """
    workspace = load(root, problems)
    catalog = resolve(
        workspace, now, cache, problems, base_url=options.base_url, drafts=options.drafts
    )
    if catalog is None:
        return None
    # An episode that cannot be read would look lost to every subscriber.
    readable = not problems.stop()
    archive = relate(catalog, problems, cache)
    # What episodes were compared by is a third of what memory holds of them.
    catalog = replace(catalog, episodes=())
    outputs = render(archive, workspace.theme, cache, problems, search_later=options.search_later)
    prepared = None
    if outputs is not None:
        whole = problems.count(Level.ERROR)
        read = FactReader(urls.base_path(archive.site.base_url))
        prepared = prepare(outputs, here, read, cache, problems, read.share)
        # In half a site every link to the other half would be called broken.
        if problems.count(Level.ERROR) == whole:
            check(outputs, prepared.facts, archive, problems)
    home = catalog.base_url
    snapshot = lock.snapshot_of_site(archive, home, catalog.removed, catalog.waiting)
    # What a preview left says nothing about what subscribers have, nor what a CI machine kept.
    out = here.out if here else last or root / OUT
    published = None if options.drafts or _is_ci() else out
    elsewhere = lock.look_elsewhere(root, published, catalog.imported, problems)
    diff = lock.diff_with_lock(catalog.lock, snapshot, problems, elsewhere, cache)
    if readable:
        problems.extend(lock.report(diff))
    if outputs is None or prepared is None:
        return None
    return Site(
        archive,
        workspace.theme,
        outputs,
        prepared,
        catalog.assigned,
        left_out(archive, catalog.hidden),
        diff,
        at_home=archive.site.base_url == home,
        due=catalog.due,
    )


def archive(
    root: Path, now: datetime, problems: Problems, cache: Memory = NO_CACHE
) -> Archive | None:
    """The archive alone, for questions that need no page of it."""
    catalog = resolve(load(root, problems), now, cache, problems)
    return relate(catalog, problems, cache) if catalog else None


def accept(
    root: Path,
    count: int,
    now: datetime,
    problems: Problems,
    cache: Memory = NO_CACHE,
    last: Path | None = None,
) -> int | None:
    """Make the lock say what would be published now, if that accepts `count` blocked changes.

    Gives the number of items it then holds, or None when other errors have to be fixed first.
    Raises `BacklistError` when the count is another, or the lock is read only.
    """
    if _is_ci():
        raise BacklistError(
            Where(LOCK),
            "is read only where CI=true",
            "run this locally, review the difference, and commit it",
        )
    found = Problems()
    site = make(root, now, Options(), found, cache, last=last)
    blocked = lock.report(site.diff) if site else []
    problems.extend(problem for problem in found if problem not in blocked)
    problems.extend(lock.report_unacceptable(site.diff) if site else ())
    if site is None or problems.stop():
        return None
    return lock.accept_changes(root, site.diff, count, now)


def _publishes(site: Site, options: Options) -> bool:
    """Whether a build is one for subscribers, which the lock follows.

    A preview, a build for another address, and one on a machine that publishes for somebody
    else (`CI=true`) only read it, unless they are told that somebody keeps it.
    """
    return not options.drafts and (options.lock or (site.at_home and not _is_ci()))


def _is_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("true", "1")


def clock() -> datetime:
    """The present, or `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org).

    Raises `BacklistError` where that is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC)
    try:
        if re.fullmatch(r"[0-9]+", epoch):
            return datetime.fromtimestamp(int(epoch), UTC)
    except (OverflowError, OSError, ValueError):
        pass
    raise BacklistError(
        Where("SOURCE_DATE_EPOCH"),
        f'is not a time: "{epoch[:40]}"',
        "set it to whole seconds since 1970, such as 1780000000, or unset it",
    )
