"""Which episodes to offer next, and why: every suggestion carries its true reasons.

Episodes that mention each other come first: those this episode mentions, then those that
mention it. Within and after them evidence is weighed: both cite a rare work; both mention the
same episode; one mentions another take on the other's subject; shared topics. The weight of a
shared thing falls with how common it is, so that what everybody cites says little. Ties go to
the newer episode.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backlist.archive import Reason, Related
from backlist.model import Episode, Status
from backlist.relate.mentions import Named
from backlist.relate.works import Cited

Evidence = tuple[float, Reason]

CITES, CITED_BY = 1000.0, 500.0
"""A mention outweighs all evidence that is counted, and mentioning outweighs being mentioned."""
SHARED_WORK, SHARED_MENTION, OTHER_TAKE, TOPIC = 2.0, 1.0, 1.5, 0.5
FLOOR = 0.3
"""Evidence below this is chance: one topic that most of the archive shares."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the ranking knows of one episode."""

    episode: Episode
    mentions: frozenset[str]
    works: frozenset[str]
    topics: frozenset[str]
    takes: frozenset[str]


def rank(
    episodes: Sequence[Episode],
    named: Mapping[str, Named],
    cited: Cited,
    families: Mapping[str, tuple[str, ...]],
    *,
    limit: int,
) -> dict[str, tuple[Related, ...]]:
    """Up to `limit` related episodes of each, best first; stubs and other takes are not offered."""
    facts = {
        e.slug: _Facts(
            e,
            frozenset(named[e.slug].slugs),
            frozenset(cited.of(e)),
            frozenset(e.topics),
            frozenset(families[e.slug]),
        )
        for e in episodes
    }
    judge = _Judge(facts, cited)
    offered = [e.slug for e in episodes if e.status is not Status.STUB]
    found: dict[str, tuple[Related, ...]] = dict.fromkeys(facts, ())
    for slug in offered:
        found[slug] = tuple(judge.best(slug, offered, limit))
    return found


class _Judge:
    """Weighs pairs of episodes; how rare a thing is comes from the whole archive."""

    def __init__(self, facts: Mapping[str, _Facts], cited: Cited) -> None:
        self.facts = facts
        self.total = len(facts)
        self.titles = {work.id: work.title for work in cited.works}
        self.spread: dict[str, int] = defaultdict(int)
        self.having: dict[str, list[str]] = defaultdict(list)
        for fact in facts.values():
            for thing in (*fact.mentions, *fact.works, *fact.topics):
                self.spread[thing] += 1
                self.having[thing].append(fact.episode.slug)

    def best(self, slug: str, offered: Sequence[str], limit: int) -> Iterator[Related]:
        """The best candidates for an episode; every episode that shares anything is one."""
        mine = self.facts[slug]
        things = (*mine.mentions, *mine.works, *mine.topics, slug)
        near = {other for thing in things for other in self.having[thing]} | mine.mentions
        near |= {other for take in mine.mentions for other in self.facts[take].takes}
        near -= {slug, *mine.takes}
        place = {other: number for number, other in enumerate(offered)}
        scored = []
        for other in near & place.keys():
            evidence = sorted(self.weigh(slug, other), key=lambda e: (-e[0], e[1].text))
            score = round(sum(weight for weight, _ in evidence), 9)
            if score >= FLOOR:
                scored.append((-score, place[other], other, evidence))
        for _, _, other, evidence in sorted(scored)[:limit]:
            yield Related(other, tuple(_by_kind(evidence)))

    def weigh(self, slug: str, other: str) -> Iterator[Evidence]:
        """Every piece of evidence for offering `other` on the page of `slug`."""
        mine, theirs = self.facts[slug], self.facts[other]
        if other in mine.mentions:
            yield CITES, Reason("cites", "mentioned in this episode")
        if slug in theirs.mentions:
            yield CITED_BY, Reason("cited-by", "mentions this episode")
        for work in sorted(mine.works & theirs.works):
            title = self.titles[work]
            text = f"both cite {_short(title)}" if title else "both cite the same source"
            yield SHARED_WORK * self._rarity(work), Reason("shared-source", text)
        for third in sorted(mine.mentions & theirs.mentions):
            text = f"both mention “{self.facts[third].episode.title}”"
            yield SHARED_MENTION * self._rarity(third), Reason("shared-mention", text)
        yield from self._takes(mine, theirs)
        shared = [topic for topic in mine.episode.topics if topic in theirs.topics]
        if shared:
            weight = TOPIC * sum(map(self._rarity, shared))
            yield weight, Reason("topic", f"both about {_listed(shared)}")

    def _takes(self, mine: _Facts, theirs: _Facts) -> Iterator[Evidence]:
        for take in sorted(mine.mentions & theirs.takes)[:1]:
            title = self.facts[take].episode.title
            text = f"this episode mentions another take on its subject, “{title}”"
            yield OTHER_TAKE, Reason("cites-take", text)

    def _rarity(self, thing: str) -> float:
        return math.log((self.total + 1) / (self.spread[thing] + 1)) + 0.1


_ORDER = ("cites", "cited-by", "shared-source", "shared-mention", "cites-take", "topic")


def _by_kind(evidence: Sequence[Evidence]) -> list[Reason]:
    """Reasons in the order readers trust them, heavier ones first within a kind."""
    return [reason for _, reason in sorted(evidence, key=lambda e: _ORDER.index(e[1].kind))]


def _short(title: str) -> str:
    """The name before the colon, when there is one that can stand alone."""
    head, colon, _ = title.partition(": ")
    return head if colon and 2 <= len(head) <= 40 else title


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
