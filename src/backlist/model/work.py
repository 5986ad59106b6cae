"""`content/works.yaml`: what a person knows of works that their sources do not show."""

from typing import Annotated

from pydantic import Field

from backlist.model.base import Record
from backlist.model.scalars import Slug, Text, Url


class WorkNote(Record):
    """A work as a person corrects it: names that are one, a better title, its identifiers."""

    known_as: tuple[Text, ...] = Field(
        min_length=1,
        description="what sources call it: titles, addresses, ids (`arxiv:2309.06180`), or one "
        "entry of one episode, `slug#4`",
    )
    title: Text | None = Field(None, description="the title to show")
    authors: str | None = Field(None, description="the authors to show")
    year: str | None = Field(None, description="the year to show")
    url: Url | None = Field(None, description="where it is")
    ids: dict[str, str] = Field({}, description="public identifiers: `arxiv`, `doi`, …")
    slug: Slug | None = Field(None, description="its address on the site")
    aliases: tuple[Text, ...] = Field((), description="other names readers search for")


class WorkNotes(Record):
    """The whole of `content/works.yaml`."""

    works: tuple[WorkNote, ...] = Field((), description="works to merge, split, name or identify")
    distinct: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = Field(
        (), description="titles that look alike and are different works"
    )
