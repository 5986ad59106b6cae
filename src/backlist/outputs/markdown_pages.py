"""The Markdown page of every page that has one, and `llms.txt`, which leads to them.

A Markdown page says what its page says without the frame around it; its addresses are whole,
because it is read far from the site. It lies beside the page: `episodes/hello/index.md`. The
shape of `llms.txt` is that of https://llmstxt.org.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial, singledispatch

from backlist import locale, urls
from backlist.cache.keys import key_of
from backlist.content.markdown_text import line, link
from backlist.feed.writer import transcript_url
from backlist.files.output import Made, Output
from backlist.model import Audio, Episode, Labels, Page, Person
from backlist.model.scalars import stamp
from backlist.pages import follow, formatting, parts
from backlist.pages.accessibility import Statement
from backlist.pages.citations import wording
from backlist.pages.context import SiteContext
from backlist.pages.episodes import shown_with
from backlist.pages.page_index import LATEST, PageInfo, Section, credit, page_index
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

MOST = 100
"""Episodes of a section in the list of all topics, people, seasons or years: who reads that list
looks for a section, and with every episode of each it has megabytes."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """What Markdown pages look things up in."""

    archive: Archive
    pages: Mapping[str, PageInfo]

    @property
    def labels(self) -> Labels:
        return self.archive.site.labels

    def fact(self, name: str, value: str) -> str:
        """A fact and its name: `Date: 2026-03-18`."""
        return f"{name}{self.labels.colon}{value}"

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
        path = archive.markdown_page(page.path)
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
    labels = site.labels
    yield line(page.note)
    if page.pages:
        yield _list(_pointed(path, site) for path in page.pages)
    if page.works:
        yield _list(_listed_work(work, site) for work in page.works)
    for section in page.sections:
        yield f"## {link(section.title, section.path and site.address(section.path))}"
        yield _list(_dated_briefly(section, site))
    if page.episodes:
        heading = labels.newest_episodes if page.path == urls.HOME else labels.episodes
        yield f"## {heading}"
        yield _list(_dated(slug, site) for slug in page.episodes)
    if page.path in (urls.HOME, follow.PAGE):
        yield from _follow(site)


def _listed_work(work: Work, site: _Pages) -> str:
    note = line(credit(work))
    address = site.address(site.archive.work_path(work))
    named = link(parts.work_title(work, site.labels), address)
    return site.fact(named, note) if note else named


@_about.register
def _episode(entry: Entry, page: PageInfo, site: _Pages) -> Iterator[str]:
    labels = site.labels
    said = (site.fact(str(one.date), line(one.text)) for one in entry.episode.corrections)
    yield from _section(labels.corrections, said)
    if entry.has_own_summary:
        yield line(entry.summary) and f"> {line(entry.summary)}"
    yield _list(_facts(entry, site))
    yield site.markdown(entry.notes)
    yield from _section(labels.chapters, (_chapter(one.start, one.title) for one in entry.chapters))
    if entry.citations:
        yield f"## {labels.sources}"
        yield "\n".join(f"{one.number}. {_source(one, site)}" for one in entry.citations)
    yield from _section(labels.interactive, (_shown(one, site) for one in entry.visualizations))
    yield from _section(labels.other_takes, map(site.episode, entry.takes))
    yield from _section(labels.related, (_related(one, site) for one in entry.related))
    yield from _section(labels.mentioned_by, map(site.episode, entry.mentioned_by))


@_about.register
def _work(work: Work, page: PageInfo, site: _Pages) -> Iterator[str]:
    labels = site.labels
    yield line(page.note)
    yield _list(
        [line(work.venue)] if work.venue else [],
        filter(None, [line(parts.state(work, labels))]),
        [link(work.url, work.url)] if work.url else [],
        (site.fact(line(kind), line(ident)) for kind, ident in sorted(work.ids.items())),
        [labels.also_called.format(names=labels.comma.join(map(line, work.aliases)))]
        if work.aliases
        else [],
    )
    yield from _section(labels.about_it, (_dated(slug, site) for slug in work.subject_of))
    citing = (slug for slug in work.cited_by if slug not in work.subject_of)
    yield from _section(labels.citing_it, (_dated(slug, site) for slug in citing))


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
    yield from _section(site.labels.episode, map(site.episode, page.episodes))
    yield transcript_html.to_markdown(spoken)


@_about.register
def _interactive(held: VisualizationEntry, page: PageInfo, site: _Pages) -> Iterator[str]:
    yield line(held.description)
    there = link(held.title, site.address(page.path))
    yield site.labels.runs_in_browser.format(link=there)
    yield from _section(site.labels.episodes, (_dated(slug, site) for slug in held.episodes))


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
    return site.fact(site.link(path), note) if note else site.link(path)


def _dated(slug: str, site: _Pages, *, brief: bool = False) -> str:
    """An episode in a list: its day, its title, and unless `brief` what it is about."""
    episode = site.archive.entry(slug).episode
    path = urls.episode(slug)
    shown = site.link(path) if brief else _pointed(path, site)
    day = _day(episode, site)
    return site.fact(day, shown) if day else shown


def _dated_briefly(section: Section, site: _Pages) -> Iterator[str]:
    """The episodes of a section; of a long one those that come first, and where all of them are."""
    shown = section.episodes[:MOST] if section.path else section.episodes
    yield from (_dated(slug, site, brief=True) for slug in shown)
    if len(shown) < len(section.episodes):
        said = locale.counted(len(section.episodes), site.labels.all_n_episodes)
        yield link(said, site.address(section.path))


def _day(episode: Episode, site: _Pages) -> str:
    """A day as machines write it; empty where it is not known."""
    if episode.date is None:
        return ""
    day = episode.date.instant.date().isoformat()
    return site.labels.around.format(date=day) if episode.date_approximate else day


def _facts(entry: Entry, site: _Pages) -> Iterator[str]:
    episode, archive, labels = entry.episode, site.archive, site.labels
    show = link(archive.show.title, site.address(urls.HOME))
    yield labels.episode_of.format(show=show)
    if day := _day(episode, site):
        yield site.fact(labels.date_of, day)
    yield from filter(None, (parts.language_name(archive, entry), parts.numbered(entry, labels)))
    if episode.type != "full":
        yield site.fact(labels.kind_of, parts.mark(entry, labels))
    if entry.people:
        people = (_person(person, labels) for person in entry.people)
        yield site.fact(labels.people, labels.comma.join(people))
    topics = dict.fromkeys(filter(None, map(archive.topic, episode.topics)))
    if topics:
        links = (site.link(urls.topic(topic.slug)) for topic in topics)
        yield site.fact(labels.topics, labels.comma.join(links))
    if episode.audio:
        played = episode.audio.as_played(archive.site.base_url)
        yield site.fact(_recording(played.kind, labels), _sound(played, labels))
    for one in episode.transcripts:
        address = transcript_url(one, archive.site.base_url)
        yield site.fact(labels.transcript, link(urls.file_name(one.url), address))
    yield from filter(None, [line(episode.disclosure(archive.show.ai_generated))])


def _person(person: Person, labels: Labels) -> str:
    role = line(formatting.role(person.role, labels))
    return f"{link(person.name, person.url or '')} ({role})"


def _recording(kind: str, labels: Labels) -> str:
    words = {"video": labels.video, "document": labels.document, "image": labels.picture}
    return words.get(kind, labels.audio)


def _sound(audio: Audio, labels: Labels) -> str:
    length = formatting.duration(audio.duration, labels)
    file = link(urls.file_name(audio.url), audio.url)
    return labels.comma.join(filter(None, (file, length)))


def _shown(one: VisualizationLink, site: _Pages) -> str:
    return link(one.title, site.address(urls.visualization(one.id)) if one.id else one.url or "")


def _related(one: Related, site: _Pages) -> str:
    reasons = "; ".join(line(reason.words) for reason in one.reasons)
    named = site.episode(one.slug)
    return site.fact(named, reasons) if reasons else named


def _chapter(start: float, title: str | None) -> str:
    return f"{stamp(start)} {line(title)}".rstrip()


def _source(citation: Citation, site: _Pages) -> str:
    """An entry of the numbered list; the number is the caller's."""
    given, labels = citation.source, site.labels
    title = parts.source_title(citation, labels)
    work = site.archive.work(citation.work) if citation.work else None
    if citation.is_mention:
        known = citation.mention and site.episode(citation.mention)
        return f"{known} ({labels.episode})" if known else f"{line(title)} ({labels.absent})"
    differs = wording.published(citation, labels)
    told = (parts.authors(citation, labels), citation.year, given.note, differs)
    named = link(title, citation.url or citation.search or "")
    words = [f"{named} ({labels.search})" if citation.search else named]
    words += [line(part) for part in (*told, parts.state(work, labels)) if part]
    if given.role == "subject":
        words.append(labels.subject)
    if work and work.has_page:
        words.append(link(labels.about_work, site.address(urls.work(work.slug))))
    return ". ".join(word.removesuffix(".") for word in words)


