"""The index of the people by whom episodes differ, and a page for who is heard in several."""

from collections.abc import Iterator

from backlist import urls
from backlist.output import Output
from backlist.pages import formatting
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
            ctx = site.page(person.path)
            yield render_page(ctx, "person.html", _view(ctx, person), "people")


def _index(ctx: PageContext) -> Output:
    show = ctx.archive.show.title
    links = tuple(_link(ctx, person) for person in ctx.archive.contributors)
    head = ctx.head(ctx.labels.people, f"{show}: {ctx.labels.people}.")
    return render_page(ctx, "index.html", IndexPage(head, ctx.labels.people, links), "people")


def _link(ctx: PageContext, person: Contributor) -> Link:
    """To their page, or to the one episode they are heard in."""
    count = formatting.counted(len(person.episodes), ctx.labels.n_episodes)
    return ctx.page_link(person.name, person.path, count)


def _view(ctx: PageContext, person: Contributor) -> PersonPage:
    show = ctx.archive.show.title
    count = formatting.counted(len(person.episodes), ctx.labels.n_episodes)
    return PersonPage(
        head=ctx.head(person.name, f"{person.name}: {count}. {show}."),
        title=person.name,
        count=count,
        url=person.url or "",
        place=urls.host(person.url) if person.url else "",
        groups=tuple(_groups(ctx, person)),
        index=ctx.page_link(ctx.labels.all_people, urls.PEOPLE),
    )


def _groups(ctx: PageContext, person: Contributor) -> Iterator[Group]:
    """The episodes by role, in the order of the newest of each."""
    roles: dict[str, dict[str, None]] = {}
    for slug, role in person.parts:
        roles.setdefault(formatting.role(role, ctx.labels).lower(), {})[slug] = None
    for number, (role, slugs) in enumerate(roles.items(), start=1):
        yield Group(
            title=role[:1].upper() + role[1:],
            anchor=f"role-{number}",
            url="",
            count=formatting.counted(len(slugs), ctx.labels.n_episodes),
            cards=cards(ctx, slugs),
        )
