"""The finished site checked as a reader, an app and a directory would meet it.

To add a check:

1. write a `check(outputs, archive, problems)` in a room of its own here;
2. name it in `CHECKS`;
3. put a site with the error and its exact message into `tests/sites/broken/`.
"""

from collections.abc import Callable, Mapping

from backlist.check import feed, links, records, redirects, visualizations, works
from backlist.check.links import FactReader, PageFacts
from backlist.files.output import Outputs
from backlist.problems import Problems
from backlist.relate.archive import Archive

__all__ = ["CHECKS", "FactReader", "PageFacts", "check"]

Check = Callable[[Outputs, Archive, Problems], None]

CHECKS: tuple[Check, ...] = (
    records.check,
    redirects.check,
    feed.check,
    works.check,
    visualizations.check,
)


def check(
    outputs: Outputs, pages: Mapping[str, PageFacts], archive: Archive, problems: Problems
) -> None:
    """Run every check; `pages` are the facts of the site's own pages, by output path."""
    links.check(pages, outputs, archive, problems)
    for one in CHECKS:
        one(outputs, archive, problems)
