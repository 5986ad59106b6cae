"""Episodes that a source had at the last import and has no more: refused, unless they are counted.

An archive holds one show, so every record that came from a feed is expected in the next feed,
whatever it is called or wherever it lies; two feeds of one show are imported together. Directory
pages show only the newest episodes and are only told about.
"""

from collections.abc import Mapping, Sequence

from backlist.importers import feed, raw_records
from backlist.importers.matching import Held
from backlist.importers.merge import Plan
from backlist.problems import Problems, Where

_NAMED = 3


def find_lost(plans: Sequence[Plan], form: str) -> list[Held]:
    """The records of this format that no plan of it found again."""
    ours = [plan for plan in plans if plan.format == form]
    kept = [{held.path for held in plan.lost} for plan in ours]
    lost = set.intersection(*kept) if kept else set()
    return [held for held in (ours[0].lost if ours else ()) if held.path in lost]


def judge_losses(
    plans: Sequence[Plan],
    imported: Mapping[str, str],
    insist: int | None,
    problems: Problems,
) -> dict[str, str]:
    """Refuse lost items as an error; with their exact count as `insist`, mark them as gone.

    The raw records to write for that, path → text. Nothing is ever deleted.
    """
    for form in dict.fromkeys(plan.format for plan in plans if plan.format != feed.FORMAT):
        _tell_page(plans, find_lost(plans, form), form, problems)
    lost = find_lost(plans, feed.FORMAT)
    if not lost:
        return {}
    if insist != len(lost):
        _refuse(plans, lost, insist, problems)
        return {}
    paths = [raw_records.path_of(held.episode.slug) for held in lost]
    return {path: raw_records.mark_gone(imported[path]) for path in paths if path in imported}


def _refuse(
    plans: Sequence[Plan], lost: Sequence[Held], insist: int | None, problems: Problems
) -> None:
    source = next(plan.report.sources[0] for plan in plans if plan.format == feed.FORMAT)
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    named = ", ".join(f"`{held.episode.title}`" for held in lost[:_NAMED])
    wrong = f"; `--insist {insist}` is not their count" if insist is not None else ""
    problems.error(
        Where(source),
        f"{len(lost)} episode{'s' if len(lost) > 1 else ''} of the last import "
        f"{'are' if len(lost) > 1 else 'is'} not in it: {named}{more}{wrong}",
        "look whether the source is whole; two feeds of one show are named in one command.\n"
        f"If they are gone for good, import with `--insist {len(lost)}`; their records stay",
    )


def _tell_page(plans: Sequence[Plan], lost: Sequence[Held], form: str, problems: Problems) -> None:
    if lost:
        source = next(plan.report.sources[0] for plan in plans if plan.format == form)
        problems.notice(
            Where(source),
            f"{len(lost)} episodes of the last import are not on it; their records stay",
        )
