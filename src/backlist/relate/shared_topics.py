"""Which topics two episodes share that say what both are about.

A topic is what the show says itself, and a reason, with exceptions that labels of real feeds call
for: what most of the archive is about or speaks of (`code`), the kind of an episode (`Interview`),
and a label that not both of the two speak of.
"""

import re
from collections import Counter
from collections.abc import Sequence

from backlist.model import Episode

MOST, LEAST = 0.3, 10
"""A topic of more of the episodes says nothing of two of them; in a small archive ten may be."""

SPOKEN = 0.2
"""A word that more of the episodes speak of says nothing of two of them, either."""

FEW = 20
"""In an archive of so many episodes labels are trusted without being spoken of."""

FORMATS = frozenset(
    """
    audio bonus episode episodes general guest guests interview interviews misc news other podcast
    podcasts round roundtable series show special table talk talks technology uncategorized video
    """.split()  # noqa: SIM905 - a list of quoted words reads worse
)
"""Words of topics that say what kind of episode it is, not what it is about."""


class Topics:
    """The topics of an archive that are reasons."""

    def __init__(self, episodes: Sequence[Episode]) -> None:
        self.having = Counter(topic for one in episodes for topic in set(one.topics))
        most = max(MOST * len(episodes), LEAST)
        trusted = len(episodes) <= FEW
        shared = {topic for topic, count in self.having.items() if 2 <= count <= most}
        words = {topic.casefold() for topic in shared if topic.isalnum()}
        spoken = Counter[str]()
        self.said: dict[str, frozenset[str]] = {}
        for one in episodes if shared else ():
            text = _text(one)
            told = words.intersection(_words(text))
            spoken.update(told)
            self.said[one.slug] = frozenset(
                topic
                for topic in shared.intersection(one.topics)
                if trusted or topic.casefold() in told or _says(text, topic)
            )
        self.telling = {
            topic
            for topic in shared
            if not FORMATS.issuperset(_words(topic.casefold()))
            and spoken[topic.casefold()] <= max(SPOKEN * len(episodes), LEAST)
        }

    def shared(self, one: Episode, other: Episode) -> list[str]:
        """The topics of both that are reasons, the rarest first."""
        none = frozenset[str]()
        said = self.said.get(one.slug, none) & self.said.get(other.slug, none) & self.telling
        return sorted(
            (topic for topic in dict.fromkeys(one.topics) if topic in said),
            key=lambda topic: self.having[topic],
        )


def _text(episode: Episode) -> str:
    """What an episode says beside its labels, in lower case."""
    return f"{episode.title}\n{episode.summary or ''}\n{episode.body}".casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _says(text: str, topic: str) -> bool:
    """Whether a text has a topic's words one after another; a plural may stand for one thing."""
    words = topic.casefold().removesuffix("s")
    begins = r"\b" if words[:1].isascii() and words[:1].isalnum() else ""
    return re.search(begins + re.escape(words), text) is not None
