"""The last step: the output folder holds the site as it was, or the new one, and never a mixture.

The next state is made whole beside the folder (`trees`), and then the two change places. Where a
system cannot do that, or the folder holds folders of somebody else's, files are put one by one, in
an order in which every page finds what it needs at every moment.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from backlist import files
from backlist.files.output import Outputs
from backlist.write import trees
from backlist.write.place import (
    MANIFEST,
    Marks,
    Place,
    discard,
    folders_of,
    listed,
    marks_of,
    refuse_links,
    telling,
    untouched,
    write_list,
)
from backlist.write.prepare import Keeper, Prepared, State, seen


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a build wrote, left as they were, and removed.

    `locked` counts the items that are new in the feed lock; `assigned` are guids written into
    files, by file; `left_out` says which episodes are not in the feed; `due` is when an episode of
    the future comes out.
    """

    written: int
    kept: int
    removed: int
    locked: int = 0
    assigned: Mapping[str, str] = field(default_factory=dict)
    left_out: str = ""
    due: datetime | None = None


_WITHOUT_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
"""What a file system says that has no hard links, or allows none to another user's files."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An output folder before the last step: what in it is ours, and how it will be changed.

    `fresh`: there is none yet; `whole`: its next state is made beside it; `marks` are those of
    the folders in both states where they are known to be equal.
    """

    known: frozenset[str]
    fresh: bool
    whole: bool
    marks: Mapping[int, Marks]


def claim(outputs: Outputs, prepared: Prepared[Any], here: Place, keeper: Keeper) -> Claim:
    """Do everything but the last step.

    Raises `BacklistError` when the folder cannot be written, or a symlink lies in it where a
    folder has to be, before anything in it has changed.
    """
    with telling(here):
        _sweep(here.out)
        known = frozenset(listed(here.out))
        fresh = not os.path.lexists(here.out)
        marks = {} if fresh else _marks_of_equals(here, keeper)
        plan = Claim(known, fresh, fresh or trees.can_exchange(), marks)
        if not prepared.staged and known == outputs.keys():
            return plan
        if not plan.marks:
            refuse_links(here.out, folders_of(outputs))
        if here.workshop and plan.whole and _make_next(outputs, prepared, here, plan):
            return plan
        _claim_in_place(outputs, here, known)
        return replace(plan, fresh=False, whole=False)


def publish(
    outputs: Outputs, prepared: Prepared[Any], here: Place, keeper: Keeper, plan: Claim
) -> Written:
    """Bring an output folder, which was claimed, to hold `outputs`, as they were prepared.

    Raises `BacklistError` when it cannot be written.
    """
    stale = plan.known - outputs.keys()
    if prepared.staged or stale:
        with telling(here):
            plan = _take_the_step(outputs, prepared, here, plan)
        if plan.whole:
            _keep_spare(outputs, prepared, here, keeper, plan)
    changed = dict(_present(outputs, prepared.state, here.out))
    keeper.keep(f"state {here.out}", b"", {**prepared.state, **changed})
    discard(here)
    return Written(len(prepared.staged), len(outputs) - len(prepared.staged), len(stale))


def _take_the_step(outputs: Outputs, prepared: Prepared[Any], here: Place, plan: Claim) -> Claim:
    """Publish; the plan as it was carried out."""
    if plan.fresh:
        here.out.parent.mkdir(parents=True, exist_ok=True)
        here.tree.rename(here.out)
    elif not plan.whole or not trees.exchange(here.tree, here.out):
        _put_in_order(outputs, prepared, here, plan.known)
        return replace(plan, whole=False)
    return plan


def _make_next(outputs: Outputs, prepared: Prepared[Any], here: Place, plan: Claim) -> bool:
    """Make the next state beside the folder; False where the two could not change places."""
    if plan.fresh:
        _clear(here)
        here.tree.mkdir(parents=True)
    elif not plan.marks:
        _clear(here)
        try:
            if not trees.mirror(here.out, here.tree, folders_of(plan.known)):
                _clear(here)
                return False
        except OSError as error:
            _clear(here)
            if error.errno in _WITHOUT_LINKS:
                return False
            raise
    # A first state is moved. Later the stage is kept: the spare needs it, or what is put in order.
    bring = os.replace if plan.fresh else os.link
    trees.change(here.tree, _files(prepared, here), plan.known - outputs.keys(), bring)
    if plan.known != outputs.keys():
        write_list(here.tree, outputs.keys())
    return True


def _files(prepared: Prepared[Any], here: Place) -> dict[str, str]:
    return {path: f"{here.stage}/{number}" for path, number in prepared.staged.items()}


def _clear(here: Place) -> None:
    """Remove a state that cannot be trusted, and workshops whose output folder is gone."""
    assert here.workshop is not None, "there is a state only in a workshop"
    shutil.rmtree(here.tree, ignore_errors=True)
    here.workshop.mkdir(parents=True, exist_ok=True)
    (here.workshop / _OWNER).write_bytes(os.fsencode(here.out))
    for owner in here.workshop.parent.glob(f"*/{_OWNER}"):
        if owner.parent != here.workshop:
            _clear_abandoned(owner)


