"""What charts need beside their pages: the one library that all of them share, and pictures."""

import hashlib
from collections.abc import Iterator

from backlist import urls
from backlist.output import Output
from backlist.pages.embeds import FRAME, PICTURE
from backlist.relate.archive import Archive, Interactive, once
from backlist.theme import Theme
from backlist.visualizations import charts
from backlist.visualizations.charts import Chart
from backlist.visualizations.sandbox import embed


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Nothing when no visualization of the archive is a chart."""
    held = [one for one in archive.visualizations if one.chart]
    if held:
        yield Output(library_path(archive), _library(archive), "charts")
    for one in held:
        if one.chart:
            target = urls.visualization_file(one.id, PICTURE)
            source = f"{one.folder}/{one.index}"
            yield Output(target, charts.picture(one.chart), "charts", source)


@once
def library_path(archive: Archive) -> str:
    """Where the library is published: its name holds its version and a hash of its content."""
    digest = hashlib.sha256(_library(archive)).hexdigest()[:8]
    return f"static/{charts.LIBRARY.removesuffix('.js')}.{digest}.js"


@once
def _library(_: Archive) -> bytes:
    return charts.library()


def framed(held: Interactive, chart: Chart, archive: Archive) -> bytes:
    """The page for the frame of a chart.

    Its policy allows the library and what stands in the page itself. The library is named twice:
    a sandboxed page has no origin of its own that `'self'` would be bound to stand for (Content
    Security Policy 3, section 6.7.2.8), and a preview is not at the public address.
    """
    path = library_path(archive)
    there = urls.relative(path, urls.visualization_file(held.id, FRAME))
    page = charts.frame(chart, held.title, archive.show.language, there)
    public = urls.absolute(path, archive.site.base_url)
    return embed(page, held.frame_src, script_src=("'self'", public))
