"""The citations of the whole archive, a file a format: `citations.bib`, `.ris` and `.json`."""

from collections.abc import Iterator
from functools import partial

from backlist import citations, urls
from backlist.keys import key_of
from backlist.output import Made, Output
from backlist.pages.context import SiteContext


def make(site: SiteContext) -> Iterator[Output]:
    """Every episode and every work, under the keys that pages cite them by."""
    items = site.library.items
    for form in citations.FORMATS:
        made = Made(key_of(form.name, items), partial(_written, form, items))
        yield Output(urls.citations(form.extension), made, "citations")


def _written(form: citations.Format, items: tuple[citations.Item, ...]) -> bytes:
    return form.write(items).encode()
