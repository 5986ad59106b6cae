"""What charts need beside their pages: the one library that all of them share, and pictures."""

import hashlib
from collections.abc import Iterator

from backlist import urls
from backlist.output import Output
from backlist.pages.context import SiteContext
from backlist.pages.embeds import FRAME, PICTURE
from backlist.relate.archive import Interactive
from backlist.visualizations import charts
from backlist.visualizations.charts import Chart
from backlist.visualizations.sandbox import embed


def make(site: SiteContext) -> Iterator[Output]:
    """Nothing when no visualization of the archive is a chart."""
    archive = site.archive
    held = [one for one in archive.visualizations if one.chart]
    if held:
        yield Output(site.share(library_path), site.share(_library), "charts")
    for one in held:
        if one.chart:
            target = urls.visualization_file(one.id, PICTURE)
            source = f"{one.folder}/{one.index}"
            yield Output(target, charts.picture(one.chart), "charts", source)


def library_path(site: SiteContext) -> str:
    """Where the library is published: its name holds its version and a hash of its content."""
    digest = hashlib.sha256(site.share(_library)).hexdigest()[:8]
    return f"static/{charts.LIBRARY.removesuffix('.js')}.{digest}.js"


def _library(_: SiteContext) -> bytes:
    return charts.library()


def framed(held: Interactive, chart: Chart, site: SiteContext) -> bytes:
    """The page for the frame of a chart.

    Its policy allows the library and what stands in the page itself. The library is named twice:
    a sandboxed page has no origin of its own that `'self'` would be bound to stand for (Content
    Security Policy 3, section 6.7.2.8), and a preview is not at the public address.
    """
    path, archive = site.share(library_path), site.archive
    there = urls.relative(path, urls.visualization_file(held.id, FRAME))
    page = charts.frame(chart, held.title, archive.show.language, there)
    public = urls.absolute(path, archive.site.base_url)
    return embed(page, held.frame_src, script_src=("'self'", public))
