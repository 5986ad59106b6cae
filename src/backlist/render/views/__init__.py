"""What templates receive: finished words and links, one frozen class per template.

Nothing here is left to work out in a template: dates are written, lists cut and sorted,
addresses relative to the page. `docs/templates.md` documents every field; a test compares.
"""

from backlist.render.views.pages import (
    ArchivePage,
    EpisodePage,
    GalleryPage,
    HomePage,
    IndexPage,
    ListPage,
    MissingPage,
    TextPage,
    VisualizationPage,
    WorkPage,
    WorksPage,
)
from backlist.render.views.parts import (
    AudioView,
    Card,
    DateView,
    Group,
    Head,
    ImageView,
    Link,
    Meta,
    RelatedView,
    SiteView,
    SourceView,
    VisualizationView,
    WorkGroup,
    WorkRow,
)

__all__ = [
    "ArchivePage",
    "AudioView",
    "Card",
    "DateView",
    "EpisodePage",
    "GalleryPage",
    "Group",
    "Head",
    "HomePage",
    "ImageView",
    "IndexPage",
    "Link",
    "ListPage",
    "Meta",
    "MissingPage",
    "RelatedView",
    "SiteView",
    "SourceView",
    "TextPage",
    "VisualizationPage",
    "VisualizationView",
    "WorkGroup",
    "WorkPage",
    "WorkRow",
    "WorksPage",
]
