"""Everything an archive holds that can be cited, each under the one key it has everywhere."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from backlist.pages.citations import keys
from backlist.pages.citations.items import Item, episode_item, episode_key, work_item
from backlist.relate.archive import Archive, Citation, Entry


@dataclass(frozen=True)
class Library:
    """The items of an archive, their keys unique among all of them.

    A paper has one key in the file of its own page, of every episode, and of the whole archive.
    Keys are made for all at once, an item when it is asked for: most pages are rarely made.
    """

    archive: Archive
    _made: dict[str, Item] = field(default_factory=dict)

    def episode(self, slug: str) -> Item:
        """An episode by its slug."""
        return self._item(f"episode:{slug}")

    def work(self, ident: str) -> Item:
        """A work by its id."""
        return self._item(f"work:{ident}")

    @property
    def items(self) -> tuple[Item, ...]:
        """All of it in the archive's order, episodes first."""
        return tuple(map(self._item, self.keys))

    def cited_by(self, entry: Entry) -> tuple[Item, ...]:
        """What an episode's list cites, in its order and each once: works and other episodes."""
        return tuple(map(self._item, self._cited(entry)))

    def keys_of(self, entry: Entry) -> list[str]:
        """The keys of an episode and of all that its list cites."""
        return [self.keys[ident] for ident in (f"episode:{entry.slug}", *self._cited(entry))]

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of each item, by what the item is (`Item.ident`)."""
        works = {item.ident: item.id for item in self._works.values()}
        episodes = {
            f"episode:{entry.slug}": episode_key(entry.episode, self.archive.show)
            for entry in self.archive.entries
        }
        return keys.told_apart({**episodes, **works})

    @cached_property
    def _works(self) -> dict[str, Item]:
        return {f"work:{work.id}": work_item(work) for work in self.archive.works}

    def _item(self, ident: str) -> Item:
        if ident not in self._made:
            work = self._works.get(ident)
            slug = ident.partition(":")[2]
            item = work or episode_item(self.archive.entry(slug), self.archive)
            self._made[ident] = replace(item, id=self.keys[ident])
        return self._made[ident]

    def _cited(self, entry: Entry) -> dict[str, None]:
        named = map(_ident, entry.citations)
        return dict.fromkeys(ident for ident in named if ident in self.keys)


def _ident(citation: Citation) -> str:
    if citation.mention:
        return f"episode:{citation.mention}"
    return f"work:{citation.work}"
