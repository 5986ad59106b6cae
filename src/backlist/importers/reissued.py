"""Episodes whose source has given them new guids: refused, unless they are counted.

Apps that follow our feed know each episode by the guid it was published with. Taken as new, every
such item would double an episode; taken as the same, its record keeps its guid and follows the
source in everything else.
"""

from collections.abc import Iterator, Sequence

from backlist.importers.draft import Draft
from backlist.importers.matching import Existing
from backlist.importers.merge import Plan
from backlist.problems import Problems, Where

REISSUED = "reissued"
"""The kind of the problem."""

_NAMED = 3


def check_reissued(plans: Sequence[Plan], accepted: int | None, problems: Problems) -> None:
    """Report the items that are a record under another guid as an error, unless that is counted."""
    source = next((plan.report.sources[0] for plan in plans if plan.reissued), "")
    pairs = [pair for plan in plans for pair in plan.reissued]
    if len(pairs) == (accepted or 0):
        return
    if not pairs:
        problems.error(
            Where(plans[0].report.sources[0] if plans else "import"),
            f"no item is a record under another guid, and `--keep-guids {accepted}` says so",
            "leave the option out",
        )
        return
    one = len(pairs) == 1
    wrong = f"; `--keep-guids {accepted}` is not their number" if accepted is not None else ""
    named = [*name_pairs(pairs[:_NAMED])]
    named += [f"and {len(pairs) - _NAMED} more"] if len(pairs) > _NAMED else []
    problems.error(
        Where(source),
        f"{len(pairs)} item{'' if one else 's'} with the title and day of a record "
        f"{'has' if one else 'have'} another guid{wrong}",
        "\n".join(
            [
                *named,
                "they are most likely the same episodes, and apps know them by the guid of the "
                "record.",
                f"To see every pair: `backlist import --dry-run --keep-guids {len(pairs)} SOURCE`; "
                "without `--dry-run` the records keep their guids and follow the source.",
                "If one is another episode, change the title or the date of the record first.",
            ]
        ),
        kind=REISSUED,
        accept=f"--keep-guids {len(pairs)}",
    )


def name_pairs(pairs: Sequence[tuple[Draft, Existing]]) -> Iterator[str]:
    """Each pair in words: record, its guid, and the one the source has now."""
    for draft, record in pairs:
        now = f"`{draft.guid}`" if draft.guid else "none"
        yield f"{record.path}: `{record.episode.guid}`; the source has {now}"
