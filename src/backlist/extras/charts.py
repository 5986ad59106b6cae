"""What charts need beside their pages: the one library that all of them share, and pictures."""

from collections.abc import Iterator

from backlist import urls
from backlist.extras.visualizations import charts, passive
from backlist.files.output import Made, Output
from backlist.pages.context import SiteContext
from backlist.pages.embeds import PICTURE
from backlist.pages.visualizations import library_path


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
            drawn = passive.published(PICTURE, charts.picture(one.chart))
            yield Output(target, drawn, "charts", source)
