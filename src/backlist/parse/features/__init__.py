"""What one episode says by itself, made ready for comparing it with others.

Features follow from one episode and its texts alone, so that they can be made where a file is
parsed, on any core, and kept with what was parsed. `relate` then compares finished keys: it
splits no address and counts no word.
"""

import re
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from backlist import urls
from backlist.model import Episode, Source
from backlist.parse.features import addresses, identity, terms
from backlist.parse.features import things as named_things
from backlist.parse.features.terms import Terms
from backlist.parse.features.things import NO_THINGS, Things

_WORD = re.compile(r"\w+")


class SourceFeatures(NamedTuple):
    """What an entry of a source list is compared by.

    `address` is its address as `addresses.plain` writes it; `key` the strongest key its address
    gives and `title_key` that of its title, None where there is none; `title` what it is called,
    or what its search asks for, and `name` what its address is called; `slug` its title, or where
    it has none its key, as a slug; `ids` the public identifiers of its address, and `is_search`
    whether that is a search; `authors` those given where they name somebody.
    """

    address: str
    key: str | None
    title_key: str | None
    title: str | None
    name: str | None
    slug: str
    ids: tuple[tuple[str, str], ...]
    is_search: bool
    authors: str | None


@dataclass(frozen=True)
class Features:
    """What an episode is compared by.

    `links` are the addresses its notes link to, as they are given, and `link_addresses` the same
    as `addresses.plain` writes them; `names` all its own addresses written so, `titles` all its
    titles as `fold` writes them; `things` what its notes seem to name.
    """

    terms: Terms
    sources: tuple[SourceFeatures, ...] = ()
    links: tuple[str, ...] = ()
    link_addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    things: Things = NO_THINGS

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Hold an address once that many episodes link to."""
        shared = ("links", "link_addresses")
        vars(self).update(state, **{name: tuple(map(sys.intern, state[name])) for name in shared})

    def topical(self, episode: Episode, own: Collection[int]) -> Terms:
        """Its terms without those of the sources at the places `own`, episodes of the show."""
        return terms.without(self.terms, episode, self.links, own) if own else self.terms


def of(
    episode: Episode,
    text: str,
    links: Sequence[str],
    said: str | None = None,
    own_text: str | None = None,
) -> Features:
    """The features of an episode whose notes are `text` and link to `links`.

    `text` may be Markdown or plain text. `said` are the words of its transcript, None where it
    has none. `own_text` is `text` without what a host added, None where that is nothing.
    """
    return Features(
        terms=terms.of(episode, text, links, said),
        sources=tuple(map(of_source, episode.sources)),
        links=tuple(links),
        link_addresses=tuple(map(addresses.plain, links)),
        names=tuple(addresses.plain(name) for name in _own_addresses(episode)),
        titles=tuple(fold(title) for title in (episode.title, *episode.aliases)),
        things=named_things.of(episode, text if own_text is None else own_text),
    )


def of_source(source: Source) -> SourceFeatures:
    """What one entry of a source list is compared by."""
    title = identity.searched_title(source)
    is_search = source.url is not None and identity.is_search(source.url)
    key = identity.id_key(source)
    ids = identity.ids(source.url) if source.url and not is_search else {}
    return SourceFeatures(
        address=addresses.plain(source.url or ""),
        key=key,
        title_key=identity.title_key(source),
        title=title,
        name=identity.name_of(source.url, ids) if source.url else None,
        slug=urls.slug_of(title or key or ""),
        ids=tuple(ids.items()),
        is_search=is_search,
        authors=None if identity.is_placeholder(source.authors) else source.authors,
    )


def fold(title: str) -> str:
    """A title as its words in lower case, for comparison."""
    return " ".join(_WORD.findall(title.casefold()))


def _own_addresses(episode: Episode) -> list[str]:
    """Every address and name an episode is known by, those of its sound first."""
    sounds = (episode.audio.url, *episode.audio.previous_urls) if episode.audio else ()
    named = (*sounds, episode.link, episode.guid, *episode.aliases)
    return [name for name in named if name]
