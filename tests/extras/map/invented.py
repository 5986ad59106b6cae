"""Archives of any size, invented: the same numbers always give the same one."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from backlist.model import Episode, Show, Site, Source, Status
from backlist.model.scalars import Moment
from backlist.relate.archive import Archive, Citation, Entry, Work

_WORDS = """
tide harbour lantern ledger signal drift anchor quiet memory current
cache queue shelf index archive river lane window border market
garden engine letter mirror bridge winter compass
"""
WORDS = tuple(_WORDS.split())
TOPICS = ("Tides", "Queues", "Caches", "Maps", "Letters", "Engines", "Gardens", "Bridges")
NEWEST = datetime(2026, 3, 18, 6, tzinfo=UTC)


def title(rng: random.Random) -> str:
    """A title of three to nine words."""
    words = [rng.choice(WORDS) for _ in range(rng.randint(3, 9))]
    return " ".join([words[0].capitalize(), *words[1:]])


def archive(count: int, days: float = 3.0, seed: int = 1, stubs: float = 0.1) -> Archive:
    """An archive of so many episodes, `days` apart, newest first.

    Later episodes mention earlier ones, the known more often; they cite works of which a few are
    cited by many.
    """
    rng = random.Random(seed)
    slugs = [f"e{number}" for number in range(count)]
    mentions: dict[str, list[str]] = {slug: [] for slug in slugs}
    known: list[str] = []
    for place in reversed(range(count)):
        for _ in range(rng.choice((0, 0, 1, 1, 2, 4)) if known else 0):
            target = rng.choice(known[-30:] if rng.random() < 0.7 else known)
            if target not in mentions[slugs[place]]:
                mentions[slugs[place]].append(target)
                known.append(target)
        known.append(slugs[place])
    works = _works(rng, slugs)
    backlinks = {slug: tuple(s for s in slugs if slug in mentions[s]) for slug in slugs}
    when = NEWEST
    entries = []
    for slug in slugs:
        stub = rng.random() < stubs
        episode = Episode(
            title=title(rng),
            slug=slug,
            date=Moment(when),
            date_approximate=stub,
            status=Status.STUB if stub else Status.PUBLISHED,
            topics=() if stub else tuple(rng.sample(TOPICS, rng.randint(0, 3))),
        )
        entries.append(entry(episode, mentions=tuple(mentions[slug]), mentioned_by=backlinks[slug]))
        when -= timedelta(days=rng.uniform(0, 2 * days))
    return make(entries, works)


def entry(episode: Episode, **known: Any) -> Entry:
    """An entry of an episode."""
    return Entry(episode, f"content/episodes/{episode.slug}.md", **known)


def work(number: int, about: Sequence[str], cited_by: Sequence[str], title: str = "") -> Work:
    """A work that episodes are about, or cite."""
    return Work(
        id=f"title:{number}",
        slug=f"w{number}",
        title=title or f"On {WORDS[number % len(WORDS)]} and {WORDS[number * 7 % len(WORDS)]}",
        authors=None,
        year=str(1990 + number % 36),
        url=None,
        ids={},
        subject_of=tuple(about),
        cited_by=tuple(cited_by),
    )


def make(entries: Sequence[Entry], works: Sequence[Work] = ()) -> Archive:
    """An archive of entries, with a citation for each work an episode draws on."""
    cited: dict[str, list[str]] = {}
    for one in works:
        for slug in dict.fromkeys((*one.subject_of, *one.cited_by)):
            cited.setdefault(slug, []).append(one.id)
    known = tuple(
        Entry(
            e.episode,
            e.file,
            citations=tuple(
                Citation(number, Source(title="As given"), work=ident)
                for number, ident in enumerate(cited.get(e.slug, ()), 1)
            ),
            mentions=e.mentions,
            mentioned_by=e.mentioned_by,
            takes=e.takes,
            visualizations=e.visualizations,
        )
        for e in entries
    )
    return Archive(
        show=Show(title="The Small Hours", description="A show for tests."),
        site=Site(base_url="https://small.example/", map=True),
        entries=known,
        works=tuple(works),
    )


def _works(rng: random.Random, slugs: Sequence[str]) -> list[Work]:
    """A work for every other episode: most cited once, some by a few, one by very many."""
    works = []
    for number in range(len(slugs) // 2):
        share = min(len(slugs), max(1, round(len(slugs) * 0.15 / (number + 1)))) + rng.choice(
            (0, 0, 0, 0, 1, 1, 2)
        )
        middle = rng.randrange(len(slugs))
        reach = max(4, rng.randrange(len(slugs)) // 3)
        near = slugs[max(0, middle - reach) : middle + reach]
        citing = sorted(rng.sample(near, min(share, len(near))), key=slugs.index)
        about = citing[: rng.choice((0, 0, 0, 1))]
        works.append(work(number, about, [s for s in citing if s not in about], title(rng)))
    return works
