"""The finished site judged as a reader, an app and a directory would meet it.

To add a check:

1. write a `check(outputs, archive, problems)` in a room of its own here;
2. name it in `CHECKS`;
3. put a site with the fault and its exact message into `tests/sites/broken/`.
"""

from collections.abc import Callable

from backlist.check import feed, links, records, redirects, visualizations, works
from backlist.output import Outputs
from backlist.problems import Problems
from backlist.relate.archive import Archive

Check = Callable[[Outputs, Archive, Problems], None]

CHECKS: tuple[Check, ...] = (
    records.check,
    redirects.check,
    links.check,
    feed.check,
    works.check,
    visualizations.check,
)


def check(outputs: Outputs, archive: Archive, problems: Problems) -> None:
    """Run every check."""
    for one in CHECKS:
        one(outputs, archive, problems)
