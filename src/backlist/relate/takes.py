"""Episodes on one subject: the same subject work, or grouped by hand with `same_paper`."""

from collections.abc import Iterable, Sequence

from backlist.model import Episode
from backlist.relate.works import Cited


def group(episodes: Sequence[Episode], cited: Cited) -> dict[str, tuple[str, ...]]:
    """The other takes of each episode, in the archive's order; empty for most.

    Grouping is mutual and carries over: when A names B and B shares its subject with C, all
    three are takes of each other.
    """
    families = _Families(episode.slug for episode in episodes)
    for work in cited.works:
        families.join(work.subject_of)
    for episode in episodes:
        families.join((episode.slug, *episode.same_paper))
    return families.others()


class _Families:
    """Disjoint sets of slugs, each in the order the slugs were given."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self.family = {slug: [slug] for slug in slugs}
        self.place = {slug: number for number, slug in enumerate(self.family)}

    def join(self, slugs: Iterable[str]) -> None:
        """Put slugs, those that are known, into one family."""
        known = [slug for slug in slugs if slug in self.family]
        joined = {member for slug in known for member in self.family[slug]}
        merged = sorted(joined, key=self.place.__getitem__)
        for slug in merged:
            self.family[slug] = merged

    def others(self) -> dict[str, tuple[str, ...]]:
        """The rest of each slug's family."""
        return {
            slug: tuple(other for other in family if other != slug)
            for slug, family in self.family.items()
        }
