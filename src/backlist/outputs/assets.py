"""Static files of the theme and the site, copied."""

from collections.abc import Iterator

from backlist.output import Output
from backlist.pages.context import SiteContext


def make(site: SiteContext) -> Iterator[Output]:
    """Every static file under the name it is published by, but those of hidden episodes."""
    archive = site.archive
    theme = site.theme
    for name, path in theme.assets.items():
        if name not in archive.withheld:
            yield Output(theme.published[name], path, "assets", f"static/{name}")
