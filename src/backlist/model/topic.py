"""`content/topics.yaml`: the topics of the archive that episodes do not name themselves."""

from collections.abc import Mapping

from pydantic import Field

from backlist.model.base import Record
from backlist.model.scalars import Slug, Text


class TopicNote(Record):
    """A topic as a person decided it: its name, other names, and episodes of it."""

    title: Text = Field(description="its name on pages and in the feed")
    also: tuple[Text, ...] = Field(
        (), description="other names: an episode with one of these topics has this one"
    )
    episodes: tuple[Slug, ...] = Field(
        (), description="slugs of episodes about it, beside those that name it in their `topics`"
    )
    why: str | None = Field(
        None, description="why `backlist suggest-topics` offered it; published nowhere"
    )


class TopicNotes(Record):
    """The whole of `content/topics.yaml`."""

    topics: tuple[TopicNote, ...] = Field(
        (), description="topics; delete what you do not want, change what you like"
    )
    offered: tuple[Text, ...] = Field(
        (),
        description="names that `backlist suggest-topics` offered and does not offer again, also "
        "where you deleted the topic",
    )
    offered_episodes: Mapping[Text, tuple[Slug, ...]] = Field(
        {},
        description="episodes that `backlist suggest-topics` offered with a topic, by its name; it "
        "does not add them again, also where you removed them from the topic",
    )
