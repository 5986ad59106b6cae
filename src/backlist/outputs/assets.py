"""Static files of the theme and the site, copied."""

from collections.abc import Iterator

from backlist.files.output import Output
from backlist.pages.context import SiteContext
from backlist.theme.styles import SHEET


def make(site: SiteContext) -> Iterator[Output]:
    """Every static file under the name it is published by, but those of hidden episodes."""
    archive = site.archive
    theme = site.theme
    for name, output in theme.published.items():
        if name not in archive.withheld:
            whole = name == SHEET
            content = theme.styles.sheet.encode() if whole else theme.assets[name]
            yield Output(output, content, "assets", f"static/{name}")