def _clear_abandoned(owner: Path) -> None:
    """Remove a workshop whose output folder is gone, unless its first state is just being made."""
    with suppress(OSError):  # somebody else removes it
        out = Path(os.fsdecode(owner.read_bytes()))
        with untouched(out) as is_ours:
            if is_ours and not os.path.lexists(out):
                shutil.rmtree(owner.parent, ignore_errors=True)


_OWNER = "made-for"
"""In a workshop: the file that names its output folder."""


def _keep_spare(
    outputs: Outputs, prepared: Prepared[Any], here: Place, keeper: Keeper, plan: Claim
) -> None:
    """Bring the state before up to date as well, for the next build and for who is still in it.

    A server that was started in the output folder stays in the folder that has changed places.
    What fails here costs the next build time, and nothing else.
    """
    stale = plan.known - outputs.keys()
    try:
        if not here.spare:
            shutil.rmtree(here.tree, ignore_errors=True)
            return
        if plan.fresh:
            trees.mirror(here.out, here.tree, folders_of(outputs))
        else:
            trees.change(here.tree, _files(prepared, here), stale, os.replace)
            if plan.known != outputs.keys():
                listing = {MANIFEST: f"{here.out}/{MANIFEST}"}
                trees.change(here.tree, listing, (), os.link)
        _keep_marks(outputs, {*prepared.staged, *stale}, here, keeper, plan)
    except OSError:
        return


# ---- whether two states are still what a build left: no name was added to or taken from a folder


def _marks_of_equals(here: Place, keeper: Keeper) -> Mapping[int, Marks]:
    """The times of all folders in both states, if they are what the last build left."""
    known = keeper.known(f"folders {here.out}", b"")
    if here.workshop is None or not isinstance(known, dict) or not here.tree.exists():
        return {}
    for state in (here.out, here.tree):
        marks = known.get(state.stat().st_ino)
        if not marks or marks_of(state, marks) != marks:
            return {}
    return known


def _keep_marks(
    outputs: Outputs, touched: Iterable[str], here: Place, keeper: Keeper, plan: Claim
) -> None:
    folders = folders_of(outputs)
    looked = folders_of(touched) & folders if plan.marks else folders
    kept = {}
    for state in (here.out, here.tree):
        inode = state.stat().st_ino
        before = plan.marks.get(inode, {})
        same = {folder: mark for folder, mark in before.items() if folder in folders}
        kept[inode] = {**same, **marks_of(state, looked)}
    keeper.keep(f"folders {here.out}", b"", kept)


# ---- where files are put one by one


def _claim_in_place(outputs: Outputs, here: Place, known: frozenset[str]) -> None:
    """Name old and new files together: after a crash the next build knows what is its own."""
    here.out.mkdir(parents=True, exist_ok=True)
    if not outputs.keys() <= known:
        write_list(here.out, known | outputs.keys())


def _sweep(out: Path) -> None:
    """Remove the temporary files that a killed build left."""
    for path in out.glob(f"{files.PREFIX}*{files.SUFFIX}"):
        path.unlink(missing_ok=True)


def _put_in_order(
    outputs: Outputs, prepared: Prepared[Any], here: Place, known: frozenset[str]
) -> None:
    """What is new, then what leads to it, then feeds; what is gone goes last."""
    _claim_in_place(outputs, here, known)
    waiting = _files(prepared, here)
    stale = sorted(known - outputs.keys())
    blocking = _blocking(stale, waiting)
    for path in blocking:
        trees.remove(here.out, path)
    for path in sorted(waiting, key=lambda path: _turn(path, known)):
        _put(waiting[path], here.out, path)
    for path in stale:
        if path not in blocking:
            trees.remove(here.out, path)
    if known != outputs.keys():
        write_list(here.out, outputs.keys())


def _turn(path: str, known: frozenset[str]) -> tuple[bool, bool, bool, str]:
    """When it is a file's turn: feeds after all pages, pages after what is new."""
    is_feed = path.endswith((".xml", "feed.json"))
    return is_feed, path in known, path.endswith(".html"), path


def _put(source: str, out: Path, path: str) -> None:
    target = out / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)  # noqa: PTH105
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy = out / f"{files.PREFIX}put{files.SUFFIX}"
        shutil.copyfile(source, copy)
        copy.replace(target)


def _blocking(stale: Iterable[str], staged: Mapping[str, str]) -> set[str]:
    """Old files where a folder has to be, and in folders where a file has to be."""
    old = {path: _above(path) for path in stale}
    folders = {folder for path in staged for folder in _above(path)} if old else set()
    return {path for path, above in old.items() if path in folders or above & staged.keys()}


def _above(path: str) -> set[str]:
    """The folders that an output path lies in."""
    return folders_of([path]) - {""}


def _present(
    outputs: Outputs, known: State, out: Path
) -> Iterator[tuple[str, tuple[bytes, int, int]]]:
    top = str(out)
    for path, output in outputs.items():
        told = None if path in known else seen(f"{top}/{path}")
        if told is not None:
            yield path, (output.key, *told)
