"""Everything the site publishes, in memory: same archive in, same bytes out.

To add an output:

1. write a `make(archive, theme)` that yields `Output`s in a room of its own here;
2. name it in `MAKERS`;
3. run `make golden` and read what it adds to `tests/golden/`.

Pages worth finding are named in `directory` as well, for the sitemap and the Markdown twins.
"""

from collections.abc import Callable, Iterable

from backlist.archive import Archive
from backlist.outputs import Output, Outputs, collect
from backlist.problems import BacklistError, Problems
from backlist.render import (
    assets,
    catalog,
    charts,
    citations,
    episodes,
    feeds,
    home,
    lists,
    machine,
    people,
    pictures,
    redirects,
    search,
    transcripts,
    twins,
    visualizations,
    works,
)
from backlist.theme import Theme

Maker = Callable[[Archive, Theme], Iterable[Output]]

MAKERS: tuple[Maker, ...] = (
    home.make,
    episodes.make,
    transcripts.make,
    lists.make,
    works.make,
    people.make,
    citations.make,
    visualizations.make,
    charts.make,
    pictures.make,
    catalog.make,
    search.make,
    feeds.make,
    machine.make,
    twins.make,
    assets.make,
    redirects.make,
)


def render(
    archive: Archive, theme: Theme, problems: Problems, extras: Iterable[Maker] = ()
) -> Outputs | None:
    """Every file of the site by path, those of `extras` too; None when a template cannot be filled.

    The other makers are tried all the same, for their faults.
    """
    theme = theme.saying(archive.site.labels)
    made: list[Output] = []
    whole = True
    for make in (*MAKERS, *extras):
        try:
            made += make(archive, theme)
        except BacklistError as error:
            problems.extend([error.problem])
            whole = False
    return collect(made, problems) if whole else None