# ---- what is said of the whole archive


def _follow(site: _Pages) -> Iterator[str]:
    archive = site.archive
    ways = [
        (site.labels.rss_feed, archive.feed_address),
        *((way.text, way.url) for way in follow.apps(archive.site)),
    ]
    yield from _section(site.labels.follow, (link(label, url) for label, url in ways))


def _guide(site: _Pages) -> Iterator[str]:
    """`llms.txt`: title, summary, then lists of links; what may be skipped is called Optional."""
    archive, labels = site.archive, site.labels
    show = archive.show
    yield f"# {line(show.title)}"
    yield f"> {line(show.description)}"
    about = [formatting.counted(len(archive.full), labels.archive_of)]
    about += [labels.made_by.format(author=line(show.author))] if show.author else []
    yield " ".join(filter(None, (*about, labels.about_markdown, line(show.ai_generated))))
    lists = filter(urls.markdown, site.pages[urls.HOME].pages)
    yield from _section(labels.lists, (_as_markdown(path, site) for path in lists))
    yield from _section(labels.data, (link(n, site.address(path)) for n, path in _data(archive)))
    newest = archive.full[:LATEST]
    episodes = [urls.episode(entry.slug) for entry in newest]
    yield from _section(labels.newest_episodes, (_as_markdown(path, site) for path in episodes))
    older = [urls.episode(entry.slug) for entry in archive.full[LATEST:]]
    yield from _section("Optional", (_as_markdown(path, site, brief=True) for path in older))


def _data(archive: Archive) -> Iterator[tuple[str, str]]:
    labels = archive.site.labels
    yield labels.data_json, urls.ARCHIVE_JSON
    if archive.site.corpus:
        yield labels.data_corpus, urls.CORPUS
    yield labels.data_feed, urls.FEED
    yield labels.data_feed_json, urls.FEED_JSON
    yield labels.data_bibtex, urls.citations("bib")
    yield labels.data_sitemap, urls.SITEMAP


def _as_markdown(path: str, site: _Pages, *, brief: bool = False) -> str:
    page = site.pages[path]
    note = "" if brief else line(page.note)
    address = site.address(urls.markdown(path) or path)
    named = link(page.title, address)
    return site.fact(named, note) if note else named
