"""Which sources and links are other episodes of this show, both ways.

An own episode is known by its sound file first (every address it ever had; by file name
whatever the host, because hosts change and get mistyped), then by its page, its guid, and its
title with or without the show's name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from backlist import urls
from backlist.content import Document
from backlist.feed.vocabulary import AUDIO_TYPES
from backlist.model import Episode, Show, Site, Source
from backlist.parse.features import Features, SourceFeatures, addresses, fold
from backlist.problems import Problems
from backlist.resolve import EpisodeFile

_DISTINCT = 16
"""A sound file's name this long is an identity; `audio.mp3` on another host is not."""

_SOUNDS = tuple(AUDIO_TYPES)
_NUMBERED = re.compile(r"/(?:(?:episodes?|shows?|ep|e)/)?0*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """The mentions one episode makes.

    `by_source` maps a source's place (from 0) to the slug it names, or to None when it names
    an episode of this show that the archive does not hold. `slugs` is each episode once.
    """

    by_source: Mapping[int, str | None] = field(default_factory=dict)
    slugs: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def resolve(
    found: Sequence[EpisodeFile],
    features: Mapping[str, Features],
    show: Show,
    site: Site,
    problems: Problems,
) -> dict[str, Named]:
    """The mentions of every episode, by its slug; errors of single lines go to `problems`."""
    index = _Index([f.episode for f in found], features, show, site)
    return {f.episode.slug: _named(f, features[f.episode.slug], index, problems) for f in found}


def backlinks(named: Mapping[str, Named]) -> dict[str, tuple[str, ...]]:
    """Who mentions each episode, in the archive's order."""
    found: dict[str, list[str]] = {slug: [] for slug in named}
    for slug, mentions in named.items():
        for target in mentions.slugs:
            found[target].append(slug)
    return {slug: tuple(sources) for slug, sources in found.items()}


def without_show(title: str, show: Show) -> str:
    """A title without a leading `Show title: `."""
    head, colon, rest = title.partition(":")
    named = colon and head.strip().casefold() == show.title.casefold()
    return rest.strip() if named and rest.strip() else title


class _Names(dict[str, str | None]):
    """Names, each with the slug of the episode that bears it; None where two do."""

    def add(self, name: str, slug: str) -> None:
        """Note that an episode bears a name; a name of two tells neither."""
        self[name] = slug if self.get(name, slug) == slug else None


class _Index:
    """Every name an episode of the archive is known by."""

    def __init__(
        self, episodes: Iterable[Episode], features: Mapping[str, Features], show: Show, site: Site
    ) -> None:
        self.show = show
        self.addresses = _Names()
        self.titles = _Names()
        self.numbers = _Names()
        names = _Names()
        self.hosts: Counter[str] = Counter()
        self.homes = {urls.host(home) for home in (site.base_url, show.link) if home}
        self.slugs: set[str] = set()
        base = addresses.plain(site.base_url)
        homes = {addresses.plain(home) for home in (site.base_url, show.link) if home}
        for episode in episodes:
            if episode.link:
                self.homes.add(urls.host(episode.link))
            self.slugs.add(episode.slug)
            if episode.number and not episode.season:
                self.numbers.add(str(episode.number), episode.slug)
            page = addresses.plain(f"{base}/{urls.episode(episode.slug)}")
            for address in (page, *features[episode.slug].names):
                if address not in homes:
                    self.addresses.add(address, episode.slug)
            for sound in (episode.audio.url, *episode.audio.previous_urls) if episode.audio else ():
                names.add(urls.file_name(sound), episode.slug)
                self.hosts[urls.host(sound)] += 1
            for title in features[episode.slug].titles:
                self.titles.add(title, episode.slug)
        self.names = {name: slug for name, slug in names.items() if len(name) >= _DISTINCT}
        self.begins = tuple(filter(None, self.homes))

    def find(self, source: Source, known: SourceFeatures) -> tuple[bool, str | None]:
        """Whether a source is an own episode, and which."""
        slug = self.find_address(source.url, known.address) if source.url else None
        if slug:
            return True, slug
        title = source.title or ""
        bare = without_show(title, self.show)
        if bare != title or (source.url and self._is_own_sound(source.url, known.address)):
            return True, self.titles.get(fold(bare))
        return False, None

    def find_address(self, url: str, address: str) -> str | None:
        """The episode a URL stands for; `address` is the same for comparison.

        Most URLs are told apart by a look at how they begin and end, without splitting them.
        """
        slug = self.addresses.get(address)
        if slug is None and _may_be_sound(address) and urls.is_audio(url):
            slug = self.names.get(urls.file_name(url))
        if slug is None and address.startswith(self.begins) and urls.host(url) in self.homes:
            slug = self._find_page(url)
        return slug

    def _is_own_sound(self, url: str, address: str) -> bool:
        return _may_be_sound(address) and urls.is_audio(url) and urls.host(url) in self.hosts

    def _find_page(self, url: str) -> str | None:
        """The episode a page of the show's own stands for: `/show/a-slug.html`, `/42`."""
        path = urls.split(url).path.rstrip("/").removesuffix(".html")
        numbered = _NUMBERED.fullmatch(path)
        if numbered:
            return self.numbers.get(numbered[1])
        last = unquote(path.rsplit("/", 1)[-1])
        return last if last in self.slugs else None


def _may_be_sound(address: str) -> bool:
    return address.partition("?")[0].lower().endswith(_SOUNDS)


def _named(item: EpisodeFile, features: Features, index: _Index, problems: Problems) -> Named:
    episode, document = item.episode, item.document
    by_source: dict[int, str | None] = {}
    absent = []
    for place, source in enumerate(episode.sources):
        own, slug = index.find(source, features.sources[place])
        if not own or slug == episode.slug:
            _report_self(own, document, place, problems)
            continue
        by_source[place] = slug
        if slug is None:
            absent.append(source.title or source.url or "")
        elif source.url:
            _report_host(source.url, index, document, place, problems)
    in_notes = map(index.find_address, features.links, features.link_addresses)
    slugs = [slug for slug in (*by_source.values(), *in_notes) if slug and slug != episode.slug]
    _report_absent(absent, document, problems)
    return Named(by_source, tuple(dict.fromkeys(slugs)), tuple(absent))


def _report_self(own: bool, document: Document, place: int, problems: Problems) -> None:
    if own:
        problems.info(
            document.where("sources", place),
            "the source is the episode itself",
            "it is listed without a link; remove it if it is a mistake",
        )


def _report_host(
    url: str, index: _Index, document: Document, place: int, problems: Problems
) -> None:
    """A known sound file on a host no record uses is most likely mistyped."""
    host = urls.host(url)
    if urls.is_audio(url) and host not in index.hosts and index.hosts:
        usual = index.hosts.most_common(1)[0][0]
        problems.warning(
            document.where("sources", place),
            f"host `{host}` looks mistyped: the same audio file is known on `{usual}`",
            "the mention still links to the episode's page; the text was not changed",
        )


def _report_absent(absent: Sequence[str], document: Document, problems: Problems) -> None:
    if absent:
        count = f"{len(absent)} mentioned episode{'s' if len(absent) > 1 else ''}"
        problems.info(
            document.where("sources"),
            f"{count} not in this archive: {'; '.join(absent[:3])}{' …' if absent[3:] else ''}",
            "they are shown as text until the episodes are added; `backlist import "
            "--stubs` creates a page for each",
        )
