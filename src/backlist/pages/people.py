"""The index of the people by whom episodes differ, and a page for who is heard in several."""

from collections.abc import Iterator, Sequence

from backlist import urls
from backlist.files.output import Output
from backlist.pages import formatting, groups
from backlist.pages.context import PageContext, SiteContext, render_page
from backlist.pages.parts import cards
from backlist.pages.views import Group, IndexPage, Link, PersonPage
from backlist.relate.archive import Contributor


def make(site: SiteContext) -> Iterator[Output]:
    """Nothing when the same people are heard in every episode."""
    archive = site.archive
    if not archive.contributors:
        return
    yield _index(site.page(urls.PEOPLE))
    for person in archive.contributors:
        if person.has_page:
            for ctx, parts, pages in groups.paged(site, person.path, person.parts):
                yield render_page(ctx, "person.html", _view(ctx, person, parts, pages), "people")


def _index(ctx: PageContext) -> Output:
    show = ctx.archive.show.title
    links = tuple(person_links(ctx))
    head = ctx.head(ctx.labels.people, f"{show} · {ctx.labels.people}")
    view = IndexPage(head, ctx.labels.people, links, groups.index(ctx.archive, links))
    return render_page(ctx, "index.html", view, "people")


def person_links(ctx: PageContext) -> Iterator[Link]:
    """A link to everybody's page, or to the one episode they are heard in."""
    for person in ctx.archive.contributors:
        count = formatting.counted(len(person.episodes), ctx.labels.n_episodes)
        yield ctx.page_link(person.name, person.path, count)


def _view(
    ctx: PageContext,
    person: Contributor,
    parts: Sequence[tuple[str, str]],
    pages: tuple[Link, ...],
) -> PersonPage:
    show = ctx.archive.show.title
    count = formatting.counted(len(person.episodes), ctx.labels.n_episodes)
    return PersonPage(
        head=ctx.head(
            groups.title_of(ctx, person.name, pages), f"{person.name} · {count} · {show}", rows=True
        ),
        title=person.name,
        count=count,
        url=person.url or "",
        place=urls.host(person.url) if person.url else "",
        groups=tuple(_groups(ctx, parts)),
        pages=pages,
        index=ctx.page_link(ctx.labels.all_people, urls.PEOPLE),
    )


def _groups(ctx: PageContext, parts: Sequence[tuple[str, str]]) -> Iterator[Group]:
    """The episodes by role, in the order of the newest of each."""
    roles: dict[str, dict[str, None]] = {}
    for slug, role in parts:
        roles.setdefault(formatting.role(role, ctx.labels).lower(), {})[slug] = None
    for number, (role, slugs) in enumerate(roles.items(), start=1):
        yield Group(
            title=role[:1].upper() + role[1:],
            anchor=f"role-{number}",
            url="",
            count=formatting.counted(len(slugs), ctx.labels.n_episodes),
            cards=cards(ctx, slugs),
        )
