"""The records people keep: what a file under `content/` or `site.yaml` may say.

One definition of a record gives its validation, its documentation (`docs/records.md`), its JSON
Schema (`content/schemas`) and its writing order. Every scalar arrives as text (see `content`) and
its type decides what it means (see `scalars`), so `42:10` is a duration and `no` is a word until a
field says otherwise. All records are frozen; what they know of each other is in `archive`.
"""

from backlist.model.base import (
    License,
    Location,
    People,
    Person,
    Recipient,
    Record,
    Value,
    writable,
)
from backlist.model.copies import Copies, Copy
from backlist.model.episode import (
    Audio,
    Chapter,
    Correction,
    Episode,
    Page,
    Soundbite,
    Source,
    Status,
    TranscriptRef,
    Visualization,
    VisualizationRef,
)
from backlist.model.identity import new_guid
from backlist.model.labels import Labels
from backlist.model.show import (
    FeedSettings,
    FollowSettings,
    Funding,
    Link,
    Owner,
    Platform,
    Settings,
    Show,
    Site,
    Txt,
)
from backlist.model.topic import TopicNote, TopicNotes
from backlist.model.work import Verdict, WorkNote, WorkNotes, WorkStatus

__all__ = [
    "Audio",
    "Chapter",
    "Copies",
    "Copy",
    "Correction",
    "Episode",
    "FeedSettings",
    "FollowSettings",
    "Funding",
    "Labels",
    "License",
    "Link",
    "Location",
    "Owner",
    "Page",
    "People",
    "Person",
    "Platform",
    "Recipient",
    "Record",
    "Settings",
    "Show",
    "Site",
    "Soundbite",
    "Source",
    "Status",
    "TopicNote",
    "TopicNotes",
    "TranscriptRef",
    "Txt",
    "Value",
    "Verdict",
    "Visualization",
    "VisualizationRef",
    "WorkNote",
    "WorkNotes",
    "WorkStatus",
    "new_guid",
    "writable",
]
