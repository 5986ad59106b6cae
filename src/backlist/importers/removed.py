"""Episodes that a source had at the last import and has no more: refused, unless they are counted.

An archive holds one show, so every record that came from a feed is expected in the next feed,
whatever it is called or wherever it lies; two feeds of one show are imported together. Directory
pages show only the newest episodes, so what is missing there is only reported; so is what falls out
of a feed that does the same.
"""

from collections.abc import Mapping, Sequence

from backlist.importers import records, rss
from backlist.importers.draft import Reading
from backlist.importers.matching import Existing
from backlist.importers.merge import Plan
from backlist.problems import Problems, Where

REMOVED, BROKEN = "removed", "broken off"
"""Kinds of problems."""

_NAMED = 3


def find_removed(plans: Sequence[Plan], form: str) -> list[Existing]:
    """The records of this format that no plan of it found again."""
    ours = [plan for plan in plans if plan.format == form]
    kept = [{record.path for record in plan.lost} for plan in ours]
    removed = set.intersection(*kept) if kept else set()
    return [record for record in (ours[0].lost if ours else ()) if record.path in removed]


def check_removed(
    plans: Sequence[Plan],
    imported: Mapping[str, str],
    allowed: int | None,
    listed: int,
    problems: Problems,
) -> dict[str, str]:
    """Refuse removed items as an error; with their exact count as `allowed`, mark them as gone.

    The last feed had `listed` items, 0 where that is unknown: what falls out of a feed that lists
    only its newest is marked as well. The raw records to write for that, path → text. Nothing is
    ever deleted.
    """
    for form in dict.fromkeys(plan.format for plan in plans if plan.format != rss.FORMAT):
        missing = find_removed(plans, form)
        if missing:
            problems.info(
                Where(_first_source(plans, form)),
                f"{len(missing)} episodes of the last import are not on it; their records stay",
            )
    removed = find_removed(plans, rss.FORMAT)
    if removed and allowed is None and _fell_out(plans, removed, listed):
        _tell_window(plans, removed, problems)
    elif removed and allowed != len(removed):
        _refuse(_first_source(plans, rss.FORMAT), removed, allowed, problems)
        return {}
    paths = [records.raw_path(record.episode.slug) for record in removed]
    return {path: records.mark_gone(imported[path]) for path in paths if path in imported}


def _fell_out(plans: Sequence[Plan], removed: Sequence[Existing], listed: int) -> bool:
    """Whether a feed that lists only its newest episodes has room for newer ones.

    It then has as many items as before, and each of them is newer than all that are missing.
    """
    (plan, *others) = [plan for plan in plans if plan.format == rss.FORMAT]
    dates = [record.base.episode.date for record in removed if record.base]
    known = [date.instant for date in dates if date]
    full = 0 < listed <= plan.report.found
    whole = len(known) == len(removed) and plan.oldest is not None
    return not others and full and whole and max(known) < (plan.oldest or max(known))


def _tell_window(plans: Sequence[Plan], removed: Sequence[Existing], problems: Problems) -> None:
    found = next(plan.report.found for plan in plans if plan.format == rss.FORMAT)
    many = f"{len(removed)} episodes are" if len(removed) > 1 else "1 episode is"
    problems.info(
        Where(_first_source(plans, rss.FORMAT)),
        f"{many} older than the {found} that the feed lists now; "
        f"{'their records stay' if len(removed) > 1 else 'its record stays'}",
        "the feed seems to list only its newest episodes",
    )


def _first_source(plans: Sequence[Plan], form: str) -> str:
    return next(plan.report.sources[0] for plan in plans if plan.format == form)


def _refuse(
    source: str, removed: Sequence[Existing], allowed: int | None, problems: Problems
) -> None:
    more = f" and {len(removed) - _NAMED} more" if len(removed) > _NAMED else ""
    named = ", ".join(f"`{record.episode.title}`" for record in removed[:_NAMED])
    wrong = f"; `--allow-removed {allowed}` is not their number" if allowed is not None else ""
    problems.error(
        Where(source),
        f"{len(removed)} episode{'s' if len(removed) > 1 else ''} of the last import "
        f"{'are' if len(removed) > 1 else 'is'} not in it: {named}{more}{wrong}",
        "check that the source is complete; name two feeds of one show in one command.\n"
        f"If they are gone for good, import with `--allow-removed {len(removed)}`; "
        "their records stay",
        kind=REMOVED,
        accept=f"--allow-removed {len(removed)}",
    )


def refuse_broken(
    readings: Sequence[Reading], imported: Mapping[str, str], problems: Problems
) -> None:
    """Refuse a feed without its end where another one was imported: what it lost is unknown."""
    for reading in readings:
        if not reading.whole and imported:
            problems.error(
                Where(reading.name),
                "the feed breaks off; an import that follows another needs all of it",
                "fetch it again; if the host always sends it so, save it, repair its end "
                "(`</channel></rss>`), and import the file",
                kind=BROKEN,
            )
