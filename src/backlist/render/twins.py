"""A Markdown twin of every page, and `llms.txt`, which leads to them (https://llmstxt.org).

A twin says what its page says without the frame around it; its addresses are whole, because it
is read far from the site. It lies beside the page: `episodes/hello/index.md`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatch

from backlist import prose, urls
from backlist.archive import Archive, Citation, Entry, Interactive, Related, Shown, Work
from backlist.markdown import line, link
from backlist.model import Audio, Page, Person, Status
from backlist.outputs import Output
from backlist.render import fragments, phrases, speech
from backlist.render.directory import LATEST, Place, directory
from backlist.render.feeds.items import transcript_address
from backlist.scalars import stamp
from backlist.theme import Theme
from backlist.transcript import Script


@dataclass(frozen=True, slots=True)
class _Site:
    """What the writers of twins look things up in."""

    archive: Archive
    places: Mapping[str, Place]

    def address(self, path: str) -> str:
        return urls.absolute(path, self.archive.site.base_url)

    def link(self, path: str) -> str:
        """A link to a page by its title."""
        return link(self.places[path].title, self.address(path))

    def episode(self, slug: str) -> str:
        return self.link(urls.episode(slug))


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """The twin of every page of the directory, then `llms.txt`."""
    site = _Site(archive, directory(archive))
    for place in site.places.values():
        text = _joined(_twin(place, site))
        yield Output(urls.markdown(place.path), text.encode(), "twins", place.source)
    yield Output(urls.LLMS, _joined(_guide(site)).encode(), "twins")


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(filter(None, blocks)) + "\n"


def _twin(place: Place, site: _Site) -> Iterator[str]:
    yield f"# {line(place.title)}"
    yield from _about(place.subject, place, site)


# ---- what stands below the title, by what the page is of


@singledispatch
def _about(subject: object, place: Place, site: _Site) -> Iterator[str]:
    """A list of episodes, or of other pages."""
    yield line(place.note)
    if place.places:
        yield _list(_pointed(path, site) for path in place.places)
    if place.episodes:
        yield "## Newest episodes" if place.path == urls.HOME else "## Episodes"
        yield _list(_dated(slug, site) for slug in place.episodes)
    if place.path == urls.HOME:
        yield from _follow(site)


@_about.register
def _episode(entry: Entry, place: Place, site: _Site) -> Iterator[str]:
    episode = entry.episode
    if entry.has_own_summary:
        yield line(entry.summary) and f"> {line(entry.summary)}"
    yield _list(_facts(entry, site))
    yield prose.inset(episode.body, site.archive.site.base_url)
    yield from _section("Chapters", (_chapter(one.start, one.title) for one in entry.chapters))
    if entry.citations:
        yield "## Sources"
        yield "\n".join(f"{one.number}. {_source(one, site)}" for one in entry.citations)
    yield from _section("Interactive", (_shown(one, site) for one in entry.visualizations))
    yield from _section("Other takes", map(site.episode, entry.takes))
    yield from _section("Related episodes", (_related(one, site) for one in entry.related))
    yield from _section("Mentioned by", map(site.episode, entry.mentioned_by))


@_about.register
def _work(work: Work, place: Place, site: _Site) -> Iterator[str]:
    yield line(place.note)
    yield _list(
        [link(work.url, work.url)] if work.url else [],
        (f"{line(kind)}: {line(ident)}" for kind, ident in sorted(work.ids.items())),
        (f"Also called {line(name)}" for name in work.aliases),
    )
    yield from _section("Episodes about it", (_dated(slug, site) for slug in work.subject_of))
    citing = (slug for slug in work.cited_by if slug not in work.subject_of)
    yield from _section("Episodes that cite it", (_dated(slug, site) for slug in citing))


@_about.register
def _page(page: Page, place: Place, site: _Site) -> Iterator[str]:
    yield prose.inset(page.body, site.archive.site.base_url)


@_about.register
def _spoken(script: Script, place: Place, site: _Site) -> Iterator[str]:
    yield line(place.note)
    yield from _section("Episode", map(site.episode, place.episodes))
    yield speech.to_markdown(script)


@_about.register
def _interactive(held: Interactive, place: Place, site: _Site) -> Iterator[str]:
    yield line(held.description)
    yield f"It runs in a browser: {link(held.title, site.address(place.path))}"
    yield from _section("Episodes", (_dated(slug, site) for slug in held.episodes))


# ---- parts


def _list(*groups: Iterable[str]) -> str:
    return "\n".join(f"- {one}" for group in groups for one in group)


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = _list(items)
    if listed:
        yield f"## {title}"
        yield listed


def _pointed(path: str, site: _Site) -> str:
    note = line(site.places[path].note)
    return site.link(path) + (f": {note}" if note else "")


def _dated(slug: str, site: _Site) -> str:
    """An episode in a list: its day, its title, what it is about."""
    episode = site.archive.entry(slug).episode
    day = phrases.day(episode.date, approximate=episode.date_approximate)
    around = "around " if day and day.approximate else ""
    return (f"{around}{day.iso}: " if day else "") + _pointed(urls.episode(slug), site)


def _facts(entry: Entry, site: _Site) -> Iterator[str]:
    episode, archive = entry.episode, site.archive
    yield f"Episode of {link(archive.show.title, site.address(urls.HOME))}"
    if episode.status is Status.STUB:
        yield "Known only because other episodes mention it"
    day = phrases.day(episode.date, approximate=episode.date_approximate)
    if day:
        yield f"Date: {'around ' if day.approximate else ''}{day.iso}"
    if entry.people:
        yield f"People: {', '.join(map(_person, entry.people))}"
    topics = dict.fromkeys(filter(None, map(archive.topic, episode.topics)))
    if topics:
        yield f"Topics: {', '.join(site.link(urls.topic(topic.slug)) for topic in topics)}"
    if episode.audio:
        yield f"Sound: {_sound(episode.audio)}"
    for one in episode.transcripts:
        address = transcript_address(one, archive.site.base_url)
        yield f"Transcript: {link(urls.file_name(one.url), address)}"


def _person(person: Person) -> str:
    return f"{link(person.name, person.url or '')} ({line(person.role)})"


def _sound(audio: Audio) -> str:
    length = phrases.duration(audio.duration)
    return link(urls.file_name(audio.url), audio.url) + (f", {length}" if length else "")


def _shown(one: Shown, site: _Site) -> str:
    return link(one.title, site.address(urls.visualization(one.id)) if one.id else one.url or "")


def _related(one: Related, site: _Site) -> str:
    reasons = "; ".join(line(reason.text) for reason in one.reasons)
    return site.episode(one.slug) + (f": {reasons}" if reasons else "")


def _chapter(start: float, title: str | None) -> str:
    return f"{stamp(start)} {line(title)}".rstrip()


def _source(citation: Citation, site: _Site) -> str:
    """An entry of the numbered list; the number is the caller's."""
    given = citation.source
    title = fragments.source_title(citation)
    if citation.is_mention:
        known = citation.mention and site.episode(citation.mention)
        return f"{known} (episode)" if known else f"{line(title)} (episode, not in this archive)"
    told = (fragments.authors(citation), given.year, given.note)
    named = link(title, given.url or "") + (" (a search)" if citation.is_search else "")
    words = [named, *(line(part) for part in told if part)]
    if given.role == "subject":
        words.append("What the episode is about")
    if citation.work:
        work = urls.work(site.archive.work(citation.work).slug)
        words.append(f"[All episodes on it]({site.address(work)})")
    return ". ".join(word.removesuffix(".") for word in words)


