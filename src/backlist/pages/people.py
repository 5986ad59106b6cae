"""A page for everybody by whom episodes differ, and the index of them."""

from collections.abc import Iterator

from backlist import urls
from backlist.output import Output
from backlist.pages import formatting
from backlist.pages.context import Desk, cards
from backlist.pages.paper import printed
from backlist.pages.views import Group, IndexPage, Link, PersonPage
from backlist.relate.archive import Archive, Contributor
from backlist.theme import Theme


def make(archive: Archive, theme: Theme) -> Iterator[Output]:
    """Nothing when the same people are heard in every episode."""
    if not archive.contributors:
        return
    yield _index(Desk(archive, theme, urls.PEOPLE))
    for one in archive.contributors:
        desk = Desk(archive, theme, urls.person(one.slug))
        yield printed(desk, "person.html", _view(desk, one), "people")


def _index(desk: Desk) -> Output:
    show = desk.archive.show.title
    links = tuple(_link(desk, one) for one in desk.archive.contributors)
    head = desk.head(desk.labels.people, f"{show}: {desk.labels.people}.")
    return printed(desk, "index.html", IndexPage(head, desk.labels.people, links), "people")


def _link(desk: Desk, one: Contributor) -> Link:
    count = formatting.counted(len(one.episodes), desk.labels.n_episodes)
    return desk.page_link(one.name, urls.person(one.slug), count)


def _view(desk: Desk, one: Contributor) -> PersonPage:
    show = desk.archive.show.title
    count = formatting.counted(len(one.episodes), desk.labels.n_episodes)
    return PersonPage(
        head=desk.head(one.name, f"{one.name}: {count}. {show}."),
        title=one.name,
        count=count,
        url=one.url or "",
        place=urls.host(one.url) if one.url else "",
        groups=tuple(_groups(desk, one)),
        index=desk.page_link(desk.labels.all_people, urls.PEOPLE),
    )


def _groups(desk: Desk, one: Contributor) -> Iterator[Group]:
    """The episodes by role, in the order of the newest of each."""
    roles: dict[str, dict[str, None]] = {}
    for slug, role in one.parts:
        roles.setdefault(formatting.role(role, desk.labels).lower(), {})[slug] = None
    for number, (role, slugs) in enumerate(roles.items(), start=1):
        yield Group(
            title=role[:1].upper() + role[1:],
            anchor=f"role-{number}",
            url="",
            count=formatting.counted(len(slugs), desk.labels.n_episodes),
            cards=cards(desk, slugs),
        )
