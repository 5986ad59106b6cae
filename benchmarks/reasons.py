"""Whether the reasons on pages make sense: a sample of related pairs, judged by a person.

    python -m benchmarks.reasons SITE… [--pairs 200] > benchmarks/reasons.csv

Draws pairs with reasons from site folders, as many of each as it has, up to an equal share, and
always the same ones from the same records. A row has the show, both titles, every reason that is
shown, and the verdict: `yes`, `no`, or nothing where nobody has judged it. Verdicts in
`benchmarks/reasons.csv` are kept for rows that are drawn again. Counts go to standard error.
"""

import argparse
import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from backlist import load
from backlist.cache.store import NO_CACHE
from backlist.problems import Problems
from backlist.relate import relate
from backlist.resolve import resolve

JUDGED = Path(__file__).with_suffix(".csv")
COLUMNS = ("show", "episode", "related", "reasons", "verdict")
Row = tuple[str, str, str, str]


def main() -> None:
    """Write the sample with the verdicts there are."""
    asked = _arguments()
    known = _verdicts()
    rows = sample([list(reasoned(site)) for site in asked.sites], asked.pairs)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*row, known.get(row, "")) for row in rows)
    for verdict, count in Counter(known.get(row, "") for row in rows).items():
        print(f"{verdict or 'not judged'}: {count} of {len(rows)}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sites", nargs="+", type=Path, metavar="SITE")
    parser.add_argument("--pairs", type=int, default=200, help="pairs to draw")
    return parser.parse_args()


def _verdicts() -> dict[Row, str]:
    if not JUDGED.is_file():
        return {}
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {(show, one, other, why): verdict for show, one, other, why, verdict in rows}


def reasoned(site: Path) -> Iterator[Row]:
    """Every pair of a site with a reason; how many pairs there are is told."""
    problems = Problems()
    catalog = resolve(load.load(site, problems), datetime.now(UTC), NO_CACHE, problems)
    if catalog is None:
        sys.exit("\n".join(map(str, problems)))
    archive = relate(catalog, problems)
    pairs = [(entry, one) for entry in archive.entries for one in entry.related]
    with_reasons = [(entry, one) for entry, one in pairs if one.reasons]
    title = archive.show.title
    print(f"{title}: {len(with_reasons)} of {len(pairs)} pairs have a reason", file=sys.stderr)
    for entry, one in with_reasons:
        why = "; ".join(reason.text for reason in one.reasons)
        yield title, entry.episode.title, archive.entry(one.slug).episode.title, why


def sample(shows: Sequence[list[Row]], most: int) -> list[Row]:
    """At most so many rows, as evenly from the shows as they allow."""
    mixed = [sorted(rows, key=_lot) for rows in shows]
    longest = max(map(len, mixed), default=0)
    turns = [rows[turn] for turn in range(longest) for rows in mixed if turn < len(rows)]
    return sorted(turns[:most])


def _lot(row: Row) -> str:
    """A place by chance that stays the pair's own when others come or go."""
    return hashlib.sha256("\n".join(row[:3]).encode()).hexdigest()


if __name__ == "__main__":
    main()
