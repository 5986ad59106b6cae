"""A page a work, the index of all works, and the citation files of the whole archive.

No podcast app says which episodes deal with a paper; here the episodes about it stand apart
from those that merely cite it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from backlist import citing, urls
from backlist.archive import Archive, Work, once
from backlist.outputs import Output
from backlist.render import citations, exhibits, fragments, phrases, structured
from backlist.render.fragments import Desk
from backlist.render.paper import printed
from backlist.render.views import Link, WorkGroup, WorkPage, WorkRow, WorksPage
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
    library = citing.library(archive)
    together = _together(archive)
    for work in archive.works:
        desk = Desk(archive, theme, urls.work(work.slug))
        yield printed(desk, "work.html", _view(desk, work, together, library), "works")


def row(desk: Desk, work: Work, note: str = "") -> WorkRow:
    """A work as it stands in a list."""
    labels = desk.labels
    return WorkRow(
        title=fragments.work_title(work),
        url=desk.to(urls.work(work.slug)),
        authors=work.authors or "",
        year=work.year or "",
        about=phrases.counted(len(work.subject_of), labels.n_about) if work.subject_of else "",
        cited=phrases.counted(len(work.cited_by), labels.n_citing) if work.cited_by else "",
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
        key=lambda work: (_letter(work), fragments.work_title(work).casefold(), work.id),
    )


def _letter_page(desk: Desk, letter: str, works: tuple[Work, ...]) -> Output:
    count, heading = (
        phrases.counted(len(works), desk.labels.n_works),
        f"{desk.labels.works}: {letter}",
    )
    view = WorksPage(
        head=desk.head(heading, f"{desk.archive.show.title}: {heading}. {count}."),
        title=heading,
        count=count,
        groups=(WorkGroup(letter, "works", tuple(row(desk, work) for work in works)),),
        letters=tuple(_letter_links(desk)),
        exports=tuple(citations.links(desk, urls.HOME, "citations")),
    )
    return printed(desk, "works.html", view, "works")


def _letter_links(desk: Desk) -> Iterator[Link]:
    for letter in letters(desk.archive):
        yield desk.page_link(letter, urls.work_letter(letter))


def _index(desk: Desk) -> Output:
    works = _sorted(desk.archive)
    count = phrases.counted(len(works), desk.labels.n_works)
    view = WorksPage(
        head=desk.head(desk.labels.works, f"{desk.archive.show.title}: {count}."),
        title=desk.labels.works,
        count=count,
        groups=tuple(_groups(desk, works)),
        letters=tuple(_letter_links(desk)),
        exports=tuple(citations.links(desk, urls.HOME, "citations")),
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
        named = phrases.counted(MANY, desk.labels.drawn_on)
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
    first = urls.slug_of(fragments.work_title(work))[:1].upper()
    return first if first.isalpha() else "0–9"


def _view(
    desk: Desk, work: Work, together: Mapping[str, Counter[str]], library: citing.Library
) -> WorkPage:
    item = library.works[work.id]
    about = phrases.counted(len(work.episodes), desk.labels.n_episodes)
    heading = fragments.work_title(work)
    return WorkPage(
        head=replace(
            desk.head(heading, f"{heading}: {about}. {desk.archive.show.title}."),
            structured=structured.script(
                structured.work(work, desk.archive, library),
                structured.trail(
                    desk.archive, (desk.labels.works, urls.WORKS), (heading, desk.path)
                ),
            ),
        ),
        title=heading,
        authors=work.authors or "",
        year=work.year or "",
        url=work.url or "",
        place=urls.host(work.url) if work.url else "",
        ids=tuple(_ids(work)),
        aliases=work.aliases,
        about=fragments.cards(desk, work.subject_of),
        cited_by=fragments.cards(desk, (s for s in work.cited_by if s not in work.subject_of)),
        beside=tuple(_beside(desk, work, together[work.id])),
        visualizations=tuple(
            exhibits.interactive(desk, held) for held in desk.archive.visualizations_of(work.id)
        ),
        citation=citing.text.write(item),
        exports=tuple(citations.links(desk, desk.path, "cite")),
        index=desk.page_link(desk.labels.all_works, urls.WORKS),
    )


def _ids(work: Work) -> Iterator[Link]:
    for kind, ident in sorted(work.ids.items()):
        if kind in fragments.PLACES:
            yield Link(f"{kind}:{ident}", fragments.PLACES[kind].format(ident))


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
        note = phrases.counted(times, desk.labels.n_episodes)
        yield row(desk, desk.archive.work(ident), desk.labels.together.format(what=note))
