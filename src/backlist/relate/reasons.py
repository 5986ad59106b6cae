"""Why two episodes belong together: every reason is true and can be read on their pages.

Reasons come in the order readers trust them. The weight of a shared thing falls with how
many episodes have it, so that what everybody cites says little.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backlist import locale
from backlist.model import Episode, Labels, Status
from backlist.relate.archive import Reason
from backlist.relate.mentions import Named
from backlist.relate.shared_topics import Topics
from backlist.relate.works import Cited

Evidence = tuple[float, Reason]

ORDER = (
    "cites",
    "cited-by",
    "shared-source",
    "shared-mention",
    "cites-take",
    "guest",
    "series",
    "topic",
    "named",
)
SHARED_WORK, SHARED_MENTION, OTHER_TAKE, GUEST = 3.0, 1.0, 1.5, 1.0
COMMON = 10
"""A work that more episodes cite is a commonplace, and no reason."""

MET = 100
"""An episode that more mention leads from none of them to the others."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What explicit relations say of one episode."""

    episode: Episode
    mentions: frozenset[str]
    works: frozenset[str]
    takes: frozenset[str]
    guests: frozenset[str]


class Relations:
    """The facts of every episode, who shares what, and how rare it is."""

    def __init__(
        self,
        episodes: Sequence[Episode],
        named: Mapping[str, Named],
        cited: Cited,
        families: Mapping[str, tuple[str, ...]],
        labels: Labels,
    ) -> None:
        self.wording = Wording(labels)
        self.facts = {
            episode.slug: Facts(
                episode,
                frozenset(named[episode.slug].slugs),
                frozenset(cited.of(episode)),
                frozenset(families[episode.slug]),
                frozenset(p.name for p in episode.people if p.role == "guest"),
            )
            for episode in episodes
        }
        self.titles = {work.id: work.title for work in cited.works}
        self.topics = Topics(episodes)
        self.mentioning: dict[str, list[str]] = defaultdict(list)
        self.having: dict[str, int] = defaultdict(int)
        for slug, fact in self.facts.items():
            for other in fact.mentions:
                self.mentioning[other].append(slug)
            for thing in (*fact.mentions, *fact.works, *fact.guests):
                self.having[thing] += 1

    def neighbours(self, slug: str) -> set[str]:
        """Episodes reached by mentions: either way, through a third one, or through its takes."""
        mentions = self.facts[slug].mentions
        near = {*mentions, *self.mentioning[slug]}
        for third in mentions:
            near |= self.facts[third].takes
            if len(self.mentioning[third]) <= MET:
                near.update(self.mentioning[third])
        return near - {slug}

    def weigh(self, slug: str, other: str) -> list[Evidence]:
        """Every explicit reason to offer `other` on the page of `slug`, in the trusted order."""
        mine, theirs = self.facts[slug], self.facts[other]
        found: list[Evidence] = []
        if other in mine.mentions:
            found.append((0.0, self.wording.reason("cites")))
        if slug in theirs.mentions:
            found.append((0.0, self.wording.reason("cited-by")))
        # Most pairs share nothing, and a look tells so.
        if not mine.works.isdisjoint(theirs.works):
            found += self._works(mine, theirs)
        if not mine.mentions.isdisjoint(theirs.mentions):
            found += self._thirds(mine, theirs)
        if not mine.mentions.isdisjoint(theirs.takes):
            found += self._takes(mine, theirs)
        if not mine.guests.isdisjoint(theirs.guests):
            found += self._guests(mine, theirs)
        return found

    def _works(self, mine: Facts, theirs: Facts) -> Iterator[Evidence]:
        shared = [work for work in mine.works & theirs.works if self.having[work] <= COMMON]
        if not shared:
            return
        shared.sort(key=lambda work: (self.having[work], self.titles[work] or "", work))
        rarest = self.titles[shared[0]]
        weight = SHARED_WORK * sum(map(self._rarity, shared))
        about = (short(rarest),) if rarest else ()
        yield weight, self.wording.reason("shared-source", about, more=len(shared) - 1)

    def _thirds(self, mine: Facts, theirs: Facts) -> Iterator[Evidence]:
        found = []
        for third in sorted(mine.mentions & theirs.mentions):
            episode = self.facts[third].episode
            # One that is offered itself says less than one the reader would not meet otherwise.
            share = 1.0 if episode.status is Status.STUB else 0.5
            weight = SHARED_MENTION * share * self._rarity(third)
            found.append((weight, self.wording.reason("shared-mention", (episode.title,))))
        yield from sorted(found, key=lambda pair: (-pair[0], pair[1].text))

    def _takes(self, mine: Facts, theirs: Facts) -> Iterator[Evidence]:
        for take in sorted(mine.mentions & theirs.takes)[:1]:
            title = self.facts[take].episode.title
            yield OTHER_TAKE, self.wording.reason("cites-take", (title,))

    def _guests(self, mine: Facts, theirs: Facts) -> Iterator[Evidence]:
        shared = sorted(mine.guests & theirs.guests)
        if shared:
            weight = GUEST * sum(map(self._rarity, shared))
            yield weight, self.wording.reason("guest", shared)

    def _rarity(self, thing: str) -> float:
        return math.log((len(self.facts) + 1) / (self.having[thing] + 1)) + 0.1


def short(title: str) -> str:
    """The name before the colon, when there is one that can stand alone."""
    head, colon, _ = title.partition(": ")
    return head if colon and 2 <= len(head) <= 40 else title


ENGLISH = Labels()
_NAMELESS = {"shared-source": "reason_same_source"}


class Wording:
    """Reasons in English and in the labels of a site."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.is_english = labels == ENGLISH

    def reason(self, kind: str, about: Sequence[str] = (), *, more: int = 0) -> Reason:
        """A reason that names `about`, and of how many `more` it does not name."""
        text = _say(kind, about, more, ENGLISH)
        return Reason(kind, text, text if self.is_english else _say(kind, about, more, self.labels))


def _say(kind: str, about: Sequence[str], more: int, labels: Labels) -> str:
    nameless = not about and kind in _NAMELESS
    name = _NAMELESS[kind] if nameless else f"reason_{kind.replace('-', '_')}"
    what = locale.listed(about, labels)
    sentence = str(getattr(labels, name))
    if not more:
        return sentence.format(what=what)
    if nameless:
        return locale.counted(more, labels.and_more, what=sentence)
    return sentence.format(what=locale.counted(more, labels.and_more, what=what))
