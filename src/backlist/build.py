"""Start reading here: `build` is the whole program.

disk → load → Workspace → resolve → Catalog → relate → Archive → render → Outputs → check →
write → disk. Only `load` and `write` touch the disk; every stage between is a pure function
that adds what it finds wrong to `problems`. Nothing is written while there is an error.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from backlist.archive import Archive
from backlist.check import check
from backlist.load import Workspace, load
from backlist.outputs import Outputs
from backlist.problems import Problems
from backlist.relate import relate
from backlist.render import render
from backlist.resolve import resolve
from backlist.write import Written, guard, write


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
    """A finished site in memory."""

    archive: Archive
    outputs: Outputs


def build(
    root: Path, out: Path, now: datetime, options: Options, problems: Problems
) -> Written | None:
    """Publish the site in folder `root` into folder `out`, or write nothing and tell why.

    Raises `BacklistError` when `root` is no site or `out` cannot be written.
    """
    guard(out, root)
    site = make(root, now, options, problems)
    if site is None or problems.stop(strict=options.strict):
        return None
    return write(site.outputs, out)


def make(root: Path, now: datetime, options: Options, problems: Problems) -> Site | None:
    """The finished site in memory, or None when it cannot be made; the disk is only read."""
    workspace = _with_base(load(root, problems), options.base_url)
    catalog = resolve(workspace, now, problems, drafts=options.drafts)
    if catalog is None:
        return None
    archive = relate(catalog, problems)
    outputs = render(archive, workspace.theme, problems)
    check(outputs, archive, problems)
    return Site(archive, outputs)


def clock() -> datetime:
    """The present, or `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def _with_base(workspace: Workspace, base_url: str | None) -> Workspace:
    """The workspace published at another address than its `site.yaml` says."""
    settings = workspace.settings
    if base_url is None or settings is None:
        return workspace
    site = settings.data.get("site")
    moved = {**(site if isinstance(site, dict) else {}), "base_url": base_url}
    return replace(workspace, settings=replace(settings, data={**settings.data, "site": moved}))
