"""`content/works.yaml`: what a person knows of works that their sources do not show."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from backlist.model.base import Extra, Record, text_for
from backlist.model.scalars import Slug, Text, Url, When


class Verdict(StrEnum):
    """What became of looking a work up."""

    VERIFIED = "verified"
    DIFFERS = "differs"
    RETRACTED = "retracted"
    GONE = "gone"
    UNKNOWN = "unknown"

    @property
    def is_same(self) -> bool:
        """Whether the record is what was published, and nothing else is known of it."""
        return self in (Verdict.VERIFIED, Verdict.DIFFERS)

    @property
    def is_found(self) -> bool:
        """Whether the publication that its sources mean is known."""
        return self is not Verdict.UNKNOWN


class WorkStatus(Record):
    """What somebody, or `backlist lookup`, found out about a work, and when."""

    verdict: Verdict = Field(
        description="`verified` (the record is the publication its sources mean), `differs` (it "
        "is, under other words than theirs), `retracted`, `gone` (its address no longer answers), "
        "or `unknown` (nobody found it)"
    )
    date: When | None = Field(None, description="the day it was found out")
    evidence: tuple[Text, ...] = Field((), description="where it was seen: addresses, or in words")
    score: Annotated[float, Field(ge=0, le=1)] | None = Field(
        None, description="how sure a program was, 0 to 1"
    )
    note: str | None = Field(None, description="what else the next person should know")


class WorkNote(Record):
    """A work as a person corrects it: names that are one, a better title, its identifiers."""

    known_as: tuple[Text, ...] = Field(
        min_length=1,
        description="what sources call it: titles, addresses, ids (`arxiv:2309.06180`), or one "
        "entry of one episode, `slug#4`",
    )
    title: Text | None = Field(None, description="the title to show, as published")
    authors: str | None = Field(None, description="the authors to show, `Ann Owl, Ben Wren`")
    year: str | None = Field(None, description="the year to show")
    venue: str | None = Field(None, description="where it was published, `OSDI '24`")
    url: Url | None = Field(None, description="where it is")
    ids: dict[str, str] = Field({}, description="public identifiers: `arxiv`, `doi`, …")
    slug: Slug | None = Field(None, description="its address on the site")
    aliases: tuple[Text, ...] = Field((), description="other names readers search for")
    status: Annotated[WorkStatus, text_for("verdict")] | None = Field(
        None, description="what was found out about it; a word alone is its `verdict`"
    )
    extra: Extra = Field(
        {}, description="keys of your own, for your templates (see `backlist docs templates`)"
    )


class WorkNotes(Record):
    """The whole of `content/works.yaml`."""

    works: tuple[WorkNote, ...] = Field((), description="works to merge, split, name or identify")
    distinct: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = Field(
        (), description="titles that look alike and are different works"
    )
