"""The Markdown page of every page that has one, and `llms.txt`, which leads to them.

A Markdown page says what its page says without the frame around it; its addresses are whole,
because it is read far from the site. It lies beside the page: `episodes/hello/index.md`. The
shape of `llms.txt` is that of https://llmstxt.org.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, singledispatch

from backlist import urls
from backlist.content.markdown_text import line, link
from backlist.feed.writer import transcript_url
from backlist.keys import key_of
from backlist.model import Audio, Page, Person, Status
from backlist.model.scalars import stamp
from backlist.output import Made, Output
from backlist.pages import follow, formatting, parts
from backlist.pages.accessibility import Statement
from backlist.pages.context import SiteContext
from backlist.pages.episodes import shown_with
from backlist.pages.page_index import LATEST, PageInfo, credit, page_index
from backlist.parse import transcript_html
from backlist.parse.markdown import Notes
from backlist.parse.transcript import Transcript
from backlist.relate.archive import (
    Archive,
    Citation,
    Entry,
    Related,
    VisualizationEntry,
    VisualizationLink,
    Work,
)


@dataclass(frozen=True, slots=True)
class _Pages:
    """What Markdown pages look things up in."""

    archive: Archive
    pages: Mapping[str, PageInfo]

    def address(self, path: str) -> str:
        return urls.absolute(path, self.archive.site.base_url)

    def markdown(self, notes: Notes) -> str:
        """Notes as they stand below a title, every address whole."""
        return notes.markdown.replace(urls.ROOT, self.archive.site.base_url)

    def link(self, path: str) -> str:
        """A link to a page by its title."""
        return link(self.pages[path].title, self.address(path))

    def episode(self, slug: str) -> str:
        return self.link(urls.episode(slug))


def make(site: SiteContext) -> Iterator[Output]:
    """A Markdown page for each page that has one, then `llms.txt`."""
    archive = site.archive
    pages = _Pages(archive, site.share(page_index))
    for page in pages.pages.values():
        path = urls.markdown(page.path)
        if path:
            write = partial(_written, page, pages)
            made = Made(key_of(path, _shown_by(page, pages, site), site.key), write)
            yield Output(path, made, "markdown_pages", page.source)
    listed = [entry.listed_key for entry in archive.entries]
    guide = Made(key_of(urls.LLMS, listed, site.key), lambda: _joined(_guide(pages)).encode())
    yield Output(urls.LLMS, guide, "markdown_pages")


def _shown_by(page: PageInfo, pages: _Pages, site: SiteContext) -> object:
    """All that a Markdown page shows, of which its key is taken."""
    archive = site.archive
    subject = page.subject
    if isinstance(subject, Entry):
        titles = [topic and topic.title for topic in map(archive.topic, subject.episode.topics)]
        return shown_with(site, subject), titles
    sections = [one for section in page.sections for one in section.episodes]
    listed = [archive.entry(slug).listed_key for slug in (*page.episodes, *sections)]
    within = [(pages.pages[path].title, pages.pages[path].note) for path in page.pages]
    works = [archive.work_path(work) for work in page.works]
    if isinstance(subject, Transcript):
        page = replace(page, subject=None)
        return page, subject.digest, listed
    written = archive.page_notes[subject.slug] if isinstance(subject, Page) else None
    return page, listed, within, works, written


def _written(page: PageInfo, pages: _Pages) -> bytes:
    return _joined(_text(page, pages)).encode()


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(filter(None, blocks)) + "\n"


def _text(page: PageInfo, site: _Pages) -> Iterator[str]:
    yield f"# {line(page.title)}"
    yield from _about(page.subject, page, site)


# ---- what stands below the title, by what the page is of


@singledispatch
def _about(subject: object, page: PageInfo, site: _Pages) -> Iterator[str]:
    """A list of episodes, of other pages, of sections or of works."""
    yield line(page.note)
    if page.pages:
        yield _list(_pointed(path, site) for path in page.pages)
    if page.works:
        yield _list(_listed_work(work, site) for work in page.works)
    for section in page.sections:
        yield f"## {link(section.title, section.path and site.address(section.path))}"
        yield _list(_dated(slug, site, brief=True) for slug in section.episodes)
    if page.episodes:
        yield "## Newest episodes" if page.path == urls.HOME else "## Episodes"
        yield _list(_dated(slug, site) for slug in page.episodes)
    if page.path in (urls.HOME, follow.PAGE):
        yield from _follow(site)


def _listed_work(work: Work, site: _Pages) -> str:
    note = line(credit(work))
    address = site.address(site.archive.work_path(work))
    return link(parts.work_title(work), address) + (f": {note}" if note else "")


@_about.register
def _episode(entry: Entry, page: PageInfo, site: _Pages) -> Iterator[str]:
    if entry.has_own_summary:
        yield line(entry.summary) and f"> {line(entry.summary)}"
    yield _list(_facts(entry, site))
    yield site.markdown(entry.notes)
    yield from _section("Chapters", (_chapter(one.start, one.title) for one in entry.chapters))
    if entry.citations:
        yield "## Sources"
        yield "\n".join(f"{one.number}. {_source(one, site)}" for one in entry.citations)
    yield from _section("Interactive", (_shown(one, site) for one in entry.visualizations))
    yield from _section("Other takes", map(site.episode, entry.takes))
    yield from _section("Related episodes", (_related(one, site) for one in entry.related))
    yield from _section("Mentioned by", map(site.episode, entry.mentioned_by))


@_about.register
def _work(work: Work, page: PageInfo, site: _Pages) -> Iterator[str]:
    yield line(page.note)
    yield _list(
        [link(work.url, work.url)] if work.url else [],
        (f"{line(kind)}: {line(ident)}" for kind, ident in sorted(work.ids.items())),
        (f"Also called {line(name)}" for name in work.aliases),
    )
    yield from _section("Episodes about it", (_dated(slug, site) for slug in work.subject_of))
    citing = (slug for slug in work.cited_by if slug not in work.subject_of)
    yield from _section("Episodes that cite it", (_dated(slug, site) for slug in citing))


@_about.register
def _own_page(written: Page, page: PageInfo, site: _Pages) -> Iterator[str]:
    yield site.markdown(site.archive.page_notes[written.slug])


@_about.register
def _accessible(said: Statement, page: PageInfo, site: _Pages) -> Iterator[str]:
    yield line(page.note)
    labels = site.archive.site.labels
    yield from _section(labels.access_holds, map(line, said.holds))
    yield from _section(labels.access_limits, map(line, said.limits))


@_about.register
def _spoken(spoken: Transcript, page: PageInfo, site: _Pages) -> Iterator[str]:
    yield line(page.note)
    yield from _section("Episode", map(site.episode, page.episodes))
    yield transcript_html.to_markdown(spoken)


@_about.register
def _interactive(held: VisualizationEntry, page: PageInfo, site: _Pages) -> Iterator[str]:
    yield line(held.description)
    yield f"It runs in a browser: {link(held.title, site.address(page.path))}"
    yield from _section("Episodes", (_dated(slug, site) for slug in held.episodes))


# ---- parts


def _list(*groups: Iterable[str]) -> str:
    return "\n".join(f"- {one}" for group in groups for one in group)


def _section(title: str, items: Iterable[str]) -> Iterator[str]:
    listed = _list(items)
    if listed:
        yield f"## {title}"
        yield listed


def _pointed(path: str, site: _Pages) -> str:
    note = line(site.pages[path].note)
    return site.link(path) + (f": {note}" if note else "")


def _dated(slug: str, site: _Pages, *, brief: bool = False) -> str:
    """An episode in a list: its day, its title, and unless `brief` what it is about."""
    episode = site.archive.entry(slug).episode
    day = formatting.day(episode.date, approximate=episode.date_approximate)
    around = "around " if day and day.approximate else ""
    path = urls.episode(slug)
    shown = site.link(path) if brief else _pointed(path, site)
    return (f"{around}{day.iso}: " if day else "") + shown


def _facts(entry: Entry, site: _Pages) -> Iterator[str]:
    episode, archive = entry.episode, site.archive
    yield f"Episode of {link(archive.show.title, site.address(urls.HOME))}"
    if episode.status is Status.STUB:
        yield "Known only because other episodes mention it"
    day = formatting.day(episode.date, approximate=episode.date_approximate)
    if day:
        yield f"Date: {'around ' if day.approximate else ''}{day.iso}"
    kind = "" if episode.type == "full" else f"Kind: {episode.type}"
    yield from filter(None, (parts.numbered(entry, formatting.ENGLISH), kind))
    if entry.people:
        yield f"People: {', '.join(map(_person, entry.people))}"
    topics = dict.fromkeys(filter(None, map(archive.topic, episode.topics)))
    if topics:
        yield f"Topics: {', '.join(site.link(urls.topic(topic.slug)) for topic in topics)}"
    if episode.audio:
        yield f"{_RECORDINGS[episode.audio.kind]}: {_sound(episode.audio)}"
    for one in episode.transcripts:
        address = transcript_url(one, archive.site.base_url)
        yield f"Transcript: {link(urls.file_name(one.url), address)}"


def _person(person: Person) -> str:
    return f"{link(person.name, person.url or '')} ({line(person.role)})"


_RECORDINGS = {"audio": "Sound", "video": "Video", "document": "Document", "image": "Picture"}


def _sound(audio: Audio) -> str:
    length = formatting.duration(audio.duration)
    return link(urls.file_name(audio.url), audio.url) + (f", {length}" if length else "")


def _shown(one: VisualizationLink, site: _Pages) -> str:
    return link(one.title, site.address(urls.visualization(one.id)) if one.id else one.url or "")


def _related(one: Related, site: _Pages) -> str:
    reasons = "; ".join(line(reason.text) for reason in one.reasons)
    return site.episode(one.slug) + (f": {reasons}" if reasons else "")


def _chapter(start: float, title: str | None) -> str:
    return f"{stamp(start)} {line(title)}".rstrip()


def _source(citation: Citation, site: _Pages) -> str:
    """An entry of the numbered list; the number is the caller's."""
    given = citation.source
    title = parts.source_title(citation)
    if citation.is_mention:
        known = citation.mention and site.episode(citation.mention)
        return f"{known} (episode)" if known else f"{line(title)} (episode, not in this archive)"
    told = (parts.authors(citation), given.year, given.note)
    named = link(title, given.url or "") + (" (a search)" if citation.is_search else "")
    words = [named, *(line(part) for part in told if part)]
    if given.role == "subject":
        words.append("What the episode is about")
    work = site.archive.work(citation.work) if citation.work else None
    if work and work.has_page:
        words.append(f"[All episodes on it]({site.address(urls.work(work.slug))})")
    return ". ".join(word.removesuffix(".") for word in words)


