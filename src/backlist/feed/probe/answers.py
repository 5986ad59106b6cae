"""What servers said of the addresses of sources, kept in `.cache/sources.json` between runs.

Beside the store of builds, which a new version of the program empties: what a server said last
week stays true. Deleting the file costs requests, nothing else.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from backlist import files

FILE = ".cache/sources.json"


class Said(StrEnum):
    """What an answer comes to."""

    THERE = "there"
    GONE = "gone"
    HOME = "home"
    """It leads to the home page of a site, which is what some sites say in place of "gone"."""
    MOVED = "moved"
    REFUSED = "refused"
    """A server that answers, but not what was asked: many know programs from people."""
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said on the day `asked`, and the same each time `since` then.

    `way` is the address with all that it led to, `final` where it ended, and `reason` a status or
    why there was none.
    """

    said: Said
    asked: date
    since: date
    way: str = ""
    final: str = ""
    reason: str = ""


def read(root: Path) -> dict[str, Answer]:
    """The last answer of each address; nothing where the file is missing or damaged."""
    try:
        kept = json.loads((root / FILE).read_bytes())
        return {address: _answer(one) for address, one in kept.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _answer(kept: Mapping[str, str]) -> Answer:
    asked, since = (date.fromisoformat(kept[name]) for name in ("asked", "since"))
    return Answer(
        Said(kept["said"]), asked, since, str(kept["way"]), str(kept["final"]), str(kept["reason"])
    )


def write(root: Path, answers: Mapping[str, Answer]) -> None:
    """Keep the answers; where the disk does not let it, the next run asks again."""
    told = {address: asdict(one) for address, one in sorted(answers.items())}
    try:
        files.replace(root / FILE, json.dumps(told, default=str, indent=0).encode())
    except OSError:
        return
