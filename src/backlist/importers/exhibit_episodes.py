"""Which episodes a visualization of a catalogue belongs to: by exact keys, never by likeness."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from backlist.importers.draft import Exhibit
from backlist.importers.matching import Held, addresses_of, read_held
from backlist.importers.mentions import audio_file
from backlist.model import Status
from backlist.problems import Problems, Where


class Finder:
    """The site's episodes by everything they can be called: slug, address, sound file, title."""

    def __init__(self, existing: Mapping[str, str], problems: Problems) -> None:
        """`existing` are the records (`content/episodes/*.md`), path → text."""
        # What is wrong with a record is told where records are merged, and by the build.
        held = read_held(existing, {}, Problems())
        self.held = [each for each in held if each.episode.status is not Status.REMOVED]
        self.problems = problems
        self.slugs: dict[str, set[str]] = defaultdict(set)
        for each in self.held:
            for name in _names(each):
                self.slugs[name].add(each.episode.slug)

    def find(self, exhibit: Exhibit, where: Where) -> tuple[str, ...]:
        """Slugs: of episodes it names, of the one of its title, of those that refer to it.

        A name that no episode has, or that several have, is told and matched with none.
        """
        named = [slug for name in exhibit.episodes for slug in self._named(name, exhibit, where)]
        same = self.slugs.get(exhibit.title, set())
        if len(same) == 1:
            named += same
        elif same:
            self.problems.notice(
                where,
                f"{len(same)} episodes are called as `{exhibit.id}` is: {', '.join(sorted(same))}",
                "name the right one under `episodes:` of the visualization",
            )
        return tuple(dict.fromkeys([*named, *self._referring(exhibit)]))

    def _named(self, name: str, exhibit: Exhibit, where: Where) -> Iterator[str]:
        found = sorted(self.slugs.get(name) or self.slugs.get(audio_file(name)) or ())
        if len(found) == 1:
            yield found[0]
            return
        fault = f"is the name of {', '.join(found)}" if found else "is the name of no episode"
        self.problems.warning(
            where,
            f"`{name}` of `{exhibit.id}` {fault}; not matched",
            "name it by slug, sound file, address or exact title, or import its feed first",
        )

    def _referring(self, exhibit: Exhibit) -> Iterator[str]:
        """Episodes that refer to its address, or without an address to its title."""
        for each in self.held:
            for reference in each.episode.visualizations:
                by_address = reference.url is not None and reference.url == exhibit.address
                by_title = not reference.url and reference.title == exhibit.title
                if reference.id or not (by_address or by_title):
                    continue
                self.problems.notice(
                    Where(each.path),
                    f"refers to the visualization `{exhibit.id}` by its "
                    f"{'address' if by_address else 'title'}",
                    f"write `visualizations: [{exhibit.id}]`, and it is shown once",
                )
                yield each.episode.slug


def _names(held: Held) -> Iterator[str]:
    episode = held.episode
    yield from (episode.slug, episode.title, *filter(None, (episode.link,)))
    for address in addresses_of(episode.audio):
        yield address
        yield audio_file(address)
