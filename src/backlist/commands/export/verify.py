"""Whether a bag (RFC 8493) is whole and as it was made: every fault a problem at its file.

Nothing in a bag is trusted: it may be damaged, or somebody's who wants another file to be read.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from backlist.commands.export import packed
from backlist.commands.export.bag import AGENT, BLOCK, Watch
from backlist.problems import BacklistError, Problems, Where

if TYPE_CHECKING:
    from bagit import Bag

_OTHER_COPY = "take it from another copy of the bag, or export again"
_ONLY_FILES = "a bag holds nothing but files"
_LEFTOVER = (
    "remove it if it is not part of the archive; to build from a bag, copy its `data/` first, "
    "because a build leaves `build/` and `.cache/`"
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What was compared: files in `data/`, and their bytes."""

    files: int
    bytes: int


def verify(place: Path, problems: Problems, watch: Watch) -> Verified:
    """Compare every file of a bag with the bag's lists, and the lists with the files.

    The bag is a folder, or a ZIP archive of one, which is unpacked among temporary files. Raises
    `BacklistError` where it is no bag, or one that cannot be trusted.
    """
    if not place.is_file():
        return _verify(place, problems, watch)
    with tempfile.TemporaryDirectory(prefix="backlist-") as folder:
        return _verify(packed.unpack(place, Path(folder)), problems, watch)


def _verify(folder: Path, problems: Problems, watch: Watch) -> Verified:
    bag = _open(folder)
    found = dict(_walk(folder, problems))
    _compare_names(bag, found, problems)
    _refuse_missing(folder, bag, problems)
    wanted = {name: hashes for name, hashes in bag.entries.items() if name in found}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = pool.map(lambda name: _digest(folder / name, wanted[name]), wanted)
        for count, (name, digests) in enumerate(zip(wanted, made, strict=True), 1):
            _compare_hashes(name, digests, wanted[name], problems)
            watch("comparing", count, len(wanted))
    payload = [size for name, size in found.items() if name.startswith("data/")]
    verified = Verified(len(payload), sum(payload))
    if not problems.stop():
        _check_sum(bag, verified, problems)
    return verified


def _open(folder: Path) -> "Bag":
    """The bag's lists, none of which names a file outside it."""
    import bagit

    where = Where(str(folder))
    if not (folder / "bagit.txt").is_file():
        message = "is not a bag: it has no `bagit.txt`"
        raise BacklistError(where, message, "name the folder that `backlist export` wrote")
    for path in folder.iterdir():
        if fault := _fault(path):
            raise BacklistError(Where(path.name), fault, f"{_ONLY_FILES}: {_OTHER_COPY}")

    class Lists(bagit.Bag):  # type: ignore[misc]
        """The lists of a bag; what `bagit` looks up on the disk, the name says alone."""

        def _path_is_dangerous(self, name: str) -> bool:
            # Of paths it compares the beginnings, where `/bag-2` begins like `/bag`.
            away = os.path.isabs(name) or os.path.normpath(name).startswith("..")  # noqa: PTH117
            return away or name.startswith("~")

    try:
        bag = Lists(str(folder))
        list(bag.fetch_entries())
    except (bagit.BagError, UnicodeError, ValueError) as error:
        said = getattr(error, "message", "") or str(error)
        message = f"cannot be trusted: {said.replace(f'{folder.resolve()}/', '')}"
        raise BacklistError(where, message, "ask for another copy of the bag") from error
    return bag


def _walk(folder: Path, problems: Problems) -> Iterator[tuple[str, int]]:
    """Every file of the bag and its size; a link is none, whatever it leads to."""
    for top, folders, names in os.walk(folder):
        for name in sorted([*folders, *names]):
            path = Path(top, name)
            inner = path.relative_to(folder).as_posix()
            if fault := _fault(path):
                problems.error(Where(inner), fault, f"{_ONLY_FILES}: {_OTHER_COPY}")
            elif path.is_file():
                yield inner, path.stat().st_size


def _fault(path: Path) -> str:
    """What is wrong with something that is neither a file nor a folder of the bag's own."""
    if path.is_symlink():
        return "is a symlink"
    return "" if path.is_file() or path.is_dir() else "is not a regular file"


