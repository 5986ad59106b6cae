"""What charts need beside their pages: the one library that all of them share, and pictures."""

from collections.abc import Iterator

from backlist import urls
from backlist.output import Made, Output
from backlist.pages.context import SiteContext
from backlist.pages.embeds import FRAME, PICTURE
from backlist.relate.archive import VisualizationEntry
from backlist.visualizations import charts
from backlist.visualizations.charts import Chart
from backlist.visualizations.sandbox import embed


def make(site: SiteContext) -> Iterator[Output]:
    """Nothing when no visualization of the archive is a chart."""
    archive = site.archive
    held = [one for one in archive.visualizations if one.chart]
    if held:
        made = Made(charts.library_key(), charts.library)
        yield Output(library_path(), made, "charts")
    for one in held:
        if one.chart:
            target = urls.visualization_file(one.id, PICTURE)
            source = f"{one.folder}/{one.index}"
            yield Output(target, charts.picture(one.chart), "charts", source)


def library_path() -> str:
    """Where the library is published: its name holds its version and what it is made of."""
    name = charts.LIBRARY.removesuffix(".js")
    return f"static/{name}.{charts.library_key().hex()[:8]}.js"


def framed(held: VisualizationEntry, chart: Chart, site: SiteContext) -> bytes:
    """The page for the frame of a chart.

    Its policy allows the library and what stands in the page itself. The library is named twice:
    a sandboxed page has no origin of its own that `'self'` would be bound to stand for (Content
    Security Policy 3, section 6.7.2.8), and a preview is not at the public address.
    """
    path, archive = library_path(), site.archive
    there = urls.relative(path, urls.visualization_file(held.id, FRAME))
    page = charts.frame(chart, held.title, archive.show.language, there)
    public = urls.absolute(path, archive.site.base_url)
    return embed(page, held.frame_src, script_src=("'self'", public))