# ---- what is said of the whole archive


def _follow(site: _Pages) -> Iterator[str]:
    archive = site.archive
    ways = [
        ("RSS feed", archive.feed_address),
        *((way.text, way.url) for way in follow.apps(archive.site)),
    ]
    yield from _section("Follow the show", (link(label, url) for label, url in ways))


def _guide(site: _Pages) -> Iterator[str]:
    """`llms.txt`: title, summary, then lists of links; what may be skipped is called Optional."""
    archive = site.archive
    show = archive.show
    yield f"# {line(show.title)}"
    yield f"> {line(show.description)}"
    yield (
        f"An archive of {formatting.count(len(archive.full), 'podcast episode')}"
        + (f" by {line(show.author)}" if show.author else "")
        + ". Each page that is linked here as Markdown is also a web page: leave out `index.md`. "
        "The Markdown page of an episode has its notes, its numbered sources, and why others are "
        "related." + (f" {line(show.ai_generated)}" if show.ai_generated else "")
    )
    lists = filter(urls.markdown, site.pages[urls.HOME].pages)
    yield from _section("Lists", (_as_markdown(path, site) for path in lists))
    yield from _section("Data", (link(name, site.address(path)) for name, path in _DATA))
    newest = archive.full[:LATEST]
    episodes = [urls.episode(entry.slug) for entry in newest]
    yield from _section("Newest episodes", (_as_markdown(path, site) for path in episodes))
    older = [urls.episode(entry.slug) for entry in archive.full[LATEST:]]
    yield from _section("Optional", (_as_markdown(path, site, brief=True) for path in older))


_DATA = (
    ("Everything as JSON", urls.ARCHIVE_JSON),
    ("Main feed (RSS)", urls.FEED),
    ("Main feed (JSON)", urls.FEED_JSON),
    ("Episodes and works as BibTeX", urls.citations("bib")),
    ("Addresses of all pages", urls.SITEMAP),
)


def _as_markdown(path: str, site: _Pages, *, brief: bool = False) -> str:
    page = site.pages[path]
    note = "" if brief else line(page.note)
    address = site.address(urls.markdown(path) or path)
    return link(page.title, address) + (f": {note}" if note else "")