def _compare_names(bag: "Bag", found: Mapping[str, int], problems: Problems) -> None:
    """Files that are missing, those that nothing lists, and those that one of the lists lacks."""
    listed = {_normal(name): hashes for name, hashes in bag.entries.items()}
    payload = {
        path.removeprefix(f"{bag.path}{os.sep}manifest-").removesuffix(".txt")
        for path in bag.manifest_files()
    }
    told = {one.where.file for one in problems}
    for name in sorted(found):
        inside = name.startswith("data/")
        hashes = listed.get(_normal(name))
        if hashes is None and inside:
            problems.error(Where(name), "is in none of the bag's lists", _LEFTOVER)
        elif hashes is None and not name.startswith("tagmanifest-"):
            message = "is in none of the bag's lists: nothing proves that it is as it was made"
            problems.warning(Where(name), message, _LEFTOVER)
        elif hashes is not None and inside and (lacking := sorted(payload - hashes.keys())):
            message = f"is missing in manifest-{lacking[0]}.txt"
            problems.error(Where(name), message, _OTHER_COPY)
    there = {_normal(name) for name in (*found, *told)}
    fetched = {_normal(name) for name in bag.files_to_be_fetched()}
    for name in sorted(bag.entries):
        if _normal(name) not in there:
            message, hint = "is missing", _OTHER_COPY
            if _normal(name) in fetched:
                message = "is not here yet: `fetch.txt` says where to download it"
                hint = "complete the bag with the program that made it"
            problems.error(Where(name), message, hint)


def _normal(name: str) -> str:
    """A name as all file systems know it: some change how an accent is written."""
    import bagit

    return str(bagit.normalize_unicode(name)).replace(os.sep, "/")


def _refuse_missing(folder: Path, bag: "Bag", problems: Problems) -> None:
    """A bag without lists proves nothing, and one without a folder of files is none."""
    if not list(bag.manifest_files()):
        problems.error(
            Where("manifest-sha512.txt"), "is missing: nothing can be compared", _OTHER_COPY
        )
    if not (folder / "data").is_dir():
        problems.error(Where("data"), "is missing: the bag has no files", _OTHER_COPY)
    if not list(bag.tagmanifest_files()):
        message = "is missing: nothing proves the lists themselves and `bag-info.txt`"
        level = problems.error if _is_ours(bag) else problems.info
        level(Where("tagmanifest-sha512.txt"), message, _OTHER_COPY)
    if _is_ours(bag) and not (folder / "data/site.yaml").is_file():
        problems.error(Where("data/site.yaml"), "is missing", _OTHER_COPY)


def _is_ours(bag: "Bag") -> bool:
    return str(bag.info.get(AGENT, "")).startswith("backlist ")


def _digest(path: Path, wanted: Mapping[str, str]) -> Mapping[str, str] | OSError:
    """The hashes of a file, each of the kinds wanted; the error where it cannot be read."""
    made = {name: hashlib.new(name) for name in wanted}
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                for one in made.values():
                    one.update(block)
    except OSError as error:
        return error
    return {name: one.hexdigest() for name, one in made.items()}


def _compare_hashes(
    name: str, made: Mapping[str, str] | OSError, wanted: Mapping[str, str], problems: Problems
) -> None:
    if isinstance(made, OSError):
        problems.error(Where(name), f"cannot be read: {made.strerror}", _OTHER_COPY)
        return
    wrong = sorted(kind for kind, digest in wanted.items() if made[kind] != digest.lower())
    if wrong:
        message = f"is not as it was made: its {' and '.join(wrong)} differ from the bag's list"
        problems.error(Where(name), message, _OTHER_COPY)


def _check_sum(bag: "Bag", verified: Verified, problems: Problems) -> None:
    """The count in `bag-info.txt`, where all files are as the lists say."""
    said = bag.info.get("Payload-Oxum")
    if said is not None and said != f"{verified.bytes}.{verified.files}":
        message = f"says {said} in `Payload-Oxum`, and there are {verified.bytes}.{verified.files}"
        problems.error(Where("bag-info.txt"), message, _OTHER_COPY)
