"""Which episodes to offer next: explicit relations first, then the ranking by words.

First come the episodes this one mentions, then those that mention it, then those it reaches
through a third; within each, the more they share the better. Words fill the rest (`vectors`).
Other takes and stubs are not offered: they have places of their own on the page. An episode
that nothing leads to has a short list, or none.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from backlist.model import Episode, Status
from backlist.parse.markdown import Notes
from backlist.parse.transcript import Transcript
from backlist.relate import series, terms, vectors
from backlist.relate.archive import Reason, Related
from backlist.relate.mentions import Named
from backlist.relate.reasons import ORDER, Ledger, listed
from backlist.relate.works import Cited

WORDS = 3
"""Words that a reason of topic names at most."""


def rank(
    episodes: Sequence[Episode],
    named: Mapping[str, Named],
    cited: Cited,
    families: Mapping[str, tuple[str, ...]],
    *,
    limit: int,
    scripts: Mapping[str, Transcript] = MappingProxyType({}),
    notes: Mapping[str, Notes] = MappingProxyType({}),
) -> dict[str, tuple[Related, ...]]:
    """Up to `limit` related episodes of each, best first, every one with its reasons.

    `scripts` is what is said in episodes, by slug, where it is known.
    """
    ledger = Ledger(episodes, named, cited, families)
    offered = [e for e in episodes if e.status is not Status.STUB]
    room = _Room(offered, named, families, scripts, notes)
    found: dict[str, tuple[Related, ...]] = dict.fromkeys((e.slug for e in episodes), ())
    for slug in room.place:
        order = [*_explicit(slug, ledger, room.place), *room.answers(slug)]
        found[slug] = tuple(
            Related(other, tuple(_reasons(slug, other, ledger, room)))
            for other in _one_a_family(order, families)[:limit]
        )
    return found


def _one_a_family(order: Sequence[str], families: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Each episode once, and of several takes of one subject only the best placed."""
    kept: list[str] = []
    told: set[str] = set()
    for slug in order:
        if slug not in told:
            kept.append(slug)
            told |= {slug, *families[slug]}
    return kept


class _Room:
    """The episodes that can be offered, by place, with their words and the ranking by them."""

    def __init__(
        self,
        offered: Sequence[Episode],
        named: Mapping[str, Named],
        families: Mapping[str, tuple[str, ...]],
        scripts: Mapping[str, Transcript],
        notes: Mapping[str, Notes],
    ) -> None:
        self.offered = offered
        self.place = {episode.slug: number for number, episode in enumerate(offered)}
        self.forms: list[str] = []
        self.index = vectors.Index(self._documents(named, scripts, notes))
        takes = {
            number: {self.place[take] for take in families[episode.slug] if take in self.place}
            for number, episode in enumerate(offered)
        }
        self.ranked = vectors.rank(self.index, takes, series.of([e.title for e in offered]))

    def _documents(
        self,
        named: Mapping[str, Named],
        scripts: Mapping[str, Transcript],
        notes: Mapping[str, Notes],
    ) -> Iterator[terms.Terms]:
        """The words of each episode; once they are taken only the forms stay, as one text."""
        for episode in self.offered:
            found = terms.of(
                episode,
                notes[episode.slug].links if episode.slug in notes else (),
                frozenset(named[episode.slug].by_source),
                scripts.get(episode.slug),
            )
            self.forms.append(" ".join(found.forms))
            yield found

    def answers(self, slug: str) -> list[str]:
        """The episodes most alike in words, best first."""
        return [self.offered[other].slug for other in self.ranked[self.place[slug]]]

    def words(self, slug: str, other: str) -> list[str]:
        """The words that two episodes share, as the first one writes them, heaviest first."""
        said = self.forms[self.place[slug]].split()
        forms = dict(zip(said[::2], said[1::2], strict=True))
        shared = self.index.shared(self.place[slug], self.place[other])
        return [forms.get(term, term) for term in shared if terms.says_something(term)]


def _explicit(slug: str, ledger: Ledger, place: Mapping[str, int]) -> list[str]:
    """Episodes that explicit relations lead to, the closest first."""
    scored = []
    for other in ledger.neighbours(slug) - ledger.facts[slug].takes:
        evidence = ledger.weigh(slug, other) if other in place else []
        if evidence:
            tier = min(2, *(ORDER.index(reason.kind) for _, reason in evidence))
            score = round(sum(weight for weight, _ in evidence), 9)
            scored.append((tier, -score, place[other], other))
    return [other for _, _, _, other in sorted(scored)]


def _reasons(slug: str, other: str, ledger: Ledger, room: _Room) -> Iterator[Reason]:
    """Explicit reasons, then what the two are both about; one that is told needs no word list."""
    evidence = ledger.weigh(slug, other)
    yield from (reason for _, reason in evidence)
    theirs = ledger.facts[other].episode.topics
    topics = [topic for topic in ledger.facts[slug].episode.topics if topic in theirs]
    if topics:
        named = tuple(topics[:WORDS])
        yield Reason("topic", f"both about {listed(named)}", named)
    elif not evidence:
        words = tuple(room.words(slug, other)[:WORDS])
        text = f"similar topic: {', '.join(words)}" if words else "similar notes"
        yield Reason("similar", text, words)
