"""Whether proposed topics make sense: what `suggest-topics` offers, judged by a person.

    python -m benchmarks.topics SITE… > benchmarks/topics.csv

Each site folder is taken without the topics its episodes have, as an archive that has none. A row
has the show, how many episodes it has, its set, a proposal, how many episodes it is for, and the
verdict: `yes`, `no`, or nothing where nobody has judged it. Verdicts in `benchmarks/topics.csv`
are kept for proposals that are made again. Counts by show go to standard error.

The set is `tuned` where the rules were made to fit the show, and `held out` where they were made
without looking at what it is offered; a show that the file does not have is `tuned`. Whoever
changes a rule because of a show that is held out makes it a tuned one.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from backlist import load
from backlist.cache.store import NO_CACHE
from backlist.commands.suggest_topics import suggest
from backlist.problems import Problems
from backlist.resolve import resolve

JUDGED = Path(__file__).with_suffix(".csv")
TUNED = "tuned"
COLUMNS = ("show", "of", "set", "topic", "also", "episodes", "verdict")
Row = tuple[str, int, str, str, int]


def main() -> None:
    """Write the proposals with the verdicts there are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sites", nargs="+", type=Path, metavar="SITE")
    judged = _judged()
    known = {(row["show"], row["topic"]): row["verdict"] for row in judged}
    sets = {row["show"]: row["set"] for row in judged}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for site in parser.parse_args().sites:
        counts = Counter[str]()
        rows = list(proposed(site))
        for show, size, topic, *more in rows:
            verdict = known.get((show, topic), "")
            counts[verdict or "not judged"] += 1
            writer.writerow((show, size, sets.get(show, TUNED), topic, *more, verdict))
        named = rows[0][0] if rows else site.name
        print(f"{named}: {len(rows)} proposals, {dict(counts)}", file=sys.stderr)


def _judged() -> list[dict[str, str]]:
    if not JUDGED.is_file():
        return []
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def proposed(site: Path) -> Iterator[Row]:
    """What is offered for a site whose episodes have no topics."""
    problems = Problems()
    catalog = resolve(load.load(site, problems), datetime.now(UTC), NO_CACHE, problems)
    if catalog is None:
        sys.exit("\n".join(map(str, problems)))
    bare = tuple(
        replace(item, episode=item.episode.model_copy(update={"topics": ()}))
        for item in catalog.episodes
    )
    found = suggest(site, replace(catalog, episodes=bare), None, problems, dry_run=True)
    for one in found.topics:
        title = catalog.settings.show.title
        yield title, len(bare), one.title, "; ".join(one.also), len(one.episodes)


if __name__ == "__main__":
    main()
