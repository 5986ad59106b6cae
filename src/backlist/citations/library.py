"""Everything an archive holds that can be cited, each under the one key it has everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from backlist.citations.items import Item, distinct, episode_item, work_item
from backlist.relate.archive import Archive, Citation, Entry


@dataclass(frozen=True, slots=True)
class Library:
    """The items of an archive: episodes by slug, works by id, in the archive's order."""

    episodes: Mapping[str, Item]
    works: Mapping[str, Item]

    @property
    def items(self) -> tuple[Item, ...]:
        """All of it, episodes first."""
        return (*self.episodes.values(), *self.works.values())

    def cited_by(self, entry: Entry) -> tuple[Item, ...]:
        """What an episode's list cites, in its order and each once: works and other episodes."""
        found = (self._item(citation) for citation in entry.citations)
        return tuple(dict.fromkeys(item for item in found if item))

    def _item(self, citation: Citation) -> Item | None:
        if citation.mention:
            return self.episodes.get(citation.mention)
        return self.works.get(citation.work) if citation.work else None


def library(archive: Archive) -> Library:
    """The items of an archive, their keys unique among all of them.

    A paper has one key in the file of its own page, of every episode, and of the whole archive.
    """
    episodes = {entry.slug: episode_item(entry, archive) for entry in archive.entries}
    works = {work.id: work_item(work) for work in archive.works}
    told = {item.ident: item for item in distinct([*episodes.values(), *works.values()])}
    return Library(
        {slug: told[item.ident] for slug, item in episodes.items()},
        {ident: told[item.ident] for ident, item in works.items()},
    )
