"""The index of all works, and a page for each that is an episode's subject or shared by several.

No podcast app says which episodes deal with a paper; here the episodes about it stand apart
from those that merely cite it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from backlist import urls
from backlist.files.output import Output
from backlist.pages import citations, cite_box, embeds, formatting, groups, json_ld, parts
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.views import Link, WorkGroup, WorkPage, WorkRow, WorksPage
from backlist.relate.archive import Archive, Work

MANY = 3
"""Works that this many episodes draw on head the index."""

WHOLE = 500
"""Works that the index lists at most; of more, each letter has a page, and the head is cut."""

HEAD = 100
"""Works on an index whose letters have pages of their own."""

BESIDE = 8
"""Works named as often cited together with one."""


def make(site: SiteContext) -> Iterator[Output]:
    """Nothing when no source of the archive points at a work."""
    archive = site.archive
    if not archive.works:
        return
    yield _index(site.page(urls.WORKS))
    for letter, works in site.share(letters).items():
        yield _letter_page(site.page(urls.work_letter(letter)), letter, works)
    library = site.library
    together = _together(archive)
    for work in archive.works:
        if work.has_page:
            ctx = site.page(urls.work(work.slug))
            yield render_page(ctx, "work.html", _view(ctx, work, together, library), "works")


def row(ctx: PageContext, work: Work, note: str = "") -> WorkRow:
    """A work as it stands in a list."""
    labels = ctx.labels
    return WorkRow(
        title=parts.work_title(work),
        url=ctx.to(ctx.archive.work_path(work)),
        authors=work.authors or "",
        year=work.year or "",
        about=formatting.counted(len(work.subject_of), labels.n_about) if work.subject_of else "",
        cited=formatting.counted(len(work.cited_by), labels.n_citing) if work.cited_by else "",
        state=parts.state(work, labels),
        note=note,
    )


def letters(site: SiteContext) -> Mapping[str, tuple[Work, ...]]:
    """The works by first letter, where they are too many for one page; else nothing."""
    return _by_letter(site.archive) if len(site.archive.works) > WHOLE else {}


def _by_letter(archive: Archive) -> Mapping[str, tuple[Work, ...]]:
    return groups.by_letter(archive, archive.works, parts.work_title, lambda one: one.id)


def _letter_page(ctx: PageContext, letter: str, works: tuple[Work, ...]) -> Output:
    count, heading = (
        formatting.counted(len(works), ctx.labels.n_works),
        f"{ctx.labels.works}{ctx.labels.colon}{letter}",
    )
    view = WorksPage(
        head=ctx.head(heading, f"{ctx.archive.show.title} · {heading} · {count}"),
        title=heading,
        count=count,
        groups=(WorkGroup(letter, "works", tuple(row(ctx, work) for work in works)),),
        letters=tuple(_letter_links(ctx)),
        exports=tuple(cite_box.of_archive(ctx)),
    )
    return render_page(ctx, "works.html", view, "works")


def _letter_links(ctx: PageContext) -> Iterator[Link]:
    for letter in ctx.site.share(letters):
        yield ctx.page_link(letter, urls.work_letter(letter))


def _index(ctx: PageContext) -> Output:
    count = formatting.counted(len(ctx.archive.works), ctx.labels.n_works)
    view = WorksPage(
        head=ctx.head(ctx.labels.works, f"{ctx.archive.show.title} · {count}"),
        title=ctx.labels.works,
        count=count,
        groups=tuple(_groups(ctx)),
        letters=tuple(_letter_links(ctx)),
        exports=tuple(cite_box.of_archive(ctx)),
    )
    return render_page(ctx, "works.html", view, "works")


def _groups(ctx: PageContext) -> Iterator[WorkGroup]:
    """Works that many episodes draw on, what episodes are about, then all by their first letter.

    Where letters have pages of their own, the head is short and the letters are not here.
    """
    found = _by_letter(ctx.archive)
    works = list(chain.from_iterable(found.values()))
    many = [work for work in works if len(work.episodes) >= MANY]
    many.sort(key=lambda work: -len(work.episodes))
    whole = len(works) <= WHOLE
    if many:
        named = formatting.counted(MANY, ctx.labels.drawn_on)
        heading = named if whole else ctx.labels.drawn_on_most
        shown = many if whole else many[:HEAD]
        yield WorkGroup(heading, "many", tuple(row(ctx, work) for work in shown))
    if not whole:
        return
    subjects = [work for work in works if work.subject_of]
    if subjects:
        yield WorkGroup(ctx.labels.subjects, "about", tuple(row(ctx, w) for w in subjects))
    for letter, some in found.items():
        anchor = groups.letter_anchor(letter)
        yield WorkGroup(letter, anchor, tuple(row(ctx, work) for work in some))


def _view(
    ctx: PageContext,
    work: Work,
    together: Mapping[str, Counter[str]],
    library: citations.Library,
) -> WorkPage:
    item = library.work(work.id)
    about = formatting.counted(len(work.episodes), ctx.labels.n_episodes)
    heading = parts.work_title(work)
    return WorkPage(
        head=replace(
            ctx.head(heading, f"{heading} · {about} · {ctx.archive.show.title}", rows=True),
            structured=json_ld.script(
                json_ld.work(work, ctx.archive, library),
                json_ld.trail(ctx.archive, (ctx.labels.works, urls.WORKS), (heading, ctx.path)),
            ),
        ),
        title=heading,
        authors=work.authors or "",
        year=work.year or "",
        venue=work.venue or "",
        state=parts.state(work, ctx.labels),
        checked=parts.checked(work, ctx.labels),
        url=work.url or "",
        place=urls.host(work.url) if work.url else "",
        ids=tuple(_ids(work)),
        also_called=ctx.labels.also_called.format(names=ctx.labels.comma.join(work.aliases))
        if work.aliases
        else "",
        about=parts.cards(ctx, work.subject_of),
        cited_by=parts.cards(ctx, (s for s in work.cited_by if s not in work.subject_of)),
        beside=tuple(_beside(ctx, work, together[work.id])),
        visualizations=tuple(
            embeds.interactive(ctx, held) for held in ctx.archive.visualizations_of(work.id)
        ),
        citation=citations.text.write(item, labels=ctx.labels),
        exports=tuple(cite_box.exports([item], item.id)),
        index=ctx.page_link(ctx.labels.all_works, urls.WORKS),
        extra=work.extra,
    )


def _ids(work: Work) -> Iterator[Link]:
    """Its public identifiers, but the one that is its address already."""
    for kind, ident in sorted(work.ids.items()):
        place = parts.PLACES.get(kind, "").format(ident)
        if place and place.casefold() != (work.url or "").casefold():
            yield Link(f"{kind}:{ident}", place)


def _together(archive: Archive) -> Mapping[str, Counter[str]]:
    """How many episodes draw on each pair of works."""
    found: dict[str, Counter[str]] = {work.id: Counter() for work in archive.works}
    for entry in archive.entries:
        cited = sorted({one.work for one in entry.citations if one.work})
        for work in cited:
            found[work].update(cited)
    return found


def _beside(ctx: PageContext, work: Work, counts: Counter[str]) -> Iterator[WorkRow]:
    """The works most often cited together with one, where that is more than once."""
    common = [(ident, times) for ident, times in counts.items() if times > 1 and ident != work.id]
    for ident, times in sorted(common, key=lambda pair: (-pair[1], pair[0]))[:BESIDE]:
        note = formatting.counted(times, ctx.labels.n_together)
        yield row(ctx, ctx.archive.work(ident), note)
