"""`export`: the whole archive as one bag (RFC 8493), which libraries take.

A bag's `data/` is a site: a build of it, without any network, gives the bytes that a build of the
site gives. What is beside it can be read without this program.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from backlist import urls
from backlist.cache import Memory
from backlist.export import bag, selection
from backlist.export.bag import Watch
from backlist.export.facts import facts_of, in_words, readme
from backlist.export.verify import Verified, verify
from backlist.export.versions import requirements
from backlist.load import INPUTS, Workspace, load
from backlist.model.copies import CopiedAudio
from backlist.problems import BacklistError, Problems, Where
from backlist.relate import relate
from backlist.resolve import Catalog, resolve

__all__ = ["Exported", "Verified", "export", "in_words", "verify"]

FOLDER = "export"
"""Where a bag is written, if nobody says otherwise."""

PUBLISHED = "published"
"""The folder in `data/` for the feed as it was published last."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What a bag holds: files in `data/`, their bytes, and episodes.

    `without` counts, by reason, the episodes that stayed out; `elsewhere` the episodes whose
    recording is only at another host.
    """

    files: int
    bytes: int
    episodes: int
    without: Mapping[str, int]
    elsewhere: int


def export(
    root: Path,
    target: Path,
    now: datetime,
    problems: Problems,
    cache: Memory,
    *,
    published: Path,
    private: bool = False,
    replace: bool = False,
    watch: Watch,
) -> Exported | None:
    """Write the site at `root` as a bag into folder `target`, or nothing and tell why.

    `published` is the folder that the site was last built into. With `private` the bag holds all
    of the site's files, without it what its published pages are made of. An earlier bag in the
    place of `target` is a fault unless it is to `replace` it. Raises `BacklistError` where `root`
    is no site, or `target` cannot be written.
    """
    _refuse_place(root, target, replace=replace)
    workspace = load(root, problems)
    catalog = resolve(workspace, now, cache, problems)
    if catalog and workspace.works:
        # A correction of a work that only hidden episodes cite, and that tells of it, is an error.
        relate(catalog, problems, cache)
    if catalog is None or problems.stop():
        return None
    chosen = (
        selection.everything(root, problems)
        if private
        else selection.public(root, workspace, catalog, cache)
    )
    payload = {**chosen.payload, **_feed(published, workspace, catalog, cache, problems)}
    if problems.stop():
        return None
    size = sum(map(_size, payload.values()))
    facts = facts_of(catalog, now, size, private=private)
    with bag.beside(target) as workshop:
        _require_space(workshop, size)
        made = workshop / target.name
        made.mkdir()
        notes = {"README.txt": readme(catalog.settings), "requirements.txt": requirements()}
        bag.write(made, dict(sorted(payload.items())), notes, facts, watch)
        bag.put(made, target)
    return Exported(
        len(payload), size, len(catalog.episodes), chosen.without, _count_elsewhere(catalog)
    )


def _refuse_place(root: Path, target: Path, *, replace: bool) -> None:
    """Raise `BacklistError` for a place that is taken, or part of the site."""
    where, site, place = Where(str(target)), root.resolve(), target.resolve()
    inputs = [site / name for name in INPUTS]
    if place == site or place in site.parents or {place, *place.parents} & {*inputs}:
        message = "contains the site's own files, or lies among them"
        raise BacklistError(where, message, f"name another folder, such as `{FOLDER}`")
    if not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir())):
        return
    if not target.is_dir() or not (target / "bagit.txt").is_file():
        message = "is there already, and is not a bag"
        raise BacklistError(where, message, "name another folder")
    if not replace:
        hint = "name another folder, or say `--replace` to have it replaced by the new one"
        raise BacklistError(where, "is a bag already", hint)


def _feed(
    published: Path, workspace: Workspace, catalog: Catalog, cache: Memory, problems: Problems
) -> dict[str, Path]:
    """The feed as subscribers have it; not one from before an episode was withdrawn."""
    path = published / urls.FEED
    if not path.is_file():
        hint = "run `backlist build` before, to have it in the bag"
        problems.info(Where(str(path)), "is not there: the bag has no published feed", hint)
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


def _size(given: Path | bytes) -> int:
    return len(given) if isinstance(given, bytes) else given.stat().st_size


def _require_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        message = f"has room for {in_words(free)}, and the bag takes {in_words(size)}"
        raise BacklistError(Where(str(folder.parent)), message, "name a folder on another disk")


def _count_elsewhere(catalog: Catalog) -> int:
    """Episodes whose recording does not lie in the site."""
    own = urls.absolute("static/", catalog.base_url)
    sounds = [one for item in catalog.episodes if (one := item.episode.audio)]
    copied = [isinstance(one, CopiedAudio) and bool(one.copy_file) for one in sounds]
    return sum(
        not (one.file or here or one.url.startswith(own))
        for one, here in zip(sounds, copied, strict=True)
    )
