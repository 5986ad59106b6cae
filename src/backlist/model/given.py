"""An episode as a program gives it (`backlist add`)."""

from pydantic import Field

from backlist.model.episode import Episode
from backlist.model.scalars import Slug


class GivenEpisode(Episode):
    """An episode as a program gives it: a record's keys, and its notes as `body`."""

    slug: Slug = Field("", description="its address on the site; made from the title if left out")
    body: str = Field("", description="the notes, as Markdown")
