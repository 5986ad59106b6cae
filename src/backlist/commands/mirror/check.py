"""`check --mirror`: whether copies are what was fetched, what is not at home, what nobody names."""

from datetime import datetime
from pathlib import Path

from backlist import files, urls
from backlist.commands.mirror import places
from backlist.commands.mirror.kinds import KINDS, SOUND, WHAT
from backlist.commands.mirror.ledger import Ledger, digest
from backlist.commands.mirror.report import listed
from backlist.commands.mirror.wanted import (
    STATIC_FOLDERS,
    Wanted,
    at_other_hosts,
    find,
    of_pictures,
)
from backlist.content import MIRROR
from backlist.feed.rules.secrets import mask
from backlist.problems import BacklistError, Level, Problem, Problems, Where

SHOWN = 5
"""Addresses of a kind that are told one by one."""


def check_copies(root: Path, problems: Problems, now: datetime) -> str:
    """Compare every copy with what was fetched; how many are well, in a sentence."""
    try:
        ledger = Ledger(root)
    except BacklistError as error:
        problems.extend([error.problem])
        return "copies: not checked"
    named = places.find(root, {})
    known = at_other_hosts((*of_pictures(named), *find(root, WHAT, now)))
    well = sum(_is_well(root, address, ledger, problems) for address in ledger.copies)
    _tell_missing([one for one in known if one.address not in ledger.copies], problems)
    _tell_unnamed(root, ledger, {one.address for one in known}, problems)
    total = sum(one.size for one in ledger.copies.values())
    return f"copies: {well} of {len(ledger.copies)} as they were fetched ({files.in_words(total)})"


def _is_well(root: Path, address: str, ledger: Ledger, problems: Problems) -> bool:
    """Whether a copy is there with the bytes that were fetched; nobody can see into a store."""
    copy = ledger.copies[address]
    if copy.file is None:
        return bool(copy.at)
    path, where = root / copy.file, Where(copy.file)
    if not path.is_file():
        message = f"{copy.file} is not there: it is the copy of {mask(address)}"
        problems.error(Where(MIRROR), message, "`backlist mirror` fetches it again")
        return False
    if path.stat().st_size == copy.size and digest(path) == copy.sha256:
        return True
    message = f"is not what was fetched from {mask(address)} on {copy.fetched}"
    hint = (
        "if you corrected it, name the file in the record in place of the address; if not, delete "
        "it, and `backlist mirror` fetches it again"
    )
    problems.error(where, message, hint)
    return False


def _tell_missing(missing: list[Wanted], problems: Problems) -> None:
    """Warn of what is at other hosts only; sound, which nobody has to bring, is only told."""
    for what in WHAT:
        lacking = [one for one in missing if one.what == what]
        level = Level.INFO if what == SOUND else Level.WARNING
        command = f"`backlist mirror{' --what sound' if what == SOUND else ''}` brings it home"
        for one in lacking[:SHOWN]:
            message = f"the {KINDS[what].one} is at another host only: {mask(one.address)}"
            problems.extend([Problem(one.where, level, message, command)])
        if len(lacking) > SHOWN:
            message = f"{listed({what: len(lacking) - SHOWN})} more at other hosts only"
            problems.extend([Problem(Where(MIRROR), level, message, command)])


def _tell_unnamed(root: Path, ledger: Ledger, named: set[str], problems: Problems) -> None:
    """Say which entries no record names, and which files of the folders of copies have no entry."""
    used = _texts(root)
    for address, copy in ledger.copies.items():
        name = (copy.file or "").removeprefix("static/")
        if address not in named and not (copy.file and _is_named(name, used)):
            told = copy.file or ", ".join(copy.at)
            message = f"no record names {mask(address)}, the copy of which is {told}"
            problems.info(Where(MIRROR), message, "delete the entry and the file, if it is gone")
    kept = {one.file for one in ledger.copies.values()}
    for folder in STATIC_FOLDERS:
        for name in files.find_all(root, folder, Problems()):
            whole = f"{folder}/{name}"
            if whole not in kept and not _is_named(whole.removeprefix("static/"), used):
                message = "is the copy of nothing, and no record names it"
                problems.info(Where(whole), message, "delete it, if you do not need it")


def _texts(root: Path) -> str:
    """All that the site's own texts say, in which the name of a file is looked for."""
    told = [places.read_text(root, "site.yaml")]
    for folder in ("content/episodes", "content/pages", "content/visualizations"):
        told += [
            files.read(path).decode("utf-8", "replace")
            for name, path in files.find_all(root, folder, Problems()).items()
            if urls.extension(name) in (".md", ".markdown", ".yaml", ".html")
        ]
    return "\n".join(told)


def _is_named(name: str, texts: str) -> bool:
    return name in texts
