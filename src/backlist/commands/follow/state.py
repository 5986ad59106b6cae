"""What is remembered between two runs, in `.cache/follow.json`.

Losing it costs patience and a ping, never an episode: what has lasted begins to be counted anew.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from backlist import files

FILE = ".cache/follow.json"


@dataclass(frozen=True, slots=True)
class State:
    """Since when something lasts, in ISO 8601, and what the published feed was.

    `unreachable` is about the host's feed, `silent` about the site's own; `missing` are guids that
    the host's feed has and ours has not; `published` is a digest of our feed's bytes, `untold`
    names those who have not been told of it yet.
    """

    unreachable: str = ""
    silent: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    published: str = ""
    untold: tuple[str, ...] = ()


def read_state(root: Path) -> State:
    """What the last run kept; nothing where it cannot be read."""
    try:
        said = json.loads((root / FILE).read_text("utf-8"))
        state = State(**{**said, "untold": tuple(said["untold"]), "missing": {**said["missing"]}})
        for moment in (state.unreachable, state.silent, *state.missing.values()):
            since(moment, datetime.now(UTC))
    except (OSError, ValueError, TypeError, KeyError):
        return State()
    return state


def write_state(root: Path, state: State) -> None:
    """Keep it for the next run."""
    if state != read_state(root):
        files.replace(root / FILE, json.dumps(asdict(state), indent=1).encode())


def since(moment: str, now: datetime) -> datetime:
    """When something began: as it was kept, else now."""
    return datetime.fromisoformat(moment) if moment else now
