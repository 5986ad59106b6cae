"""Every page worth finding: sitemap, `llms.txt` and the Markdown twins follow this one list.

A page of another kind is one more `Place` here, and everything that machines read has it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backlist import prose, urls
from backlist.archive import Archive, Entry, Interactive, Work, once
from backlist.model import Labels, Page, Status
from backlist.render import fragments, phrases, transcripts, works
from backlist.transcript import Script

LATEST = 20
"""Episodes on the home page's twin and at the top of `llms.txt`."""

Subject = Entry | Work | Page | Interactive | Script


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its output path, what it is called, one line about it, and what it is a list of.

    `subject` is the record it is the page of, if it is of one. `episodes` are those it shows, by
    slug, `places` the output paths of other pages it leads to. `found` is no for a page that is
    not worth a search engine's time.
    """

    path: str
    title: str
    note: str = ""
    subject: Subject | None = None
    episodes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    found: bool = True
    source: str = ""


@once
def directory(archive: Archive) -> Mapping[str, Place]:
    """Every place by its output path, the home page first."""
    return {place.path: place for place in _places(archive)}


def _places(archive: Archive) -> Iterator[Place]:
    sections = tuple(_sections(archive))
    show, labels = archive.show, archive.site.labels
    newest = tuple(entry.slug for entry in archive.full[:LATEST])
    pages = tuple(urls.page(page.slug) for page in archive.pages)
    within = (*(place.path for place in sections), *pages)
    yield Place(urls.HOME, show.title, show.description, episodes=newest, places=within)
    yield from sections
    if archive.is_searched:
        yield Place(urls.SEARCH, labels.searching, labels.search_script)
    yield from map(_episode, archive.entries)
    yield from (_transcript(entry, labels) for entry in transcripts.apart(archive))
    for topic in archive.topics:
        count = _count(topic.episodes, labels)
        yield Place(urls.topic(topic.slug), topic.title, count, episodes=topic.episodes)
    for year in archive.years:
        count = _count(year.episodes, labels)
        yield Place(urls.year(year.number), year.title, count, episodes=year.episodes)
    for one in archive.contributors:
        yield Place(
            urls.person(one.slug), one.name, _count(one.episodes, labels), episodes=one.episodes
        )
    yield from _letters(archive)
    for work in archive.works:
        yield _work(work)
    for held in archive.visualizations:
        path = urls.visualization(held.id)
        yield Place(path, held.title, held.description or "", held, held.episodes)
    for page in archive.pages:
        note = page.summary or prose.lead(page.body)
        file = archive.page_files[page.slug]
        yield Place(urls.page(page.slug), page.title, note, page, source=file)


def _sections(archive: Archive) -> Iterator[Place]:
    """The lists that the header leads to."""
    labels = archive.site.labels
    yield from _whole(archive)
    if archive.topics:
        topics = tuple(urls.topic(topic.slug) for topic in archive.topics)
        yield Place(urls.TOPICS, labels.topics, places=topics)
    if archive.years:
        years = tuple(urls.year(year.number) for year in archive.years)
        yield Place(urls.YEARS, labels.years, places=years)
    if archive.contributors:
        people = tuple(urls.person(one.slug) for one in archive.contributors)
        yield Place(urls.PEOPLE, labels.people, places=people)
    if archive.works:
        split = tuple(map(urls.work_letter, works.letters(archive)))
        whole = tuple(urls.work(work.slug) for work in archive.works)
        note = phrases.counted(len(whole), labels.n_works)
        yield Place(urls.WORKS, labels.works, note, places=split or whole)
    if archive.visualizations:
        held = tuple(urls.visualization(one.id) for one in archive.visualizations)
        yield Place(urls.VISUALIZATIONS, labels.visualizations, places=held)


def _whole(archive: Archive) -> Iterator[Place]:
    """The pages that show every episode."""
    labels = archive.site.labels
    every = tuple(entry.slug for entry in archive.entries)
    yield Place(urls.ARCHIVE, labels.all_episodes, _count(archive.full, labels), episodes=every)
    if archive.has_map:
        yield Place(urls.MAP, labels.the_map, labels.in_one_picture, episodes=every)


def _letters(archive: Archive) -> Iterator[Place]:
    """The pages that an index of many works is split into."""
    for letter, some in works.letters(archive).items():
        labels = archive.site.labels
        count = phrases.counted(len(some), labels.n_works)
        held = tuple(urls.work(work.slug) for work in some)
        yield Place(urls.work_letter(letter), f"{labels.works}: {letter}", count, places=held)


def _episode(entry: Entry) -> Place:
    return Place(
        urls.episode(entry.slug),
        entry.episode.title,
        phrases.cut(entry.summary, fragments.SUMMARY),
        entry,
        episodes=tuple(dict.fromkeys(_linked(entry))),
        found=entry.episode.status is not Status.STUB,
        source=entry.file,
    )


def _transcript(entry: Entry, labels: Labels) -> Place:
    return Place(
        urls.transcript_page(entry.slug),
        transcripts.title(entry),
        transcripts.words(entry, labels),
        entry.script,
        episodes=(entry.slug,),
        source=entry.file,
    )


def _linked(entry: Entry) -> Iterator[str]:
    """The other episodes an episode's page links to."""
    yield from (slug for slug in (entry.newer, entry.older) if slug)
    yield from (*entry.takes, *entry.mentions, *entry.mentioned_by)
    yield from (one.slug for one in entry.related)


def _work(work: Work) -> Place:
    known = (work.authors, work.year)
    return Place(
        urls.work(work.slug),
        fragments.work_title(work),
        ", ".join(part for part in known if part),
        work,
        work.episodes,
    )


def _count(episodes: tuple[object, ...], labels: Labels) -> str:
    return phrases.counted(len(episodes), labels.n_episodes)
