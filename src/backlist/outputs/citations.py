"""The citations of the whole archive, a file a format: `citations.bib`, `.ris` and `.json`."""

from collections.abc import Iterator

from backlist import citations, urls
from backlist.output import Output
from backlist.relate.archive import Archive
from backlist.theme import Theme


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Every episode and every work, under the keys that pages cite them by."""
    items = citations.library(archive).items
    for form in citations.FORMATS:
        yield Output(urls.citations(form.extension), form.write(items).encode(), "citations")
