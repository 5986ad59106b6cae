"""The citations of the whole archive, a file a format: `citations.bib`, `.ris` and `.json`."""

from collections.abc import Iterator

from backlist import citations, urls
from backlist.output import Output
from backlist.pages.context import SiteContext


def make(site: SiteContext) -> Iterator[Output]:
    """Every episode and every work, under the keys that pages cite them by."""
    items = site.library.items
    for form in citations.FORMATS:
        yield Output(urls.citations(form.extension), form.write(items).encode(), "citations")
