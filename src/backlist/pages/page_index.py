"""Every page of a site: sitemap, `llms.txt` and the Markdown pages follow this one list.

A page of another kind is one more `PageInfo` here, and everything that machines read has it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backlist import urls
from backlist.model import Labels, Page, Status
from backlist.pages import (
    accessibility,
    follow,
    formatting,
    groups,
    parts,
    subscribe,
    transcripts,
    works,
)
from backlist.pages.accessibility import Statement
from backlist.pages.context import SiteContext
from backlist.parse.transcript import Transcript
from backlist.relate.archive import Archive, Entry, VisualizationEntry, Work

LATEST = 20
"""Episodes on the home page's Markdown page and at the top of `llms.txt`."""

Subject = Entry | Work | Page | VisualizationEntry | Transcript | Statement


@dataclass(frozen=True, slots=True)
class Section:
    """A topic, year or person in the list of all; `path` is empty for one without a page."""

    title: str
    path: str
    episodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page: its output path, what it is called, one line about it, and what it is a list of.

    `subject` is the record it is the page of, if it is of one. `episodes` are those it shows, by
    slug, `pages` the output paths of other pages it leads to, `sections` and `works` what an index
    lists. `in_sitemap` is no for a page that is not worth a search engine's time.
    """

    path: str
    title: str
    note: str = ""
    subject: Subject | None = None
    episodes: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    works: tuple[Work, ...] = ()
    in_sitemap: bool = True
    source: str = ""


def page_index(site: SiteContext) -> Mapping[str, PageInfo]:
    """Every page by its output path, the home page first."""
    return {page.path: page for page in _pages(site)}


def _pages(site: SiteContext) -> Iterator[PageInfo]:
    archive = site.archive
    lists = tuple(_lists(site))
    show, labels = archive.show, archive.site.labels
    newest = tuple(entry.slug for entry in archive.full[:LATEST])
    own = tuple(urls.page(page.slug) for page in archive.pages)
    services = tuple(_services(site))
    within = (*(page.path for page in (*lists, *services)), *own)
    yield PageInfo(urls.HOME, show.title, show.description, episodes=newest, pages=within)
    yield from lists
    yield from services
    if archive.is_searched:
        yield PageInfo(urls.SEARCH, labels.searching, labels.search_script)
    yield from map(_episode, archive.entries)
    yield from (_transcript(entry, labels) for entry in transcripts.apart(archive))
    yield from _divided(site)
    yield from _letters(site)
    yield from (_work(work) for work in archive.works if work.has_page)
    for held in archive.visualizations:
        path = urls.visualization(held.id)
        yield PageInfo(path, held.title, held.description or "", held, held.episodes)
    for page in archive.pages:
        note = page.summary or archive.page_notes[page.slug].lead
        file = archive.page_files[page.slug]
        yield PageInfo(urls.page(page.slug), page.title, note, page, source=file)


def _lists(site: SiteContext) -> Iterator[PageInfo]:
    """The lists that the header leads to."""
    archive = site.archive
    labels = archive.site.labels
    yield from _whole(archive)
    if archive.topics:
        topics = (Section(one.title, urls.topic(one.slug), one.episodes) for one in archive.topics)
        yield PageInfo(urls.TOPICS, labels.topics, sections=tuple(topics))
    if archive.season_pages:
        ctx = site.page("")
        seasons = (
            Section(groups.season_title(ctx, one.number), urls.season(one.number), one.episodes)
            for one in archive.season_pages
        )
        yield PageInfo(urls.SEASONS, labels.seasons, sections=tuple(seasons))
    if archive.years:
        years = (
            Section(formatting.year(one.number, labels), urls.year(one.number), one.episodes)
            for one in archive.years
        )
        yield PageInfo(urls.YEARS, labels.years, sections=tuple(years))
    if archive.contributors:
        people = (
            Section(one.name, one.path if one.has_page else "", one.episodes)
            for one in archive.contributors
        )
        yield PageInfo(urls.PEOPLE, labels.people, sections=tuple(people))
    if archive.works:
        letters = tuple(map(urls.work_letter, site.share(works.letters)))
        note = formatting.counted(len(archive.works), labels.n_works)
        listed = () if letters else archive.works
        yield PageInfo(urls.WORKS, labels.works, note, pages=letters, works=listed)
    if archive.visualizations:
        held = tuple(urls.visualization(one.id) for one in archive.visualizations)
        yield PageInfo(urls.VISUALIZATIONS, labels.visualizations, pages=held)


def _services(site: SiteContext) -> Iterator[PageInfo]:
    """The pages that the footer leads to."""
    archive, labels = site.archive, site.archive.site.labels
    if subscribe.has_page(archive):
        yield PageInfo(follow.PAGE, labels.listen_in, subscribe.intro(archive))
    if accessibility.has_page(archive):
        said = site.share(accessibility.statement)
        yield PageInfo(urls.ACCESSIBILITY, labels.accessibility, labels.access_note, said)


def _whole(archive: Archive) -> Iterator[PageInfo]:
    """The pages that show every episode."""
    labels = archive.site.labels
    every = tuple(entry.slug for entry in archive.entries)
    yield PageInfo(urls.ARCHIVE, labels.all_episodes, _count(archive.full, labels), episodes=every)
    if archive.has_map:
        shown = formatting.counted(len(every), labels.n_in_picture)
        yield PageInfo(urls.MAP, labels.the_map, shown, episodes=every)


def _divided(site: SiteContext) -> Iterator[PageInfo]:
    """The pages that show a part of the archive: a topic, a season, a year, a person."""
    archive = site.archive
    for topic in archive.topics:
        yield from _list(site, urls.topic(topic.slug), topic.title, topic.episodes)
    for season in archive.season_pages:
        title = groups.season_title(site.page(""), season.number)
        yield from _list(site, urls.season(season.number), title, season.episodes)
    for year in archive.years:
        title = formatting.year(year.number, archive.site.labels)
        yield from _list(site, urls.year(year.number), title, year.episodes)
    for person in archive.contributors:
        if person.has_page:
            yield from _list(site, person.path, person.name, person.episodes)


def _list(
    site: SiteContext, path: str, title: str, episodes: tuple[str, ...]
) -> Iterator[PageInfo]:
    """The pages of a topic, season, year or person; only the first is worth finding by itself."""
    count = _count(episodes, site.archive.site.labels)
    yield PageInfo(path, title, count, episodes=episodes)
    for number in range(2, groups.page_count(len(episodes)) + 1):
        further = urls.further(path, number)
        yield PageInfo(further, title, count, episodes=episodes, in_sitemap=False)


def _letters(site: SiteContext) -> Iterator[PageInfo]:
    """The pages that an index of many works is split into."""
    labels = site.archive.site.labels
    for letter, some in site.share(works.letters).items():
        count = formatting.counted(len(some), labels.n_works)
        path, title = urls.work_letter(letter), f"{labels.works}{labels.colon}{letter}"
        yield PageInfo(path, title, count, works=some)


def _episode(entry: Entry) -> PageInfo:
    return PageInfo(
        urls.episode(entry.slug),
        entry.episode.title,
        formatting.cut(entry.summary, parts.SUMMARY),
        entry,
        episodes=tuple(dict.fromkeys(_linked(entry))),
        in_sitemap=entry.episode.status is not Status.STUB,
        source=entry.file,
    )


def _transcript(entry: Entry, labels: Labels) -> PageInfo:
    return PageInfo(
        urls.transcript_page(entry.slug),
        transcripts.title(entry, labels),
        transcripts.words(entry, labels),
        entry.transcript,
        episodes=(entry.slug,),
        source=entry.file,
    )


def _linked(entry: Entry) -> Iterator[str]:
    """The other episodes an episode's page links to."""
    yield from (slug for slug in (entry.newer, entry.older) if slug)
    yield from (*entry.takes, *entry.mentions, *entry.mentioned_by)
    yield from (one.slug for one in entry.related)


def _work(work: Work) -> PageInfo:
    path, title = urls.work(work.slug), parts.work_title(work)
    return PageInfo(path, title, credit(work), work, work.episodes)


def credit(work: Work) -> str:
    """Who made a work, and when."""
    known = (work.authors, work.year)
    return ", ".join(part for part in known if part)


def _count(episodes: tuple[object, ...], labels: Labels) -> str:
    return formatting.counted(len(episodes), labels.n_episodes)
