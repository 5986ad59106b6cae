"""Outputs to disk: what differs is made and written, what backlist once wrote goes.

`prepare` makes content beside its place and changes nothing that is published, so that a site can
be checked whole before `publish` puts it there. `claim` does what can be done before the last
step. A manifest in the output folder lists what backlist wrote, so nothing of anybody else's is
ever removed.
"""

from pathlib import Path

from backlist.cache.store import NO_CACHE
from backlist.files.output import Outputs
from backlist.problems import BacklistError, Problems
from backlist.write.place import MANIFEST, STAGE, Place, discard, exclusive, place
from backlist.write.prepare import Keeper, Prepared, State, prepare
from backlist.write.publish import Claim, Written, claim, publish

__all__ = [
    "MANIFEST",
    "STAGE",
    "Claim",
    "Keeper",
    "Place",
    "Prepared",
    "State",
    "Written",
    "claim",
    "discard",
    "exclusive",
    "place",
    "prepare",
    "publish",
    "write",
]


def write(outputs: Outputs, out: Path) -> Written:
    """Bring folder `out` to hold `outputs`, unchecked and at once.

    Raises `BacklistError` when it cannot be written, or an output cannot be made.
    """
    problems, here = Problems(), Place(out, None)
    prepared = prepare(outputs, here, lambda output, data: None, NO_CACHE, problems)
    for problem in problems:
        raise BacklistError(problem.where, problem.message, problem.hint)
    plan = claim(outputs, prepared, here, NO_CACHE)
    return publish(outputs, prepared, here, NO_CACHE, plan)
