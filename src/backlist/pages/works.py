"""The index of all works, and a page for each that is an episode's subject or shared by several.

No podcast app says which episodes deal with a paper; here the episodes about it stand apart
from those that merely cite it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from backlist import citations, urls
from backlist.output import Output
from backlist.pages import cite_box, context, embeds, formatting, json_ld
from backlist.pages.context import Desk
from backlist.pages.paper import printed
from backlist.pages.views import Link, WorkGroup, WorkPage, WorkRow, WorksPage
from backlist.relate.archive import Archive, Work, once
from backlist.theme import Theme

MANY = 3
"""Works that this many episodes draw on head the index."""

WHOLE = 500
"""Works that the index lists at most; of more, each letter has a page, and the head is cut."""

HEAD = 100
"""Works on an index whose letters have pages of their own."""

BESIDE = 8
"""Works named as often cited together with one."""


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Nothing when no source of the archive points at a work."""
    if not archive.works:
        return
    yield _index(Desk(archive, theme, urls.WORKS))
    for letter, works in letters(archive).items():
        yield _letter_page(Desk(archive, theme, urls.work_letter(letter)), letter, works)
    library = citations.library(archive)
    together = _together(archive)
    for work in archive.works:
        if work.has_page:
            desk = Desk(archive, theme, urls.work(work.slug))
            yield printed(desk, "work.html", _view(desk, work, together, library), "works")


def row(desk: Desk, work: Work, note: str = "") -> WorkRow:
    """A work as it stands in a list."""
    labels = desk.labels
    return WorkRow(
        title=context.work_title(work),
        url=desk.to(desk.archive.work_path(work)),
        authors=work.authors or "",
        year=work.year or "",
        about=formatting.counted(len(work.subject_of), labels.n_about) if work.subject_of else "",
        cited=formatting.counted(len(work.cited_by), labels.n_citing) if work.cited_by else "",
        note=note,
    )


@once
def letters(archive: Archive) -> Mapping[str, tuple[Work, ...]]:
    """The works by first letter, where they are too many for one page; else nothing."""
    if len(archive.works) <= WHOLE:
        return {}
    return {letter: tuple(works) for letter, works in groupby(_sorted(archive), _letter)}


def _sorted(archive: Archive) -> list[Work]:
    return sorted(
        archive.works,
        key=lambda work: (_letter(work), context.work_title(work).casefold(), work.id),
    )


def _letter_page(desk: Desk, letter: str, works: tuple[Work, ...]) -> Output:
    count, heading = (
        formatting.counted(len(works), desk.labels.n_works),
        f"{desk.labels.works}: {letter}",
    )
    view = WorksPage(
        head=desk.head(heading, f"{desk.archive.show.title}: {heading}. {count}."),
        title=heading,
        count=count,
        groups=(WorkGroup(letter, "works", tuple(row(desk, work) for work in works)),),
        letters=tuple(_letter_links(desk)),
        exports=tuple(cite_box.of_archive(desk)),
    )
    return printed(desk, "works.html", view, "works")


def _letter_links(desk: Desk) -> Iterator[Link]:
    for letter in letters(desk.archive):
        yield desk.page_link(letter, urls.work_letter(letter))


def _index(desk: Desk) -> Output:
    works = _sorted(desk.archive)
    count = formatting.counted(len(works), desk.labels.n_works)
    view = WorksPage(
        head=desk.head(desk.labels.works, f"{desk.archive.show.title}: {count}."),
        title=desk.labels.works,
        count=count,
        groups=tuple(_groups(desk, works)),
        letters=tuple(_letter_links(desk)),
        exports=tuple(cite_box.of_archive(desk)),
    )
    return printed(desk, "works.html", view, "works")


def _groups(desk: Desk, works: list[Work]) -> Iterator[WorkGroup]:
    """Works that many episodes draw on, what episodes are about, then all by their first letter.

    Where letters have pages of their own, the head is short and the letters are not here.
    """
    many = [work for work in works if len(work.episodes) >= MANY]
    many.sort(key=lambda work: -len(work.episodes))
    whole = len(works) <= WHOLE
    if many:
        named = formatting.counted(MANY, desk.labels.drawn_on)
        heading = named if whole else desk.labels.drawn_on_most
        shown = many if whole else many[:HEAD]
        yield WorkGroup(heading, "many", tuple(row(desk, work) for work in shown))
    if not whole:
        return
    subjects = [work for work in works if work.subject_of]
    if subjects:
        yield WorkGroup(desk.labels.subjects, "about", tuple(row(desk, w) for w in subjects))
    for letter, group in groupby(works, _letter):
        anchor = f"l{urls.slug_of(letter) or 'other'}"
        yield WorkGroup(letter, anchor, tuple(row(desk, work) for work in group))


def _letter(work: Work) -> str:
    first = urls.slug_of(context.work_title(work))[:1].upper()
    return first if first.isalpha() else "0–9"


def _view(
    desk: Desk, work: Work, together: Mapping[str, Counter[str]], library: citations.Library
) -> WorkPage:
    item = library.works[work.id]
    about = formatting.counted(len(work.episodes), desk.labels.n_episodes)
    heading = context.work_title(work)
    return WorkPage(
        head=replace(
            desk.head(heading, f"{heading}: {about}. {desk.archive.show.title}."),
            structured=json_ld.script(
                json_ld.work(work, desk.archive, library),
                json_ld.trail(desk.archive, (desk.labels.works, urls.WORKS), (heading, desk.path)),
            ),
        ),
        title=heading,
        authors=context.authors(work.authors, desk.labels) if work.authors else "",
        year=work.year or "",
        url=work.url or "",
        place=urls.host(work.url) if work.url else "",
        ids=tuple(_ids(work)),
        aliases=work.aliases,
        about=context.cards(desk, work.subject_of),
        cited_by=context.cards(desk, (s for s in work.cited_by if s not in work.subject_of)),
        beside=tuple(_beside(desk, work, together[work.id])),
        visualizations=tuple(
            embeds.interactive(desk, held)
            for held in desk.archive.visualizations
            if work.id in held.works
        ),
        citation=citations.text.write(item),
        exports=tuple(cite_box.exports([item], item.id)),
        index=desk.page_link(desk.labels.all_works, urls.WORKS),
    )


def _ids(work: Work) -> Iterator[Link]:
    for kind, ident in sorted(work.ids.items()):
        if kind in context.PLACES:
            yield Link(f"{kind}:{ident}", context.PLACES[kind].format(ident))


def _together(archive: Archive) -> Mapping[str, Counter[str]]:
    """How many episodes draw on each pair of works."""
    found: dict[str, Counter[str]] = {work.id: Counter() for work in archive.works}
    for entry in archive.entries:
        cited = sorted({one.work for one in entry.citations if one.work})
        for work in cited:
            found[work].update(cited)
    return found


def _beside(desk: Desk, work: Work, counts: Counter[str]) -> Iterator[WorkRow]:
    """The works most often cited together with one, where that is more than once."""
    common = [(ident, times) for ident, times in counts.items() if times > 1 and ident != work.id]
    for ident, times in sorted(common, key=lambda pair: (-pair[1], pair[0]))[:BESIDE]:
        note = formatting.counted(times, desk.labels.n_episodes)
        yield row(desk, desk.archive.work(ident), desk.labels.together.format(what=note))
