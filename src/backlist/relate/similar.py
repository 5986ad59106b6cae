"""Which episodes to offer next: explicit relations first, then the ranking by words.

First come the episodes this one mentions, then those that mention it, then those it reaches
through a third; within each, the more they share the better. Words fill the rest (`vectors`).
Other takes and stubs are not offered: they have places of their own on the page. An episode
that nothing leads to has a short list, or none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from backlist.cache import cores
from backlist.model import Episode, Labels, Show, Status
from backlist.parse.features import Features
from backlist.relate.archive import Reason, Related
from backlist.relate.mentions import Named
from backlist.relate.named_things import MOST, NamedThings
from backlist.relate.reasons import ORDER, Relations
from backlist.relate.series import Series
from backlist.relate.works import Cited

MANY = 200
"""Episodes from which on a second process pays for their ranking."""


def rank(
    episodes: Sequence[Episode],
    features: Mapping[str, Features],
    named: Mapping[str, Named],
    cited: Cited,
    families: Mapping[str, tuple[str, ...]],
    *,
    limit: int,
    show: Show,
    labels: Labels,
) -> dict[str, tuple[Related, ...]]:
    """Up to `limit` related episodes of each, best first, each with its reasons, if any."""
    offered = [e for e in episodes if e.status is not Status.STUB]
    place = {episode.slug: number for number, episode in enumerate(offered)}
    series = Series(offered, show)
    ask = partial(_by_words, offered, features, named, _barred(place, families), series.apart)
    answers = cores.beside(ask) if len(offered) >= MANY else ask
    # What follows needs no answer yet, and takes about as long.
    relations = Relations(episodes, named, cited, families, labels)
    things = NamedThings(
        {e.slug: features[e.slug].things for e in offered},
        show,
        languages={e.slug: e.language for e in offered if e.language},
    )
    explicit = {slug: _explicit(slug, relations, place) for slug in place}
    chosen = {}
    for slug, alike in zip(place, answers(), strict=True):
        order = [*explicit[slug], *(offered[other].slug for other in alike)]
        chosen[slug] = _one_a_family(order, families)[:limit]
    found: dict[str, tuple[Related, ...]] = dict.fromkeys((e.slug for e in episodes), ())
    found.update(_with_reasons(chosen, relations, series, things))
    return found


def _by_words(
    offered: Sequence[Episode],
    features: Mapping[str, Features],
    named: Mapping[str, Named],
    barred: Mapping[int, Iterable[int]],
    apart: Sequence[str | None],
) -> list[list[int]]:
    """The episodes most like each by their words, best first, by their places."""
    # Loaded here: with many episodes another process needs numpy, and this one does not.
    from backlist.relate import ranking, vectors

    index = vectors.Index(
        (features[e.slug].topical(e, named[e.slug].by_source.keys()) for e in offered),
        [e.date.instant.toordinal() if e.date else None for e in offered],
    )
    return ranking.rank(index, barred, apart)


def _barred(
    place: Mapping[str, int], families: Mapping[str, tuple[str, ...]]
) -> dict[int, list[int]]:
    """The other takes of each episode, by place: they are not offered."""
    return {
        number: [place[take] for take in families[slug] if take in place]
        for slug, number in place.items()
        if families[slug]
    }


def _one_a_family(order: Sequence[str], families: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Each episode once, and of several takes of one subject only the best placed."""
    kept: list[str] = []
    told: set[str] = set()
    for slug in order:
        if slug not in told:
            kept.append(slug)
            told |= {slug, *families[slug]}
    return kept


def _explicit(slug: str, relations: Relations, place: Mapping[str, int]) -> list[str]:
    """Episodes that explicit relations lead to, the closest first."""
    scored = []
    for other in relations.neighbours(slug) - relations.facts[slug].takes:
        evidence = relations.weigh(slug, other) if other in place else []
        if evidence:
            tier = min(2, *(ORDER.index(reason.kind) for _, reason in evidence))
            score = round(sum(weight for weight, _ in evidence), 9)
            scored.append((tier, -score, place[other], other))
    return [other for _, _, _, other in sorted(scored)]


def _with_reasons(
    chosen: Mapping[str, Sequence[str]], relations: Relations, series: Series, things: NamedThings
) -> Iterator[tuple[str, tuple[Related, ...]]]:
    """Reasons that a listener would give: where only words tie two episodes there is none."""
    for slug, others in chosen.items():
        yield (
            slug,
            tuple(
                Related(other, _told(slug, other, relations, series, things)) for other in others
            ),
        )


def _told(
    slug: str, other: str, relations: Relations, series: Series, things: NamedThings
) -> tuple[Reason, ...]:
    """The reasons that can be read on both pages: explicit ones, else the things both name."""
    reasons = [reason for _, reason in relations.weigh(slug, other)]
    told = series.shared(slug, other)
    if told:
        reasons.append(relations.wording.reason("series", (told,)))
    mine, theirs = relations.facts[slug].episode, relations.facts[other].episode
    topics = relations.topics.shared(mine, theirs)
    if topics:
        reasons.append(relations.wording.reason("topic", topics[:MOST]))
    if not reasons:
        named = things.shared(slug, other)
        reasons += [relations.wording.reason("named", named)] if named else []
    return tuple(reasons)
