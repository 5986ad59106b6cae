"""Making a bag of a site: what goes into it, beside its place, and then there in one step."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from backlist import urls
from backlist.cache.store import Memory
from backlist.commands import mirror
from backlist.commands.export import bag, packed, selection
from backlist.commands.export.bag import Watch
from backlist.commands.export.facts import facts_of, readme
from backlist.commands.export.versions import own_wheel, requirements
from backlist.files import in_words
from backlist.load import INPUTS, Workspace, load
from backlist.problems import BacklistError, Problems, Where
from backlist.relate import relate
from backlist.resolve import Catalog, resolve

PUBLISHED = "published"
"""The folder in `data/` for the feed as it was published last."""


@dataclass(frozen=True, slots=True)
class Options:
    """What an export is asked for.

    `published` is the folder that the site was last built into. With `private` the bag holds all
    of the site's files, without it what its published pages are made of. Where a bag is already,
    it is a fault unless it is to `replace` that.
    """

    published: Path
    private: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What a bag holds: files in `data/`, their bytes, and episodes.

    `without` counts, by reason, the episodes that stayed out; `elsewhere` by kind the files that
    records name and that are at other hosts only.
    """

    files: int
    bytes: int
    episodes: int
    without: Mapping[str, int]
    elsewhere: Mapping[str, int]


def export(
    root: Path,
    target: Path,
    now: datetime,
    options: Options,
    problems: Problems,
    cache: Memory,
    watch: Watch,
) -> Exported | None:
    """Write the site at `root` as a bag into `target`, or nothing and tell why.

    That is a folder, or one file where its name ends in `.zip`. Raises `BacklistError` where
    `root` is no site, or `target` cannot be written.
    """
    one_file = packed.is_packed(target)
    target = _free_place(root, target, replace=options.replace)
    workspace = load(root, problems)
    catalog = resolve(workspace, now, cache, problems)
    if catalog and workspace.works:
        # A correction of a work that only hidden episodes cite, and that tells of it, is an error.
        relate(catalog, problems, cache)
    if catalog is None or problems.stop():
        return None
    chosen = (
        selection.everything(root, problems)
        if options.private
        else selection.public(root, workspace, catalog, cache)
    )
    payload = {**chosen.payload, **_feed(options.published, workspace, catalog, cache, problems)}
    if problems.stop():
        return None
    size = sum(map(_size, payload.values()))
    facts = facts_of(catalog, now, size, private=options.private)
    with bag.beside(target) as workshop:
        _require_space(workshop, 2 * size if one_file else size)
        made = workshop / (target.stem if one_file else target.name)
        made.mkdir()
        bag.write(made, dict(sorted(payload.items())), _notes(root, catalog), facts, watch)
        if one_file:
            packed.pack(made, workshop / "packed", now)
            made = workshop / "packed"
        bag.put(made, target)
    elsewhere = mirror.count(root, mirror.WHAT, now)
    return Exported(len(payload), size, len(catalog.episodes), chosen.without, elsewhere)


def _free_place(root: Path, target: Path, *, replace: bool) -> Path:
    """Where a bag is put; raises `BacklistError` for a place that is taken, or part of the site."""
    where, site, place = Where(str(target)), root.resolve(), target.resolve()
    inputs = [site / name for name in INPUTS]
    if place == site or place in site.parents or {place, *place.parents} & {*inputs}:
        message = "contains the site's own files, or lies among them"
        raise BacklistError(where, message, "name another folder, such as `export`")
    if not os.path.lexists(place) or (place.is_dir() and not any(place.iterdir())):
        return place
    if not (target / "bagit.txt").is_file() and not packed.holds_a_bag(target):
        message = "is there already, and is not a bag"
        raise BacklistError(where, message, "name another folder")
    if not replace:
        hint = "name another place, or say `--replace` to have it replaced by the new one"
        raise BacklistError(where, "is a bag already", hint)
    return place


def _feed(
    published: Path, workspace: Workspace, catalog: Catalog, cache: Memory, problems: Problems
) -> dict[str, Path]:
    """The feed as subscribers have it; not one from before an episode was withdrawn."""
    path = published / urls.FEED
    if not path.is_file():
        hint = "run `backlist build` and export again, to have it in the bag"
        problems.warning(Where(str(path)), "is not there: the bag has no published feed", hint)
        return {}
    data = path.read_bytes()
    for episode in selection.hidden(workspace, catalog, cache):
        page = urls.absolute(urls.episode(episode.slug), catalog.base_url)
        signs = (f">{escape(episode.guid)}</guid>" if episode.guid else page, page)
        if any(sign.encode() in data for sign in signs):
            hint = "run `backlist build`, and export again"
            message = f"is left out: it tells of `{episode.slug}`, which is no longer published"
            problems.warning(Where(str(path)), message, hint)
            return {}
    return {f"{PUBLISHED}/{urls.FEED}": path}


def _notes(root: Path, catalog: Catalog) -> dict[str, Path | bytes]:
    """What lies beside `data/`, for somebody who has nothing else."""
    wheel = own_wheel(root)
    return {
        "README.txt": readme(catalog.settings).encode(),
        "requirements.txt": requirements(*wheel).encode(),
        **wheel,
    }


def _size(given: Path | bytes) -> int:
    return len(given) if isinstance(given, bytes) else given.stat().st_size


def _require_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        message = f"has room for {in_words(free)}, and the bag takes {in_words(size)}"
        raise BacklistError(Where(str(folder.parent)), message, "name a folder on another disk")
