"""The JSON Schemas of the files of a site, where it publishes them (`site.schemas`)."""

from collections.abc import Iterator

from backlist import urls
from backlist.content import schemas
from backlist.files.output import Output
from backlist.pages.context import SiteContext


def make(site: SiteContext) -> Iterator[Output]:
    """One file a schema; none unless the site asks for them."""
    if site.archive.site.schemas:
        for name in schemas.FILES:
            yield Output(urls.schema(name), schemas.shipped(name).encode(), "schemas")