# ---- the places that answer for the whole archive


def _follow(site: _Site) -> Iterator[str]:
    archive = site.archive
    follow = [
        ("RSS feed", archive.feed_address),
        *((o.label, o.url) for o in archive.site.subscribe),
    ]
    yield from _section("Follow the show", (link(label, url) for label, url in follow))


def _guide(site: _Site) -> Iterator[str]:
    """`llms.txt`: title, summary, then lists of links; what may be skipped is called Optional."""
    archive = site.archive
    show = archive.show
    yield f"# {line(show.title)}"
    yield f"> {line(show.description)}"
    yield (
        f"An archive of {phrases.count(len(archive.full), 'podcast episode')}"
        + (f" by {line(show.author)}" if show.author else "")
        + ". Every page has a Markdown twin beside it: put `index.md` behind its address. "
        "An episode's twin has its notes, its numbered sources, and why others are related."
        + (f" {line(show.ai_generated)}" if show.ai_generated else "")
    )
    home = site.places[urls.HOME]
    yield from _section("Lists", (_twinned(path, site) for path in home.places))
    yield from _section("Data", (link(name, site.address(path)) for name, path in _DATA))
    newest = archive.full[:LATEST]
    episodes = [urls.episode(entry.slug) for entry in newest]
    yield from _section("Newest episodes", (_twinned(path, site) for path in episodes))
    older = [urls.episode(entry.slug) for entry in archive.full[LATEST:]]
    yield from _section("Optional", (_twinned(path, site, brief=True) for path in older))


_DATA = (
    ("Everything as JSON", urls.ARCHIVE_JSON),
    ("Main feed (RSS)", urls.FEED),
    ("Main feed (JSON)", urls.FEED_JSON),
    ("Episodes and works as BibTeX", urls.citations(urls.HOME, "citations.bib")),
    ("Addresses of all pages", urls.SITEMAP),
)


def _twinned(path: str, site: _Site, *, brief: bool = False) -> str:
    place = site.places[path]
    note = "" if brief else line(place.note)
    return link(place.title, site.address(urls.markdown(path))) + (f": {note}" if note else "")
