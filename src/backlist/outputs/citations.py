"""The citations of the whole archive, a file a format: `citations.bib`, `.ris` and `.json`."""

from collections.abc import Iterator
from functools import partial

from backlist import urls
from backlist.cache.keys import key_of
from backlist.files.output import Made, Output
from backlist.pages import citations
from backlist.pages.context import SiteContext


def make(site: SiteContext) -> Iterator[Output]:
    """Every episode and every work, under the keys that pages cite them by."""
    archive, library = site.archive, site.library
    listed = [entry.listed_key for entry in archive.entries]
    known = key_of(library.keys, listed, archive.works, archive.show, archive.site.base_url)
    for form in citations.FORMATS:
        made = Made(key_of(form.name, known), partial(_written, form, library))
        yield Output(urls.citations(form.extension), made, "citations")


def _written(form: citations.Format, library: citations.Library) -> bytes:
    return form.write(library.items).encode()
