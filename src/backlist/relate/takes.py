"""Episodes on one subject: the same subject work, or grouped by hand with `same_paper`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from backlist.model import Episode
from backlist.relate.works import Cited


def group(episodes: Sequence[Episode], cited: Cited) -> dict[str, tuple[str, ...]]:
    """The other takes of each episode, in the archive's order; empty for most.

    Two are takes where both are about one work. What is said by hand is mutual and carries over:
    when A names B, and B is about a work and nothing else, A is about it too. An episode about
    two works joins nobody of the one to somebody of the other.
    """
    slugs = {episode.slug for episode in episodes}
    by_hand = [(e.slug, *(o for o in e.same_paper if o in slugs)) for e in episodes if e.same_paper]
    subjects: dict[str, set[str]] = defaultdict(set)
    for work in cited.works:
        for slug in work.subject_of:
            subjects[slug].add(work.id)
    papers = _Papers()
    for group in by_hand:
        papers.join(group)
        for slug in group:
            if len(subjects[slug]) == 1:
                papers.join((slug, *subjects[slug]))
    members: dict[str, list[str]] = defaultdict(list)
    about: dict[str, set[str]] = {}
    for episode in episodes:
        slug = episode.slug
        about[slug] = {papers.find(one) for one in (slug, *subjects[slug])}
        for paper in about[slug]:
            members[paper].append(slug)
    place = {episode.slug: number for number, episode in enumerate(episodes)}
    return {
        slug: tuple(
            sorted({o for paper in found for o in members[paper]} - {slug}, key=place.__getitem__)
        )
        for slug, found in about.items()
    }


class _Papers:
    """Disjoint sets of slugs and ids of works that stand for one paper."""

    def __init__(self) -> None:
        self.joined: dict[str, str] = {}

    def find(self, name: str) -> str:
        """What stands for the set that a name is in."""
        way = []
        while name in self.joined:
            way.append(name)
            name = self.joined[name]
        self.joined.update(dict.fromkeys(way, name))
        return name

    def join(self, names: Iterable[str]) -> None:
        """Put names into one set."""
        first, *rest = map(self.find, names)
        for name in rest:
            if name != first:
                self.joined[name] = first
